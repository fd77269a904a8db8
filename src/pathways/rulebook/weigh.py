"""What the parts of an avenue come to, as statements: its components, a deadline missed, a waiting period over."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.logic import Statements
from pathways.rulebook.clock import OVER, PASSED, UNSETTLED, Clock
from pathways.rulebook.model import Condition, Deadline, Element, Hurdle


def components(
    make: Statements, elements: Iterable[Element], hurdles: Iterable[Hurdle], deadlines: Iterable[Deadline]
) -> dict[str, int]:
    """What an avenue's value is the least of, by ``kind:id``."""
    found = {f"element:{element.id}": element.when.statement for element in elements}
    for hurdle in hurdles:
        arises = hurdle.arises_when.statement
        if hurdle.effect == "bars":
            found[f"hurdle:{hurdle.id}"] = make.negation(arises)
        elif hurdle.effect == "contests":
            found[f"hurdle:{hurdle.id}"] = make.negation(make.contestable(arises))
    for deadline in deadlines:
        if deadline.if_missed == "bars" and deadline.can_be_missed:
            in_time = make.negation(deadline.missed)
            softened = make.contestable(deadline.unless.statement) if deadline.unless else make.never()
            found[f"deadline:{deadline.id}"] = make.any([in_time, softened])
    return found


def missed(make: Statements, clock: Clock | None, missed_when: Condition | None, applies_when: Condition | None) -> int:
    """A deadline is over, and what it asks for was not done."""
    said = missed_when.statement if missed_when else make.never()
    found = said
    if clock is not None:
        found = make.any([_outcome(make, clock, PASSED), make.all([_outcome(make, clock, UNSETTLED), said])])
        if clock.starts_when:
            found = make.all([clock.starts_when.statement, found])
    return make.all([applies_when.statement, found]) if applies_when else found


def over(make: Statements, clock: Clock) -> int:
    """A waiting period is over."""
    found = _outcome(make, clock, OVER)
    return make.all([clock.starts_when.statement, found]) if clock.starts_when else found


def _outcome(make: Statements, clock: Clock, outcome: str) -> int:
    index = make.variable_index(clock.variable)
    return make.leaf(index, make.variables[index].mask((outcome,)))
