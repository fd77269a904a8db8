"""Laws of deadlines, tried on random cases of parking fines: knowing more only narrows what is possible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment import Assessment, Standing, assess
from pathways.case import Case, Given, Said
from pathways.deadlines import Days, timings
from pathways.deadlines.days import span
from pathways.logic import YES, ValueSet
from tests.assessment.gardens import cases
from tests.deadlines.fines import fines

DAY = timedelta(days=1)
DATES = ("fine.placed-on", "objection.sent-on", "objection.refused-on", "appeal.filed-on")
TOLD = "appeal.instalments-late"
tried = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.dates(date(2022, 6, 1), date(2027, 6, 1))
steps = st.integers(0, 130)


def could_be(case: Case) -> Callable[[int], ValueSet]:
    """What statements can be on the answers of a case."""
    return fines().decider.of(case.logic(fines())).could_be


def possible(assessment: Assessment) -> dict[str, set[Standing]]:
    """What every avenue can still become."""
    return {result.avenue.id: set(result.could_become) for result in assessment.avenues}


def missed(assessment: Assessment) -> dict[str, int]:
    """Of every time limit, shown or not, whether it was missed."""
    return {
        f"{result.avenue.id}/{part.id}": part.values
        for result in assessment.avenues
        for part in result.hurdles
        if part.kind == "deadline"
    }


@st.composite
def stories(draw: st.DrawFn) -> tuple[Case, str]:
    """What may really have happened, told in full, and a day after all of it."""
    answers = {
        name: draw(st.sampled_from(("yes", "no")))
        for name in ("fine.paid", "fine.repeat", "fine.photo", "fine.photo-late", "fine.camera", "fine.poor")
    }
    answers["objection.ill"] = draw(st.sampled_from(("yes", "no")))
    answers["fine.town"] = draw(st.sampled_from(("AB", "CD", "EF", "GH", "JK")))
    at = draw(days)
    answers["fine.placed-on"] = at.isoformat()
    happened = True
    for done, on in (
        ("objection.sent", "objection.sent-on"),
        ("objection.refused", "objection.refused-on"),
        ("appeal.filed", "appeal.filed-on"),
    ):
        # What comes later needs what comes before it.
        happened = happened and draw(st.booleans())
        answers[done] = "yes" if happened else "no"
        if happened:
            at += draw(steps) * DAY
            answers[on] = at.isoformat()
    at += draw(steps) * DAY
    told = Case("A fine", answers={name: Given.known(answer) for name, answer in answers.items()})
    # What is said of a time limit is what is true of it.
    for ask, limit in ((TOLD, "instalments/ask"), ("fine.photo-late", "objection/photo-in-time")):
        passed = timings(fines(), told, at.isoformat(), could_be(told))[limit].outcomes == ("passed",)
        told = told.with_answer(ask, Given.known("yes" if passed else "no"))
    return told, at.isoformat()


@st.composite
def blurred(draw: st.DrawFn, full: Case) -> Case:
    """The case as it is told by somebody who knows less of it."""
    case = full
    for name in draw(st.lists(st.sampled_from(sorted(full.answers)), unique=True)):
        (true,) = full.answers[name].options
        ways: list[Given | None] = [None, Given("unknown")]
        if name in DATES:
            other = draw(days).isoformat()
            ways += [Given.known(true[:7]), Given.known(true[:4])]
            ways += [Given("one-of", (true, other))] if other != true else []
        elif name == "fine.town":
            ways.append(Given("one-of", ("AB", true) if true != "AB" else ("AB", "CD")))
        case = case.with_answer(name, draw(st.sampled_from(ways)))
    return case


@tried
@given(st.data())
def test_who_knows_less_holds_everything_for_possible_that_is_true(data: st.DataObject) -> None:
    full, as_of = data.draw(stories())
    less = data.draw(blurred(full))
    known, guessed = assess(fines(), full, as_of), assess(fines(), less, as_of)
    for avenue, standings in possible(known).items():
        assert standings <= possible(guessed)[avenue], avenue
    for limit, values in missed(known).items():
        assert not values & ~missed(guessed)[limit], limit


@tried
@given(st.data())
def test_an_answer_to_what_is_asked_only_narrows_what_is_possible(data: st.DataObject) -> None:
    full, as_of = data.draw(stories())
    before = assess(fines(), data.draw(blurred(full)), as_of)
    for name in before.open_questions:
        if name not in before.case.answers and name in full.answers:
            after = assess(fines(), before.case.with_answer(name, full.answers[name]), as_of)
            for avenue, standings in possible(after).items():
                assert standings <= possible(before)[avenue], (avenue, name)


@tried
@given(st.data())
def test_what_is_not_asked_would_settle_no_time_limit(data: st.DataObject) -> None:
    full, as_of = data.draw(stories())
    before = assess(fines(), data.draw(blurred(full)), as_of)
    # The day of an act is asked for when it is known that it was done.
    acts = [clock for clock in fines().clocks.values() if clock.met_by and clock.met_when]
    later = {one.met_by for one in acts if one.met_when and set(one.met_when.facts) - set(before.case.answers)}
    for name in sorted(set(full.answers) - set(before.case.answers) - set(before.open_questions) - later):
        after = assess(fines(), before.case.with_answer(name, full.answers[name]), as_of)
        assert possible(after) == possible(before), name


@tried
@given(cases(fines()), days)
def test_the_last_safe_day_is_a_business_day_and_never_after_the_outer_limit(case: Case, as_of: date) -> None:
    calendar = Days(fines())
    for one in assess(fines(), case, as_of.isoformat()).deadlines:
        assert bool(one.last_safe) == (one.days_left is not None)
        if one.last_safe:
            last_safe = date.fromisoformat(one.last_safe)
            assert calendar.is_business_day(last_safe)
            assert not one.outer_limit or last_safe < date.fromisoformat(one.outer_limit)
            assert one.days_left == (last_safe - as_of).days


@tried
@given(cases(fines()), days)
def test_a_waiting_period_ends_on_a_business_day_and_is_over_only_after_it(case: Case, as_of: date) -> None:
    calendar = Days(fines())
    for one in assess(fines(), case, as_of.isoformat()).waits:
        if one.earliest:
            earliest = date.fromisoformat(one.earliest)
            assert calendar.is_business_day(earliest)
            assert one.state != "passed" or earliest <= as_of
            assert one.days_left == (earliest - as_of).days


@tried
@given(cases(fines()), days, days)
def test_a_later_day_of_assessment_never_turns_passed_into_running(case: Case, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    before = timings(fines(), case, earlier.isoformat(), could_be(case))
    after = timings(fines(), case, later.isoformat(), could_be(case))
    for name, timing in before.items():
        if timing.outcomes in (("passed",), ("over",)):
            assert after[name].outcomes == timing.outcomes, name


@tried
@given(cases(fines()), days, days)
def test_what_was_missed_on_a_day_is_missed_on_every_later_day(case: Case, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    after = missed(assess(fines(), case, later.isoformat()))
    for name, values in missed(assess(fines(), case, earlier.isoformat())).items():
        assert values != YES or after[name] == YES, name


@tried
@given(st.data())
def test_a_partial_date_closes_nothing_that_its_days_would_not_all_close(data: st.DataObject) -> None:
    case = data.draw(cases(fines())).with_answer(TOLD, None)
    name = data.draw(st.sampled_from(DATES))
    day, length = data.draw(days).isoformat(), data.draw(st.sampled_from((4, 7)))
    as_of = data.draw(days).isoformat()
    partial = assess(fines(), case.with_answer(name, Given.known(day[:length])), as_of)
    between = span(day[:length])
    at = data.draw(st.dates(between.first, between.last)).isoformat()
    exact = possible(assess(fines(), case.with_answer(name, Given.known(at)), as_of))
    for avenue, standings in possible(partial).items():
        assert exact[avenue] <= standings, (avenue, at)


@tried
@given(st.data())
def test_no_date_that_is_in_doubt_ends_anything(data: st.DataObject) -> None:
    """A month, a year, "one of these days", "disputed" or "don't know" never makes a time limit passed."""
    case, as_of = data.draw(stories())
    for name in DATES:
        one, other = sorted((data.draw(days).isoformat(), data.draw(days).isoformat()))
        doubts = [Given("unknown"), Given.known(one[:7]), Given.known(one[:4])]
        if one != other:
            doubts.append(Given("one-of", (one, other)))
            doubts.append(Given("disputed", (one, other), (Said(one), Said(other))))
        case = case.with_answer(name, data.draw(st.sampled_from(doubts)))
    for name, timing in timings(fines(), case, as_of, could_be(case)).items():
        assert "running" in timing.outcomes or "unsettled" in timing.outcomes or "waiting" in timing.outcomes, name
