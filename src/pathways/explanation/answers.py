"""The answers to try for a question: every option; of a date some days, near and far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pathways.case import Given
from pathways.rulebook.model import Fact

#: Days to try out for a question that asks for one: so many months before the day of the assessment.
MONTHS_BEFORE = (0, 3, 9, 18, 30, 48, 84, 144)


def possible_answers(fact: Fact, as_of: str) -> Iterator[tuple[str, Given]]:
    """Plain answers to a question, each with its label; days as ISO dates, those before ``as_of`` (an ISO date)."""
    if fact.kind == "date":
        yield from ((day, Given.known(day)) for day in days_before(date.fromisoformat(as_of)))
    else:
        yield from ((fact.label_of(option), Given.known(option)) for option in fact.answers)


def days_before(today: date) -> Iterator[str]:
    """Days near and far before a day, the latest first."""
    for months in MONTHS_BEFORE:
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        yield date(year, month + 1, min(today.day, 28)).isoformat()
