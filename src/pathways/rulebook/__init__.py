"""The law as read from YAML: reading, checking and cross-referencing ``rules/`` and ``seeds/``."""

from __future__ import annotations

from pathlib import Path

from pathways.rulebook.compiled import keep_compiled, load_compiled
from pathways.rulebook.files import fingerprint
from pathways.rulebook.locate import rulebook_folder
from pathways.rulebook.model import Rulebook

__all__ = ["Rulebook", "load_rulebook", "read_rulebook"]


def load_rulebook(chosen: Path | None = None) -> Rulebook:
    """The rulebook in ``chosen`` (default: the shipped one).

    Raises :class:`~pathways.diagnostics.RefusedError` with everything that is wrong.
    """
    folder = rulebook_folder(chosen)
    made_from = fingerprint(folder)
    rulebook = load_compiled(made_from)
    if rulebook is None:
        rulebook = read_rulebook(folder)
        keep_compiled(rulebook, made_from)
    return rulebook


def read_rulebook(folder: Path) -> Rulebook:
    """The rulebook in ``folder``, read from its files.

    Raises :class:`~pathways.diagnostics.RefusedError` with everything that is wrong.
    """
    from pathways.diagnostics import Problems, RefusedError
    from pathways.rulebook.build import build

    problems = Problems()
    rulebook = build(folder, problems)
    problems.raise_errors()
    if rulebook is None:
        raise RefusedError(problems.found)
    return rulebook
