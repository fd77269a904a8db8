"""What each possible answer to a question would do now: worked out by assessing the case with that answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pathways.assessment import Assessment, Standing
from pathways.case import Given
from pathways.explanation.answers import possible_answers
from pathways.interview.dates import date_words
from pathways.interview.dispute import plain_dispute
from pathways.interview.state import Interview, changed
from pathways.logic import YES
from pathways.rulebook.model import Fact

Settled = tuple[tuple[Standing, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What some answers would all do: the avenues (by short title) that would come to stand so.

    ``raised`` are hurdles that would newly arise where no standing changes.
    """

    answers: tuple[str, ...]
    settled: Settled
    raised: tuple[str, ...] = ()


def effects(interview: Interview, fact: Fact) -> tuple[Effect, ...]:
    """What each answer to the question that is asked would do, those that do the same together."""
    before = interview.without
    found: list[tuple[str, Settled, tuple[str, ...]]] = []
    for label, given in _answers(fact, interview.assessment.as_of):
        after = interview.assessed(before.case.with_answer(fact.id, given))
        settled = _settled(before, after)
        found.append((label, settled, () if settled else _raised(before, after)))
    if fact.kind == "date":
        runs = [(what, [one[0] for one in run]) for what, run in groupby(found, key=lambda one: one[1:])]
        return tuple(Effect((_stretch(days),), *what) for what, days in runs)
    groups: dict[tuple[Settled, tuple[str, ...]], list[str]] = {}
    for label, settled, raised in found:
        groups.setdefault((settled, raised), []).append(label)
    return tuple(Effect(tuple(labels), *what) for what, labels in groups.items())


def _stretch(days: list[str]) -> str:
    """Days that were tried one after the other, the last first."""
    return f"such as {days[0]}" if len(days) == 1 else f"from {days[-1]} to {days[0]}"


def _answers(fact: Fact, as_of: str) -> Iterator[tuple[str, Given]]:
    for label, given in possible_answers(fact, as_of):
        yield date_words(label) if fact.kind == "date" else label, given
    if (disputed := plain_dispute(fact)) is not None:
        yield "disputed", disputed


def _settled(before: Assessment, after: Assessment) -> Settled:
    """The avenues that stand otherwise after an answer, by what they have come to."""
    found: dict[Standing, list[str]] = {}
    for result in changed(before, after):
        found.setdefault(result.standing, []).append(result.avenue.short)
    return tuple((standing, tuple(names)) for standing, names in found.items())


def _raised(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """The hurdles of avenues that still matter that arise after an answer and did not yet before."""
    known = {(result.avenue.id, part.id): part.values for result in before.avenues for part in result.hurdles}
    titles: dict[str, None] = {}
    for result in after.left:
        for part in result.hurdles:
            if part.values == YES and known[result.avenue.id, part.id] != YES:
                titles[result.avenue.titles[part.id]] = None
    return tuple(titles)
