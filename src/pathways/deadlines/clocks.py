"""What the clocks of a rulebook say on the dates of a case. A day that is not known exactly never ends anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from pathways.case import Case, Given
from pathways.deadlines.days import Days, Span, span
from pathways.logic import NO, UNKNOWN, YES, ValueSet
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import NO_LIMIT, OVER, PASSED, RUNNING, UNSETTLED, WAITING, Clock, Period, period
from pathways.rulebook.model import Condition
from pathways.rulebook.sources import Cell

_DAY = timedelta(days=1)


@record
class Timing:
    """What one clock says.

    ``outcomes`` are the options its variable can still take. ``start`` is the day it runs from, as far as it is known.
    For a deadline ``last_safe`` is the last business day before the limit, for the earliest start; ``outer`` is the
    limit itself as it is usually counted; ``outer_last`` its latest possible day, where start or weekend leave it open.
    For a waiting period ``earliest`` is the first day after it. ``met`` says that what it asks for was done in time.
    ``careful`` is a shorter period that the last safe day is counted by. ``assumed`` says that the period is only the
    shortest it may be; ``no_limit`` that there is none. ``asks`` are the questions that would help.
    """

    outcomes: tuple[str, ...]
    start: Span | None = None
    last_safe: date | None = None
    outer: date | None = None
    outer_last: date | None = None
    met: bool = False
    period: Period | None = None
    careful: Period | None = None
    assumed: bool = False
    asks: tuple[str, ...] = ()
    earliest: date | None = None
    no_limit: bool = False


def timings(
    rulebook: Rulebook,
    case: Case,
    as_of: str,
    could_be: Callable[[int], ValueSet],
    names: Iterable[str] | None = None,
) -> Mapping[str, Timing]:
    """What every clock says of a case on a day (ISO date), or those that are named.

    ``could_be`` is what statements can be on its answers.
    """
    days = Days(rulebook)
    today = date.fromisoformat(as_of)
    clocks = rulebook.clocks
    chosen = clocks if names is None else names
    return {name: timing(rulebook, case, days, today, clocks[name], could_be) for name in chosen}


def timing(
    rulebook: Rulebook, case: Case, days: Days, today: date, clock: Clock, could_be: Callable[[int], ValueSet]
) -> Timing:
    """What one clock says.

    It asks of a case only the answers to ``clock.of``, ``by`` and ``met_by`` and to the questions that ``met_when``
    rests on (:func:`questions_of`), and of ``could_be`` only whether ``met_when`` is settled, and to what.
    """
    waits = rulebook.statements.variables[rulebook.variables[clock.variable]].options[0] == WAITING
    everything = (WAITING, OVER) if waits else (RUNNING, PASSED, UNSETTLED)
    # Where no answer says what follows, not to be known is to leave both possible.
    unsettled = (WAITING, OVER) if waits else (UNSETTLED,) if clock.told else (RUNNING, PASSED)
    how_long = _length(rulebook, case, clock)
    length, assumed = how_long.period, how_long.assumed
    if length is None:
        return Timing((RUNNING,), no_limit=True)
    given = case.answers.get(clock.of)
    if given is None:
        unanswered = tuple(name for name in (clock.of, clock.by) if name and name not in case.answers)
        return Timing(everything, period=length, assumed=assumed, asks=unanswered)
    start = _day(given)
    if start is None:
        return Timing(unsettled, period=length, assumed=assumed)
    if waits:
        return _waiting(days, today, start, length)
    asks = (clock.by,) if clock.by and clock.by not in case.answers else ()
    limit, latest = days.after(start.first, length), days.after(start.last, length)
    if clock.weekend != "none":
        latest = days.forward(latest)
    if clock.weekend == "forward":
        limit = days.forward(limit)
    done = _done(case, clock, could_be)
    exact = start.exact and not assumed
    outcomes, met, more = _outcomes(rulebook, case, clock, today, Span(limit, latest), exact, done)
    if outcomes == (UNSETTLED,):
        # The row of the table may still say that there is more time.
        outcomes = everything if asks else unsettled
    return Timing(
        outcomes,
        start=start,
        last_safe=days.back(days.after(start.first, how_long.careful or length) - _DAY),
        outer=None if assumed or clock.planned else limit,
        outer_last=None if assumed or clock.planned else latest,
        met=met,
        period=length,
        careful=how_long.careful,
        assumed=assumed,
        asks=(*asks, *more),
    )


def _waiting(days: Days, today: date, start: Span, length: Period) -> Timing:
    first, last = (days.forward(days.after(day, length) + _DAY) for day in (start.first, start.last))
    outcomes = (OVER,) if today >= last and start.exact else (WAITING,) if today < first else (WAITING, OVER)
    return Timing(outcomes, start=start, earliest=last, period=length)


def _done(case: Case, clock: Clock, could_be: Callable[[int], ValueSet]) -> ValueSet:
    """Whether the act that meets a deadline was done, on the answers."""
    condition = clock.met_when
    if condition is None:
        given = case.answers.get(clock.met_by) if clock.met_by else None
        return YES if given is not None and given.options else UNKNOWN if clock.met_by else NO
    if condition.op == "fact" and condition.options == ("yes",):
        given = case.answers.get(condition.name)
        plain = given is not None and given.kind == "known"
        return UNKNOWN if given is None or not plain else YES if given.options == ("yes",) else NO
    return could_be(condition.statement)


def _outcomes(
    rulebook: Rulebook, case: Case, clock: Clock, today: date, limit: Span, exact: bool, done: ValueSet
) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """What a deadline can have come to; whether it was met; the questions that would settle it."""
    on = case.answers.get(clock.met_by) if clock.met_by and done != NO else None
    act = _day(on) if on else None
    if act is not None:
        if act.last <= limit.first:
            return (RUNNING,), True, ()
        return ((PASSED,) if exact and act.exact and act.first > limit.last else (UNSETTLED,)), False, ()
    if today <= limit.first:
        # What was done was done by today.
        return (RUNNING,), done == YES, ()
    if done == NO:
        return ((PASSED,) if exact and today > limit.last else (UNSETTLED,)), False, ()
    asked = questions_of(rulebook, clock.met_when) if clock.met_when else ()
    unanswered = tuple(name for name in asked if name not in case.answers)
    if not unanswered and (done == YES or clock.met_when is None) and on is None and clock.met_by:
        unanswered = (clock.met_by,)
    if unanswered and done & (YES | NO):
        # An answer can still show that it was met.
        return (RUNNING, PASSED, UNSETTLED), False, unanswered
    return (UNSETTLED,), False, ()


def cell_of(rulebook: Rulebook, case: Case, clock: Clock) -> Cell | None:
    """What the table of a clock says of the row that a case names for sure."""
    given = case.answers.get(clock.by)
    if given is None or given.kind != "known" or not clock.table:
        return None
    return rulebook.tables[clock.table].cells.get(given.options[0], {}).get(clock.column)


def questions_of(rulebook: Rulebook, condition: Condition) -> tuple[str, ...]:
    """The questions that a condition rests on, in itself and in its findings."""
    if condition.op == "finding":
        return questions_of(rulebook, rulebook.findings[condition.name].holds_when)
    below = (name for part in condition.parts for name in questions_of(rulebook, part))
    return (condition.name,) if condition.op == "fact" else tuple(dict.fromkeys(below))


def _day(given: Given) -> Span | None:
    """The days that an answer to a date question leaves possible."""
    if not given.options:
        return None
    spans = [span(option) for option in given.options]
    return Span(min(one.first for one in spans), max(one.last for one in spans))


@record
class _Length:
    """How long a clock runs: ``period`` (None where there is no limit), one to plan with, and whether it is assumed."""

    period: Period | None
    careful: Period | None = None
    assumed: bool = False


def _length(rulebook: Rulebook, case: Case, clock: Clock) -> _Length:
    """How long a clock runs on the answers; the shortest it may be, where that is not known or was not checked."""
    if not clock.table:
        return _Length(clock.period)
    cell = cell_of(rulebook, case, clock)
    careful = cell.careful_in(clock.avenue) if cell else None
    if cell is not None and cell.checked and cell.value and _is_law(cell, case.answers.get(clock.of)):
        if cell.value == NO_LIMIT:
            return _Length(careful, careful, assumed=careful is not None)
        return _Length(period(cell.value), careful)
    shortest = [one for one in (clock.shortest, careful) if one]
    return _Length(min(shortest, key=_about_days), assumed=True)


def _about_days(length: Period) -> float:
    """Roughly how many days a period has, to tell the shorter of two."""
    return length.count * {"years": 365.25, "months": 30.4, "working days": 1.4}.get(length.unit, 1)


def _is_law(cell: Cell, given: Given | None) -> bool:
    """Whether what a cell says was law on the day from which a clock runs."""
    start = _day(given) if given and cell.start else None
    return not cell.start or (start is not None and start.first.isoformat() >= cell.start)
