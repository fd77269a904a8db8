"""A date that is partly known is the interval of its possible days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways.case import Case, Given, lies_after
from pathways.case.model import date_segments
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.cuts import segments
from tests.rulebook.overlay import TINY, changed, tiny

DAYS = st.dates(date(1789, 1, 1), date(2199, 12, 31))


def found(day: str, *cuts: str) -> tuple[str, ...]:
    """The stretches between the cuts in which a day, month or year may lie."""
    return date_segments(cuts, day, segments(cuts))


def first_and_last(day: str) -> tuple[date, date]:
    """The first and the last day that a date can mean, by the calendar."""
    year, *rest = map(int, day.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    month = rest[0]
    if len(rest) == 1:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, rest[1]), date(year, month, rest[1])


@pytest.mark.parametrize(
    ("day", "cut", "before", "after"),
    [
        ("2024-02-28", "2024-02-29", True, False),
        ("2024-02-29", "2024-02-29", False, True),
        ("2024-02", "2024-02-29", True, True),
        ("2023-02", "2023-03-01", True, False),
        ("2024-02", "2024-03-01", True, False),
        ("2024-03", "2024-03-01", False, True),
        ("2024-02", "2024-02-01", False, True),
        ("2026-04", "2026-05-01", True, False),
        ("2026-04", "2026-04-30", True, True),
        ("2026-06", "2026-07-01", True, False),
        ("2026-12", "2027-01-01", True, False),
        ("2026-12", "2026-12-31", True, True),
        ("2026", "2026-01-01", False, True),
        ("2026", "2026-12-31", True, True),
        ("2026", "2027-01-01", True, False),
        ("2025", "2026-01-01", True, False),
        ("2026-01-01", "2026-01-01", False, True),
        ("2025-12-31", "2026-01-01", True, False),
    ],
)
def test_a_partial_date_reaches_from_its_first_possible_day_to_its_last(
    day: str, cut: str, before: bool, after: bool
) -> None:
    assert (f"before {cut}" in found(day, cut), f"from {cut}" in found(day, cut)) == (before, after)


@settings(max_examples=1000, deadline=None)
@given(
    day=st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]]),
    cuts=st.lists(DAYS, min_size=1, max_size=4, unique=True).map(sorted),
)
@example(day="2024-02", cuts=[date(2024, 2, 29)])
@example(day="2023-02", cuts=[date(2023, 2, 28), date(2023, 3, 1)])
def test_the_stretches_found_are_those_with_a_possible_day_in_them(day: str, cuts: list[date]) -> None:
    first, last = first_and_last(day)
    starts, ends = [date.min, *cuts], [*(cut - timedelta(1) for cut in cuts), date.max]
    names = segments(tuple(cut.isoformat() for cut in cuts))
    expected = tuple(
        name for name, start, end in zip(names, starts, ends, strict=True) if start <= last and first <= end
    )
    assert found(day, *(cut.isoformat() for cut in cuts)) == expected
    assert expected, "every date lies somewhere"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook(TINY)


def covered(rulebook: Rulebook, *days: str, disputed: bool = False) -> int:
    """What the finding can be that asks for goods sent from 2020-01-01 on."""
    kind = "disputed" if disputed else "known" if len(days) == 1 else "one-of"
    case = Case("A", answers={"parcel.contents": Given.known("goods"), "parcel.sent": Given(kind, days)})  # type: ignore[arg-type]
    return rulebook.decider.could_be(rulebook.findings["covered"].holds_when.statement, case.logic(rulebook))


def test_a_date_settles_a_condition_only_if_all_its_possible_days_do(rulebook: Rulebook) -> None:
    from pathways.logic import DISPUTED, NO, UNKNOWN, YES

    assert covered(rulebook, "2019-12-31") == covered(rulebook, "2019") == covered(rulebook, "2019-12") == NO
    assert covered(rulebook, "2020-01-01") == covered(rulebook, "2020") == covered(rulebook, "2020-01") == YES
    assert covered(rulebook, "2019", "2020") == UNKNOWN
    assert covered(rulebook, "2019", "2020", disputed=True) == DISPUTED
    assert covered(rulebook, "2020", "2021-05", disputed=True) == YES, "the dispute is not about this"


@pytest.mark.parametrize(
    ("stretch", "same"), [("{from: 2020}", "{from: 2020-01-01}"), ("{before: 2020-03}", "{before: 2020-03-01}")]
)
def test_a_rule_may_name_a_year_or_a_month_and_means_its_first_day(
    stretch: str, same: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def cuts(written: str) -> tuple[str, ...]:
        folder = tiny(
            tmp_path_factory.mktemp("tiny"), changed("rules/findings/parcels.yaml", "{from: 2020-01-01}", written)
        )
        return read_rulebook(folder).facts["parcel.sent"].cuts

    assert cuts(stretch) == cuts(same)


@pytest.mark.parametrize("day", ["2026-02-03", "2026-02-02", "2026-02", "2026", "1999-12-31"])
def test_a_date_that_may_be_the_day_or_before_it_does_not_lie_after_it(day: str) -> None:
    assert not lies_after(Given.known(day), "2026-02-03")


@pytest.mark.parametrize("day", ["2026-02-04", "2026-03", "2027"])
def test_a_date_that_begins_after_the_day_lies_after_it_also_as_one_of_several(day: str) -> None:
    assert lies_after(Given.known(day), "2026-02-03")
    assert lies_after(Given("disputed", ("2025", day)), "2026-02-03")


def test_an_answer_that_is_not_known_lies_nowhere() -> None:
    assert not lies_after(Given("unknown"), "2026-02-03")
