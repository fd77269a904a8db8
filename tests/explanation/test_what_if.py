"""What would change with other answers: side by side, only what differs; and which question matters most."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.case import Given
from pathways.explanation.differences import differences
from pathways.explanation.sensitivity import sensitivity
from tests.assessment.gardens import ALL_CLEAR, DISPUTED, assessed, case
from tests.cli.process import Ended, in_garden, inside
from tests.places import GARDEN, GARDEN_CASES, SCENARIOS, garden

OAK, LINE = GARDEN_CASES / "oak.yaml", GARDEN_CASES / "line.yaml"


def what_if(*arguments: str | Path) -> Ended:
    return inside("--rules", GARDEN, "what-if", *arguments)


def test_the_same_differs_in_nothing() -> None:
    one = assessed({**ALL_CLEAR})
    assert differences([one, one]) == ()


def test_only_what_differs_is_listed() -> None:
    before, after = assessed({**ALL_CLEAR}), assessed({**ALL_CLEAR, "tree.over-fence": "no"})
    found = differences([before, after])
    standings = [one for one in found if one.kind == "standing"]
    assert [(one.avenue, one.values) for one in standings if one.avenue == "cut-back"] == [
        ("cut-back", (("open",), ("closed",)))
    ]
    assert all(len(set(one.values)) == 2 for one in found)
    assert ("element", "trespass") in {(one.kind, one.id) for one in found}


def test_before_and_after_stand_side_by_side() -> None:
    done = what_if(OAK, "tree.kind=fruit", "talk.late=no")
    assert done.code == 0, done.err
    assert "not available on these answers" in done.out
    assert "What it is: a fruit tree (now: an oak)" in done.out
    assert "not what to say" in done.out


def test_an_answer_can_be_taken_back_disputed_or_not_known() -> None:
    data = inside("--rules", GARDEN, "what-if", OAK, "tree.kind=", "--format", "json").data
    assert {one["kind"] for one in data["differences"]} >= {"standing"}
    for answer in ("disputed", "unknown", "disputed yes or no"):
        assert what_if(OAK, f"tree.over-fence={answer}").code == 0


@pytest.mark.parametrize("second", ["tree.kind=oak", "tree.kind=fruit", "tree.kind="])
def test_a_question_has_one_answer(second: str) -> None:
    done = what_if(OAK, "tree.kind=fruit", second, "tree.kind=oak")
    assert (done.code, done.out) == (2, "")
    assert done.err == "tree.kind has more than one answer here. Give each question one.\n"


def test_a_case_of_the_rules_to_compare_with_says_where_they_are_named() -> None:
    done = inside("what-if", OAK, "tree.nest=yes", "--rules", GARDEN)
    assert (done.code, done.out) == (2, "")
    assert "no fact is named `tree.kind`" in done.err
    assert f"put it before the command: pathways --rules {GARDEN} what-if" in done.err
    assert "before the command" not in inside("what-if", OAK, "tree.nest=yes").err


def test_another_day_and_other_rules(tmp_path: Path) -> None:
    assert "Assessed as of 2040-01-01 (now: 2026-04-01)" in what_if(OAK, "--as-of", "2040-01-01").out
    done = what_if(OAK, "--rules", GARDEN)
    assert "With the rules town-gardens" in done.out
    assert "Nothing that is shown changes." in done.out


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("tree.kind", "has no `=`"),
        ("tree.knd=oak", "Did you mean `tree.kind`?"),
        ("tree.kind=palm", "tree.kind: "),
        ("tree.planted=disputed", "a date is disputed between two"),
        ("tree.over-fence=perhaps", "Type yes, no, disputed or don't know."),
    ],
)
def test_what_is_no_answer_is_said(answer: str, said: str) -> None:
    done = what_if(OAK, answer)
    assert done.code == 2
    assert said in done.err
    assert not done.out


def test_everything_wrong_is_said_at_once() -> None:
    assert len(what_if(OAK, "a", "b=c", "tree.over-fence=perhaps").err.splitlines()) == 3


def test_cases_side_by_side() -> None:
    done = in_garden("compare", OAK, LINE, width=100)
    assert done.code == 0, done.err
    assert "Case 1" in done.out
    assert "Case 2" in done.out
    for avenue in garden().avenues.values():
        assert avenue.short.split()[0] in done.out
    data = in_garden("compare", OAK, LINE, "--format", "json").data
    assert {one["avenue"] for one in data["compared"] if one["kind"] == "standing"} == set(garden().avenues)


def test_one_case_is_nothing_to_compare() -> None:
    done = in_garden("compare", OAK)
    assert (done.code, done.err.strip()) == (2, "Name at least two cases to compare.")


def test_the_question_that_settles_most_comes_first() -> None:
    answers = {name: given for name, given in ALL_CLEAR.items() if name not in ("tree.line-known", "talk.late")}
    answers["tree.over-fence"] = DISPUTED
    assessment = assessed(answers)
    weights = sensitivity(assessment)
    assert {weight.fact.id for weight in weights} >= {"tree.over-fence"}
    assert [weight.settled for weight in weights] == sorted((weight.settled for weight in weights), reverse=True)
    for weight in weights:
        for outcome in weight.outcomes:
            for label in outcome.answers:
                option = next((one for one in weight.fact.answers if weight.fact.label_of(one) == label), label)
                after = assess(garden(), case({**answers, weight.fact.id: Given.known(option)}), "2026-04-01")
                could = {one.avenue.id: one.could_become for one in after.avenues}
                for avenue, becomes in outcome.becomes:
                    assert could[avenue] == becomes


def test_what_is_settled_hangs_on_nothing() -> None:
    done = in_garden("sensitivity", OAK)
    assert done.code == 0
    assert in_garden("sensitivity", OAK, "--format", "json").data["questions"] is not None


@pytest.mark.parametrize("name", SCENARIOS)
def test_shipped_cases(name: str) -> None:
    done = inside("sensitivity", name, "--all")
    assert done.code == 0, done.err
    assert "What matters most" in done.out
    assert inside("compare", name, "minneapolis-2026").code == 0


def test_why_not_at_the_command_line() -> None:
    done = in_garden("why-not", OAK, "cut-back")
    assert done.code == 0, done.err
    assert "not what to say" in done.out
    data = in_garden("why-not", OAK, "cut-back", "--format", "json").data
    assert data["avenue"] == "cut-back"
    assert data["tried"] > 0
    assert in_garden("why-not", OAK, "cut-bak").code == 2
    few, every = (in_garden("why-not", OAK, "cut-back", *more).out for more in ((), ("--all",)))
    assert len(every) >= len(few)
