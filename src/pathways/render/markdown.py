"""Writing a page as Markdown. Text from files shows as itself: nothing in it is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.render.inert import inert_markdown
from pathways.render.page import Block, Heading, Page, Para, Space, Table, Way


def page_markdown(page: Page) -> str:
    """A page as Markdown."""
    lines: list[str] = []
    in_list = False
    items: dict[int, int] = {}  # Where the text of the last item of each depth begins.
    for block in _flat(page.blocks):
        if isinstance(block, Space):
            continue
        if isinstance(block, Heading):
            lines += ["", f"{'#' * block.level} {inert_markdown(block.text)}", ""]
            in_list = False
            continue
        if isinstance(block, Table):
            in_list = False
            lines += [*([""] if lines[-1:] != [""] else []), *_table(block)]
            continue
        label = f"**{inert_markdown(block.label)}:** " if block.label else ""
        cites = f" \\[{block.cited}\\]" if block.cites else ""
        text = f"{label}{inert_markdown(block.text)}{cites}".rstrip()
        if block.bullet:
            mark = f"{block.bullet} " if block.bullet.rstrip(".").isdigit() else "- "
            shown = f"\\{block.bullet[:-1]}\\] " if block.bullet.startswith("[") else ""
            if not in_list and lines and lines[-1]:
                lines.append("")
            lines.append(f"{'  ' * block.depth}{mark}{shown}{text}")
            items[block.depth] = 2 * block.depth + len(mark)
            in_list = True
        else:
            if lines and lines[-1]:
                lines.append("")
            in_list = in_list and block.depth > 0 and block.depth - 1 in items
            lines.append(" " * items[block.depth - 1] + text if in_list else text)
    return "\n".join(lines).strip("\n") + "\n"


def _flat(blocks: Iterable[Block]) -> Iterator[Heading | Para | Space | Table]:
    for block in blocks:
        if isinstance(block, Way):
            yield from block.lines
        else:
            yield block


def _table(table: Table) -> list[str]:
    rows = [[inert_markdown(cell).replace("|", "\\|") for cell in row] for row in (table.columns, *table.rows)]
    rows.insert(1, ["---"] * len(table.columns))
    return [f"| {' | '.join(row)} |" for row in rows]
