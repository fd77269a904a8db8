"""Where things stand in this checkout, and the rulebooks that tests use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pathways.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
SCHEMAS = ROOT / "docs" / "schema"
SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
RULEBOOKS = ROOT / "tests" / "rulebooks"

#: A neighbor's tree over your garden: a rulebook on another subject, with a little of everything it can hold.
GARDEN = RULEBOOKS / "garden"
GARDEN_CASES = GARDEN / "cases"


@cache
def garden() -> Rulebook:
    """The small rulebook on another subject."""
    return load_rulebook(GARDEN)


@cache
def shipped_rulebook() -> Rulebook:
    """The rulebook of this project."""
    return load_rulebook()
