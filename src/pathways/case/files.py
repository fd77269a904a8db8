"""Case files on disk: read whole and right, with the files that they are based on, or refused."""

from __future__ import annotations

import os
from pathlib import Path

from pathways.case.model import Case
from pathways.case.read import parse_case
from pathways.diagnostics import Name, Problems, RefusedError
from pathways.rulebook import Rulebook
from pathways.yamlfile import compose

#: So many files may stand behind one another.
DEEPEST = 20


def read_case(path: Path, rulebook: Rulebook, shown: str | None = None) -> Case:
    """The case in a file, with the answers of the file that it is based on where it has none of its own.

    Raises :class:`~pathways.diagnostics.RefusedError` with every problem.
    """
    problems = Problems()
    case = _read(path, rulebook, problems, shown, ())
    problems.raise_errors()
    if case is None:
        raise RefusedError(problems.found)
    return case


def _read(path: Path, rulebook: Rulebook, problems: Problems, shown: str | None, above: tuple[str, ...]) -> Case | None:
    here = (*above, os.path.realpath(path))
    file = compose(path, problems, shown)

    def base(name: Name) -> Case | None:
        other = path.parent / name
        if os.path.realpath(other) in here:
            problems.error("circle", f"`{name}` is based on this file in its turn", name.place)
        elif not os.path.isfile(other):
            where = "the name is read from the folder of this file"
            problems.error("no-such-file", f"there is no file `{name}` to base a case on", name.place, help=where)
        elif len(here) >= DEEPEST:
            problems.error("too-deep", f"more than {DEEPEST} files are based on one another", name.place)
        else:
            return _read(other, rulebook, problems, os.path.join(os.path.dirname(shown), name) if shown else None, here)
        return None

    return parse_case(file, rulebook, problems, base) if file is not None else None
