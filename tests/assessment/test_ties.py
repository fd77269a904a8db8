"""Time limits that hang together: every real day is among the kinds of day, and what it brings about is allowed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment.ties import Ties, ties_of, worlds_of
from pathways.assessment.view import View
from pathways.case import Case, Given, read_case
from pathways.record import replaced
from pathways.rulebook import load_rulebook
from pathways.rulebook.locate import shipped
from tests.places import RULEBOOKS, SCENARIOS, shipped_rulebook

DAY = "2026-11-20"


def a_kind_fits(ties: Ties, number: int, completed: View) -> bool:
    """Whether for some kind of day everything comes out as it is allowed to."""
    names = completed.rulebook.statements.variables
    actual = completed.case.logic(completed.rulebook)
    for kind in range(ties.kinds[number]):
        allowed = True
        for premises, variable, options in ties.ties:
            holds = all(
                mask == 1 << kind if one == number else (one in actual and actual[one].options & ~mask == 0)
                for one, mask in premises
            )
            if holds and number in {one for one, _ in premises}:
                timing = completed.timings.get(names[variable].name)
                real = names[variable].mask(timing.outcomes) if timing else actual[variable].options
                allowed = allowed and bool(real & options)
        if allowed:
            return True
    return False


@pytest.mark.parametrize("name", SCENARIOS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_real_day_is_of_some_kind(name: str, data: st.DataObject) -> None:
    rulebook = shipped_rulebook()
    full = replaced(read_case(shipped("scenarios") / f"{name}.yaml", rulebook), about=())
    dates = sorted({clock.of for clock in rulebook.clocks.values()})
    open_dates = data.draw(st.lists(st.sampled_from(dates), min_size=1, max_size=3, unique=True))
    case = replaced(full, answers={fact: given for fact, given in full.answers.items() if fact not in open_dates})
    ties = ties_of(View(rulebook, case, DAY), range(len(rulebook.statements.variables)))
    for fact in open_dates:
        if fact in ties.dates:
            before = data.draw(st.integers(0, 6000) | st.sampled_from([180, 184, 725, 730, 731, 735, 1095, 1826, 2191]))
            day = (date.fromisoformat(DAY) - timedelta(days=before)).isoformat()
            text = data.draw(st.sampled_from([day, day, day[:7], day[:4]]))
            completed = View(rulebook, case.with_answer(fact, Given.known(text)), DAY)
            assert a_kind_fits(ties, ties.dates[fact], completed), (fact, text)


def test_what_starts_on_the_same_day_is_not_over_before_what_is_shorter() -> None:
    """In the rulebook of fines: with kinds of day the longer of two periods cannot be over while the shorter runs."""
    rulebook = load_rulebook(RULEBOOKS / "fines")
    variables = range(len(rulebook.statements.variables))
    ties = ties_of(View(rulebook, Case("A fine"), DAY), variables)
    assert ties.dates
    assert all(kinds > 1 for kinds in ties.kinds.values())
    for premises, variable, allowed in ties.ties:
        assert premises
        assert 0 < allowed < (1 << len(rulebook.statements.variables[variable].options))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_world_is_one_that_days_bring_about(name: str) -> None:
    rulebook = shipped_rulebook()
    full = replaced(read_case(shipped("scenarios") / f"{name}.yaml", rulebook), about=())
    dates = {clock.of for clock in rulebook.clocks.values()}
    case = replaced(full, answers={fact: given for fact, given in full.answers.items() if fact not in dates})
    worlds = worlds_of(View(rulebook, case, DAY), range(len(rulebook.statements.variables)))
    names = rulebook.statements.variables
    young = case
    for fact in worlds.of_date:
        young = young.with_answer(fact, Given.known(DAY))
    view = View(rulebook, young, DAY)
    for variable, options in worlds.young.items():
        timing = view.timings.get(names[variable].name)
        # A day on which something was done can also be one that starts a period: that is left open.
        assert timing is None or not names[variable].mask(timing.outcomes) & ~options
    assert worlds.old != worlds.young
