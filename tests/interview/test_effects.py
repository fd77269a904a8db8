"""What is said of a question: on what it bears, and what its answers would do. Held against assessing with each."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from pathways.assessment import Standing, assess
from pathways.assessment.grounds import most_settling
from pathways.case import Given
from pathways.interview import Interview, begin, new_case
from pathways.interview.effects import effects
from pathways.interview.why import cited, why, would_do
from pathways.record import replaced
from tests.interview.library import fact, interviews, library, start
from tests.places import garden, shipped_rulebook


def standings(interview: Interview) -> dict[str, Standing]:
    return {result.avenue.short: result.standing for result in interview.assessment.avenues}


@settings(max_examples=60, deadline=None)
@given(interviews())
def test_what_an_answer_would_do_is_what_it_does(interview: Interview) -> None:
    asked = interview.question
    assume(asked is not None and asked.kind != "date")
    assert asked is not None
    before = standings(interview)
    said = {label: effect for effect in effects(interview, asked) for label in effect.answers}
    labels = {"yes": "yes", "no": "no"} if asked.kind == "yes-no" else {one.id: one.label for one in asked.options}
    assert set(said) == {*labels.values(), "disputed"}
    for option, label in labels.items():
        after = standings(interview.answer(Given.known(option)))
        changed = {short: standing for short, standing in after.items() if before[short] is not standing}
        assert {short: standing for standing, shorts in said[label].settled for short in shorts} == changed


@settings(max_examples=40, deadline=None)
@given(interviews())
def test_what_hangs_on_a_question_is_what_asks_it(interview: Interview) -> None:
    asked = interview.question
    assume(asked is not None)
    assert asked is not None
    hanging = {avenue.id for avenue, parts in interview.hanging_on(asked.id) if parts}
    for result in interview.assessment.avenues:
        alone = assess(library(), replaced(interview.case, about=(result.avenue.id,)), "2026-02-01")
        assert (asked.id in alone.open_questions) == (result.avenue.id in hanging)


def test_the_effects_of_an_answered_question_are_told_as_if_it_had_no_answer_yet() -> None:
    interview = start().with_answer("visit.branch", Given.known("HS"))
    again = interview.revisit("visit.branch")
    assert [effect.settled for effect in effects(again, fact("visit.branch"))] == [
        effect.settled for effect in effects(start(), fact("visit.branch"))
    ]


def test_days_that_do_the_same_are_one_stretch() -> None:
    asked = fact("visit.date")
    interview = start().with_answer("visit.branch", Given.known("HS"))
    found = effects(interview, asked)
    assert [effect.answers for effect in found] == [("from 1 February 2014 to 1 February 2026",)]


@pytest.mark.parametrize("name", ["visit.branch", "book.rare", "reader.kind", "visit.date"])
def test_every_line_is_a_sentence_with_its_source(name: str) -> None:
    interview = begin(library(), new_case("A book"), "2026-02-01")
    lines = [one.text for one in (*why(interview, fact(name)), *would_do(interview, fact(name)))]
    assert all(line.endswith((".", ":")) for line in lines)
    assert any("House rules of the town library, line" in line for line in lines)
    assert lines[-1].startswith("don't know: ")


def test_sources_are_named_the_law_first() -> None:
    rulebook = garden()
    assert cited(
        rulebook, ["garden-talk#" + next(iter(rulebook.documents["garden-talk"].propositions)), "bylaw:7(2)"]
    ).startswith("Town Bylaw 7(2); ")


def test_every_question_of_the_shipped_rules_can_be_explained() -> None:
    rulebook = shipped_rulebook()
    interview = begin(rulebook, new_case("All"), "2026-02-01")
    for asked in rulebook.facts.values():
        if asked.table:
            continue
        lines = [one.text for one in why(interview, asked)]
        assert all(line.strip() for line in lines)
        assert len(list(would_do(interview, asked))) >= 2


def test_what_to_find_out_begins_with_what_would_settle_most() -> None:
    interview = start()
    while interview.question is not None:
        interview = interview.answer(Given("unknown"))
    assessment = interview.assessment
    ordered = most_settling(assessment)
    assert set(ordered) == set(assessment.to_find_out)

    def settled(name: str) -> float:
        options = fact(name).answers
        undetermined = [one.avenue.short for one in assessment.avenues if one.standing is Standing.UNDETERMINED]
        after = [standings(interview.with_answer(name, Given.known(option))) for option in options]
        return sum(one[short] is not Standing.UNDETERMINED for one in after for short in undetermined) / max(
            1, len(after)
        )

    counted = [settled(name) for name in ordered if fact(name).kind != "date"]
    assert counted == sorted(counted, reverse=True)
    assert counted[0] > 0
