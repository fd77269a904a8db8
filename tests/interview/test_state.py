"""The laws of an interview: what is asked, what going back does, what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment import Standing, assess
from pathways.case import Case, Given, Said, read_case, save_case
from pathways.interview import Interview, begin, new_case
from pathways.interview.dispute import dispute_of, name_of
from pathways.interview.state import settled, unsettled
from tests.interview.library import answers, fact, interviews, library, start

YES, NO = Given.known("yes"), Given.known("no")


def told(interview: Interview, **given: Given) -> Interview:
    """The interview after these answers, whatever is asked."""
    for name, answer in given.items():
        interview = interview.with_answer(name.replace("_", ".", 1).replace("_", "-"), answer)
    return interview


def test_questions_come_in_the_order_of_the_story() -> None:
    interview, asked = start(), []
    while interview.question is not None:
        asked.append(interview.question.id)
        interview = interview.answer(Given("unknown"))
    assert asked == [name for topic in library().topics.values() for name in topic.facts]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_questions_asked_are_among_those_that_an_assessment_leaves_open(data: st.DataObject) -> None:
    interview = start()
    while (asked := interview.question) is not None:
        open_now = assess(library(), interview.case, "2026-02-01").open_questions
        assert asked.id == interview.open_questions[0]
        in_order = [name for name in open_now if name in interview.open_questions]
        assert list(interview.open_questions) == in_order
        assert asked.id not in interview.history, "nothing is asked twice"
        interview = interview.answer(data.draw(answers(asked)))
    assert not interview.open_questions


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_was_never_asked_could_have_changed_no_standing(data: st.DataObject) -> None:
    interview = start()
    while (asked := interview.question) is not None:
        interview = interview.answer(data.draw(answers(asked)))
    before = {result.avenue.id: result.standing for result in interview.assessment.avenues}
    for other in library().facts.values():
        if other.id not in interview.history:
            later = interview.with_answer(other.id, data.draw(answers(other)))
            assert {result.avenue.id: result.standing for result in later.assessment.avenues} == before


@settings(max_examples=60, deadline=None)
@given(interviews(), st.integers(1, 9))
def test_going_back_and_answering_the_same_gives_the_same_state(interview: Interview, steps: int) -> None:
    earlier = interview
    for _ in range(steps):
        earlier = earlier.back()
    if not interview.history:
        assert earlier is interview, "nothing stands before the first question"
        return
    given_before = earlier.given
    assert given_before is not None
    again = earlier.answer(given_before)
    assert again == interview == earlier.keep()
    assert list(again.case.answers) == list(interview.case.answers), "answers keep their places"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_going_back_keeps_every_later_answer(data: st.DataObject) -> None:
    interview = data.draw(interviews().filter(lambda one: len(one.history) > 1))
    earlier = interview.back().back()
    assert earlier.case == interview.case, "looking changes nothing"
    asked = earlier.question
    assert asked is not None
    assert asked.id == interview.history[-2]
    changed = earlier.answer(data.draw(answers(asked)))
    for name, given_before in interview.case.answers.items():
        if name != asked.id:
            assert changed.case.answers[name] == given_before
    assert changed.history == interview.history


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(interview=interviews())
def test_a_saved_interview_goes_on_where_it_stopped(interview: Interview, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    save_case(interview.case, path)
    resumed = begin(library(), read_case(path, library()), "2026-02-01")
    assert resumed.question == interview.question
    assert resumed.history == interview.history
    assert resumed.case.answers == interview.case.answers


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=60))
def test_who_says_what_is_read_back_as_it_was_typed(tmp_path: Path, one: str, other: str) -> None:
    given_before = dispute_of(fact("book.rare"), [Said("yes", name_of(one)), Said("no", name_of(other))])
    assert given_before is not None
    path = tmp_path / "case.yaml"
    save_case(Case("A book", answers={"book.rare": given_before}), path)
    assert read_case(path, library()).answers["book.rare"] == given_before


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=300))
def test_any_file_name_makes_a_title_that_a_file_can_hold(title: str, tmp_path: Path) -> None:
    case = new_case(name_of(title))
    path = tmp_path / "case.yaml"
    save_case(case, path)
    assert read_case(path, library()).title == case.title


def test_an_interview_is_a_value() -> None:
    before = start()
    after = before.answer(Given.known("OM"))
    assert before.case.answers == {}
    assert after.case.answers == {"visit.branch": Given.known("OM")}
    assert before == start()


def test_what_is_already_answered_is_behind_us_even_if_nobody_knows_which_of_several() -> None:
    several = Given("one-of", ("N", "OM"))
    interview = begin(library(), Case("A book", answers={"visit.branch": several}))
    assert interview.question == fact("visit.date")
    assert interview.back().given == several


def test_the_same_answer_again_keeps_who_said_so() -> None:
    said = Given("known", ("yes",), (Said("yes", "the desk"),))
    interview = begin(library(), Case("A book", answers={"book.rare": said}))
    assert interview.back().answer(YES).case.answers["book.rare"] == said
    assert interview.back().answer(NO).case.answers["book.rare"] == NO


def test_changing_an_answer_can_open_an_earlier_question() -> None:
    interview = told(start(), visit_branch=Given.known("HS"), reader_kind=Given.known("guest"))
    assert interview.question is None
    changed = interview.back().answer(Given.known("adult"))
    assert changed.question == fact("reader.fines")


def test_what_an_answer_settles() -> None:
    before = told(start(), visit_branch=Given.known("OM"))
    after = before.with_answer("book.rare", Given("disputed", ("yes", "no")))
    assert [(one.avenue.id, one.standing) for one in settled(before, after)] == [("read-here", Standing.CONTESTED)]
    assert settled(after, after) == ()
    assert [one.avenue.id for one in unsettled(after, before)] == ["read-here"]


def test_what_hangs_on_a_question() -> None:
    def names(interview: Interview, name: str) -> list[str]:
        return [avenue.id for avenue, _ in interview.hanging_on(name)]

    assert names(start(), "book.rare") == ["read-here"]
    assert names(start(), "book.on-loan") == ["borrow"]
    closed = told(start(), book_reference=YES)
    assert names(closed, "book.on-loan") == []
    assert names(closed, "book.reference") == ["borrow"], "what the answer itself settled still hangs on it"


def test_steps_that_are_not_there() -> None:
    finished = told(start(), visit_branch=Given.known("HS"), reader_kind=Given.known("guest"))
    with pytest.raises(ValueError, match="no question is open"):
        finished.answer(NO)
    with pytest.raises(ValueError, match="was not answered"):
        finished.revisit("book.rare")
    assert finished.revisit("visit.branch").back() == finished.revisit("visit.branch")
