"""From a rulebook and a case to an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pathways.assessment.asking import in_story_order, that_can_be_answered, wanted, with_what_they_follow
from pathways.assessment.expectations import check_expectations
from pathways.assessment.model import (
    Assessment,
    AvenueResult,
    HurdleResult,
    PartResult,
    Reason,
    Standing,
)
from pathways.assessment.reasons import because
from pathways.assessment.standings import possible_standings
from pathways.assessment.times import clock_reasons, deadline_results, local_cells, wait_results
from pathways.assessment.unread import unread_cells, unread_reason
from pathways.assessment.view import SETTLED, View
from pathways.case import Case
from pathways.logic import DISPUTED, NO, YES
from pathways.rulebook import Rulebook
from pathways.rulebook.model import CHANGING, Avenue, Deadline, Hurdle, Remark, Stage

# What can still lead somewhere comes first, in the rulebook's order; what cannot, after it.
_LAST = {Standing.CLOSED: 1, Standing.NOT_APPLICABLE: 2}


def assess(rulebook: Rulebook, case: Case, as_of: str | None = None) -> Assessment:
    """Assess one case. ``as_of`` (ISO date) beats the case's own, which beats today."""
    as_of = as_of or case.as_of or date.today().isoformat()
    view = View(rulebook, case, as_of)
    chosen = [rulebook.avenues[name] for name in rulebook.avenues if not case.about or name in case.about]
    results = [_avenue(view, avenue) for avenue in chosen]
    results.sort(key=lambda result: (_LAST.get(result.standing, 0), result.avenue.order, result.avenue.id))
    settling = with_what_they_follow(view, (name for result in results for name in result.asks))
    asking = that_can_be_answered(view, wanted(view, results))
    asked = [name for name in asking if name not in case.answers or case.answers[name].kind == "one-of"]
    assessment = Assessment(
        rulebook=rulebook,
        case=case,
        as_of=as_of,
        avenues=tuple(results),
        deadlines=deadline_results(view, results),
        waits=wait_results(view, results),
        local=local_cells(view, results),
        findings={name: view.of(finding.holds_when) for name, finding in rulebook.findings.items()},
        claims={
            name: tuple(remark for remark in claim.in_this_case if not remark.when or not view.of(remark.when) & NO)
            for name, claim in rulebook.claims.items()
        },
        open_questions=tuple(name for name in asked if name in settling),
        further_questions=tuple(name for name in asked if name not in settling),
        to_find_out=tuple(
            name for name in asking if name not in case.answers or case.answers[name].kind in ("one-of", "unknown")
        ),
        tests=_tests(view, results),
        checked=(),
    )
    return check_expectations(view, assessment)


def _avenue(view: View, avenue: Avenue) -> AvenueResult:
    could_become = possible_standings(view.case_values, avenue)
    standing = could_become[0] if len(could_become) == 1 else Standing.UNDETERMINED
    decisive = _decisive(view, avenue, standing)
    open_variables = view.questions([avenue.applies, avenue.value]) if standing is Standing.UNDETERMINED else set()
    asks = in_story_order(view, open_variables)
    unread = unread_cells(view, avenue, open_variables)
    stage, certain = _stage(view, avenue.stages)
    return AvenueResult(
        avenue=avenue,
        standing=standing,
        could_become=could_become,
        closed_by=tuple((kind, name) for kind, _, name in (key.partition(":") for key in decisive))
        if standing is Standing.CLOSED
        else (),
        stage=stage,
        stage_certain=certain,
        reasons=(
            *_reasons(view, avenue, standing, decisive),
            *(unread_reason(one, settles=not asks) for one in unread),
        ),
        elements=tuple(
            PartResult(element.id, view.of(element.when), f"element:{element.id}" in decisive)
            for element in avenue.requires
        ),
        hurdles=tuple(_hurdles(view, avenue, decisive)),
        cautions=_shown(view, avenue.cautions),
        steps=_shown(view, avenue.steps),
        not_hurdles=tuple(
            remark for remark in avenue.not_hurdles if not remark.when or view.of(remark.when) in (YES, DISPUTED)
        ),
        unsure=frozenset(
            remark.id
            for remark in (*avenue.cautions, *avenue.steps)
            if remark.when and view.of(remark.when) not in SETTLED
        ),
        asks=asks,
        unread=unread,
    )


def _decisive(view: View, avenue: Avenue, standing: Standing) -> tuple[str, ...]:
    """The elements, hurdles and deadlines on which the standing hangs, as ``kind:id``."""
    values = {key: view.values(statement) for key, statement in avenue.components.items()}
    if standing is Standing.CLOSED:
        decisive = tuple(key for key, value in values.items() if value == NO)
    elif standing is Standing.CONTESTED:
        decisive = tuple(key for key, value in values.items() if value == DISPUTED)
    elif standing is Standing.UNDETERMINED:
        return tuple(key for key, value in values.items() if value not in SETTLED)
    else:
        return ()
    # Parts that are open one by one can still come out the same together.
    return decisive or tuple(key for key, value in values.items() if value != YES)


def _reasons(view: View, avenue: Avenue, standing: Standing, decisive: Sequence[str]) -> Iterator[Reason]:
    elements = {f"element:{element.id}": element for element in avenue.requires}
    hurdles = {f"hurdle:{hurdle.id}": hurdle for hurdle in avenue.hurdles}
    deadlines = {f"deadline:{deadline.id}": deadline for deadline in avenue.deadlines}
    if standing in (Standing.UNDETERMINED, Standing.NOT_APPLICABLE, Standing.OPEN):
        if standing is Standing.NOT_APPLICABLE and avenue.applies_when:
            yield from because(view, avenue.applies_when, avenue.sources)
        if standing is Standing.OPEN:
            for key, element in elements.items():
                for reason in because(view, element.when, element.sources, most=1):
                    yield Reason(f"{element.title}: {_lower(reason.text)}", reason.sources, key)
        return
    if avenue.applies_when and view.of(avenue.applies_when) == DISPUTED:
        yield from because(view, avenue.applies_when, avenue.sources)
    for key in decisive:
        if key in elements:
            element = elements[key]
            reasons = because(view, element.when, element.sources)
            yield Reason(f"{element.title}: {_not_or_disputed(standing)}.", element.sources, key)
        elif key in hurdles:
            hurdle = hurdles[key]
            reasons = because(view, hurdle.arises_when, hurdle.sources)
            yield Reason(f"{hurdle.title}: {_stands_or_disputed(standing)}.", hurdle.sources, key)
        else:
            deadline = deadlines[key]
            parts = [condition for condition in (deadline.missed_when, deadline.unless) if condition]
            reasons = [reason for part in parts for reason in because(view, part, deadline.sources)]
            reasons = [*clock_reasons(view, deadline), *reasons]
            yield Reason(f"{deadline.title}: {_missed_or_disputed(view, deadline)}.", deadline.sources, key)
        for reason in reasons:
            yield Reason(reason.text, reason.sources, key, reason.answer)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[:2].istitle() and not text.split(maxsplit=1)[0].isupper() else text


def _not_or_disputed(standing: Standing) -> str:
    return "does not hold on these answers" if standing is Standing.CLOSED else "disputed"


def _stands_or_disputed(standing: Standing) -> str:
    if standing is Standing.CLOSED:
        return "stands in the way on these answers"
    return "raised here; a court must decide"


def _missed_or_disputed(view: View, deadline: Deadline) -> str:
    missed = "missed on these answers" if view.values(deadline.missed) == YES else "disputed whether it was missed"
    if deadline.unless and view.of(deadline.unless) != NO:
        return f"{missed}; a court must decide whether that closes the way"
    return missed


def _hurdles(view: View, avenue: Avenue, decisive: Sequence[str]) -> Iterator[HurdleResult]:
    deciding = set(decisive)
    for hurdle in avenue.hurdles:
        leans, reason = _leaning(view, hurdle)
        values = view.of(hurdle.arises_when)
        weighed = values == NO and hurdle.effect in CHANGING
        yield HurdleResult(
            hurdle.id,
            "hurdle",
            hurdle.effect,
            values,
            leans,
            reason,
            hurdle.ground,
            f"hurdle:{hurdle.id}" in deciding,
            tuple(because(view, hurdle.arises_when, hurdle.sources, most=1)) if weighed else (),
        )
    for deadline in avenue.deadlines:
        values = view.values(deadline.missed)
        yield HurdleResult(
            deadline.id,
            "deadline",
            deadline.if_missed,
            values,
            "",
            None,
            "fact",
            f"deadline:{deadline.id}" in deciding,
            (),
            deadline.applies_when is None or view.of(deadline.applies_when) != NO,
        )


def _leaning(view: View, hurdle: Hurdle) -> tuple[str, Reason | None]:
    """The first leaning that fits; ``depends`` where an earlier one still might."""
    for at, leaning in enumerate(hurdle.leans):
        values = view.of(leaning.when) if leaning.when else YES
        if values == YES:
            return leaning.leans, Reason(leaning.because, leaning.sources) if leaning.because else None
        if values & (YES | DISPUTED):
            same = {other.leans for other in hurdle.leans[at:] if other.when is None or view.of(other.when) != NO}
            return (leaning.leans if len(same) == 1 else "depends"), None
    return "", None


def _stage(view: View, stages: Sequence[Stage]) -> tuple[Stage, bool]:
    """The first stage that is not done, and whether that is certain."""
    for stage in stages:
        values = view.of(stage.done_when) if stage.done_when else NO
        if values == YES:
            continue
        return stage, values == NO
    return stages[-1], True


def _shown(view: View, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(remark for remark in remarks if not remark.when or view.of(remark.when) != NO)


def _tests(view: View, results: Iterable[AvenueResult]) -> tuple[str, ...]:
    """The legal tests that the avenues shown rest on and that the answers speak to, in the rulebook's order."""
    rulebook = view.rulebook
    used = {name for result in results for name in rulebook.tests_of[result.avenue.id]}
    return tuple(name for name, one in rulebook.findings.items() if name in used and view.of(one.holds_when) in SETTLED)
