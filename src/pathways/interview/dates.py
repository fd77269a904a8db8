"""Dates as people type them. A date that can be read in two ways is never guessed."""

from __future__ import annotations

import re
from calendar import day_name, month_name, monthrange

from pathways.patterns import FIRST_YEAR, LAST_YEAR

MONTHS = tuple(name.lower() for name in month_name)
WEEKDAYS = tuple(name.lower() for name in day_name)
_SHORT_WEEKDAYS = ("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun")
_FILLERS = frozenset({"of", "the", "on", "in"})

_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_WORD = re.compile(r"[0-9]+(?:st|nd|rd|th)?(?![a-z])|[0-9]+|[a-z]+|[^\s0-9a-z,./-]")

# Words of doubt, and parts of a month or a year: the month or the year stays, a day after them is not certain.
_DOUBT = re.compile(
    r"\b(?:(?:i am|i'm|im) )?(?:not (?:quite |really |exactly )?sure|unsure|about|around|maybe|perhaps|probably|"
    r"roughly|circa|approximately|i (?:think|believe|guess)|it was|some ?time)\b|[?~]|"
    r"\b(?:(?:the )?(?:very )?(?:early|mid|middle|late|beginning|start|end|(?:first|second) half|(?:first|last) week|"
    r"(?:first|last) days)|spring|summer|autumn|fall)\b(?:[ -](?:of|in)\b)?"
)

EXAMPLES = "7 Jan 2026, January 2026 or 2026"


class NotADateError(ValueError):
    """A text is not a date, or can be read as two; the message says so to the person who typed it."""


def read_date(text: str) -> str:
    """The date as ``2026-01-07``, ``2026-01`` or ``2026``.

    Raises :class:`NotADateError` for what is no date, is no real day, or can be read as two days.
    """
    text = " ".join(text.lower().split()).strip(" .,;!")
    if _DOUBT.search(text):
        return _in_doubt(" ".join(_DOUBT.sub(" ", text).split()).strip(" ,;.-:"))
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return _made(int(year), month and int(month), day and int(day))
    if found := _NUMBERS.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        return _either_order(first, second, year, text)
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return _made(int(found[2]), int(found[1]))
    if _SHORT_YEAR.fullmatch(text):
        raise NotADateError(f"Type the year with four digits and the month by name, such as {EXAMPLES}.")
    return _with_month_name(_WORD.findall(text))


def date_words(date: str) -> str:
    """A date in words: ``7 January 2026``, ``January 2026``, ``2026``."""
    year, *rest = date.split("-")
    return " ".join([*(str(int(day)) for day in rest[1:]), *(month_name[int(month)] for month in rest[:1]), year])


def _in_doubt(text: str) -> str:
    """The month or year of a text without its words of doubt. A day in doubt is not taken for that day."""
    date = read_date(text)
    if len(date) == 10:
        raise NotADateError(
            f"If you are sure of it, type {date_words(date)}. If not, type the month: {date_words(date[:7])}."
        )
    return date


def _either_order(first: int, second: int, year: int, text: str) -> str:
    """A day and a month in an order that is not known: the one that is a real day, if only one is."""
    found: list[str] = []
    for month, day in ((first, second), (second, first)):
        try:
            found.append(_made(year, month, day))
        except NotADateError:
            continue
    if not found:
        raise NotADateError(f"There is no such day as {text}. Type the month by name, such as {EXAMPLES}.")
    if len(set(found)) == 2:
        one, other = map(date_words, found)
        raise NotADateError(f"{text} can mean {one} or {other}. Type the month by name: {one}, or {other}.")
    return found[0]


def _with_month_name(words: list[str]) -> str:
    months: list[int] = []
    years: list[int] = []
    days: list[int] = []
    weekdays: list[str] = []
    for word in words:
        number = re.fullmatch(r"([0-9]+)(st|nd|rd|th)?", word)
        if number and len(number[1]) == 4 and not number[2]:
            years.append(int(number[1]))
        elif number and len(number[1]) <= 2:
            days.append(int(number[1]))
        elif month := _month(word):
            months.append(month)
        elif weekday := _weekday(word):
            weekdays.append(weekday)
        elif word not in _FILLERS:
            raise NotADateError(f"That is not a date as it is read here. Type it like {EXAMPLES}.")
    if months and not years:
        raise NotADateError(f"Which year? Type all four digits of it, such as {EXAMPLES}.")
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        raise NotADateError(f"That is not a date as it is read here. Type it like {EXAMPLES}.")
    date = _made(years[0], months[0], *days)
    _check_weekday(date, weekdays)
    return date


def _month(word: str) -> int:
    """The month that a word of three letters or more begins, else 0."""
    if len(word) < 3:
        return 0
    return next((number for number, name in enumerate(MONTHS) if number and name.startswith(word)), 0)


def _weekday(word: str) -> str:
    if word in WEEKDAYS or word in _SHORT_WEEKDAYS:
        return next(name for name in WEEKDAYS if name.startswith(word[:3]))
    return ""


def _check_weekday(date: str, weekdays: list[str]) -> None:
    if not weekdays or len(date) != 10:
        return
    from datetime import date as day

    actual = WEEKDAYS[day.fromisoformat(date).weekday()]
    if set(weekdays) != {actual}:
        raise NotADateError(f"{date_words(date)} is a {actual.capitalize()}. Check it, then leave out the weekday.")


def _made(year: int, month: int | str | None = None, day: int | str | None = None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADateError(f"The year {year} is not read here: type one from {FIRST_YEAR} to {LAST_YEAR}.")
    if month is None:
        return f"{year:04d}"
    month = int(month)
    if not 1 <= month <= 12:
        raise NotADateError(f"There is no month {month}. Type the month by name, such as {EXAMPLES}.")
    if day is None:
        return f"{year:04d}-{month:02d}"
    day, last = int(day), monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotADateError(f"There is no day {day} in {month_name[month]} {year}: it has {last} days.")
    return f"{year:04d}-{month:02d}-{day:02d}"
