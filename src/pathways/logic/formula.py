"""A formula for a solver: literals, and what is said of them. Numbers below zero are negations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

TRUE, FALSE = 1, -1


class Formula:
    """Clauses that have to hold, kept by an incremental solver."""

    def __init__(self) -> None:
        from pysat.solvers import Solver

        self._solver = Solver("glucose4", bootstrap_with=[[TRUE]])
        self._last = TRUE
        self._gates: dict[tuple[int, ...], int] = {}

    def close(self) -> None:
        """Let go of the solver; nothing can be asked any more."""
        self._solver.delete()

    def can_hold(self, *literals: int) -> bool:
        """Whether all of some literals can be true together."""
        return FALSE not in literals and bool(self._solver.solve(assumptions=literals))

    def against(self, *literals: int) -> frozenset[int]:
        """Those of some literals that cannot be true together; none if all can."""
        return frozenset() if self._solver.solve(assumptions=literals) else frozenset(self._solver.get_core() or ())

    def found(self) -> Callable[[int], bool]:
        """Whether a literal was true when the solver last found that some can be."""
        true = {literal for literal in self._solver.get_model() or () if literal > 0}
        # The solver has not heard of a literal that no clause names: it is taken for false.
        return lambda literal: (abs(literal) in true) == (literal > 0)

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

    def at_least(self, count: int, literals: Sequence[int]) -> int:
        """That so many of some literals are true."""
        seen = [TRUE] + [FALSE] * count
        for literal in literals:
            seen = [TRUE] + [self.either((seen[at], self.both((seen[at - 1], literal)))) for at in range(1, count + 1)]
        return seen[count]
