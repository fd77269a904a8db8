"""Which questions are still to be asked: first by what plain evaluation leaves possible, then exactly.

The first is quick and never leaves out a question that matters, but may name one that does not: it is what an
assessment lists. The second is what an interview asks by (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pathways.assessment.model import NO_WAY, Assessment, AvenueResult, Standing
from pathways.assessment.view import View
from pathways.rulebook.clock import told
from pathways.rulebook.model import Avenue

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
    that is undetermined, or if one that follows it does. What is not known may come out in any way; what a clock
    comes to counts as an answer of its own.
    """
    names = assessment.open_questions
    if not names:
        return
    from pathways.logic.matters import Matters

    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    undetermined = [one.avenue for one in assessment.avenues if one.standing is Standing.UNDETERMINED]
    matters = Matters(
        view.case_values, [(avenue.applies, avenue.value) for avenue in undetermined], _what_is_told(view)
    )
    looked_at: dict[str, bool] = {}

    def matters_itself(name: str) -> bool:
        found = looked_at.get(name)
        if found is None:
            found = looked_at[name] = matters.matters(tuple(view.variables_of(name)))
        return found

    for name in names:
        following = (other for other in names if other != name and name in with_what_they_follow(view, [other]))
        if matters_itself(name) or any(map(matters_itself, following)):
            yield name


def _what_is_told(view: View) -> dict[int, int]:
    """The variables that say what answers say of a deadline, and the statements that they repeat."""
    variables = view.rulebook.variables
    return {
        variables[told(name)]: missed.statement
        for name, missed in view.rulebook.told.items()
        if told(name) in variables
    }


def shown_beside(assessment: Assessment, names: Collection[str]) -> set[str]:
    """Those of some facts whose answer can change what is shown beside the standings."""
    if not names:
        return set()
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    shown = (one.avenue for one in assessment.avenues if one.standing not in NO_WAY)
    asked = view.questions(dict.fromkeys(root for avenue in shown for root in _shown_beside(avenue)))
    return with_what_they_follow(view, in_story_order(view, asked)).intersection(names)
