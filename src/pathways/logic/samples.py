"""Complete cases drawn at random: what they come out as is possible, whatever else may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.logic.lanes import Planes, combine
from pathways.logic.structure import Structure
from pathways.logic.values import Answer

LANES = 240


def sampled(structure: Structure, plain: Mapping[int, Planes], case: Mapping[int, Answer]) -> dict[int, Planes]:
    """Every statement in lanes of complete cases that agree with a case, of which ``plain`` is the plain evaluation.

    Every variable has one option; only what is disputed in the case is disputed. The draws are the same each time.
    """
    full = (1 << LANES) - 1
    draws = _draws()
    known: dict[int, Planes] = {}
    drawn = 0
    for variable, leaves in enumerate(structure.leaves_of):
        answer = case.get(variable)
        if not leaves or (answer is not None and (answer.disputed or not answer.options & (answer.options - 1))):
            continue
        possible = structure.statements.variables[variable].everything if answer is None else answer.options
        drawn |= structure.leaf_mask[variable]
        options: list[tuple[int, int]] = []
        left = full
        classes = structure.classes(structure.leaf_mask[variable], variable, possible)
        for group in classes[1:]:
            lanes = left & next(draws)
            left ^= lanes
            options.append((group, lanes))
        options.append((classes[0], left))
        for leaf in leaves:
            index, mask = structure.leaves[leaf]
            inside = 0
            for group, lanes in options:
                if group & mask:
                    inside |= lanes
            known[index] = full ^ inside, 0, inside
    reach = structure.reach
    for index, (no, half, yes) in plain.items():
        if not reach[index].leaves & drawn:
            known[index] = full if no else 0, full if half else 0, full if yes else 0
    combine(structure.statements, [index for index in structure.wholes if reach[index].leaves & drawn], full, known)
    return known


def _draws() -> Iterator[int]:
    """Planes in which each lane is set at random, as often as not."""
    state = 1
    while True:
        # A linear congruential generator of the width of a plane and more, of which the upper bits are taken.
        state = (state * _FACTOR + 12345) & _STATES
        yield state >> _LOW


_LOW = 64
_STATES = (1 << (LANES + _LOW)) - 1
#: Odd, one more than a multiple of four, its bits without a pattern.
_FACTOR = (3**200 & _STATES) * 8 + 5
