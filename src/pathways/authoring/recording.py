"""What an assessment gives, written as expectations: a case that is kept notices when the rules give something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.assessment import Assessment, AvenueResult, Standing
from pathways.assessment.expectations import deadline_word
from pathways.assessment.view import View
from pathways.case.model import Expectation
from pathways.logic import value_word
from pathways.patterns import NO_DAY
from pathways.rulebook.model import Claim, Remark

Path = tuple[str, ...]
#: What came out, by what a scenario can expect. Several words where each of them may be expected.
Recorded = Mapping[Path, tuple[str, ...]]

_HANGS_ON_SOMETHING = (Standing.CLOSED, Standing.CONTESTED)


def recorded(assessment: Assessment) -> Recorded:
    """Everything of an assessment that a scenario can expect."""
    found: dict[Path, tuple[str, ...]] = {}
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    for result in assessment.avenues:
        found.update(_avenue(result))
        found.update(_deadlines(view, result))
    found.update({("findings", name): (value_word(value),) for name, value in assessment.findings.items()})
    for name, remarks in assessment.claims.items():
        found.update(_claim(assessment.rulebook.claims[name], {one.id for one in remarks}))
    return found


def expectations(found: Recorded) -> tuple[Expectation, ...]:
    """The same, as a case file has them."""
    return tuple(Expectation(path, word) for path, words in found.items() for word in words)


def otherwise(before: Recorded, after: Recorded) -> tuple[Path, ...]:
    """What could be expected before a change and does not come out after it; not that something is not known."""
    return tuple(
        path
        for path, words in before.items()
        if any(word not in after.get(path, ()) and word != "unknown" for word in words)
    )


def _avenue(result: AvenueResult) -> Iterator[tuple[Path, tuple[str, ...]]]:
    avenue = result.avenue
    path = "avenues", avenue.id
    yield (*path, "standing"), (str(result.standing),)
    if result.standing in _HANGS_ON_SOMETHING:
        yield (*path, "because"), result.decisive
    if result.standing is Standing.UNDETERMINED:
        yield (*path, "could_become"), (", ".join(result.could_become),)
    yield (*path, "stage"), (result.stage.id,)
    for part in result.elements:
        yield (*path, "elements", part.id), (value_word(part.values),)
    for hurdle in result.hurdles:
        yield (*path, "hurdles", hurdle.id), (value_word(hurdle.values),)
        if hurdle.kind == "hurdle" and hurdle.leans:
            yield (*path, "leans", hurdle.id), (hurdle.leans,)
    shown = {one.id for one in (*result.cautions, *result.steps, *result.not_hurdles)}
    for remark in (*avenue.cautions, *avenue.steps, *avenue.not_hurdles):
        yield from _remark(path, remark, shown)


def _deadlines(view: View, result: AvenueResult) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for deadline in result.avenue.deadlines:
        path = "avenues", result.avenue.id, "deadlines", deadline.id
        yield (*path, "state"), (deadline_word(view, result, deadline.id, "state"),)
        for day in ("last_safe", "outer_limit"):
            if (word := deadline_word(view, result, deadline.id, day)) != NO_DAY:
                yield (*path, day), (word,)


def _claim(claim: Claim, shown: set[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for remark in claim.in_this_case:
        yield from _remark(("claims", claim.id), remark, shown)


def _remark(path: Path, remark: Remark, shown: set[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    if remark.when:
        yield (*path, "remarks", remark.id), ("yes" if remark.id in shown else "no",)
