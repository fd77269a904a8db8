"""Parts of a rulebook by themselves, before and after a change, for all scenarios side by side."""

from __future__ import annotations

from pathways.authoring.restated import Stated
from pathways.authoring.scenarios import Scenarios
from pathways.logic import Kind
from pathways.logic.lanes import Planes, combine, evaluate, leaf_planes
from pathways.rulebook import Rulebook


class Planed:
    """Parts of the rulebook of some scenarios, each stated once, and their statements in every lane."""

    def __init__(self, scenarios: Scenarios) -> None:
        self.scenarios = scenarios
        self._stated: dict[tuple[str, tuple[str, ...]], Stated] = {}
        self._planes: dict[int, list[Planes]] = {}

    def stated(self, kind: str, names: tuple[str, ...]) -> Stated:
        """Some ``avenues``, ``findings`` or ``claims`` by themselves."""
        found = self._stated.get((kind, names))
        if found is None:
            found = self._stated[kind, names] = Stated(self.scenarios.rulebook, **{kind: names})
        return found

    def planes(self, rulebook: Rulebook) -> list[Planes]:
        """Every statement of what :meth:`stated` gave, in every lane, by plain evaluation."""
        found = self._planes.get(id(rulebook))
        if found is None:
            known = evaluate(rulebook.statements, self.scenarios.lanes)
            found = self._planes[id(rulebook)] = [known[index] for index in range(len(rulebook.statements))]
        return found

    def both(self, before: Rulebook, after: Rulebook) -> tuple[list[Planes], list[Planes]]:
        """The planes before and after a change; only what the change added is worked out."""
        old, lanes, statements = self.planes(before), self.scenarios.lanes, after.statements
        new = dict(enumerate(old))
        for index in range(len(old), len(statements)):
            if statements.kinds[index] is Kind.LEAF:
                variable, mask = statements.parts[index]
                new[index] = leaf_planes(mask, lanes.options[variable], lanes.disputed[variable])
            else:
                combine(statements, (index,), lanes.full, new)
        return old, list(new.values())


def differing(before: Planes, after: Planes) -> int:
    """The lanes in which a statement is not the same."""
    return (before[0] ^ after[0]) | (before[1] ^ after[1]) | (before[2] ^ after[2])
