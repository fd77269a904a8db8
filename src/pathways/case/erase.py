"""Removing a case file, with what interrupted writers left beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pathways.case.write import flush_folder, remove_leftovers
from pathways.yamlfile import rough_text

_CASE = re.compile(r"^\ufeff?(?:case|answers):", re.MULTILINE)
_BASED_ON = re.compile(r"^based_on:[ \t]*(.+?)[ \t]*(?:#.*)?$", re.MULTILINE)


def looks_like_a_case(path: Path) -> bool:
    """Whether a file is a case, perhaps a damaged one: nothing else is ever erased."""
    text = rough_text(path)
    return text is not None and bool(_CASE.search(text))


def files_based_on(path: Path) -> list[Path]:
    """The case files beside one that share its answers."""
    found = []
    for other in sorted(path.parent.glob("*.y*ml")):
        named = None if other.samefile(path) else _BASED_ON.search(rough_text(other) or "")
        if named and os.path.realpath(other.parent / named[1].strip("\"'")) == os.path.realpath(path):
            found.append(other)
    return found


def erase_case(path: Path) -> None:
    """Remove a file, the one behind it where it is a symbolic link, and the leftovers beside it.

    Raises :class:`OSError` if it cannot be removed.
    """
    target = Path(os.path.realpath(path))
    remove_leftovers(target)
    target.unlink()
    if path.is_symlink():
        path.unlink()
    flush_folder(target.parent)
