"""Writing a page as text for a terminal or a pipe: linear, wrapped, no box characters, no repainting."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from pathways.assessment import Assessment
from pathways.render.inert import inert
from pathways.render.page import Heading, Page, Para, Space, Table, Tone, Way

_TONES: dict[Tone, Style] = {
    "": Style(),
    "open": Style(color="green", bold=True),
    "contested": Style(color="yellow", bold=True),
    "undetermined": Style(color="cyan", bold=True),
    "closed": Style(color="red", bold=True),
    "not-applicable": Style(dim=True),
    "warning": Style(color="yellow"),
    "quiet": Style(dim=True),
}
_BOLD = Style(bold=True)
#: So many columns a wrapped column of a table needs.
_LEAST_WIDTH = 16


def assessment_text(assessments: Sequence[Assessment], width: int, color: bool) -> str:
    """The result of ``run`` and ``ask`` as text."""
    from pathways.render.result import result_page

    return page_text(result_page(assessments), width, color)


def page_text(page: Page, width: int, color: bool) -> str:
    """A page as text, wrapped to ``width`` columns."""
    sink = io.StringIO()
    console = Console(
        file=sink,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for block in page.blocks:
        if isinstance(block, Space):
            console.print()
        elif isinstance(block, Heading):
            _heading(console, block)
        elif isinstance(block, Table):
            _table(console, block)
        elif isinstance(block, Way):
            for line in block.lines:
                _para(console, line)
        else:
            _para(console, block)
    lines = [line.rstrip() for line in sink.getvalue().split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def _heading(console: Console, heading: Heading) -> None:
    if heading.level > 1:
        console.print()
    text = inert(heading.text)
    style = _TONES[heading.tone] + _BOLD
    for line in Text(text, style, overflow="ignore").wrap(console, console.width):
        line.rstrip()
        console.print(line, soft_wrap=True)
    console.print(("=" if heading.level == 1 else "-") * min(console.width, max(8, len(text))), soft_wrap=True)


def _para(console: Console, para: Para) -> None:
    # A word longer than the line (an address, a name) stays whole, so that it can be copied.
    text = Text(overflow="ignore")
    if para.label:
        text.append(f"{inert(para.label)}: ", _BOLD)
    text.append(inert(para.text), _TONES[para.tone])
    if para.cites:
        text.append(f" [{para.cited}]", _TONES["quiet"])
    first = "  " * para.depth + (f"{para.bullet} " if para.bullet else "")
    hanging = " " * len(first) if para.bullet else "  " * para.depth
    room = max(20, console.width - len(first))
    for number, line in enumerate(text.wrap(console, room)):
        line.rstrip()
        console.print(Text(first if number == 0 else hanging) + line, soft_wrap=True)


def _table(console: Console, table: Table) -> None:
    """Columns as wide as they need; where that is too much the widest are wrapped; where it is far too much, items."""
    rows = [tuple(inert(cell) for cell in row) for row in table.rows]
    heads = tuple(inert(head) for head in table.columns)
    plain: Tone = ""
    tones = table.tones or (plain,) * len(rows)
    needed = [max(cell_len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    widths = _widths(needed, heads, console.width)
    if widths is None:
        first = ""
        for row, tone in zip(rows, tones, strict=True):
            # Where the first cell is empty the row belongs to the one above it.
            first = row[0] or first
            row = (first, *row[1:])
            named = [f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell]
            _para(console, Para("; ".join(named), bullet="-", tone=tone))
        return
    for number, (row, tone) in enumerate(zip((heads, *rows), (plain, *tones), strict=True)):
        style = _BOLD if number == 0 else _TONES[tone]
        wrapped = [
            [line.plain.rstrip() for line in Text(cell or " ", overflow="ignore").wrap(console, width)]
            for cell, width in zip(row, widths, strict=True)
        ]
        for at in range(max(len(lines) for lines in wrapped)):
            cells = (lines[at] if at < len(lines) else "" for lines in wrapped)
            line = "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
            console.print(Text(line.rstrip(), style), soft_wrap=True)


def _widths(widths: list[int], heads: tuple[str, ...], room: int) -> list[int] | None:
    """The widths of columns, the widest made narrower until all fit; None where one would be too narrow to read."""
    room -= 2 * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda at: widths[at])
        if widths[widest] <= max(_LEAST_WIDTH, cell_len(heads[widest])):
            return None
        widths[widest] -= 1
    return widths
