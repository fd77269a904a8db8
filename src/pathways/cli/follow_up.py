"""What is asked after an answer: who says what of a dispute, or the name of a file. All of it may be skipped."""

from __future__ import annotations

from collections.abc import Callable

from pathways.case import Given, Said
from pathways.cli.talk import Talk
from pathways.interview import Answered, LateDates, Order
from pathways.interview.dispute import LONGEST_NOTE, dispute_of, name_of
from pathways.interview.understand import key_of, understand_option
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact

LONGEST_SHORT = 30


class StopError(Exception):
    """The person asked to stop."""


class BackError(Exception):
    """The person asked to go back from a follow-up to its question."""


class FollowUp:
    """Asks follow-ups; ``obeys`` does what else can be asked for there, and says whether it did."""

    def __init__(self, talk: Talk, rulebook: Rulebook, late: LateDates, obeys: Callable[[Order], bool]) -> None:
        self.talk = talk
        self.rulebook = rulebook
        self.late = late
        self.obeys = obeys

    def ask(self, asked: str, plain: Order | None = None) -> str:
        """A line in answer to a follow-up; empty when it is skipped. The key of ``plain`` is no command here."""
        while True:
            self.talk.say(asked)
            line = self.talk.read()
            match key_of(line):
                case None:
                    return "" if line == "u" else line
                case order if order is plain:
                    return line
                case Order.STOP:
                    raise StopError
                case Order.BACK:
                    raise BackError
                case order if not self.obeys(order):
                    self.talk.say("Type an answer to this, or Enter to skip it. b goes back to the question, q stops.")

    def ask_plainly(self, asked: str) -> str:
        """A line in which ``s`` and its like are answers; empty when it is skipped. ``q`` stops here too."""
        self.talk.say("", asked)
        line = self.talk.read()
        if key_of(line) is Order.STOP:
            raise StopError
        return line

    def sides(self, fact: Fact) -> Given | None:
        """Who says what of a dispute, where the person says something of it."""
        dated = fact.kind == "date"
        self.talk.say("Disputed between which dates?" if dated else "Noted: disputed. Who says what? Enter skips.")
        sides: list[Said] = []
        for asked, answer in _sides_of(fact):
            option = answer or self._option(asked, fact)
            if not option:
                break
            by = self._who(asked if answer else "Who says so?")
            note, sources = self._on_what(by) if by else ("", ())
            sides.append(Said(option, by, note, sources))
        given = dispute_of(fact, sides)
        if given is not None and given.said:
            return given
        if dated:
            self.talk.say("A date is disputed between two different dates, so nothing more was noted.")
        elif fact.kind != "yes-no" and sides:
            self.talk.say("Two different answers are needed to note who says what, so nothing more was noted.")
        return None

    def _who(self, asked: str) -> str:
        """Who says so; a number or a single sign is more often a slip than a name, and is asked about once."""
        name = self.ask(asked)
        if len(name) == 1 or name.isdecimal():
            name = self.ask(f"{asked} (a video, a neighbor: no names needed)")
        return name_of(name)

    def _on_what(self, by: str) -> tuple[str, tuple[str, ...]]:
        """What somebody goes by: a source that the rules know by name, else a note."""
        typed = self.ask(f"What does that rest on: a video, a paper, what {short(by)} saw? Enter skips.")
        known = self.rulebook.documents, self.rulebook.authorities
        document, _, proposition = typed.partition("#")
        if proposition and document in known[0] and proposition in known[0][document].propositions:
            return "", (typed,)
        return ("", (typed,)) if typed in known[1] else (name_of(typed, LONGEST_NOTE), ())

    def _option(self, asked: str, fact: Fact) -> str:
        """One of the question's answers, or nothing."""
        while line := self.ask(asked):
            meaning = understand_option(line, fact)
            if not isinstance(meaning, Answered):
                self.talk.unclear(meaning.message)
            elif warning := self.late.warning(fact, meaning.given):
                self.talk.unclear(warning)
            else:
                self.talk.noted(meaning.reading)
                return meaning.given.options[0]
        return ""


def short(name: str) -> str:
    """A name short enough to stand in a question."""
    return name if len(name) <= LONGEST_SHORT else "they"


def _sides_of(fact: Fact) -> list[tuple[str, str]]:
    """What is asked about the sides of a dispute, and the answer that a side stands for, where that is fixed."""
    if fact.kind == "yes-no":
        return [("Who says yes?", "yes"), ("Who says no?", "no")]
    return [("What does one side say?", ""), ("What does the other side say?", "")]
