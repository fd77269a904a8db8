"""Whether an answer can still matter: exactly, by a solver for propositional formulas.

An answer matters to a result if some completion of the case (:mod:`pathways.logic.exact`) has two answers to the
question lead to different results. Plain evaluation says which answers may still reach a statement; some of these
matter in no completion: in ``a or (a and b)``, ``b`` never does. Here the statements are written down as a formula, a
second time with another answer in place of the one that is looked at, and the solver is asked for a completion in
which the two come out differently. That is a question for which solvers are made, and they answer it in well under a
millisecond (docs/decisions/0006).

How a statement is written
--------------------------
By two literals: that it is at least disputed, and that it is yes. An answer is a literal for each class of options
that no leaf tells apart; exactly one of them holds, or at least one where an answer may be disputed in a way that no
plain answer replaces. Where such a dispute reaches a statement on several ways that plain evaluation takes for
independent, the statement is written once for each way to resolve it, and drawn together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from pathways.logic.exact import CaseValues
from pathways.logic.statements import Kind
from pathways.logic.structure import bits

TRUE, FALSE = 1, -1

#: How a variable is resolved where its disputes are: its number, and the class of options.
Resolved = tuple[tuple[int, int], ...]


class Tie(NamedTuple):
    """Where answers are all among some options, a variable can only be among others.

    ``premises`` are variables and masks of options; ``variable`` and ``allowed`` what follows from them.
    """

    premises: tuple[tuple[int, int], ...]
    variable: int
    allowed: int

    @property
    def about(self) -> set[int]:
        """The variables that it ties together."""
        return {self.variable, *(variable for variable, _ in self.premises)}


class Rails(NamedTuple):
    """A statement as two literals: that it is disputed or yes, and that it is yes."""

    some: int
    sure: int


class Matters:
    """One case, written down for the solver.

    Each of the ``results`` is two statements: whether it applies at all, and what it comes to if it does. ``meaning``
    names variables that say no more than what a statement comes to (options yes, no). ``ties`` are what answers have to
    do with one another; they may speak of variables that no statement knows, each with so many options (``others``).
    """

    def __init__(
        self,
        values: CaseValues,
        results: Collection[tuple[int, int]],
        meaning: Mapping[int, int] | None = None,
        ties: Sequence[Tie] = (),
        others: Mapping[int, int] | None = None,
    ) -> None:
        from pysat.solvers import Solver

        self.values = values
        self.structure = values.structure
        self.statements = values.structure.statements
        #: The small ones first: what matters to one of them is soon shown.
        self.results = sorted(results, key=lambda one: sum(values.open_leaves(each).bit_count() for each in one))
        self.meaning = meaning or {}
        self.ties = ties
        self.others = others or {}
        self._told_apart: dict[int, set[int]] = {}
        for tie in ties:
            for variable, mask in (*tie.premises, (tie.variable, tie.allowed)):
                self._told_apart.setdefault(variable, set()).add(mask)
        self._solver = Solver("glucose4", bootstrap_with=[[TRUE]])
        self._last = TRUE
        self._gates: dict[tuple[int, ...], int] = {}
        #: The leaves at which a dispute can do what no plain answer does: below a word about evidence, and where one
        #: answer reaches both statements of a result, of which each has its disputes resolved alone.
        self._evidence = 0
        for applies, value in results:
            statements = applies, value, *self.meaning.values()
            for statement in statements:
                self._evidence |= self.structure.reach[statement].evidence
            both = self.structure.variables_in(values.open_leaves(applies)) & self.structure.variables_in(
                values.open_leaves(value)
            )
            for variable in bits(both):
                self._evidence |= self.structure.leaf_mask[variable]
        self._first = _Writing(self, frozenset())
        self._first.tie(ties)
        self._writings: dict[frozenset[int], _Writing] = {}

    def matters(
        self,
        variables: Collection[int],
        before: Mapping[int, int] | None = None,
        after: Mapping[int, int] | None = None,
    ) -> bool:
        """Whether other answers to some variables can make a result another.

        With ``before`` only where all these variables are among these options, and ``after`` the other answers are.
        """
        changed = self._with_what_they_mean(variables)
        other = self._writings.get(changed)
        if other is None:
            other = self._writings[changed] = _Writing(self, changed)
            other.tie(tie for tie in self.ties if changed & tie.about)
        supposed = [*self._first.among(before or {}), *other.among(after or {})]
        reached = self._leaves(changed)
        for applies, value in self.results:
            if (self.values.open_leaves(applies) | self.values.open_leaves(value)) & reached:
                literal = self._differs(other, applies, value)
                if literal != FALSE and self._solver.solve(assumptions=[literal, *supposed]):
                    return True
        return False

    def close(self) -> None:
        """Let go of the solver and of all that is written down: in a ring as it is, it would wait for the collector."""
        self._solver.delete()
        self.__dict__.clear()

    def _with_what_they_mean(self, variables: Collection[int]) -> frozenset[int]:
        changed, reached = set(variables), self._leaves(variables)
        waiting = {name: statement for name, statement in self.meaning.items() if name not in changed}
        while moved := [
            name for name, statement in waiting.items() if self.structure.reach[statement].leaves & reached
        ]:
            changed.update(moved)
            reached |= self._leaves(moved)
            for name in moved:
                del waiting[name]
        return frozenset(changed)

    def _leaves(self, variables: Iterable[int]) -> int:
        leaves = 0
        for variable in variables:
            if variable not in self.others:
                leaves |= self.structure.leaf_mask[variable]
        return leaves

    def _differs(self, other: _Writing, applies: int, value: int) -> int:
        one, two = self._first.drawn(applies), other.drawn(applies)
        here, there = self._first.drawn(value), other.drawn(value)
        come_to = [
            self.unlike(self.both((a, b)), self.both((c, d)))
            for a, b, c, d in ((one.some, here.some, two.some, there.some), (one.sure, here.sure, two.sure, there.sure))
        ]
        return self.either((self.unlike(one.some, two.some), self.both((one.some, two.some, self.either(come_to)))))

    # -- literals ----------------------------------------------------------------------------------

    def literal(self) -> int:
        """A literal that may be true or false."""
        self._last += 1
        return self._last

    def require(self, *clause: int) -> None:
        """Some literal of a clause is true."""
        self._solver.add_clause(clause)

    def both(self, literals: Iterable[int]) -> int:
        """That all of some literals are true."""
        parts = {literal for literal in literals if literal != TRUE}
        if FALSE in parts or any(-literal in parts for literal in parts):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        key = tuple(sorted(parts))
        found = self._gates.get(key)
        if found is None:
            found = self._gates[key] = self.literal()
            for part in key:
                self._solver.add_clause((-found, part))
            self._solver.add_clause([found, *(-part for part in key)])
        return found

    def either(self, literals: Iterable[int]) -> int:
        """That some of some literals is true."""
        return -self.both([-literal for literal in literals])

    def unlike(self, one: int, other: int) -> int:
        """That two literals are not the same."""
        if one == other:
            return FALSE
        return self.either((self.both((one, -other)), self.both((-one, other))))

    # -- answers -----------------------------------------------------------------------------------

    def answer(self, variable: int) -> dict[int, int]:
        """A literal for each class of options that a variable may turn out to be."""
        structure = self.structure
        if variable in self.others:
            options, disputed = (1 << self.others[variable]) - 1, False
            classes = [1 << at for at in range(self.others[variable])]
        else:
            options, disputed = self.values.case.get(variable) or structure.unknown[variable]
            classes = self._classes(variable, options)
        if disputed or len(classes) == 1:
            return dict.fromkeys(classes, TRUE)
        if not self.may_be_disputed(variable) and len(classes) == 2:
            literal = self.literal()
            return {classes[0]: literal, classes[1]: -literal}
        found = {group: self.literal() for group in classes}
        self.require(*found.values())
        if not self.may_be_disputed(variable):
            for one, other in combinations(found.values(), 2):
                self.require(-one, -other)
        return found

    def _classes(self, variable: int, options: int) -> list[int]:
        """The options that neither a leaf nor a tie tells apart, together."""
        classes = self.structure.classes(self.structure.leaf_mask[variable], variable, options)
        for mask in self._told_apart.get(variable, ()):
            classes = [part for group in classes for part in (group & mask, group & ~mask) if part]
        return classes

    def may_be_disputed(self, variable: int) -> bool:
        """Whether a variable is disputed, or to become so can do what no plain answer does."""
        if variable in self.others:
            return False
        answer = self.values.case.get(variable)
        if answer is not None and (answer.disputed or answer.options & (answer.options - 1) == 0):
            return answer.disputed
        return bool(variable in self.meaning or self._evidence & self.structure.leaf_mask[variable])

    def several(self, statement: int) -> list[int]:
        """The variables whose disputes reach a statement on ways that are not independent."""
        structure = self.structure
        reach = structure.reach[statement].narrowed(self.values.open_leaves(statement))
        found = []
        for variable in structure.variables_below(structure.suspects[statement] & reach.leaves):
            answer = self.values.case.get(variable) or structure.unknown[variable]
            if self.may_be_disputed(variable) and structure.entangled(reach, variable, answer.options):
                found.append(variable)
        return found


class _Writing:
    """The statements, written with new literals for some variables (``changed``), and else as in the first writing."""

    def __init__(self, matters: Matters, changed: frozenset[int]) -> None:
        self.matters = matters
        self.changed = changed
        self.reached = matters._leaves(changed)
        self.known: dict[tuple[int, Resolved], Rails] = {}
        self._drawn: dict[int, Rails] = {}
        self._answers: dict[int, dict[int, int]] = {}

    def tie(self, ties: Iterable[Tie]) -> None:
        """Require what ties say of the answers here."""
        matters = self.matters
        for premises, variable, allowed in ties:
            holding = [self._just(one, mask) for one, mask in premises]
            matters.require(*(-literal for literal in holding), *self._among(variable, allowed))

    def among(self, options: Mapping[int, int]) -> list[int]:
        """That variables are each among some options (masks)."""
        return [self.matters.either(self._among(variable, mask)) for variable, mask in options.items()]

    def _just(self, variable: int, mask: int) -> int:
        """That a variable is one of some options, and is not disputed with others."""
        return self.matters.both(
            (self.matters.either(self._among(variable, mask)), -self.matters.either(self._among(variable, ~mask)))
        )

    def _among(self, variable: int, mask: int) -> list[int]:
        return [literal for group, literal in self.answer(variable).items() if group & mask]

    def drawn(self, statement: int) -> Rails:
        """A statement, with the disputes below it resolved in every way."""
        first = self.matters._first
        if self is not first and not self.matters.structure.reach[statement].leaves & self.reached:
            return first.drawn(statement)
        found = self._drawn.get(statement)
        if found is None:
            found = self._drawn[statement] = self._draw(statement, self.matters.several(statement))
        return found

    def _draw(self, statement: int, several: Sequence[int]) -> Rails:
        if not several:
            return self.rails(statement, ())
        matters = self.matters
        some, sure = [], []
        for choice in product(*(self.answer(variable).items() for variable in several)):
            holds = matters.both(literal for _, literal in choice)
            if holds != FALSE:
                resolved = tuple((variable, group) for variable, (group, _) in zip(several, choice, strict=True))
                rails = self.rails(statement, resolved)
                some.append(matters.both((holds, rails.some)))
                sure.append(matters.either((-holds, rails.sure)))
        return Rails(matters.either(some), matters.both(sure))

    def rails(self, statement: int, resolved: Resolved) -> Rails:
        """A statement, some variables resolved so."""
        structure = self.matters.structure
        leaves = structure.reach[statement].leaves
        first = self.matters._first
        if self is not first and not leaves & self.reached:
            return first.rails(statement, resolved)
        if resolved:
            resolved = tuple(one for one in resolved if structure.leaf_mask[one[0]] & leaves)
        found = self.known.get((statement, resolved))
        if found is None:
            found = self.known[statement, resolved] = self._write(statement, resolved)
        return found

    def _write(self, statement: int, resolved: Resolved) -> Rails:
        matters, statements = self.matters, self.matters.statements
        kind = statements.kinds[statement]
        if kind is Kind.LEAF:
            variable, mask = statements.parts[statement]
            return self._leaf(variable, mask, resolved)
        if kind in (Kind.ALWAYS, Kind.NEVER):
            return Rails(TRUE, TRUE) if kind is Kind.ALWAYS else Rails(FALSE, FALSE)
        below = statements.statements_of(statement)
        if kind in (Kind.CLEARLY, Kind.ARGUABLY, Kind.DISPUTED):
            some, sure = self.drawn(below[0])
            said = {Kind.CLEARLY: sure, Kind.ARGUABLY: some}.get(kind) or matters.both((some, -sure))
            return Rails(said, said)
        parts = [self.rails(part, resolved) for part in below]
        if kind is Kind.NOT:
            return Rails(-parts[0].sure, -parts[0].some)
        if kind is Kind.CONTESTABLE:
            return Rails(parts[0].some, FALSE)
        join = {Kind.ALL: matters.both, Kind.ANY: matters.either}.get(kind)
        if join is None:
            count = statements.parts[statement][0]
            return Rails(*(self._at_least(count, [part[rail] for part in parts]) for rail in (0, 1)))
        some = join(part.some for part in parts)
        return Rails(some, some if all(part.some == part.sure for part in parts) else join(part.sure for part in parts))

    def _at_least(self, count: int, literals: Sequence[int]) -> int:
        matters = self.matters
        #: That so many of those seen are true.
        seen = [TRUE] + [FALSE] * count
        for literal in literals:
            seen = [TRUE] + [
                matters.either((seen[at], matters.both((seen[at - 1], literal)))) for at in range(1, count + 1)
            ]
        return seen[count]

    def _leaf(self, variable: int, mask: int, resolved: Resolved) -> Rails:
        for name, group in resolved:
            if name == variable:
                return Rails(TRUE, TRUE) if group & mask else Rails(FALSE, FALSE)
        matters, answer = self.matters, self.answer(variable)
        some = matters.either(literal for group, literal in answer.items() if group & mask)
        if not matters.may_be_disputed(variable):
            return Rails(some, some)
        return Rails(some, -matters.either(literal for group, literal in answer.items() if not group & mask))

    def answer(self, variable: int) -> dict[int, int]:
        """A literal for each class of options that a variable may turn out to be here."""
        first = self.matters._first
        if self is not first and variable not in self.changed:
            return first.answer(variable)
        found = self._answers.get(variable)
        if found is None:
            found = self._answers[variable] = self._meaning(variable) or self.matters.answer(variable)
        return found

    def _meaning(self, variable: int) -> dict[int, int]:
        statement = self.matters.meaning.get(variable)
        if statement is None:
            return {}
        some, sure = self.drawn(statement)
        return {1: some, 2: -sure}
