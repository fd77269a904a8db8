"""A page: headings, paragraphs and items with numbered sources. What is shown, before it is written in some format.

Builders (:mod:`pathways.render.result` and its neighbours) fill pages; writers (:mod:`pathways.render.text`,
:mod:`pathways.render.markdown`, :mod:`pathways.render.html` …) write them and decide nothing. Strings in a page are
plain text, whatever they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pathways.render.words import SEEN, upper
from pathways.rulebook import Rulebook
from pathways.rulebook.references import split_pinpoint
from pathways.rulebook.sources import NOT_GIVEN

Tone = Literal["", "open", "contested", "undetermined", "closed", "not-applicable", "warning", "quiet"]


@dataclass(frozen=True, slots=True)
class Cite:
    """A source by its number on the page, and as it is shown: ``12(b)(1)``, ``1:29-30, 94``."""

    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's title. ``anchor`` is a name by which links reach it."""

    level: int
    text: str
    tone: Tone = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or an item of a list when ``bullet`` is given.

    ``label`` is shown before the text; ``depth`` is how far it is set in. ``to`` is the anchor of a heading that it
    leads to, ``link`` an address outside.
    """

    text: str
    cites: tuple[Cite, ...] = ()
    label: str = ""
    bullet: str = ""
    depth: int = 0
    tone: Tone = ""
    to: str = ""
    link: str = ""

    @property
    def cited(self) -> str:
        """The sources as text: ``1:29-30, 94; 12(b)(1)``."""
        return "; ".join(cite.shown for cite in self.cites)


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings. Where a page is too narrow for it, each row is an item with its cells in turn.

    ``to`` has for each row the anchor of a heading that it leads to, or nothing; ``widths`` are what the columns need,
    one against the other.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[Tone, ...] = ()
    to: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()


Sign = Literal["clear", "decide", "unknown", "stop", "moves"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A station on a way: its sign, what it is, how it stands in words, and whether the standing hangs on it."""

    sign: Sign
    text: str
    state: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A picture: the stations of a way in order, and where it comes out. Its text says the same as its drawing."""

    title: str
    marks: tuple[Mark, ...]
    outcome: str
    tone: Tone

    @property
    def lines(self) -> tuple[Para, ...]:
        """The same in words, for formats without pictures."""
        return tuple(
            Para(f"{mark.state}{HERE if mark.here else ''}.", label=mark.text, bullet="-", depth=1)
            for mark in self.marks
        )


#: What is said of a station on which the standing hangs.
HERE = " (the result hangs on this)"

Block = Heading | Para | Space | Table | Way


@dataclass(slots=True)
class Page:
    """Blocks in order, and the sources they cite, numbered as they come; with or without ``pinpoints``."""

    rulebook: Rulebook
    blocks: list[Block] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    pinpoints: bool = True

    def heading(self, level: int, text: str, tone: Tone = "", anchor: str = "") -> None:
        """Add a heading."""
        self.blocks.append(Heading(level, text, tone, anchor))

    def para(
        self,
        text: str,
        sources: Iterable[str] = (),
        *,
        label: str = "",
        depth: int = 0,
        tone: Tone = "",
        to: str = "",
    ) -> None:
        """Add a paragraph."""
        self.blocks.append(Para(text, self.cite(sources), label, "", depth, tone, to))

    def item(
        self,
        text: str,
        sources: Iterable[str] = (),
        *,
        bullet: str = "-",
        label: str = "",
        depth: int = 0,
        tone: Tone = "",
        to: str = "",
        link: str = "",
    ) -> None:
        """Add an item of a list."""
        self.blocks.append(Para(text, self.cite(sources), label, bullet, depth, tone, to, link))

    def table(
        self,
        columns: Iterable[str],
        rows: Iterable[Iterable[str]],
        tones: Iterable[Tone] = (),
        to: Iterable[str] = (),
        widths: Iterable[float] = (),
    ) -> None:
        """Add a table."""
        cells = tuple(tuple(row) for row in rows)
        self.blocks.append(Table(tuple(columns), cells, tuple(tones), tuple(to), tuple(widths)))

    def space(self) -> None:
        """Add an empty line."""
        if self.blocks and not isinstance(self.blocks[-1], Space):
            self.blocks.append(Space())

    def cite(self, sources: Iterable[str]) -> tuple[Cite, ...]:
        """These sources by their numbers on this page, each with its lines or paragraphs."""
        found: dict[int, list[str]] = {}
        for reference in sources:
            work, pinpoint = split_work(str(reference))
            number = self.numbers.setdefault(work, len(self.numbers) + 1)
            found.setdefault(number, []).append(self._pinpoint(work, pinpoint))
        return tuple(Cite(number, _cited(number, found[number])) for number in sorted(found))

    def _pinpoint(self, work: str, pinpoint: str) -> str:
        if not self.pinpoints:
            return ""
        document = self.rulebook.documents.get(work)
        return document.propositions[pinpoint].lines if document else pinpoint

    def list_sources(self, in_full: bool | None = None) -> None:
        """Add the list of everything cited so far, with how each was checked.

        For a page that stands for itself: ``in_full`` with titles, where and when each was read and its link, or only
        with its link. None leaves that to the command that shows sources.
        """
        if not self.numbers:
            return
        self.heading(2, "Sources", anchor="sources")
        if in_full is not None:
            self._list_sources_on_paper(in_full)
            return
        self.para(
            "Numbers in brackets name these; after a colon stand the lines of the document. "
            "What each says, in our words, with its link and how it was checked: pathways sources NAME.",
            tone="quiet",
        )
        for work, number in self.numbers.items():
            text, tone = work_line(self.rulebook, work)
            self.item(text, bullet=f"[{number}]", tone=tone)

    def _list_sources_on_paper(self, in_full: bool) -> None:
        beside = "; after it stands the paragraph, or the line of the document" if self.pinpoints else ""
        self.para(f"A number in the text names one of these{beside}. Each says how it was checked for these rules.")
        for work, number in self.numbers.items():
            text, tone = work_line(self.rulebook, work, named=False)
            authority = self.rulebook.authorities.get(work)
            document = self.rulebook.documents.get(work)
            link = authority.link if authority else document.link if document else ""
            if in_full and authority:
                checked = f"{upper(authority.seen_where.rstrip('.'))}, {authority.checked}."
                title = "" if authority.cite.startswith(authority.title) else f" {authority.title.rstrip('.')}."
                text = f"{text}{title} {checked}"
            self.item(text, bullet=f"[{number}]", tone=tone, link="" if link == NOT_GIVEN else link)


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


def work_line(rulebook: Rulebook, work: str, named: bool = True) -> tuple[str, Tone]:
    """A document or authority in a line: citation, how it was checked, later history, and (``named``) its name."""
    name = f" {work}" if named else ""
    document = rulebook.documents.get(work)
    if document is not None:
        published = ", ".join([document.title, *document.published])
        return f"{published}. {document.kind.capitalize()}, a secondary source.{name}", ""
    authority = rulebook.authorities[work]
    history = f" History: {authority.history.rstrip('.')}." if authority.history else ""
    tone: Tone = "warning" if authority.seen == "not seen" else ""
    return f"{authority.cite}: {SEEN[authority.seen]}.{history}{name}", tone
