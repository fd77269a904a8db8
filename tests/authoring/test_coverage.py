"""Coverage: a condition counts where a scenario shows that it matters, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.authoring.coverage import Covered, coverage, needless
from pathways.authoring.restated import Stated
from pathways.diagnostics import RefusedError
from pathways.logic import Statements
from pathways.rulebook import read_rulebook
from pathways.rulebook.model import Condition
from tests.authoring.books import BOOKS, book, copied, scenarios
from tests.places import GARDEN

CUT_BACK = "rules/avenues/cut-back.yaml"
SHARED = "arises_when: {disputed: tree.over-fence}"


def at(found: list[Covered], file: str, text: str) -> Covered:
    """What is found of the condition at the first place of ``text`` in a file."""
    before = Path(file).read_text(encoding="utf-8").partition(text)[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return next(
        one
        for one in found
        if (place := one.written.condition.place)
        and (place.file[-len(CUT_BACK) :], place.line, place.column) == (CUT_BACK, line, column)
    )


def test_what_matters_where_it_holds_and_where_it_does_not_is_covered() -> None:
    found = coverage(book(GARDEN))
    asked = at(found, str(GARDEN / CUT_BACK), "talk.asked")
    assert (asked.holding[-9:], asked.failing[-12:]) == ("line.yaml", "quarrel.yaml")
    assert asked.both


def test_a_condition_beside_another_that_closes_as_well_is_not() -> None:
    found = coverage(book(GARDEN))
    oak = at(found, str(GARDEN / CUT_BACK), "tree.kind: oak")
    assert (oak.holding, oak.failing) == ("", ""), "the oak was also asked about too late"


@pytest.mark.parametrize("folder", BOOKS, ids=lambda path: path.name)
def test_each_scenario_named_does_come_out_otherwise_with_the_condition_turned_round(folder: Path) -> None:
    known = book(folder)
    rulebook = known.rulebook
    whole = Stated(rulebook, tuple(rulebook.avenues), tuple(rulebook.findings), tuple(rulebook.claims))

    def always(make: Statements, before: Condition) -> Condition:
        return Condition("always", make.always(), place=before.place)

    def never(make: Statements, before: Condition) -> Condition:
        return Condition("never", make.never(), place=before.place)

    seen = 0
    for one in coverage(known):
        for file, change in ((one.holding, never), (one.failing, always)):
            if file:
                seen += 1
                case = next(case for case in known.cases if case.file == file)
                before = assess(rulebook, case)
                after = assess(whole.with_change(one.written.condition, change), case)
                assert (before.avenues, before.claims, before.waits, before.deadlines) != (
                    after.avenues,
                    after.claims,
                    after.waits,
                    after.deadlines,
                ), one
    assert seen


def test_a_case_that_differs_in_one_answer_covers_what_it_shows(tmp_path: Path) -> None:
    folder = copied(GARDEN, tmp_path)
    file = str(folder / CUT_BACK)
    nest = "tree.nest\n"
    before = at(coverage(scenarios(folder)), file, nest)
    oak = (folder / "cases/oak.yaml").read_text(encoding="utf-8")
    assert "tree.nest: yes" in oak
    (folder / "cases/no-nest.yaml").write_text(
        oak.replace("tree.nest: yes", "tree.nest: no").partition("expect:")[0], encoding="utf-8"
    )
    after = at(coverage(scenarios(folder)), file, nest)
    assert before.holding
    assert after.both


def test_a_reason_that_is_not_needed_is_an_error_where_it_stands(tmp_path: Path) -> None:
    reason = "{uncovered: {that: tree.nest, because: Nobody looked.}}"
    folder = copied(GARDEN, tmp_path, (CUT_BACK, "arises_when: tree.nest", f"arises_when: {reason}"))
    assert needless(coverage(scenarios(folder))) == []
    oak = (folder / "cases/oak.yaml").read_text(encoding="utf-8")
    (folder / "cases/no-nest.yaml").write_text(
        oak.replace("tree.nest: yes", "tree.nest: no").partition("expect:")[0], encoding="utf-8"
    )
    (problem,) = needless(coverage(scenarios(folder)))
    assert problem.code == "covered-after-all"
    text = (folder / CUT_BACK).read_text(encoding="utf-8")
    assert problem.place.line == text.partition(reason)[0].count("\n") + 1


def test_a_reason_changes_nothing_else(tmp_path: Path) -> None:
    reason = "arises_when: {uncovered: {that: {disputed: tree.over-fence}, because: No such quarrel is known.}}"
    known = scenarios(copied(GARDEN, tmp_path, (CUT_BACK, SHARED, reason)))
    for case, plain in zip(known.cases, book(GARDEN).cases, strict=True):
        here, there = assess(known.rulebook, case), assess(book(GARDEN).rulebook, plain)
        assert [one.hurdles for one in here.avenues] == [one.hurdles for one in there.avenues]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{uncovered: {that: tree.nest}}", "missing-key"),
        ("{uncovered: {that: tree.nest, becuase: x}}", "unknown-key"),
        ("{uncovered: tree.nest}", "wrong-type"),
        ("{uncovered: {that: tree.nset, because: x}}", "unknown-fact"),
    ],
)
def test_a_reason_that_cannot_be_read_is_said_where_it_stands(tmp_path: Path, written: str, code: str) -> None:
    folder = copied(GARDEN, tmp_path, (CUT_BACK, "arises_when: tree.nest", f"arises_when: {written}"))
    with pytest.raises(RefusedError) as refused:
        read_rulebook(folder)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place.file.endswith(CUT_BACK)
    assert problem.place.line
