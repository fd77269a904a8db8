"""From a file of records to a file of standings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import pyarrow as pa

from pathways.batch.bitmaps import plane_of, rows_of
from pathways.batch.blocks import MOST_SHOWN, Block, Table
from pathways.batch.out import Writer, replacing, writer
from pathways.batch.standings import STANDINGS, Batch, Found
from pathways.batch.tables import as_cells, open_table
from pathways.case.model import Change
from pathways.diagnostics import Place, Problem, Problems, did_you_mean
from pathways.record import record, replaced

#: The word for each code of a standing, and a column of such words: every record has one.
_WORDS = pa.array([str(standing) for standing in STANDINGS])
_STANDING = pa.dictionary(pa.int8(), pa.string())


@record
class Report:
    """What became of a file: records read and written, and those that are bad.

    ``shown`` are the first problems, ``by_column`` how many cells of each column are wrong (of an empty name: lines
    that hold no record). ``changes`` are the names of older rules that were read by today's.
    """

    read: int
    written: int
    shown: Sequence[Problem]
    by_column: Counter[str]
    changes: Sequence[Change]


class Columns:
    """Which column of a table is which question, and which is carried over. Raises with everything that is wrong."""

    def __init__(self, batch: Batch, table: Table, id_column: str, shown: str) -> None:
        self.facts: dict[str, str] = {}
        self.id_column = id_column
        self._batch = batch
        self._shown = shown
        problems = Problems()
        for problem in table.wrong:
            problems.add(problem)
        if id_column and id_column not in table.names:
            help = did_you_mean(id_column, table.names)
            problems.error("unknown-column", f"no column is named `{id_column}`", Place("--id"), help=help)
        first: dict[str, str] = {}
        for name, place in table.names.items():
            fact = "" if self._is_carried(name) else self._fact(name, place, problems)
            if fact and fact in first:
                said = f"columns `{first[fact]}` and `{name}` are the same question, `{fact}`"
                problems.error("duplicate-name", said, place)
            elif fact and name in table.unfit:
                problems.add(table.unfit[name])
            elif fact:
                first[fact] = name
                self.facts[name] = fact
        problems.raise_errors()
        self.places = dict(table.names)

    def _is_carried(self, name: str) -> bool:
        """Whether a column is carried over; one without a name never is."""
        return bool(name) and name == self.id_column

    def _fact(self, name: str, place: Place, problems: Problems) -> str:
        fact, problem = self._batch.cells.fact_named(name)
        if problem is not None:
            carried = "" if self.id_column else "`--id` names a column that is carried over as it is"
            problems.add(replaced(problem, place=place, help=problem.help or carried))
        return fact

    def unknown_in(self, block: Block) -> list[tuple[str, int, Problem]]:
        """The columns that came up in a block only and are no question: each with the rows that have it."""
        found = []
        for name, cells in block.columns.items():
            if self._is_carried(name) or name in self.places:
                continue
            problems = Problems()
            fact = self._fact(name, Place(""), problems)
            if problems.errors or fact in self.facts.values():
                problem = problems.errors[0] if problems.errors else _twice(name, fact)
                found.append((name, plane_of(cells.indices.is_valid()), problem))
            else:
                self.places[name] = Place(self._shown, 1, 1)
                if fact:
                    self.facts[name] = fact
        return found


def _twice(name: str, fact: str) -> Problem:
    return Problem("duplicate-name", f"`{name}` is the same question as `{fact}`", Place(""))


def assess_records(
    batch: Batch, source: Path, target: Path, id_column: str, shown: str, progress: Callable[[int], None]
) -> Report:
    """Assess every record of ``source`` and write where each avenue stands to ``target``, in the order read.

    ``progress`` is told after each block how many records were read. Raises
    :class:`~pathways.diagnostics.RefusedError` where the file or its columns are not what they should be, and
    :class:`OSError`; ``target`` is then as it was.
    """
    with source.open("rb") as file:
        table = open_table(source, file, shown)
        columns = Columns(batch, table, id_column, shown)
        with replacing(target) as out:
            return _Run(batch, table, columns, shown, out, target.suffix.lower(), progress).report()


class _Run:
    def __init__(
        self,
        batch: Batch,
        table: Table,
        columns: Columns,
        shown: str,
        out: IO[bytes],
        suffix: str,
        progress: Callable[[int], None],
    ) -> None:
        self.batch, self.table, self.columns, self.shown = batch, table, columns, shown
        self._out, self._suffix, self._progress = out, suffix, progress
        self._read = self._written = 0
        self._problems: list[Problem] = []
        self._by_column: Counter[str] = Counter()
        self._writer: Writer | None = None

    def report(self) -> Report:
        """Do all of it."""
        for block in self.table.blocks:
            self._one(block)
            self._read += len(block.lines) + len(block.unreadable)
            self._progress(self._read)
        if self._writer is not None:
            self._writer.close()
        changes = tuple(self.batch.cells.changes)
        return Report(self._read, self._written, tuple(self._problems), self._by_column, changes)

    def _one(self, block: Block) -> None:
        width = len(block.lines)
        unknown = self.columns.unknown_in(block)
        cells = {
            fact: as_cells(block.columns[name]) for name, fact in self.columns.facts.items() if name in block.columns
        }
        found = self.batch.assess(cells, width)
        bad = self._note(block, found, unknown)
        rows = self._results(block, found)
        if bad:
            rows = rows.filter(rows_of(((1 << width) - 1) & ~bad, width))
        if self._writer is None:
            self._writer = writer(self._suffix, self._out, rows.schema)
        self._writer.write(rows)
        self._written += len(rows)

    def _results(self, block: Block, found: Found) -> pa.Table:
        lines, id_column = block.lines, self.columns.id_column
        if id_column:
            first = block.columns.get(id_column)
            if first is None:
                first = pa.nulls(len(lines), pa.string()).dictionary_encode()
            field = pa.field(id_column, first.type)
        else:
            first = pa.arange(lines.start, lines.stop) if isinstance(lines, range) else pa.array(lines, pa.int64())
            field = pa.field(self.table.numbered, pa.int64(), nullable=False)
        standings = [
            # Every code has a word, so that nobody need look whether it has.
            pa.DictionaryArray.from_arrays(codes.view(pa.int8()), _WORDS, safe=False)
            for codes in found.standings.values()
        ]
        fields = [pa.field(avenue, _STANDING, nullable=False) for avenue in found.standings]
        return pa.table([first, *standings], pa.schema([field, *fields]))

    def _note(self, block: Block, found: Found, unknown: Sequence[tuple[str, int, Problem]]) -> int:
        """Keep what is wrong with a block, in the order of lines; the rows (a plane) that are bad."""
        names = {fact: name for name, fact in self.columns.facts.items()}
        wrong = [(names[one.fact], one.rows, one.problem_in) for one in found.wrong]
        wrong += [(name, rows, lambda _, problem=problem: problem) for name, rows, problem in unknown]  # type: ignore[misc]
        bad = 0
        for name, rows, _ in wrong:
            self._by_column[name] += rows.bit_count()
            bad |= rows
        if block.unreadable:
            self._by_column[""] += len(block.unreadable)
        problems = list(block.unreadable[:MOST_SHOWN])
        left = bad
        for _ in range(MOST_SHOWN - len(self._problems)):
            if not left:
                break
            row = (left & -left).bit_length() - 1
            left &= left - 1
            for name, rows, problem_in in wrong:
                if rows >> row & 1:
                    problem = problem_in(row)
                    column = block.start(row, name) + max(0, problem.place.column - 1)
                    problems.append(replaced(problem, place=Place(self.shown, block.lines[row], column)))
        problems.sort(key=lambda problem: problem.order)
        self._problems += problems[: MOST_SHOWN - len(self._problems)]
        return bad
