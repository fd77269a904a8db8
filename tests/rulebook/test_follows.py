"""Questions that follow another: not asked where that one is not known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathways.assessment import Assessment, assess
from pathways.case import Case, Given
from pathways.render.avenue import MOST_ASKED, avenue_section
from pathways.render.page import Page
from pathways.render.text import page_text
from pathways.rulebook import Rulebook, load_rulebook
from pathways.rulebook.check import check_rulebook
from tests.places import GARDEN, shipped_rulebook

LATE, AWAY = "talk.late", "talk.away"


def garden(folder: Path, follows: str, fact: str = AWAY) -> Path:
    """The garden's rules where one fact follows another."""
    shutil.copytree(GARDEN, folder / "garden")
    path = folder / "garden" / "rules" / "facts" / "talk.yaml"
    path.write_text(path.read_text().replace(f"\n  {fact}:\n", f"\n  {fact}:\n    follows: {follows}\n"))
    return folder / "garden"


@pytest.fixture
def rules(tmp_path: Path) -> Rulebook:
    return load_rulebook(garden(tmp_path, LATE))


def with_answer(rules: Rulebook, given: Given | None) -> Assessment:
    answers = {"tree.kind": Given.known("oak"), "tree.over-fence": Given.known("yes")}
    return assess(rules, Case("A", answers={**answers, **({LATE: given} if given else {})}), "2026-04-01")


@pytest.mark.parametrize("given", [None, Given.known("yes")])
def test_is_asked_where_the_one_before_has_an_answer_or_may_get_one(rules: Rulebook, given: Given | None) -> None:
    assert AWAY in with_answer(rules, given).open_questions


def test_is_not_asked_where_the_one_before_is_not_known(rules: Rulebook) -> None:
    found = with_answer(rules, Given("unknown"))
    assert AWAY not in (*found.open_questions, *found.further_questions)
    assert LATE in found.to_find_out
    assert AWAY not in found.to_find_out, "first the one that it follows"


def test_not_to_be_asked_settles_nothing(rules: Rulebook) -> None:
    plain = with_answer(load_rulebook(GARDEN), Given("unknown"))
    found = with_answer(rules, Given("unknown"))
    assert [one.could_become for one in found.avenues] == [one.could_become for one in plain.avenues]


def test_beside_an_avenue_no_more_questions_are_promised_than_are_listed() -> None:
    rulebook = shipped_rulebook()
    assessment = assess(rulebook, Case("A", answers={"local.took-part": Given("unknown")}), "2026-02-01")
    (result,) = (one for one in assessment.avenues if one.avenue.id == "section-1983")
    listed = [name for name in result.asks if name in assessment.to_find_out]
    assert len(listed) < len(result.asks)
    page = Page(rulebook)
    avenue_section(page, assessment, result, 1, {})
    shown = page_text(page, 80, color=False)
    assert f"and {len(listed) - MOST_ASKED} more, listed under" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("follows", "fact", "code", "said"),
    [
        (AWAY, LATE, "contradiction", "asked after it"),
        (LATE, LATE, "contradiction", "asked after it"),
        ("talk.lates", AWAY, "unknown-fact", "talk.lates"),
        ("tree", AWAY, "bad-name", "tree"),
    ],
    ids=["a later one", "itself", "one that is not there", "no name of a question"],
)
def test_what_is_wrong_is_said(tmp_path: Path, follows: str, fact: str, code: str, said: str) -> None:
    found = [(one.code, one.message) for one in check_rulebook(garden(tmp_path, follows, fact))[1]]
    assert any(one == code and said in message for one, message in found), found


def test_in_the_shipped_rules_a_question_and_the_one_that_it_follows_can_both_matter() -> None:
    facts = shipped_rulebook().facts
    assert sum(bool(fact.follows) for fact in facts.values()) > 50
    order = list(facts)
    for fact in facts.values():
        if fact.follows:
            assert order.index(fact.follows) < order.index(fact.id)
