"""Running the command: as a process of its own, or quickly inside this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from pathways.cli.app import app
from tests.places import GARDEN, SOURCE

COMMAND = [sys.executable, "-m", "pathways"]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what changes how results look, and with this checkout first."""
    looks = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "LANG", "LC_ALL", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {key: value for key, value in os.environ.items() if key not in looks}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **more}


def pathways(
    *arguments: str | Path, cwd: Path | None = None, typed: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """``pathways …`` as a process, through pipes."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(**more),
        timeout=60,
        check=False,
    )


@dataclass(frozen=True)
class Ended:
    """How a command run in this process ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The result as JSON."""
        return json.loads(self.out)


def inside(*arguments: str | Path, width: int = 80, **more: str) -> Ended:
    """``pathways …`` in this process: quick, and the same but for the process around it."""
    done = CliRunner().invoke(app, [*map(str, arguments)], prog_name="pathways", env={"COLUMNS": str(width), **more})
    return Ended(done.exit_code, done.stdout, done.stderr)


def in_garden(*arguments: str | Path, width: int = 80, **more: str) -> Ended:
    """``pathways … --rules`` with the small rulebook on another subject."""
    return inside(*arguments, "--rules", GARDEN, width=width, **more)
