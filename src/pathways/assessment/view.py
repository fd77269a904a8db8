"""One case seen through one rulebook: what each statement can still be, worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pathways.case import Case
from pathways.logic import DISPUTED, NO, YES, Answer, Kind, ValueSet
from pathways.logic.lanes import Planes, values_in
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Condition

SETTLED = frozenset({NO, DISPUTED, YES})


class View:
    """What the statements of a rulebook can still be for a case."""

    def __init__(self, rulebook: Rulebook, case: Case) -> None:
        self.rulebook = rulebook
        self.case = case
        self.answers: dict[int, Answer] = case.logic(rulebook)
        self._values: dict[int, ValueSet] = {}

    @cached_property
    def plain(self) -> dict[int, Planes]:
        """Plain evaluation of every statement, in one pass."""
        return self.rulebook.decider.plain(self.answers)

    def values(self, statement: int) -> ValueSet:
        """Every value a statement can still take, exactly."""
        return self.rulebook.decider.could_be(statement, self.answers, self.plain, self._values)

    def of(self, condition: Condition) -> ValueSet:
        """Every value a condition can still take."""
        return self.values(condition.statement)

    def together(self, applies: int, value: int) -> set[tuple[ValueSet, ...]]:
        """What "it applies" and "it is available" can become together."""
        decider = self.rulebook.decider
        return decider.together((applies, value), self.answers, decider.variables_of(applies))

    def given(self, other: int, answer: Answer, statement: int) -> ValueSet:
        """What a statement could be if one variable had this answer."""
        return self.rulebook.decider.could_be(statement, {**self.answers, other: answer})

    def questions(self, roots: Iterable[int]) -> set[int]:
        """The variables whose answer can still change one of the statements ``roots``.

        Followed from the roots down through everything that is not settled. Below a statement that is disputed
        whatever comes, a question counts only if some answer to it changes what a root can be.
        """
        statements = self.rulebook.statements
        sure: set[int] = set()
        doubtful: dict[int, set[int]] = {}
        seen: set[int] = set()
        for root in roots:
            if self.values(root) in SETTLED:
                continue
            waiting = [(root, False)]
            here: set[tuple[int, bool]] = set()
            while waiting:
                index, past_dispute = waiting.pop()
                if (index, past_dispute) in here or (not past_dispute and index in seen):
                    continue
                here.add((index, past_dispute))
                if not past_dispute:
                    seen.add(index)
                values = values_in(self.plain[index])
                if values in (NO, YES):
                    continue
                past_dispute = past_dispute or values == DISPUTED
                if statements.kinds[index] is Kind.LEAF:
                    variable = statements.parts[index][0]
                    answer = self.answers.get(variable)
                    if answer is None or (not answer.disputed and answer.options & (answer.options - 1)):
                        if past_dispute:
                            doubtful.setdefault(variable, set()).add(root)
                        else:
                            sure.add(variable)
                    continue
                waiting.extend((part, past_dispute) for part in statements.statements_of(index))
        for variable, asked_for in doubtful.items():
            if variable not in sure and any(self._changes(variable, root) for root in asked_for):
                sure.add(variable)
        return sure

    def _changes(self, variable: int, root: int) -> bool:
        before = self.values(root)
        possible = self.answers.get(variable, Answer(self.rulebook.statements.variables[variable].everything)).options
        return any(
            self.given(variable, Answer(1 << option), root) != before
            for option in range(possible.bit_length())
            if possible >> option & 1
        )
