"""Calendar arithmetic: lengths of time, weekends and public holidays, dates that are known only in part."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import MAXYEAR, date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.deadlines import Days
from pathways.deadlines.days import Span, span
from pathways.rulebook.clock import Period, period
from pathways.rulebook.closed_days import FIRST_YEAR, LAST_YEAR, closed_days
from tests.deadlines.fines import fines
from tests.places import garden

DAY = timedelta(days=1)
UNITS = ("years", "months", "days", "working days")


@cache
def calendar() -> Days:
    """The calendar of a rulebook with public holidays."""
    return Days(fines())


@cache
def weekends_only() -> Days:
    """The calendar of a rulebook that names no country."""
    return Days(garden())


def after(day: str, length: str) -> str:
    """The day on which a period ends that was set running on a day, both as they are written."""
    written = period(length)
    assert written is not None
    return calendar().after(date.fromisoformat(day), written).isoformat()


#: Every year a case file can name, and more of the years in which cases happen.
any_day = st.dates(date(1700, 1, 1), date(2199, 12, 31))
near_day = st.dates(date(1975, 1, 1), date(2065, 12, 31)) | st.dates(date(1866, 1, 1), date(1874, 12, 31))
a_day = any_day | near_day
counts = st.integers(1, 400)
periods = st.builds(Period, counts, st.sampled_from(UNITS))


class TestByHand:
    @pytest.mark.parametrize(
        ("day", "length", "end"),
        [
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("1896-02-29", "4 years", "1900-02-28"),
            ("2023-02-28", "1 year", "2024-02-28"),
            ("2026-08-31", "6 months", "2027-02-28"),
            ("2027-08-31", "6 months", "2028-02-29"),
            ("2026-01-31", "1 month", "2026-02-28"),
            ("2026-02-28", "1 month", "2026-03-28"),
            ("2026-12-31", "2 months", "2027-02-28"),
            ("2026-01-07", "2 years", "2028-01-07"),
            ("2026-01-07", "60 days", "2026-03-08"),
            ("2028-02-28", "2 days", "2028-03-01"),
            ("2026-12-31", "1 day", "2027-01-01"),
            # Friday; the day itself is not counted, nor is the weekend.
            ("2026-01-09", "1 working day", "2026-01-12"),
            # From a Saturday the first working day is the Monday after it.
            ("2026-01-10", "1 working day", "2026-01-12"),
            # Over the birthday of Martin Luther King.
            ("2026-01-16", "1 working day", "2026-01-20"),
            # Thanksgiving and four weekends.
            ("2026-11-02", "20 working days", "2026-12-02"),
            # Christmas and New Year.
            ("2026-12-24", "5 working days", "2027-01-04"),
        ],
    )
    def test_a_period_ends(self, day: str, length: str, end: str) -> None:
        assert after(day, length) == end

    @pytest.mark.parametrize(
        ("day", "why"),
        [
            ("2021-12-31", "New Year 2022 is a Saturday, and is kept on the Friday before"),
            ("2023-01-02", "New Year is a Sunday, and is kept on the Monday after"),
            ("2026-07-03", "Independence Day is a Saturday"),
            ("2021-07-05", "Independence Day is a Sunday"),
            ("2021-06-18", "Juneteenth, a Saturday, in its first year"),
            ("2022-06-20", "Juneteenth, a Sunday"),
            ("2026-06-19", "Juneteenth"),
            ("2026-01-19", "the birthday of Martin Luther King"),
            ("2026-11-26", "Thanksgiving"),
            ("2026-11-11", "Veterans Day"),
            ("1986-01-20", "the first birthday of Martin Luther King that was kept"),
        ],
    )
    def test_no_business_is_done_on(self, day: str, why: str) -> None:
        assert date.fromisoformat(day).weekday() < 5, why
        assert not calendar().is_business_day(date.fromisoformat(day)), why

    @pytest.mark.parametrize(
        ("day", "why"),
        [
            ("2020-06-19", "Juneteenth was no holiday yet"),
            ("1985-01-21", "nor was the birthday of Martin Luther King"),
            ("2021-12-30", "the day before New Year is kept"),
            ("2022-01-03", "New Year was kept on the Friday before"),
            ("2026-12-24", "Christmas Eve is a day like others"),
            ("2026-11-27", "the day after Thanksgiving is a holiday of states only"),
        ],
    )
    def test_business_is_done_on(self, day: str, why: str) -> None:
        assert calendar().is_business_day(date.fromisoformat(day)), why

    def test_the_holiday_of_a_year_that_is_kept_in_the_year_before_counts_there(self) -> None:
        # New Year 2061 is a Saturday: the Friday before it is the last day of the years worked out ahead.
        assert date(2061, 1, 1).weekday() == 5
        assert not calendar().is_business_day(date(2060, 12, 31))

    @pytest.mark.parametrize("day", [date(2061, 7, 4), date(2061, 12, 26), date(2080, 12, 25)])
    def test_holidays_of_other_years_are_known_too(self, day: date) -> None:
        assert not FIRST_YEAR <= day.year <= LAST_YEAR
        assert not calendar().is_business_day(day)

    def test_without_a_country_only_weekends_are_closed(self) -> None:
        assert weekends_only().is_business_day(date(2026, 7, 3))
        assert not weekends_only().is_business_day(date(2026, 7, 4))

    @pytest.mark.parametrize(
        ("day", "back", "forward"),
        [
            ("2026-01-06", "2026-01-06", "2026-01-06"),
            ("2026-01-10", "2026-01-09", "2026-01-12"),
            ("2026-01-18", "2026-01-16", "2026-01-20"),
            ("2026-07-04", "2026-07-02", "2026-07-06"),
            ("2022-01-01", "2021-12-30", "2022-01-03"),
        ],
    )
    def test_the_business_day_before_and_after(self, day: str, back: str, forward: str) -> None:
        at = date.fromisoformat(day)
        assert (calendar().back(at).isoformat(), calendar().forward(at).isoformat()) == (back, forward)


class TestBusinessDays:
    @given(a_day)
    def test_back_and_forward_lead_to_the_nearest_business_days(self, day: date) -> None:
        days = calendar()
        back, forward = days.back(day), days.forward(day)
        assert back <= day <= forward
        assert days.is_business_day(back)
        assert days.is_business_day(forward)
        between = (back + step * DAY for step in range(1, (forward - back).days))
        assert not any(days.is_business_day(one) for one in between)
        assert (back == forward) == days.is_business_day(day)

    @given(a_day)
    def test_no_weekend_is_a_business_day(self, day: date) -> None:
        assert day.weekday() < 5 or not calendar().is_business_day(day)

    @given(a_day)
    def test_a_country_only_adds_days_on_which_no_business_is_done(self, day: date) -> None:
        assert weekends_only().is_business_day(day) or not calendar().is_business_day(day)

    @given(a_day)
    def test_no_five_days_in_a_row_are_closed(self, day: date) -> None:
        days = calendar()
        assert any(days.is_business_day(day + step * DAY) for step in range(5))

    @given(near_day)
    def test_the_years_worked_out_ahead_say_what_each_year_says_alone(self, day: date) -> None:
        alone = closed_days("US", day.year, day.year)
        closed = day.weekday() >= 5 or day.toordinal() in alone
        assert calendar().is_business_day(day) != closed


class TestPeriods:
    @given(a_day, periods)
    def test_every_period_ends_after_the_day_that_set_it_running(self, day: date, length: Period) -> None:
        assert calendar().after(day, length) > day

    @given(a_day, a_day, periods)
    def test_a_later_start_never_ends_earlier(self, one: date, other: date, length: Period) -> None:
        first, second = sorted((one, other))
        assert calendar().after(first, length) <= calendar().after(second, length)

    @given(a_day, counts, counts, st.sampled_from(UNITS))
    def test_a_longer_period_never_ends_earlier(self, day: date, one: int, other: int, unit: str) -> None:
        shorter, longer = sorted((one, other))
        days = calendar()
        assert days.after(day, Period(shorter, unit)) <= days.after(day, Period(longer, unit))

    @given(a_day, counts)
    def test_so_many_days_are_so_many_days(self, day: date, count: int) -> None:
        assert (calendar().after(day, Period(count, "days")) - day).days == count

    @given(a_day, counts)
    def test_years_end_in_the_same_month_on_the_day_of_the_same_number(self, day: date, count: int) -> None:
        end = calendar().after(day, Period(count, "years"))
        assert (end.year, end.month) == (day.year + count, day.month)
        leapt = (day.month, day.day) == (2, 29) and not isleap(end.year)
        assert end.day == (28 if leapt else day.day)

    @given(a_day, counts)
    def test_months_end_on_the_day_of_the_same_number_or_the_last_of_the_month(self, day: date, count: int) -> None:
        end = calendar().after(day, Period(count, "months"))
        assert 12 * end.year + end.month == 12 * day.year + day.month + count
        assert end.day == min(day.day, monthrange(end.year, end.month)[1])

    @given(a_day, st.integers(1, 60))
    def test_twelve_months_are_a_year(self, day: date, count: int) -> None:
        days = calendar()
        assert days.after(day, Period(12 * count, "months")) == days.after(day, Period(count, "years"))

    @given(a_day, st.integers(1, 60))
    def test_working_days_end_on_a_business_day_with_so_many_business_days_on_the_way(
        self, day: date, count: int
    ) -> None:
        days = calendar()
        end = days.after(day, Period(count, "working days"))
        assert days.is_business_day(end)
        passed = (day + step * DAY for step in range(1, (end - day).days + 1))
        assert sum(days.is_business_day(one) for one in passed) == count

    @given(a_day, st.integers(1, 9999), st.sampled_from(("years", "months", "days")))
    def test_a_period_that_is_too_long_for_the_calendar_still_ends(self, day: date, count: int, unit: str) -> None:
        days = calendar()
        end = days.after(day, Period(count, unit))
        assert end.year <= MAXYEAR
        assert days.forward(end + DAY) > end


class TestPartialDates:
    @given(a_day)
    def test_a_full_date_is_that_day(self, day: date) -> None:
        assert span(day.isoformat()) == Span(day, day)
        assert span(day.isoformat()).exact

    @given(a_day)
    def test_a_month_is_every_day_in_it_and_no_other(self, day: date) -> None:
        month = span(day.isoformat()[:7])
        assert month.first <= day <= month.last
        assert not month.exact
        assert (month.first - DAY).month != month.first.month == month.last.month != (month.last + DAY).month
        assert (month.last - month.first).days < 31

    @given(a_day)
    def test_a_year_is_every_day_in_it_and_no_other(self, day: date) -> None:
        year = span(day.isoformat()[:4])
        assert (year.first, year.last) == (date(day.year, 1, 1), date(day.year, 12, 31))

    @given(a_day)
    def test_the_less_is_known_the_more_days_there_are(self, day: date) -> None:
        year, month = span(day.isoformat()[:4]), span(day.isoformat()[:7])
        assert year.first <= month.first <= day <= month.last <= year.last


class TestWritten:
    @given(counts, st.sampled_from(UNITS))
    def test_a_period_is_read_as_it_is_written(self, count: int, unit: str) -> None:
        assert period(str(Period(count, unit))) == Period(count, unit)

    @pytest.mark.parametrize(("text", "shown"), [("1 year", "1 year"), ("1 working day", "1 working day")])
    def test_one_is_one(self, text: str, shown: str) -> None:
        assert str(period(text)) == shown

    @pytest.mark.parametrize(
        ("one", "other", "shorter"),
        [
            ("11 months", "1 year", True),
            ("12 months", "1 year", False),
            ("1 year", "12 months", False),
            ("364 days", "1 year", True),
            ("366 days", "1 year", False),
            ("30 days", "1 month", True),
            ("20 working days", "30 days", True),
            ("20 working days", "27 days", False),
        ],
    )
    def test_periods_are_compared_whatever_their_units(self, one: str, other: str, shorter: bool) -> None:
        first, second = period(one), period(other)
        assert first is not None
        assert second is not None
        assert first.is_shorter(second) == shorter

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "none",
            "0 days",
            "two years",
            "2 weeks",
            "2years",
            "2  years",
            "-1 days",
            "1.5 years",
            "2 Years",
            "2 years.",
        ],
    )
    def test_anything_else_is_no_period(self, text: str) -> None:
        assert period(text) is None
