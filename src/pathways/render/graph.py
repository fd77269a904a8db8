"""The pictures of a rulebook as values: what leads where. Writers of Mermaid, dot and SVG draw them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pathways.record import record
from pathways.render.words import STANDING
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue

#: ``gate``: must hold. ``hurdle``: may arise. ``end``: where it leads. ``start``: where it begins, ``who``: who starts.
Shape = Literal["start", "who", "gate", "hurdle", "end"]


@record
class Node:
    """A box. ``key`` names what it stands for: ``applies``, ``element:id``, ``hurdle:id``, ``deadline:id``, a standing,
    ``avenue:id`` or ``starter:id``.
    """

    id: str
    text: str
    shape: Shape
    key: str


@record
class Edge:
    """An arrow between two boxes, by their ids."""

    start: str
    end: str
    label: str = ""


@record
class Graph:
    """A picture: its title, what it shows in a sentence, boxes in reading order, arrows.

    ``across``: it reads from left to right.
    """

    title: str
    shows: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    across: bool = False


def avenue_graph(avenue: Avenue) -> Graph:
    """One avenue: its gates in the order in which they count, and where each leads.

    What closes it comes before what a court must decide, which counts only if nothing closes the avenue.
    """
    gates = list(_gates(avenue))
    nodes, edges = [], []
    ends: dict[str, None] = {}
    for number, (key, shape, title, on, off, end) in enumerate(gates, 1):
        nodes.append(Node(f"g{number}", title, shape, key))
        edges += [
            Edge(f"g{number}", f"g{number + 1}" if number < len(gates) else "open", on),
            Edge(f"g{number}", end, off),
        ]
        ends[end] = None
    nodes += [Node(end, STANDING[end], "end", end) for end in dict.fromkeys([*ends, "open"])]
    shows = "What must hold, what may stand in the way, and where each leads, in the order in which it counts."
    return Graph(avenue.title, shows, tuple(nodes), tuple(edges))


def _gates(avenue: Avenue) -> Iterator[tuple[str, Shape, str, str, str, str]]:
    """The gates of an avenue: key, shape, title, what leads on, what leads off, and where to."""
    if avenue.applies_when:
        yield "applies", "gate", "Is it about a situation of this kind?", "yes", "no", "not-applicable"
    for element in avenue.requires:
        yield f"element:{element.id}", "gate", element.title, "holds", "does not hold", "closed"
    for hurdle in avenue.hurdles:
        if hurdle.effect == "bars":
            yield f"hurdle:{hurdle.id}", "hurdle", hurdle.title, "does not arise", "arises", "closed"
    for deadline in avenue.deadlines:
        if deadline.can_be_missed and deadline.if_missed == "bars":
            yield f"deadline:{deadline.id}", "hurdle", deadline.title, "not missed", "missed", "closed"
    for hurdle in avenue.hurdles:
        if hurdle.effect == "contests":
            yield f"hurdle:{hurdle.id}", "hurdle", hurdle.title, "does not arise", "arises", "contested"


def starters_graph(rulebook: Rulebook) -> Graph:
    """Who starts what: every avenue beside the one who starts it."""
    nodes = [Node("happened", rulebook.about.title, "start", "")]
    edges = []
    ordered = sorted(rulebook.avenues.values(), key=lambda avenue: (avenue.order, avenue.id))
    for who, words in rulebook.about.starts_with.items():
        avenues = [avenue for avenue in ordered if avenue.starts_with == who]
        if not avenues:
            continue
        starter = f"by_{_plain(who)}"
        nodes.append(Node(starter, words, "who", f"starter:{who}"))
        edges.append(Edge("happened", starter))
        for avenue in avenues:
            nodes.append(Node(f"to_{_plain(avenue.id)}", avenue.short, "end", f"avenue:{avenue.id}"))
            edges.append(Edge(starter, f"to_{_plain(avenue.id)}"))
    return Graph(rulebook.about.title, "Who starts which avenue.", tuple(nodes), tuple(edges), across=True)


def _plain(name: str) -> str:
    return name.replace("-", "_")
