"""Random variables, statements and cases, small enough for the slow reference.

Everything is read from one drawn string of bytes, a :class:`Tape`: that is many times faster than to draw part by part,
and a tape of smaller bytes is a simpler example.
"""

from __future__ import annotations

from hypothesis import strategies as st

from pathways.logic import Answer, Statements
from pathways.logic.statements import EVIDENCE_WORDS

#: How many options the variables of a rulebook have.
SHAPES = ((2,), (2, 2), (3,), (2, 2, 2), (3, 2), (4,), (3, 2, 2), (4, 2), (3, 3), (2, 2, 2, 2), (4, 2, 2))

MOST_STEPS = 16
MOST_WORDS = 2


class Tape:
    """Bytes that are read one after the other; at their end come zeros."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __repr__(self) -> str:
        return f"Tape({self._data!r})"

    def below(self, count: int) -> int:
        """A number from 0 to ``count`` - 1."""
        value = self._data[self._at] if self._at < len(self._data) else 0
        self._at += 1
        return value % count

    def rulebook(self, words: bool = True) -> tuple[Statements, int]:
        """A table of statements and one of them, the root."""
        statements = Statements()
        for number, size in enumerate(SHAPES[self.below(len(SHAPES))]):
            statements.variable(f"v.{number}", [f"o{i}" for i in range(size)])
        # Parts are laid on a stack; what joins some takes them off it.
        stack = [self._leaf(statements)]
        for _ in range(2 + self.below(MOST_STEPS - 1)):
            stack.append(self._statement(statements, stack, words))
        join = statements.any if self.below(4) else statements.all
        return statements, stack[0] if len(stack) == 1 else join(stack[-3:])

    def _leaf(self, statements: Statements) -> int:
        variable = self.below(len(statements.variables))
        # Every mask but none and all, and now and then these two as well.
        everything = statements.variables[variable].everything
        mask = 1 + self.below(everything - 1) if self.below(16) else self.below(2) * everything
        return statements.leaf(variable, mask)

    def _statement(self, statements: Statements, stack: list[int], words: bool) -> int:
        # A few words are enough; the reference tries every dispute anew for each that stands below another.
        kind = self.below(20 if words and sum(kind in EVIDENCE_WORDS for kind in statements.kinds) < MOST_WORDS else 16)
        if kind < 7 or not stack:
            return self._leaf(statements)
        if kind < 8:
            return statements.negation(stack.pop())
        if kind < 15:
            parts = [stack.pop() for _ in range(min(len(stack), 2 + self.below(2)))]
            return statements.all(parts) if kind < 12 else statements.any(parts)
        if kind < 16:
            parts = [stack.pop() if stack else self._leaf(statements) for _ in range(3)]
            return statements.at_least(2, parts)
        word = (statements.clearly, statements.arguably, statements.disputed, statements.contestable)[kind - 16]
        return word(stack.pop())

    def answer(self, options: int) -> Answer:
        """An answer with one of ``options`` (a mask) at least."""
        narrowed = options & self.below(256)
        return Answer(narrowed or options, bool(self.below(2)))

    def case(self, statements: Statements) -> dict[int, Answer]:
        """Answers to some of the variables: settled, disputed, narrowed or left out."""
        return {
            index: self.answer(variable.everything)
            for index, variable in enumerate(statements.variables)
            if self.below(2)
        }


tapes = st.binary(min_size=72, max_size=72).map(Tape)
