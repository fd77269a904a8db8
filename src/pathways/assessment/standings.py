"""What the standing of an avenue can still become."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment.model import Standing
from pathways.assessment.view import SETTLED
from pathways.logic import DISPUTED, NO, YES, ValueSet
from pathways.logic.exact import CaseValues
from pathways.rulebook.model import Avenue

_STANDING = {YES: Standing.OPEN, DISPUTED: Standing.CONTESTED, NO: Standing.CLOSED}
_SHOWN = tuple(Standing)


def possible_standings(values: CaseValues, avenue: Avenue) -> tuple[Standing, ...]:
    """What the avenue's standing can still become, best first."""
    found: set[Standing] = set()
    if avenue.applies_when is None:
        found.update(_named(values.could_be(avenue.value)))
    else:
        for applies, value in _together(values, avenue):
            if applies & NO:
                found.add(Standing.NOT_APPLICABLE)
            if applies & YES:
                found.update(_named(value))
            if applies & DISPUTED:
                found.update(_named((DISPUTED if value & ~NO else 0) | (NO if value & NO else 0)))
    return tuple(standing for standing in _SHOWN if standing in found)


def _together(values: CaseValues, avenue: Avenue) -> set[tuple[ValueSet, ...]]:
    """What "it applies" and "it is available" can become together."""
    applying = values.could_be(avenue.applies)
    if applying in SETTLED:
        return {(applying, values.could_be(avenue.value))}
    return values.together((avenue.applies, avenue.value), values.structure.variables_of(avenue.applies))


def _named(values: ValueSet) -> Iterator[Standing]:
    return (standing for value, standing in _STANDING.items() if values & value)
