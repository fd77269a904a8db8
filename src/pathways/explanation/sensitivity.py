"""On which question most hangs: every open or disputed one is answered in every way, and what changes is counted."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment import Assessment, Standing
from pathways.assessment.standings import possible_standings
from pathways.assessment.view import View
from pathways.case import Given
from pathways.explanation.answers import possible_answers
from pathways.record import record
from pathways.rulebook.model import Fact


@record
class Outcome:
    """What some answers would all do: each avenue that could then become something else than now, and what."""

    answers: tuple[str, ...]
    becomes: tuple[tuple[str, tuple[Standing, ...]], ...]

    @property
    def settles(self) -> tuple[str, ...]:
        """The avenues of which one standing is left."""
        return tuple(avenue for avenue, could_become in self.becomes if len(could_become) == 1)


@record
class Weight:
    """A question, and what hangs on it.

    ``settled`` is how many avenues an answer settles or decides differently, on average over the answers tried;
    ``narrowed`` the same of those that can become something else than before.
    """

    fact: Fact
    outcomes: tuple[Outcome, ...]
    settled: float
    narrowed: float

    @property
    def avenues(self) -> tuple[str, ...]:
        """The avenues that some answer changes."""
        return tuple(dict.fromkeys(avenue for outcome in self.outcomes for avenue, _ in outcome.becomes))


def sensitivity(assessment: Assessment) -> tuple[Weight, ...]:
    """The open and disputed questions on which some avenue hangs, the weightiest first."""
    order = assessment.rulebook.story_order
    weights = [weight for name in _doubtful(assessment) if (weight := _weight(assessment, name)).outcomes]
    return tuple(sorted(weights, key=lambda one: (-one.settled, -one.narrowed, order[one.fact.id])))


def _doubtful(assessment: Assessment) -> Iterator[str]:
    """The questions that are not answered by one option."""
    answers = assessment.case.answers
    known = {name for name, given in answers.items() if given.kind == "disputed"}
    for name in assessment.rulebook.story_order:
        if name in known or name in assessment.to_find_out:
            yield name


def _weight(assessment: Assessment, name: str) -> Weight:
    fact = assessment.rulebook.facts[name]
    before = {result.avenue.id: result.could_become for result in assessment.avenues}
    tried: dict[tuple[tuple[str, tuple[Standing, ...]], ...], list[str]] = {}
    count = settled = narrowed = 0
    for label, given in _tried(assessment, fact):
        count += 1
        view = View(assessment.rulebook, assessment.case.with_answer(name, given), assessment.as_of)
        after = {result.avenue.id: possible_standings(view.case_values, result.avenue) for result in assessment.avenues}
        becomes = tuple((avenue, found) for avenue, found in after.items() if found != before[avenue])
        narrowed += len(becomes)
        settled += sum(len(found) == 1 for _, found in becomes)
        tried.setdefault(becomes, []).append(label)
    outcomes = tuple(Outcome(tuple(labels), becomes) for becomes, labels in tried.items() if becomes)
    return Weight(fact, outcomes, settled / max(count, 1), narrowed / max(count, 1))


def _tried(assessment: Assessment, fact: Fact) -> Iterator[tuple[str, Given]]:
    """Every answer; where several are left, only these."""
    given = assessment.case.answers.get(fact.id)
    left = given.options if given is not None else ()
    if fact.kind == "date" and left:
        yield from ((option, Given.known(option)) for option in left)
        return
    for label, answer in possible_answers(fact, assessment.as_of):
        if not left or answer.options[0] in left:
            yield label, answer
