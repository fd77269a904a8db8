"""What does not depend on any case: which answers reach a statement, and how. Worked out once for a rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pathways.logic.statements import EVIDENCE_WORDS, Kind, Statements
from pathways.logic.values import Answer


class Reach(NamedTuple):
    """Which leaves a statement is reached from: plainly, through ``not``, below a word about evidence, in several ways.

    Bit *i* stands for the *i*-th leaf of the rulebook. ``leaves`` is every leaf.
    """

    plain: int = 0
    inverted: int = 0
    evidence: int = 0
    several: int = 0
    leaves: int = 0

    @classmethod
    def over(cls, kind: Kind, parts: Iterable[Reach]) -> Reach:
        """The reach of a statement of a kind over parts."""
        plain = inverted = evidence = several = leaves = 0
        for below_plain, below_inverted, below_evidence, below_several, below in parts:
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
        return cls(plain, inverted, evidence, several, leaves)

    def narrowed(self, leaves: int) -> Reach:
        """The same, of some leaves only."""
        plain, inverted, evidence, several, below = self
        return Reach(plain & leaves, inverted & leaves, evidence & leaves, several & leaves, below & leaves)


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


#: One statement: its number, its kind, the statements directly below, its leaves below a word about evidence, and
#: those without which no variable is entangled.
Step = tuple[int, Kind, tuple[int, ...], int, int]


#: What a structure is kept as: the reach of each statement, its five masks one after another; its suspects.
Found = tuple[tuple[int, ...], tuple[int, ...]]


class Structure:
    """The leaves below each statement, and what follows from them.

    ``found`` is what was found of the same statements before (:attr:`found`), if it was kept.
    """

    def __init__(self, statements: Statements, found: Found | None = None) -> None:
        self.statements = statements
        #: The statement and the option mask of each leaf.
        self.leaves: list[tuple[int, int]] = []
        #: The leaves of each variable, by number and as a mask of leaves.
        self.leaves_of: list[list[int]] = [[] for _ in statements.variables]
        self.leaf_mask: list[int] = [0] * len(statements.variables)
        for index, kind in enumerate(statements.kinds):
            if kind is Kind.LEAF:
                variable, mask = statements.parts[index]
                self.leaves_of[variable].append(len(self.leaves))
                self.leaf_mask[variable] |= 1 << len(self.leaves)
                self.leaves.append((index, mask))
        if found is None:
            self.reach = self._reach()
            self.suspects = self._suspects()
        else:
            masks = iter(found[0])
            self.reach = list(map(Reach._make, zip(masks, masks, masks, masks, masks, strict=True)))
            self.suspects = list(found[1])
        #: The variable of each leaf.
        self.variable_of = [statements.parts[index][0] for index, _ in self.leaves]
        #: Each leaf as a mask, together with its variable, which stands above all leaves.
        self.leaf_bits = [
            1 << leaf | 1 << len(self.leaves) + variable for leaf, variable in enumerate(self.variable_of)
        ]
        self._steps_over: dict[int, list[Step]] = {}
        #: For each variable the answer that says nothing.
        self.unknown = [Answer(variable.everything) for variable in statements.variables]

    @cached_property
    def steps(self) -> list[Step]:
        """Every statement that is not a leaf, parts before wholes."""
        statements = self.statements
        return [
            (index, kind, statements.statements_of(index), self.reach[index].evidence, self.suspects[index])
            for index, kind in enumerate(statements.kinds)
            if kind is not Kind.LEAF
        ]

    def steps_over(self, variables: Sequence[int]) -> list[Step]:
        """The same, of those statements that some variables reach."""
        found = self._steps_over.get(variables[0]) if len(variables) == 1 else None
        if found is None:
            reached = sum(self.leaf_mask[variable] for variable in variables)
            found = [step for step in self.steps if self.reach[step[0]].leaves & reached]
            if len(variables) == 1:
                self._steps_over[variables[0]] = found
        return found

    @property
    def found(self) -> Found:
        """What takes time to find out, to be kept."""
        return tuple(mask for reach in self.reach for mask in reach), tuple(self.suspects)

    def _reach(self) -> list[Reach]:
        """From which leaves each statement is reached."""
        found: list[Reach] = []
        leaves = 0
        for index, kind in enumerate(self.statements.kinds):
            if kind is Kind.LEAF:
                found.append(Reach(plain=1 << leaves, leaves=1 << leaves))
                leaves += 1
            else:
                found.append(Reach.over(kind, [found[part] for part in self.statements.statements_of(index)]))
        return found

    def _suspects(self) -> list[int]:
        """For each statement the leaves without which no variable is entangled, whatever the answers."""
        statements, leaf_mask = self.statements, self.leaf_mask
        found = []
        # For each statement its variables, and the leaves of those that it has several leaves of.
        variables: list[int] = []
        several: list[int] = []
        for index, reach in enumerate(self.reach):
            mine = shared = joined = 0
            if statements.kinds[index] is Kind.LEAF:
                mine = 1 << statements.parts[index][0]
            for part in statements.statements_of(index):
                shared |= mine & variables[part]
                mine |= variables[part]
                joined |= several[part]
            for variable in bits(shared):
                mask = leaf_mask[variable] & reach.leaves
                if mask & (mask - 1):
                    joined |= mask
            variables.append(mine)
            several.append(joined)
            # Most variables reach a statement through one leaf and one way, and are no matter.
            found.append(reach.plain & reach.inverted | reach.evidence & reach.several | joined)
        return found

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        return self.variables_below(self.reach[root].leaves)

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation does not settle while nothing is known of them."""
        reach = self.reach[root]
        return tuple(v for v in self.variables_of(root) if self.entangled(reach, v, self.unknown[v].options))

    def variables_below(self, leaves: int) -> list[int]:
        """The variables that some leaves (a mask) ask about, in order of declaration."""
        return sorted({self.variable_of[leaf] for leaf in bits(leaves)}) if leaves else []

    def variables_in(self, leaves: int) -> int:
        """The variables (as a mask) that stand above some leaves."""
        return leaves >> len(self.leaves)

    def entangled(self, reach: Reach, variable: int, possible: int) -> bool:
        """Whether plain evaluation takes for independent what this variable ties together."""
        leaves = reach.leaves & self.leaf_mask[variable]
        if leaves & reach.plain & reach.inverted:
            return True
        if leaves & reach.evidence and (leaves & (leaves - 1) or leaves & reach.several):
            return True
        # Does some option lift every leaf, and does one lower every leaf?
        top = bottom = possible
        for leaf in bits(leaves):
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
