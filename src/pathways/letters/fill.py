"""A letter for a case. What nobody answered stays a blank; what is disputed is said to be disputed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pathways.assessment.view import SETTLED, View
from pathways.case import Case, Given
from pathways.deadlines.days import span
from pathways.logic import DISPUTED, NO, YES
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.letter import HERE, Blank, Insert, Item, Letter, Passage, Template, Wording
from pathways.rulebook.model import Condition, Fact, Remark
from pathways.rulebook.sources import Sources

#: What a mark in the text begins with: to be filled in by the person; asked, and not known yet; to be kept or not.
FILL_IN, NOT_KNOWN, CHECK = MARKS = ("FILL IN", "NOT KNOWN YET", "CHECK")


@record
class FilledPassage:
    """A paragraph with its list. ``notes`` are the person's own on the answers in it, by the question's label."""

    id: str
    title: str
    text: str
    items: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    sources: Sources


@record
class FilledLetter:
    """A letter for a case, to be read before anything else is done with it.

    ``blanks`` are what is still to fill in, ``not_known`` what was asked and is not known, ``disputed`` what is
    disputed, each once and in the order of the letter. ``unsure`` names the warnings and requirements of which it is
    not settled that they apply. ``of_use`` is False if the answers settle that the letter does not fit the case.
    """

    letter: Letter
    as_of: str
    sender: tuple[str, ...]
    to: tuple[str, ...]
    subject: str
    passages: tuple[FilledPassage, ...]
    needs: tuple[Remark, ...]
    before_sending: tuple[Remark, ...]
    unsure: frozenset[str]
    of_use: bool
    blanks: tuple[str, ...]
    not_known: tuple[str, ...]
    disputed: tuple[str, ...]


def fill(rulebook: Rulebook, letter: Letter, case: Case, as_of: str | None = None, notes: bool = False) -> FilledLetter:
    """Fill a letter from a case, with the person's own notes beside the answers only where ``notes`` says so.

    ``as_of`` (ISO date) beats the case's own, which beats today.
    """
    as_of = as_of or case.as_of or date.today().isoformat()
    view = View(rulebook, case, as_of)
    writer = _Writer(rulebook, letter, case)
    shown = (*letter.needs, *letter.before_sending)
    return FilledLetter(
        letter=letter,
        as_of=as_of,
        sender=tuple(map(writer.text, letter.sender)),
        to=tuple(map(writer.text, letter.to)),
        subject=writer.text(letter.subject),
        passages=tuple(
            _passage(view, writer, passage, notes) for passage in letter.passages if _can_stand(view, passage.when)
        ),
        needs=tuple(remark for remark in letter.needs if _can_stand(view, remark.when)),
        before_sending=tuple(remark for remark in letter.before_sending if _can_stand(view, remark.when)),
        unsure=frozenset(one.id for one in shown if one.when and view.of(one.when) not in SETTLED),
        of_use=_can_stand(view, letter.useful_when),
        blanks=tuple(writer.blanks),
        not_known=tuple(writer.not_known),
        disputed=tuple(writer.disputed),
    )


def _can_stand(view: View, when: Condition | None) -> bool:
    """Whether it is not settled that a part does not apply: not known is not no."""
    return when is None or view.of(when) != NO


def _passage(view: View, writer: _Writer, passage: Passage, notes: bool) -> FilledPassage:
    items = tuple(item for item in passage.items if _can_stand(view, item.when))
    text = f"{_check(view, passage.when)}{writer.text(passage.text)}"
    parts: tuple[Passage | Item, ...] = (passage, *items)
    return FilledPassage(
        passage.id,
        passage.title,
        text,
        tuple(f"{_check(view, item.when)}{writer.text(item.text)}" for item in items),
        tuple(writer.notes(passage, items)) if notes else (),
        tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def _check(view: View, when: Condition | None) -> str:
    """What stands before a part of which it is not settled that it applies."""
    values = YES if when is None else view.of(when)
    if values == YES:
        return ""
    if values == DISPUTED:
        return f"[{CHECK}: it is disputed whether this applies] "
    return f"[{CHECK}: keep this only if it applies] "


class _Writer:
    """Puts answers into texts, and notes what is left open."""

    def __init__(self, rulebook: Rulebook, letter: Letter, case: Case) -> None:
        self._rulebook, self._letter, self._case = rulebook, letter, case
        # Dictionaries, for their order and because each stands there once.
        self.blanks: dict[str, None] = {}
        self.not_known: dict[str, None] = {}
        self.disputed: dict[str, None] = {}

    def text(self, template: Template) -> str:
        """A text with its blanks marked and its answers in place."""
        made = ""
        for piece in template:
            if isinstance(piece, Blank):
                self.blanks[piece.label] = None
                made += f"[{FILL_IN}: {piece.label}]"
            elif isinstance(piece, Insert):
                made += self._answer(piece.fact, begins=not made or made.endswith(". "))
            else:
                made += piece
        return made

    def notes(self, passage: Passage, items: tuple[Item, ...]) -> Iterator[tuple[str, str]]:
        """What the person, or whoever said so, noted beside the answers that stand in a passage."""
        pieces = (piece for text in (passage.text, *(item.text for item in items)) for piece in text)
        for name in dict.fromkeys(piece.fact for piece in pieces if isinstance(piece, Insert)):
            label = self._rulebook.facts[name].label
            given = self._case.answers.get(name)
            for said in given.said if given else ():
                if said.note:
                    yield label, f"{said.note}{f' (according to {said.by})' if said.by else ''}"
            if note := self._case.notes.get(name):
                yield label, note

    def _answer(self, name: str, begins: bool) -> str:
        """An answer in its words; ``begins`` says that it begins a sentence."""
        fact, wording = self._rulebook.facts[name], self._letter.wordings[name]
        given = self._case.answers.get(name)
        if given is None:
            self.blanks[wording.asks] = None
            return f"[{FILL_IN}: {wording.asks}]"
        if given.kind == "disputed":
            self.disputed[wording.asks] = None
            said = f"it is disputed {wording.asks}"
            return said[0].upper() + said[1:] if begins else f"({said})"
        if given.kind != "known":
            self.not_known[wording.asks] = None
            return f"[{NOT_KNOWN}: {wording.asks}{_one_of(fact, given)}]"
        words = _words(fact, wording, given.options[0])
        return words[0].upper() + words[1:] if begins else words


def _words(fact: Fact, wording: Wording, answer: str) -> str:
    if answer in wording.says:
        return wording.says[answer]
    return wording.form.replace(HERE, _day(answer) if fact.kind == "date" else fact.label_of(answer))


def _one_of(fact: Fact, given: Given) -> str:
    """The answers that are still possible, where these are some and not all."""
    if not given.options:
        return ""
    shown = (_day(option) if fact.kind == "date" else fact.label_of(option) for option in given.options)
    return f"; one of these: {'; '.join(shown)}"


def _day(text: str) -> str:
    """A date as letters have it: ``January 7, 2026``, and of a month or a year that it is a day in it."""
    first = span(text).first
    if len(text) == 4:
        return f"a day in {text}"
    if len(text) == 7:
        return f"a day in {first:%B %Y}"
    return f"{first:%B} {first.day}, {first.year}"
