"""What the shipped scenarios show of the shipped rules, by docs/mutants.md, which is held to the program elsewhere."""

from __future__ import annotations

import re

from tests.places import ROOT

PAGE = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")


def figures(pattern: str) -> tuple[int, ...]:
    found = re.search(pattern, PAGE)
    assert found, pattern
    return tuple(map(int, found.groups()))


def test_every_condition_is_shown_to_matter_both_ways_or_says_why_not() -> None:
    both, conditions = figures(r"(\d+) of (\d+) conditions \(")
    (excused,) = figures(r"(\d+) of\s+those not shown both ways have")
    assert both + excused == conditions
    assert "## Not shown to matter both ways" not in PAGE
    assert "a case can be written" not in PAGE.partition("## Mutants")[0]


def test_nineteen_in_twenty_mutants_are_noticed() -> None:
    noticed, mutants = figures(r"(\d+) of (\d+) mutants \(")
    assert noticed >= 0.95 * mutants
