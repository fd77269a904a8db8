"""Short reasons: a condition cut to what decides it, each line a sentence with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment.model import Reason
from pathways.assessment.unread import cell_words
from pathways.assessment.view import SETTLED, View
from pathways.case import Given
from pathways.logic import DISPUTED, NO, YES, value_word
from pathways.rulebook.clock import UNSETTLED
from pathways.rulebook.model import Condition, Fact, Sources

MOST = 4


def because(view: View, condition: Condition, sources: Sources, most: int = MOST) -> list[Reason]:
    """What decides a condition: for ``all`` what holds it down, for ``any`` what lifts it; ``most`` of it."""
    found: dict[tuple[str, Sources], Reason] = {}
    for reason in _cut(view, condition, sources):
        found.setdefault((reason.text, reason.sources), reason)
        if len(found) == most:
            break
    return list(found.values())


def _cut(view: View, condition: Condition, sources: Sources) -> Iterator[Reason]:
    values = view.of(condition)
    if values not in SETTLED:
        return
    op = condition.op
    if op == "finding":
        finding = view.rulebook.findings[condition.name]
        yield Reason(finding.says[value_word(values)], finding.sources)
        if values == DISPUTED:
            yield from _cut(view, finding.holds_when, finding.sources)
    elif op == "as-of":
        pass  # That law is in force is no reason that a person needs to read.
    elif op == "passed":
        yield Reason(clock_words(view, condition.name), sources)
        if view.timings[condition.name].outcomes == (UNSETTLED,) and condition.name in view.rulebook.told:
            yield from _cut(view, view.rulebook.told[condition.name], sources)
    elif op == "fact":
        said, stands = cell_words(view, condition) or (
            answer_sentence(view, condition.name),
            _sources(view, condition.name),
        )
        yield Reason(said, stands, "", condition.name)
    elif op in ("all", "any"):
        every = values == (YES if op == "all" else NO)
        for part in condition.parts:
            if every or view.of(part) == values:
                yield from _cut(view, part, sources)
    elif op == "contestable" and values == DISPUTED:
        yield Reason(condition.because, condition.sources or sources)
    else:
        for part in condition.parts:
            yield from _cut(view, part, sources)


def _sources(view: View, name: str) -> Sources:
    given = view.case.answers.get(name)
    said = tuple(source for side in given.said for source in side.sources) if given else ()
    return tuple(dict.fromkeys(said)) or view.rulebook.facts[name].sources


def answer_sentence(view: View, name: str) -> str:
    """An answer as a sentence: "Imminent danger: disputed (yes, says …; no, says …)"."""
    fact = view.rulebook.facts[name]
    given = view.case.answers.get(name)
    return f"{fact.label}: {answer_words(fact, given)}"


def answer_words(fact: Fact, given: Given | None) -> str:
    """What was answered, and who says so."""
    if given is None:
        return "not answered"
    if given.kind == "unknown":
        return "not known"
    if given.kind == "one-of":
        return "one of " + ", ".join(_option(fact, option) for option in given.options) + "; not known which"
    if given.kind == "disputed":
        if not given.said:
            return "disputed"
        sides = "; ".join(
            _option(fact, said.answer) + (f", according to {said.by}" if said.by else "") for said in given.said
        )
        return f"disputed ({sides})"
    by = f", according to {given.said[0].by}" if given.said and given.said[0].by else ""
    return _option(fact, given.options[0]) + by


def _option(fact: Fact, option: str) -> str:
    label = fact.label_of(option)
    return label[0].lower() + label[1:] if label[:2].istitle() and fact.kind == "choice" and not fact.table else label


def clock_words(view: View, name: str) -> str:
    """What a clock says, in a sentence."""
    clock, timing = view.rulebook.clocks[name], view.timings[name]
    fact = view.rulebook.facts[clock.of]
    if timing.start is None:
        return f"{fact.label}: not known"
    day = timing.start.first.isoformat() if timing.start.exact else f"{timing.start.first} to {timing.start.last}"
    over = timing.outer is not None and timing.outer.isoformat() < view.as_of
    ends = f"; the period of {timing.period} {'ended' if over else 'ends'} on {timing.outer}" if timing.outer else ""
    if timing.earliest:
        ends = f"; the wait of {timing.period} is over from {timing.earliest}"
    return f"{fact.label}: {day}{ends}"
