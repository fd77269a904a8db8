"""Writing results block by block: CSV, JSON Lines or Parquet, on the disk only when all of it is there."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

from pathways.batch.tables import ROWS
from pathways.case.write import flush_folder, said_of

#: What only writing fails with; what else fails in between may be said of the file that is read.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Writer(Protocol):
    """Takes tables of one schema, one after another."""

    def write(self, table: pa.Table) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what ends the file."""


def writer(suffix: str, file: IO[bytes], schema: pa.Schema) -> Writer:
    """A writer for the format that a name ends in."""
    if suffix == ".csv":
        return _Csv(file, schema)
    return _Jsonl(file, schema) if suffix == ".jsonl" else _Parquet(file, schema)


class _Csv:
    def __init__(self, file: IO[bytes], schema: pa.Schema) -> None:
        self._file = file
        self._plain = pa.schema([(field.name, getattr(field.type, "value_type", field.type)) for field in schema])
        self._write_rows([schema.names])

    def write(self, table: pa.Table) -> None:
        plain = table.cast(self._plain)
        rows = pa.BufferOutputStream()
        try:
            arrow_csv.write_csv(plain, rows, arrow_csv.WriteOptions(include_header=False, quoting_style="none"))
        except pa.ArrowInvalid:
            # A sign that needs quotes: where Arrow quotes at all it quotes every text.
            self._write_rows(zip(*(column.to_pylist() for column in plain.columns), strict=True))
        else:
            self._file.write(rows.getvalue())

    def _write_rows(self, rows: Iterable[Sequence[object]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._file.write(text.getvalue().encode())

    def close(self) -> None:
        """Nothing ends a file of rows."""


class _Jsonl:
    def __init__(self, file: IO[bytes], schema: pa.Schema) -> None:
        self._file = file
        self._names = [json.dumps(name, ensure_ascii=False) for name in schema.names]

    def write(self, table: pa.Table) -> None:
        columns = [
            [json.dumps(value, ensure_ascii=False, default=str) for value in column.to_pylist()]
            for column in table.columns
        ]
        line = "{" + ", ".join(f"{name.replace('%', '%%')}: %s" for name in self._names) + "}\n"
        self._file.write("".join([line % row for row in zip(*columns, strict=True)]).encode())

    def close(self) -> None:
        """Nothing ends a file of lines."""


class _Parquet:
    def __init__(self, file: IO[bytes], schema: pa.Schema) -> None:
        words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        # Statistics of five words say nothing, and take a third of the time.
        self._writer = pq.ParquetWriter(
            file,
            schema,
            compression="lz4",
            use_dictionary=words,
            write_statistics=False,
            write_batch_size=ROWS,
        )

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of ``path`` when all is written, mode 0600; nothing is left where that fails."""
    import tempfile

    target = Path(os.path.realpath(path))
    with said_of(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            with said_of(path):
                file.flush()
                os.fsync(file.fileno())
        with said_of(path):
            os.replace(temporary, target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        if error.errno in _FULL and error.filename is None:
            raise OSError(error.errno, os.strerror(error.errno), str(path)) from None
        raise
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    flush_folder(target.parent)
