"""The same rules in SQL (DuckDB) and as Polars expressions, made from the table of statements.

A statement is three booleans there, as it is three planes here: can be no, can be disputed, can be yes. They get the
cells of the records as text, and what the clocks came to as booleans, ready made. They say what plain evaluation says;
to take apart what it leaves too wide is not asked of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import and_, or_, xor
from typing import Any, NamedTuple

import pyarrow as pa

from pathways.batch.bitmaps import plane_of, rows_of
from pathways.batch.standings import Batch
from pathways.logic import Lanes
from pathways.logic.many import Input, Line, Name, Program

EMPTY, FULL = -1, -2


class Code(NamedTuple):
    """A program as lines that each name the lines before them that they use."""

    lines: Sequence[Input | Line]
    results: Mapping[int, tuple[Name, Name, Name]]


def sql(code: Code, given: Callable[[Input], str], source: str, keep: Sequence[str]) -> str:
    """A query that gives the three booleans of every statement wanted (``s<number>_no`` …) and the columns kept.

    Lines stand in layers of sub-queries, each layer using the one below it.
    """
    depth = _depths(code)
    needed = _needed(code, depth)
    query, last = source, max(depth.values(), default=0)
    for layer in range(last + 1):
        made = [f"{_sql_line(code.lines[name], given)} AS p{name}" for name, at in depth.items() if at == layer]
        carried = [f"p{name}" for name, at in depth.items() if at < layer and needed[name] >= layer]
        inputs = "*" if layer == 0 else ", ".join([*keep, *carried])
        query = f"SELECT {', '.join([inputs, *made])} FROM ({query})"
        if layer == 0:
            query = f"SELECT {', '.join([*keep, *made])} FROM ({source})"
    words = [
        f"{_sql_name(name)} AS s{index}_{word}"
        for index, names in code.results.items()
        for word, name in zip(("no", "half", "yes"), names, strict=True)
    ]
    return f"SELECT {', '.join([*keep, *words])} FROM ({query})"


def _depths(code: Code) -> dict[Name, int]:
    """For each line the layer in which it can be worked out."""
    depth: dict[Name, int] = {}
    for name, line in enumerate(code.lines):
        below = [depth[part] for part in line.parts if part >= 0] if isinstance(line, Line) else []
        depth[name] = 1 + max(below) if below else 0
    return depth


def _needed(code: Code, depth: Mapping[Name, int]) -> dict[Name, int]:
    """For each line the last layer in which it is used."""
    last = max(depth.values(), default=0)
    needed = dict.fromkeys(depth, 0)
    for name, line in enumerate(code.lines):
        for part in line.parts if isinstance(line, Line) else ():
            if part >= 0:
                needed[part] = max(needed[part], depth[name])
    for names in code.results.values():
        needed.update((name, last + 1) for name in names if name >= 0)
    return needed


_SIGNS = {"&": " AND ", "|": " OR ", "^": " <> "}


_JOINED = {"&": and_, "|": or_, "^": xor}


def _sql_line(line: Input | Line, given: Callable[[Input], str]) -> str:
    if isinstance(line, Input):
        return given(line)
    return "(" + _SIGNS[line.sign].join(_sql_name(part) for part in line.parts) + ")"


def _sql_name(name: Name) -> str:
    return {EMPTY: "false", FULL: "true"}.get(name, f"p{name}")


def polars_layers(code: Code, given: Callable[[Input], Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The lines as Polars expressions, in layers to be added one after another; and the results by name."""
    import polars

    def named(name: Name) -> Any:
        return polars.lit(name == FULL) if name < 0 else polars.col(f"p{name}")

    depth = _depths(code)
    layers: list[dict[str, Any]] = [{} for _ in range(max(depth.values(), default=0) + 1)]
    for name, line in enumerate(code.lines):
        if isinstance(line, Input):
            made = given(line)
        else:
            made = named(line.parts[0])
            for part in line.parts[1:]:
                made = (
                    made & named(part)
                    if line.sign == "&"
                    else made | named(part)
                    if line.sign == "|"
                    else made ^ named(part)
                )
        layers[depth[name]][f"p{name}"] = made
    results = {
        f"s{index}_{word}": named(name)
        for index, names in code.results.items()
        for word, name in zip(("no", "half", "yes"), names, strict=True)
    }
    return layers, results


class Peers:
    """Records as each of the peers takes them, and the same question for each: the planes of every avenue."""

    def __init__(self, batch: Batch, table: pa.Table) -> None:
        self.rulebook = batch.rulebook
        statements = self.rulebook.statements
        self.roots = sorted({root for avenue in batch.avenues for root in (avenue.value, avenue.applies)} - {0, 1})
        self.program = Program(statements, self.roots)
        self.code = Code(self.program.code, self.program.results)
        self.width = len(table)
        cells = {name: table[name].combine_chunks() for name in table.column_names}
        self.lanes, wrong = batch.lanes(cells, self.width)
        assert not wrong
        self.names = {name: f"f{at}" for at, name in enumerate(table.column_names)}
        self.given = {name: self._input(statements.variables[name.variable].name) for name in self._inputs()}
        texts = {self.names[name]: column.cast(pa.string()) for name, column in cells.items()}
        ready = {
            _ready(line): rows_of(self._plane(line, self.lanes), self.width)
            for line in self._inputs()
            if not self.given[line]
        }
        self.table = pa.table({**texts, **ready})

    def _inputs(self) -> list[Input]:
        return [line for line in self.code.lines if isinstance(line, Input)]

    def _input(self, variable: str) -> str:
        """The column of text that an input is read from; none for what is given ready made."""
        fact = self.rulebook.facts.get(variable)
        return self.names.get(variable, "") if fact is not None and fact.kind != "date" else ""

    def _plane(self, line: Input, lanes: Lanes) -> int:
        return lanes.disputed[line.variable] if line.option is None else lanes.options[line.variable][line.option]

    def ours(self) -> dict[str, int]:
        """The planes by our plain evaluation."""
        found = self.program.evaluate(self.lanes)
        return {
            f"s{root}_{word}": plane
            for root, planes in found.items()
            for word, plane in zip(("no", "half", "yes"), planes, strict=True)
        }

    def duckdb(self) -> dict[str, int]:
        """The planes by DuckDB."""
        import duckdb

        connection = duckdb.connect(config={"threads": 1})
        connection.register("records", self.table)
        found = connection.sql(sql(self.code, self._sql_input, "SELECT * FROM records", ())).to_arrow_table()
        return {name: plane_of(found[name].combine_chunks()) for name in found.column_names}

    def _sql_input(self, line: Input) -> str:
        column = self.given[line]
        if not column:
            return _ready(line)
        if line.option is None:
            return f"coalesce({column} = 'disputed', false)"
        option = self.rulebook.statements.variables[line.variable].options[line.option]
        return f"coalesce({column} = '{option}' OR {column} = 'disputed', true)"

    def polars(self) -> dict[str, int]:
        """The planes by Polars."""
        import polars

        layers, results = polars_layers(self.code, self._polars_input)
        frame = polars.from_arrow(self.table).lazy()
        for layer in layers:
            frame = frame.with_columns(**layer)
        found = frame.select(**results).collect().to_arrow()
        return {name: plane_of(found[name].combine_chunks()) for name in found.column_names}

    def _polars_input(self, line: Input) -> Any:
        import polars

        column = self.given[line]
        if not column:
            return polars.col(_ready(line))
        cell = polars.col(column)
        if line.option is None:
            return (cell == "disputed").fill_null(False)
        option = self.rulebook.statements.variables[line.variable].options[line.option]
        return ((cell == option) | (cell == "disputed")).fill_null(True)


def _ready(line: Input) -> str:
    return f"v{line.variable}_{'disputed' if line.option is None else line.option}"
