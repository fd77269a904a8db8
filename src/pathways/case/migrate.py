"""Reading a case that was saved with an older rulebook: old names become today's, and what has none is set aside.

Nothing is dropped without a word: every change is told, and what was said to a question that is gone stays in the file.
"""

from __future__ import annotations

from pathways.case.model import Change
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact
from pathways.rulebook.renamed import Gone


class SetAsideError(Exception):
    """An answer that today's questions have no place for; the message says why."""


class Migration:
    """What becomes of the names in one file; ``changes`` says what was done, in the order of the file.

    ``saved_with`` is the name and version of the rulebook the file was saved with, where it says so: names that
    nobody knows are then taken for old ones. In other files they are mistakes.
    """

    def __init__(self, rulebook: Rulebook, saved_with: str) -> None:
        self.rulebook = rulebook
        self.changes: list[Change] = []
        name, _, version = saved_with.partition(" ")
        about = rulebook.about
        self.from_older = name == about.id and _numbers(version) < _numbers(about.version)

    def fact(self, name: str) -> Gone | None:
        """What became of a question that is not there; None where nothing is known of it."""
        return self.rulebook.about.renamed.facts.get(name) or self._lost("question")

    def option(self, fact: Fact, option: str) -> str | None:
        """Today's name of an answer; None where nothing is known of it.

        Raises :class:`SetAsideError` for one that has none.
        """
        gone = self.rulebook.about.renamed.options.get(fact.id, {}).get(option) or self._lost("answer")
        if gone is not None and not gone.new:
            raise SetAsideError(f"`{option}` is no answer any more. {gone.reason}")
        if gone is not None:
            self.changes.append(Change(f"{fact.id}: {option}", f"{fact.id}: {gone.new}"))
        return gone.new if gone else None

    def avenue(self, name: str) -> str | None:
        """Today's name of an avenue, empty where it was dropped; None where nothing is known of it."""
        gone = self.rulebook.about.renamed.avenues.get(name) or self._lost("avenue")
        if gone is not None:
            self.changes.append(Change(name, gone.new, gone.reason))
        return gone.new if gone else None

    def _lost(self, what: str) -> Gone | None:
        return (
            Gone("", f"These rules know no such {what}, and do not say what became of it.") if self.from_older else None
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
