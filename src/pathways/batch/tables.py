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

from pathways.batch.blocks import LONGEST_LINE, MOST_SHOWN, Block, Table, clean, is_not_text
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
    wrong: list[Problem] = []
    for number, line in numbered:
        first.append((number, line))
        try:
            read = _json_record(line)
        except _NoRecordError as error:
            wrong.append(error.problem(shown, number))
        else:
            names = {name: Place(shown, number, _key_at(line, name), len(name) + 2) for name in read}
            break
        if len(first) == BLOCK:
            break
    if not names:
        said = "expected one JSON object a line, with answers by the names of questions"
        nothing = Problem("empty", said, Place(shown, 1, 1))
        raise RefusedError(wrong[:MOST_SHOWN] or [nothing])
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


class _NoRecordError(Exception):
    """A line is no record: what is wrong with it, and the column (1-based) where."""

    def __init__(self, said: str, column: int = 1, *, text: bool = True) -> None:
        self.said = said
        self.column = column
        self.text = text
        super().__init__(said)

    def problem(self, shown: str, line: int) -> Problem:
        place = Place(shown, line, self.column)
        return Problem("not-json", self.said, place) if self.text else Problem("not-utf8", self.said, place)


#: What the JSON parser says, and what is said of it to whoever wrote the line.
_IN_PLAIN_WORDS = (
    ("Expecting value", "a value is missing here"),
    ("Expecting property name", "a name in double quotes is missing here"),
    ("Expecting ':'", "a `:` is missing here"),
    ("Expecting ','", "a `,` or a closing bracket is missing here"),
    ("Illegal trailing comma", "nothing follows this comma"),
    ("Extra data", "it has ended before this"),
    ("Unterminated string", "the quote opened here is not closed on this line"),
    ("Invalid control character", "a control character cannot stand here as it is"),
    ("Invalid \\", "an unknown escape after `\\`"),
)
_LATE_MARK = "a byte order mark can begin a file, and no other line of it"


def _json_record(line: bytes) -> dict[str, str | None]:
    """The cells of a record as text. Raises :class:`_NoRecordError`."""
    if len(line) >= LONGEST_LINE:
        raise _NoRecordError(f"expected a record of less than {LONGEST_LINE:,} bytes")
    try:
        text = line.decode().rstrip()
        pairs = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8", "replace")) + 1
        raise _NoRecordError(f"byte {line[error.start]:#04x} is not UTF-8 text", column, text=False) from None
    except RecursionError:
        raise _NoRecordError("expected no such deep nesting") from None
    except json.JSONDecodeError as error:
        said = next((words for signs, words in _IN_PLAIN_WORDS if error.msg.startswith(signs)), "it cannot be read")
        said = _LATE_MARK if text.startswith("\ufeff", error.pos) else said
        raise _NoRecordError(f"expected one JSON object: {said}", error.pos + 1) from None
    if not isinstance(pairs, _Pairs):
        raise _NoRecordError("expected one JSON object")
    # In a line that is UTF-8 only an escape gives half of a character.
    escapes = "\\u" in text
    cells: dict[str, str | None] = {}
    for name, value in pairs:
        if name in cells:
            raise _NoRecordError(f"expected each question once, found `{clean(name)}` twice")
        cells[name] = cell = _cell(value)
        if escapes and (is_not_text(name) or (cell is not None and is_not_text(cell))):
            found = next(sign for sign in f"{name}{cell}" if is_not_text(sign))
            said = f"`\\u{ord(found):04x}` is half of a character (a surrogate), and the other half is missing"
            raise _NoRecordError(said, _key_at(line, name))
    return cells


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it is written, names that stand twice included."""


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number)


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
    return value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


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
            try:
                read = _json_record(line)
            except _NoRecordError as error:
                unreadable.append(error.problem(shown, number))
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
    wrong = []
    unfit = {}
    for at, field in enumerate(schema, 1):
        place = Place(shown, 1, at)
        if field.name in names:
            wrong.append(Problem("duplicate-name", f"column `{field.name}` stands here twice", place))
        names.setdefault(field.name, place)
        if not _holds_answers(field.type):
            said = f"column `{field.name}` holds {field.type}: expected text, yes and no (bool), or dates"
            unfit[field.name] = Problem("wrong-form", said, place)
    return Table("row", names, _parquet_blocks(table, names, shown), wrong, unfit)


def _holds_answers(kind: pa.DataType) -> bool:
    """Whether answers are written in a column of this kind."""
    text = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_string(text) or pa.types.is_large_string(text):
        return True
    return bool(pa.types.is_boolean(kind) or pa.types.is_date(kind) or pa.types.is_null(kind))


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


def as_cells(column: pa.Array) -> pa.DictionaryArray:
    """A column of a kind that answers are written in, as text, each text once."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column if pa.types.is_string(kind.value_type) else column.cast(_TEXT)
    if pa.types.is_boolean(kind):
        indices = column.cast(pa.int8())
        return pa.DictionaryArray.from_arrays(indices, pa.array(["no", "yes"]))
    return column.cast(pa.string()).dictionary_encode()
