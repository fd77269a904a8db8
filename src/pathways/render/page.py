"""A page: headings, paragraphs and items with numbered sources. What is shown, before it is written in some format.

Builders (:mod:`pathways.render.result` and its neighbours) fill pages; writers (:mod:`pathways.render.text`,
:mod:`pathways.render.markdown`, :mod:`pathways.render.html` …) write them and decide nothing. Strings in a page are
plain text, whatever they hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Literal

from pathways.render.words import SEEN, upper
from pathways.rulebook import Rulebook
from pathways.rulebook.references import split_pinpoint
from pathways.rulebook.sources import NOT_GIVEN, Authority

Tone = Literal["", "open", "contested", "undetermined", "closed", "not-applicable", "warning", "quiet"]


@dataclass(frozen=True, slots=True)
class Cite:
    """A source by its number on the page, and as it is shown: ``12(b)(1)``, ``1:29-30, 94``."""

    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page's title.

    ``anchor`` is a name by which links reach it, ``short`` what it is called in a table of contents if not ``text``.
    """

    level: int
    text: str
    tone: Tone = ""
    anchor: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or an item of a list when ``bullet`` is given.

    ``label`` is shown before the text; ``depth`` is how far it is set in. ``to`` is the anchor of a heading that the
    label leads to, ``link`` an address outside.
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
    """Blocks in order, and the sources they cite, numbered as they come; with or without ``pinpoints``.

    ``most_cited``: so many sources are named of a statement that has more, the first ones; 0 for all.
    """

    rulebook: Rulebook
    blocks: list[Block] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    pinpoints: bool = True
    most_cited: int = 0

    def heading(self, level: int, text: str, tone: Tone = "", anchor: str = "", short: str = "") -> None:
        """Add a heading."""
        self.blocks.append(Heading(level, text, tone, anchor, short))

    def para(
        self,
        text: str,
        sources: Iterable[str] = (),
        *,
        label: str = "",
        depth: int = 0,
        tone: Tone = "",
        to: str = "",
        least_cited: int = 0,
    ) -> None:
        """Add a paragraph. ``least_cited``: so many of its sources are named, also where the page names fewer."""
        self.blocks.append(Para(text, self.cite(sources, least_cited), label, "", depth, tone, to))

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

    def cite(self, sources: Iterable[str], least: int = 0) -> tuple[Cite, ...]:
        """These sources by their numbers on this page, at least ``least`` of them, with their lines or paragraphs."""
        found: dict[int, list[str]] = {}
        named = list(dict.fromkeys(map(str, sources)))
        for reference in named[: max(self.most_cited, least) if self.most_cited else None]:
            work, pinpoint = split_work(reference)
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

        For a page that stands for itself: ``in_full`` with titles, and where and when each was read, or in a line. None
        leaves that to the command that shows sources.
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
        parts = {work: work_parts(self.rulebook, work) for work in self.numbers}
        if in_full:
            read = self._read_alike()
            for where, letter in read.items():
                self.item(f"{where}.", label=f"Read at {letter}")
            for work, part in parts.items():
                self._list_source(work, part.name, f"{self._read(work, part, read)} {part.history}".strip())
            return
        for checked in dict.fromkeys(part.checked for part in parts.values()):
            self.para("", label=upper(checked.rstrip(".")))
            for work, part in parts.items():
                if part.checked == checked:
                    self._list_source(work, part.name, part.history)

    def _list_source(self, work: str, name: str, text: str) -> None:
        authority = self.rulebook.authorities.get(work)
        link = authority.link if authority else self.rulebook.documents[work].link
        tone: Tone = "warning" if authority and authority.seen == "not seen" else ""
        link = "" if link == NOT_GIVEN else link
        self.item(text, bullet=f"[{self.numbers[work]}]", label=name, tone=tone, link=link)

    def _read(self, work: str, part: WorkParts, read: Mapping[str, str]) -> str:
        """How, where and when a source was read, and its title where its citation is not one."""
        authority = self.rulebook.authorities.get(work)
        if not authority:
            return part.checked
        where = _where_read(authority)
        title = "" if authority.cite.startswith(authority.title) else f" {authority.title.rstrip('.')}."
        if where in read:
            return f"{part.checked.rstrip('.')} ({read[where]}).{title}"
        return f"{part.checked} {where}.{title}"

    def _read_alike(self) -> dict[str, str]:
        """Where and when sources were read that have that in common, each with its letter."""
        authorities = self.rulebook.authorities
        counted = Counter(_where_read(authorities[work]) for work in self.numbers if work in authorities)
        several = [where for where, number in counted.most_common(len(ascii_uppercase)) if number >= ALIKE]
        return dict(zip(several, ascii_uppercase, strict=False))


#: Where so many sources were read in the same place on the same day it is said once for all of them.
ALIKE = 4


def _where_read(authority: Authority) -> str:
    return f"{upper(authority.seen_where.rstrip('.'))}, {authority.checked}"


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
    part = work_parts(rulebook, work)
    authority = rulebook.authorities.get(work)
    tone: Tone = "warning" if authority and authority.seen == "not seen" else ""
    said = [f"{part.name}{':' if authority else '.'}", part.checked, part.history, work if named else ""]
    return " ".join(filter(None, said)), tone


@dataclass(frozen=True, slots=True)
class WorkParts:
    """A document or authority: what it is called, how it was checked, and its later history or nothing."""

    name: str
    checked: str
    history: str


def work_parts(rulebook: Rulebook, work: str) -> WorkParts:
    """What is shown of a document or authority."""
    document = rulebook.documents.get(work)
    if document is not None:
        title = ", ".join([document.title, *document.published])
        return WorkParts(title, f"{document.kind.capitalize()}, a secondary source.", "")
    authority = rulebook.authorities[work]
    history = f"History: {authority.history.rstrip('.')}." if authority.history else ""
    return WorkParts(authority.cite, f"{SEEN[authority.seen]}.", history)
