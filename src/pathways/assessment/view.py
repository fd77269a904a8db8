"""One case seen through one rulebook: what each statement can still be, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathways.case import Case
from pathways.case.model import date_segments
from pathways.deadlines import timings
from pathways.logic import DISPUTED, NO, YES, Answer, ValueSet
from pathways.logic.exact import CaseValues
from pathways.logic.structure import bits
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.model import Condition

SETTLED = frozenset({NO, DISPUTED, YES})


class View:
    """What the statements of a rulebook can still be for a case."""

    def __init__(self, rulebook: Rulebook, case: Case, as_of: str) -> None:
        self.rulebook = rulebook
        self.case = case
        self.as_of = as_of
        self.answers: dict[int, Answer] = case.logic(rulebook)
        variables = rulebook.statements.variables
        if rulebook.as_of_cuts:
            index = rulebook.variables[AS_OF]
            days = date_segments(rulebook.as_of_cuts, as_of, variables[index].options)
            self.answers[index] = Answer(variables[index].mask(days))
        self._values = rulebook.decider.of(self.answers)
        self.timings = timings(rulebook, case, as_of, self._values.could_be) if rulebook.clocks else {}
        timed = {}
        for name, timing in self.timings.items():
            index = rulebook.variables[name]
            if len(timing.outcomes) < len(variables[index].options):
                timed[index] = Answer(variables[index].mask(timing.outcomes))
        if timed:
            self.answers.update(timed)
            self._values = rulebook.decider.of(self.answers)
        for said, missed in rulebook.repeats.items():
            value = self.values(missed)
            if value in SETTLED:
                words = ("yes", "no") if value == DISPUTED else ("yes",) if value == YES else ("no",)
                self.answers[said] = Answer(variables[said].mask(words), value == DISPUTED)
                self._values = rulebook.decider.of(self.answers)

    def supposing(self, answers: Mapping[int, Answer | None]) -> View:
        """The same view if some answers of the logic were others, or (None) not known; dates and clocks stay."""
        other = View.__new__(View)
        other.__dict__.update(self.__dict__)
        other.answers = {**self.answers, **{name: given for name, given in answers.items() if given is not None}}
        for name, given in answers.items():
            if given is None:
                other.answers.pop(name, None)
        other._values = self.rulebook.decider.of(other.answers)
        return other

    @property
    def case_values(self) -> CaseValues:
        """What the statements can be, as the logic has it."""
        return self._values

    def variables_of(self, name: str) -> Iterator[int]:
        """What the logic knows a question by: its own variable, and the clocks that wait for it."""
        indexes = self.rulebook.variables
        if name in indexes:
            yield indexes[name]
        yield from (indexes[clock] for clock, timing in self.timings.items() if name in timing.asks)

    def values(self, statement: int) -> ValueSet:
        """Every value a statement can still take, exactly."""
        return self._values.could_be(statement)

    def of(self, condition: Condition) -> ValueSet:
        """Every value a condition can still take."""
        return self._values.known[condition.statement] or self._values.could_be(condition.statement)

    def given(self, other: int, answer: Answer, statement: int) -> ValueSet:
        """What a statement could be if one variable had this answer."""
        return self._values.with_answer(other, answer).could_be(statement)

    def questions(self, roots: Iterable[int]) -> set[int]:
        """The variables whose answer can still change one of the statements ``roots``.

        Followed from the roots down through everything that is not settled. Below a statement that is disputed
        whatever comes, a question counts only if some answer to it changes what a root can be.
        """
        sure, doubtful = 0, []
        below = self._values.open_below
        for root in roots:
            if self.values(root) not in SETTLED:
                asked, past_dispute = below[root]
                sure |= asked
                if past_dispute:
                    doubtful.append((root, past_dispute))
        for root, past_dispute in doubtful:
            for variable in bits(past_dispute & ~sure):
                if self._changes(variable, root):
                    sure |= 1 << variable
        return set(bits(sure))

    def _changes(self, variable: int, root: int) -> bool:
        before = self.values(root)
        everything = Answer(self.rulebook.statements.variables[variable].everything)
        possible = self.answers.get(variable, everything).options
        return any(self.given(variable, Answer(1 << option), root) != before for option in bits(possible))
