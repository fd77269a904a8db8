"""Trying variables option by option: one lane for every combination of what they may turn out to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pathways.logic.lanes import WORDS, Planes, all_of, any_of, combine
from pathways.logic.plain import Plain, planes_of, set_of
from pathways.logic.statements import EVIDENCE_WORDS, Kind
from pathways.logic.structure import Reach, Structure
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, Answer, ValueSet


class Split(NamedTuple):
    """One variable tried in several lanes.

    ``states`` lists what it may turn out to be; each state is the options (masks, one for each class of options)
    that it resolves to: one, or several for a dispute.
    """

    variable: int
    states: tuple[tuple[int, ...], ...]

    @property
    def lanes(self) -> int:
        """How many lanes it takes."""
        return sum(len(state) for state in self.states)


class Trials:
    """Every combination of what some variables may turn out to be, side by side.

    An answer not known may also turn out disputed. Below a word about evidence every such dispute is tried. Elsewhere
    it is enough to know what single options give: a dispute between options that come out differently makes the
    statement disputed, between options that come out the same it changes nothing. Such trials stand side by side in
    a block.
    """

    def __init__(self, structure: Structure, reach: Reach, answers: Mapping[int, Answer]) -> None:
        self.structure = structure
        seen: list[Split] = []
        unseen: list[Split] = []
        disputes: list[Split] = []
        for variable, answer in answers.items():
            classes = structure.classes(reach.leaves, variable, answer.options)
            if answer.disputed:
                disputes.append(Split(variable, (tuple(classes),)))
            elif reach.evidence & structure.leaf_mask[variable]:
                sizes = range(1, len(classes) + 1)
                seen.append(Split(variable, tuple(s for size in sizes for s in combinations(classes, size))))
            else:
                unseen.append(Split(variable, tuple((group,) for group in classes)))
        # The first split changes fastest, so that a block is a run of lanes.
        self.width = self.block = 1
        for split in unseen:
            self.block *= split.lanes
        self.leaves: dict[int, Planes] = {}
        #: For each dispute tried: what a place is worth, and the lanes of each of its places.
        self.groups: list[tuple[int, list[int]]] = []
        splits = [*unseen, *seen, *disputes]
        for split in splits:
            self.width *= split.lanes
        inner = 1
        for split in splits:
            self._lay_out(split, inner)
            inner *= split.lanes

    @property
    def full(self) -> int:
        """All lanes."""
        return (1 << self.width) - 1

    def _lay_out(self, split: Split, inner: int) -> None:
        lanes = split.lanes
        first = stripe(0, lanes, inner, self.width)
        stripes = [first << inner * at for at in range(lanes)]
        options: list[int] = []
        for state in split.states:
            if len(state) > 1:
                self.groups.append((inner, stripes[len(options) : len(options) + len(state)]))
            options += state
        for leaf in self.structure.leaves_of[split.variable]:
            index, mask = self.structure.leaves[leaf]
            inside = 0
            for group, lanes_of_group in zip(options, stripes, strict=True):
                if group & mask:
                    inside |= lanes_of_group
            self.leaves[index] = self.full ^ inside, 0, inside

    def evaluate(self, roots: Sequence[int], plain: Plain) -> list[Planes]:
        """Plain evaluation in every lane; below a word about evidence, disputes are drawn together.

        Statements that no variable tried can change are in every lane what they are without a trial (``plain``).
        """
        statements, full, known = self.structure.statements, self.full, dict(self.leaves)
        order = []
        tried = 0
        for index in self.leaves:
            tried |= self.structure.reach[index].leaves
        waiting = list(roots)
        while waiting:
            index = waiting.pop()
            if index in known:
                continue
            if plain.open[index] & tried:
                known[index] = 0, 0, 0
                order.append(index)
                waiting.extend(statements.statements_of(index))
            else:
                known[index] = planes_of(plain.values[index], full)
        order.sort()
        if not self.groups:
            combine(statements, order, full, known)
        else:
            for index in order:
                kind = statements.kinds[index]
                if kind in EVIDENCE_WORDS:
                    known[index] = WORDS[kind](draw_together(known[statements.parts[index][0]], self.groups))
                else:
                    combine(statements, (index,), full, known)
        return [known[root] for root in roots]

    def joined(self, kind: Kind, parts: Sequence[Planes]) -> Planes:
        """The ``all`` or ``any`` of several statements."""
        return all_of(parts) if kind is Kind.ALL else any_of(parts)

    def drawn(self, planes: Planes) -> Planes:
        """Each dispute drawn together."""
        return draw_together(planes, self.groups)

    def values(self, planes: Planes) -> ValueSet:
        """What a statement can become over all trials: those of one block that differ may also be a dispute."""
        values = set_of(planes)
        if values not in (NO, DISPUTED, YES) and not values & DISPUTED and self.block > 1:
            # Neighbors inside a block; the last lane of each block has none.
            inside = self.full & ~stripe(self.block - 1, self.block, 1, self.width)
            if any((plane ^ plane >> 1) & inside for plane in planes):
                values |= DISPUTED
        return values

    def values_together(self, several: Sequence[Planes]) -> set[tuple[ValueSet, ...]]:
        """What several statements are in each trial; where those of one block differ, they may also be a dispute."""
        # The lanes in which the statements so far are some values.
        lanes: dict[tuple[ValueSet, ...], int] = {(): self.full}
        for no, half, yes in several:
            lanes = {
                (*before, values): both
                for before, where in lanes.items()
                for values in range(NO, UNKNOWN + 1)
                if (both := where & same(no, values & NO) & same(half, values & DISPUTED) & same(yes, values & YES))
            }
        if self.block == 1:
            return set(lanes)
        found: set[tuple[ValueSet, ...]] = set()
        for start in range(0, self.width, self.block):
            window = ((1 << self.block) - 1) << start
            block = [trial for trial, where in lanes.items() if where & window]
            mixed = [DISPUTED if len(set(values)) > 1 else 0 for values in zip(*block, strict=True)]
            found.update(tuple(v | m for v, m in zip(trial, mixed, strict=True)) for trial in block)
        return found


def same(plane: int, wanted: int) -> int:
    """The lanes in which a plane is as ``wanted``."""
    return plane if wanted else ~plane


def stripe(at: int, count: int, inner: int, width: int) -> int:
    """The lanes whose digit is ``at`` in a place of ``count`` digits worth ``inner`` lanes each."""
    period = inner * count
    lanes = ((1 << inner) - 1) << (at * inner)
    while period < width:
        lanes |= lanes << period
        period *= 2
    return lanes & ((1 << width) - 1)


def draw_together(planes: Planes, groups: Sequence[tuple[int, list[int]]]) -> Planes:
    """Across the lanes of one dispute: the same value if all agree, else disputed; written to each of its lanes."""
    for inner, stripes in groups:
        members = [[(plane & stripe) >> (inner * place) for plane in planes] for place, stripe in enumerate(stripes)]
        all_no = all_yes = settled_no = settled_yes = stripes[0]
        for no, half, yes in members:
            all_no &= no
            all_yes &= yes
            settled_no &= ~(half | yes)
            settled_yes &= ~(half | no)
        drawn = (all_no, stripes[0] & ~settled_no & ~settled_yes, all_yes)
        outside = ~sum(stripes)
        planes = tuple(  # type: ignore[assignment]
            (plane & outside) | sum(together << (inner * place) for place in range(len(stripes)))
            for plane, together in zip(planes, drawn, strict=True)
        )
    return planes
