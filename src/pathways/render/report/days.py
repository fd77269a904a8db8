"""Days in a report: in words, and only to the month where it is to be shared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pathways.assessment import Assessment
from pathways.record import record
from pathways.render.page import Block, Heading, Para, Space, Table, Way
from pathways.render.words import count

_ISO = re.compile(r"\b(\d{4})-(\d{2})-\d{2}\b")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: Days of a month, as it is counted where only months are told.
_MONTH_LENGTH = 30


@record
class Days:
    """How days are written; with ``exact`` false only to the month."""

    exact: bool = True

    def day(self, iso: str) -> str:
        """``2028-01-06`` → ``Thursday, January 6, 2028``, or ``January 2028``; part of a day as far as it is known."""
        if len(iso) < len("2028-01-06") or not self.exact:
            return _to_the_month(iso)
        day = date.fromisoformat(iso)
        return f"{day:%A}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"

    def short(self, iso: str) -> str:
        """The same for a table: ``Thu, Jan 6, 2028``."""
        if len(iso) < len("2028-01-06") or not self.exact:
            return _to_the_month(iso)
        day = date.fromisoformat(iso)
        return f"{day:%a}, {_MONTHS[day.month - 1][:3]} {day.day}, {day.year}"

    def left(self, days: int) -> str:
        """``716`` → ``716 days``, or ``about 24 months``; ``over`` where it is."""
        if days < 0:
            return "over"
        if self.exact:
            return count(days, "day")
        months = round(days / _MONTH_LENGTH)
        return f"about {count(months, 'month')}" if months else "less than a month"


def _to_the_month(iso: str) -> str:
    year, _, rest = iso.partition("-")
    month = rest[:2]
    return f"{_MONTHS[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else year


def days_of(assessment: Assessment) -> frozenset[str]:
    """Every day that a case gives or that is counted from one."""
    answers = (option for given in assessment.case.answers.values() for option in given.options)
    found = {assessment.as_of, *(option for option in answers if _ISO.fullmatch(option))}
    for one in assessment.deadlines:
        found.update((one.start, one.last_safe, one.outer_limit))
        found.update(match[0] for note in one.notes for match in _ISO.finditer(note.text))
    for wait in assessment.waits:
        found.update((wait.start, wait.earliest))
    for result in assessment.avenues:
        for reason in (*result.reasons, *(reason for part in result.hurdles for reason in part.reasons)):
            if reason.about or _ISO.search(reason.text):
                found.update(match[0] for match in _ISO.finditer(reason.text))
    return frozenset(found - {""})


def to_the_month(blocks: Iterable[Block], days: frozenset[str]) -> Iterator[Block]:
    """The same blocks, with these days told only to the month wherever they stand."""

    def told(text: str) -> str:
        return _ISO.sub(lambda match: _to_the_month(match[0]) if match[0] in days else match[0], text)

    for block in blocks:
        if isinstance(block, Space):
            yield block
        elif isinstance(block, Heading):
            yield replace(block, text=told(block.text))
        elif isinstance(block, Para):
            yield replace(block, text=told(block.text), label=told(block.label))
        elif isinstance(block, Table):
            yield replace(block, rows=tuple(tuple(map(told, row)) for row in block.rows))
        elif isinstance(block, Way):
            marks = tuple(replace(mark, text=told(mark.text), state=told(mark.state)) for mark in block.marks)
            yield replace(block, marks=marks)
