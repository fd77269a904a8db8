"""What a statement can still become, exactly: only material disputes and missing answers count.

The meaning
-----------
A case is *complete* when every variable has one option or a dispute between several. Its statements are
read with each dispute resolved in every possible way: if a statement comes out the same whichever way,
that is its value; if not, it is disputed. (``clearly``, ``arguably``, ``disputed`` and ``contestable`` read the state of the evidence:
what stands below them is valued first, with its disputes in place.) What a statement of an incomplete case
can still become is the set of its values over all completions.

How it is found
---------------
Plain evaluation over sets (:mod:`pathways.logic.lanes`) finds just that wherever each variable reaches the statement so
that one of its possible options lifts every leaf it reaches through, and one lowers every such leaf. The other
variables are *entangled*: they reach it with and without ``not``, through leaves that no option serves together, or
below a word about evidence. Only these are tried option by option, in lanes; options that no leaf below the
statement tells apart are tried once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pathways.logic.lanes import WORDS, Lanes, Planes, evaluate, step, values_in
from pathways.logic.statements import EVIDENCE_WORDS, Kind, Statements
from pathways.logic.values import DISPUTED, Answer, ValueSet


@dataclass(frozen=True, slots=True)
class Reach:
    """Which leaves a statement is reached from: plainly, through ``not``, below a word about evidence.

    Bit *i* stands for the *i*-th leaf of the rulebook. ``worded`` also has the leaves below ``contestable``, which
    keeps the order of values but sees a dispute before it is resolved.
    """

    plain: int = 0
    inverted: int = 0
    evidence: int = 0
    worded: int = 0


@dataclass(frozen=True, slots=True)
class _Split:
    """One entangled variable, tried in several lanes.

    ``states`` lists what the variable may turn out to be; each state is the options (as masks of one class
    each) that it resolves to: one, or several for a dispute.
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
        self._spread()

    # -- structure --------------------------------------------------------------------------------

    def _spread(self) -> None:
        statements = self.statements
        for index in range(len(statements)):
            kind = statements.kinds[index]
            if kind is Kind.LEAF:
                variable = statements.parts[index][0]
                bit = 1 << len(self._leaves)
                self._leaves_of[variable].append(len(self._leaves))
                self._leaf_mask[variable] |= bit
                self._leaves.append(index)
                self._reach.append(Reach(plain=bit))
                continue
            plain = inverted = evidence = worded = 0
            for part in statements.statements_of(index):
                below = self._reach[part]
                plain |= below.plain
                inverted |= below.inverted
                evidence |= below.evidence
                worded |= below.worded
            if kind is Kind.NOT:
                plain, inverted = inverted, plain
            elif kind in EVIDENCE_WORDS:
                evidence |= plain | inverted
            if kind in WORDS:
                worded |= plain | inverted
            self._reach.append(Reach(plain, inverted, evidence, worded))

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        reach = self._reach[root]
        leaves = reach.plain | reach.inverted
        return [index for index, mask in enumerate(self._leaf_mask) if mask & leaves]

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation may not settle: those to try option by option when not known."""
        found = self._tangled.get(root)
        if found is None:
            found = tuple(
                variable
                for variable in self.variables_of(root)
                if self._entangled(root, variable, self.statements.variables[variable].everything)
            )
            self._tangled[root] = found
        return found

    def _entangled(self, root: int, variable: int, possible: int) -> bool:
        """Whether no possible option lifts, or none lowers, every leaf that ``variable`` reaches ``root`` through."""
        reach = self._reach[root]
        top = bottom = possible
        for leaf in self._leaves_of[variable]:
            plain, inverted = reach.plain >> leaf & 1, reach.inverted >> leaf & 1
            if not plain and not inverted:
                continue
            mask = self.statements.parts[self._leaves[leaf]][1]
            if not possible & mask or not possible & ~mask:
                continue
            if (plain and inverted) or reach.evidence >> leaf & 1:
                return True
            top &= mask if plain else ~mask
            bottom &= ~mask if plain else mask
        return not top or not bottom

    def _classes(self, roots: Iterable[int], variable: int, possible: int) -> list[int]:
        """The possible options, those together that no leaf below the roots tells apart."""
        reached = 0
        for root in roots:
            reached |= self._reach[root].plain | self._reach[root].inverted
        classes = [possible]
        for leaf in self._leaves_of[variable]:
            if reached >> leaf & 1:
                mask = self.statements.parts[self._leaves[leaf]][1]
                classes = [part for group in classes for part in (group & mask, group & ~mask) if part]
        return classes

    # -- deciding ---------------------------------------------------------------------------------

    def plain(self, case: Mapping[int, Answer]) -> dict[int, Planes]:
        """Plain evaluation of every statement for one case; may be too wide."""
        return evaluate(self.statements, Lanes.of(self.statements, [case]))

    def could_be(self, root: int, case: Mapping[int, Answer], plain: Mapping[int, Planes] | None = None) -> ValueSet:
        """Every value that statement ``root`` can still take for this case.

        ``plain`` is the result of :meth:`plain` for the same case, when it is at hand.
        """
        live = [v for v in self.tangled(root) if self._entangled(root, v, self._possible(v, case).options)]
        if live:
            total = 0
            for (values,) in self._joint((root,), case, live):
                total |= values
            return total
        if plain is None:
            plain = evaluate(self.statements, Lanes.of(self.statements, [case]), [root])
        return values_in(plain[root])

    def together(
        self, roots: Sequence[int], case: Mapping[int, Answer], split: Iterable[int] = ()
    ) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together.

        Every entangled variable of any root, and every variable in ``split``, is tried option by option;
        each member is what the roots can be in one such trial.
        """
        wanted = set(split)
        for root in roots:
            wanted.update(self.tangled(root))
        live = [v for v in sorted(wanted) if any(self._mixed(root, v, case) for root in roots)]
        return self._joint(tuple(roots), case, live)

    def _possible(self, variable: int, case: Mapping[int, Answer]) -> Answer:
        return case.get(variable) or Answer(self.statements.variables[variable].everything)

    def _mixed(self, root: int, variable: int, case: Mapping[int, Answer]) -> bool:
        return len(self._classes((root,), variable, self._possible(variable, case).options)) > 1

    def _joint(
        self, roots: tuple[int, ...], case: Mapping[int, Answer], live: Sequence[int]
    ) -> set[tuple[ValueSet, ...]]:
        worded = 0
        for root in roots:
            worded |= self._reach[root].worded
        sees_disputes = any(worded & self._leaf_mask[variable] for variable in live)
        splits: list[_Split] = []
        for variable in live:
            answer = self._possible(variable, case)
            classes = self._classes(roots, variable, answer.options)
            if answer.disputed:
                states: tuple[tuple[int, ...], ...] = (tuple(classes),)
            elif sees_disputes:
                states = tuple(
                    subset for size in range(1, len(classes) + 1) for subset in combinations(classes, size)
                )
            else:
                states = tuple((group,) for group in classes)
            splits.append(_Split(variable, states))
        lanes = self._spread_lanes(case, splits)
        planes = self._evaluate_exactly(roots, lanes, splits)
        results: set[tuple[ValueSet, ...]] = set()
        for lane in range(lanes.width):
            results.add(tuple(values_in(planes[root], lane) for root in roots))
        if not sees_disputes and len(results) > 1:
            # An answer not known may also turn out disputed. A dispute between options that come out
            # differently makes the statement disputed; between options that come out the same it changes nothing.
            differing = tuple(
                DISPUTED if len({result[at] for result in results}) > 1 else 0 for at in range(len(roots))
            )
            results = {
                tuple(value | extra for value, extra in zip(result, differing, strict=True)) for result in results
            }
        return results

    def _spread_lanes(self, case: Mapping[int, Answer], splits: Sequence[_Split]) -> Lanes:
        width = 1
        for split in splits:
            width *= split.lanes
        full = (1 << width) - 1
        options: list[list[int]] = []
        disputed: list[int] = []
        for index, variable in enumerate(self.statements.variables):
            answer = self._possible(index, case)
            options.append([full if answer.options >> o & 1 else 0 for o in range(len(variable.options))])
            disputed.append(full if answer.disputed else 0)
        inner = 1
        for split in splits:
            count = split.lanes
            row = [0] * len(self.statements.variables[split.variable].options)
            at = 0
            for state in split.states:
                for group in state:
                    lanes = _stripe(at, count, inner, width)
                    option = (group & -group).bit_length() - 1
                    row[option] |= lanes
                    at += 1
            options[split.variable] = row
            disputed[split.variable] = 0
            inner *= count
        return Lanes(width, options, disputed)

    def _evaluate_exactly(
        self, roots: tuple[int, ...], lanes: Lanes, splits: Sequence[_Split]
    ) -> dict[int, Planes]:
        """Plain evaluation in every lane; below a word about evidence, and at the roots, disputes are drawn together."""
        groups: list[tuple[int, list[int]]] = []
        inner = 1
        for split in splits:
            count = split.lanes
            at = 0
            for state in split.states:
                if len(state) > 1:
                    groups.append((inner, [_stripe(at + k, count, inner, lanes.width) for k in range(len(state))]))
                at += len(state)
            inner *= count
        known: dict[int, Planes] = {}
        statements = self.statements
        for index in statements.cone(roots):
            word = WORDS.get(statements.kinds[index])
            if word is not None and groups:
                known[index] = word(_draw_together(known[statements.parts[index][0]], groups))
            else:
                known[index] = step(statements, index, lanes, known)
        if groups:
            for root in roots:
                known[root] = _draw_together(known[root], groups)
        return known


def _stripe(at: int, count: int, inner: int, width: int) -> int:
    """The lanes whose digit is ``at`` in a place of ``count`` digits worth ``inner`` lanes each."""
    block = ((1 << inner) - 1) << (at * inner)
    period = inner * count
    lanes = 0
    for start in range(0, width, period):
        lanes |= block << start
    return lanes


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
