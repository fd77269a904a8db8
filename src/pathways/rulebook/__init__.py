"""The law as read from YAML: reading, checking and cross-referencing ``rules/`` and ``seeds/``."""

from __future__ import annotations

from pathlib import Path

from pathways.diagnostics import Problems, RefusedError
from pathways.rulebook.build import build
from pathways.rulebook.locate import rulebook_folder
from pathways.rulebook.model import Rulebook

__all__ = ["Rulebook", "load_rulebook"]


def load_rulebook(chosen: Path | None = None) -> Rulebook:
    """The rulebook in ``chosen`` (default: the shipped one).

    Raises :class:`~pathways.diagnostics.RefusedError` with everything that is wrong.
    """
    problems = Problems()
    rulebook = build(rulebook_folder(chosen), problems)
    problems.raise_errors()
    if rulebook is None:
        raise RefusedError(problems.found)
    return rulebook
