"""Time limits in a report: by urgency, with days in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.assessment import Assessment, AvenueResult, DeadlineResult, Standing, WaitResult
from pathways.assessment.times import PASSED, PLAIN, RUNNING
from pathways.render import words
from pathways.render.page import Page
from pathways.render.report.days import Days
from pathways.render.times import NOT_FOR_PLANNING, STATE, limit_tone, state_words, undated_groups, undated_words

#: So many time limits stand on the first page.
MOST_ON_FIRST_PAGE = 4

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


def urgent_limits(page: Page, assessment: Assessment, days: Days) -> None:
    """The most urgent days, for a first page: what must be done by each, and which ways only may concern the case."""
    own, _ = own_limits(assessment)
    if not own:
        return
    results = {result.avenue.id: result for result in assessment.avenues}
    by_day: dict[str, list[DeadlineResult]] = {}
    for one in own:
        by_day.setdefault(one.last_safe, []).append(one)
    shown = list(by_day.values())[:MOST_ON_FIRST_PAGE]
    page.table(
        ("Last safe day", "Left", "What"),
        [
            (days.day(several[0].last_safe), days.left(several[0].days_left or 0), " ".join(_by_then(several, results)))
            for several in shown
        ],
        [limit_tone(several[0]) for several in shown],
        widths=(1.35, 0.72, 4),
    )
    page.para(NOT_FOR_PLANNING, tone="warning")


def _by_then(several: Sequence[DeadlineResult], results: Results) -> Iterator[str]:
    """What must be done by a day: the first time limit of each way that applies, by name the ways that may not."""
    doubtful = [one for one in several if Standing.NOT_APPLICABLE in results[one.avenue].could_become]
    first = {one.avenue: one for one in reversed(several) if one not in doubtful}
    for one in several:
        if first.get(one.avenue) is one:
            yield f"{results[one.avenue].avenue.short}: {one.deadline.title}.{_if(results[one.avenue], one)}"
    names = dict.fromkeys(results[one.avenue].avenue.short for one in doubtful)
    if names:
        yield f"If it applies here: {'; '.join(names)}."


def _if(result: AvenueResult, one: DeadlineResult) -> str:
    """What is said of a state that is not simply running."""
    said = state_words(result, one).removeprefix(STATE[RUNNING]).strip()
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
                days.short(one.last_safe),
                days.left(one.days_left or 0),
                days.short(one.outer_limit) if one.outer_limit else "not known",
                f"{results[one.avenue].avenue.short}: {one.deadline.title}. {state_words(results[one.avenue], one)}",
            )
            for one in several
        ],
        [limit_tone(one) for one in several],
        [anchors.get(one.avenue, "") for one in several],
        (1.1, 0.7, 1.1, 3.8),
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
