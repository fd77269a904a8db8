"""Answers on which the evidence differs: who says what, as one answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathways.case import Given, Said
from pathways.interview.understand import Answered, Unclear, understand_option
from pathways.rulebook.model import Fact

LONGEST_NAME = 300
LONGEST_NOTE = 2000

_BETWEEN = re.compile(r"\s+(?:or|vs\.?|versus)\s+|\s*;\s*", re.IGNORECASE)


def plain_dispute(fact: Fact) -> Given | None:
    """Disputed, and no more is said; None for a date, which is disputed only between dates."""
    return None if fact.kind == "date" else Given("disputed", fact.answers)


def dispute_of(fact: Fact, sides: Sequence[Said]) -> Given | None:
    """A dispute between sides; the plain one where they do not name two different answers."""
    options = tuple(dict.fromkeys(side.answer for side in sides))
    if len(options) < 2:
        return plain_dispute(fact)
    if fact.kind == "yes-no" and not any(side.by or side.note or side.sources for side in sides):
        return plain_dispute(fact)
    return Given("disputed", options, tuple(sides))


def dispute_between(text: str, fact: Fact) -> Given | Unclear:
    """A dispute typed on one line: ``7 Jan 2026 or 8 Jan 2026``."""
    sides: list[Said] = []
    for part in _BETWEEN.split(text):
        meaning = understand_option(part, fact)
        if not isinstance(meaning, Answered):
            return meaning
        sides.append(Said(meaning.given.options[0]))
    if len({side.answer for side in sides}) < 2:
        return Unclear("A dispute is between two different answers. Type both, with `or` between them.")
    made = dispute_of(fact, sides)
    assert made is not None, "two different answers are a dispute"
    return made


def name_of(typed: str, longest: int = LONGEST_NAME) -> str:
    """Typed words as they may stand in a file: one line, not too long, and nothing that a file may not hold."""
    from pathways.yamlfile import forbidden_character

    # Noncharacters are refused by YAML itself.
    plain = "".join(
        " " if sign.isspace() else "\ufffd" if forbidden_character(sign) or ord(sign) & 0xFFFE == 0xFFFE else sign
        for sign in typed
    )
    return " ".join(plain.split())[:longest].strip()
