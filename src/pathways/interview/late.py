"""Dates after the day taken as today: asked about once, and kept if they are typed again."""

from __future__ import annotations

from datetime import date

from pathways.case import Given, lies_after
from pathways.interview.dates import date_words
from pathways.rulebook.model import Fact


class LateDates:
    """Looks at dates against one day, and remembers which it has warned of."""

    def __init__(self, day: str) -> None:
        self.day = day
        self._warned: tuple[str, tuple[str, ...]] | None = None

    def warning(self, fact: Fact, given: Given) -> str:
        """What to say of an answer that lies after the day; nothing where it does not, or where it is typed again."""
        if fact.kind != "date" or not lies_after(given, self.day):
            return ""
        typed = (fact.id, given.options)
        if self._warned == typed:
            return ""
        self._warned = typed
        number, month, year = date_words(self.day).split()
        day = f"{number} {month[:3]} {year}"
        that = "That day" if all(len(option) == 10 for option in given.options) else "That"
        after = f"today ({day})" if self.day == date.today().isoformat() else f"{day}, the day taken as today"
        return f"{that} is after {after}. Type the right date, or the same once more to keep it."
