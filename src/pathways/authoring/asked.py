"""What a rulebook is asked about itself: statements beside its own, and whether any case makes them true."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.logic import Statements
from pathways.logic.possible import Possible
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue
from pathways.rulebook.promise import Promise


class Asked:
    """A rulebook, and more statements over the same answers.

    Every statement has to be added before the first question is put.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._original = rulebook
        own = rulebook.statements
        self.statements = Statements(own.variables, own.kinds, own.parts)
        self._rulebook: Rulebook | None = None
        self._possible: Possible | None = None

    @property
    def rulebook(self) -> Rulebook:
        """The same rulebook, in which the statements that were added can be looked at as well."""
        if self._rulebook is None:
            self._rulebook = replaced(self._original, statements=self.statements, found=None)
        return self._rulebook

    @property
    def possible(self) -> Possible:
        """All cases that the rules can be asked about."""
        if self._possible is None:
            self._possible = Possible(self.statements, self._original.repeats)
        return self._possible

    # -- statements --------------------------------------------------------------------------------

    def where_it_applies(self, avenue: Avenue, *also: int) -> int:
        """The statement that an avenue applies, and some others hold."""
        return self.statements.all([avenue.applies, *also])

    def breaches(self, avenue: Avenue, promise: Promise) -> tuple[tuple[int, bool], ...]:
        """The statements that break a promise, each with whether it has to be yes, and not only disputed, to do so."""
        make = self.statements
        when = [promise.when.statement] if promise.when else []
        if promise.standing:
            lost = promise.standing in ("open", "never closed")
            stands = make.negation(avenue.value) if lost else avenue.value
            return ((self.where_it_applies(avenue, *when, stands), promise.standing.startswith("never")),)
        if promise.never or promise.always:
            broken = promise.never.statement if promise.never else make.negation(promise.always.statement)  # type: ignore[union-attr]
            return ((self.where_it_applies(avenue, *when, broken), False),)
        arises = [arising(avenue, name) for name in promise.together]
        pairs = ((one, other) for at, one in enumerate(arises) for other in arises[at + 1 :])
        return tuple((self.where_it_applies(avenue, *when, *pair), False) for pair in pairs)


def arising(avenue: Avenue, name: str) -> int:
    """The statement that a hurdle arises, or that a deadline was missed."""
    hurdles = {hurdle.id: hurdle.arises_when.statement for hurdle in avenue.hurdles}
    deadlines = {deadline.id: deadline.missed for deadline in avenue.deadlines}
    return {**hurdles, **deadlines}[name]


def smallest(asked: Asked, avenue: Avenue, names: Iterable[str]) -> tuple[str, ...]:
    """Of some components of an avenue that cannot hold together, as few as cannot: none of them can be left out.

    None at all if the avenue cannot even apply.
    """
    kept = list(names)
    for name in list(kept):
        left = [other for other in kept if other != name]
        trial = Asked(asked.rulebook)
        statement = trial.where_it_applies(avenue, *(avenue.components[other] for other in left))
        if trial.possible.never(statement):
            kept = left
    return tuple(kept)
