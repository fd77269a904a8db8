"""Whether an answer can still matter: exactly, by a solver for propositional formulas.

An answer matters to a result if some completion of the case (:mod:`pathways.logic.exact`) has two answers to the
question lead to different results. Plain evaluation says which answers may still reach a statement; some of these
matter in no completion: in ``a or (a and b)``, ``b`` never does. Here the statements are written down as a formula
(:mod:`pathways.logic.writing`), a second time with another answer in place of the one that is looked at, and the solver
is asked for a completion in which the two come out differently. That is a question for which solvers are made, and
they answer it in well under a millisecond (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pathways.logic.exact import CaseValues
from pathways.logic.formula import FALSE, Formula
from pathways.logic.writing import Tie, Writing, evidence_in


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
        self.values = values
        self.structure = values.structure
        #: The small ones first: what matters to one of them is soon shown.
        self.results = sorted(results, key=lambda one: sum(values.open_leaves(each).bit_count() for each in one))
        self.meaning = meaning or {}
        self._formula = Formula()
        #: For each result the leaves at which it takes a dispute to show all that can come of it.
        self._disputable = {result: evidence_in(values, [result], meaning) for result in results}
        evidence = 0
        for leaves in self._disputable.values():
            evidence |= leaves
        self._first = Writing(self._formula, values, evidence, self.meaning, ties, others)
        self._others: dict[frozenset[int], Writing] = {}

    def matters(
        self,
        variables: Collection[int],
        before: Mapping[int, int] | None = None,
        after: Mapping[int, int] | None = None,
    ) -> bool:
        """Whether other answers to some variables can make a result another.

        With ``before`` only if variables are among these options, and with ``after`` only if the other answers are.
        """
        changed = self._with_what_they_mean(variables)
        other = self._others.get(changed)
        if other is None:
            other = self._others[changed] = self._first.with_other(changed)
        supposed = (*self._first.among(before or {}), *other.among(after or {}))
        reached = self._first.leaves(changed)
        for applies, value in self.results:
            if (self.values.open_leaves(applies) | self.values.open_leaves(value)) & reached:
                disputable = self._disputable[applies, value]
                literal = self._differs(other, applies, value, disputable)
                if literal != FALSE:
                    plain = [each for one in (self._first, other) for each in one.plainly((applies, value), disputable)]
                    if self._formula.can_hold(literal, *plain, *supposed):
                        return True
        return False

    def close(self) -> None:
        """Let go of the solver and of all that is written down: in a ring as it is, it would wait for the collector."""
        self._formula.close()
        self.__dict__.clear()

    def _with_what_they_mean(self, variables: Collection[int]) -> frozenset[int]:
        changed, reached = set(variables), self._first.leaves(variables)
        waiting = {name: statement for name, statement in self.meaning.items() if name not in changed}
        reach = self.structure.reach
        while moved := [name for name, statement in waiting.items() if reach[statement].leaves & reached]:
            changed.update(moved)
            reached |= self._first.leaves(moved)
            for name in moved:
                del waiting[name]
        return frozenset(changed)

    def _differs(self, other: Writing, applies: int, value: int, disputable: int) -> int:
        formula = self._formula
        one, two = self._first.drawn(applies, disputable), other.drawn(applies, disputable)
        here, there = self._first.drawn(value, disputable), other.drawn(value, disputable)
        come_to = [
            formula.unlike(formula.both((a, b)), formula.both((c, d)))
            for a, b, c, d in ((one.some, here.some, two.some, there.some), (one.sure, here.sure, two.sure, there.sure))
        ]
        both_apply = formula.both((one.some, two.some, formula.either(come_to)))
        return formula.either((formula.unlike(one.some, two.some), both_apply))
