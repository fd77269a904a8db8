"""Records as they are read from a file: blocks of cells, each cell as text, with the places that messages name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import pyarrow as pa

from pathways.diagnostics import Place, Problem
from pathways.record import record

#: A line of JSON or a row of CSV longer than this is no record.
LONGEST_LINE = 1 << 20
#: So many bad records are shown one by one; the rest are summed up.
MOST_SHOWN = 20
_NONE: Mapping[str, Problem] = MappingProxyType({})


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
    ``wrong`` is what is wrong with its columns whatever they are, ``unfit`` what is wrong with a column that is a
    question: it is of a kind that no answer is written in.
    """

    numbered: str
    names: Mapping[str, Place]
    blocks: Iterator[Block]
    wrong: Sequence[Problem] = ()
    unfit: Mapping[str, Problem] = _NONE


def is_not_text(cell: str) -> bool:
    """Whether a cell was written in bytes that are no text."""
    return any("\ud800" <= sign <= "\udfff" for sign in cell)


def clean(name: str) -> str:
    """A name as it can be shown, whatever it was written in."""
    return name.encode("utf-8", "replace").decode()
