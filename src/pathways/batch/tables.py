"""Reading records from CSV, JSON Lines and Parquet; what cannot be read is said with its line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from pathways.batch.blocks import LONGEST_LINE, Block, Table, clean, is_not_text
from pathways.batch.from_csv import read_csv
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.logic.many import BLOCK

SUFFIXES = (".csv", ".jsonl", ".parquet")
#: Rows of Parquet in a block: what writers put in a group of rows is often a multiple of it.
ROWS = 1 << 16
_TEXT = pa.dictionary(pa.int32(), pa.string())


def open_table(path: Path, file: IO[bytes], shown: str) -> Table:
    """The records of a file that is open, by what its name ends in.

    Raises :class:`~pathways.diagnostics.RefusedError` where it cannot be read at all.
    """
    read = {".csv": read_csv, ".jsonl": _jsonl, ".parquet": _parquet}[path.suffix.lower()]
    return read(file, shown)


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
            return f"expected each question once, found `{clean(name)}` twice"
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
            if isinstance(read, str) or any(cell and is_not_text(cell) for cell in read.values()):
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
