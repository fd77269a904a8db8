"""Which questions are still to be asked: first by what plain evaluation leaves possible, then exactly.

The first is quick and never leaves out a question that matters, but may name one that does not: it is what an
assessment lists. The second is what an interview asks by (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pathways.assessment.model import NO_WAY, Assessment, AvenueResult, Standing
from pathways.assessment.view import View
from pathways.rulebook.model import Avenue

if TYPE_CHECKING:
    from pathways.assessment.ties import Worlds
    from pathways.logic.matters import Matters

# -- what an assessment lists --------------------------------------------------------------------


def wanted(view: View, results: Iterable[AvenueResult]) -> tuple[str, ...]:
    """Facts whose answer can still change what some avenue shows, in the story's order, answered or not.

    For an avenue that is closed or does not apply nothing is asked any more; for the others, what
    can change its standing, its stage, its hurdles, or a caution or step beside it.
    """
    roots: list[int] = []
    for result in results:
        if result.standing is Standing.UNDETERMINED:
            roots += [result.avenue.applies, result.avenue.value]
        if result.standing not in NO_WAY:
            roots += _shown_beside(result.avenue)
    return in_story_order(view, view.questions(dict.fromkeys(roots)))


def _shown_beside(avenue: Avenue) -> list[int]:
    """The statements that what is shown beside the standing of an avenue goes by."""
    return [
        *(hurdle.arises_when.statement for hurdle in avenue.hurdles),
        *(leaning.when.statement for hurdle in avenue.hurdles for leaning in hurdle.leans if leaning.when),
        *(deadline.missed for deadline in avenue.deadlines),
        *(wait.over for wait in avenue.waits),
        *(stage.done_when.statement for stage in avenue.stages if stage.done_when),
        *(remark.when.statement for remark in (*avenue.cautions, *avenue.steps) if remark.when),
    ]


def with_what_they_follow(view: View, names: Iterable[str]) -> set[str]:
    """Some facts, and those that they follow: to ask for a part without the whole would make no sense."""
    found: set[str] = set()
    for name in names:
        while name and name not in found:
            found.add(name)
            name = view.rulebook.facts[name].follows
    return found


def that_can_be_answered(view: View, names: tuple[str, ...]) -> list[str]:
    """Those of the facts wanted that can be answered: not where the one that a question follows is not known."""
    facts, answers = view.rulebook.facts, view.case.answers
    lost: set[str] = set()
    kept = []
    for name in names:
        before = facts[name].follows
        if before in lost or (before in names and before in answers and answers[before].kind == "unknown"):
            lost.add(name)
        else:
            kept.append(name)
    return kept


def in_story_order(view: View, variables: set[int]) -> tuple[str, ...]:
    """The facts behind some variables, in the order in which people tell the story."""
    rulebook = view.rulebook
    order, named = rulebook.story_order, rulebook.statements.variables
    found: set[str] = set()
    for index in variables:
        name = named[index].name
        timing = view.timings.get(name)
        found.update(timing.asks if timing else (name,))
    return tuple(sorted((name for name in found if name in order), key=order.__getitem__))


# -- what an interview asks ----------------------------------------------------------------------


def mattering(assessment: Assessment) -> Iterator[str]:
    """Those of the open questions that matter, in the same order; each is looked at when it comes to it.

    A question matters if some completion of the answers has two answers to it lead to different standings of an avenue
    that is undetermined, or if one that follows it does. What is not known may come out in any way; time limits come
    out as some day and the answers that bear on them let them.
    """
    names = assessment.open_questions
    if not names:
        return
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    matters = _Mattering(view, [one.avenue for one in assessment.avenues if one.standing is Standing.UNDETERMINED])
    following: dict[str, list[str]] = {}
    for name in names:
        for before in with_what_they_follow(view, [name]) - {name}:
            following.setdefault(before, []).append(name)
    try:
        for name in names:
            if matters.itself(name) or any(map(matters.itself, following.get(name, ()))):
                yield name
    finally:
        matters.close()


class _Mattering:
    """Which questions matter to some avenues: looked at from the quickest proof to the slowest."""

    def __init__(self, view: View, avenues: Iterable[Avenue]) -> None:
        self.view = view
        self.results = [(avenue.applies, avenue.value) for avenue in avenues]
        below = view.rulebook.decider.variables_of
        self.reached = sorted({variable for result in self.results for root in result for variable in below(root)})
        self.found: dict[str, bool] = {}

    @cached_property
    def freely(self) -> Matters:
        """With every time limit free to come out in any way: more matters so than does, never less."""
        from pathways.logic.matters import Matters

        return Matters(self.view.case_values, self.results, self.view.rulebook.repeats)

    @cached_property
    def worlds(self) -> Worlds:
        """Real ways for all time limits to come out together."""
        from pathways.assessment.ties import worlds_of

        return worlds_of(self.view, self.reached)

    @cached_property
    def tied(self) -> tuple[Matters, Mapping[str, int]]:
        """With every time limit tied to the days and answers that it hangs on; and the dates that are open."""
        from pathways.assessment.ties import ties_of
        from pathways.logic.matters import Matters

        ties = ties_of(self.view, self.reached)
        return Matters(
            self.view.case_values, self.results, self.view.rulebook.repeats, ties.ties, ties.kinds
        ), ties.dates

    def close(self) -> None:
        """Let go of what was written for the solver."""
        if "freely" in self.__dict__:
            self.freely.close()
        if "tied" in self.__dict__:
            self.tied[0].close()

    def itself(self, name: str) -> bool:
        """Whether a question matters, apart from those that follow it."""
        found = self.found.get(name)
        if found is None:
            found = self.found[name] = self._looked_at(name)
        return found

    def _looked_at(self, name: str) -> bool:
        variables = tuple(self.view.variables_of(name))
        if not self.freely.matters(variables):
            return False
        if any(self.freely.matters(variables, *pair) for pair in self.worlds.pairs(name)):
            return True
        matters, dates = self.tied
        return matters.matters((*variables, dates[name]) if name in dates else variables)


def shown_beside(assessment: Assessment, names: Collection[str]) -> set[str]:
    """Those of some facts whose answer can change what is shown beside the standings."""
    if not names:
        return set()
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    shown = (one.avenue for one in assessment.left)
    asked = view.questions(dict.fromkeys(root for avenue in shown for root in _shown_beside(avenue)))
    return with_what_they_follow(view, in_story_order(view, asked)).intersection(names)
