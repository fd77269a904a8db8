"""Finding the rulebook and the scenarios: beside the package (a wheel), or two levels up (a checkout)."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "data", _PACKAGE.parent.parent)


def shipped(name: str) -> Path:
    """The shipped folder ``rules``, ``seeds`` or ``scenarios``.

    Raises :class:`FileNotFoundError` when the installation is broken.
    """
    for place in _PLACES:
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"the folder {name}/ is missing from this installation")


def is_installed(folder: Path) -> bool:
    """Whether a folder came with the installed package, and is no checkout's."""
    return folder == _PLACES[0]


def rulebook_folder(chosen: Path | None) -> Path:
    """The folder that holds ``rules/`` and ``seeds/``: the chosen one, or the shipped one.

    A chosen folder may be the rulebook or its ``rules`` folder.
    """
    if chosen is None:
        return shipped("rules").parent
    return chosen.parent if chosen.name == "rules" and not (chosen / "rules").is_dir() else chosen
