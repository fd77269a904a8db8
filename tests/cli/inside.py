"""The interview inside this process: quick, at a make-believe terminal whose typed lines are seen like a real one's."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pathways.cli.ask import ask_questions
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.guard import guarded
from tests.interview.library import LIBRARY

DAY = "2026-02-03"

#: A line to type, or something that happens before the next one is typed.
Step = str | Callable[[], object]


class Keyboard(io.StringIO):
    """Types lines, which are seen on the screen; then the end of input."""

    def __init__(self, steps: Iterable[Step], screen: io.StringIO) -> None:
        super().__init__()
        self.steps = iter(steps)
        self.screen = screen

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        for step in self.steps:
            if isinstance(step, str):
                self.screen.write(f"{step}\n")
                return f"{step}\n"
            step()
        return ""


class Screen(io.StringIO):
    """What a terminal shows: both streams in one."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Talked:
    """How an interview went: the exit code, and everything that was seen."""

    code: Exit
    seen: str

    @property
    def words(self) -> str:
        """What was seen, on one line."""
        return " ".join(self.seen.split())


def talk(
    steps: Iterable[Step],
    file: Path | None = None,
    *,
    rules: Path = LIBRARY,
    about: Iterable[str] = (),
    quiet: bool = False,
) -> Talked:
    """An interview at a terminal of 80 columns without color."""
    screen = Screen()
    environment = Environment(Keyboard(steps, screen), screen, screen, rules=rules, color="never", quiet=quiet)
    code = guarded(environment, lambda environment: ask_questions(environment, file, DAY, list(about)))
    return Talked(code, screen.getvalue())
