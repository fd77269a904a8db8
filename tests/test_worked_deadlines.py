"""The worked examples of docs/deadlines.md, counted anew by a slow count that shares nothing with the program.

Days are stepped one at a time, and the federal holidays are written out here from the statute that names them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest

from tests.places import ROOT

ONE = timedelta(days=1)
PAGE = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("<!-- made: worked deadlines -->")[2].partition("<!-- end -->")[0]
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TABLE.splitlines() if re.match(r"\| \d+ \|", line)]
CLOCKS = PAGE.partition("<!-- made: clocks -->")[2].partition("<!-- end -->")[0]


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The so-and-so-many weekday of a month; -1 is the last."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    return [day for day in days if day.weekday() == weekday][number - 1 if number > 0 else -1]


def holidays(year: int) -> set[date]:
    """The federal holidays since 2021, on the days on which they are kept."""
    fixed = [date(y, m, d) for y in (year, year + 1) for m, d in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    kept = {day + {5: -ONE, 6: ONE}.get(day.weekday(), 0 * ONE) for day in fixed}
    moving = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))
    return kept | {nth(year, month, weekday, number) for month, weekday, number in moving}


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def step(day: date, by: timedelta) -> date:
    """The day, or the next business day in that direction."""
    while not is_business_day(day):
        day += by
    return day


def ends(start: date, period: str) -> date:
    """The last day of a period that begins to run on the day after ``start``."""
    written, _, units = period.partition(" ")
    number, unit = int(written), units.rstrip("s")
    if unit in ("day", "working day"):
        day = start
        while number:
            day += ONE
            number -= unit == "day" or is_business_day(day)
        return day
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def days(text: str) -> list[date]:
    """Every day written in a cell, each with the right name of the week before it."""
    found = re.findall(r"(\w{3}) (\d{4}-\d\d-\d\d)", text)
    for name, day in found:
        assert f"{date.fromisoformat(day):%a}" == name
    return [date.fromisoformat(day) for _, day in found]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_slow_count_comes_to_the_same_days(row: list[str]) -> None:
    _, what, starts, runs, runs_to, safe, outer, _ = row
    if runs == "no limit":
        assert (runs_to, safe, outer) == ("–", "–", "–")
        return
    period = re.sub(r"^at least |, .*", "", runs)
    careful = re.search(r"(\d+ \w+) to be careful", runs)
    start = days(starts)[0] if days(starts) else date.fromisoformat(f"{starts}-01")
    limit = ends(start, period)
    if runs.startswith("at least"):
        assert days(runs_to) == [limit]
        assert days(safe) == [step(limit + ONE, ONE)]
        return
    assert days(safe) == [step(ends(start, careful[1] if careful else period) - ONE, -ONE)]
    if "assumed" in runs or not days(starts):
        assert (runs_to, outer) == ("–", "–")
        return
    assert days(runs_to) == [limit]
    title = what.partition(": ")[2].partition(" (")[0]
    weekend = next(line for line in CLOCKS.splitlines() if f"| {title}" in line).split("|")[5].strip()
    moved = step(limit, ONE)
    expected = {"the next one counts": [moved], "the limit stays": [limit], "not settled": [limit, moved]}[weekend]
    assert days(outer) == sorted(set(expected))


def test_there_are_enough_examples_around_the_traps() -> None:
    assert len(ROWS) >= 15
    limits = [day for row in ROWS for day in days(row[4])]
    assert any(day.weekday() == 5 for day in limits)
    assert any(day.weekday() == 6 for day in limits)
    assert any(day in holidays(day.year) for day in limits)
    assert any("02-29" in row[2] for row in ROWS)
    assert any("working days" in row[3] for row in ROWS)
    assert any("assumed" in row[3] for row in ROWS)
    assert any(not days(row[2]) for row in ROWS)
