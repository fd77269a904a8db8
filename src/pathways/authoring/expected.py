"""Scenarios as tests: what was expected and did not come out, and the reasons that decided."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment import Assessment, AvenueResult, Checked
from pathways.assessment.asking import in_story_order
from pathways.assessment.model import Reason
from pathways.assessment.reasons import because
from pathways.assessment.times import clock_reasons
from pathways.assessment.view import View
from pathways.record import record
from pathways.rulebook.model import Condition, Sources


@record
class Failure:
    """An expectation that is not met, and why what came out came out."""

    check: Checked
    reasons: tuple[Reason, ...]


def failures(assessment: Assessment) -> tuple[Failure, ...]:
    """Every expectation that is not met, in the order of the file."""
    missed = [check for check in assessment.checked if not check.met]
    if not missed:
        return ()
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    return tuple(Failure(check, tuple(dict.fromkeys(_reasons(view, assessment, check)))) for check in missed)


def _reasons(view: View, assessment: Assessment, check: Checked) -> Iterator[Reason]:
    kind, name, *path = check.path.split(".")
    if kind == "findings":
        finding = assessment.rulebook.findings[name]
        yield from _why(view, finding.holds_when, finding.sources)
    if kind == "claims" and path[:1] == ["remarks"]:
        told = (one for one in assessment.rulebook.claims[name].in_this_case if one.id == path[1])
        for remark in told:
            if remark.when:
                yield from _why(view, remark.when, remark.sources)
    result = next((one for one in assessment.avenues if one.avenue.id == name), None)
    if kind != "avenues" or result is None:
        return
    decisive = [(condition, sources) for condition, sources in _read_by(result, path) if condition]
    timed = path[0] in ("hurdles", "deadlines")
    days = [why for one in result.avenue.deadlines if timed and one.id == path[1] for why in clock_reasons(view, one)]
    if decisive or days:
        yield from days
        for condition, sources in decisive:
            yield from _why(view, condition, sources)
        return
    yield from result.reasons
    if result.asks:
        yield _not_known(view, result.asks)


def _read_by(result: AvenueResult, path: list[str]) -> Iterator[tuple[Condition | None, Sources]]:
    """The conditions that decide what stands at a path; none for the standing, whose reasons the result has."""
    avenue, what, name = result.avenue, path[0], path[-1]
    if what == "stage":
        yield result.stage.done_when, result.stage.sources
    elif what == "elements":
        yield from ((one.when, one.sources) for one in avenue.requires if one.id == name)
    elif what == "remarks":
        remarks = (*avenue.cautions, *avenue.steps, *avenue.not_hurdles)
        yield from ((one.when, one.sources) for one in remarks if one.id == name)
    elif what == "leans":
        yield from ((one.when, one.sources) for hurdle in avenue.hurdles if hurdle.id == name for one in hurdle.leans)
    elif what in ("hurdles", "deadlines"):
        yield from ((one.arises_when, one.sources) for one in avenue.hurdles if one.id == name)
        for deadline in avenue.deadlines:
            if deadline.id == path[1]:
                yield deadline.applies_when, deadline.sources
                yield deadline.missed_when, deadline.sources
                if deadline.clock:
                    yield deadline.clock.starts_when, deadline.sources
                    yield deadline.clock.met_when, deadline.sources


def _why(view: View, condition: Condition, sources: Sources) -> Iterator[Reason]:
    found = because(view, condition, sources)
    if found:
        yield from found
    elif asked := in_story_order(view, view.questions([condition.statement])):
        yield _not_known(view, asked)


def _not_known(view: View, names: tuple[str, ...]) -> Reason:
    labels = [view.rulebook.facts[name].label for name in names]
    return Reason(f"Not settled while these are not known: {'; '.join(labels)}", ())
