"""The statements of a case, written as a formula for a solver.

A statement is two literals: that it is at least disputed, and that it is yes. An answer is a literal for each class of
options that no leaf tells apart; exactly one of them holds, or at least one where an answer may be disputed in a way
that no plain answer replaces. Where such a dispute reaches a statement on several ways that plain evaluation takes for
independent, the statement is written once for each way to resolve it, and drawn together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from pathways.logic.exact import CaseValues
from pathways.logic.formula import FALSE, TRUE, Formula
from pathways.logic.statements import Kind
from pathways.logic.structure import bits
from pathways.logic.values import Answer

#: All leaves.
EVERY = -1

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


def evidence_in(
    values: CaseValues, results: Iterable[tuple[int, int]], meaning: Mapping[int, int] | None = None
) -> int:
    """The leaves (as a mask) at which a dispute does what no plain answer does.

    Below a word about evidence, and where one answer reaches both statements of a result, of which each has its
    disputes resolved alone.
    """
    structure = values.structure
    found = 0
    for applies, value in results:
        for statement in (applies, value, *(meaning or {}).values()):
            found |= structure.reach[statement].evidence
        one, other = (structure.variables_in(values.open_leaves(each)) for each in (applies, value))
        for variable in bits(one & other):
            found |= structure.leaf_mask[variable]
    return found


class Writing:
    """The statements of a case as literals of a formula, each written when it is asked for.

    ``meaning`` names variables that say no more than what a statement comes to (options yes, no). ``evidence`` are the
    leaves (as a mask) at which a dispute can do what no plain answer does: at least those below a word about evidence
    in what is asked about. ``ties`` are what answers have to do with one another; they may speak of variables that no
    statement knows, each with so many options (``others``).
    """

    def __init__(
        self,
        formula: Formula,
        values: CaseValues,
        evidence: int,
        meaning: Mapping[int, int] | None = None,
        ties: Sequence[Tie] = (),
        others: Mapping[int, int] | None = None,
    ) -> None:
        self.formula = formula
        self.values = values
        self.structure = values.structure
        self.meaning = meaning or {}
        self._evidence = evidence
        self._ties = ties
        self._others = others or {}
        self._told_apart: dict[int, set[int]] = {}
        for tie in ties:
            for variable, mask in (*tie.premises, (tie.variable, tie.allowed)):
                self._told_apart.setdefault(variable, set()).add(mask)
        self._first: Writing | None = None
        self._changed: frozenset[int] = frozenset()
        self._reached = 0
        self._known: dict[tuple[int, Resolved], Rails] = {}
        self._drawn: dict[tuple[int, int], Rails] = {}
        self._answers: dict[int, dict[int, int]] = {}
        self._require(ties)

    def with_other(self, variables: frozenset[int], meaning: Mapping[int, int] | None = None) -> Writing:
        """The same statements with other answers to some variables, and else the same literals.

        ``meaning`` is what variables among these say then, if they say something else.
        """
        meaning = self.meaning if meaning is None else meaning
        other = Writing(self.formula, self.values, self._evidence, meaning, (), self._others)
        other._first, other._changed, other._reached = self, variables, self.leaves(variables)
        other._told_apart = self._told_apart
        other._require(tie for tie in self._ties if variables & tie.about)
        return other

    def leaves(self, variables: Iterable[int]) -> int:
        """The leaves (as a mask) of some variables."""
        leaves = 0
        for variable in variables:
            if variable not in self._others:
                leaves |= self.structure.leaf_mask[variable]
        return leaves

    # -- ties ---------------------------------------------------------------------------------------

    def among(self, options: Mapping[int, int]) -> list[int]:
        """That variables are each among some options (masks)."""
        return [self.formula.either(self._among(variable, mask)) for variable, mask in options.items()]

    def unlike(self, answers: Mapping[int, Answer]) -> int:
        """That not all of some answers are as they are given."""
        given = (
            literal if group & answer.options else -literal
            for variable, answer in answers.items()
            for group, literal in self.answer(variable).items()
        )
        return -self.formula.both(given)

    def _require(self, ties: Iterable[Tie]) -> None:
        for premises, variable, allowed in ties:
            holding = [self._just(one, mask) for one, mask in premises]
            self.formula.require(*(-literal for literal in holding), *self._among(variable, allowed))

    def _just(self, variable: int, mask: int) -> int:
        """That a variable is one of some options, and is not disputed with others."""
        inside, outside = (self.formula.either(self._among(variable, one)) for one in (mask, ~mask))
        return self.formula.both((inside, -outside))

    def _among(self, variable: int, mask: int) -> list[int]:
        return [literal for group, literal in self.answer(variable).items() if group & mask]

    # -- statements --------------------------------------------------------------------------------

    def drawn(self, statement: int, disputable: int = EVERY) -> Rails:
        """A statement, with the disputes below it resolved in every way.

        Only an answer at the leaves ``disputable`` (a mask) is thought of as disputed, unless it is; that the others
        are plain has to be supposed (:meth:`plainly`).
        """
        if self._first is not None and not self.structure.reach[statement].leaves & self._reached:
            return self._first.drawn(statement, disputable)
        found = self._drawn.get((statement, disputable))
        if found is None:
            found = self._draw(statement, self.several(statement, disputable))
            self._drawn[statement, disputable] = found
        return found

    def plainly(self, statements: Iterable[int], disputable: int) -> list[int]:
        """That answers below some statements are plain which may be disputed, but not at these leaves."""
        leaves = 0
        for statement in statements:
            leaves |= self.values.open_leaves(statement) & self.structure.reach[statement].leaves
        return [
            self._plain(variable)
            for variable in self.structure.variables_below(leaves)
            if not self.structure.leaf_mask[variable] & disputable and self._could_be_disputed(variable)
        ]

    def _could_be_disputed(self, variable: int) -> bool:
        given = self.values.case.get(variable)
        return self.may_be_disputed(variable) and not (given is not None and given.disputed)

    def _plain(self, variable: int) -> int:
        pairs = combinations(self.answer(variable).values(), 2)
        return self.formula.both([-self.formula.both(pair) for pair in pairs])

    def _draw(self, statement: int, several: Sequence[int]) -> Rails:
        if not several:
            return self._rails(statement, ())
        formula = self.formula
        some, sure = [], []
        for choice in product(*(self.answer(variable).items() for variable in several)):
            holds = formula.both(literal for _, literal in choice)
            if holds != FALSE:
                resolved = tuple((variable, group) for variable, (group, _) in zip(several, choice, strict=True))
                rails = self._rails(statement, resolved)
                some.append(formula.both((holds, rails.some)))
                sure.append(formula.either((-holds, rails.sure)))
        return Rails(formula.either(some), formula.both(sure))

    def several(self, statement: int, disputable: int = EVERY) -> list[int]:
        """The variables whose disputes reach a statement on ways that are not independent."""
        structure = self.structure
        reach = structure.reach[statement].narrowed(self.values.open_leaves(statement))
        found = []
        for variable in structure.variables_below(structure.suspects[statement] & reach.leaves):
            answer = self.values.case.get(variable) or structure.unknown[variable]
            thought_of = answer.disputed or structure.leaf_mask[variable] & disputable
            if thought_of and self.may_be_disputed(variable) and structure.entangled(reach, variable, answer.options):
                found.append(variable)
        return found

    def _rails(self, statement: int, resolved: Resolved) -> Rails:
        """A statement, some variables resolved so."""
        structure = self.structure
        leaves = structure.reach[statement].leaves
        if self._first is not None and not leaves & self._reached:
            return self._first._rails(statement, resolved)
        if resolved:
            resolved = tuple(one for one in resolved if structure.leaf_mask[one[0]] & leaves)
        found = self._known.get((statement, resolved))
        if found is None:
            found = self._known[statement, resolved] = self._write(statement, resolved)
        return found

    def _write(self, statement: int, resolved: Resolved) -> Rails:
        formula, statements = self.formula, self.structure.statements
        kind = statements.kinds[statement]
        if kind is Kind.LEAF:
            variable, mask = statements.parts[statement]
            return self._leaf(variable, mask, resolved)
        if kind in (Kind.ALWAYS, Kind.NEVER):
            return Rails(TRUE, TRUE) if kind is Kind.ALWAYS else Rails(FALSE, FALSE)
        below = statements.statements_of(statement)
        if kind in (Kind.CLEARLY, Kind.ARGUABLY, Kind.DISPUTED):
            some, sure = self.drawn(below[0])
            said = {Kind.CLEARLY: sure, Kind.ARGUABLY: some}.get(kind) or formula.both((some, -sure))
            return Rails(said, said)
        parts = [self._rails(part, resolved) for part in below]
        if kind is Kind.NOT:
            return Rails(-parts[0].sure, -parts[0].some)
        if kind is Kind.CONTESTABLE:
            return Rails(parts[0].some, FALSE)
        join = {Kind.ALL: formula.both, Kind.ANY: formula.either}.get(kind)
        if join is None:
            count = statements.parts[statement][0]
            return Rails(*(formula.at_least(count, [part[rail] for part in parts]) for rail in (0, 1)))
        some = join(part.some for part in parts)
        return Rails(some, some if all(part.some == part.sure for part in parts) else join(part.sure for part in parts))

    def _leaf(self, variable: int, mask: int, resolved: Resolved) -> Rails:
        for name, group in resolved:
            if name == variable:
                return Rails(TRUE, TRUE) if group & mask else Rails(FALSE, FALSE)
        formula, answer = self.formula, self.answer(variable)
        some = formula.either(literal for group, literal in answer.items() if group & mask)
        if not self.may_be_disputed(variable):
            return Rails(some, some)
        return Rails(some, -formula.either(literal for group, literal in answer.items() if not group & mask))

    # -- answers -----------------------------------------------------------------------------------

    def answer(self, variable: int) -> dict[int, int]:
        """A literal for each class of options that a variable may turn out to be."""
        if self._first is not None and variable not in self._changed:
            return self._first.answer(variable)
        found = self._answers.get(variable)
        if found is None:
            found = self._answers[variable] = self._meaning(variable) or self._new_answer(variable)
        return found

    def _meaning(self, variable: int) -> dict[int, int]:
        statement = self.meaning.get(variable)
        if statement is None:
            return {}
        some, sure = self.drawn(statement)
        return {1: some, 2: -sure}

    def _new_answer(self, variable: int) -> dict[int, int]:
        formula = self.formula
        classes, disputed = self._classes(variable)
        if disputed or len(classes) == 1:
            return dict.fromkeys(classes, TRUE)
        if not self.may_be_disputed(variable) and len(classes) == 2:
            literal = formula.literal()
            return {classes[0]: literal, classes[1]: -literal}
        found = {group: formula.literal() for group in classes}
        formula.require(*found.values())
        if not self.may_be_disputed(variable):
            for one, other in combinations(found.values(), 2):
                formula.require(-one, -other)
        return found

    def _classes(self, variable: int) -> tuple[list[int], bool]:
        """The options that neither a leaf nor a tie tells apart, together; and whether they are disputed."""
        if variable in self._others:
            return [1 << at for at in range(self._others[variable])], False
        structure = self.structure
        options, disputed = self.values.case.get(variable) or structure.unknown[variable]
        classes = structure.classes(structure.leaf_mask[variable], variable, options)
        for mask in self._told_apart.get(variable, ()):
            classes = [part for group in classes for part in (group & mask, group & ~mask) if part]
        return classes, disputed

    def may_be_disputed(self, variable: int) -> bool:
        """Whether a variable is disputed, or to become so can do what no plain answer does."""
        if variable in self._others:
            return False
        answer = self.values.case.get(variable)
        if answer is not None and (answer.disputed or answer.options & (answer.options - 1) == 0):
            return answer.disputed
        return bool(variable in self.meaning or self._evidence & self.structure.leaf_mask[variable])
