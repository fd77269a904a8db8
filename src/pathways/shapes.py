"""Shapes: what a field of a file may hold, and how it becomes a value.

A shape reads one YAML node. It adds every problem it finds, with place, what was expected and the nearest valid name,
and gives :data:`BAD` for what it cannot read: one run finds everything, in rulebooks, digests and case files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from pathways.diagnostics import Name, Place, Problems, did_you_mean, nearest
from pathways.record import made, record
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode, YamlFile, forbidden_character


class _Bad:
    """The value of what could not be read."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Final = _Bad()
BLANK = "___"  # what stands in a new file where its author has to write something


@record
class Reading:
    """The file being read and where its problems go."""

    file: YamlFile
    problems: Problems
    #: What is to be looked up when every file was read. It is here even if the file as a whole cannot be read.
    kept: list[Later] = made(default_factory=list)
    names: list[tuple[str, Name]] = made(default_factory=list)

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return self.file.place(node)

    def expected(self, node: Node, expected: str, help: str = "") -> _Bad:
        """Say that a node is not what was expected."""
        self.problems.error("wrong-type", f"expected {expected}, found {describe(node)}", self.place(node), help=help)
        return BAD

    def scalar(self, node: Node, expected: str) -> Name | _Bad:
        """The text of a scalar, with its place; empty, null and a blank are refused."""
        text = self.text(node, expected)
        return text if isinstance(text, _Bad) else Name(text, self.place(node))

    def text(self, node: Node, expected: str) -> str | _Bad:
        """The same without its place, which takes as long to find as all else."""
        if not isinstance(node, ScalarNode):
            return self.expected(node, expected)
        text: str = node.value
        # The file has none as they are; only in double quotes can one be written otherwise.
        if node.style == '"' and (found := forbidden_character(text)):
            self.problems.error(
                "control-character",
                f"character U+{ord(found.group()):04X} may not stand in a file: it does not print as itself",
                self.place(node),
            )
            return BAD
        # The C parser says of a plain scalar that its style is "", the Python parser None.
        if not text.strip() or (not node.style and text in ("~", "null", "Null", "NULL")):
            self.problems.error("empty", f"expected {expected}, found nothing", self.place(node))
            return BAD
        if text == BLANK:
            said = f"this blank is to be filled in: expected {expected}"
            self.problems.error("unfilled-blank", said, self.place(node))
            return BAD
        return text


def describe(node: Node) -> str:
    """A node in a few words."""
    if isinstance(node, MappingNode):
        return "a mapping" if node.value else "an empty mapping"
    if isinstance(node, SequenceNode):
        return "a list" if node.value else "an empty list"
    text = str(node.value)
    return f"`{text[:40]}{'…' if len(text) > 40 else ''}`" if text.strip() else "nothing"


class Shape:
    """Something a node can be."""

    expected = "a value"

    def read(self, node: Node, at: Reading) -> Any:
        """The value of ``node``, or :data:`BAD` with problems added."""
        raise NotImplementedError


@record
class Text(Shape):
    """Prose or a label; runs of white space become one space. ``placed``: it knows its place, as a name does."""

    longest: int = 4000
    expected: str = "text"
    placed: bool = False

    def read(self, node: Node, at: Reading) -> Any:
        text = at.text(node, self.expected)
        if isinstance(text, _Bad):
            return BAD
        if len(text) > self.longest:
            at.problems.error("too-long", f"{len(text)} characters; at most {self.longest}", at.place(node))
            return BAD
        plain = " ".join(text.split())
        return Name(plain, at.place(node)) if self.placed else plain


@record
class Pattern(Shape):
    """A scalar of a fixed form; ``pattern`` is a regular expression, compiled when it is first needed."""

    pattern: str
    expected: str
    code: str = "wrong-form"

    def read(self, node: Node, at: Reading) -> Any:
        text = at.scalar(node, self.expected)
        if isinstance(text, _Bad):
            return BAD
        if not re.fullmatch(self.pattern, text):
            at.problems.error(self.code, f"expected {self.expected}, found {describe(node)}", text.place)
            return BAD
        return text


@record
class Whole(Shape):
    """A whole number."""

    least: int
    most: int

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"a whole number from {self.least} to {self.most}"

    def read(self, node: Node, at: Reading) -> Any:
        text = at.text(node, self.expected)
        if isinstance(text, _Bad):
            return BAD
        if not re.fullmatch(r"0|-?[1-9][0-9]{0,5}", text) or not self.least <= int(text) <= self.most:
            return at.expected(node, self.expected)
        return int(text)


_MEANT = {"yes": "yes", "y": "yes", "true": "yes", "on": "yes", "no": "no", "n": "no", "false": "no", "off": "no"}


@record
class Flag(Shape):
    """``yes`` or ``no``."""

    expected = "`yes` or `no`"

    def read(self, node: Node, at: Reading) -> Any:
        text = at.text(node, self.expected)
        if isinstance(text, _Bad):
            return BAD
        if text not in ("yes", "no"):
            hint = _MEANT.get(text.lower(), "")
            at.problems.error(
                "wrong-type",
                f"expected {self.expected}, found {describe(node)}",
                at.place(node),
                help=f"write `{hint}`" if hint else "",
            )
            return BAD
        return text == "yes"


@record
class Word(Shape):
    """One of a fixed list of words."""

    words: tuple[str, ...]
    what: str = "one of"

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"{self.what} " + ", ".join(f"`{word}`" for word in self.words)

    def read(self, node: Node, at: Reading) -> Any:
        text = at.scalar(node, self.expected)
        if isinstance(text, _Bad):
            return BAD
        if text not in self.words:
            at.problems.error(
                "unknown-word",
                f"expected {self.expected}, found {describe(node)}",
                text.place,
                help=did_you_mean(text, self.words),
            )
            return BAD
        return text


@record
class ListOf(Shape):
    """A list; never empty unless ``empty``."""

    item: Shape
    empty: bool = False

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"a list of {self.item.expected}"

    def read(self, node: Node, at: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            return at.expected(node, "a list")
        if not node.value and not self.empty:
            return at.expected(node, "a list with something in it")
        values = [self.item.read(part, at) for part in node.value]
        return BAD if any(value is BAD for value in values) else tuple(values)


LONGEST_NAME = 200


def pairs(node: MappingNode, at: Reading) -> list[tuple[Name, Node]]:
    """Keys and values of a mapping in order; duplicate keys and keys that are not names are problems."""
    return [(Name(name, at.place(key)), value) for name, (key, value) in _named(node, at).items()]


def _named(node: MappingNode, at: Reading) -> dict[str, tuple[Node, Node]]:
    """The same, each name with both of its nodes."""
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        name = at.text(key, "a name")
        if isinstance(name, _Bad):
            continue
        if len(name) > LONGEST_NAME:
            at.problems.error("too-long", f"a name of {len(name)} characters; at most {LONGEST_NAME}", at.place(key))
            continue
        if name in found:
            also = ((at.place(found[name][0]), "first given here"),)
            at.problems.error("duplicate-key", f"`{name}` stands here twice", at.place(key), also=also)
            continue
        found[name] = key, value
    return found


@record
class MapOf(Shape):
    """A mapping whose keys the author chooses; gives a dict in the order written."""

    key: Shape
    item: Shape
    empty: bool = False
    expected = "a mapping"

    def read(self, node: Node, at: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return at.expected(node, "a mapping")
        if not node.value and not self.empty:
            return at.expected(node, "a mapping with something in it")
        found: dict[Name, Any] = {}
        bad = False
        for name, value in pairs(node, at):
            key_node = ScalarNode("", str(name))
            if isinstance(self.key, Pattern) and not re.fullmatch(self.key.pattern, name):
                at.problems.error(
                    self.key.code, f"expected {self.key.expected}, found {describe(key_node)}", name.place
                )
                bad = True
                continue
            read = self.item.read(value, at)
            bad = bad or read is BAD
            found[name] = read
        return BAD if bad else found


@record
class Field:
    """One key of a :class:`Fields` shape. A missing optional field has ``default``."""

    shape: Shape
    required: bool = True
    default: Any = None


def optional(shape: Shape, default: Any = None) -> Field:
    """A field that may be left out."""
    return Field(shape, required=False, default=default)


@record
class Fields(Shape):
    """A mapping with fixed keys; ``build`` makes the value from them and the place.

    ``build`` is called only when every field was read.
    """

    what: str
    fields: Mapping[str, Field | Shape]
    build: Callable[..., Any] = dict
    check: Callable[[dict[str, Any], Place, Reading], None] | None = None

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"{self.what} (a mapping)"

    def read(self, node: Node, at: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return at.expected(node, self.expected)
        values: dict[str, Any] = {}
        meant: set[str] = set()
        bad = False
        written = _named(node, at)
        for name, (key, value) in written.items():
            shape = self.fields.get(name)
            if shape is None:
                near = nearest(name, sorted(set(self.fields).difference(written)))
                meant.add(near)
                at.problems.error(
                    "unknown-key",
                    f"`{name}` is not a key of {self.what}",
                    at.place(key),
                    help=f"did you mean `{near}`?"
                    if near
                    else f"its keys are {', '.join(f'`{key}`' for key in self.fields)}",
                )
                bad = True
                continue
            read = (shape.shape if isinstance(shape, Field) else shape).read(value, at)
            bad = bad or read is BAD
            values[name] = read
        place = at.place(node)
        for name, shape in self.fields.items():
            if name not in values:
                if isinstance(shape, Field) and not shape.required:
                    values[name] = shape.default
                elif name not in meant:
                    at.problems.error("missing-key", f"{self.what} has no `{name}`", place)
                    bad = True
        if bad:
            return BAD
        if self.check is not None:
            before = len(at.problems.found)
            self.check(values, place, at)
            if len(at.problems.found) > before:
                return BAD
        return self.build(place, **values)


@record
class Either(Shape):
    """A scalar, a list or a mapping, each with a shape of its own (or none)."""

    scalar: Shape | None = None
    sequence: Shape | None = None
    mapping: Shape | None = None

    @property
    def expected(self) -> str:  # type: ignore[override]
        return " or ".join(shape.expected for shape in (self.scalar, self.sequence, self.mapping) if shape)

    def read(self, node: Node, at: Reading) -> Any:
        shape = (
            self.scalar
            if isinstance(node, ScalarNode)
            else self.sequence
            if isinstance(node, SequenceNode)
            else self.mapping
        )
        return at.expected(node, self.expected) if shape is None else shape.read(node, at)


@record
class Kept(Shape):
    """The node itself with its reading, for what can be understood only when everything else is known."""

    expected: str = "a value"

    def read(self, node: Node, at: Reading) -> Any:
        later = Later(node, at, self.expected)
        at.kept.append(later)
        return later


@record
class Later:
    """A node to be read in a second pass, and what it was kept as."""

    node: Node
    at: Reading
    expected: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.at.place(self.node)
