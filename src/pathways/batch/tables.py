"""Reading records from CSV, JSON Lines and Parquet, a block at a time; what cannot be read is said with its line."""

from __future__ import annotations

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pathways.diagnostics import Place, Problem, RefusedError
from pathways.logic.many import BLOCK
from pathways.record import record

SUFFIXES = (".csv", ".jsonl", ".parquet")
#: A line of JSON or a row of CSV longer than this is no record.
LONGEST_LINE = 1 << 20
#: Rows of Parquet in a block: what writers put in a group of rows is often a multiple of it.
ROWS = 1 << 16
_TEXT = pa.dictionary(pa.int32(), pa.string())


@record
class Block:
    """Some records: their cells as text by column, the line (or row) of each, and the lines that hold none.

    ``start`` says where in its line a cell stands, as far as that is known: the row in the block and the column give a
    place.
    """

    columns: Mapping[str, pa.DictionaryArray]
    lines: Sequence[int]
    unreadable: Sequence[Problem]
    start: Callable[[int, str], int]


@record
class Table:
    """A file of records: the names of its columns, each with its place, and its blocks, which are read once.

    ``numbered`` is what the numbers of its records are: each is a ``line``, or a ``row`` where there are no lines.
    """

    numbered: str
    names: Mapping[str, Place]
    blocks: Iterator[Block]


def open_table(path: Path, file: IO[bytes], shown: str) -> Table:
    """The records of a file that is open, by what its name ends in.

    Raises :class:`~pathways.diagnostics.RefusedError` where it cannot be read at all.
    """
    read = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}[path.suffix.lower()]
    return read(file, shown)


# -- CSV ------------------------------------------------------------------------------------------


def _csv(file: IO[bytes], shown: str) -> Table:
    rows = csv.reader(_text_lines(file))
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise RefusedError([Problem("not-csv", f"this is no CSV: {error}", Place(shown, 1, 1))]) from None
    if not header:
        raise RefusedError([Problem("empty", "expected a header with the names of questions", Place(shown, 1, 1))])
    return Table("line", _named(header, shown), _csv_blocks(rows, header, shown))


def _text_lines(file: IO[bytes]) -> Iterator[str]:
    """The lines, with bytes that are no text as lone surrogates; one that is too long comes in pieces."""
    if file.read(3) != BOM_UTF8:
        file.seek(0)
    while line := file.readline(LONGEST_LINE):
        yield line.decode("utf-8", "surrogateescape")


def _named(header: Sequence[str], shown: str) -> dict[str, Place]:
    names: dict[str, Place] = {}
    problems = []
    for at, name in enumerate(header):
        place = Place(shown, 1, _column(header, at), max(1, len(name)))
        if name in names:
            also = ((names[name], "first named here"),)
            problems.append(Problem("duplicate-name", f"column `{_clean(name)}` stands here twice", place, also=also))
        names.setdefault(name, place)
    if problems:
        raise RefusedError(problems)
    return names


def _csv_blocks(rows: Any, header: Sequence[str], shown: str) -> Iterator[Block]:
    while True:
        found: list[list[str]] = []
        lines: list[int] = []
        unreadable: list[Problem] = []
        ended = False
        while len(found) < BLOCK and len(unreadable) < BLOCK:
            line = rows.line_num + 1
            try:
                row = next(rows)
            except StopIteration:
                ended = True
                break
            except csv.Error as error:
                unreadable.append(Problem("not-csv", f"this is no row of CSV: {error}", Place(shown, line, 1)))
                continue
            if len(row) == len(header):
                found.append(row)
                lines.append(line)
            elif row:
                said = f"expected {len(header)} cells as in the header, found {len(row)}"
                unreadable.append(Problem("wrong-form", said, Place(shown, line, 1)))
        yield _block(found, lines, unreadable, header, shown)
        if ended:
            return


def _block(
    rows: list[list[str]], lines: list[int], unreadable: list[Problem], header: Sequence[str], shown: str
) -> Block:
    try:
        columns = _columns(rows, header)
    except UnicodeEncodeError:
        bad = {at for at, row in enumerate(rows) if any(_is_not_text(cell) for cell in row)}
        said = "expected text in UTF-8"
        unreadable += [Problem("not-utf8", said, Place(shown, lines[at], 1)) for at in sorted(bad)]
        rows = [row for at, row in enumerate(rows) if at not in bad]
        lines = [line for at, line in enumerate(lines) if at not in bad]
        columns = _columns(rows, header)
    places = {name: at for at, name in enumerate(header)}
    return Block(columns, lines, unreadable, lambda row, name: _column(rows[row], places[name]))


def _columns(rows: Sequence[Sequence[str | None]], header: Sequence[str]) -> dict[str, pa.DictionaryArray]:
    columns = zip(*rows, strict=True) if rows else [()] * len(header)
    return {name: pa.array(cells, pa.string()).dictionary_encode() for name, cells in zip(header, columns, strict=True)}


def _is_not_text(cell: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in cell)


def _clean(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _column(row: Sequence[str], at: int) -> int:
    """The column (1-based) at which a cell begins, if every cell is quoted only where it must be."""
    before = 0
    for cell in row[:at]:
        quoted = 2 + cell.count('"') if any(sign in cell for sign in ',"\n\r') else 0
        before += len(cell) + quoted + 1
    return before + 1


# -- JSON Lines -----------------------------------------------------------------------------------


def _jsonl(file: IO[bytes], shown: str) -> Table:
    numbered = _json_lines(file)
    first: list[tuple[int, bytes]] = []
    names: dict[str, Place] = {}
    for number, line in numbered:
        first.append((number, line))
        read = _json_record(line)
        if isinstance(read, dict):
            names = {name: Place(shown, number, _key_at(line, name), len(name) + 2) for name in read}
            break
        if len(first) == BLOCK:
            break
    if not names:
        at = Place(shown, 1, 1)
        said = "expected one JSON object a line, with answers by the names of questions"
        raise RefusedError([Problem("empty" if not first else "not-json", said, at)])
    return Table("line", names, _jsonl_blocks(chain(first, numbered), shown))


def _json_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, each with its number; of one that is too long, only the beginning."""
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
        if line.strip():
            yield number, line


def _json_record(line: bytes) -> dict[str, str | None] | str:
    """The cells of a record as text; or what is wrong with its line."""
    if len(line) >= LONGEST_LINE:
        return f"expected a record of at most {LONGEST_LINE} bytes"
    try:
        pairs = json.loads(line, object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        return "expected text in UTF-8"
    except RecursionError:
        return "expected no such deep nesting"
    except ValueError as error:
        return f"expected one JSON object: {error}"
    if not isinstance(pairs, _Pairs):
        return "expected one JSON object"
    cells: dict[str, str | None] = {}
    for name, value in pairs:
        if name in cells:
            return f"expected each question once, found `{_clean(name)}` twice"
        cells[name] = _cell(value)
    return cells


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it is written, names that stand twice included."""


def _cell(value: Any) -> str | None:
    """What a JSON value is in a case file."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _flow(value)


def _flow(value: Any) -> str:
    if isinstance(value, _Pairs):
        return "{" + ", ".join(f"{json.dumps(name)}: {_flow(part)}" for name, part in value) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value, ensure_ascii=False)


def _key_at(line: bytes, name: str) -> int:
    at = line.decode("utf-8", "replace").find(json.dumps(name, ensure_ascii=False))
    return at + 1 if at >= 0 else 1


def _key_in(lines: Sequence[bytes], row: int, name: str) -> int:
    return _key_at(lines[row], name)


def _jsonl_blocks(numbered: Iterator[tuple[int, bytes]], shown: str) -> Iterator[Block]:
    while True:
        read_here: list[dict[str, str | None]] = []
        kept: list[bytes] = []
        lines: list[int] = []
        unreadable: list[Problem] = []
        ended = True
        for number, line in numbered:
            read = _json_record(line)
            if isinstance(read, str) or any(cell and _is_not_text(cell) for cell in read.values()):
                said = read if isinstance(read, str) else "expected text in UTF-8"
                unreadable.append(Problem("not-json", said, Place(shown, number, 1)))
            else:
                read_here.append(read)
                kept.append(line)
                lines.append(number)
            if len(read_here) == BLOCK or len(unreadable) == BLOCK:
                ended = False
                break
        names = dict.fromkeys(name for one in read_here for name in one)
        columns = {
            name: pa.array([one.get(name) for one in read_here], pa.string()).dictionary_encode() for name in names
        }
        yield Block(columns, lines, unreadable, partial(_key_in, kept))
        if ended:
            return


# -- Parquet --------------------------------------------------------------------------------------


def _parquet(file: IO[bytes], shown: str) -> Table:
    try:
        schema = pq.read_schema(file)
        file.seek(0)
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        table = pq.ParquetFile(file, read_dictionary=texts, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        said = f"this is no Parquet file: {str(error).splitlines()[0]}"
        raise RefusedError([Problem("not-parquet", said, Place(shown))]) from None
    names: dict[str, Place] = {}
    problems = []
    for at, field in enumerate(schema, 1):
        place = Place(shown, 1, at)
        if field.name in names:
            problems.append(Problem("duplicate-name", f"column `{field.name}` stands here twice", place))
        names[field.name] = place
    if problems:
        raise RefusedError(problems)
    return Table("row", names, _parquet_blocks(table, names, shown))


def _parquet_blocks(table: pq.ParquetFile, names: Mapping[str, Place], shown: str) -> Iterator[Block]:
    row = 1
    batches = table.iter_batches(batch_size=ROWS, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            said = f"this file is damaged: {str(error).splitlines()[0]}"
            raise RefusedError([Problem("not-parquet", said, Place(shown, row, 1))]) from None
        if batch is None:
            return
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        yield Block(columns, range(row, row + len(batch)), (), lambda _, name: names[name].column)
        row += len(batch)


def as_cells(column: pa.Array, name: str, place: Place) -> pa.DictionaryArray:
    """A column as text, each text once.

    Raises :class:`~pathways.diagnostics.RefusedError` for a column of a kind that no answer is written in.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        if pa.types.is_string(kind.value_type):
            return column
        if pa.types.is_large_string(kind.value_type):
            return column.cast(_TEXT)
    if pa.types.is_boolean(kind):
        indices = column.cast(pa.int8())
        return pa.DictionaryArray.from_arrays(indices, pa.array(["no", "yes"]))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_date(kind) or pa.types.is_null(kind):
        return column.cast(pa.string()).dictionary_encode()
    said = f"column `{name}` holds {kind}: expected text, yes and no (bool), or dates"
    raise RefusedError([Problem("wrong-form", said, place)])
