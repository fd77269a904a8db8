"""What can be read of a mapping that cannot be read whole: one run then finds all that is wrong with a file."""

from __future__ import annotations

import re
from typing import Any

from pathways.diagnostics import Name
from pathways.shapes import BAD, Field, Fields, MapOf, Pattern, Reading, pairs
from pathways.yamlfile import MappingNode, Node


def all_there_is(shape: Fields, node: Node, at: Reading) -> Any:
    """The value of ``node``; where it cannot be read whole, problems are added and it has what can be read of it.

    What cannot be read is as if it were not written, or None where it has to be.
    """
    read = shape.read(node, at)
    return _fields(shape, node, at) if read is BAD else read


def _fields(shape: Fields, node: Node, at: Reading) -> Any:
    fields = {name: one if isinstance(one, Field) else Field(one) for name, one in shape.fields.items()}
    values = {name: one.default for name, one in fields.items()}
    for name, value in _pairs(node, at):
        if name in fields:
            part = fields[name].shape
            read = part.read(value, at)
            if read is BAD and isinstance(part, MapOf | Fields):
                read = _map(part, value, at) if isinstance(part, MapOf) else _fields(part, value, at)
            if read is not BAD:
                values[str(name)] = read
    return shape.build(at.place(node), **values)


def _map(shape: MapOf, node: Node, at: Reading) -> dict[Name, Any]:
    good = {
        name: shape.item.read(value, at)
        for name, value in _pairs(node, at)
        if not isinstance(shape.key, Pattern) or re.fullmatch(shape.key.pattern, name)
    }
    return {name: read for name, read in good.items() if read is not BAD}


def _pairs(node: Node, at: Reading) -> list[tuple[Name, Node]]:
    """Keys and values; what is wrong with them is known, and each problem is kept once."""
    return pairs(node, at) if isinstance(node, MappingNode) else []
