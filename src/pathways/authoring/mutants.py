"""Mutants: a rulebook with one thing in it changed, as somebody might have got it wrong.

Conditions are negated, lose a part or a word, or swap ``all`` and ``any``; hurdles and deadlines get another effect;
periods are one longer or shorter, and the days on which law begins or ends one earlier or later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pathways.authoring.reached import Written, written
from pathways.authoring.restated import Change, joined
from pathways.diagnostics import Place
from pathways.logic import Statements
from pathways.record import record, replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.check import conditions
from pathways.rulebook.clock import Clock, Period
from pathways.rulebook.model import Avenue, Condition, Effect

#: What an effect is mistaken for.
OTHER_EFFECT: dict[Effect, Effect] = {
    "bars": "contests",
    "contests": "bars",
    "moves": "contests",
    "delays": "contests",
    "informs": "contests",
}
WORDS = ("clearly", "arguably", "disputed", "contestable")
SWAPPED = {"all": "any", "any": "all"}
NOWHERE = Place("rules")


@record
class ConditionMutant:
    """A condition that is another: ``written`` becomes what ``change`` makes of it."""

    place: Place
    what: str
    excused: str
    written: Written
    change: Change


@record
class AvenueMutant:
    """An avenue whose hurdle or deadline is another."""

    place: Place
    what: str
    avenue: Avenue
    excused: str = ""


@record
class DateMutant:
    """A rulebook in which law begins or ends on another day.

    ``fact`` is the date question whose answers are divided, or empty for the day of assessment; ``before`` and
    ``after`` are the days that divide them.
    """

    place: Place
    what: str
    rulebook: Rulebook
    fact: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    excused: str = ""


Mutant = ConditionMutant | AvenueMutant | DateMutant


def condition_mutants(rulebook: Rulebook) -> Iterator[ConditionMutant]:
    """Every condition, changed in every way."""
    for one in written(rulebook):
        for what, change in _changes(one.condition):
            yield ConditionMutant(one.condition.place or NOWHERE, what, one.excused, one, change)


def _changes(condition: Condition) -> Iterator[tuple[str, Change]]:
    op, parts = condition.op, condition.parts
    if op not in ("not", "always", "never"):
        # What stands below `not` is negated for itself.
        yield f"`{_name(condition)}` negated", _negated
    if op in WORDS:
        yield f"`{op}` dropped", lambda _, made: made.parts[0]
    if op in ("all", "any") and len(parts) > 1:
        yield f"`{op}` is `{SWAPPED[op]}`", lambda make, made: joined(make, replaced(made, op=SWAPPED[op]), made.parts)
    if op in ("all", "any", "at_least") and len(parts) > max(1, condition.count):
        for at, part in enumerate(parts):
            yield f"`{_name(part)}` dropped from `{op}`", _without(at)
    if op == "at_least":
        for count in (condition.count - 1, condition.count + 1):
            if 1 <= count <= len(parts):
                yield f"`at_least` {count} of them", _counted(count)


def _name(condition: Condition) -> str:
    return condition.name or condition.op


def _negated(make: Statements, made: Condition) -> Condition:
    return Condition("not", make.negation(made.statement), (made,), place=made.place)


def _without(at: int) -> Change:
    return lambda make, made: joined(make, made, (*made.parts[:at], *made.parts[at + 1 :]))


def _counted(count: int) -> Change:
    return lambda make, made: joined(make, replaced(made, count=count), made.parts)


def avenue_mutants(rulebook: Rulebook) -> Iterator[AvenueMutant]:
    """Every hurdle and deadline with another effect, and every period one longer and one shorter."""
    for avenue in rulebook.avenues.values():
        for at, hurdle in enumerate(avenue.hurdles):
            other = OTHER_EFFECT[hurdle.effect]
            changed = replaced(hurdle, effect=other)
            yield AvenueMutant(
                hurdle.place or NOWHERE,
                f"hurdle `{hurdle.id}` {other} instead of {hurdle.effect}",
                replaced(avenue, hurdles=_with(avenue.hurdles, at, changed)),
            )
        for at, deadline in enumerate(avenue.deadlines):
            place = deadline.place or NOWHERE
            if deadline.can_be_missed:
                missed = "informs" if deadline.if_missed == "bars" else "bars"
                changed_one = replaced(deadline, if_missed=missed)
                what = f"deadline `{deadline.id}` {missed} instead of {deadline.if_missed}"
                yield AvenueMutant(place, what, replaced(avenue, deadlines=_with(avenue.deadlines, at, changed_one)))
            for period, clock in _other_periods(deadline.clock):
                changed_one = replaced(deadline, clock=clock)
                what = f"deadline `{deadline.id}` has {period}"
                yield AvenueMutant(place, what, replaced(avenue, deadlines=_with(avenue.deadlines, at, changed_one)))
        for at, wait in enumerate(avenue.waits):
            for period, clock in _other_periods(wait.clock):
                waits = (*avenue.waits[:at], replaced(wait, clock=clock), *avenue.waits[at + 1 :])
                what = f"waiting period `{wait.id}` has {period}"
                yield AvenueMutant(wait.place or NOWHERE, what, replaced(avenue, waits=waits))


def _with(parts: tuple[Any, ...], at: int, part: Any) -> tuple[Any, ...]:
    return (*parts[:at], part, *parts[at + 1 :])


def _other_periods(clock: Clock | None) -> Iterator[tuple[Period, Clock]]:
    if clock is not None and clock.period is not None:
        for count in (clock.period.count - 1, clock.period.count + 1):
            if count > 0:
                period = replaced(clock.period, count=count)
                yield period, replaced(clock, period=period)


def date_mutants(rulebook: Rulebook) -> Iterator[DateMutant]:
    """Every day on which law begins or ends, one earlier and one later."""
    leaves = [part for condition in conditions(rulebook) for part in _leaves(condition) if part.place]
    divided = {"": rulebook.as_of_cuts, **{name: fact.cuts for name, fact in rulebook.facts.items() if fact.cuts}}
    for fact, cuts in divided.items():
        said = [part for part in leaves if (part.name == fact if fact else part.op == "as-of")]
        for at, cut in enumerate(cuts):
            place = next((part.place for part in said if _ends_at(part, cut)), None) or NOWHERE
            for days in (-1, 1):
                moved = (date.fromisoformat(cut) + timedelta(days)).isoformat()
                if moved not in cuts:
                    after = (*cuts[:at], moved, *cuts[at + 1 :])
                    yield DateMutant(place, f"{cut} is {moved}", _divided(rulebook, fact, after), fact, cuts, after)


def _divided(rulebook: Rulebook, fact: str, cuts: tuple[str, ...]) -> Rulebook:
    """A rulebook that divides the answers to a date question, or the day of assessment, at other days."""
    if not fact:
        return replaced(rulebook, as_of_cuts=cuts)
    return replaced(rulebook, facts={**rulebook.facts, fact: replaced(rulebook.facts[fact], cuts=cuts)})


def _leaves(condition: Condition) -> Iterator[Condition]:
    if not condition.parts:
        yield condition
    for part in condition.parts:
        yield from _leaves(part)


def _ends_at(part: Condition, cut: str) -> bool:
    """Whether a stretch of time begins or ends on a day."""
    inside = sum(cut in option for option in part.options)
    return inside == 1
