"""A file that cannot be read is one root cause: what it declares is not reported as unknown elsewhere as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.rulebook import read_rulebook
from tests.rulebook.overlay import TINY, changed, codes_of, tiny

AVENUE = "rules/avenues/refund.yaml"
PLACE = "rules/jurisdictions/ef.yaml"
#: A row of a table with a word and an authority that stand nowhere else.
COAST = """\
table: places
row: EF
cells:
  region: {value: coast, text: Eastfield lies on the coast., sources: ["city:eastfield/1"]}
authorities:
  city:eastfield/1:
    cite: Eastfield Code § 1
    title: Parcels in Eastfield
    kind: regulation
    provides: Where Eastfield lies.
    seen: primary
    seen_where: made up for tests
    checked: 2026-01-05
"""
WORDS = changed("rules/tables/places.yaml", "words: [north, south]", "words: [north, south, coast]")
#: An avenue that names the word and the authority of that file.
NAMED = changed(
    AVENUE, "{region: north}}, leans: against,", '{region: coast}}, sources: ["city:eastfield/1"], leans: against,'
)


def test_the_files_are_right_without_the_mistake(tmp_path: Path) -> None:
    assert codes_of(tiny(tmp_path, {PLACE: COAST, **WORDS, **NAMED})) == []


@pytest.mark.parametrize(
    "mistake", [("kind: regulation", "kynd: regulation"), ("cells:", "cell:"), ("row: EF", "row EF")]
)
def test_what_a_place_declares_is_not_missed_elsewhere(tmp_path: Path, mistake: tuple[str, str]) -> None:
    found = codes_of(tiny(tmp_path, {PLACE: COAST.replace(*mistake), **WORDS, **NAMED}))
    assert found
    assert not {"unknown-source", "unknown-option"} & set(found)


def test_what_is_declared_nowhere_is_still_reported(tmp_path: Path) -> None:
    named = changed(
        AVENUE, "{region: north}}, leans: against,", '{region: moor}}, sources: ["city:eastfield/2"], leans: against,'
    )
    found = codes_of(tiny(tmp_path, {PLACE: COAST.replace("kind:", "kynd:"), **WORDS, **named}))
    assert sorted(found) == ["unknown-key", "unknown-option", "unknown-source"]


def test_a_deadline_of_a_file_with_a_misspelled_key_is_not_missed_in_it(tmp_path: Path) -> None:
    deadline = (
        "deadlynes:\n"
        "  - {id: claim-soon, title: Claim soon, text: In a year., within: 1 year, of: parcel.sent, "
        "starts: the day of sending, if_missed: bars}\n"
    )
    text = (TINY / AVENUE).read_text(encoding="utf-8")
    assert text.count("arises_when: carrier.warned") == 1
    text = text.replace("arises_when: carrier.warned", "arises_when: {any: [carrier.warned, {passed: claim-soon}]}")
    assert codes_of(tiny(tmp_path, {AVENUE: text + deadline})) == ["unknown-key"]


def test_a_cell_is_checked_as_the_least_of_its_sources(tmp_path: Path) -> None:
    both = COAST.replace('["city:eastfield/1"]', '["law:parcels/1", "city:eastfield/1"]')
    for seen, expected in (("primary", "primary"), ("secondary", "secondary"), ("not seen", "not seen")):
        folder = tiny(tmp_path / seen, {PLACE: both.replace("seen: primary", f"seen: {seen}"), **WORDS, **NAMED})
        cell = read_rulebook(folder).tables["places"].cells["EF"]["region"]
        assert cell.seen == expected


TABLE = "rules/tables/places.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (PLACE, "table: places", "table: plaecs", "unknown-table"),
        (PLACE, "row: EF", "row: EG", "unknown-row"),
        (PLACE, "  region:", "  regoin:", "unknown-column"),
        (TABLE, "table: places", "tabel: places", "unknown-key"),
        (TABLE, "table: places", "table places", "yaml-syntax"),
    ],
)
def test_one_misspelled_name_of_a_table_is_one_problem(
    tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    files = {PLACE: COAST, **WORDS, **NAMED}
    text = str(files[file])
    assert text.count(old) == 1
    found = codes_of(tiny(tmp_path, {**files, file: text.replace(old, new)}))
    assert set(found) == {code}
    assert len(found) == 1


def test_a_column_that_a_period_names_may_stand_in_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    text = (TINY / AVENUE).read_text(encoding="utf-8")
    within = "{column: limit, by: parcel.place, shortest: 1 year, because: Made up.}"
    deadline = (
        f"deadlines:\n  - {{id: soon, title: Soon, text: Soon., within: {within}, of: parcel.sent, "
        "starts: the day of sending, if_missed: informs}\n"
    )
    table = str(WORDS[TABLE]).replace(
        "columns:", "columns:\n  limit {title: Limit, kind: period, if_empty: Nobody looked.}"
    )
    assert codes_of(tiny(tmp_path, {AVENUE: text + deadline, TABLE: table})) == ["yaml-syntax"]


def test_a_name_without_its_colon_is_one_problem(tmp_path: Path) -> None:
    for file in sorted(TINY.rglob("rules/authorities/*.yaml")):
        text = file.read_text(encoding="utf-8")
        name = next(line for line in text.splitlines() if line.startswith("  ") and line.endswith(":"))
        relative = file.relative_to(TINY).as_posix()
        found = codes_of(tiny(tmp_path / file.stem, {relative: text.replace(name, name[:-1], 1)}))
        assert found == ["yaml-syntax"], name


@pytest.mark.parametrize(
    ("source", "cell", "refused"),
    [
        ("not seen", "primary", True),
        ("secondary", "primary", True),
        ("not seen", "secondary", True),
        ("primary in part", "primary", False),  # The value may stand in the part that was read.
        ("primary", "secondary", False),
    ],
)
def test_a_cell_is_not_checked_better_than_its_best_source(
    tmp_path: Path, source: str, cell: str, refused: bool
) -> None:
    text = COAST.replace("seen: primary", f"seen: {source}").replace("{value: coast,", f"{{value: coast, seen: {cell},")
    found = codes_of(tiny(tmp_path, {PLACE: text, **WORDS, **NAMED}))
    assert found == (["seen-beyond-sources"] if refused else [])
