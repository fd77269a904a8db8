"""What is sought where a clock stands between the rules and the result: cases whose days make it say something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import permutations

from pathways.authoring.telling import Sought
from pathways.authoring.timely import with_rows
from pathways.case import Case, Given
from pathways.logic.apart import Moved
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import Clock
from pathways.rulebook.model import Deadline, Wait

#: So many days around the end of a period are tried.
_AROUND = sorted(range(-9, 10), key=abs)


def with_clocks(sought: Sought, parts: Iterable[Deadline | Wait], *, done: bool) -> Iterator[Sought]:
    """What is sought where the clocks of some parts of an avenue say something else before and after a change.

    ``done``: on days on which the time would be over, or not known; else on days that lie around its end.
    """
    names = {part.id for part in parts}
    found = sought.before.avenues[sought.about[0]]
    timed: tuple[Deadline | Wait, ...] = (*found.deadlines, *found.waits)
    for part in timed:
        if part.id in names:
            yield from _moved(sought, part, done=done)


def _moved(sought: Sought, part: Deadline | Wait, *, done: bool) -> Iterator[Sought]:
    """The same, once for each thing that a clock may say before and after the change, where it runs at all."""
    rulebook, clock = sought.before, part.clock
    if clock is None:
        return
    variable = rulebook.variables[clock.variable]
    runs = [clock.starts_when, part.applies_when if isinstance(part, Deadline) else None]
    where = (*sought.where, *((one.statement, True) for one in runs if one))

    def days(case: Case) -> Iterator[Case]:
        return _long_ago(rulebook, case, clock) if done else _around_the_end(rulebook, case, clock)

    for before, after in permutations(range(len(rulebook.statements.variables[variable].options)), 2):
        yield replaced(sought, where=where, moved=Moved(variable, before, after), days=days, provable=False)


def _around_the_end(rulebook: Rulebook, case: Case, clock: Clock) -> Iterator[Case]:
    """The case, begun so long before the day of assessment that a period ends about then."""
    for placed, periods in with_rows(rulebook, case, clock):
        for period in periods:
            for more in _AROUND:
                yield placed.with_answer(clock.of, Given.known(_before(case, period.days + more)))


def _long_ago(rulebook: Rulebook, case: Case, clock: Clock) -> Iterator[Case]:
    """The case, begun so long ago that the time is over, and what had to be done was done soon, or on no known day.

    Then begun on a day that nobody knows: an answer says what the clock cannot.
    """
    for placed, periods in with_rows(rulebook, case, clock):
        for period in periods:
            back = period.days + 60
            begun = placed.with_answer(clock.of, Given.known(_before(case, back)))
            if clock.met_by:
                yield begun.with_answer(clock.met_by, Given.known(_before(case, back - 5)))
            yield begun
    yield case.with_answer(clock.of, Given("unknown"))


def _before(case: Case, days: int) -> str:
    return (date.fromisoformat(case.as_of) - timedelta(days)).isoformat()
