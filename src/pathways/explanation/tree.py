"""The reasons for a result as a tree, cut to what decides it; whole where that is asked for.

Of an ``all`` those parts stay that hold it down, of an ``any`` those that lift it, and where nothing is settled those
that are not. Only what leads from a question to a law or an answer makes a line; a part that stands alone in an
``all`` or ``any`` takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.assessment import Assessment, AvenueResult, Standing
from pathways.assessment.reasons import answer_sentence, clock_words
from pathways.assessment.unread import asked_words, cell_asked, cell_words
from pathways.assessment.view import SETTLED, View
from pathways.case.model import Said
from pathways.logic import DISPUTED, NO, YES, ValueSet, value_word
from pathways.record import record
from pathways.rulebook.cuts import stretch_words
from pathways.rulebook.model import Avenue, Claim, Condition, Finding, Sources


@record
class Reasoning:
    """One line of an explanation, and what it rests on.

    ``kind`` is ``avenue``, ``situation``, ``element``, ``hurdle``, ``deadline``, ``finding``, ``claim``, ``remark``,
    ``group``, ``answer``, ``time`` or ``law``; ``value`` is ``yes``, ``no``, ``disputed``, ``unknown``, or the
    standing of an avenue. ``ground`` says what kind of statement it is: ``fact``, ``law``, ``unsettled law``, or
    another ground that the rules name for a hurdle. ``said`` are the sides of an answer. ``joined`` tells of a group
    how its parts go together: ``all``, ``any``, ``at_least N``, ``not``, or a word about evidence. ``options`` are the
    options that a condition asks an answer for; ``asked`` says it of a column of a table.
    """

    kind: str
    id: str
    text: str
    value: str
    ground: str = ""
    sources: Sources = ()
    said: tuple[Said, ...] = ()
    joined: str = ""
    options: tuple[str, ...] = ()
    below: tuple[Reasoning, ...] = ()
    asked: str = ""


def explain_avenue(assessment: Assessment, result: AvenueResult, whole: bool = False) -> Reasoning:
    """Why an avenue stands as it does; with ``whole`` with all that does not decide, too."""
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    avenue = result.avenue
    below = tuple(_parts_of(_Cutter(view, whole), result))
    return Reasoning("avenue", avenue.id, avenue.title, result.standing.value, "", avenue.sources, below=below)


def explain_finding(assessment: Assessment, finding: Finding, whole: bool = False) -> Reasoning:
    """Why a legal test comes out as it does."""
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    return _Cutter(view, whole).finding(finding, view.of(finding.holds_when))


def explain_claim(assessment: Assessment, claim: Claim, whole: bool = False) -> Reasoning:
    """What is said of a public claim in this case, and why."""
    view = View(assessment.rulebook, assessment.case, assessment.as_of)
    cutter = _Cutter(view, whole)
    below = []
    for remark in claim.in_this_case:
        values = view.of(remark.when) if remark.when else YES
        if whole or not values & NO:
            reasons = tuple(cutter.below(remark.when, remark.sources)) if remark.when else ()
            below.append(
                Reasoning("remark", remark.id, remark.text, value_word(values), "law", remark.sources, below=reasons)
            )
    said = f"{claim.title}: {claim.answer}"
    return Reasoning("claim", claim.id, said, claim.verdict, "law", claim.sources, below=tuple(below))


def _parts_of(cutter: _Cutter, result: AvenueResult) -> Iterator[Reasoning]:
    avenue, view = result.avenue, cutter.view
    if avenue.applies_when is not None:
        values = view.of(avenue.applies_when)
        if cutter.whole or values != YES:
            below = tuple(cutter.below(avenue.applies_when, avenue.sources))
            text = "It is for a situation of this kind"
            yield Reasoning("situation", "", text, value_word(values), "law", avenue.sources, below=below)
    if result.standing is Standing.NOT_APPLICABLE and not cutter.whole:
        return
    deciding = set(result.decisive) if result.standing is not Standing.OPEN else {one.id for one in avenue.requires}
    for element in avenue.requires:
        if cutter.whole or element.id in deciding:
            yield cutter.part("element", element.id, element.title, element.when, element.sources, "law")
    for hurdle in avenue.hurdles:
        if cutter.whole or hurdle.id in deciding:
            yield cutter.part("hurdle", hurdle.id, hurdle.title, hurdle.arises_when, hurdle.sources, hurdle.ground)
    for deadline in avenue.deadlines:
        if cutter.whole or deadline.id in deciding:
            yield _deadline(cutter, avenue, deadline.id)


def _deadline(cutter: _Cutter, avenue: Avenue, name: str) -> Reasoning:
    view = cutter.view
    deadline = next(one for one in avenue.deadlines if one.id == name)
    below: list[Reasoning] = []
    if deadline.clock is not None:
        below.append(cutter.time(deadline.clock.variable, deadline.sources, value_word(view.values(deadline.missed))))
    for condition in (deadline.applies_when, deadline.missed_when, deadline.unless):
        if condition is not None and (cutter.whole or view.of(condition) != NO or deadline.clock is None):
            below.extend(cutter.below(condition, deadline.sources))
    values = value_word(view.values(deadline.missed))
    return Reasoning("deadline", name, deadline.title, values, "law", deadline.sources, below=_once(below))


class _Cutter:
    def __init__(self, view: View, whole: bool) -> None:
        self.view = view
        self.whole = whole
        self.rulebook = view.rulebook

    def part(self, kind: str, name: str, title: str, condition: Condition, sources: Sources, ground: str) -> Reasoning:
        """An element or a hurdle."""
        value = value_word(self.view.of(condition))
        return Reasoning(kind, name, title, value, ground, sources, below=_once(self.below(condition, sources)))

    def finding(self, finding: Finding, values: ValueSet) -> Reasoning:
        """A legal test, with what it rests on."""
        says = finding.says.get(value_word(values), f"{finding.title}: not settled.")
        below = _once(self.below(finding.holds_when, finding.sources))
        return Reasoning("finding", finding.id, says, value_word(values), "law", finding.sources, below=below)

    def below(self, condition: Condition, sources: Sources) -> Iterator[Reasoning]:
        """What a condition comes to, and why: one line, or those of its parts."""
        values = self.view.of(condition)
        match condition.op:
            case "finding":
                yield self.finding(self.rulebook.findings[condition.name], values)
            case "fact":
                yield self._answer(condition, values)
            case "passed":
                yield self.time(condition.name, sources, value_word(values))
                if (missed := self.rulebook.told.get(condition.name)) is not None:
                    yield from self.below(missed, sources)
            case "as-of":
                if self.whole or values == NO:
                    text = f"Law in force: {stretch_words(condition.options)}"
                    yield Reasoning("law", "", text, value_word(values), "law", sources)
            case "all" | "any" | "at_least":
                yield from self._joined(condition, values, sources)
            case "contestable":
                yield self._contestable(condition, values, sources)
            case "always" | "never":
                pass
            case op:
                parts = tuple(self.below(condition.parts[0], sources))
                if self.whole or op in ("clearly", "arguably", "disputed"):
                    yield Reasoning("group", "", "", value_word(values), "", (), joined=op, below=parts)
                else:
                    yield from parts

    def _joined(self, condition: Condition, values: ValueSet, sources: Sources) -> Iterator[Reasoning]:
        parts = condition.parts if self.whole else self._deciding(condition, values)
        below = _once(line for part in parts for line in self.below(part, sources))
        if len(parts) == 1 and not self.whole:
            yield from below
        elif below:
            joined = f"at_least {condition.count}" if condition.op == "at_least" else condition.op
            yield Reasoning("group", "", "", value_word(values), "", (), joined=joined, below=below)

    def _deciding(self, condition: Condition, values: ValueSet) -> Sequence[Condition]:
        """The parts that hold an ``all`` down or lift an ``any``; all of them where each is needed for the result."""
        view = self.view
        parts = condition.parts
        if condition.op == "at_least":
            return parts
        if values == (YES if condition.op == "all" else NO):
            return [part for part in parts if part.op != "as-of"]
        if values in SETTLED:
            # Parts that are open one by one can still come out the same together.
            return [part for part in parts if view.of(part) == values] or [
                part for part in parts if view.of(part) not in SETTLED
            ]
        return [part for part in parts if view.of(part) not in SETTLED or view.of(part) == DISPUTED]

    def _contestable(self, condition: Condition, values: ValueSet, sources: Sources) -> Reasoning:
        below = _once(self.below(condition.parts[0], sources))
        given = condition.sources or sources
        if values == NO:
            return Reasoning("group", "", "", "no", "", (), joined="contestable", below=below)
        return Reasoning("law", "", condition.because, value_word(values), "unsettled law", given, below=below)

    def _answer(self, condition: Condition, values: ValueSet) -> Reasoning:
        if (cell := cell_words(self.view, condition)) is not None:
            text, sources = cell
            asked = "" if values == YES else f" (asked: {asked_words(condition)})"
            return Reasoning("law", "", f"{text}{asked}", value_word(values), "law", sources)
        fact = self.rulebook.facts[condition.name]
        given = self.view.case.answers.get(fact.id)
        said = given.said if given is not None else ()
        sources = tuple(dict.fromkeys(source for side in said for source in side.sources)) or fact.sources
        text, value = answer_sentence(self.view, fact.id), value_word(values)
        asked = "" if not condition.column else cell_asked(self.rulebook, condition)
        return Reasoning("answer", fact.id, text, value, "fact", sources, said, options=condition.options, asked=asked)

    def time(self, name: str, sources: Sources, value: str) -> Reasoning:
        """What a time limit or a waiting period has come to."""
        return Reasoning("time", name, clock_words(self.view, name), value, "fact", sources)


def _once(lines: Iterable[Reasoning]) -> tuple[Reasoning, ...]:
    """Equal lines once, in order."""
    return tuple(dict.fromkeys(lines))
