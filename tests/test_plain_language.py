"""Questions in plain language: how hard they are to read, by the Flesch-Kincaid grade, and the terms they rest on."""

from __future__ import annotations

from statistics import median

import pytest
import textstat

from pathways.interview.terms import nearest_terms, term_named, terms_in, terms_of
from pathways.interview.why import explained
from pathways.rulebook.model import Fact, Rulebook
from tests.places import garden, shipped_rulebook

#: School grades: the middle question, and the hardest.
MIDDLE, HARDEST = 8, 11


def grade(text: str) -> float:
    """The school grade in which a text can be read."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("fact", shipped_rulebook().facts.values(), ids=lambda fact: fact.id)
def test_no_question_is_too_hard_to_read_alone_or_with_its_help(fact: Fact) -> None:
    assert grade(fact.ask) <= HARDEST
    assert grade(f"{fact.ask} {fact.help}") <= HARDEST


def test_the_middle_question_is_easy_to_read() -> None:
    facts = shipped_rulebook().facts.values()
    assert median(grade(fact.ask) for fact in facts) <= MIDDLE
    assert median(grade(f"{fact.ask} {fact.help}") for fact in facts) <= MIDDLE


def test_explanations_of_terms_are_easy_to_read() -> None:
    terms = shipped_rulebook().terms.values()
    assert median(grade(term.means) for term in terms) <= MIDDLE
    assert max(grade(term.means) for term in terms) <= HARDEST


def test_a_hard_text_would_be_found() -> None:
    assert grade("Notwithstanding any jurisdictional prerequisite, administrative exhaustion is mandatory.") > HARDEST


def test_an_explanation_has_a_source_and_does_not_rest_on_itself() -> None:
    for term in shipped_rulebook().terms.values():
        assert term.sources
        assert term.term.casefold() not in term.means.casefold() or term.id == "color-of-law"


class TestNames:
    @pytest.fixture
    def rules(self) -> Rulebook:
        return shipped_rulebook()

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("tolling", "tolling"),
            ("Judge's Warrants", "judges-warrant"),
            ("“FOIA”?", "freedom-of-information"),
            ("287(g)", "local-agreement"),
            ("indictments", "grand-jury"),
        ],
    )
    def test_a_term_is_found_by_any_of_its_words(self, rules: Rulebook, typed: str, found: str) -> None:
        term = term_named(rules, typed)
        assert term is not None
        assert term.id == found

    @pytest.mark.parametrize("typed", ["", "?", "moon", "x" * 500, "\x1b[31m", "warrant"])
    def test_other_words_are_no_term(self, rules: Rulebook, typed: str) -> None:
        assert term_named(rules, typed) is None

    def test_what_comes_near_is_named(self, rules: Rulebook) -> None:
        assert nearest_terms(rules, "warrant") == ("judge's warrant", "administrative warrant")
        assert nearest_terms(rules, "habeus corpse")[0] == "habeas corpus"
        assert nearest_terms(rules, "zebra") == ()

    def test_of_two_terms_in_one_place_the_longer_is_meant(self, rules: Rulebook) -> None:
        found = terms_in(rules, ["Was there removal to federal court, or a bond hearing in the removal case?"])
        assert [term.id for term in found] == ["removal-to-federal-court", "bond", "removal-case"]

    def test_a_part_of_a_word_is_no_term(self, rules: Rulebook) -> None:
        assert terms_in(rules, ["The bonded estates-general seized vagabonds."]) == ()

    def test_the_questions_name_the_terms_in_them(self, rules: Rulebook) -> None:
        assert [term.id for term in terms_of(rules, rules.facts["entry.paper"])] == ["judges-warrant"]

    def test_without_a_glossary_nothing_is_named(self) -> None:
        assert terms_of(garden(), garden().facts["tree.kind"]) == ()
        assert "not among the terms" in "".join(one.text for one in explained(garden(), "tolling"))
