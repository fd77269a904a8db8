"""What a statement can still become, exactly: only material disputes and missing answers count.

The meaning
-----------
A case is *complete* when every variable has one option or a dispute between several. Its statements are
read with each dispute resolved in every possible way: if a statement comes out the same whichever way,
that is its value; if not, it is disputed. (``clearly``, ``arguably`` and ``disputed`` read the state of the evidence:
what stands below them is valued first, with its disputes in place.) What a statement of an incomplete case
can still become is the set of its values over all completions.

How it is found
---------------
Plain evaluation over sets (:mod:`pathways.logic.lanes`) finds just that wherever each variable reaches the statement so
that one of its possible options lifts every leaf it reaches through, and one lowers every such leaf. The other
variables are *entangled*: they reach it with and without ``not``, through leaves that no option serves together, or
several times below a word about evidence. Only these are tried option by option, in lanes
(:mod:`pathways.logic.trials`); options that no leaf below the statement tells apart are tried once, and parts of an
``all`` or ``any`` that share no open variable are decided apart. What complete cases drawn at random show to be
possible (:mod:`pathways.logic.samples`) need not be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathways.logic.lanes import WORDS, Planes, all_of, any_of, combine, values_in
from pathways.logic.samples import drawn, drawn_knowing_nothing
from pathways.logic.statements import Kind, Statements
from pathways.logic.structure import Structure
from pathways.logic.trials import Trials
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, Answer, ValueSet

Case = Mapping[int, Answer]

#: How many statements are tried option by option before it is worth drawing complete cases.
MANY_TRIES = 6

_JOIN = {Kind.ALL: all_of, Kind.ANY: any_of}


class Decider:
    """Answers "what can this statement still become?" for the statements of one rulebook."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements
        self.structure = Structure(statements)

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        return self.structure.variables_of(root)

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation does not settle while nothing is known of them."""
        return self.structure.tangled(root)

    def of(self, case: Case) -> CaseValues:
        """The statements for one case, which may not change while this is in use."""
        return CaseValues(self.structure, case)

    def plain(self, case: Case) -> dict[int, Planes]:
        """Plain evaluation of every statement for one case; may be too wide."""
        return self.of(case).plain

    def could_be(self, root: int, case: Case) -> ValueSet:
        """Every value that statement ``root`` can still take for this case."""
        return self.of(case).could_be(root)

    def together(self, roots: Sequence[int], case: Case, split: Iterable[int] = ()) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together: see :meth:`CaseValues.together`."""
        return self.of(case).together(roots, split)


class CaseValues:
    """What the statements of a rulebook can be for one case, each worked out once."""

    def __init__(self, structure: Structure, case: Case) -> None:
        self.structure = structure
        self.case = case
        #: The leaves (as a mask) that the answers do not settle.
        self.unsettled = sum(structure.leaf_mask)
        for variable, answer in case.items():
            self.unsettled ^= structure.leaf_mask[variable] & ~structure.left_open(variable, answer.options)
        self._plain: dict[int, Planes] | None = None
        #: What was found, by statement.
        self.known: dict[int, ValueSet] = {}
        self._samples: dict[int, Planes] | None = None
        self._tries = 0
        self._other: tuple[CaseValues, int] | None = None

    def with_answer(self, variable: int, answer: Answer) -> CaseValues:
        """The statements if one answer were another."""
        other = CaseValues.__new__(CaseValues)
        other.structure = self.structure
        other.case = {**self.case, variable: answer}
        mask = self.structure.leaf_mask[variable]
        other.unsettled = self.unsettled & ~mask | self.structure.left_open(variable, answer.options)
        other._plain = None
        other.known = {}
        other._samples = None
        other._tries = 0
        other._other = self, variable
        return other

    @property
    def plain(self) -> dict[int, Planes]:
        """Plain evaluation of every statement; may be too wide."""
        if self._plain is None:
            if self._other is None:
                self._plain = self._evaluated(self.structure.nothing_known, self.case)
            else:
                self._plain = self._evaluated(self._other[0].plain, (self._other[1],))
        return self._plain

    @property
    def samples(self) -> dict[int, Planes]:
        """Every statement in complete cases drawn at random."""
        if self._samples is None:
            if self._other is not None:
                self._samples = drawn(self.structure, self.case, self._other[0].samples, (self._other[1],))
            else:
                if self.structure.samples is None:
                    self.structure.samples = drawn_knowing_nothing(self.structure)
                self._samples = drawn(self.structure, self.case, self.structure.samples, self.case)
        return self._samples

    def _evaluated(self, before: Mapping[int, Planes], changed: Iterable[int]) -> dict[int, Planes]:
        """Plain evaluation, where only the answers to the variables ``changed`` are others than ``before``."""
        structure = self.structure
        known = dict(before)
        reached = 0
        for variable in changed:
            options, disputed = self.case[variable]
            reached |= structure.leaf_mask[variable]
            for leaf in structure.leaves_of[variable]:
                index, mask = structure.leaves[leaf]
                if not options & ~mask:
                    known[index] = 0, 0, 1
                elif not options & mask:
                    known[index] = 1, 0, 0
                else:
                    known[index] = (0, 1, 0) if disputed else (1, 1, 1)
        reach = structure.reach
        combine(structure.statements, [index for index in structure.wholes if reach[index].leaves & reached], 1, known)
        return known

    def could_be(self, root: int) -> ValueSet:
        """Every value that statement ``root`` can still take."""
        found = self.known.get(root)
        if found is not None:
            return found
        if self._other is not None and not self.structure.reach[root].leaves & self.structure.leaf_mask[self._other[1]]:
            values = self._other[0].could_be(root)
        else:
            no, half, yes = self.plain[root]
            values = NO * no | DISPUTED * half | YES * yes
            if self._is_entangled(root):
                reach = self.structure.reach[root]
                # Plain evaluation is never too narrow here: what it leaves no choice is so.
                if values not in (NO, YES) or reach.evidence & self.unsettled:
                    values = UNKNOWN if self._is_shown_unknown(root) else self._below(root)
        self.known[root] = values
        return values

    def _is_entangled(self, root: int) -> bool:
        """Whether plain evaluation may be too wide here."""
        structure, unsettled = self.structure, self.unsettled
        for variable, leaves in structure.candidates(root):
            if leaves & unsettled:
                possible = self._possible(variable).options
                if structure.entangled(structure.reach[root], variable, possible, unsettled):
                    return True
        return False

    def _is_shown_unknown(self, root: int) -> bool:
        """Whether complete cases drawn at random show already that a statement can become anything.

        In a complete case plain evaluation is exact where no entangled variable is disputed. And a statement that can
        be no and can be yes has, somewhere on the way from the one to the other, one answer that makes the difference:
        a dispute about that answer makes the statement disputed, unless it stands below a word about evidence.
        """
        structure = self.structure
        if self._samples is None and self._tries < MANY_TRIES:
            # To draw costs as much as to try a few statements out.
            return False
        if any((answer := self.case.get(variable)) and answer.disputed for variable, _ in structure.candidates(root)):
            return False
        no, half, yes = self.samples[root]
        return bool(no and yes and (half or not structure.reach[root].evidence & self.unsettled))

    def _below(self, root: int) -> ValueSet:
        """A statement with entangled variables, from its parts as far as they share no open variable."""
        statements = self.structure.statements
        kind = statements.kinds[root]
        parts = statements.statements_of(root)
        if kind is Kind.NOT or kind in WORDS:
            planes = _planes(self.could_be(parts[0]))
            no, half, yes = planes[::-1] if kind is Kind.NOT else WORDS[kind](planes)
            return NO * no | DISPUTED * half | YES * yes
        if kind not in _JOIN:
            return self._tried((root,))
        found = [
            self.could_be(group[0]) if len(group) == 1 else self._tried(group, kind) for group in self._apart(parts)
        ]
        return found[0] if len(found) == 1 else values_in(_JOIN[kind]([_planes(values) for values in found]))

    def _apart(self, parts: Sequence[int]) -> list[list[int]]:
        """The parts in groups, so that parts of different groups share no open variable."""
        structure = self.structure
        groups: list[tuple[set[int], list[int]]] = []
        for part in parts:
            leaves = structure.reach[part].leaves & self.unsettled
            mine = {v for v in structure.variables_of(part) if structure.leaf_mask[v] & leaves} if leaves else set()
            members = [part]
            rest = []
            for group in groups:
                if mine.isdisjoint(group[0]):
                    rest.append(group)
                else:
                    mine |= group[0]
                    members += group[1]
            groups = [*rest, (mine, members)]
        return [sorted(group) for _, group in groups]

    def together(self, roots: Sequence[int], split: Iterable[int] = ()) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together.

        Every entangled variable, and every variable in ``split``, is tried option by option; each member is
        what the roots can be in one such trial.
        """
        structure = self.structure
        reach = structure.reach_over(Kind.ALL, roots)
        live = set(self._live(roots))
        live.update(v for v in split if structure.leaf_mask[v] & reach.leaves & self.unsettled)
        trials = Trials(structure, reach, {variable: self._possible(variable) for variable in sorted(live)})
        planes = [trials.drawn(one) for one in trials.evaluate(roots, self.plain)]
        results: set[tuple[ValueSet, ...]] = set()
        for start in range(0, trials.width, trials.block):
            block = {tuple(values_in(one, lane) for one in planes) for lane in range(start, start + trials.block)}
            if len(block) > 1:
                mixed = [DISPUTED if len({trial[at] for trial in block}) > 1 else 0 for at in range(len(planes))]
                block = {tuple(v | m for v, m in zip(trial, mixed, strict=True)) for trial in block}
            results |= block
        return results

    def _live(self, roots: Sequence[int]) -> list[int]:
        """The variables to try for a group of statements.

        With one that is truly entangled, those below a word about evidence are tried too: a word makes a set without
        its middle, which drawing disputes together could not tell from a mixture.
        """
        structure, unsettled = self.structure, self.unsettled
        reach = structure.reach[roots[0]] if len(roots) == 1 else structure.reach_over(Kind.ALL, roots)
        found = []
        for variable in structure.variables_over(roots):
            leaves = structure.leaf_mask[variable] & reach.leaves & unsettled
            if leaves and (
                leaves & reach.evidence
                or structure.entangled(reach, variable, self._possible(variable).options, leaves)
            ):
                found.append(variable)
        return found

    def _possible(self, variable: int) -> Answer:
        return self.case.get(variable) or Answer(self.structure.statements.variables[variable].everything)

    def _tried(self, roots: Sequence[int], join: Kind | None = None) -> ValueSet:
        """Every value of a statement, or with ``join`` of the ``all`` or ``any`` of several."""
        live = self._live(roots)
        if not live and join is not None:
            return values_in(_JOIN[join]([self.plain[root] for root in roots]))
        self._tries += 1
        reach = self.structure.reach_over(Kind.ALL, roots)
        trials = Trials(self.structure, reach, {variable: self._possible(variable) for variable in live})
        found = trials.evaluate(roots, self.plain)
        return trials.values(trials.drawn(_JOIN[join](found) if join is not None else found[0]))


def _planes(values: ValueSet) -> Planes:
    """The planes of one lane."""
    return values & NO, (values & DISPUTED) >> 1, (values & YES) >> 2
