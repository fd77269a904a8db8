"""The format of letters, as shapes. What it means stands in docs/rule-format.md."""

from __future__ import annotations

import re
from typing import Any

from pathways.diagnostics import Name, Place
from pathways.patterns import FACT_ID, ID, name_of
from pathways.record import record
from pathways.rulebook.drafting import (
    CONDITION,
    LABEL,
    OPTION,
    OWN_SOURCES,
    PROSE,
    draft,
)
from pathways.rulebook.letter import HERE, Blank
from pathways.shapes import BAD, Either, Fields, Flag, ListOf, MapOf, Reading, Shape, Text, Whole, optional
from pathways.yamlfile import Node

#: A blank, an answer, or a sign of one that is not whole.
_PIECE = re.compile(r"\[([^\[\]{}]*)\]|\{([^\[\]{}]*)\}|[\[\]{}]")
_WHOLE = "`[a blank]`, or an answer by the name of its question such as `{topic.name}`"


@record
class TemplateShape(Shape):
    """A text with blanks in ``[brackets]`` and answers in ``{braces}``.

    Read to a tuple of texts, blanks and names of questions, which know their places.
    """

    longest: int = 4000
    expected: str = "text"

    def read(self, node: Node, at: Reading) -> Any:
        text = Text(self.longest).read(node, at)
        if text is BAD:
            return BAD
        pieces: list[str | Blank | Name] = []
        end, bad = 0, False
        for found in _PIECE.finditer(text):
            pieces.append(text[end : found.start()])
            end = found.end()
            blank, fact = found.groups()
            place = _place_of(found.group(), text.count(found.group(), 0, found.start()), node, at)
            if blank is not None and blank.strip():
                pieces.append(Blank(blank.strip()))
            elif fact is not None and re.fullmatch(FACT_ID.pattern, fact.strip()):
                pieces.append(Name(fact.strip(), place))
            else:
                at.problems.error("bad-blank", f"`{found.group()}` is no blank and no answer", place, help=_WHOLE)
                bad = True
        pieces.append(text[end:])
        return BAD if bad else tuple(piece for piece in pieces if piece)


def _place_of(written: str, before: int, node: Node, at: Reading) -> Place:
    """Where a piece of a text stands, after ``before`` others that are the same; the text itself where it is broken by
    a line.
    """
    start = at.place(node)
    lines = at.file.text.split("\n")
    for number in range(node.start_mark.line, min(node.end_mark.line + 1, len(lines))):
        column = node.start_mark.column if number == node.start_mark.line else 0
        while (column := lines[number].find(written, column)) >= 0:
            if not before:
                inner = len(written) > 1
                return Place(start.file, number + 1, column + 1 + inner, max(1, len(written) - 2 * inner))
            before, column = before - 1, column + len(written)
    return start


@record
class FormShape(Shape):
    """Words around an answer, such as ``on {}``."""

    expected = f"words with `{HERE}` once, where the answer stands"

    def read(self, node: Node, at: Reading) -> Any:
        text = Text(300).read(node, at)
        if text is BAD:
            return BAD
        if text.count(HERE) != 1 or set(text.replace(HERE, "")) & set("[]{}"):
            at.problems.error("bad-blank", f"expected {self.expected}, found `{text}`", at.place(node))
            return BAD
        return text


@record
class PlainShape(Shape):
    """Words that become part of a letter as they stand, or the label of a blank: without the signs of blanks."""

    expected: str = "words without brackets and braces"

    def read(self, node: Node, at: Reading) -> Any:
        text = LABEL.read(node, at)
        if text is not BAD and set(text) & set("[]{}"):
            at.problems.error("bad-blank", f"expected {self.expected}, found `{text}`", at.place(node))
            return BAD
        return text


TEXT = TemplateShape()
LINES = ListOf(TemplateShape(300))

WORDING = draft(
    "how an answer reads",
    asks=PlainShape(),
    says=optional(Either(scalar=FormShape(), mapping=MapOf(OPTION, PlainShape()))),
)
ITEM = draft(
    "an item",
    id=ID,
    text=TEXT,
    when=optional(CONDITION),
    sources=OWN_SOURCES,
    practical=optional(Flag(), False),
)
PASSAGE = draft(
    "a passage",
    id=ID,
    title=LABEL,
    text=TEXT,
    items=optional(ListOf(ITEM), ()),
    when=optional(CONDITION),
    sources=OWN_SOURCES,
    practical=optional(Flag(), False),
)


def letter_shape(remark: Fields) -> Fields:
    """A letter; ``remark`` is the shape of what is said about it."""
    return draft(
        "a letter",
        letter=ID,
        title=LABEL,
        order=Whole(0, 999),
        reviewed_by_lawyer=Flag(),
        for_=PROSE,
        about=ListOf(name_of("avenue")),
        useful_when=optional(CONDITION),
        sources=OWN_SOURCES,
        headings=optional(Flag(), False),
        from_=LINES,
        to=LINES,
        subject=TemplateShape(300),
        answers=optional(MapOf(FACT_ID, WORDING), {}),
        passages=ListOf(PASSAGE),
        needs=ListOf(remark),
        before_sending=ListOf(remark),
    )
