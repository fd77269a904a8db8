"""A rulebook stated anew with one thing changed is what reading the changed files gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import AvenueResult, assess
from pathways.authoring.mutants import condition_mutants
from pathways.authoring.restated import Stated
from pathways.rulebook import Rulebook, read_rulebook
from tests.authoring.books import BOOKS, book, copied
from tests.places import GARDEN

CUT_BACK = "rules/avenues/cut-back.yaml"


def whole(rulebook: Rulebook) -> Stated:
    """A rulebook, all of it, stated anew."""
    return Stated(rulebook, tuple(rulebook.avenues), tuple(rulebook.findings), tuple(rulebook.claims))


def shown(result: AvenueResult) -> tuple[object, ...]:
    """Everything that is shown of an avenue, without the rules themselves."""
    remarks = [one.id for one in (*result.cautions, *result.steps, *result.not_hurdles)]
    own = (result.standing, result.could_become, result.closed_by, result.reasons, result.elements, result.hurdles)
    return (*own, result.stage.id, result.stage_certain, remarks, result.unsure, result.asks)


@pytest.mark.parametrize("folder", BOOKS, ids=lambda path: path.name)
def test_without_a_change_every_case_comes_out_as_before(folder: Path) -> None:
    known = book(folder)
    again = whole(known.rulebook).rulebook
    for case in known.cases:
        before, after = assess(known.rulebook, case), assess(again, case)
        assert before.avenues
        assert [shown(one) for one in after.avenues] == [shown(one) for one in before.avenues]
        assert after.findings == before.findings


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (CUT_BACK, "arises_when: {not: tree.line-known}", "arises_when: tree.line-known", "`tree.line-known` negated"),
        (
            CUT_BACK,
            "{all: [{tree.kind: oak}, old-tree]}",
            "{any: [{tree.kind: oak}, old-tree]}",
            "`all` is `any`",
        ),
        (
            CUT_BACK,
            "{all: [{tree.kind: oak}, old-tree]}",
            "{tree.kind: oak}",
            "`old-tree` dropped from `all`",
        ),
        (CUT_BACK, "when: branches-trespass", "when: {not: branches-trespass}", "`branches-trespass` negated"),
    ],
)
def test_a_mutant_is_what_the_changed_files_say(tmp_path: Path, file: str, old: str, new: str, what: str) -> None:
    known = book(GARDEN)
    line = (GARDEN / file).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    mutant = next(
        one
        for one in condition_mutants(known.rulebook)
        if one.what == what and one.place.file.endswith(file) and one.place.line == line
    )
    changed = whole(known.rulebook).with_change(mutant.written.condition, mutant.change)
    written = read_rulebook(copied(GARDEN, tmp_path, (file, old, new)))
    here = [[shown(one) for one in assess(changed, case).avenues] for case in known.cases]
    there = [[shown(one) for one in assess(written, case).avenues] for case in known.cases]
    before = [[shown(one) for one in assess(known.rulebook, case).avenues] for case in known.cases]
    assert here == there
    assert here != before, "the change changes something"


def test_an_avenue_alone_brings_the_clocks_it_asks_about() -> None:
    fines = book(BOOKS[1]).rulebook
    alone = Stated(fines, avenues=("appeal",)).rulebook
    assert "appeal/silence" in alone.clocks
    assert set(alone.avenues) == {"appeal"}
