"""Problems as people, editors and build logs read them; all four formats from the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

from pathways.diagnostics import Place, Problem
from pathways.render.inert import inert
from pathways.render.json_text import to_json

LONGEST_PATH = 500
#: So many problems are shown to a reader at once; programs get them all.
MOST_SHOWN = 50

ProblemFormat = Literal["text", "short", "json", "github"]


class _Lines:
    """Source lines, read from the files themselves."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def of(self, place: Place) -> str | None:
        """The line at a place, or None."""
        if place.line == 0:
            return None
        if place.file not in self._files:
            try:
                text = Path(place.file).read_bytes().decode("utf-8-sig", "replace")
                self._files[place.file] = text.replace("\r\n", "\n").split("\n")
            except OSError:
                self._files[place.file] = []
        lines = self._files[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else None


def problems_text(problems: Iterable[Problem], style: ProblemFormat = "text") -> str:
    """All problems, sorted, with a closing count."""
    found = sorted(problems, key=lambda problem: problem.order)
    if style == "json":
        return to_json([_as_json(problem) for problem in found])
    if style == "github":
        return "\n".join(_github(problem) for problem in found)
    if style == "short":
        return "\n".join(
            f"{_where(problem.place)}: {problem.level}[{problem.code}]: {inert(problem.message)}" for problem in found
        )
    lines = _Lines()
    apart = list(_blanks_together(found))
    shown = ["\n".join(_blanks(some, lines) if len(some) > 1 else _full(some[0], lines)) for some in apart[:MOST_SHOWN]]
    if len(apart) > MOST_SHOWN:
        shown.append(f"... and {sum(map(len, apart[MOST_SHOWN:]))} more")
    return "\n\n".join([*shown, *([_closing(found)] if found else [])])


def _where(place: Place) -> str:
    """A place as it is shown; of a path that no system has, only the end."""
    shown = inert(str(place))
    return shown if len(shown) <= LONGEST_PATH else "…" + shown[1 - LONGEST_PATH :]


def _closing(found: Sequence[Problem]) -> str:
    counts = [
        f"{number} {level}{'s' if number != 1 else ''}"
        for level in ("error", "warning")
        if (number := sum(problem.level == level for problem in found))
    ]
    files = len({problem.place.file for problem in found})
    return f"{' and '.join(counts)} in {files} file{'s' if files != 1 else ''}"


def _blanks_together(found: Iterable[Problem]) -> Iterator[list[Problem]]:
    """Every problem by itself, but the blanks of one file, which a new one is full of, together."""
    for (code, file), several in groupby(found, key=lambda problem: (problem.code, problem.place.file)):
        if code == "unfilled-blank" and file:
            yield list(several)
        else:
            yield from ([problem] for problem in several)


def _blanks(problems: Sequence[Problem], lines: _Lines) -> Iterator[str]:
    """Several blanks: each line that has one, with what is expected there."""
    gutter = max(len(str(problem.place.line)) for problem in problems)
    yield f"{problems[0].level}[{problems[0].code}]: {len(problems)} blanks are to be filled in"
    yield f"{' ' * gutter} --> {_where(problems[0].place)}"
    yield f"{' ' * gutter} |"
    for number, several in groupby(problems, key=lambda problem: problem.place.line):
        here = list(several)
        expected = "; ".join(dict.fromkeys(problem.message.partition("expected ")[2] for problem in here))
        yield f"{number:>{gutter}} | {inert(lines.of(here[0].place) or '')}  ({inert(expected)})"


def _full(problem: Problem, lines: _Lines) -> Iterator[str]:
    yield f"{problem.level}[{problem.code}]: {inert(problem.message)}"
    shown = [(problem.place, ""), *problem.also]
    gutter = max(len(str(place.line)) for place, _ in shown)
    for number, (place, label) in enumerate(shown):
        yield f"{' ' * gutter} {'-->' if number == 0 else ':::'} {_where(place)}"
        line = lines.of(place)
        if line is None:
            if label:
                yield f"{' ' * gutter}  = {inert(label)}"
            continue
        text, start, length = _window(line, place.column, place.length)
        yield f"{' ' * gutter} |"
        yield f"{place.line:>{gutter}} | {text}"
        mark = ("^" if number == 0 else "-") * length
        yield f"{' ' * gutter} | {' ' * start}{mark}{' ' + inert(label) if label else ''}"
    if problem.help:
        yield f"{' ' * gutter} = help: {inert(problem.help)}"
    if problem.law:
        yield f"{' ' * gutter} = law:  {inert(problem.law)}"
    if problem.case:
        yield f"{' ' * gutter} = case: these lines are a case file that shows it"
        yield ""
        yield from problem.case.rstrip("\n").split("\n")


def _window(line: str, column: int, length: int, width: int = 110) -> tuple[str, int, int]:
    """The part of a long line around a column, where the column is in it, and how many signs are marked there."""
    start = max(0, column - 1)
    first = 0 if start < width - 20 else start - width // 2
    before = ("…" if first else "") + inert(line[first:start])
    marked = inert(line[start : min(start + length, first + width)])
    after = inert(line[start + length : first + width]) + ("…" if len(line) > first + width else "")
    return before + marked + after, len(before), max(1, len(marked))


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "level": problem.level,
        "code": problem.code,
        "message": problem.message,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "help": problem.help,
        "law": problem.law,
        "also": [
            {"file": place.file, "line": place.line, "column": place.column, "label": label}
            for place, label in problem.also
        ],
        **({"case": problem.case} if problem.case else {}),
    }


def _github(problem: Problem) -> str:
    def escape(text: str, more: str = "") -> str:
        for sign in "%\r\n" + more:
            text = text.replace(sign, f"%{ord(sign):02X}")
        return text

    at = f",line={problem.place.line},col={problem.place.column}" if problem.place.line else ""
    text = problem.message + (f" ({problem.help})" if problem.help else "")
    file = escape(inert(problem.place.file), ",:")
    return f"::{problem.level} file={file}{at},title={problem.code}::{escape(inert(text))}"
