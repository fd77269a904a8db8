"""Deadlines, waiting periods and local law on the page of an assessed case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pathways.assessment import Assessment, AvenueResult, DeadlineResult, Standing, WaitResult
from pathways.assessment.times import NOT_STARTED, PASSED, PLAIN, RUNNING, UNSETTLED
from pathways.render import words
from pathways.render.page import Page, Tone
from pathways.render.words import count, upper

#: So many days before the last safe day a time limit is shown as near.
NEAR = 60
#: So many time limits stand on the short page.
MOST_ON_A_PAGE = 6

STATE = {
    RUNNING: "Running.",
    PASSED: "Passed, on these answers.",
    UNSETTLED: "Not settled whether it has passed.",
    NOT_STARTED: "Not started, as far as the answers say.",
}

NOT_FOR_PLANNING = (
    "“Last safe day” is ours: the last business day before the limit. The outer limit is the law's, as it is usually "
    "counted; do not plan on it. No complaint, review or request stops any of these clocks. Have a lawyer compute each "
    "day anew."
)


def deadlines_section(page: Page, assessment: Assessment, brief: bool = False) -> None:
    """Every time limit that still matters, the most urgent first."""
    if not assessment.deadlines and not assessment.waits:
        return
    page.heading(2, "Time limits")
    results = {result.avenue.id: result for result in assessment.avenues}
    dated = [one for one in assessment.deadlines if one.last_safe]
    others = [one for one in assessment.deadlines if not one.last_safe]
    # The first starter of the rulebook is the one who asks; the others' time limits are not theirs to meet.
    asker = next(iter(page.rulebook.about.starts_with))
    own = [one for one in dated if results[one.avenue].avenue.starts_with == asker]
    theirs = [one for one in dated if one not in own]
    shown = own[:MOST_ON_A_PAGE] if brief else own
    _dated(page, results, shown)
    if theirs and not brief:
        page.para("", label="Time limits that others have to meet")
        _dated(page, results, theirs)
    if not brief:
        for one in dated:
            for note in one.notes:
                if note.about != PLAIN:
                    label = f"{results[one.avenue].avenue.short}, {one.deadline.title}"
                    page.item(note.text, note.sources, label=label, depth=1)
    if dated:
        page.para(NOT_FOR_PLANNING, tone="quiet")
    if brief:
        left = len(dated) - len(shown) + len(others)
        if left:
            page.item(f"and {count(left, 'more time limit', 'more time limits')}, in the full result")
        return
    for label, several in undated_groups(others):
        page.para("", label=label)
        for one in several:
            short = results[one.avenue].avenue.short
            page.item(undated_words(one), one.deadline.sources, label=short, depth=1, tone=limit_tone(one))
    if assessment.waits:
        page.para("", label="Too early before")
    for wait in assessment.waits:
        page.item(wait_words(wait), wait.wait.sources, label=results[wait.avenue].avenue.short, depth=1)


def _dated(page: Page, results: Mapping[str, AvenueResult], shown: Sequence[DeadlineResult]) -> None:
    """Time limits with their days, in a table."""
    if not shown:
        return
    page.table(
        ("Last safe day", "Days left", "Outer limit", "What must be done"),
        [
            (
                one.last_safe,
                str(one.days_left) if (one.days_left or 0) >= 0 else "over",
                one.outer_limit or "not known",
                f"{results[one.avenue].avenue.short}: {one.deadline.title}. {state_words(results[one.avenue], one)}",
            )
            for one in shown
        ],
        [limit_tone(one) for one in shown],
    )
    page.space()


#: Of a day that is over and closes no way as a whole: one to plan with, and one on which something hangs all the same.
PLANNED_OVER = "This day for planning is over. The real limit may be later: see a lawyer today."
PART_OVER = (
    "This day is over. That does not close this way as a whole, but what had to be done by then may be lost. Ask a "
    "lawyer today what is left, and whether it can still be done late."
)


def undated_groups(undated: Sequence[DeadlineResult]) -> Iterator[tuple[str, list[DeadlineResult]]]:
    """Time limits of which no day can be given, by what is the matter."""
    untold = [one for one in undated if one.deadline.clock is None]
    later = [one for one in undated if one.deadline.clock and one.state == NOT_STARTED]
    known = [one for one in undated if one.deadline.clock and one.state != NOT_STARTED]
    groups = (
        ("A day is missing, or there is no limit", known),
        ("No day is computed for these", untold),
        ("Not started, as far as the answers say", later),
    )
    yield from ((label, several) for label, several in groups if several)


def state_words(result: AvenueResult, one: DeadlineResult) -> str:
    """The state of a time limit, and whether it is known at all that it concerns this case."""
    doubtful = Standing.NOT_APPLICABLE in result.could_become
    state = STATE[one.state]
    if one.state == PASSED and one.deadline.if_missed == "informs":
        clock = one.deadline.clock
        state = PLANNED_OVER if clock and clock.planned else PART_OVER
    elif one.state == RUNNING and (one.days_left or 0) < 0:
        state = "The last safe day is over, the law's limit is not: see a lawyer today."
    return f"{state}{' Only if this way applies here.' if doubtful else ''}"


def limit_tone(one: DeadlineResult) -> Tone:
    """A warning where it is near, over or not settled."""
    near = one.days_left is not None and one.days_left <= NEAR
    return "warning" if near or one.state in (PASSED, UNSETTLED) else ""


def undated_words(one: DeadlineResult) -> str:
    """A time limit of which no day can be given: what starts it, or why there is no day."""
    clock = one.deadline.clock
    notes = " ".join(note.text for note in one.notes)
    if clock is None:
        missed = f" {words.missed_words(one.missed)}" if one.deadline.can_be_missed else ""
        return f"{one.deadline.title}.{missed}"
    if one.state == NOT_STARTED:
        length = clock.period or f"at least {clock.shortest}"
        return f"{one.deadline.title}: {length} from {clock.starts}."
    start = "" if notes else f" It starts with {clock.starts}."
    return f"{one.deadline.title}. {STATE[one.state]}{start} {notes}".strip()


def deadline_line(one: DeadlineResult) -> str:
    """How a time limit stands, for the part of the page on its avenue."""
    if one.deadline.clock is None:
        return words.missed_words(one.missed) if one.deadline.can_be_missed else ""
    if not one.last_safe:
        return STATE[one.state]
    outer = f" Outer limit as usually counted: {day_words(one.outer_limit)}." if one.outer_limit else ""
    left = one.days_left or 0
    when = f"{count(left, 'day')} left" if left >= 0 else f"{count(-left, 'day')} ago"
    return f"Last safe day: {day_words(one.last_safe)} ({when}).{outer} {STATE[one.state]}"


def wait_words(one: WaitResult) -> str:
    """A waiting period in a sentence."""
    clock = one.wait.clock
    if not one.earliest:
        return f"{one.wait.title}: {clock.period} from {clock.starts}."
    over = "it is over" if one.state == PASSED else "before that day it is too early"
    return f"{one.wait.title}. Earliest day: {day_words(one.earliest)}; {over}."


def day_words(day: str) -> str:
    """``2028-01-06`` → ``Thu 2028-01-06``."""
    return f"{date.fromisoformat(day):%a} {day}" if day else ""


def local_section(page: Page, assessment: Assessment) -> None:
    """What the tables say for the place of the case: cell by cell, and where one is empty, a warning."""
    if not assessment.local:
        return
    first = assessment.local[0]
    name = assessment.rulebook.tables[first.table].rows[first.row].get("name", first.row)
    page.heading(2, f"The law of the place: {name}")
    local_items(page, assessment)


def local_items(page: Page, assessment: Assessment) -> None:
    """The same without its heading."""
    for local in assessment.local:
        column, cell = local.column, local.cell
        if cell is None:
            page.item(f"not checked. {column.if_empty}".strip(), label=column.title, tone="warning")
            continue
        no_day = "; no day is computed from it" if column.kind == "period" else ""
        unread = "" if local.checked else f" ({upper(words.SEEN[cell.seen])}{no_day}.)"
        said = f"{upper(cell.value)}. " if cell.value and column.kind == "period" else ""
        text = f"{said}{cell.text or column.explains}{unread}".strip()
        page.item(text, cell.sources, label=column.title, tone="" if local.checked else "warning")
