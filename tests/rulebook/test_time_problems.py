"""What an author sees who writes deadlines, waiting periods, law in force and tables of places wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulebook.overlay import changed, checked, problems_of, tiny

AVENUE = "rules/avenues/refund.yaml"
TABLE = "rules/tables/places.yaml"
ABBEY = "rules/jurisdictions/ab.yaml"
STARTS = "starts: the day of sending"
PERIODS = changed(
    TABLE,
    "columns: {name: Name, region: {title: Region, words: [north, south]}}",
    "columns: {name: Name, region: {title: Region, words: [north, south]}, time: {title: Time to claim, kind: period}}",
)


def seen(folder: Path, *files: dict[str, str | bytes | None]) -> list[str]:
    """Every problem of the tiny rulebook with these files changed, one a line, with its help."""
    tiny(folder, {name: text for one in files for name, text in one.items()})
    return [
        f"{problem.code}: {problem.message}" + (f" ({problem.help})" if problem.help else "")
        for problem in problems_of(folder)
    ]


def deadline(*lines: str, if_missed: str = "bars") -> dict[str, str | bytes | None]:
    """The avenue with a deadline of which these are some lines."""
    written = ["- id: in-time", "  title: In time", "  text: In time.", *(f"  {line}" for line in lines)]
    written.append(f"  if_missed: {if_missed}")
    return changed(AVENUE, "stages:\n", "deadlines:\n" + "".join(f"  {line}\n" for line in written) + "stages:\n")


def by_table(within: str) -> dict[str, str | bytes | None]:
    """The avenue with a deadline of which a table gives the period."""
    return deadline(f"within: {within}", "of: parcel.sent", STARTS)


def in_force(written: str) -> dict[str, str | bytes | None]:
    """The avenue with a hurdle that is law for a time."""
    arises = "    arises_when: carrier.warned\n"
    return changed(AVENUE, arises, f"{arises}    in_force: {written}\n")


def when(condition: str) -> dict[str, str | bytes | None]:
    """The avenue with another condition."""
    return changed(AVENUE, "when: parcel.lost", f"when: {condition}")


def abbey(cells: str, table: str = "places") -> dict[str, str | bytes | None]:
    """The law of Abbey."""
    return {ABBEY: f"table: {table}\nrow: AB\ncells: {cells}\n"}


DEADLINES = {
    ("within: 1 year",): (
        "no-start: deadline `in-time` has `within` and no day from which it runs "
        "(`of:` names the date question whose day starts it)"
    ),
    ("of: parcel.sent", STARTS): (
        "missing-key: deadline `in-time` has `of` and no `within` (`within:` says how long it runs)"
    ),
    ("of: parcel.sent", "within: 1 year"): (
        "missing-key: deadline `in-time` has `of` and no `starts` (`starts:` says in words which day that is)"
    ),
    ("met_by: parcel.sent", "missed_when: carrier.warned"): (
        "missing-key: deadline `in-time` has `met_by` and no `of` (`of:` names the date question whose day starts it)"
    ),
    ("met_when: parcel.lost", "missed_when: carrier.warned"): (
        "missing-key: deadline `in-time` has `met_when` and no `of` (`of:` names the date question whose day starts it)"
    ),
    ("starts_when: parcel.lost", "missed_when: carrier.warned"): (
        "missing-key: deadline `in-time` has `starts_when` and no `of` "
        "(`of:` names the date question whose day starts it)"
    ),
    (): (
        "missing-key: deadline `in-time` bars, but has no `missed_when` (give `missed_when:`, or `within:` and `of:`)"
    ),
    ("within: 2 weeks", "of: parcel.sent", STARTS): (
        "wrong-type: expected a length of time such as `2 years`, `6 months`, `60 days` or `20 working days`, "
        "found `2 weeks`"
    ),
    ("within: 2 days", "of: parcel.sent", STARTS, "weekend: next"): (
        "unknown-word: expected one of `forward`, `unsettled`, `none`, found `next`"
    ),
    ("within: 2 days", "of: parcel.sen", STARTS): (
        "unknown-fact: no fact is named `parcel.sen` (did you mean `parcel.sent`?)"
    ),
}


@pytest.mark.parametrize("lines", DEADLINES, ids=lambda lines: "; ".join(lines) or "nothing")
def test_a_deadline_that_can_not_be_computed_is_refused(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert seen(tmp_path, deadline(*lines)) == [DEADLINES[lines]]


BY_TABLE = {
    "{column: tim, shortest: 1 year, because: B.}": "unknown-column: no column is named `tim` (did you mean `time`?)",
    "{column: region, shortest: 1 year, because: B.}": (
        "wrong-type: column `region` does not hold periods (give it `kind: period` where the table is declared)"
    ),
    "{column: time, shortest: 1 year}": "missing-key: a period that a table gives has no `because`",
    "{column: time, because: B.}": "missing-key: a period that a table gives has no `shortest`",
    "{column: time, shortest: 1 year, because: B., by: parcel.lost}": (
        "unknown-fact: no fact is named `parcel.lost` (there is `carrier.place`)"
    ),
    "{column: time, shortest: 1 year, because: B., sources: ['law:parcels/9']}": (
        "unknown-source: no source is named `law:parcels/9` (did you mean `law:parcels/2`?)"
    ),
}


@pytest.mark.parametrize("within", BY_TABLE)
def test_a_period_that_no_table_gives_is_refused(within: str, tmp_path: Path) -> None:
    assert seen(tmp_path, PERIODS, by_table(within)) == [BY_TABLE[within]]


def test_a_column_that_two_tables_have_is_refused(tmp_path: Path) -> None:
    other = (
        "table: others\nsources: ['law:parcels/1']\ncolumns: {name: Name, time: {title: Time, kind: period}}\n"
        "rows: {A: {name: A}, B: {name: B}}\n"
    )
    assert seen(
        tmp_path,
        PERIODS,
        {"rules/tables/others.yaml": other},
        by_table("{column: time, shortest: 1 year, because: B.}"),
    ) == ["duplicate-name: 2 tables have a column `time`: `others`, `places` (give the columns different names)"]


def test_a_table_whose_rows_nobody_asks_for_gives_no_period(tmp_path: Path) -> None:
    other = (
        "table: others\nsources: ['law:parcels/1']\ncolumns: {name: Name, time: {title: Time, kind: period}}\n"
        "rows: {A: {name: A}, B: {name: B}}\n"
    )
    within = by_table("{column: time, shortest: 1 year, because: B.}")
    found = seen(tmp_path, {"rules/tables/others.yaml": other}, within)
    assert found == ["unknown-fact: no question asks for a row of table `others`"]


IN_FORCE = {
    "{from: 2025-01-01}": (
        "missing-key: `in_force` does not say by which date (give `on:` here, or `in_force_by:` in rulebook.yaml)"
    ),
    "{on: as-of}": "missing-key: `in_force` has neither `from` nor `until`",
    "{from: 2026-01-01, until: 2025-12-31, on: as-of}": "empty-stretch: no day lies in this stretch of time",
    "{from: soon, on: as-of}": "wrong-form: expected a date such as `2026-01-07`, `2026-01` or `2026`, found `soon`",
    "{from: 2025-02-30, on: as-of}": "wrong-form: there is no day `2025-02-30`",
    "{from: 2025, on: as_of}": "wrong-form: expected `as-of` or the name of a date question, found `as_of`",
    "{from: 2025, on: parcel.sen}": "unknown-fact: no fact is named `parcel.sen` (did you mean `parcel.sent`?)",
    "{from: 2025, on: parcel.lost}": (
        "not-a-date: `parcel.lost` does not ask for a date (name a fact of `kind: date`)"
    ),
    "{since: 2025, on: as-of}": (
        "unknown-key: `since` is not a key of `in_force` (its keys are `from`, `until`, `on`)"
    ),
}


@pytest.mark.parametrize("written", IN_FORCE)
def test_law_in_force_at_no_time_that_can_be_told_is_refused(written: str, tmp_path: Path) -> None:
    assert seen(tmp_path, in_force(written)) == [IN_FORCE[written]]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("parcel.lost", "not-a-date: `parcel.lost` does not ask for a date (name a fact of `kind: date`)"),
        ("parcel.sen", "unknown-fact: no fact is named `parcel.sen` (did you mean `parcel.sent`?)"),
    ],
)
def test_the_date_by_which_law_is_in_force_is_looked_up_once_where_it_is_named(
    name: str, problem: str, tmp_path: Path
) -> None:
    about = changed("rules/rulebook.yaml", "topics:", f"in_force_by: {name}\ntopics:")
    assert seen(tmp_path, about, in_force("{from: 2025}")) == [problem]
    assert problems_of(tmp_path)[0].place.file == "rules/rulebook.yaml"


CONDITIONS = {
    "{as_of: 2025}": "wrong-type: expected `from:` or `before:` with a date, found `2025`",
    "{as_of: {from: 2025, until: 2026}}": (
        "unknown-key: `until` is not an end of a stretch of time "
        "(use `from:` (that day or later) or `before:` (earlier))"
    ),
    "{as_of: {from: 2026, before: 2025}}": "empty-stretch: no day lies in this stretch of time",
    "{as_of: {}}": "wrong-type: expected `from:` or `before:` with a date, found an empty mapping",
    "{as-of: {from: 2025}}": (
        "unknown-condition: `as-of` is not a word of conditions, nor a fact (did you mean `as_of`?)"
    ),
    "{passed: [a]}": "wrong-type: expected the name of a deadline or a waiting period, found a list",
    "{passed: in-time}": (
        "unknown-deadline: no deadline or waiting period that is computed is named `in-time` "
        "(only a deadline with `within:`, or a waiting period, is computed)"
    ),
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_on_time_that_means_nothing_is_refused(condition: str, tmp_path: Path) -> None:
    assert seen(tmp_path, when(condition)) == [CONDITIONS[condition]]


def test_a_claim_names_the_avenue_of_a_deadline_too(tmp_path: Path) -> None:
    claim = changed(
        "rules/claims/parcels.yaml",
        "    sources:",
        "    in_this_case: [{id: late, text: Late., when: {passed: in-time}}]\n    sources:",
    )
    clock = deadline("within: 1 year", "of: parcel.sent", STARTS)
    assert seen(tmp_path, claim, clock) == [
        "unknown-deadline: no deadline or waiting period that is computed is named `in-time` "
        "(did you mean `refund/in-time`?)"
    ]


CELLS = {
    "{time: {value: two years, sources: ['law:parcels/1']}}": (
        "wrong-form: expected a length of time such as `2 years`, or `none`, found `two years`"
    ),
    "{time: {sources: ['law:parcels/1']}}": "missing-key: cell `time` has neither `value` nor `text`",
    "{time: {value: 1 year}}": "missing-key: a cell has no `sources`",
    "{time: {value: 1 year, careful: 12 months, sources: ['law:parcels/1']}}": (
        "contradiction: `careful: 12 months` is not shorter than `value: 1 year`"
    ),
    "{time: {value: 1 year, careful_about: [refund], sources: ['law:parcels/1']}}": (
        "missing-key: cell `time` has `careful_about` and no `careful`"
    ),
    "{time: {value: 1 year, careful: 2 months, careful_about: [refnd], sources: ['law:parcels/1']}}": (
        "unknown-avenue: no avenue is named `refnd` (did you mean `refund`?)"
    ),
    "{time: {value: 1 year, careful: soon, sources: ['law:parcels/1']}}": (
        "wrong-type: expected a length of time such as `2 years`, `6 months`, `60 days` or `20 working days`, "
        "found `soon`"
    ),
    "{time: {value: 1 year, from: soon, sources: ['law:parcels/1']}}": (
        "wrong-form: expected a date such as `2026-01-07`, `2026-01` or `2026`, found `soon`"
    ),
    "{time: {value: 1 year, seen: yesterday, sources: ['law:parcels/1']}}": (
        "unknown-word: expected one of `primary`, `primary in part`, `secondary`, `not seen`, found `yesterday`"
    ),
    "{region: {value: x, sources: ['law:parcels/1']}}": "duplicate-name: row `AB` has `region` twice",
    "{tim: {value: 1 year, sources: ['law:parcels/1']}}": (
        "unknown-column: table `places` has no column `tim` (did you mean `time`?)"
    ),
    "{time: {value: 1 year, sources: ['law:parcels/9']}}": (
        "unknown-source: no source is named `law:parcels/9` (did you mean `law:parcels/2`?)"
    ),
}


@pytest.mark.parametrize("cells", CELLS)
def test_a_cell_that_says_nothing_or_stands_nowhere_is_refused(cells: str, tmp_path: Path) -> None:
    assert seen(tmp_path, PERIODS, abbey(cells)) == [CELLS[cells]]


@pytest.mark.parametrize("value", ["2 years", "none"])
def test_a_good_cell_is_read(value: str, tmp_path: Path) -> None:
    tiny(tmp_path, {**PERIODS, **abbey(f"{{time: {{value: {value}, sources: ['law:parcels/1']}}}}")})
    assert checked(tmp_path) == (0, "")


def test_a_country_is_two_letters(tmp_path: Path) -> None:
    about = changed("rules/rulebook.yaml", "topics:", "closed_days: USA\ntopics:")
    assert seen(tmp_path, about) == ["wrong-form: expected a country's code of two letters such as `US`, found `USA`"]


def test_an_authority_may_stand_in_two_files_only_once(tmp_path: Path) -> None:
    text = (
        "table: places\nrow: AB\ncells: {time: {value: 1 year, sources: ['law:parcels/1']}}\n"
        "authorities:\n  law:parcels/1:\n    cite: C\n    title: T\n    kind: statute\n    provides: P.\n"
        "    seen: primary\n    seen_where: here\n    checked: 2026-01-01\n"
    )
    assert seen(tmp_path, PERIODS, {ABBEY: text}) == ["duplicate-name: authority `law:parcels/1` is declared twice"]


def test_all_of_it_is_said_in_one_run(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        PERIODS,
        abbey("{time: {value: two years, sources: ['law:parcels/1']}}"),
        deadline("within: 1 year", "of: parcel.lost", STARTS, "met_by: parcel.contents"),
        changed("rules/rulebook.yaml", "topics:", "closed_days: UX\ntopics:"),
    )
    assert [line.partition(":")[0] for line in found] == [
        "not-a-date",
        "not-a-date",
        "wrong-form",
        "unknown-country",
    ]


def test_an_end_of_a_stretch_that_is_no_word_is_refused(tmp_path: Path) -> None:
    found = seen(tmp_path, when("{parcel.sent: {[from]: 2020-01-01}}"))
    assert {one.partition(":")[0] for one in found} == {"wrong-type"}
