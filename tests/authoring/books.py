"""Rulebooks read from their files (which keeps the places of conditions), with their scenarios."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from pathways.authoring.scenarios import Scenarios, read_scenarios, scenario_folder
from pathways.rulebook import read_rulebook
from tests.places import GARDEN, RULEBOOKS

FINES = RULEBOOKS / "fines"
BOOKS = (GARDEN, FINES)
TODAY = "2026-05-01"


@cache
def book(folder: Path) -> Scenarios:
    """A rulebook and its scenarios."""
    return scenarios(folder)


def scenarios(folder: Path) -> Scenarios:
    """The same, read now."""
    rulebook = read_rulebook(folder)
    cases = scenario_folder(folder)
    assert cases is not None
    return Scenarios(rulebook, read_scenarios(cases, rulebook), TODAY)


def copied(folder: Path, target: Path, *changes: tuple[str, str, str]) -> Path:
    """A copy of a rulebook in which some files (by their path) have a text replaced by another."""
    copy = target / folder.name
    shutil.copytree(folder, copy)
    for file, old, new in changes:
        text = (copy / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy
