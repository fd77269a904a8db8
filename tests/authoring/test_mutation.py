"""Mutants that scenarios notice: lanes and cuts of the rulebook find just what a whole assessment of each would."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.authoring.mutants import avenue_mutants, condition_mutants, date_mutants
from pathways.authoring.mutation import mutation
from pathways.authoring.restated import Stated
from pathways.authoring.scenarios import Scenarios
from pathways.record import replaced
from pathways.rulebook import Rulebook
from tests.authoring.books import BOOKS, book, copied, scenarios
from tests.places import GARDEN


def noticed_by_hand(known: Scenarios, changed: Rulebook) -> bool:
    """Whether some expectation that was met is not met by a changed rulebook."""
    met = [{check.path for check in assess(known.rulebook, case).checked if check.met} for case in known.cases]
    return any(
        not check.met and check.path in before
        for case, before in zip(known.cases, met, strict=True)
        for check in assess(changed, case).checked
    )


def all_met(known: Scenarios) -> Scenarios:
    """Scenarios without what does not come out as the rules stand."""
    return Scenarios(
        known.rulebook,
        [
            replaced(
                case,
                expect=tuple(
                    one
                    for one, check in zip(case.expect, assess(known.rulebook, case).checked, strict=True)
                    if check.met
                ),
            )
            for case in known.cases
        ],
    )


@pytest.mark.parametrize("folder", BOOKS, ids=lambda path: path.name)
def test_what_is_noticed_is_what_assessing_every_case_by_the_whole_mutant_notices(folder: Path) -> None:
    known = all_met(book(folder))
    rulebook = known.rulebook
    whole = Stated(rulebook, tuple(rulebook.avenues), tuple(rulebook.findings), tuple(rulebook.claims))
    by_hand = {
        (one.place, one.what): noticed_by_hand(known, whole.with_change(one.written.condition, one.change))
        for one in condition_mutants(rulebook)
    }
    for other in avenue_mutants(rulebook):
        edited = replaced(rulebook, avenues={**rulebook.avenues, other.avenue.id: other.avenue})
        stated = Stated(edited, tuple(rulebook.avenues), tuple(rulebook.findings), tuple(rulebook.claims)).rulebook
        by_hand[other.place, other.what] = noticed_by_hand(known, stated)
    for moved in date_mutants(rulebook):
        by_hand[moved.place, moved.what] = noticed_by_hand(known, moved.rulebook)
    found = {(one.mutant.place, one.mutant.what): one.noticed for one in mutation(known)}
    assert found.items() <= by_hand.items()
    assert not [mutant for mutant in by_hand.keys() - found.keys() if by_hand[mutant]], "left out, but noticed"
    assert set(found.values()) == {True, False}


def test_a_mutant_names_the_scenario_and_the_expectation_that_notice_it() -> None:
    what = "hurdle `protected-oak` contests instead of bars"
    tried = next(one for one in mutation(book(GARDEN)) if one.mutant.what == what)
    assert tried.case.endswith("oak.yaml")
    assert tried.expectation


@pytest.mark.parametrize(
    ("answer", "leans", "moved"),
    [("1990-01-01", "depends", "1990-01-02"), ("1989-12-31", "against", "1989-12-31")],
)
def test_a_day_that_moves_is_noticed_by_a_case_on_that_day(tmp_path: Path, answer: str, leans: str, moved: str) -> None:
    folder = copied(GARDEN, tmp_path)
    (folder / "cases" / "day.yaml").write_text(
        f"case: On the day\nas_of: 2026-04-01\nanswers:\n  tree.line-known: no\n  tree.planted: {answer}\n"
        f"expect:\n  avenues:\n    cut-back: {{leans: {{doubtful-line: {leans}}}}}\n",
        encoding="utf-8",
    )
    tried = [one for one in mutation(scenarios(folder)) if one.mutant.what.startswith("1990-01-01 is ")]
    assert [one.mutant.what for one in tried if one.case.endswith("day.yaml")] == [f"1990-01-01 is {moved}"]
    assert len(tried) == 2


def test_what_is_excused_keeps_its_reason(tmp_path: Path) -> None:
    folder = copied(
        GARDEN,
        tmp_path,
        (
            "rules/avenues/cut-back.yaml",
            "arises_when: {disputed: tree.over-fence}",
            "arises_when: {uncovered: {that: {disputed: tree.over-fence}, because: No such quarrel is known.}}",
        ),
    )
    found = [one for one in mutation(scenarios(folder)) if one.mutant.what == "`disputed` dropped"]
    assert [one.mutant.excused for one in found] == ["No such quarrel is known."]


def test_a_remark_on_a_claim_is_noticed_where_a_scenario_expects_it(tmp_path: Path) -> None:
    folder = copied(
        GARDEN,
        tmp_path,
        ("cases/oak.yaml", "  findings: {old-tree: yes}", "  claims: {all-mine: {remarks: {oak: yes}}}"),
    )
    before, after = (
        [one.case for one in mutation(known) if one.mutant.place.file.endswith("fence.yaml")]
        for known in (book(GARDEN), scenarios(folder))
    )
    assert before == [""]
    assert [case[-8:] for case in after] == ["oak.yaml"]
