"""Pictures as text for other programs: Mermaid and dot. Text of the rules is never a part of either language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pathways.render.graph import Graph
from pathways.render.inert import inert

_MERMAID = {"start": "([{}])", "who": "[{}]", "gate": "[{}]", "hurdle": "{{{{{}}}}}", "end": "([{}])"}
_DOT = {
    "start": 'shape=box, style="rounded,bold"',
    "who": "shape=box, style=bold",
    "gate": "shape=box",
    "hurdle": "shape=hexagon",
    "end": "shape=box, style=rounded",
}
#: What means something inside a quoted label of Mermaid, which knows no backslash.
_ENTITIES = {sign: f"#{ord(sign)};" for sign in "#&<>`\\"} | {'"': "#quot;"}
_DOT_WIDTH = 32


def mermaid(graph: Graph) -> str:
    """A picture as a Mermaid flowchart."""
    return "\n".join(_mermaid(graph)) + "\n"


def _mermaid(graph: Graph) -> Iterator[str]:
    yield f"flowchart {'LR' if graph.across else 'TD'}"
    for node in graph.nodes:
        yield f"  {node.id}{_MERMAID[node.shape].format(_label(node.text))}"
        for edge in (edge for edge in graph.edges if edge.start == node.id):
            yield f"  {edge.start} -->{f'|{edge.label}|' if edge.label else ''} {edge.end}"


def _label(text: str) -> str:
    return '"' + "".join(_ENTITIES.get(sign, sign) for sign in inert(text)) + '"'


def dot(graph: Graph) -> str:
    """A picture in the language of Graphviz."""
    return "\n".join(_dot(graph)) + "\n"


def _dot(graph: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(graph.title)} {{"
    yield f"  rankdir={'LR' if graph.across else 'TB'};"
    yield f"  label={_quoted(graph.title)}; labelloc=t; fontname=sans;"
    yield "  node [fontname=sans]; edge [fontname=sans];"
    for node in graph.nodes:
        yield f"  {_quoted(node.id)} [label={_quoted(node.text, _DOT_WIDTH)}, {_DOT[node.shape]}];"
    for edge in graph.edges:
        label = f" [label={_quoted(edge.label)}]" if edge.label else ""
        yield f"  {_quoted(edge.start)} -> {_quoted(edge.end)}{label};"
    yield "}"


def _quoted(text: str, width: int = 0) -> str:
    """A quoted string: in dot a backslash begins an escape such as the name of the node."""
    lines = textwrap.wrap(inert(text), width, break_long_words=False) if width else [inert(text)]
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'
