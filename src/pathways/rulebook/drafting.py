"""Mappings as they are read, and the shapes that many formats share."""

from __future__ import annotations

from typing import Any

from pathways.diagnostics import Place
from pathways.patterns import REFERENCE, name_of
from pathways.record import record
from pathways.rulebook.clock import period
from pathways.shapes import BAD, Field, Fields, Kept, ListOf, Pattern, Reading, Shape, Text, optional
from pathways.yamlfile import Node


class Draft(dict[str, Any]):
    """A mapping as read, with its place; names in it still know theirs."""

    place: Place

    def __init__(self, place: Place, /, **values: Any) -> None:
        super().__init__(values)
        self.place = place

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def draft(what: str, /, **fields: Field | Shape) -> Fields:
    """A mapping with fixed keys, read to a :class:`Draft`. A key that is a word of Python takes a trailing ``_``."""
    return Fields(what, {key.rstrip("_"): shape for key, shape in fields.items()}, Draft)


PROSE = Text()
LABEL = Text(300)
SHORT = Text(40, "a text of at most 40 characters")
CONDITION = Kept("a condition")
SOURCES = ListOf(REFERENCE)
OWN_SOURCES = optional(SOURCES, ())
AVENUES = ListOf(name_of("avenue"), empty=True)
VERSION = Pattern(r"[0-9]+(?:\.[0-9]+){1,3}", "a version such as `2026.11.1`")
LINES = Pattern(r"[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?", "a line number or a range such as `115-121`")
OPTION = Pattern(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", "a short name such as `judge-warrant`", "bad-name")


@record
class PeriodShape(Shape):
    """A length of time, read to a :class:`~pathways.rulebook.clock.Period`."""

    expected = "a length of time such as `2 years`, `6 months`, `60 days` or `20 working days`"

    def read(self, node: Node, at: Reading) -> Any:
        text = at.text(node, self.expected)
        if text is BAD:
            return BAD
        return period(str(text)) or at.expected(node, self.expected)


PERIOD = PeriodShape()
