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
        self.para("For what a source says, in our words, with its link and how it was checked: pathways sources ID.", tone="quiet")
        for reference, number in self.numbers.items():
            text, tone = source_line(self.rulebook, reference)
            self.item(text, bullet=f"[{number}]", tone=tone)


def source_line(rulebook: Rulebook, reference: str) -> tuple[str, Tone]:
    """A source in a line: citation, how it was checked, later history, and its id where that is not plain from the citation."""
    source = resolve(rulebook, reference)
    if source.kind == "document":
        return f"{source.short}. {reference}", ""
    history = f" History: {source.history.rstrip('.')}." if source.history else ""
    tone: Tone = "warning" if source.seen == "not seen" else ""
    return f"{source.cite}: {SEEN[source.seen]}.{history} {reference}", tone


def ranges(numbers: tuple[int, ...]) -> str:
    """Numbers in a row, runs of three and more as a range: ``1, 4-9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(shown)
