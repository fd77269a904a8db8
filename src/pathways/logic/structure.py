"""What does not depend on any case: which answers reach a statement, and how. Worked out once for a rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pathways.logic.lanes import Planes, combine
from pathways.logic.statements import EVIDENCE_WORDS, Kind, Statements


class Reach(NamedTuple):
    """Which leaves a statement is reached from: plainly, through ``not``, below a word about evidence, in several ways.

    Bit *i* stands for the *i*-th leaf of the rulebook. ``leaves`` is every leaf.
    """

    plain: int = 0
    inverted: int = 0
    evidence: int = 0
    several: int = 0
    leaves: int = 0


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


class Structure:
    """The leaves below each statement, and what follows from them."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        #: The statement and the option mask of each leaf.
        self.leaves: list[tuple[int, int]] = []
        #: The leaves of each variable, by number and as a mask of leaves.
        self.leaves_of: list[list[int]] = [[] for _ in statements.variables]
        self.leaf_mask: list[int] = [0] * len(statements.variables)
        self.reach: list[Reach] = []
        #: Every statement that is not a leaf, parts before wholes.
        self.wholes: list[int] = []
        #: Every statement in complete cases drawn at random, once they are drawn.
        self.samples: dict[int, Planes] | None = None
        self._variables: dict[int, list[int]] = {}
        self._tangled: dict[int, tuple[int, ...]] = {}
        self._candidates: dict[int, tuple[tuple[int, int], ...]] = {}
        for index, kind in enumerate(statements.kinds):
            if kind is Kind.LEAF:
                variable, mask = statements.parts[index]
                bit = 1 << len(self.leaves)
                self.leaves_of[variable].append(len(self.leaves))
                self.leaf_mask[variable] |= bit
                self.leaves.append((index, mask))
                self.reach.append(Reach(plain=bit, leaves=bit))
            else:
                self.wholes.append(index)
                self.reach.append(self.reach_over(kind, statements.statements_of(index)))
        self._variable_of = [statements.parts[index][0] for index, _ in self.leaves]
        #: The leaves (as a mask) of variables that have several.
        self._with_others = sum(mask for mask in self.leaf_mask if mask & (mask - 1))

    def reach_over(self, kind: Kind, parts: Iterable[int]) -> Reach:
        """The reach of a statement of a kind over parts."""
        plain = inverted = evidence = several = leaves = 0
        for part in parts:
            below_plain, below_inverted, below_evidence, below_several, below = self.reach[part]
            several |= below_several | (below & leaves)
            plain |= below_plain
            inverted |= below_inverted
            evidence |= below_evidence
            leaves |= below
        if kind is Kind.NOT:
            plain, inverted = inverted, plain
        elif kind in EVIDENCE_WORDS:
            evidence |= leaves
            if kind is Kind.DISPUTED:
                several |= leaves
        return Reach(plain, inverted, evidence, several, leaves)

    @cached_property
    def nothing_known(self) -> dict[int, Planes]:
        """Plain evaluation of every statement for the case without answers."""
        known: dict[int, Planes] = {index: (1, 1, 1) for index, _ in self.leaves}
        combine(self.statements, self.wholes, 1, known)
        return known

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        found = self._variables.get(root)
        if found is None:
            below = bits(self.reach[root].leaves)
            found = self._variables[root] = sorted({self._variable_of[leaf] for leaf in below})
        return found

    def variables_over(self, roots: Iterable[int]) -> list[int]:
        """The variables that some statement depends on, in order of declaration."""
        return sorted({variable for root in roots for variable in self.variables_of(root)})

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation does not settle while nothing is known of them."""
        found = self._tangled.get(root)
        if found is None:
            reach, variables = self.reach[root], self.statements.variables
            everything = [(variable, variables[variable].everything) for variable in self.variables_of(root)]
            found = self._tangled[root] = tuple(
                variable for variable, options in everything if self.entangled(reach, variable, options, reach.leaves)
            )
        return found

    def candidates(self, root: int) -> tuple[tuple[int, int], ...]:
        """The variables that may be entangled once some of their options are ruled out, each with its leaves below."""
        found = self._candidates.get(root)
        if found is None:
            reach = self.reach[root]
            # Most variables reach a statement through one leaf and one way, and are no matter.
            suspects = reach.plain & reach.inverted | reach.evidence & reach.several | reach.leaves & self._with_others
            found = self._candidates[root] = tuple(
                (variable, self.leaf_mask[variable] & reach.leaves)
                for variable in sorted({self._variable_of[leaf] for leaf in bits(suspects)})
                if self._may_entangle(reach, variable)
            )
        return found

    def _may_entangle(self, reach: Reach, variable: int) -> bool:
        leaves = reach.leaves & self.leaf_mask[variable]
        if leaves & reach.plain & reach.inverted or leaves & reach.evidence:
            return True
        # The options that lift each leaf. Where these stand one inside another, some option always lifts every leaf
        # that any lifts; where two do not, two options may be left of which each lifts one.
        everything = self.statements.variables[variable].everything
        lifting = sorted(
            (
                self.leaves[leaf][1] if reach.plain >> leaf & 1 else everything & ~self.leaves[leaf][1]
                for leaf in self.leaves_of[variable]
                if leaves >> leaf & 1
            ),
            key=int.bit_count,
        )
        return any(inner & ~outer for inner, outer in pairwise(lifting))

    def left_open(self, variable: int, possible: int) -> int:
        """The leaves (as a mask) of a variable that its possible options do not settle."""
        found = 0
        for leaf in self.leaves_of[variable]:
            mask = self.leaves[leaf][1]
            if possible & mask and possible & ~mask:
                found |= 1 << leaf
        return found

    def entangled(self, reach: Reach, variable: int, possible: int, unsettled: int) -> bool:
        """Whether plain evaluation takes for independent what this variable ties together by ``unsettled`` leaves."""
        unsettled &= reach.leaves & self.leaf_mask[variable]
        if not unsettled:
            return False
        if unsettled & reach.plain & reach.inverted:
            return True
        if unsettled & reach.evidence and (unsettled & (unsettled - 1) or unsettled & reach.several):
            return True
        top = bottom = possible
        for leaf in self.leaves_of[variable]:
            if unsettled >> leaf & 1:
                mask = self.leaves[leaf][1]
                top &= mask if reach.plain >> leaf & 1 else ~mask
                bottom &= ~mask if reach.plain >> leaf & 1 else mask
        return not top or not bottom

    def classes(self, leaves: int, variable: int, possible: int) -> list[int]:
        """The possible options, those together that none of ``leaves`` tells apart."""
        classes = [possible]
        for leaf in self.leaves_of[variable]:
            if leaves >> leaf & 1:
                mask = self.leaves[leaf][1]
                classes = [part for group in classes for part in (group & mask, group & ~mask) if part]
        return classes
