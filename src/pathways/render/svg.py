"""Pictures as SVG: boxes under one another, and beside each where it leads. Made here, with nothing but text.

No program lays the boxes out and no font is measured: each box stands under the one before, and lines are broken by
how wide letters are at most in the usual sans-serif fonts. A picture may be marked with where a case stands.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from pathways.record import record
from pathways.render.graph import Graph, Node
from pathways.render.inert import inert
from pathways.render.page import Tone

WIDTH = 800
_FONT, _SMALL, _TITLE = 15, 13, 19
_LINE, _PAD, _GAP, _EDGE = 20, 12, 34, 24
#: How far the corners of a six-sided box are cut.
_CUT = 10
#: A letter is at most so wide on average in a line of text, as a part of the size of the font.
_LETTER = 0.54
#: Bold letters are wrapped as if they were so much larger.
_BOLDER = 4
_INK = "#111111"
_ARROW = 'fill="none" stroke="#444444" marker-end="url(#head)"'
_TONES: Mapping[Tone, tuple[str, str]] = {
    "": ("#ffffff", "#444444"),
    "open": ("#e3f4e4", "#1d6b25"),
    "contested": ("#fdf3d6", "#8a6100"),
    "undetermined": ("#e2f1f7", "#12607f"),
    "closed": ("#fbe4e2", "#a1231a"),
    "not-applicable": ("#efefef", "#666666"),
    "warning": ("#fdf3d6", "#8a6100"),
    "quiet": ("#efefef", "#666666"),
}
_ENDS: tuple[Tone, ...] = ("open", "contested", "closed", "not-applicable")
#: The end that stands below all gates.
_LAST = "open"


@record
class Mark:
    """How what a box stands for is in a case: in words, which are written under it, and as a tone."""

    words: str
    tone: Tone


def svg(graph: Graph, marks: Mapping[str, Mark] | None = None) -> str:
    """A picture as an SVG document of 800 units in width. ``marks`` are by the keys of nodes."""
    drawing = _Drawing(graph, marks or {})
    body = list(drawing.lines())
    title, shows = escape(inert(graph.title)), escape(inert(graph.shows))
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawing.height}" width="{WIDTH}" '
        f'height="{drawing.height}" role="img" aria-labelledby="title desc" font-family="sans-serif" '
        f'font-size="{_FONT}">',
        f'<title id="title">{title}</title>',
        f'<desc id="desc">{shows}</desc>',
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L10 5L0 10z" fill="#444444"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{drawing.height}" fill="#ffffff"/>',
    ]
    return "\n".join([*head, *body, "</svg>"]) + "\n"


@record
class _Placed:
    """A box in its place."""

    node: Node
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """Half its height down."""
        return self.y + self.height // 2


class _Drawing:
    """The lines of a picture, from the top; ``height`` is where they end."""

    def __init__(self, graph: Graph, marks: Mapping[str, Mark]) -> None:
        self.graph = graph
        self.marks = marks
        self.height = 0
        #: The left column and the right one: where they begin, and how wide they are.
        self.left, self.right = ((_EDGE, 240), (374, 402)) if graph.across else ((_EDGE, 430), (572, 204))

    def lines(self) -> Iterator[str]:
        """Everything that is drawn."""
        y = _GAP // 2
        for line in _wrapped(self.graph.title, WIDTH - 2 * _EDGE, _TITLE + _BOLDER):
            y += 26
            yield _text(_EDGE, y, line, size=_TITLE, bold=True)
        rows = list(self._rows(y + _GAP // 2))
        for number, (box, others) in enumerate(rows):
            yield from self._box(box)
            for label, end in others:
                yield from self._box(end)
                yield from self._across(box, end, label)
            if number + 1 < len(rows):
                yield from self._down(box, rows[number + 1][0])

    def _rows(self, y: int) -> Iterator[tuple[_Placed, list[tuple[str, _Placed]]]]:
        """The boxes of the left column from ``y`` on, each with those beside it and what leads to them."""
        nodes = {node.id: node for node in self.graph.nodes}
        # The title says what the box says in which a picture begins; where all goes well, the last box is below.
        column = [node for node in self.graph.nodes if node.shape not in ("start", "end")]
        column += [nodes[_LAST]] if _LAST in nodes else []
        below = {node.id for node in column}
        for node in column:
            beside = [
                (edge.label, nodes[edge.end])
                for edge in self.graph.edges
                if edge.start == node.id and edge.end not in below
            ]
            height = self._height(node, self.left[1])
            heights = [self._height(end, self.right[1]) for _, end in beside]
            row = max(height, sum(heights) + _PAD * (len(heights) - 1))
            top = y if self.graph.across else y + (row - height) // 2
            box = _Placed(node, self.left[0], top, self.left[1], height)
            others, at = [], y if len(beside) > 1 else box.middle - sum(heights) // 2
            for (label, end), tall in zip(beside, heights, strict=True):
                others.append((label, _Placed(end, self.right[0], at, self.right[1], tall)))
                at += tall + _PAD
            yield box, others
            y = max(y + row, at - _PAD if beside else 0) + _GAP
        self.height = y

    def _across(self, box: _Placed, end: _Placed, label: str) -> Iterator[str]:
        start, stop = box.x + box.width, end.x - 3
        bend = "" if end.middle == box.middle else f"H{start + 24}V{end.middle}"
        yield f'<path d="M{start} {box.middle}{bend}H{stop}" {_ARROW}/>'
        if label:
            yield _text((start + stop) // 2, end.middle - 6, label, size=_SMALL, middle=True)

    def _down(self, box: _Placed, below: _Placed) -> Iterator[str]:
        x, start, stop = box.x + box.width // 2, box.y + box.height, below.y - 3
        for edge in self.graph.edges:
            if (edge.start, edge.end) == (box.node.id, below.node.id):
                yield f'<path d="M{x} {start}V{stop}" {_ARROW}/>'
                yield _text(x + 10, (start + stop) // 2 + 5, edge.label, size=_SMALL)

    def _height(self, node: Node, width: int) -> int:
        return sum(map(len, self._texts(node, width))) * _LINE + 2 * _PAD - 4

    def _texts(self, node: Node, width: int) -> tuple[list[str], list[str]]:
        """The lines of a box, and those of its mark."""
        room = width - 2 * self._margin(node)
        mark = self.marks.get(node.key)
        return _wrapped(node.text, room, _FONT), _wrapped(mark.words, room, _FONT) if mark else []

    def _margin(self, node: Node) -> int:
        return _PAD + (_CUT if node.shape == "hurdle" else 0)

    def _box(self, box: _Placed) -> Iterator[str]:
        node, x, y = box.node, box.x, box.y
        right, bottom = x + box.width, y + box.height
        mark = self.marks.get(node.key)
        usual: Tone = next((tone for tone in _ENDS if tone == node.key), "")
        fill, line = _TONES[mark.tone if mark else usual]
        style = f'fill="{fill}" stroke="{line}" stroke-width="{3 if mark else 1.5}"'
        yield f"<g data-key={quoteattr(node.key)}>"
        if node.shape == "hurdle":
            yield (
                f'<path d="M{x + _CUT} {y}H{right - _CUT}L{right} {box.middle}L{right - _CUT} {bottom}H{x + _CUT}'
                f'L{x} {box.middle}z" {style}/>'
            )
        else:
            corner = 16 if node.shape == "end" else 2
            yield f'<rect x="{x}" y="{y}" width="{box.width}" height="{box.height}" rx="{corner}" {style}/>'
        at = y + _PAD + 12
        for texts, is_mark in zip(self._texts(node, box.width), (False, True), strict=True):
            for text in texts:
                color = line if is_mark else _INK
                yield _text(x + self._margin(node), at, text, bold=is_mark or node.shape == "who", color=color)
                at += _LINE
        yield "</g>"


def _wrapped(text: str, width: int, size: int) -> list[str]:
    """Text in lines that are no wider than ``width`` units."""
    return textwrap.wrap(inert(text), max(8, int(width / (size * _LETTER))), break_long_words=True) or [""]


def _text(
    x: int, y: int, text: str, *, size: int = _FONT, bold: bool = False, middle: bool = False, color: str = _INK
) -> str:
    more = (f' font-size="{size}"' if size != _FONT else "") + (' font-weight="bold"' if bold else "")
    more += ' text-anchor="middle"' if middle else ""
    return f'<text x="{x}" y="{y}" fill="{color}"{more}>{escape(text)}</text>'
