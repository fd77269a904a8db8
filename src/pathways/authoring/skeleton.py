"""A file to begin with: every key of an avenue, a fact or a finding, explained, with blanks where something is missing.

Made from the shape that the file is read by, so that it holds just the keys there are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from pathways.authoring.keys import key_words
from pathways.rulebook import formats
from pathways.shapes import BLANK, Either, Field, Fields, Flag, ListOf, MapOf, Shape, Word

_WIDTH = 110
_INDENT = "  "
#: Keys that a file may lack and still be read, but that `rules check` asks for.
_WANTED = {
    ("a fact", "help"),
    ("a fact", "find_out"),
    ("a file of facts", "sources"),
    ("a file of findings", "sources"),
}
#: What no new file can say yes to.
_AT_FIRST_NO = ("reviewed_by_lawyer",)
_HEAD = (
    f"Fill in every blank ({BLANK}): `pathways rules check` lists those that are left. A key with # right before it",
    "may be left out. To use it, take the # away, there and in the lines that belong to it.",
)


def avenue_file(name: str) -> str:
    """A file for a new avenue."""
    return _file(formats.AVENUE, {"avenue": name})


def fact_file(name: str) -> str:
    """A file for a new fact in a new topic."""
    lines = _Lines({"topic": name.partition(".")[0]}, name)
    return _text([*_heading(), *lines.of(formats.FACTS)])


def finding_file(name: str) -> str:
    """A file for a new finding."""
    return _text([*_heading(), *_Lines({}, name).of(formats.FINDINGS)])


def fact_block(name: str, indent: str, sourced: bool) -> str:
    """A new fact to stand below others; ``sourced`` says that their file names sources for all."""
    lines = _Lines({}, name, () if sourced else (("a fact", "sources"),))
    block = [*lines.of(formats.FACTS.fields["facts"].item)]  # type: ignore[union-attr]
    return _text([f"{indent}{line}".rstrip() for line in [f"{name}:", *(_INDENT + line for line in block)]])


def _file(shape: Fields, known: Mapping[str, str]) -> str:
    return _text([*_heading(), *_Lines(known).of(shape)])


def _heading() -> list[str]:
    return [*(f"# {line}" for line in _HEAD), ""]


def _text(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Lines:
    """The lines of a file. What a key says is said once."""

    def __init__(self, known: Mapping[str, str], name: str = BLANK, wanted: tuple[tuple[str, str], ...] = ()) -> None:
        self.known = known
        self.name = name
        self.wanted = {*_WANTED, *wanted}
        self._said: set[str] = set()

    def of(self, shape: Fields) -> Iterator[str]:
        """A mapping with fixed keys: those that are needed, and as comments those that may be left out."""
        for key, field in shape.fields.items():
            inner = field.shape if isinstance(field, Field) else field
            needed = _needed(field) or (shape.what, key) in self.wanted
            if not needed and key in _AT_FIRST_NO:
                continue
            yield from self._comment(shape.what, key, inner)
            lines = self._entry(key, inner)
            yield from lines if needed else (f"#{line}" for line in lines)

    def _comment(self, what: str, key: str, shape: Shape) -> Iterator[str]:
        said = key_words(what, key)
        if words := _words(shape):
            said += f" One of: {', '.join(words)}."
        if said not in self._said:
            self._said.add(said)
            yield from (f"# {line}" for line in textwrap.wrap(said, _WIDTH - 20))

    def _entry(self, key: str, shape: Shape) -> list[str]:
        if key in self.known:
            return [f"{key}: {self.known[key]}"]
        if isinstance(shape, Fields) and not any(map(_needed, shape.fields.values())):
            return [f"{key}: {{{', '.join(f'{inner}: {BLANK}' for inner in shape.fields)}}}"]
        if isinstance(shape, Fields):
            return [f"{key}:", *(_INDENT + line for line in self.of(shape))]
        if isinstance(shape, ListOf) and isinstance(shape.item, Fields):
            return [f"{key}:", *_item(list(self.of(shape.item)))]
        if isinstance(shape, ListOf):
            return [f"{key}: [{BLANK}]"]
        if isinstance(shape, MapOf) and isinstance(shape.item, Fields):
            inner = (2 * _INDENT + line for line in self.of(shape.item))
            return [f"{key}:", f"{_INDENT}{self.name}:", *inner]
        if isinstance(shape, MapOf):
            return [f"{key}:", f"{_INDENT}{BLANK}: {BLANK}"]
        return [f"{key}: {'no' if key in _AT_FIRST_NO else 'yes'}"] if isinstance(shape, Flag) else [f"{key}: {BLANK}"]


def _needed(field: Field | Shape) -> bool:
    return not isinstance(field, Field) or field.required


def _item(lines: list[str]) -> list[str]:
    """The lines of a mapping as an item of a list: the dash stands before its first key."""
    first = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    return [(_INDENT + "- " if at == first else 2 * _INDENT) + line for at, line in enumerate(lines)]


def _words(shape: Shape) -> tuple[str, ...]:
    """The words of which one stands here."""
    if isinstance(shape, Either) and shape.scalar:
        shape = shape.scalar
    return shape.words if isinstance(shape, Word) else ()
