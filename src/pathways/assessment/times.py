"""Deadlines, waiting periods and local law of a case, as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pathways.assessment.model import (
    NO_WAY,
    AvenueResult,
    DeadlineResult,
    LocalCell,
    Reason,
    Standing,
    WaitResult,
)
from pathways.assessment.reasons import clock_words
from pathways.assessment.view import View
from pathways.deadlines import Timing, cell_of
from pathways.logic import NO, YES
from pathways.rulebook.clock import OVER, WAITING, Clock
from pathways.rulebook.clock import RUNNING as CLOCK_RUNS
from pathways.rulebook.model import Condition, Deadline, Wait

NOT_STARTED, RUNNING, PASSED, UNSETTLED = STATES = ("not_started", "running", "passed", "unsettled")
#: What a note is about that says which period is meant; every other note is a warning.
PLAIN = "period"


def deadline_results(view: View, results: Iterable[AvenueResult]) -> tuple[DeadlineResult, ...]:
    """The time limits of the avenues that still matter and were not met, the most urgent first."""
    found = [
        made
        for result in results
        if result.standing not in NO_WAY
        for deadline in result.avenue.deadlines
        if (made := deadline_result(view, result, deadline)) is not None
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(one: DeadlineResult) -> tuple[bool, bool, bool, str]:
    """What can still be done comes first, by its day; what is over after it; a clock that has not started last."""
    return one.state == NOT_STARTED, not one.last_safe, one.state == PASSED, one.last_safe


def deadline_result(view: View, result: AvenueResult, deadline: Deadline) -> DeadlineResult | None:
    """How a time limit stands; None where it was met or does not concern the case."""
    if deadline.applies_when and view.of(deadline.applies_when) == NO:
        return None
    avenue, missed, clock = result.avenue, view.values(deadline.missed), deadline.clock
    if clock is None:
        state = PASSED if missed == YES else UNSETTLED
        return DeadlineResult(deadline.id, avenue.id, deadline, state, missed, "", "", "", None)
    timing = view.timings[clock.variable]
    if timing.met and missed == NO:
        return None
    start = _known_day(timing)
    if _not_started(view, deadline, clock, timing):
        return DeadlineResult(deadline.id, avenue.id, deadline, NOT_STARTED, missed, start, "", "", None)
    in_time = missed == NO and (timing.start is None or timing.no_limit or timing.outcomes == (CLOCK_RUNS,))
    state = PASSED if missed == YES else RUNNING if in_time else UNSETTLED
    today = date.fromisoformat(view.as_of)
    return DeadlineResult(
        id=deadline.id,
        avenue=avenue.id,
        deadline=deadline,
        state=state,
        missed=missed,
        start=start,
        last_safe=timing.last_safe.isoformat() if timing.last_safe else "",
        outer_limit=timing.outer.isoformat() if timing.outer and timing.start and timing.start.exact else "",
        days_left=(timing.last_safe - today).days if timing.last_safe else None,
        notes=tuple(_notes(view, deadline, clock, timing, today)),
        certain=state in (RUNNING, PASSED)
        and timing.careful is None
        and _certain(view, result, timing, (deadline.applies_when, clock.starts_when)),
    )


def _certain(view: View, result: AvenueResult, timing: Timing, conditions: Iterable[Condition | None]) -> bool:
    """Whether a time concerns the case for sure, and runs for a period that was read from one day that is known."""
    known = timing.start is not None and timing.start.exact and not timing.assumed
    applies = Standing.NOT_APPLICABLE not in result.could_become
    return known and applies and all(view.of(condition) == YES for condition in conditions if condition)


def _notes(view: View, deadline: Deadline, clock: Clock, timing: Timing, today: date) -> Iterator[Reason]:
    """Warnings beside a time limit."""
    sources, cell = deadline.sources, cell_of(view.rulebook, view.case, clock)
    if timing.no_limit:
        yield Reason("No limit in time, as far as the table of these rules says.", cell.sources if cell else sources)
        return
    if timing.assumed and timing.careful and cell:
        yield Reason(f"Counted by the shortest period that may apply, {timing.careful}. {cell.text}", cell.sources)
    elif timing.assumed:
        yield Reason(
            f"Computed from the shortest period it may be, {timing.period}. {clock.because}", clock.shortest_sources
        )
    elif clock.table:
        cell_sources = cell.sources if cell else sources
        if timing.careful:
            yield Reason(
                f"The period is {timing.period}, but for some of it, it may be only {timing.careful}: "
                "the last safe day is counted by the shorter one.",
                cell_sources,
            )
        else:
            yield Reason(f"The period is {timing.period}.", cell_sources, PLAIN)
    if timing.start is None or timing.last_safe is None:
        return
    if not timing.start.exact:
        first, last = timing.start.first.isoformat(), timing.start.last.isoformat()
        passed = " It may already have passed." if today > timing.last_safe else ""
        yield Reason(
            f"The day that starts it is not known exactly: it lies from {first} to {last}, and the earliest is counted."
            f"{passed}",
            sources,
        )
    elif timing.outer and timing.last_safe < today <= timing.outer:
        yield Reason("The last safe day is over. It may still be in time: see a lawyer today.", sources)
    elif timing.outer and timing.outer_last and timing.outer < today <= timing.outer_last:
        yield Reason(
            "The last day was no business day. Whether the next business day still counts is not settled.", sources
        )
    elif timing.assumed and today > timing.last_safe:
        yield Reason("It may already have passed.", sources)


def _known_day(timing: Timing) -> str:
    return timing.start.first.isoformat() if timing.start and timing.start.exact else ""


def _not_started(view: View, deadline: Deadline, clock: Clock, timing: Timing) -> bool:
    """Whether the day that starts a clock has not come, or nobody said that it has."""
    if timing.start is None and deadline.applies_when and view.of(deadline.applies_when) & NO:
        return True
    if clock.starts_when is None:
        return False
    values = view.of(clock.starts_when)
    return values == NO or (timing.start is None and bool(values & NO))


def wait_results(view: View, results: Iterable[AvenueResult]) -> tuple[WaitResult, ...]:
    """The waiting periods of the avenues that still matter and are not over, the first to end first."""
    found = [
        _wait(view, result, wait) for result in results if result.standing not in NO_WAY for wait in result.avenue.waits
    ]
    return tuple(sorted(found, key=lambda one: (one.state == NOT_STARTED, not one.earliest, one.earliest)))


def _wait(view: View, result: AvenueResult, wait: Wait) -> WaitResult:
    timing = view.timings[wait.clock.variable]
    if timing.start is None:
        started = wait.clock.starts_when is not None and view.of(wait.clock.starts_when) == YES
        return WaitResult(wait.id, result.avenue.id, wait, UNSETTLED if started else NOT_STARTED, "", "", None)
    state = PASSED if timing.outcomes == (OVER,) else RUNNING if timing.outcomes == (WAITING,) else UNSETTLED
    today = date.fromisoformat(view.as_of)
    earliest = timing.earliest
    return WaitResult(
        wait.id,
        result.avenue.id,
        wait,
        state,
        _known_day(timing),
        earliest.isoformat() if earliest else "",
        (earliest - today).days if earliest else None,
        certain=_certain(view, result, timing, (wait.clock.starts_when,)),
    )


def clock_reasons(view: View, deadline: Deadline) -> list[Reason]:
    """What the dates of the case say of a time limit that decides."""
    clock = deadline.clock
    if clock is None or view.timings[clock.variable].start is None:
        return []
    return [Reason(clock_words(view, clock.variable), deadline.sources)]


def local_cells(view: View, results: Sequence[AvenueResult]) -> tuple[LocalCell, ...]:
    """What tables say for the place of the case, beside the avenues shown that still matter."""
    shown = [result.avenue.id for result in results if result.standing not in NO_WAY]
    found = []
    for asked, table_id in view.rulebook.row_questions.items():
        given = view.case.answers.get(asked)
        if given is None or given.kind != "known":
            continue
        table, row = view.rulebook.tables[table_id], given.options[0]
        for column in table.columns.values():
            beside = tuple(avenue for avenue in shown if avenue in column.about)
            if beside:
                cell = table.cells.get(row, {}).get(column.id)
                checked = cell is not None and cell.checked
                found.append(LocalCell(table.id, row, column, cell, beside, checked))
    return tuple(found)
