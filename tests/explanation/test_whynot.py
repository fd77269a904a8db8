"""What would have to be otherwise: every set does what it says, none of its parts does, and none is missing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment import Standing, assess
from pathways.assessment.standings import possible_standings
from pathways.assessment.view import View
from pathways.case import Case, Given, read_case
from pathways.explanation.whynot import Way, rank, why_not
from pathways.record import replaced
from pathways.render import what_if
from pathways.render.text import page_text
from pathways.render.what_if import why_not_page
from pathways.rulebook import Rulebook
from pathways.rulebook.locate import shipped
from pathways.rulebook.model import Avenue
from tests.assessment.gardens import cases
from tests.deadlines.fines import fines
from tests.places import SCENARIOS, garden, shipped_rulebook

DAY = "2026-04-01"
tried = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

Answered = frozenset[tuple[str, str]]


def with_changes(case: Case, changes: Answered) -> Case:
    for fact, option in changes:
        case = case.with_answer(fact, Given.known(option))
    return case


def comes_to(rulebook: Rulebook, avenue: Avenue, case: Case) -> tuple[Standing, ...]:
    return possible_standings(View(rulebook, case, DAY).case_values, avenue)


def by_brute_force(rulebook: Rulebook, avenue: Avenue, case: Case, most: int) -> dict[Answered, int]:
    """Every set of other answers that does better than each part of it, and how well."""
    alternatives = [
        (fact.id, option)
        for fact in rulebook.facts.values()
        for option in fact.answers
        if fact.kind != "date" and case.answers.get(fact.id) != Given.known(option)
    ]
    now = rank(comes_to(rulebook, avenue, case))
    found: dict[Answered, int] = {}
    for size in range(1, most + 1):
        for chosen in combinations(alternatives, size):
            changes = frozenset(chosen)
            if len({fact for fact, _ in changes}) == size:
                best = max([now, *(one for part, one in found.items() if part < changes)])
                does = rank(comes_to(rulebook, avenue, with_changes(case, changes)))
                if does > best:
                    found[changes] = does
    return found


def each(way: Way) -> list[Answered]:
    """Every set of answers that a way stands for."""
    chosen = product(*([(change.fact, option) for option in change.options] for change in way.changes))
    return [frozenset(changes) for changes in chosen]


@pytest.mark.parametrize("rules", [garden, fines])
@tried
@given(data=st.data())
def test_just_the_smallest_sets_of_answers_are_found(rules: Callable[[], Rulebook], data: st.DataObject) -> None:
    rulebook = rules()
    case = data.draw(cases(rulebook))
    assessment = assess(rulebook, replaced(case, about=()), DAY)
    avenue = data.draw(st.sampled_from(list(rulebook.avenues.values())))
    # With known answers alone, to say the same again is no change.
    ways = [way for way in why_not(assessment, avenue, 2).ways if not way.fixed]
    found = {changes: way.rank for way in ways for changes in each(way)}
    assert found == by_brute_force(rulebook, avenue, assessment.case, 2)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_way_does_what_it_says_and_no_part_of_it_does(name: str) -> None:
    rulebook = shipped_rulebook()
    case = replaced(read_case(shipped("scenarios") / f"{name}.yaml", rulebook), about=())
    assessment = assess(rulebook, case, DAY)
    looked_at = 0
    for result in assessment.avenues:
        found = why_not(assessment, result.avenue, 2)
        assert found.could_become == result.could_become
        for way in found.ways:
            if way.fixed:
                continue
            changes = each(way)[0]
            assert comes_to(rulebook, result.avenue, with_changes(case, changes)) == way.could_become
            assert way.rank > rank(result.could_become)
            for change in changes:
                part = with_changes(case, changes - {change})
                assert rank(comes_to(rulebook, result.avenue, part)) < way.rank
            looked_at += 1
    assert looked_at or name == "empty"


def test_where_the_law_decides_it_is_named() -> None:
    rulebook = shipped_rulebook()
    case = read_case(shipped("scenarios") / "vehicle-shot-at.yaml", rulebook)
    assessment = assess(rulebook, replaced(case, about=()), DAY)
    result = next(one for one in assessment.avenues if one.standing is Standing.CONTESTED)
    found = why_not(assessment, result.avenue)
    if Standing.OPEN not in found.at_best:
        assert not found.ways
        assert found.by_law
        assert {key.partition(":")[0] for key in found.by_law} <= {"element", "hurdle", "deadline"}


@pytest.mark.parametrize("name", ["state-civil-rights-act", "tort-suit", "officer-license", "state-prosecution"])
def test_what_a_cell_says_that_nobody_read_is_no_answer_to_change_and_is_told(name: str) -> None:
    rulebook = shipped_rulebook()
    minneapolis = read_case(shipped("scenarios") / "minneapolis-2026.yaml", rulebook)
    for state in ("IL", "WY", "GU"):
        case = minneapolis.with_answer("incident.state", Given.known(state))
        assessment = assess(rulebook, case, DAY)
        found = why_not(assessment, rulebook.avenues[name], 2)
        assert all(change.fact in rulebook.facts or "/" in change.fact for way in found.ways for change in way.changes)
        said = page_text(why_not_page(assessment, found, everything=True), 4000, color=False)
        (result,) = [one for one in assessment.avenues if one.avenue.id == name]
        assert ("No answer changes that." in said) == bool(result.unread)


def test_where_it_happened_and_whether_somebody_died_are_no_matter_of_evidence_once_answered() -> None:
    rulebook = shipped_rulebook()
    case = read_case(shipped("scenarios") / "handcuffed-assault.yaml", rulebook)
    assert case.answers["harm.death"].options == ("no",)
    assessment = assess(rulebook, case)
    avenue = rulebook.avenues["wrongful-death"]
    found = why_not(assessment, avenue, 1)
    (died,) = [way for way in found.ways if [change.fact for change in way.changes] == ["harm.death"]]
    assert died.fixed
    brief, whole = (
        page_text(why_not_page(assessment, found, everything), 4000, color=False) for everything in (False, True)
    )
    assert "A person died: yes" not in brief
    assert "for an answer that cannot become another: A person died. --all shows them." in brief
    assert "A person died: yes" in whole


def test_every_outcome_of_a_clock_is_told_in_words() -> None:
    for rulebook in (shipped_rulebook(), fines()):
        variables = rulebook.statements.variables
        outcomes = {option for clock in rulebook.clocks for option in variables[rulebook.variables[clock]].options}
        assert outcomes <= what_if._OUTCOMES.keys()
