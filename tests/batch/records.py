"""Records for tests: cases as rows of cells, and what one assessment after another says of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from pathways.assessment import assess
from pathways.batch.standings import STANDINGS, Batch
from pathways.case import Case, Given
from pathways.rulebook import Rulebook

Row = Mapping[str, str]


def cell(given: Given) -> str:
    """An answer as a cell of a table."""
    if given.kind == "unknown":
        return "unknown"
    if given.kind == "known":
        return given.options[0]
    if given.kind == "one-of":
        return f"{{one_of: [{', '.join(given.options)}]}}"
    return f"{{disputed: [{', '.join(f'{{answer: {option}}}' for option in given.options)}]}}"


def row(case: Case) -> dict[str, str]:
    """A case as a row of cells."""
    return {name: cell(given) for name, given in case.answers.items()}


def one_by_one(rulebook: Rulebook, cases: Sequence[Case], as_of: str) -> list[dict[str, str]]:
    """Where every avenue stands in every case, by one assessment for each."""
    return [
        {result.avenue.id: str(result.standing) for result in assess(rulebook, case, as_of).avenues} for case in cases
    ]


def side_by_side(rulebook: Rulebook, cases: Sequence[Case], as_of: str) -> list[dict[str, str]]:
    """The same, assessed together."""
    rows = [row(case) for case in cases]
    names = dict.fromkeys(name for one in rows for name in one)
    columns = {name: pa.array([one.get(name) for one in rows], pa.string()).dictionary_encode() for name in names}
    batch = Batch(rulebook, as_of, tuple(rulebook.avenues.values()))
    found = batch.assess(columns, len(rows))
    assert not found.wrong
    codes = {avenue: column.to_pylist() for avenue, column in found.standings.items()}
    return [{avenue: str(STANDINGS[column[at]]) for avenue, column in codes.items()} for at in range(len(rows))]


def write_csv(path: Path, rows: Sequence[Row], names: Sequence[str] = ()) -> None:
    """Records as CSV."""
    names = names or list(dict.fromkeys(name for one in rows for name in one))
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file)
        written.writerow(names)
        written.writerows([one.get(name, "") for name in names] for one in rows)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Records of CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: Path) -> list[dict[str, str]]:
    """Records of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
