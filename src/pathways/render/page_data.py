"""A page as plain data, nested: for JSON, and for the template that sets it on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pathways.render.data import head
from pathways.render.inert import inert
from pathways.render.outline import Items, Node, outline
from pathways.render.page import Heading, Page, Para, Table, Way, work_line


def page_data(page: Page) -> list[dict[str, Any]]:
    """The blocks of a page: ``kind`` is ``heading``, ``para``, ``list``, ``table`` or ``way``."""
    return _nodes(outline(page.blocks))


def whole_page_data(page: Page, more: Mapping[str, object]) -> dict[str, Any]:
    """A page and its sources as data, with the head of every output and what else is known of it."""
    sources = [
        {"number": number, "id": work, "text": inert(work_line(page.rulebook, work, named=False)[0])}
        for work, number in page.numbers.items()
    ]
    about = {key: value for key, value in head(page.rulebook).items() if key != "law_is_old"}
    return {**about, **more, "blocks": page_data(page), "sources": sources}


def _nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    return [_node(node) for node in nodes]


def _node(node: Node) -> dict[str, Any]:
    if isinstance(node, Items):
        items = [{**_inert(item.para), "below": _nodes(item.below)} for item in node.items]
        return {"kind": "list", "style": node.kind, "items": items}
    kinds = {Heading: "heading", Para: "para", Table: "table", Way: "way"}
    return {"kind": kinds[type(node)], **_inert(node)}


def _inert(data: Any) -> Any:
    """The same as plain values, with every text made inert.

    Names from rule files know their place; here they are texts like any other.
    """
    if isinstance(data, str):
        return str(inert(data))
    if is_dataclass(data):
        return {one.name: _inert(getattr(data, one.name)) for one in fields(data)}
    if isinstance(data, list | tuple):
        return [_inert(value) for value in data]
    return data
