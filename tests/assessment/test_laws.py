"""Laws of assessment, tried on random cases: answers only narrow what is possible, and only what matters is asked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment import Assessment, Standing, assess
from pathways.rulebook import Rulebook
from tests.assessment.gardens import answers, cases
from tests.places import garden, shipped_rulebook

RULEBOOKS = {"garden": garden, "shipped": shipped_rulebook}
tried = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
both = pytest.mark.parametrize("name", RULEBOOKS)


def possible(assessment: Assessment) -> dict[str, set[Standing]]:
    """What every avenue can still become."""
    return {result.avenue.id: set(result.could_become) for result in assessment.avenues}


def assessed(rulebook: Rulebook, draw: st.DataObject) -> Assessment:
    """A random case, assessed."""
    return assess(rulebook, draw.draw(cases(rulebook)), "2026-04-01")


@both
@tried
@given(st.data())
def test_an_answer_never_widens_what_is_possible(name: str, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[name]()
    before = assessed(rulebook, data)
    asked = [fact for fact in before.open_questions if fact not in before.case.answers]
    if asked:
        fact = data.draw(st.sampled_from(asked))
        after = assess(rulebook, before.case.with_answer(fact, data.draw(answers(rulebook.facts[fact]))), "2026-04-01")
        for avenue, standings in possible(after).items():
            assert standings <= possible(before)[avenue], avenue


@both
@tried
@given(st.data())
def test_what_is_not_asked_would_change_nothing(name: str, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[name]()
    before = assessed(rulebook, data)
    silent = sorted(set(rulebook.facts) - set(before.open_questions) - set(before.case.answers))
    for fact in data.draw(st.lists(st.sampled_from(silent), max_size=4, unique=True)) if silent else ():
        after = assess(rulebook, before.case.with_answer(fact, data.draw(answers(rulebook.facts[fact]))), "2026-04-01")
        assert possible(after) == possible(before), fact


@both
@tried
@given(st.data())
def test_an_undetermined_avenue_always_has_a_question_left_or_something_that_nobody_can_answer(
    name: str, data: st.DataObject
) -> None:
    rulebook = RULEBOOKS[name]()
    assessment = assessed(rulebook, data)
    unchecked = any(
        cell
        for table in rulebook.tables.values()
        for row in table.rows.values()
        for cell in table.columns
        if cell not in row
    )
    for result in assessment.avenues:
        if result.standing is Standing.UNDETERMINED and not unchecked:
            assert set(result.asks) & set(assessment.to_find_out), result.avenue.id


@both
@tried
@given(st.data())
def test_every_part_of_a_result_agrees_with_the_others(name: str, data: st.DataObject) -> None:
    for result in assessed(RULEBOOKS[name](), data).avenues:
        settled = result.standing is not Standing.UNDETERMINED
        assert result.could_become == (result.standing,) if settled else len(result.could_become) > 1
        assert bool(result.closed_by) == (result.standing is Standing.CLOSED)
        assert bool(result.reasons) == (settled or bool(result.unread)), result.avenue.id
        assert all(reason.text and (reason.sources or result.unread) for reason in result.reasons)
        assert result.stage in result.avenue.stages
        for part in result.hurdles:
            assert part.leans in ("", "for", "against", "even", "depends")
            assert not part.decisive or part.effect in ("bars", "contests")


@both
@tried
@given(st.data())
def test_no_missing_answer_is_taken_for_a_no(name: str, data: st.DataObject) -> None:
    """With nothing but one answer taken back, everything that was possible is possible still."""
    rulebook = RULEBOOKS[name]()
    full = assessed(rulebook, data)
    if full.case.answers:
        fact = data.draw(st.sampled_from(sorted(full.case.answers)))
        less = assess(rulebook, full.case.with_answer(fact, None), "2026-04-01")
        for avenue, standings in possible(full).items():
            assert standings <= possible(less)[avenue], avenue
