"""Reading records from CSV, some thousands of lines at a time. A row is one line: no answer goes on in another.

Lines of which each is one row of as many cells as the header are taken apart by Arrow, many times as fast. Lines
among which there is anything else are read row by row, by the standard library. Where Arrow reads a row it reads the
same cells (tests/batch/test_from_csv.py).
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import IO

import pyarrow as pa
from pyarrow import csv as arrow_csv

from pathways.batch.blocks import LONGEST_LINE, Block, Table, clean, is_not_text
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.logic.many import BLOCK

#: A block ends where its lines hold so many bytes.
MOST_BYTES = 1 << 24
_AT_ONCE = 1024


#: Cells of a line that are followed by a comma: one that begins with a quote ends after the quote that closes it.
_BEFORE_THE_LAST = re.compile(r'(?:(?:"(?:[^"]|"")*+"[^,]*+|[^",][^,]*+)?,)*+')
_CLOSED = re.compile(r'"(?:[^"]|"")*+"[^,]*+')


class _NoRowError(Exception):
    """A line is no row: what is wrong with it, and the column (1-based) where."""

    def __init__(self, said: str, column: int = 1) -> None:
        self.said = said
        self.column = column
        super().__init__(said)

    def problem(self, shown: str, line: int) -> Problem:
        return Problem("not-csv", f"this is no row of CSV: {self.said}", Place(shown, line, self.column))


def read_csv(file: IO[bytes], shown: str) -> Table:
    """The records of a CSV file that is open.

    Raises :class:`~pathways.diagnostics.RefusedError` where its header cannot be read.
    """
    if file.read(3) != BOM_UTF8:
        file.seek(0)
    # One that is too long comes in pieces.
    lines = iter(partial(file.readline, LONGEST_LINE), b"")
    try:
        first = _cut(list(islice(lines, 1)), lines)
        header = _row_of(_text(first[0])) if first else []
    except _NoRowError as error:
        raise RefusedError([error.problem(shown, 1)]) from None
    if not header:
        raise RefusedError([Problem("empty", "expected a header with the names of questions", Place(shown, 1, 1))])
    names, wrong = _named(header, shown)
    return Table("line", names, _blocks(lines, header, 2, shown), wrong)


def _text(line: bytes) -> str:
    """A line, with bytes that are no text as lone surrogates."""
    return line.decode("utf-8", "surrogateescape")


def open_quote(text: str) -> int:
    """The column (1-based) of a quote that begins a cell and is not closed on this line; 0 where there is none."""
    if '"' not in text:
        return 0
    found = _BEFORE_THE_LAST.match(text)
    last = found.end() if found else 0
    return last + 1 if text.startswith('"', last) and not _CLOSED.match(text, last) else 0


def _row_of(text: str) -> list[str]:
    """The cells of a line; none of one that is empty. Raises :class:`_NoRowError`."""
    if len(text) >= LONGEST_LINE:
        raise _NoRowError(f"expected a row of less than {LONGEST_LINE:,} bytes")
    if column := open_quote(text):
        raise _NoRowError("the quote opened here is not closed on this line", column)
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        # The reader knows two more faults, and words both for programmers.
        if re.search(r"\r(?!\n|$)", text):
            raise _NoRowError("a carriage return stands in it that ends no line") from None
        raise _NoRowError(f"expected cells of at most {csv.field_size_limit():,} characters") from None


def _named(header: Sequence[str], shown: str) -> tuple[dict[str, Place], list[Problem]]:
    """The place of each name of a header, and the names that stand there twice."""
    names: dict[str, Place] = {}
    problems = []
    for at, name in enumerate(header):
        place = Place(shown, 1, _column(header, at), max(1, len(name)))
        if name in names:
            also = ((names[name], "first named here"),)
            problems.append(Problem("duplicate-name", f"column `{clean(name)}` stands here twice", place, also=also))
        names.setdefault(name, place)
    return names, problems


def _blocks(lines: Iterator[bytes], header: Sequence[str], number: int, shown: str) -> Iterator[Block]:
    """All blocks, the first line being of a number; without a record there is one block, and it is empty."""
    some = _some_lines(lines)
    while True:
        columns = plain_columns(some, len(header))
        if columns is not None:
            numbers = range(number, number + len(some))
            yield _block(columns, numbers, [], header, partial(_row_in, some))
        else:
            yield _row_by_row(some, header, number, shown)
        number += len(some)
        some = _some_lines(lines)
        if not some:
            return


def _some_lines(lines: Iterator[bytes]) -> list[bytes]:
    """The next lines, as many as are well looked at together."""
    found: list[bytes] = []
    size = 0
    while len(found) < BLOCK and size < MOST_BYTES and (more := list(islice(lines, _AT_ONCE))):
        bytes_here = sum(map(len, more))
        found += more if bytes_here < LONGEST_LINE else _cut(more, lines)
        size += bytes_here
    return found


def _cut(pieces: list[bytes], more: Iterator[bytes]) -> list[bytes]:
    """The lines that come in these pieces: of one that is too long for a row, the first piece alone.

    The last line is read to its end.
    """
    found = []
    rest = iter(pieces)
    for piece in rest:
        found.append(piece)
        while len(piece) >= LONGEST_LINE and not piece.endswith(b"\n"):
            piece = next(rest, b"") or next(more, b"")
    return found


def plain_columns(lines: Sequence[bytes], width: int) -> list[pa.Array] | None:
    """The cells of some lines by column, if each line is one row of so many cells."""
    data = b"".join(lines)
    # What is odd is for the standard library to judge.
    if not lines or b"\0" in data or max(map(len, lines)) > csv.field_size_limit():
        return None
    if b"\r" in data and data.count(b"\r") > data.count(b"\r\n"):
        return None
    names = [str(at) for at in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:
        return None
    # Of the last line Arrow does not say whether a quote is still open: all others would be fewer rows.
    if len(table) != len(lines) or open_quote(_text(lines[-1])):
        return None
    return [column.combine_chunks() for column in table.columns]


def _row_in(lines: Sequence[bytes], row: int) -> list[str]:
    return next(csv.reader([_text(lines[row])]))


def _row_by_row(some: Sequence[bytes], header: Sequence[str], number: int, shown: str) -> Block:
    """The records in some lines."""
    found: list[list[str]] = []
    numbers: list[int] = []
    unreadable: list[Problem] = []
    for at, line in enumerate(some, number):
        try:
            row = _row_of(_text(line))
        except _NoRowError as error:
            unreadable.append(error.problem(shown, at))
            continue
        if len(row) == len(header):
            found.append(row)
            numbers.append(at)
        elif row:
            said = f"expected {len(header)} cells as in the header, found {len(row)}"
            unreadable.append(Problem("wrong-form", said, Place(shown, at, 1)))
    try:
        columns = _columns(found, len(header))
    except UnicodeEncodeError:
        bad = {at for at, row in enumerate(found) if any(map(is_not_text, row))}
        said = "expected text in UTF-8"
        unreadable += [Problem("not-utf8", said, Place(shown, numbers[at], 1)) for at in sorted(bad)]
        found = [row for at, row in enumerate(found) if at not in bad]
        numbers = [one for at, one in enumerate(numbers) if at not in bad]
        columns = _columns(found, len(header))
    return _block(columns, numbers, unreadable, header, found.__getitem__)


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[pa.Array]:
    cells: Iterable[Sequence[str]] = zip(*rows, strict=True) if rows else [()] * width
    return [pa.array(one, pa.string()) for one in cells]


def _block(
    columns: Sequence[pa.Array],
    numbers: Sequence[int],
    unreadable: Sequence[Problem],
    header: Sequence[str],
    row_at: Callable[[int], Sequence[str]],
) -> Block:
    encoded = {name: column.dictionary_encode() for name, column in zip(header, columns, strict=True)}
    places = {name: at for at, name in enumerate(header)}
    return Block(encoded, numbers, unreadable, lambda row, name: _column(row_at(row), places[name]))


def _column(row: Sequence[str], at: int) -> int:
    """The column (1-based) at which a cell begins, if every cell is quoted only where it must be."""
    before = 0
    for cell in row[:at]:
        quoted = 2 + cell.count('"') if any(sign in cell for sign in ',"\n\r') else 0
        before += len(cell) + quoted + 1
    return before + 1
