"""Reading records from CSV, some thousands of lines at a time.

Lines of which each is one row of as many cells as the header are taken apart by Arrow, many times as fast. Lines
among which there is anything else are read row by row, by the standard library. Where Arrow reads a row it reads the
same cells (tests/batch/test_from_csv.py).
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import IO

import pyarrow as pa
from pyarrow import csv as arrow_csv

from pathways.batch.blocks import LONGEST_LINE, Block, Table, clean, is_not_text
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.logic.many import BLOCK

#: A block ends where its lines hold so many bytes.
MOST_BYTES = 1 << 24
_AT_ONCE = 1024


def read_csv(file: IO[bytes], shown: str) -> Table:
    """The records of a CSV file that is open.

    Raises :class:`~pathways.diagnostics.RefusedError` where its header cannot be read.
    """
    if file.read(3) != BOM_UTF8:
        file.seek(0)
    # One that is too long comes in pieces.
    lines = iter(partial(file.readline, LONGEST_LINE), b"")
    rows = csv.reader(map(_text, lines))
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise RefusedError([Problem("not-csv", f"this is no CSV: {error}", Place(shown, 1, 1))]) from None
    if not header:
        raise RefusedError([Problem("empty", "expected a header with the names of questions", Place(shown, 1, 1))])
    return Table("line", _named(header, shown), _blocks(lines, header, rows.line_num + 1, shown))


def _text(line: bytes) -> str:
    """A line, with bytes that are no text as lone surrogates."""
    return line.decode("utf-8", "surrogateescape")


def _named(header: Sequence[str], shown: str) -> dict[str, Place]:
    names: dict[str, Place] = {}
    problems = []
    for at, name in enumerate(header):
        place = Place(shown, 1, _column(header, at), max(1, len(name)))
        if name in names:
            also = ((names[name], "first named here"),)
            problems.append(Problem("duplicate-name", f"column `{clean(name)}` stands here twice", place, also=also))
        names.setdefault(name, place)
    if problems:
        raise RefusedError(problems)
    return names


def _blocks(lines: Iterator[bytes], header: Sequence[str], number: int, shown: str) -> Iterator[Block]:
    """All blocks, the first line being of a number; without a record there is one block, and it is empty."""
    some = _some_lines(lines)
    while True:
        columns = plain_columns(some, len(header))
        if columns is not None:
            numbers = range(number, number + len(some))
            yield _block(columns, numbers, [], header, partial(_row_in, some))
            number += len(some)
        else:
            block, taken = _row_by_row(some, lines, header, number, shown)
            yield block
            number += taken
        some = _some_lines(lines)
        if not some:
            return


def _some_lines(lines: Iterator[bytes]) -> list[bytes]:
    """The next lines, as many as are well looked at together."""
    found: list[bytes] = []
    size = 0
    while len(found) < BLOCK and size < MOST_BYTES and (more := list(islice(lines, _AT_ONCE))):
        found += more
        size += sum(map(len, more))
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
    # A quote that is still open at the end goes on in the line after.
    if len(table) != len(lines) or "\n" in table.columns[-1][-1].as_py():
        return None
    return [column.combine_chunks() for column in table.columns]


def _row_in(lines: Sequence[bytes], row: int) -> list[str]:
    return next(csv.reader([_text(lines[row])]))


def _row_by_row(
    some: Sequence[bytes], more: Iterator[bytes], header: Sequence[str], number: int, shown: str
) -> tuple[Block, int]:
    """The records in some lines, and how many lines there were: the last row may go on past them."""
    rows = csv.reader(map(_text, chain(some, more)))
    found: list[list[str]] = []
    numbers: list[int] = []
    unreadable: list[Problem] = []
    while rows.line_num < len(some):
        at = number + rows.line_num
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            unreadable.append(Problem("not-csv", f"this is no row of CSV: {error}", Place(shown, at, 1)))
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
    return _block(columns, numbers, unreadable, header, found.__getitem__), rows.line_num


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
