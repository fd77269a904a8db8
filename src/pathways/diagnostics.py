"""What is wrong with a file, and where: values made by the readers, shown by :mod:`pathways.render.problems`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Literal

from pathways.record import record, replaced

Level = Literal["error", "warning"]

#: A message quotes files, and a file may hold a name as long as itself.
LONGEST_MESSAGE = 600


@record
class Place:
    """Where something stands: a file and a 1-based line and column (0 where there is no such thing)."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Name(str):
    """A name or value read from a file, that knows its place."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Name:
        made = super().__new__(cls, text)
        made.place = place
        return made


@record
class Problem:
    """One thing that is wrong: a fact, not a remedy; only ``help`` proposes a change.

    ``case`` is the text of a case file that shows it, where there is one.
    """

    code: str
    message: str
    place: Place
    level: Level = "error"
    help: str = ""
    law: str = ""
    also: tuple[tuple[Place, str], ...] = ()
    case: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Files, then lines, then columns."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message)


def each_once(problems: Iterable[Problem]) -> Iterable[Problem]:
    """The problems, each once, also where several files lead to the one that has them by paths written otherwise."""
    found: dict[tuple[object, ...], Problem] = {}
    for one in problems:
        found.setdefault((os.path.normpath(one.place.file), *one.order[1:], one.level), one)
    return found.values()


class RefusedError(Exception):
    """A file or a rulebook is refused; ``problems`` says everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(each_once(problems))
        super().__init__(f"{len(self.problems)} problems")


class Problems:
    """Collects problems, each once."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.error_count = 0
        self._known: set[Problem] = set()

    def add(self, problem: Problem) -> None:
        """Remember a problem unless the very same is known."""
        if len(problem.message) > LONGEST_MESSAGE:
            problem = replaced(problem, message=problem.message[: LONGEST_MESSAGE - 1] + "…")
        if problem not in self._known:
            self._known.add(problem)
            self.found.append(problem)
            self.error_count += problem.level == "error"

    def withdraw(self, start: int, unwanted: Callable[[Problem], bool]) -> None:
        """Forget those of the problems from ``start`` on that are unwanted."""
        kept = [problem for problem in self.found[start:] if not unwanted(problem)]
        self.found[start:] = kept
        self.error_count = sum(problem.level == "error" for problem in self.found)

    def error(
        self,
        code: str,
        message: str,
        place: Place,
        *,
        help: str = "",
        law: str = "",
        also: Sequence[tuple[Place, str]] = (),
    ) -> None:
        """Add an error."""
        self.add(Problem(code, message, place, "error", help, law, tuple(also)))

    def warning(self, code: str, message: str, place: Place, *, help: str = "", law: str = "") -> None:
        """Add a warning."""
        self.add(Problem(code, message, place, "warning", help, law))

    @property
    def errors(self) -> list[Problem]:
        """The errors alone, in order."""
        return sorted((p for p in self.found if p.level == "error"), key=lambda p: p.order)

    def raise_errors(self) -> None:
        """Raise :class:`RefusedError` if there is an error."""
        if errors := self.errors:
            raise RefusedError(errors)


def nearest(name: str, names: Iterable[str]) -> str:
    """The nearest valid name, or an empty string."""
    found = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Help that names the nearest valid name."""
    near = nearest(name, names)
    return f"did you mean `{near}`?" if near else otherwise


def unique(names: Iterable[Name], what: str, problems: Problems) -> None:
    """Every name once."""
    first: dict[str, Name] = {}
    for name in names:
        if name in first:
            problems.error(
                "duplicate-name",
                f"{what} `{name}` is declared twice",
                name.place,
                also=((first[name].place, "first declared here"),),
            )
        else:
            first[name] = name
