"""Why a question matters: the parts of avenues that it can still change, and which answers would settle most."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment.model import Assessment, Standing
from pathways.assessment.view import SETTLED, View
from pathways.logic import NO, Answer
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook.model import Avenue, Sources

#: Of a long table so many rows are tried, spread over it: enough to put questions in order.
MOST_TRIED = 12


@record
class Ground:
    """A part of an avenue that can still come out either way on one question.

    ``kind`` is ``situation``, ``element``, ``hurdle``, ``deadline``, ``wait``, ``stage``, ``advice`` or ``result``.
    """

    kind: str
    title: str
    sources: Sources


def grounds(assessment: Assessment, name: str) -> tuple[tuple[Avenue, tuple[Ground, ...]], ...]:
    """For each avenue that hangs on a question what in it does, in the rulebook's order."""
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    found = []
    for result in sorted(assessment.left, key=lambda result: (result.avenue.order, result.avenue.id)):
        undetermined = result.standing is Standing.UNDETERMINED
        parts = tuple(dict.fromkeys(_parts(view, result.avenue, name, undetermined)))
        if parts:
            found.append((result.avenue, parts))
    return tuple(found)


def _parts(view: View, avenue: Avenue, name: str, undetermined: bool) -> Iterator[Ground]:
    def hangs(*statements: int) -> bool:
        return _hangs(view, name, *statements)

    if undetermined and avenue.applies_when and hangs(avenue.applies):
        yield Ground("situation", "", avenue.sources)
    decides = undetermined and hangs(avenue.value)
    named = False
    for element in avenue.requires:
        if decides and hangs(element.when.statement):
            named = True
            yield Ground("element", element.title, element.sources)
    for hurdle in avenue.hurdles:
        leans = (leaning.when.statement for leaning in hurdle.leans if leaning.when)
        if hangs(hurdle.arises_when.statement, *leans):
            named = True
            yield Ground("hurdle", hurdle.title, hurdle.sources)
    for deadline in avenue.deadlines:
        if hangs(deadline.missed) or (decides and deadline.unless and hangs(deadline.unless.statement)):
            named = True
            yield Ground("deadline", deadline.title, deadline.sources)
    if decides and not named:
        yield Ground("result", "", avenue.sources)
    for wait in avenue.waits:
        if hangs(wait.over):
            yield Ground("wait", wait.title, wait.sources)
    for stage in avenue.stages:
        if stage.done_when and hangs(stage.done_when.statement):
            yield Ground("stage", stage.title, stage.sources)
    for remark in (*avenue.cautions, *avenue.steps):
        if remark.when and hangs(remark.when.statement):
            yield Ground("advice", "", remark.sources)


def _hangs(view: View, name: str, *statements: int) -> bool:
    """Whether the answer to a question can still change one of these statements."""
    asked = view.questions(statements)
    return any(index in asked for index in view.variables_of(name))


def most_settling(assessment: Assessment) -> tuple[str, ...]:
    """What is to be found out, first what would settle most: on average over its answers, of the avenues.

    Among those that settle as much the ones that more avenues ask come first, then the order of the story.
    """
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    unsettled = [result for result in assessment.avenues if result.standing is Standing.UNDETERMINED]
    scores = {}
    for name in assessment.to_find_out:
        asking = [result.avenue for result in unsettled if name in result.asks]
        settled = max((_settled(view, index, asking) for index in view.variables_of(name)), default=0.0)
        scores[name] = settled, len(asking)
    return tuple(sorted(scores, key=lambda name: scores[name], reverse=True))


def _settled(view: View, index: int, avenues: list[Avenue]) -> float:
    """How many of the avenues an answer would settle, on average over the answers still possible, or many of them."""
    if not avenues:
        return 0.0
    everything = Answer(view.rulebook.statements.variables[index].everything)
    options = list(bits(view.answers.get(index, everything).options))
    options = options[:: -(-len(options) // MOST_TRIED)]
    settled = 0
    for option in options:
        answer = Answer(1 << option)
        for avenue in avenues:
            applies = view.given(index, answer, avenue.applies)
            settled += applies == NO or (applies in SETTLED and view.given(index, answer, avenue.value) in SETTLED)
    return settled / len(options)
