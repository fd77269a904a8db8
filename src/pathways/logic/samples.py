"""Complete cases drawn at random: what they come out as is possible, whatever else may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pathways.logic.lanes import Planes, combine
from pathways.logic.plain import SETS, Plain, planes_of
from pathways.logic.structure import Structure
from pathways.logic.values import Answer

LANES = 240
FULL = (1 << LANES) - 1

#: The planes of a statement that is the same in every lane, by what it is.
_THROUGHOUT = tuple(planes_of(values, FULL) for values in SETS)


def draw(
    plain: Plain, case: Mapping[int, Answer], before: Mapping[int, Planes], changed: Sequence[int]
) -> dict[int, Planes]:
    """Every statement in lanes of complete cases that agree with a case.

    Every variable has one option; only what is disputed in the case is disputed. The draws are the same each time.
    ``plain`` is plain evaluation of the case; ``before`` holds what was drawn for a case in which only the answers to
    the variables ``changed`` were others, or nothing.
    """
    structure, values, left = plain.structure, plain.values, plain.open
    known = dict(before)
    for variable in changed:
        possible, disputed = case.get(variable) or structure.unknown[variable]
        options: list[tuple[int, int]] = []
        for leaf in structure.leaves_of[variable]:
            index, mask = structure.leaves[leaf]
            if disputed or not left[index]:
                known[index] = _THROUGHOUT[values[index]]
                continue
            options = options or _lanes_of_options(structure, variable, possible)
            inside = 0
            for group, lanes in options:
                if group & mask:
                    inside |= lanes
            known[index] = FULL ^ inside, 0, inside
    order = []
    for step in plain.steps:
        index = step[0]
        if left[index]:
            order.append(index)
        else:
            known[index] = _THROUGHOUT[values[index]]
    combine(structure.statements, order, FULL, known)
    return known


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
