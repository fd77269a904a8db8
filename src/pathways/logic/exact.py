"""What a statement can still become, exactly: only material disputes and missing answers count.

The meaning
-----------
A case is *complete* when every variable has one option or a dispute between several. Its statements are
read with each dispute resolved in every possible way: if a statement comes out the same whichever way,
that is its value; if not, it is disputed. (``clearly``, ``arguably`` and ``disputed`` read the state of the evidence: what stands
below them is valued first, with its disputes in place.) What a statement of an incomplete case
can still become is the set of its values over all completions.

How it is found
---------------
Plain evaluation over sets (:mod:`pathways.logic.lanes`) finds just that wherever each variable reaches the statement so
that one of its possible options lifts every leaf it reaches through, and one lowers every such leaf. The other
variables are *entangled*: they reach it with and without ``not``, through leaves that no option serves together, or
several times below a word about evidence. Only these are tried option by option, in lanes; options that no leaf below the
statement tells apart are tried once, and parts of an ``all`` or ``any`` that share no open variable are decided apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pathways.logic.lanes import WORDS, Lanes, Planes, all_of, any_of, evaluate, step, values_in
from pathways.logic.statements import EVIDENCE_WORDS, Kind, Statements
from pathways.logic.values import DISPUTED, NO, YES, Answer, ValueSet

Case = Mapping[int, Answer]

_JOIN = {Kind.ALL: all_of, Kind.ANY: any_of}


@dataclass(frozen=True, slots=True)
class Reach:
    """Which leaves a statement is reached from: plainly, through ``not``, below a word about evidence, in several ways.

    Bit *i* stands for the *i*-th leaf of the rulebook.
    """

    plain: int = 0
    inverted: int = 0
    evidence: int = 0
    several: int = 0

    @property
    def leaves(self) -> int:
        """Every leaf."""
        return self.plain | self.inverted


@dataclass(frozen=True, slots=True)
class _Split:
    """One variable tried in several lanes.

    ``states`` lists what it may turn out to be; each state is the options (masks, one for each class of options) that it
    resolves to: one, or several for a dispute.
    """

    variable: int
    states: tuple[tuple[int, ...], ...]

    @property
    def lanes(self) -> int:
        return sum(len(state) for state in self.states)


class Decider:
    """Answers "what can this statement still become?" for the statements of one rulebook."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self._leaves: list[int] = []
        self._leaves_of: list[list[int]] = [[] for _ in statements.variables]
        self._leaf_mask: list[int] = [0] * len(statements.variables)
        self._reach: list[Reach] = []
        self._tangled: dict[int, tuple[int, ...]] = {}
        self._variables: dict[int, list[int]] = {}
        self._unknown = [Answer(variable.everything) for variable in statements.variables]
        for index in range(len(statements)):
            if statements.kinds[index] is Kind.LEAF:
                variable = statements.parts[index][0]
                bit = 1 << len(self._leaves)
                self._leaves_of[variable].append(len(self._leaves))
                self._leaf_mask[variable] |= bit
                self._leaves.append(index)
                self._reach.append(Reach(plain=bit))
            else:
                self._reach.append(self._reach_over(statements.kinds[index], statements.statements_of(index)))

    # -- structure --------------------------------------------------------------------------------

    def _reach_over(self, kind: Kind, parts: Iterable[int]) -> Reach:
        plain = inverted = evidence = several = 0
        for part in parts:
            below = self._reach[part]
            several |= below.several | (below.leaves & (plain | inverted))
            plain |= below.plain
            inverted |= below.inverted
            evidence |= below.evidence
        if kind is Kind.NOT:
            plain, inverted = inverted, plain
        elif kind in EVIDENCE_WORDS:
            evidence |= plain | inverted
            if kind is Kind.DISPUTED:
                several |= plain | inverted
        return Reach(plain, inverted, evidence, several)

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        found = self._variables.get(root)
        if found is None:
            leaves = self._reach[root].leaves
            found = self._variables[root] = [index for index, mask in enumerate(self._leaf_mask) if mask & leaves]
        return found

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation may not settle: those to try option by option while they are open."""
        found = self._tangled.get(root)
        if found is None:
            reach = self._reach[root]
            found = tuple(
                variable
                for variable in self.variables_of(root)
                if self._entangled(reach, variable, self.statements.variables[variable].everything)
            )
            self._tangled[root] = found
        return found

    def _open_leaves(self, reach: Reach, variable: int, possible: int) -> list[tuple[int, int]]:
        """The leaves of a variable below a statement that its possible options do not settle, with their masks."""
        found = []
        reached = reach.leaves
        for leaf in self._leaves_of[variable]:
            if reached >> leaf & 1:
                mask = self.statements.parts[self._leaves[leaf]][1]
                if possible & mask and possible & ~mask:
                    found.append((leaf, mask))
        return found

    def _entangled(self, reach: Reach, variable: int, possible: int) -> bool:
        """Whether plain evaluation takes for independent what this variable ties together."""
        top = bottom = possible
        leaves = self._open_leaves(reach, variable, possible)
        for leaf, mask in leaves:
            plain, inverted = reach.plain >> leaf & 1, reach.inverted >> leaf & 1
            if plain and inverted:
                return True
            if reach.evidence >> leaf & 1 and (len(leaves) > 1 or reach.several >> leaf & 1):
                return True
            top &= mask if plain else ~mask
            bottom &= ~mask if plain else mask
        return not top or not bottom

    def _classes(self, leaves: int, variable: int, possible: int) -> list[int]:
        """The possible options, those together that none of ``leaves`` tells apart."""
        classes = [possible]
        for leaf in self._leaves_of[variable]:
            if leaves >> leaf & 1:
                mask = self.statements.parts[self._leaves[leaf]][1]
                classes = [part for group in classes for part in (group & mask, group & ~mask) if part]
        return classes

    # -- deciding ---------------------------------------------------------------------------------

    def plain(self, case: Case) -> dict[int, Planes]:
        """Plain evaluation of every statement for one case; may be too wide."""
        return evaluate(self.statements, Lanes.of(self.statements, [case]))

    def could_be(
        self,
        root: int,
        case: Case,
        plain: Mapping[int, Planes] | None = None,
        known: dict[int, ValueSet] | None = None,
    ) -> ValueSet:
        """Every value that statement ``root`` can still take for this case.

        ``plain`` is the result of :meth:`plain` for the same case, when it is at hand; ``known`` keeps what was found for other
        statements of the same case.
        """
        known = {} if known is None else known
        found = known.get(root)
        if found is not None:
            return found
        reach = self._reach[root]
        if not any(self._entangled(reach, v, self._possible(v, case).options) for v in self.tangled(root)):
            if plain is None:
                plain = evaluate(self.statements, Lanes.of(self.statements, [case]), [root])
            values = values_in(plain[root])
        else:
            values = self._below(root, case, plain, known)
        known[root] = values
        return values

    def _below(
        self, root: int, case: Case, plain: Mapping[int, Planes] | None, known: dict[int, ValueSet]
    ) -> ValueSet:
        """A statement with entangled variables, from its parts as far as they share no open variable."""
        kind = self.statements.kinds[root]
        parts = self.statements.statements_of(root)
        if kind is Kind.NOT or kind in WORDS:
            part = self.could_be(parts[0], case, plain, known)
            planes = (part & NO, (part & DISPUTED) >> 1, (part & YES) >> 2)
            no, half, yes = planes[::-1] if kind is Kind.NOT else WORDS[kind](planes)
            return NO * no | DISPUTED * half | YES * yes
        if kind not in _JOIN:
            return self._decide((root,), case, self._live((root,), case))
        values = []
        for group in self._apart(parts, case):
            if len(group) == 1:
                values.append(self.could_be(group[0], case, plain, known))
            else:
                values.append(self._decide(tuple(group), case, self._live(group, case), kind))
        joined = _JOIN[kind]([(value & NO, (value & DISPUTED) >> 1, (value & YES) >> 2) for value in values])
        return values_in(joined)

    def _apart(self, parts: Sequence[int], case: Case) -> list[list[int]]:
        """The parts in groups, so that parts of different groups share no open variable."""
        groups: list[tuple[set[int], list[int]]] = []
        for part in parts:
            reach = self._reach[part]
            mine = {
                v for v in self.variables_of(part) if self._open_leaves(reach, v, self._possible(v, case).options)
            }
            members = [part]
            rest = []
            for variables, group in groups:
                if variables & mine:
                    mine |= variables
                    members += group
                else:
                    rest.append((variables, group))
            groups = [*rest, (mine, members)]
        return [sorted(group) for _, group in groups]

    def together(self, roots: Sequence[int], case: Case, split: Iterable[int] = ()) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together.

        Every entangled variable, and every variable in ``split``, is tried option by option; each member is
        what the roots can be in one such trial.
        """
        reach = self._reach_over(Kind.ALL, roots)
        live = set(self._live(roots, case))
        live.update(v for v in split if self._open_leaves(reach, v, self._possible(v, case).options))
        planes, width, block = self._try(tuple(roots), case, sorted(live))
        results: set[tuple[ValueSet, ...]] = set()
        for start in range(0, width, block):
            trials = {tuple(values_in(one, lane) for one in planes) for lane in range(start, start + block)}
            if len(trials) > 1:
                mixed = [DISPUTED if len({trial[at] for trial in trials}) > 1 else 0 for at in range(len(planes))]
                trials = {tuple(v | m for v, m in zip(trial, mixed, strict=True)) for trial in trials}
            results |= trials
        return results

    def _live(self, roots: Sequence[int], case: Case) -> list[int]:
        """The variables to try for a group of statements.

        With one that is truly entangled, those below a word about evidence are tried too: a word makes a set without
        its middle, which drawing disputes together could not tell from a mixture.
        """
        reach = self._reach[roots[0]] if len(roots) == 1 else self._reach_over(Kind.ALL, roots)
        return [
            variable
            for variable, mask in enumerate(self._leaf_mask)
            if mask & reach.leaves
            and (leaves := self._open_leaves(reach, variable, options := self._possible(variable, case).options))
            and (
                self._entangled(reach, variable, options)
                or any(reach.evidence >> leaf & 1 for leaf, _ in leaves)
            )
        ]

    def _possible(self, variable: int, case: Case) -> Answer:
        return case.get(variable) or self._unknown[variable]

    def _decide(self, roots: tuple[int, ...], case: Case, live: Sequence[int], join: Kind | None = None) -> ValueSet:
        """Every value of a statement, or with ``join`` of the ``all`` or ``any`` of several."""
        (planes,), width, block = self._try(roots, case, live, join)
        values = NO * (planes[0] != 0) | DISPUTED * (planes[1] != 0) | YES * (planes[2] != 0)
        # Neighbors inside a block; the last lane of each block has none.
        inside = ((1 << width) - 1) & ~_stripe(block - 1, block, 1, width)
        if any((plane ^ plane >> 1) & inside for plane in planes):
            values |= DISPUTED
        return values

    def _try(
        self, roots: tuple[int, ...], case: Case, live: Sequence[int], join: Kind | None = None
    ) -> tuple[list[Planes], int, int]:
        """The planes of the roots (or of their join) in every trial of the ``live`` variables; lanes, and lanes in a block.

        An answer not known may also turn out disputed. Below a word about evidence every such dispute is tried. Elsewhere it is
        enough to know what single options give: a dispute between options that come out differently makes the
        statement disputed, between options that come out the same it changes nothing. Such trials stand side by side in
        a block.
        """
        reach = self._reach_over(Kind.ALL, roots)
        seen: list[_Split] = []
        unseen: list[_Split] = []
        disputes: list[_Split] = []
        for variable in live:
            answer = self._possible(variable, case)
            classes = self._classes(reach.leaves, variable, answer.options)
            if answer.disputed:
                disputes.append(_Split(variable, (tuple(classes),)))
            elif reach.evidence & self._leaf_mask[variable]:
                sizes = range(1, len(classes) + 1)
                seen.append(_Split(variable, tuple(s for size in sizes for s in combinations(classes, size))))
            else:
                unseen.append(_Split(variable, tuple((group,) for group in classes)))
        splits = [*unseen, *seen, *disputes]
        lanes = self._lanes(roots, case, splits)
        block = 1
        for split in unseen:
            block *= split.lanes
        return self._evaluate(roots, lanes, splits, join), lanes.width, block

    def _lanes(self, roots: Sequence[int], case: Case, splits: Sequence[_Split]) -> Lanes:
        """One lane for every combination; the first split changes fastest."""
        width = 1
        for split in splits:
            width *= split.lanes
        full = (1 << width) - 1
        options: dict[int, list[int]] = {}
        disputed: dict[int, int] = {}
        for root in roots:
            for variable in self.variables_of(root):
                if variable not in options:
                    answer = self._possible(variable, case)
                    count = len(self.statements.variables[variable].options)
                    options[variable] = [full if answer.options >> o & 1 else 0 for o in range(count)]
                    disputed[variable] = full if answer.disputed else 0
        inner = 1
        for split in splits:
            row = [0] * len(options[split.variable])
            at = 0
            for state in split.states:
                for group in state:
                    row[(group & -group).bit_length() - 1] |= _stripe(at, split.lanes, inner, width)
                    at += 1
            options[split.variable] = row
            disputed[split.variable] = 0
            inner *= split.lanes
        return Lanes(width, options, disputed)

    def _evaluate(
        self, roots: tuple[int, ...], lanes: Lanes, splits: Sequence[_Split], join: Kind | None
    ) -> list[Planes]:
        """Plain evaluation in every lane; below a word about evidence, and at the roots, disputes are drawn together."""
        groups: list[tuple[int, list[int]]] = []
        inner = 1
        for split in splits:
            at = 0
            for state in split.states:
                if len(state) > 1:
                    groups.append(
                        (inner, [_stripe(at + k, split.lanes, inner, lanes.width) for k in range(len(state))])
                    )
                at += len(state)
            inner *= split.lanes
        known: dict[int, Planes] = {}
        statements = self.statements
        for index in statements.cone(roots):
            kind = statements.kinds[index]
            if groups and kind in EVIDENCE_WORDS:
                known[index] = WORDS[kind](_draw_together(known[statements.parts[index][0]], groups))
            else:
                known[index] = step(statements, index, lanes, known)
        results = [known[root] for root in roots]
        if join is not None:
            results = [_JOIN[join](results)]
        return [_draw_together(planes, groups) for planes in results] if groups else results


def _stripe(at: int, count: int, inner: int, width: int) -> int:
    """The lanes whose digit is ``at`` in a place of ``count`` digits worth ``inner`` lanes each."""
    period = inner * count
    lanes = ((1 << inner) - 1) << (at * inner)
    while period < width:
        lanes |= lanes << period
        period *= 2
    return lanes & ((1 << width) - 1)


def _draw_together(planes: Planes, groups: Sequence[tuple[int, list[int]]]) -> Planes:
    """Across the lanes of one dispute: the same value if all agree, else disputed; written to each of its lanes."""
    for inner, stripes in groups:
        members = [
            [(plane & stripe) >> (inner * place) for plane in planes] for place, stripe in enumerate(stripes)
        ]
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
