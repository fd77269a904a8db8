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
from pathways.rulebook.references import split_pinpoint

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

    ``label`` is shown before the text; ``cites`` names sources by number, with line or paragraph; ``depth`` is how
    far it is set in.
    """

    text: str
    cites: str = ""
    label: str = ""
    bullet: str = ""
    depth: int = 0
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings. Where a page is too narrow for it, each row is an item with its cells in turn."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[Tone, ...] = ()


Block = Heading | Para | Space | Table


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
        self,
        text: str,
        sources: Iterable[str] = (),
        *,
        bullet: str = "-",
        label: str = "",
        depth: int = 0,
        tone: Tone = "",
    ) -> None:
        """Add an item of a list."""
        self.blocks.append(Para(text, self.cite(sources), label, bullet, depth, tone))

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[str]], tones: Iterable[Tone] = ()) -> None:
        """Add a table."""
        self.blocks.append(Table(tuple(columns), tuple(tuple(row) for row in rows), tuple(tones)))

    def space(self) -> None:
        """Add an empty line."""
        if self.blocks and not isinstance(self.blocks[-1], Space):
            self.blocks.append(Space())

    def cite(self, sources: Iterable[str]) -> str:
        """These sources by their numbers on this page, each with its lines or paragraphs: ``1:29-30, 94; 12(b)(1)``."""
        found: dict[int, list[str]] = {}
        for reference in sources:
            work, pinpoint = split_work(str(reference))
            number = self.numbers.setdefault(work, len(self.numbers) + 1)
            found.setdefault(number, []).append(self._pinpoint(work, pinpoint))
        return "; ".join(_cited(number, found[number]) for number in sorted(found))

    def _pinpoint(self, work: str, pinpoint: str) -> str:
        document = self.rulebook.documents.get(work)
        return document.propositions[pinpoint].lines if document else pinpoint

    def list_sources(self) -> None:
        """Add the list of everything cited so far, with how each was checked."""
        if not self.numbers:
            return
        self.heading(2, "Sources")
        self.para(
            "Numbers in brackets name these; after a colon stand the lines of the document. "
            "What each says, in our words, with its link and how it was checked: pathways sources NAME.",
            tone="quiet",
        )
        for work, number in self.numbers.items():
            text, tone = work_line(self.rulebook, work)
            self.item(text, bullet=f"[{number}]", tone=tone)


def split_work(reference: str) -> tuple[str, str]:
    """A reference as the work it names (a document or an authority) and the place in it."""
    document, mark, proposition = reference.partition("#")
    return (document, proposition) if mark else split_pinpoint(reference)


def _cited(number: int, pinpoints: list[str]) -> str:
    unique = list(dict.fromkeys(pinpoints))
    if "" in unique:
        return str(number)
    if unique[0].startswith("("):
        return ", ".join(f"{number}{pinpoint}" for pinpoint in unique)
    return f"{number}:" + ", ".join(sorted(unique, key=lambda lines: int(lines.partition("-")[0])))


def work_line(rulebook: Rulebook, work: str) -> tuple[str, Tone]:
    """A document or authority in a line: citation, how it was checked, later history, and its name."""
    document = rulebook.documents.get(work)
    if document is not None:
        named = ", ".join([document.title, *document.published])
        return (
            f"{named}. {document.kind.capitalize()}, a secondary source. {work}",
            "",
        )
    authority = rulebook.authorities[work]
    history = f" History: {authority.history.rstrip('.')}." if authority.history else ""
    tone: Tone = "warning" if authority.seen == "not seen" else ""
    return f"{authority.cite}: {SEEN[authority.seen]}.{history} {work}", tone
