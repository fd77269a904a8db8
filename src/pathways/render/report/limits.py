"""Time limits in a report: by urgency, with days in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.assessment import Assessment, AvenueResult, DeadlineResult, WaitResult
from pathways.assessment.times import PASSED, PLAIN
from pathways.render import words
from pathways.render.page import Page
from pathways.render.report.days import Days
from pathways.render.times import NOT_FOR_PLANNING, STATE, limit_tone, state_words, undated_groups, undated_words
from pathways.render.words import count

#: So many time limits stand on the first page.
MOST_ON_FIRST_PAGE = 5

Results = Mapping[str, AvenueResult]


def own_limits(assessment: Assessment) -> tuple[list[DeadlineResult], list[DeadlineResult]]:
    """The time limits that have a day: those of the one who asks, and those that others have to meet."""
    starters = {result.avenue.id: result.avenue.starts_with for result in assessment.avenues}
    # The first starter of the rulebook is the one who asks.
    asker = next(iter(assessment.rulebook.about.starts_with))
    dated = [one for one in assessment.deadlines if one.last_safe]
    return [one for one in dated if starters[one.avenue] == asker], [
        one for one in dated if starters[one.avenue] != asker
    ]


def urgent_limits(page: Page, assessment: Assessment, days: Days, anchors: Mapping[str, str]) -> None:
    """The few most urgent time limits, for a first page: one row for each day and way."""
    own, _ = own_limits(assessment)
    if not own:
        return
    results = {result.avenue.id: result for result in assessment.avenues}
    rows: dict[tuple[str, str], list[DeadlineResult]] = {}
    for one in own:
        rows.setdefault((one.last_safe, one.avenue), []).append(one)
    shown = list(rows.values())[:MOST_ON_FIRST_PAGE]
    page.table(
        ("Last safe day", "Left", "What"),
        [
            (
                days.day(several[0].last_safe),
                days.left(several[0].days_left or 0),
                f"{results[several[0].avenue].avenue.short}: {'; '.join(one.deadline.title for one in several)}."
                f"{_if(results[several[0].avenue], several[0])}",
            )
            for several in shown
        ],
        [limit_tone(several[0]) for several in shown],
        [anchors.get(several[0].avenue, "") for several in shown],
    )
    left = sum(len(several) for several in list(rows.values())[MOST_ON_FIRST_PAGE:])
    more = (
        f" {count(left, 'more time limit')} with a day {'is' if left == 1 else 'are'} listed further on."
        if left
        else ""
    )
    page.para(f"{NOT_FOR_PLANNING}{more}", tone="warning")


def _if(result: AvenueResult, one: DeadlineResult) -> str:
    said = state_words(result, one).removeprefix(STATE["running"]).strip()
    return f" {said}" if said else ""


def limits_section(page: Page, assessment: Assessment, days: Days, anchors: Mapping[str, str]) -> None:
    """Every time limit and waiting period that still matters."""
    results = {result.avenue.id: result for result in assessment.avenues}
    own, theirs = own_limits(assessment)
    for several, label in ((own, ""), (theirs, "Time limits that others have to meet")):
        if several:
            if label:
                page.para("", label=label)
            _dated(page, several, results, days, anchors)
    for one in (*own, *theirs):
        for note in one.notes:
            if note.about != PLAIN:
                page.item(
                    note.text, note.sources, label=f"{results[one.avenue].avenue.short}, {one.deadline.title}", depth=1
                )
    if own or theirs:
        page.para(NOT_FOR_PLANNING, tone="warning")
    undated = [one for one in assessment.deadlines if not one.last_safe]
    for label, several in undated_groups(undated):
        page.para("", label=label)
        for one in several:
            short = results[one.avenue].avenue.short
            page.item(undated_words(one), one.deadline.sources, label=short, depth=1, to=anchors.get(one.avenue, ""))
    if assessment.waits:
        page.para("", label="Too early before")
    for wait in assessment.waits:
        page.item(wait_words(wait, days), wait.wait.sources, label=results[wait.avenue].avenue.short, depth=1)


def _dated(
    page: Page, several: Sequence[DeadlineResult], results: Results, days: Days, anchors: Mapping[str, str]
) -> None:
    page.table(
        ("Last safe day", "Left", "Outer limit", "What must be done"),
        [
            (
                days.day(one.last_safe),
                days.left(one.days_left or 0),
                days.day(one.outer_limit) if one.outer_limit else "not known",
                f"{results[one.avenue].avenue.short}: {one.deadline.title}. {state_words(results[one.avenue], one)}",
            )
            for one in several
        ],
        [limit_tone(one) for one in several],
        [anchors.get(one.avenue, "") for one in several],
    )


def limit_words(one: DeadlineResult, days: Days) -> str:
    """How a time limit stands, beside its avenue."""
    if one.deadline.clock is None:
        return words.missed_words(one.missed) if one.deadline.can_be_missed else ""
    if not one.last_safe:
        return STATE[one.state]
    outer = f" Outer limit as usually counted: {days.day(one.outer_limit)}." if one.outer_limit else ""
    left = one.days_left or 0
    when = f"{days.left(left)} left" if left >= 0 else "over"
    return f"Last safe day: {days.day(one.last_safe)} ({when}).{outer} {STATE[one.state]}"


def wait_words(one: WaitResult, days: Days) -> str:
    """A waiting period in a sentence."""
    clock = one.wait.clock
    if not one.earliest:
        return f"{one.wait.title}: {clock.period} from {clock.starts}."
    over = "it is over" if one.state == PASSED else "before that day it is too early"
    return f"{one.wait.title}. Earliest day: {days.day(one.earliest)}; {over}."
