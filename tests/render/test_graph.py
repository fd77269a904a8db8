"""Pictures: what they hold, that hostile text is only text in them, and that they can be read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from pathways.render.graph import Graph, avenue_graph, starters_graph
from pathways.render.graph_text import dot, mermaid
from pathways.render.svg import WIDTH, Mark, svg
from pathways.rulebook import Rulebook, load_rulebook
from tests.cli.process import inside
from tests.places import GARDEN, ROOT, RULEBOOKS, shipped_rulebook

DEPOSIT = RULEBOOKS / "deposit"
NS = "{http://www.w3.org/2000/svg}"
#: Where a letter of the usual sans-serif fonts is widest: a line of text is no wider than this.
WIDEST = 0.62


def pictures(rulebook: Rulebook) -> dict[str, Graph]:
    return {"": starters_graph(rulebook), **{name: avenue_graph(one) for name, one in rulebook.avenues.items()}}


ALL = {
    f"{book}/{name}": graph
    for book, rulebook in (("shipped", shipped_rulebook()), ("deposit", load_rulebook(DEPOSIT)))
    for name, graph in pictures(rulebook).items()
}


def texts(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{NS}text"))


@pytest.mark.parametrize("name", ALL)
def test_an_svg_says_everything_once_in_its_place_and_inside_the_page(name: str) -> None:
    graph = ALL[name]
    root = ET.fromstring(svg(graph))
    assert root.find(f"{NS}title").text == graph.title  # type: ignore[union-attr]
    assert root.find(f"{NS}desc").text == graph.shows  # type: ignore[union-attr]
    assert root.get("role") == "img"
    height = int(root.get("height", "0"))
    words = " ".join(one.text or "" for one in root.iter(f"{NS}text"))
    assert all(node.text in words for node in graph.nodes if node.shape != "start")
    for box in root.iter(f"{NS}rect"):
        x, y = (int(box.get(key, "0")) for key in "xy")
        assert x >= 0
        assert x + int(box.get("width", "0")) <= WIDTH
        assert y + int(box.get("height", "0")) <= height
    for text in root.iter(f"{NS}text"):
        wide = len(text.text or "") * int(text.get("font-size", "15")) * WIDEST
        start = int(text.get("x", "0")) - (wide / 2 if text.get("text-anchor") else 0)
        assert start >= 0
        assert start + wide <= WIDTH


@pytest.mark.parametrize("name", ALL)
def test_boxes_do_not_lie_on_one_another(name: str) -> None:
    boxes = []
    for group in ET.fromstring(svg(ALL[name])).iter(f"{NS}g"):
        shape = group[0]
        if shape.tag == f"{NS}rect":
            x, y, wide, high = (int(shape.get(key, "0")) for key in ("x", "y", "width", "height"))
        else:
            # M x y H right L right-most middle L right bottom …
            numbers = [int(number) for number in re.findall(r"-?\d+", shape.get("d", ""))]
            x, y, wide, high = numbers[7], numbers[1], numbers[3] - numbers[7], numbers[6] - numbers[1]
        boxes.append((x, y, x + wide, y + high))
    assert boxes
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("name", ALL)
def test_every_arrow_of_a_picture_stands_in_mermaid_and_in_dot(name: str) -> None:
    graph = ALL[name]
    for edge in graph.edges:
        label = f"|{edge.label}|" if edge.label else ""
        assert f"  {edge.start} -->{label} {edge.end}\n" in mermaid(graph)
        assert f'"{edge.start}" -> "{edge.end}"' in dot(graph)
    ids = [node.id for node in graph.nodes]
    assert len(ids) == len(set(ids))
    assert {end for edge in graph.edges for end in (edge.start, edge.end)} <= set(ids)


def test_gates_come_in_the_order_in_which_they_count() -> None:
    graph = avenue_graph(load_rulebook(DEPOSIT).avenues["claim"])
    assert [node.key for node in graph.nodes] == [
        "element:nothing-owed",
        "element:asked",
        "deadline:file",
        "hurdle:written-reasons",
        "closed",
        "contested",
        "open",
    ]
    ends = [(edge.label, edge.end) for edge in graph.edges if edge.start in ("g3", "g4")]
    assert ends == [("not missed", "g4"), ("missed", "closed"), ("does not arise", "open"), ("arises", "contested")]


def hostile() -> Graph:
    nasty = '</text><script>alert(1)</script> "]; evil -->|x| y \\N `md` #quot; & <b>\x1b[31m\n%% {{a}} ]]>'
    graph = avenue_graph(load_rulebook(DEPOSIT).avenues["claim"])
    nodes = tuple(type(node)(node.id, nasty, node.shape, node.key) for node in graph.nodes)
    return Graph(nasty, nasty, nodes, graph.edges)


def test_hostile_text_stays_text_in_svg() -> None:
    drawn = svg(hostile(), {"open": Mark("<&>", "open")})
    root = ET.fromstring(drawn)
    assert {one.tag.removeprefix(NS) for one in root.iter()} <= {
        "svg", "title", "desc", "defs", "marker", "path", "rect", "g", "text",
    }  # fmt: skip
    assert "\x1b" not in drawn
    assert not [key for one in root.iter() for key in one.attrib if key.startswith("on")]


def test_hostile_text_stays_text_in_mermaid_and_dot() -> None:
    drawn = mermaid(hostile())
    plain = mermaid(avenue_graph(load_rulebook(DEPOSIT).avenues["claim"]))
    assert len(drawn.splitlines()) == len(plain.splitlines())
    for line in drawn.splitlines()[1:]:
        assert re.fullmatch(r'  \S+(\(\[|\[|\{\{)"[^"<>`\\]*"(\]\)|\]|\}\})|  \S+ -->\|[a-z ]+\| \S+', line), line
    for line in dot(hostile()).splitlines():
        # Outside quotes nothing of it is left; inside every quote and backslash is escaped.
        outside = re.sub(r'"(?:[^"\\]|\\["\\n])*"', "", line)
        assert not re.search(r"script|evil|N", outside), line
        assert '"' not in outside


def test_a_mark_is_written_in_words_and_not_only_in_color() -> None:
    graph = avenue_graph(load_rulebook(DEPOSIT).avenues["claim"])
    marked = svg(graph, {"element:asked": Mark("Here: not known yet", "undetermined")})
    said = [one.text for one in texts(marked)]
    assert "Here: not known yet" in said
    assert "Here: not known yet" not in svg(graph)
    box = next(g for g in ET.fromstring(marked).iter(f"{NS}g") if g.get("data-key") == "element:asked")
    assert [one.text for one in box.iter(f"{NS}text")][-1] == "Here: not known yet"
    assert box[0].get("stroke-width") == "3"


def test_the_pictures_in_the_docs_are_what_the_command_draws() -> None:
    page = (ROOT / "docs" / "tree.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^```mermaid\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    avenues = sorted(shipped_rulebook().avenues.values(), key=lambda one: (one.order, one.id))
    assert drawn == [inside("rules", "graph").out, *(inside("rules", "graph", one.id).out for one in avenues)]


def test_the_command_draws_in_three_languages_and_knows_near_names() -> None:
    book = ("--rules", GARDEN)
    assert inside("rules", "graph", "cut-back", *book).out.startswith("flowchart TD\n")
    assert inside("rules", "graph", "cut-back", "--format", "dot", *book).out.startswith("digraph ")
    assert inside("rules", "graph", "cut-back", "--format", "svg", *book).out.startswith("<svg ")
    wrong = inside("rules", "graph", "cut-bakc", *book)
    assert wrong.code == 2
    assert "Did you mean `cut-back`?" in wrong.err
