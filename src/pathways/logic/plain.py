"""Plain evaluation of one case: for each statement the set of what it can be, looked up in tables.

The tables hold what :mod:`pathways.logic.lanes` makes of one lane; nothing is decided here that is not decided there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.logic.lanes import WORDS, Planes, all_of, any_of, at_least
from pathways.logic.statements import Kind
from pathways.logic.structure import Structure
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, Answer, ValueSet

SETS = range(UNKNOWN + 1)


def planes_of(values: ValueSet, full: int = 1) -> Planes:
    """The planes of a statement that can be ``values`` in every lane."""
    return full if values & NO else 0, full if values & DISPUTED else 0, full if values & YES else 0


def set_of(planes: Planes) -> ValueSet:
    """Everything that a statement can be in some lane."""
    no, half, yes = planes
    return (NO if no else 0) | (DISPUTED if half else 0) | (YES if yes else 0)


#: What ``all`` and ``any`` make of two sets.
LEAST = tuple(tuple(set_of(all_of((planes_of(one), planes_of(other)))) for other in SETS) for one in SETS)
GREATEST = tuple(tuple(set_of(any_of((planes_of(one), planes_of(other)))) for other in SETS) for one in SETS)

#: What a word makes of a set.
SAID: Mapping[Kind, tuple[ValueSet, ...]] = {
    Kind.NOT: tuple(set_of(planes_of(one)[::-1]) for one in SETS),
    **{kind: tuple(set_of(word(planes_of(one))) for one in SETS) for kind, word in WORDS.items()},
}


class Plain:
    """Plain evaluation of one case.

    ``values`` is what each statement can be, and may be too wide. ``exact`` is what it can be where that is known to be
    exact, else 0; what is found out later is written there. ``open`` is the leaves (as a mask) that can still change
    it: those not settled by the answers, past all parts that are no or yes whatever comes. Above the leaves stand their
    variables (:meth:`Structure.variables_in`). ``steps`` are the statements that were worked out here.
    """

    def __init__(self, structure: Structure, before: Plain | None = None) -> None:
        self.structure = structure
        self.steps = structure.steps
        if before is None:
            self.values: list[ValueSet] = [UNKNOWN] * len(structure.statements)
            self.exact = self.values.copy()
            self.open = [0] * len(structure.statements)
            for leaf, (index, _) in enumerate(structure.leaves):
                self.open[index] = structure.leaf_bits[leaf]
            self._combine()
        else:
            self.values, self.exact, self.open = before.values.copy(), before.exact.copy(), before.open.copy()

    def changed(self, case: Mapping[int, Answer], variables: Sequence[int]) -> Plain:
        """The same where the answers to some variables (and to no others) are those of ``case``."""
        structure = self.structure
        other = Plain(structure, self)
        values, exact, left = other.values, other.exact, other.open
        for variable in variables:
            options, disputed = case.get(variable) or structure.unknown[variable]
            for leaf in structure.leaves_of[variable]:
                index, mask = structure.leaves[leaf]
                if options & mask and options & ~mask:
                    values[index] = exact[index] = DISPUTED if disputed else UNKNOWN
                    left[index] = structure.leaf_bits[leaf]
                else:
                    values[index] = exact[index] = YES if options & mask else NO
                    left[index] = 0
        other.steps = structure.steps_over(variables)
        other._combine()
        return other

    def _combine(self) -> None:
        """Work out the statements in ``steps``, parts before wholes."""
        known, exact, left = self.values, self.exact, self.open
        least, greatest, is_all, is_any, sure = LEAST, GREATEST, Kind.ALL, Kind.ANY, (NO, YES)
        for index, kind, parts, evidence, suspects in self.steps:
            if kind is is_all:
                values = YES
                for part in parts:
                    values = least[values][known[part]]
            elif kind is is_any:
                values = NO
                for part in parts:
                    values = greatest[values][known[part]]
            elif kind in SAID:
                values = SAID[kind][known[parts[0]]]
            elif kind is Kind.AT_LEAST:
                count = self.structure.statements.parts[index][0]
                values = set_of(at_least(count, [planes_of(known[part]) for part in parts], 1))
            else:
                values = YES if kind is Kind.ALWAYS else NO
            known[index] = values
            below = 0
            if evidence or values not in sure:
                for part in parts:
                    below |= left[part]
                # Plain evaluation is never too narrow, but for what stands below a word about evidence.
                if values in sure and not below & evidence:
                    below = 0
            left[index] = below
            exact[index] = 0 if suspects & below else values
