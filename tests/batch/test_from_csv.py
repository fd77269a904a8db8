"""CSV is read the same whether a block of lines is taken apart together or row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways.batch import from_csv
from pathways.batch.blocks import Block
from pathways.batch.from_csv import open_quote, plain_columns, read_csv

HEADER = "a,b,c\n"
CELLS = st.text(st.sampled_from(" aé,\"'\t;\\NnulA\r\n"), max_size=6)
ODD = st.text(st.sampled_from('aé,,,"\n\n\r \\'), max_size=60)


def written(rows: Sequence[Sequence[str]], quoting: int) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def told(data: bytes) -> list[tuple[object, ...]]:
    """Everything in the blocks that are read: lines, cells, where they stand, problems; the blocks themselves apart."""
    return [one for block in read_csv(io.BytesIO(data), "x.csv").blocks for one in sorted(in_block(block), key=repr)]


def in_block(block: Block) -> Iterator[tuple[object, ...]]:
    """Everything in one block."""
    columns = {name: column.to_pylist() for name, column in block.columns.items()}
    for row, line in enumerate(block.lines):
        yield line, {name: (column[row], block.start(row, name)) for name, column in columns.items()}
    for problem in block.unreadable:
        yield problem.place.line, problem


def agrees(data: bytes) -> None:
    """Both ways read the same."""
    with patch.object(from_csv, "plain_columns", lambda *_: None):
        expected = sorted(told(data), key=repr)
    assert sorted(told(data), key=repr) == expected
    with patch.multiple(from_csv, BLOCK=2, _AT_ONCE=1):
        assert sorted(told(data), key=repr) == expected


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
)
def test_rows_of_any_cells(rows: list[list[str]], quoting: int) -> None:
    agrees((HEADER + written(rows, quoting)).encode())


@settings(max_examples=1500, deadline=None)
@given(ODD)
@example('a",b,c\n')
@example('"a"b,c,d\n')
@example('a,"b\n",c\nd,e,f\n')
@example('"a,b,c\nd,e,f\n')
@example("a,b,c\r\nd,e,f\r\n")
@example("a,b,c\rd,e,f\n")
@example("\na,b,c")
@example('"a""b",c,d\n')
@example('a, "b",c\n')
@example('a,b,"\n')
def test_any_text(text: str) -> None:
    agrees((HEADER + text).encode())


@settings(max_examples=1500, deadline=None)
@given(st.text(st.sampled_from('aé,,,""" \\'), max_size=20))
@example('"a""')
@example('"",x')
@example('a"b,"c')
@example('"a"b,"c"d"')
def test_a_quote_is_open_where_the_reader_would_go_on_in_the_next_line(line: str) -> None:
    rows = csv.reader([line + "\n", "\n"])
    next(rows)
    goes_on = rows.line_num == 2
    column = open_quote(line)
    assert bool(column) == goes_on
    if column:
        assert line[column - 1] == '"'
        assert not open_quote(line[: column - 1])
        assert column == 1 or line[column - 2] == ","


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=40))
@example(b"a\xff,b,c\n")
@example(b"a\0,b,c\n")
def test_any_bytes(data: bytes) -> None:
    agrees(HEADER.encode() + data)


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        ([b"a,b,c\n", b'"d",e,f\r\n'], True),
        ([b"a,b,c\n", b"d,e\n"], False),
        ([b"a,b,c\n", b"\n"], False),
        ([b'a,"b\n', b'",c\n'], False),
        ([b"a,b," + b"c" * csv.field_size_limit() + b"\n"], False),
        ([b"a\xff,b,c\n"], False),
        ([], False),
    ],
)
def test_only_lines_that_are_each_a_row_are_taken_apart_together(lines: list[bytes], together: bool) -> None:
    assert (plain_columns(lines, 3) is not None) == together
