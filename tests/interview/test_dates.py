"""Dates as people type them; a date that can be read in two ways is never guessed."""

from __future__ import annotations

from calendar import month_abbr, month_name
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.interview.dates import NotADateError, date_words, read_date

days = st.dates(date(1700, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-01-07", "2026-01-07"),
        ("2026-1-7", "2026-01-07"),
        ("2026/01/07", "2026-01-07"),
        ("7 Jan 2026", "2026-01-07"),
        ("7 jan. 2026", "2026-01-07"),
        ("Jan 7 2026", "2026-01-07"),
        ("January 7, 2026", "2026-01-07"),
        ("Jan. 7th, 2026", "2026-01-07"),
        ("the 7th of January 2026", "2026-01-07"),
        ("Wednesday, January 7, 2026", "2026-01-07"),
        ("Wed 7 Jan 2026", "2026-01-07"),
        ("7-Jan-2026", "2026-01-07"),
        ("7jan2026", "2026-01-07"),
        ("2026 Jan 7", "2026-01-07"),
        ("1/17/2026", "2026-01-17"),
        ("17/1/2026", "2026-01-17"),
        ("5/5/2026", "2026-05-05"),
        ("January 2026", "2026-01"),
        ("sept 2025", "2025-09"),
        ("2026-01", "2026-01"),
        ("1/2026", "2026-01"),
        ("2026", "2026"),
        (" 2026. ", "2026"),
        ("29 Feb 2024", "2024-02-29"),
    ],
)
def test_what_is_typed_is_read(typed: str, meant: str) -> None:
    assert read_date(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1/7/2026", "1/7/2026 can mean 7 January 2026 or 1 July 2026. Type the month by name: 7 January 2026, or 1 "),
        ("01.07.2026", "can mean 7 January 2026 or 1 July 2026"),
        ("31 Feb 2026", "There is no day 31 in February 2026: it has 28 days."),
        ("29 Feb 2026", "it has 28 days"),
        ("2026-13", "There is no month 13."),
        ("13/13/2026", "There is no such day as 13/13/2026."),
        ("7 Jan", "Which year?"),
        ("1/7/26", "four digits"),
        ("7 Jan 26", "Which year?"),
        ("Monday, January 7, 2026", "7 January 2026 is a Wednesday."),
        ("0206", "The year 206 is not read here"),
        ("7 Jan 2026 10:30", "not a date as it is read here"),
        ("7 Foo 2026", "not a date as it is read here"),
        ("Jan Feb 2026", "not a date as it is read here"),
        ("soon", "not a date as it is read here"),
        ("", "not a date as it is read here"),
    ],
)
def test_what_is_no_date_or_two_is_refused_with_a_helpful_line(typed: str, said: str) -> None:
    with pytest.raises(NotADateError) as refused:
        read_date(typed)
    assert said in str(refused.value)


@given(days)
def test_every_common_form_of_a_day_is_read_as_that_day(day: date) -> None:
    for typed in (
        day.isoformat(),
        f"{day.day} {month_abbr[day.month]} {day.year}",
        f"{month_name[day.month]} {day.day}, {day.year}",
        f"{day.day} {month_name[day.month].upper()} {day.year}",
        date_words(day.isoformat()),
    ):
        assert read_date(typed) == day.isoformat()


@given(days)
def test_numbers_alone_are_read_only_where_one_order_is_a_day(day: date) -> None:
    typed = f"{day.month}/{day.day}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert read_date(typed) == day.isoformat()
        assert read_date(f"{day.day}/{day.month}/{day.year}") == day.isoformat()
    else:
        with pytest.raises(NotADateError, match="Type the month by name"):
            read_date(typed)


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_reader(typed: str) -> None:
    try:
        read = read_date(typed)
    except NotADateError:
        return
    assert read_date(read) == read
    assert read_date(date_words(read)) == read


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("not sure, early 2026", "2026"),
        ("early 2026", "2026"),
        ("I'm not sure, maybe march 2025", "2025-03"),
        ("around January 2026", "2026-01"),
        ("mid-January 2026", "2026-01"),
        ("the first week of january 2026", "2026-01"),
        ("the end of 2025", "2025"),
        ("spring 2025", "2025"),
        ("2026?", "2026"),
        ("~2019", "2019"),
    ],
)
def test_what_is_not_known_exactly_is_the_month_or_the_year(typed: str, date: str) -> None:
    assert read_date(typed) == date


@pytest.mark.parametrize("typed", ["about 7 Jan 2026", "I think it was Jan 7, 2026", "2026-01-07?"])
def test_a_day_in_doubt_is_not_taken_for_that_day(typed: str) -> None:
    with pytest.raises(
        NotADateError, match=r"If you are sure of it, type 7 January 2026. If not, type .* January 2026"
    ):
        read_date(typed)


@pytest.mark.parametrize("typed", ["not sure", "early", "about", "?", "winter 2025", "around the corner in 2026"])
def test_doubt_alone_is_no_date(typed: str) -> None:
    with pytest.raises(NotADateError):
        read_date(typed)
