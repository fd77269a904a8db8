"""How the tests answer: through a pipe, or at a real terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect

import pathways
from pathways.case import Given, read_case
from tests.interview.library import LIBRARY, library

SOURCE = Path(pathways.__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "pathways", "ask", "--rules", str(LIBRARY)]
ALL = "Old Market\n7 Jan 2026\n1\nno\nno\nno\nno\n"
PROMPT = "\r\n> "


def environment(**more: str) -> dict[str, str]:
    """The environment of the tests, with the same program first and without what changes how a terminal looks."""
    kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR", "TERM")}
    return {**kept, "PYTHONPATH": str(SOURCE), "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **more}


def pipe(
    typed: str | bytes,
    *arguments: str | Path,
    limits: Callable[[], None] | None = None,
    command: list[str] | None = None,
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """Answer through a pipe."""
    data = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [*(command or COMMAND), *map(str, arguments)],
        input=data,
        capture_output=True,
        timeout=60,
        preexec_fn=limits,
        env=environment(**more),
        check=False,
    )
    out, said = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, said)


class Terminal:
    """A person at a terminal."""

    def __init__(self, *arguments: str | Path, columns: int = 80, **more: str) -> None:
        self.child = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *map(str, arguments)],
            env=environment(**more),
            dimensions=(50, columns),
            encoding="utf-8",
            timeout=30,
        )
        self.child.delaybeforesend = None
        self.shown = ""

    def sees(self, text: str) -> str:
        """Wait until ``text`` is shown, wherever its line is broken; what was shown until then."""
        words = r"\s+".join(re.escape(word) for word in text.split())
        self.child.expect(words)
        seen = f"{self.child.before}{self.child.after}"
        self.shown += seen
        return seen

    def at_prompt(self) -> str:
        """Wait for the next prompt; what was shown until then."""
        self.child.expect_exact(PROMPT)
        seen = str(self.child.before)
        self.shown += seen + PROMPT
        return seen

    def types(self, line: str) -> str:
        """Type a line at the next prompt; what was shown before it."""
        seen = self.at_prompt()
        self.child.sendline(line)
        return seen

    def presses(self, key: str) -> None:
        """Press Ctrl and a key at the next prompt."""
        self.at_prompt()
        self.child.sendcontrol(key)

    def ends(self) -> tuple[int | None, str]:
        """Wait for the end: the exit code, and what was shown last."""
        self.child.expect(pexpect.EOF)
        last = str(self.child.before)
        self.shown += last
        self.child.close()
        return self.child.exitstatus, last


def answered(path: Path) -> dict[str, Given]:
    """The answers in a file."""
    return dict(read_case(path, library()).answers)
