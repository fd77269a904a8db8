"""Calendar arithmetic: lengths of time added to days, business days, days that may not be known exactly."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import Period

_DAY = timedelta(days=1)
_SATURDAY = 5
#: No months or years end later: far away, and with room for the next business day.
_LATEST = date(MAXYEAR, 1, 1)


@record
class Span:
    """A day that is known only to lie between two days, both possible."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


@lru_cache(maxsize=1024)
def span(text: str) -> Span:
    """The days that a date may mean: ``2026`` and ``2026-01`` are all the days in them."""
    from calendar import monthrange

    if len(text) == 4:
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Span(date.fromisoformat(text), date.fromisoformat(text))


class Days:
    """The calendar of a rulebook: weekends and public holidays are no business days."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._closed = rulebook.closed_days
        self._country, self._first_year, self._last_year = rulebook.calendar
        self._other_years: dict[int, frozenset[int]] = {}

    def is_business_day(self, day: date) -> bool:
        """Whether business is done on a day."""
        return day.weekday() < _SATURDAY and day.toordinal() not in self._closed_in(day.year)

    def back(self, day: date) -> date:
        """The day, or the last business day before it."""
        while not self.is_business_day(day):
            day -= _DAY
        return day

    def forward(self, day: date) -> date:
        """The day, or the first business day after it."""
        while not self.is_business_day(day):
            day += _DAY
        return day

    def after(self, day: date, period: Period) -> date:
        """The day on which a period ends that begins to run on the day after ``day``.

        Months and years end on the day of the same number, or the last one of a shorter month. Working days are
        business days, and ``day`` itself is not counted.
        """
        if period.unit == "working days":
            for _ in range(period.count):
                day = self.forward(day + _DAY)
            return day
        return _after(day, period)

    def _closed_in(self, year: int) -> frozenset[int]:
        if not self._country or self._first_year <= year <= self._last_year:
            return self._closed
        found = self._other_years.get(year)
        if found is None:
            from pathways.rulebook.closed_days import closed_days

            found = self._other_years[year] = closed_days(self._country, year, year)
        return found


@lru_cache(maxsize=4096)
def _after(day: date, period: Period) -> date:
    """So many days, months or years later."""
    if period.unit == "days":
        return day + timedelta(days=period.count)
    from dateutil.relativedelta import relativedelta

    months = period.count if period.unit == "months" else 12 * period.count
    if day.year + months // 12 + 1 >= MAXYEAR:
        return _LATEST
    return day + relativedelta(months=months)
