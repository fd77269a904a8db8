"""Cases invented for what no scenario shows or notices: each does what it was made for, and a proof holds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.authoring.coverage import Covered, coverage
from pathways.authoring.covering import gaps, unjustified
from pathways.authoring.inventing import Invented, as_scenario
from pathways.authoring.mutation import Tried, mutation
from pathways.authoring.noticing import searched
from pathways.authoring.scenarios import Scenarios
from pathways.case import Case, Given, read_case
from pathways.record import replaced
from pathways.rulebook import Rulebook
from tests.authoring.books import BOOKS, TODAY, book, copied, scenarios
from tests.places import GARDEN, RULEBOOKS

DEPOSIT = RULEBOOKS / "deposit"
DAYS = ("1900", "1989-12-31", "1990", "2015-06", "2024-02-29", "2026-01-05", "2026-04-20")


def random_cases(rulebook: Rulebook, count: int) -> list[Case]:
    """Cases with answers of every kind."""
    chance = random.Random(7)
    found = []
    for number in range(count):
        answers = {}
        for name, fact in rulebook.facts.items():
            options = DAYS if fact.kind == "date" else fact.answers
            if not options or chance.random() < 0.1:
                continue
            if fact.kind != "date" and len(options) > 1 and chance.random() < 0.2:
                answers[name] = Given("disputed", tuple(options[:2]))
            else:
                answers[name] = Given.known(chance.choice(options))
        found.append(Case(f"Random {number}", file=f"random-{number}", as_of=TODAY, answers=answers))
    return found


def place(one: Covered) -> tuple[str, int, str]:
    condition = one.written.condition
    return str(condition.place), condition.statement, one.written.name


@pytest.mark.parametrize("folder", [*BOOKS, DEPOSIT], ids=lambda path: path.name)
def test_an_invented_case_covers_what_it_was_invented_for_and_no_case_what_is_proved(folder: Path) -> None:
    known = scenarios(folder)
    rulebook = known.rulebook
    # Few scenarios leave much to be shown.
    found = gaps(few := Scenarios(rulebook, known.cases[:1], TODAY), coverage(few), invented := Invented(rulebook))
    assert invented.cases
    after = Scenarios(rulebook, [*few.cases, *(replaced(one, file="invented") for one in invented.cases)], TODAY)
    shown = {place(one): {True: one.holding, False: one.failing} for one in coverage(after)}
    for gap in found:
        if gap.search.case is not None:
            assert shown[place(gap.covered)][gap.holds], gap
    tried = Scenarios(rulebook, random_cases(rulebook, 150), TODAY)
    by_chance = {place(one): {True: one.holding, False: one.failing} for one in coverage(tried)}
    proved = [gap for gap in found if gap.search.proved]
    assert not [gap for gap in proved if by_chance[place(gap.covered)][gap.holds]]


@pytest.mark.parametrize("folder", BOOKS, ids=lambda path: path.name)
def test_a_mutant_is_noticed_by_the_case_invented_for_it_and_by_none_if_it_is_proved_the_same(folder: Path) -> None:
    known = book(folder)
    rulebook = known.rulebook
    bare = Scenarios(rulebook, [replaced(known.cases[0], expect=())], TODAY)
    tried = searched(bare, mutation(bare), invented := Invented(rulebook))
    kept = [as_scenario(rulebook, case, number) for number, case in enumerate(invented.cases)]
    for case in kept:
        assert all(check.met for check in assess(rulebook, case).checked)
    noticed = named(mutation(Scenarios(rulebook, [replaced(one, file="kept") for one in kept], TODAY)))
    chance = [replaced(as_scenario(rulebook, one, 0), file="chance") for one in random_cases(rulebook, 60)]
    by_chance = named(mutation(Scenarios(rulebook, chance, TODAY)))
    assert any(one.search and one.search.case for one in tried)
    for one in tried:
        at = str(one.mutant.place), one.mutant.what
        if one.search and one.search.case is not None:
            assert noticed[at], at
        if one.same:
            assert not by_chance[at], at


def named(tried: list[Tried]) -> dict[tuple[str, str], bool]:
    return {(str(one.mutant.place), one.mutant.what): one.noticed for one in tried}


def test_cases_are_written_under_names_that_are_free_and_read_back(tmp_path: Path) -> None:
    known = scenarios(GARDEN)
    few = Scenarios(known.rulebook, known.cases[:1], TODAY)
    gaps(few, coverage(few), invented := Invented(known.rulebook))
    first, again = invented.write(tmp_path), invented.write(tmp_path)
    assert not {*first} & {*again}
    assert {path.parent.name for path in first} <= {*known.rulebook.avenues, "claims"}
    for path, case in zip(first, invented.cases, strict=True):
        assert read_case(path, known.rulebook).answers == case.answers
        assert "Invented to test the rules" in path.read_text(encoding="utf-8")


def test_a_reason_for_what_a_case_could_show_is_a_problem(tmp_path: Path) -> None:
    oak = "tree.kind: oak"
    folder = copied(
        GARDEN,
        tmp_path,
        ("rules/avenues/cut-back.yaml", oak, f"uncovered: {{that: {{{oak}}}, because: Nobody has an oak.}}"),
    )
    known = scenarios(folder)
    found = gaps(known, coverage(known), Invented(known.rulebook))
    assert [problem.code for problem in unjustified(found)] == ["could-be-covered"]


def test_a_day_that_matters_only_to_a_claim_is_not_called_the_same(tmp_path: Path) -> None:
    folder = copied(
        GARDEN, tmp_path, ("rules/claims/fence.yaml", "when: {tree.kind: oak}", "when: {as_of: {from: 2019-03-01}}")
    )
    known = scenarios(folder)
    moved = [one for one in mutation(known) if one.mutant.what.startswith("2019-03-01 is ")]
    tried = searched(known, moved, Invented(known.rulebook))
    assert len(tried) == 2
    assert all(one.noticed or (one.search and one.search.case) for one in tried)
