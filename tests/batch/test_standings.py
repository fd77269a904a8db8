"""Where avenues stand in many records is what one assessment of each says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.case import Case, Given, read_case
from pathways.rulebook import Rulebook
from tests.assessment.gardens import cases
from tests.batch.records import one_by_one, side_by_side
from tests.deadlines.fines import REFUSED, fines
from tests.places import ROOT, garden, shipped_rulebook

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
AS_OF = ("2026-01-20", "2026-04-01", "2028-01-10", "2031-07-01")


def _agree(rulebook: Rulebook, some: list[Case], as_of: str) -> None:
    assert side_by_side(rulebook, some, as_of) == [
        {avenue: one[avenue] for avenue in rulebook.avenues} for one in one_by_one(rulebook, some, as_of)
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(st.lists(cases(garden()), min_size=1, max_size=8), st.sampled_from(AS_OF))
def test_random_records_of_a_small_rulebook(some: list[Case], as_of: str) -> None:
    _agree(garden(), some, as_of)


@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(st.lists(cases(fines()), min_size=1, max_size=8), st.sampled_from(AS_OF))
def test_random_records_of_a_rulebook_of_deadlines(some: list[Case], as_of: str) -> None:
    _agree(fines(), some, as_of)


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(st.lists(cases(shipped_rulebook()), min_size=1, max_size=4), st.sampled_from(AS_OF))
def test_random_records_of_the_shipped_rules(some: list[Case], as_of: str) -> None:
    _agree(shipped_rulebook(), some, as_of)


SCENARIOS = sorted((ROOT / "scenarios").rglob("*.yaml"))


@pytest.mark.parametrize("as_of", AS_OF)
def test_shipped_scenarios(as_of: str) -> None:
    rulebook = shipped_rulebook()
    some = [Case("", answers=read_case(file, rulebook).answers) for file in SCENARIOS]
    _agree(rulebook, some, as_of)


@pytest.mark.parametrize("name", ["minneapolis-2026", "wrong-house-raid", "attack-answered"])
def test_a_scenario_with_each_answer_left_out_disputed_and_not_known(name: str) -> None:
    rulebook = shipped_rulebook()
    case = read_case(ROOT / "scenarios" / f"{name}.yaml", rulebook)
    some = []
    for fact in case.answers:
        some.append(case.with_answer(fact, None))
        some.append(case.with_answer(fact, Given("unknown")))
        answers = rulebook.facts[fact].answers
        some += [case.with_answer(fact, Given.known(answer)) for answer in answers[:5]]
        if answers:
            some.append(case.with_answer(fact, Given("disputed", answers)))
            some.append(case.with_answer(fact, Given("one-of", answers[:2])))
    _agree(rulebook, some, "2026-06-01")


@pytest.mark.parametrize("day", ["2019-03-29", "2024-01-31", "2025-01", "2025", "2026-01-07", "unknown"])
def test_days_and_states(day: str) -> None:
    rulebook = shipped_rulebook()
    base = read_case(ROOT / "scenarios" / "minneapolis-2026.yaml", rulebook)
    date = Given("unknown") if day == "unknown" else Given.known(day)
    states = rulebook.facts["incident.state"].answers
    some = [
        base.with_answer("incident.date", date).with_answer("incident.state", Given.known(state)) for state in states
    ]
    for done, on in (("claim.presented", "claim.received-on"), ("claim.suit-filed", "claim.suit-filed-on")):
        for received in ("2026-01-09", "2027-06", "2024-02-29"):
            with_act = base.with_answer(done, Given.known("yes")).with_answer(on, Given.known(received))
            some += [with_act, with_act.with_answer("incident.date", date), with_act.with_answer(done, None)]
    _agree(rulebook, some, "2027-02-01")


@pytest.mark.parametrize("sent", ["yes", "no", ""])
@pytest.mark.parametrize("town", ["AB", "CD", "EF", "GH", "JK", ""])
def test_every_third_day_of_some_years(town: str, sent: str) -> None:
    rulebook = fines()
    answers = {name: answer if isinstance(answer, Given) else Given.known(answer) for name, answer in REFUSED.items()}
    answers |= {"fine.town": Given.known(town), "objection.sent": Given.known(sent)}
    base = Case("", answers={name: given for name, given in answers.items() if given.options != ("",)})
    days = [(date(2022, 6, 1) + timedelta(days=3 * at)).isoformat() for at in range(450)]
    _agree(rulebook, [base.with_answer("fine.placed-on", Given.known(day)) for day in days], "2026-02-20")
