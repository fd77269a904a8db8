"""Complete cases drawn at random: what they come out as is possible, whatever else may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathways.logic.lanes import Planes, combine
from pathways.logic.structure import Structure
from pathways.logic.values import Answer

LANES = 240
FULL = (1 << LANES) - 1


def drawn(
    structure: Structure, case: Mapping[int, Answer], before: Mapping[int, Planes], changed: Iterable[int]
) -> dict[int, Planes]:
    """Every statement in lanes of complete cases that agree with a case.

    Every variable has one option; only what is disputed in the case is disputed. The draws are the same each time.
    ``before`` holds the same for a case in which only the answers to the variables ``changed`` were others.
    """
    known = dict(before)
    reached = 0
    for variable in changed:
        answer = case.get(variable)
        possible = structure.statements.variables[variable].everything if answer is None else answer.options
        disputed = answer is not None and answer.disputed
        reached |= structure.leaf_mask[variable]
        options = [] if disputed else _lanes_of_options(structure, variable, possible)
        for leaf in structure.leaves_of[variable]:
            index, mask = structure.leaves[leaf]
            if disputed and possible & mask and possible & ~mask:
                known[index] = 0, FULL, 0
            else:
                inside = 0 if options or not possible & mask else FULL
                for group, lanes in options:
                    if group & mask:
                        inside |= lanes
                known[index] = FULL ^ inside, 0, inside
    reach = structure.reach
    combine(structure.statements, [index for index in structure.wholes if reach[index].leaves & reached], FULL, known)
    return known


def drawn_knowing_nothing(structure: Structure) -> dict[int, Planes]:
    """The same for the case without answers."""
    constants: dict[int, Planes] = {}
    settled = [index for index in structure.wholes if not structure.reach[index].leaves]
    combine(structure.statements, settled, FULL, constants)
    return drawn(structure, {}, constants, range(len(structure.leaves_of)))


def _lanes_of_options(structure: Structure, variable: int, possible: int) -> list[tuple[int, int]]:
    """For each group of possible options that no leaf tells apart, the lanes in which it is one of these."""
    options: list[tuple[int, int]] = []
    left = FULL
    first, *others = structure.classes(structure.leaf_mask[variable], variable, possible)
    for group, plane in zip(others, _draws(variable), strict=False):
        options.append((group, left & plane))
        left &= ~plane
    return [*options, (first, left)]


def _draws(seed: int) -> Iterator[int]:
    """Planes in which each lane is set at random, as often as not."""
    state = (seed + 1) * _FACTOR
    while True:
        # A linear congruential generator wider than a plane, of which the upper bits are taken.
        state = (state * _FACTOR + 12345) & _STATES
        yield state >> _LOW


_LOW = 64
_STATES = (1 << (LANES + _LOW)) - 1
#: One more than a multiple of four, its bits without a pattern.
_FACTOR = (3**200 & _STATES) * 8 + 5
