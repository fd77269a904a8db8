"""Whether what a statement comes to depends on one variable: some completion of the other answers shows it.

To hold the questions of the interview against: it is exact where it decides, and too slow to ask of every question.

Plain evaluation says which variables may still reach a statement; of these some can turn out to matter in no completion
(``a or (a and b)`` does not depend on ``b``). Here a completion is looked for in which two answers to the variable lead
to different results. The search answers one variable after another: those that stand beside the way from the statement
down to the variable, so that a difference is let through, and first with the answer that lets it through. It goes back
where nothing can come of it: where the variable is out of reach, or the result settled. So it ends with a completion
begun that shows the difference, or with the proof that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from pathways.logic.exact import CaseValues
from pathways.logic.statements import Kind
from pathways.logic.structure import bits
from pathways.logic.values import DISPUTED, NO, YES, Answer, ValueSet

#: After so many answers tried nothing is said any more.
MOST_TRIED = 3000

#: Whether a result may apply, whether it may not, and what it can be; 0 where that cannot be said yet.
Result = tuple[bool, bool, ValueSet]


class UndecidedError(Exception):
    """The search was given up."""


def depends(values: CaseValues, variable: int, value: int, applies: int | None = None, most: int = MOST_TRIED) -> bool:
    """Whether some completion of a case makes an answer to ``variable`` matter to statement ``value``.

    With ``applies`` what matters is whether that is no, and else the lesser of the two. Raises
    :class:`UndecidedError` where ``most`` answers have been tried and nothing was found.
    """
    return _Search(values, variable, value, applies, most).finds(values, 0) is None


class _Search:
    def __init__(self, values: CaseValues, variable: int, value: int, applies: int | None, most: int) -> None:
        self.structure = values.structure
        self.statements = values.structure.statements
        self.variable = variable
        self.value = value
        self.applies = applies
        self.left = most
        self.bit = 1 << len(self.structure.leaves) + variable
        reach = self.structure.reach
        #: The leaves at which a dispute can do what no plain answer does: below a word about evidence, and where one
        #: answer reaches both statements, of which each has its disputes resolved alone.
        self.evidence = reach[value].evidence
        if applies is not None:
            self.evidence |= reach[applies].leaves
        self.answers = self._answers(values, variable)

    def finds(self, values: CaseValues, tried: int) -> int | None:
        """None if a difference shows, or can be made to show by more answers; else why not.

        That is a mask of variables, of those ``tried`` (a mask): as long as these have the answers they have, nothing
        can come of any answer to the others. So one that is not among them need not be tried with another answer.
        """
        self.left -= 1
        if self.left < 0:
            raise UndecidedError
        if not self._is_open(values):
            return self._why_closed(values) & tried
        others = [_trying(values, self.variable, answer) for answer in self.answers]
        results = [self._result(other) for other in others]
        if any(result != results[0] for result in results):
            return None
        chosen = None if all(_is_settled(result) for result in results) else self._next(values)
        if chosen is None:
            return self._why_same(others) & tried
        variable, wanted = chosen
        bit = 1 << variable
        culprits = 0
        for answer in sorted(self._answers(values, variable), key=lambda answer: not self._fits(answer, wanted)):
            why = self.finds(_trying(values, variable, answer), tried | bit)
            if why is None or not why & bit:
                return why
            culprits |= why
        return culprits & ~bit

    def _is_open(self, values: CaseValues) -> bool:
        reached = _left(values)[self.value] | (_left(values)[self.applies] if self.applies is not None else 0)
        return bool(reached & self.bit)

    def _result(self, values: CaseValues) -> Result:
        """What can be said of the result for sure: whether it may apply, whether it may not, and then the values."""
        if self.applies is None:
            return True, False, values.could_be(self.value)
        applies = values.could_be(self.applies)
        may, may_not = bool(applies & ~NO), bool(applies & NO)
        if not may or applies not in (DISPUTED, YES):
            # Two statements that both are open may go together; what they can come to together is left to the search.
            return may, may_not, NO if not may else 0
        value = values.could_be(self.value)
        lesser = value if applies == YES else (DISPUTED if value & ~NO else 0) | (value & NO)
        return may, may_not, lesser

    def _answers(self, values: CaseValues, variable: int) -> list[Answer]:
        """The answers to try: one option of each group that no leaf tells apart; with evidence, each dispute."""
        structure = self.structure
        possible = (values.case.get(variable) or structure.unknown[variable]).options
        options = [group & -group for group in structure.classes(structure.leaf_mask[variable], variable, possible)]
        plain = [Answer(option) for option in options]
        if not self.evidence & structure.leaf_mask[variable]:
            return plain
        several = (some for size in range(2, len(options) + 1) for some in combinations(options, size))
        return [*plain, *(Answer(sum(some), True) for some in several)]

    def _is_free(self, values: CaseValues, variable: int) -> bool:
        """Whether another answer to a variable can be tried: what is disputed stays so."""
        given = values.case.get(variable)
        return variable != self.variable and (given is None or not given.disputed)

    # -- why nothing comes of it -----------------------------------------------------------------

    def _why_closed(self, values: CaseValues) -> int:
        """The variables whose answers keep the one that is looked at from reaching the result."""
        roots = [self.value] if self.applies is None else [self.value, self.applies]
        return self._closing(values, roots)

    def _closing(self, values: CaseValues, statements: Iterable[int]) -> int:
        found = 0
        for statement in statements:
            if not self.structure.reach[statement].leaves & self.structure.leaf_mask[self.variable]:
                continue
            if values.plain[statement] in (NO, YES):
                found |= self._settling(values, statement)
            elif self.statements.kinds[statement] is Kind.LEAF:
                return -1
            else:
                found |= self._closing(values, self.statements.statements_of(statement))
        return found

    def _why_same(self, others: Sequence[CaseValues]) -> int:
        """The variables whose answers settle the result, whichever answer the one that is looked at gets."""
        found = 0
        for other in others:
            for root in (self.value,) if self.applies is None else (self.value, self.applies):
                found |= self._settling(other, root)
        return found

    def _variables_below(self, statement: int) -> int:
        return sum(1 << variable for variable in self.structure.variables_of(statement))

    def _settling(self, values: CaseValues, statement: int) -> int:
        """Some variables whose answers alone settle a statement; where plain evaluation does not tell, all below."""
        plain = values.plain[statement]
        kind = self.statements.kinds[statement]
        if plain not in (NO, DISPUTED, YES):
            return self._variables_below(statement)
        if kind is Kind.LEAF:
            return 1 << self.statements.parts[statement][0]
        parts = self.statements.statements_of(statement)
        enough = {Kind.ALL: NO, Kind.ANY: YES}.get(kind)
        reasons = [self._settling(values, part) for part in parts if plain != enough or values.plain[part] == enough]
        if plain == enough:
            return min(reasons, key=int.bit_count)
        found = 0
        for reason in reasons:
            found |= reason
        return found

    # -- which answer to try next ------------------------------------------------------------------

    def _next(self, values: CaseValues) -> tuple[int, tuple[int, bool]] | None:
        """A variable to answer, and what it is wanted for: a mask of options, and whether inside it or outside."""
        if self.applies is not None and values.plain[self.applies] != YES:
            found = self._leading(values, self.applies, YES)
            if found is not None:
                return found
        on_way = self.value if _left(values)[self.value] & self.bit else self.applies
        assert on_way is not None
        found = self._beside(values, on_way)
        if found is not None:
            return found
        # Whatever is left that can still change the result.
        reached = _left(values)[self.value] | (_left(values)[self.applies] if self.applies is not None else 0)
        left = self.structure.variables_in(reached & ~self.bit)
        return next(((variable, (0, True)) for variable in bits(left) if self._is_free(values, variable)), None)

    def _beside(self, values: CaseValues, statement: int) -> tuple[int, tuple[int, bool]] | None:
        """What lets a difference through on the way from a statement down to the variable."""
        kind = self.statements.kinds[statement]
        parts = self.statements.statements_of(statement)
        on_way = [part for part in parts if _left(values)[part] & self.bit]
        lets_through = NO if kind is Kind.ANY else YES
        if kind in (Kind.ALL, Kind.ANY, Kind.AT_LEAST):
            for part in parts:
                if part not in on_way and values.plain[part] != lets_through:
                    found = self._leading(values, part, lets_through)
                    if found is not None:
                        return found
        for part in on_way:
            found = self._beside(values, part)
            if found is not None:
                return found
        return None

    def _leading(self, values: CaseValues, statement: int, wanted: ValueSet) -> tuple[int, tuple[int, bool]] | None:
        """A variable, and the answer that leads a statement towards the value wanted."""
        if not _left(values)[statement]:
            return None
        kind = self.statements.kinds[statement]
        if kind is Kind.LEAF:
            variable, mask = self.statements.parts[statement]
            return (variable, (mask, wanted == YES)) if self._is_free(values, variable) else None
        if kind is Kind.NOT:
            wanted = NO if wanted == YES else YES
        parts = self.statements.statements_of(statement)
        for part in sorted(parts, key=lambda part: bool(_left(values)[part] & self.bit)):
            found = self._leading(values, part, wanted)
            if found is not None:
                return found
        return None

    def _fits(self, answer: Answer, wanted: tuple[int, bool]) -> bool:
        mask, inside = wanted
        return not answer.disputed and bool(answer.options & mask) == inside


def _trying(values: CaseValues, variable: int, answer: Answer) -> CaseValues:
    """The same where one answer is another."""
    return CaseValues(values.structure, {**values.case, variable: answer}, values, (variable,))


def _left(values: CaseValues) -> list[int]:
    """For each statement the leaves that can still change it, and above them their variables."""
    return values._plain.open


def _is_settled(result: Result) -> bool:
    return result[2] in (NO, DISPUTED, YES)
