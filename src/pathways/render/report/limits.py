"""Time limits in a report: by urgency, with days in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.assessment import Assessment, AvenueResult, DeadlineResult, Standing, WaitResult
from pathways.assessment.times import PASSED, PLAIN, RUNNING
from pathways.render import words
from pathways.render.page import Page
from pathways.render.report.days import Days
from pathways.render.times import NOT_FOR_PLANNING, STATE, limit_tone, state_words, undated_groups
from pathways.render.words import count, first_sentence, sentences

#: So many days stand on the first page.
MOST_ON_FIRST_PAGE = 4
#: What is more days off than that is not urgent, unless it is the first.
FURTHEST_ON_FIRST_PAGE = 1096

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


def _by_day(several: Sequence[DeadlineResult]) -> list[list[DeadlineResult]]:
    """Time limits with the same last safe day."""
    found: dict[str, list[DeadlineResult]] = {}
    for one in several:
        found.setdefault(one.last_safe, []).append(one)
    return list(found.values())


def urgent_limits(page: Page, assessment: Assessment, days: Days, section: str) -> None:
    """The most urgent days, for a first page: what must be done by each, and which ways only may concern the case."""
    own, _ = own_limits(assessment)
    if not own:
        return
    results = _results(assessment)
    first, *others = _by_day(own)[:MOST_ON_FIRST_PAGE]
    shown = [first, *(several for several in others if (several[0].days_left or 0) <= FURTHEST_ON_FIRST_PAGE)]
    page.table(
        ("Last safe day", "Left", "What"),
        [
            (days.day(several[0].last_safe), days.left(several[0].days_left or 0), " ".join(_by_then(several, results)))
            for several in shown
        ],
        [limit_tone(several[0]) for several in shown],
        widths=(1.35, 0.72, 4),
    )
    page.para(f"Have a lawyer compute each day anew. More on each day: “{section}”.", to="limits")


def next_days(page: Page, assessment: Assessment, days: Days) -> None:
    """The last safe days in a line, each with the avenues that it concerns."""
    own, _ = own_limits(assessment)
    results = _results(assessment)
    parts = []
    for several in _by_day(own)[:MOST_ON_FIRST_PAGE]:
        names = "; ".join(dict.fromkeys(_named(results[one.avenue]) for one in several))
        parts.append(f"{days.short(several[0].last_safe)} ({days.left(several[0].days_left or 0)}): {names}.")
    if parts:
        page.para(" ".join(parts), label="Last safe days")


def _results(assessment: Assessment) -> Results:
    return {result.avenue.id: result for result in assessment.avenues}


def _may_not_apply(result: AvenueResult) -> bool:
    return Standing.NOT_APPLICABLE in result.could_become


def _by_then(several: Sequence[DeadlineResult], results: Results) -> Iterator[str]:
    """What must be done by a day: the first time limit of each way that applies, by name the ways that may not."""
    doubtful = [one for one in several if _may_not_apply(results[one.avenue])]
    first = {one.avenue: one for one in reversed(several) if one not in doubtful}
    for one in several:
        if first.get(one.avenue) is one:
            yield f"{results[one.avenue].avenue.short}: {one.deadline.title}. {_if(results[one.avenue], one)}".rstrip()
    names = dict.fromkeys(results[one.avenue].avenue.short for one in doubtful)
    if len(doubtful) == 1:
        yield f"If it applies here: {next(iter(names))}: {doubtful[0].deadline.title}."
    elif names:
        yield f"If it applies here: {'; '.join(names)}."


def _if(result: AvenueResult, one: DeadlineResult) -> str:
    """What is said of a state that is not simply running."""
    said = state_words(result, one).removesuffix(" Only if this way applies here.").removeprefix(STATE[RUNNING])
    return said.strip()


def limits_section(page: Page, assessment: Assessment, days: Days, anchors: Mapping[str, str], told: bool) -> None:
    """Every time limit and waiting period that still matters.

    ``told``: what each dated limit asks is told here, in a sentence where the way may not apply; else with its avenue.
    """
    results = _results(assessment)
    own, theirs = own_limits(assessment)
    if own or theirs:
        page.para(NOT_FOR_PLANNING, tone="warning")
    for several, label in ((own, ""), (theirs, "Time limits that others have to meet")):
        if several and told:
            _told(page, several, results, days, anchors, label)
        elif several:
            if label:
                page.para("", label=label)
            _dated(page, several, results, days, anchors)
    if not told:
        for one in (*own, *theirs):
            for note in one.notes:
                if note.about != PLAIN:
                    label = f"{results[one.avenue].avenue.short}, {one.deadline.title}"
                    page.item(note.text, note.sources, label=label, depth=1)
    undated = [one for one in assessment.deadlines if not one.last_safe]
    groups = [("Without a day yet", undated)] if told and undated else undated_groups(undated)
    for label, several in groups:
        page.para("", label=label)
        _undated(page, several, results, anchors, told)
    if assessment.waits:
        page.para("", label="Too early before")
    for avenue in dict.fromkeys(wait.avenue for wait in assessment.waits):
        several_waits = [wait for wait in assessment.waits if wait.avenue == avenue]
        sources = [source for wait in several_waits for source in wait.wait.sources]
        text = " ".join(wait_words(wait, days) for wait in several_waits)
        page.item(text, sources, label=results[avenue].avenue.short, depth=1)


def _dated(
    page: Page, several: Sequence[DeadlineResult], results: Results, days: Days, anchors: Mapping[str, str]
) -> None:
    """A row for each day and avenue, with everything that must be done by then."""
    rows: dict[tuple[str, str, str], list[DeadlineResult]] = {}
    for one in several:
        rows.setdefault((one.last_safe, one.outer_limit, one.avenue), []).append(one)
    page.table(
        ("Last safe day", "Left", "Outer limit", "What must be done"),
        [
            (
                days.short(last_safe),
                days.left(group[0].days_left or 0),
                days.short(outer) if outer else "not known",
                f"{_named(results[avenue])}: {_titles(results[avenue], group)}",
            )
            for (last_safe, outer, avenue), group in rows.items()
        ],
        [limit_tone(group[0]) for group in rows.values()],
        [anchors.get(avenue, "") for _, _, avenue in rows],
        (1.1, 0.7, 1.1, 3.8),
    )


def _titles(result: AvenueResult, several: Sequence[DeadlineResult]) -> str:
    return " ".join(f"{one.deadline.title}. {_if(result, one)}".rstrip() for one in several)


def _named(result: AvenueResult) -> str:
    return f"{result.avenue.short}{' (if it applies here)' if _may_not_apply(result) else ''}"


def _told(
    page: Page,
    several: Sequence[DeadlineResult],
    results: Results,
    days: Days,
    anchors: Mapping[str, str],
    label: str,
) -> None:
    """For each day what must be done, and what the law asks for it."""
    if label:
        page.para("", label=label)
    said: set[str] = set()
    for group in _by_day(several):
        day = f"{days.day(group[0].last_safe)} ({days.left(group[0].days_left or 0)})"
        if not label:
            page.para("", label=day)
        for one in group:
            result = results[one.avenue]
            text = first_sentence(one.deadline.text) if label or _may_not_apply(result) else one.deadline.text
            # Avenues that share a limit share what is said of it.
            text = " ".join(sentence for sentence in sentences(text) if sentence not in said)
            said.update(sentences(text))
            notes = " ".join(note.text for note in one.notes if note.about != PLAIN)
            outer = f"Outer limit: {days.short(one.outer_limit)}." if one.outer_limit else ""
            page.item(
                " ".join(filter(None, (f"{day}." if label else "", _if(result, one), text, notes, outer))),
                (*one.deadline.sources, *(source for note in one.notes for source in note.sources)),
                label=f"{_named(result)}: {one.deadline.title}",
                depth=1,
                to=anchors.get(one.avenue, ""),
            )


def _undated(
    page: Page, several: Sequence[DeadlineResult], results: Results, anchors: Mapping[str, str], brief: bool
) -> None:
    """Time limits of which no day can be given, an item for each avenue; ``brief``: by name where it may not apply."""
    by_avenue: dict[str, list[DeadlineResult]] = {}
    for one in several:
        by_avenue.setdefault(one.avenue, []).append(one)
    for avenue, group in by_avenue.items():
        named = brief and _may_not_apply(results[avenue])
        told = [one.deadline.title if named else undated_words(one).rstrip(".") for one in group]
        page.item(
            "; ".join(told) + ".",
            [source for one in group for source in _undated_sources(one)],
            label=_named(results[avenue]),
            depth=1,
            to=anchors.get(avenue, ""),
        )


def _undated_sources(one: DeadlineResult) -> Sequence[str]:
    """What a note says comes from where the note says, and not from where the rule does."""
    return [source for note in one.notes for source in note.sources] or one.deadline.sources


def undated_words(one: DeadlineResult) -> str:
    """A time limit of which no day can be given: what starts it, or why there is no day."""
    clock = one.deadline.clock
    if clock is None:
        return one.deadline.title
    period = clock.period or f"at least {clock.shortest}"
    if one.notes:
        return f"{one.deadline.title}. {' '.join(note.text for note in one.notes)}"
    return f"{one.deadline.title} ({period} from {clock.starts})"


def limit_days(assessment: Assessment, result: AvenueResult, days: Days) -> str:
    """The days of an avenue's time limits in a line, and how many have none yet."""
    limits = [one for one in assessment.deadlines if one.avenue == result.avenue.id]
    dated = list(dict.fromkeys(days.short(one.last_safe) for one in limits if one.last_safe))
    without = sum(not one.last_safe for one in limits)
    parts = [f"last safe day {' and '.join(dated)}"] if dated else []
    parts += [f"{count(without, 'time limit')} without a day yet"] if without else []
    text = ", and ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def avenue_limits(page: Page, assessment: Assessment, result: AvenueResult, days: Days) -> None:
    """What an avenue's time limits ask, each with its day."""
    limits = [one for one in assessment.deadlines if one.avenue == result.avenue.id]
    if limits:
        page.para("", label="Time limits")
    for one in limits:
        text = f"{limit_words(one, days)} {one.deadline.text}".strip()
        page.item(text, one.deadline.sources, label=one.deadline.title, depth=1)
        # What is open about a day is told beside the day; here only how long the law gives.
        for note in one.notes:
            if note.about == PLAIN or not one.last_safe:
                page.para(note.text, note.sources, depth=2)


def limit_words(one: DeadlineResult, days: Days) -> str:
    """How a time limit stands, beside its avenue."""
    if one.deadline.clock is None:
        return words.missed_words(one.missed) if one.deadline.can_be_missed else ""
    if not one.last_safe:
        return STATE[one.state]
    left = one.days_left or 0
    when = f"{days.left(left)} left" if left >= 0 else "over"
    state = "" if one.state == RUNNING else f" {STATE[one.state]}"
    return f"Last safe day {days.short(one.last_safe)} ({when}).{state}"


def wait_words(one: WaitResult, days: Days) -> str:
    """A waiting period in a sentence."""
    clock = one.wait.clock
    if not one.earliest:
        return f"{one.wait.title}: {clock.period} from {clock.starts}."
    over = "it is over" if one.state == PASSED else "before that day it is too early"
    return f"{one.wait.title}. Earliest day: {days.day(one.earliest)}; {over}."
