"""The same rules in SQL (DuckDB) and as Polars expressions, made from the table of statements.

Both know three values of truth but not four, so a statement is three booleans there, as it is three planes here: can be
no, can be disputed, can be yes. They are given what plain evaluation needs and nothing more: for each question a code of
its answer, and what the clocks came to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pathways.logic import Statements
from pathways.logic.many import Input, Line, Name, Program

EMPTY, FULL = -1, -2


class Code(NamedTuple):
    """A program as lines that each name the lines before them that they use."""

    lines: Sequence[Input | Line]
    results: Mapping[int, tuple[Name, Name, Name]]


def code(statements: Statements, wanted: Iterable[int]) -> Code:
    """The evaluation of some statements, line by line."""
    program = Program(statements, wanted)
    return Code(program.code, program.results)


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
