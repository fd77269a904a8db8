"""A page as its formats nest it: lists with what belongs to each item, headings for what is only a label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pathways.render.page import Block, Heading, Para, Space, Table, Way


@dataclass(slots=True)
class Item:
    """An item of a list, and what belongs to it."""

    para: Para
    below: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Items:
    """A list: ``plain``, ``numbered``, or ``sources``, whose items are numbered as the text cites them."""

    kind: str
    items: list[Item] = field(default_factory=list)


Node = Heading | Para | Table | Way | Items


def outline(blocks: Iterable[Block]) -> list[Node]:
    """The blocks of a page, nested. A paragraph that is only a label becomes a heading of the next level down."""
    nodes: list[Node] = []
    level = 1
    # The lists that are open, from the outermost, each with its depth in the page.
    lists: list[tuple[int, Items]] = []
    for block in blocks:
        if isinstance(block, Para) and (block.bullet or (block.depth and lists)):
            _take(block, lists, nodes)
            continue
        if isinstance(block, Space):
            continue
        lists = []
        if isinstance(block, Heading):
            level = block.level
            nodes.append(block)
        elif isinstance(block, Para) and block.label and not block.text:
            nodes.append(Heading(level + 1, block.label, block.tone))
        else:
            nodes.append(block)
    return nodes


def _take(para: Para, lists: list[tuple[int, Items]], nodes: list[Node]) -> None:
    """Put an item, or a paragraph that belongs to one, where its depth says."""
    kind = _kind(para.bullet)
    while lists and (
        lists[-1][0] > para.depth or (para.bullet and lists[-1][0] == para.depth and lists[-1][1].kind != kind)
    ):
        lists.pop()
    if not para.bullet:
        while len(lists) > 1 and lists[-1][0] >= para.depth:
            lists.pop()
        lists[-1][1].items[-1].below.append(para)
        return
    if not lists or lists[-1][0] < para.depth:
        made = Items(kind)
        (lists[-1][1].items[-1].below if lists else nodes).append(made)
        lists.append((para.depth, made))
    lists[-1][1].items.append(Item(para))


def _kind(bullet: str) -> str:
    if bullet.startswith("["):
        return "sources"
    return "numbered" if bullet.rstrip(".").isdigit() else "plain"
