"""The tiny rulebook, with some of its files replaced, and what the commands say of it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path

from pathways.case import read_case
from pathways.cli.environment import Environment
from pathways.cli.guard import guarded
from pathways.cli.rules import check_rules
from pathways.diagnostics import Problem, RefusedError
from pathways.render.problems import ProblemFormat, problems_text
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.check import check_rulebook

#: The day on which rulebooks are checked here: what was checked long before it is stale.
TODAY = "2026-11-22"
TINY = Path(__file__).parents[1] / "rulebooks" / "tiny"


def tiny(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The tiny rulebook in ``folder``; ``files`` are written over it, or removed where they are None."""
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    for name, text in (files or {}).items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """One file of the tiny rulebook with one place in it changed."""
    text = (TINY / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    return {name: text.replace(old, new)}


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """With ``folder`` as the working directory, so that shown paths are short and stable."""
    with chdir(folder):
        yield


def problems_of(folder: Path) -> list[Problem]:
    """Every problem of the rulebook in ``folder``, paths relative to it."""
    with standing_in(folder):
        return check_rulebook(Path("."))[1]


def codes_of(folder: Path) -> list[str]:
    """The codes of the problems of the rulebook in ``folder``, in order."""
    return [problem.code for problem in problems_of(folder)]


def checked(folder: Path, style: ProblemFormat = "text") -> tuple[int, str]:
    """The exit code of ``pathways rules check`` in ``folder`` and what it writes as its result."""
    out = io.StringIO()
    environment = Environment(io.StringIO(), out, io.StringIO(), rules=Path("."))
    with standing_in(folder):
        code = guarded(environment, lambda environment: check_rules(environment, style, TODAY))
    return int(code), out.getvalue()


def case_problems(path: Path, rulebook: Rulebook | None = None) -> list[Problem]:
    """Every problem of a case file; none if it can be read."""
    try:
        read_case(path, rulebook or read_rulebook(TINY), path.name)
    except RefusedError as refused:
        return list(refused.problems)
    return []


def case_refusal(path: Path, rulebook: Rulebook | None = None) -> str:
    """What a person sees when a case file is refused."""
    with standing_in(path.parent):
        return problems_text(case_problems(Path(path.name), rulebook)) + "\n"
