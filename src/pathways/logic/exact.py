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
Plain evaluation over sets (:mod:`pathways.logic.plain`) finds just that wherever each variable reaches the statement so
that one of its possible options lifts every leaf it reaches through, and one lowers every such leaf. The other
variables are *entangled*: they reach it with and without ``not``, through leaves that no option serves together, or
several times below a word about evidence. Parts that are no or yes whatever comes are left out, and what reaches the
statement only through them. Only entangled variables are tried option by option, in lanes
(:mod:`pathways.logic.trials`); options that no leaf below the statement tells apart are tried once, and parts of an
``all`` or ``any`` that share no open variable are decided apart. What plain evaluation finds disputed whatever comes
need not be tried if no entangled variable is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pathways.logic.lanes import Planes
from pathways.logic.plain import GREATEST, LEAST, SAID, Plain
from pathways.logic.statements import Kind, Statements
from pathways.logic.structure import Found, Reach, Structure, bits
from pathways.logic.trials import Trials
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, Answer, ValueSet

Case = Mapping[int, Answer]
Answers = frozenset[tuple[int, Answer]]

#: So many combinations are tried side by side at most.
MOST_LANES = 1 << 18
#: So many cases are remembered. An assessment asks about two or three.
MOST_REMEMBERED = 6

#: For each statement that joins others: how two sets are joined, and the value that changes nothing.
_JOIN = {Kind.ALL: (LEAST, YES), Kind.ANY: (GREATEST, NO)}


class Decider:
    """Answers "what can this statement still become?" for the statements of one rulebook."""

    def __init__(self, statements: Statements, found: Found | None = None) -> None:
        self.statements = statements
        self.structure = Structure(statements, found)
        #: The cases asked about last, by their answers, the newest at the end.
        self._remembered: dict[Answers, CaseValues] = {}

    @cached_property
    def nothing_known(self) -> CaseValues:
        """The statements for the case without answers: what no answer touches is the same in every case."""
        return CaseValues(self.structure, {})

    def variables_of(self, root: int) -> list[int]:
        """The variables that a statement depends on, in order of declaration."""
        return self.structure.variables_of(root)

    def tangled(self, root: int) -> tuple[int, ...]:
        """The variables that plain evaluation does not settle while nothing is known of them."""
        return self.structure.tangled(root)

    def of(self, case: Case) -> CaseValues:
        """The statements for one case.

        What was found for a case asked about lately is used again as far as its answers are the same: in an interview
        one answer is another, in a question of what would change a few are.
        """
        answers = frozenset(case.items())
        found = self._remembered.pop(answers, None)
        if found is None:
            others = {**self._remembered, frozenset(): self.nothing_known}
            nearest = min(others, key=lambda other: len(answers ^ other))
            changed = sorted({variable for variable, _ in answers ^ nearest})
            found = CaseValues(self.structure, dict(case), others[nearest], changed)
            others[nearest].stand_alone()
            if len(self._remembered) >= MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        self._remembered[answers] = found
        return found

    def forget(self) -> None:
        """Remember no case."""
        self._remembered.clear()

    def plain(self, case: Case) -> list[ValueSet]:
        """Plain evaluation of every statement for one case; may be too wide."""
        return self.of(case).plain

    def could_be(self, root: int, case: Case) -> ValueSet:
        """Every value that statement ``root`` can still take for this case."""
        return self.of(case).could_be(root)

    def together(self, roots: Sequence[int], case: Case, split: Iterable[int] = ()) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together: see :meth:`CaseValues.together`."""
        return self.of(case).together(roots, split)


class CaseValues:
    """What the statements of a rulebook can be for one case, each worked out once.

    ``before`` is the same for a case in which only the answers to the variables ``changed`` were others; what these do
    not reach is taken from there.
    """

    def __init__(
        self, structure: Structure, case: Case, before: CaseValues | None = None, changed: Sequence[int] = ()
    ) -> None:
        self.structure = structure
        self.case = case
        self._before = before
        #: The leaves (as a mask) whose answers are others than before.
        self._reached = sum(structure.leaf_mask[variable] for variable in changed)
        self._plain: Plain = Plain(structure) if before is None else before._plain.changed(case, changed)
        #: What each statement can be, 0 where that is not found out yet.
        self.known = self._plain.exact
        #: The same of the ``all`` or ``any`` of statements that were tried together.
        self._groups: dict[tuple[int, ...], ValueSet] = {}
        #: What several statements become together, by these and the variables split.
        self._together: dict[tuple[tuple[int, ...], tuple[int, ...]], set[tuple[ValueSet, ...]]] = {}
        #: The statements if one answer were another.
        self._others: dict[tuple[int, Answer], CaseValues] = {}

    def stand_alone(self) -> None:
        """Let go of the case before: what is not known yet will be worked out from the answers alone."""
        self._before = None

    @property
    def plain(self) -> list[ValueSet]:
        """Plain evaluation of every statement; may be too wide."""
        return self._plain.values

    def open_leaves(self, statement: int) -> int:
        """The leaves (as a mask, their variables above them) that can still change a statement."""
        return self._plain.open[statement]

    def with_answer(self, variable: int, answer: Answer) -> CaseValues:
        """The statements if one answer were another."""
        found = self._others.get((variable, answer))
        if found is None:
            found = CaseValues(self.structure, {**self.case, variable: answer}, self, (variable,))
            self._others[variable, answer] = found
        return found

    @cached_property
    def open_below(self) -> list[tuple[int, int]]:
        """For each statement the open variables (as masks) below it: reached through no dispute, and past one."""
        structure, plain = self.structure, self.plain
        found = [(0, 0)] * len(plain)
        for (index, _), variable in zip(structure.leaves, structure.variable_of, strict=True):
            # Where an answer is disputed the leaf is disputed or settled, and nothing is open.
            if plain[index] == UNKNOWN:
                found[index] = 1 << variable, 0
        for index, _, parts, _, _ in structure.steps:
            values = plain[index]
            if values in (NO, YES):
                continue
            sure = doubtful = 0
            for part in parts:
                below = found[part]
                sure |= below[0]
                doubtful |= below[1]
            found[index] = (0, sure | doubtful) if values == DISPUTED else (sure, doubtful)
        return found

    def could_be(self, root: int) -> ValueSet:
        """Every value that statement ``root`` can still take."""
        values = self.known[root]
        if not values:
            if self._before is not None and not self.structure.reach[root].leaves & self._reached:
                values = self._before.could_be(root)
            else:
                values = self._worked_out(root)
            self.known[root] = values
        return values

    def _worked_out(self, root: int) -> ValueSet:
        values, reach = self.plain[root], self._open_reach((root,))
        entangled = self._entangled(reach, self._suspects((root,)))
        return values if self._is_exact(values, reach, entangled) else self._below(root)

    def _is_exact(self, values: ValueSet, reach: Reach, entangled: Mapping[int, Answer]) -> bool:
        """Whether a statement can be just the ``values`` that plain evaluation gives, with some entangled variables.

        These may make it too wide. Too narrow it is only where they are disputed or below a word about evidence.
        """
        return not entangled or (values == DISPUTED and not reach.evidence and not _any_disputed(entangled))

    def _open_reach(self, roots: Sequence[int]) -> Reach:
        """How the leaves that can still change one of several statements reach them."""
        reach, leaves = self.structure.reach, 0
        for root in roots:
            leaves |= self._plain.open[root]
        whole = reach[roots[0]] if len(roots) == 1 else Reach.over(Kind.ALL, [reach[root] for root in roots])
        return whole.narrowed(leaves)

    def _suspects(self, roots: Sequence[int]) -> set[int]:
        """The variables among which are all that are entangled in several statements together."""
        structure, left = self.structure, self._plain.open
        seen = shared = alone = 0
        for root in roots:
            variables = structure.variables_in(left[root])
            shared |= seen & variables
            seen |= variables
            alone |= structure.suspects[root] & left[root]
        return {*bits(shared), *structure.variables_below(alone)}

    def _entangled(self, reach: Reach, suspects: Iterable[int]) -> dict[int, Answer]:
        """The variables among some for which plain evaluation may be too wide."""
        answers = {variable: self._possible(variable) for variable in suspects}
        return {
            variable: answer
            for variable, answer in answers.items()
            if self.structure.entangled(reach, variable, answer.options)
        }

    def _possible(self, variable: int) -> Answer:
        return self.case.get(variable) or self.structure.unknown[variable]

    def _below(self, root: int) -> ValueSet:
        """A statement with entangled variables, from its parts as far as they share no open variable."""
        statements = self.structure.statements
        kind = statements.kinds[root]
        parts = statements.statements_of(root)
        if kind in SAID:
            return SAID[kind][self.could_be(parts[0])]
        if kind not in _JOIN:
            return self._tried((root,))
        table, values = _JOIN[kind]
        for group in self._apart(parts):
            values = table[values][self.could_be(group[0]) if len(group) == 1 else self._joined(kind, group)]
        return values

    def _joined(self, kind: Kind, group: Sequence[int]) -> ValueSet:
        """Every value of the ``all`` or ``any`` of some statements."""
        key = kind, *group
        values = self._groups.get(key)
        if values is None:
            reach = self.structure.reach
            if self._before is not None and not any(reach[part].leaves & self._reached for part in group):
                values = self._before._joined(kind, group)
            else:
                values = self._tried(group, kind)
            self._groups[key] = values
        return values

    def _apart(self, parts: Sequence[int]) -> list[list[int]]:
        """The parts in groups, so that parts of different groups share no open variable."""
        groups: list[tuple[int, list[int]]] = []
        for part in parts:
            mine = self.structure.variables_in(self._plain.open[part])
            members = [part]
            rest = []
            for group in groups:
                if mine & group[0]:
                    mine |= group[0]
                    members += group[1]
                else:
                    rest.append(group)
            groups = [*rest, (mine, members)]
        return [members for _, members in groups]

    def _tried(self, roots: Sequence[int], join: Kind | None = None) -> ValueSet:
        """Every value of a statement, or with ``join`` of the ``all`` or ``any`` of several."""
        reach = self._open_reach(roots)
        entangled = self._entangled(reach, self._suspects(roots))
        if join is not None:
            table, values = _JOIN[join]
            for root in roots:
                values = table[values][self.plain[root]]
            if self._is_exact(values, reach, entangled):
                return values
        tried = self._with_evidence(reach, entangled)
        if self._is_too_wide(reach, tried):
            # Too many combinations to try: what plain evaluation gives is no less, and may be more.
            return values if join is not None else self.plain[roots[0]]
        trials, planes = self._trials(roots, reach, tried)
        return trials.values(trials.drawn(planes[0] if join is None else trials.joined(join, planes)))

    def together(self, roots: Sequence[int], split: Iterable[int] = ()) -> set[tuple[ValueSet, ...]]:
        """What several statements can become together.

        Every entangled variable, and every variable in ``split``, is tried option by option; each member is
        what the roots can be in one such trial.
        """
        key = tuple(roots), tuple(split)
        found = self._together.get(key)
        if found is None:
            found = self._together[key] = self._tried_together(*key)
        return found

    def _tried_together(self, roots: Sequence[int], split: Iterable[int]) -> set[tuple[ValueSet, ...]]:
        if len(self._apart(roots)) == len(roots):
            return {tuple(self.could_be(root) for root in roots)}
        # Past parts that are settled, too: what more is tried tells apart more of what goes together.
        unsettled = 0
        for index, _ in self.structure.leaves:
            unsettled |= self._plain.open[index]
        reach = Reach.over(Kind.ALL, [self.structure.reach[root] for root in roots]).narrowed(unsettled)
        tried = self._with_evidence(reach, self._entangled(reach, self.structure.variables_below(reach.leaves)))
        tried.update(variable for variable in split if reach.leaves & self.structure.leaf_mask[variable])
        if self._is_too_wide(reach, tried):
            return {tuple(self.could_be(root) for root in roots)}
        trials, found = self._trials(roots, reach, tried)
        return trials.values_together([trials.drawn(one) for one in found])

    def _with_evidence(self, reach: Reach, variables: Iterable[int]) -> set[int]:
        """Some variables, and those below a word about evidence.

        With one that is truly entangled, these are tried too: a word makes a set without its middle, which drawing
        disputes together could not tell from a mixture.
        """
        return {*variables, *self.structure.variables_below(reach.evidence)}

    def _is_too_wide(self, reach: Reach, variables: Iterable[int]) -> bool:
        """Whether so many combinations would have to be tried that it would take seconds and gigabytes."""
        width = 1
        for variable in variables:
            answer = self._possible(variable)
            classes = len(self.structure.classes(reach.leaves, variable, answer.options))
            width *= (1 << classes) - 1 if reach.evidence & self.structure.leaf_mask[variable] else classes
            if width > MOST_LANES:
                return True
        return False

    def _trials(self, roots: Sequence[int], reach: Reach, variables: Iterable[int]) -> tuple[Trials, list[Planes]]:
        trials = Trials(self.structure, reach, {variable: self._possible(variable) for variable in sorted(variables)})
        return trials, trials.evaluate(roots, self._plain)


def _any_disputed(answers: Mapping[int, Answer]) -> bool:
    return any(answer.disputed for answer in answers.values())
