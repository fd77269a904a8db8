"""A page: headings, paragraphs and items with numbered sources. What is shown, before it is text or Markdown.

Builders (:mod:`pathways.render.result` and its neighbours) fill pages; writers (:mod:`pathways.render.text`,
:mod:`pathways.render.markdown`) write them. Strings in a page are plain text, whatever they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pathways.render.words import SEEN
from pathways.rulebook import Rulebook
from pathways.rulebook.references import resolve

Tone = Literal["", "open", "contested", "undetermined", "closed", "not-applicable", "warning", "quiet"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's title."""

    level: int
    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or an item of a list when ``bullet`` is given.

    ``label`` is shown before the text; ``cites`` are numbers of sources; ``depth`` is how far it is set in.
    """

    text: str
    cites: tuple[int, ...] = ()
    label: str = ""
    bullet: str = ""
    depth: int = 0
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


Block = Heading | Para | Space


@dataclass(slots=True)
class Page:
    """Blocks in order, and the sources they cite, numbered as they come."""

    rulebook: Rulebook
    blocks: list[Block] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def heading(self, level: int, text: str, tone: Tone = "") -> None:
        """Add a heading."""
        self.blocks.append(Heading(level, text, tone))

    def para(self, text: str, sources: Iterable[str] = (), *, label: str = "", depth: int = 0, tone: Tone = "") -> None:
        """Add a paragraph."""
        self.blocks.append(Para(text, self.cite(sources), label, "", depth, tone))

    def item(
        self, text: str, sources: Iterable[str] = (), *, bullet: str = "-", label: str = "", depth: int = 0, tone: Tone = ""
    ) -> None:
        """Add an item of a list."""
        self.blocks.append(Para(text, self.cite(sources), label, bullet, depth, tone))

    def space(self) -> None:
        """Add an empty line."""
        if self.blocks and not isinstance(self.blocks[-1], Space):
            self.blocks.append(Space())

    def cite(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these sources on this page."""
        return tuple(sorted({self.numbers.setdefault(str(source), len(self.numbers) + 1) for source in sources}))

    def list_sources(self) -> None:
        """Add the list of everything cited so far, with how each was checked."""
        if not self.numbers:
            return
        self.heading(2, "Sources")
        self.para("Each says how it was checked. For what a source says, in our words: pathways sources ID.", tone="quiet")
        for reference, number in self.numbers.items():
            source = resolve(self.rulebook, reference)
            document = source.kind == "document"
            parts = [f"{source.cite}."]
            if not document and source.title and source.title not in source.cite:
                parts.append(f"{source.title}.")
            if source.history:
                parts.append(f"History: {source.history.rstrip('.')}.")
            if document:
                kind = self.rulebook.documents[reference.partition("#")[0]].kind
                parts.append(f"{kind.capitalize()}, a secondary source.")
            else:
                checked = f", {source.checked}" if source.checked else ""
                parts.append(f"{SEEN[source.seen][0].upper()}{SEEN[source.seen][1:]}{checked}.")
            if source.link:
                parts.append(source.link)
            parts.append(f"({reference})")
            tone: Tone = "warning" if source.seen == "not seen" else ""
            self.item(" ".join(parts), bullet=f"[{number}]", tone=tone)
