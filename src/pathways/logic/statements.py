"""Statements: a table of expressions over variables, each part standing once.

A statement is an index into :class:`Statements`. Parts come before the wholes that use them, so one pass
in index order evaluates everything. Equal expressions share one index; the order in which parts of
``all`` and ``any`` are given never changes the index.

Conditions on one variable that stand side by side in the same ``all``, ``any`` or ``not`` become one leaf: "some
option or other" is always, and two exclusive options are never both possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from pathways.record import record


class Kind(IntEnum):
    """What a statement is made of."""

    NEVER = 0
    ALWAYS = 1
    LEAF = 2
    NOT = 3
    ALL = 4
    ANY = 5
    AT_LEAST = 6
    CLEARLY = 7
    ARGUABLY = 8
    DISPUTED = 9
    CONTESTABLE = 10


#: The statements that are no and yes in every case; they stand first in every table.
NEVER, ALWAYS = 0, 1

#: Words that read the state of the evidence, so that a dispute below them is not resolved above them.
EVIDENCE_WORDS = frozenset({Kind.CLEARLY, Kind.ARGUABLY, Kind.DISPUTED})


class StatementError(ValueError):
    """A statement was asked for that has no meaning (an unknown option, a count out of range)."""


@record
class Variable:
    """A question with a fixed list of options. Yes/no is the list ``("yes", "no")``."""

    name: str
    options: tuple[str, ...]

    @property
    def everything(self) -> int:
        """The mask of all options."""
        return (1 << len(self.options)) - 1

    def mask(self, options: Iterable[str]) -> int:
        """The mask of the named options; :class:`StatementError` for a name that is none."""
        total = 0
        for option in options:
            try:
                total |= 1 << self.options.index(option)
            except ValueError:
                raise StatementError(f"{self.name} has no option {option!r}") from None
        return total


class Statements:
    """The table of statements of one rulebook, filled once when it is read.

    ``kinds[i]`` and ``parts[i]`` describe statement *i*. For a leaf the parts are
    ``(variable index, option mask)``; for ``AT_LEAST`` the count, then the statements; otherwise the statements.
    """

    def __init__(
        self,
        variables: Iterable[Variable] = (),
        kinds: Iterable[Kind] = (),
        parts: Iterable[tuple[int, ...]] = (),
    ) -> None:
        self.variables = list(variables)
        self.kinds = list(kinds)
        self.parts = list(parts)
        self._index: dict[tuple[Kind, tuple[int, ...]], int] = {}
        self._variable_index = {variable.name: index for index, variable in enumerate(self.variables)}
        if not self.kinds:
            self._add(Kind.NEVER, ())
            self._add(Kind.ALWAYS, ())

    def __len__(self) -> int:
        return len(self.kinds)

    # -- building ---------------------------------------------------------------------------------

    def variable(self, name: str, options: Iterable[str] = ("yes", "no")) -> int:
        """Declare a variable; its index."""
        declared = Variable(name, tuple(options))
        if len(declared.options) < 2:
            raise StatementError(f"{name} needs at least two options")
        if name in self._variable_index:
            raise StatementError(f"{name} is declared twice")
        self.variables.append(declared)
        self._variable_index[name] = len(self.variables) - 1
        return len(self.variables) - 1

    def variable_index(self, name: str) -> int:
        """The index of a declared variable."""
        return self._variable_index[name]

    def always(self) -> int:
        """The statement that is yes."""
        return ALWAYS

    def never(self) -> int:
        """The statement that is no."""
        return NEVER

    def leaf(self, variable: int, mask: int) -> int:
        """The answer to ``variable`` is one of the options in ``mask``."""
        everything = self.variables[variable].everything
        if mask & ~everything:
            raise StatementError(f"{self.variables[variable].name} has fewer options than the mask")
        if mask == 0:
            return NEVER
        if mask == everything:
            return ALWAYS
        return self._add(Kind.LEAF, (variable, mask))

    def negation(self, part: int) -> int:
        """``not part``."""
        kind = self.kinds[part]
        if part in (NEVER, ALWAYS):
            return ALWAYS if part == NEVER else NEVER
        if kind is Kind.NOT:
            return self.parts[part][0]
        if kind is Kind.LEAF:
            variable, mask = self.parts[part]
            return self.leaf(variable, self.variables[variable].everything & ~mask)
        return self._add(Kind.NOT, (part,))

    def all(self, parts: Iterable[int]) -> int:
        """Every part: the least of them."""
        return self._join(Kind.ALL, parts)

    def any(self, parts: Iterable[int]) -> int:
        """At least one part: the greatest of them."""
        return self._join(Kind.ANY, parts)

    def at_least(self, count: int, parts: Iterable[int]) -> int:
        """At least ``count`` of the parts: the ``count``-th greatest. Repeated parts count as often as given."""
        chosen = sorted(parts)
        if not 1 <= count <= len(chosen):
            raise StatementError(f"at_least {count} of {len(chosen)} statements")
        if count == 1:
            return self.any(chosen)
        if count == len(chosen):
            return self.all(chosen)
        return self._add(Kind.AT_LEAST, (count, *chosen))

    def clearly(self, part: int) -> int:
        """Yes only if the part is yes without dispute, else no."""
        return self._word(Kind.CLEARLY, part)

    def arguably(self, part: int) -> int:
        """Yes unless the part is no."""
        return self._word(Kind.ARGUABLY, part)

    def disputed(self, part: int) -> int:
        """Yes if the part is disputed, else no."""
        if part in (NEVER, ALWAYS):
            return NEVER
        return self._add(Kind.DISPUTED, (part,))

    def contestable(self, part: int) -> int:
        """Disputed if the part is yes or disputed, else no: if it holds, a court will have to decide."""
        if part == NEVER:
            return NEVER
        return self._add(Kind.CONTESTABLE, (part,))

    def _word(self, kind: Kind, part: int) -> int:
        if part in (NEVER, ALWAYS):
            return part
        return self._add(kind, (part,))

    def _join(self, kind: Kind, parts: Iterable[int]) -> int:
        neutral, absorbing = (ALWAYS, NEVER) if kind is Kind.ALL else (NEVER, ALWAYS)
        others: set[int] = set()
        masks: dict[int, int] = {}
        waiting = list(parts)
        while waiting:
            part = waiting.pop()
            part_kind = self.kinds[part]
            if part_kind is kind:
                waiting.extend(self.parts[part])
            elif part_kind is Kind.LEAF:
                variable, mask = self.parts[part]
                known = masks.get(variable)
                masks[variable] = mask if known is None else (known & mask if kind is Kind.ALL else known | mask)
            elif part != neutral:
                others.add(part)
        others.update(self.leaf(variable, mask) for variable, mask in masks.items())
        others.discard(neutral)
        if absorbing in others:
            return absorbing
        if not others:
            return neutral
        if len(others) == 1:
            return others.pop()
        return self._add(kind, tuple(sorted(others)))

    def _add(self, kind: Kind, parts: tuple[int, ...]) -> int:
        if not self._index:
            # Left out of a table that was kept compiled: nothing is added to it.
            self._index = {one: at for at, one in enumerate(zip(self.kinds, self.parts, strict=True))}
        found = self._index.get((kind, parts))
        if found is None:
            found = len(self.kinds)
            self.kinds.append(kind)
            self.parts.append(parts)
            self._index[(kind, parts)] = found
        return found

    # -- reading ----------------------------------------------------------------------------------

    def statements_of(self, index: int) -> tuple[int, ...]:
        """The statements directly below statement ``index`` (none for a leaf)."""
        kind = self.kinds[index]
        if kind is Kind.LEAF:
            return ()
        parts = self.parts[index]
        return parts[1:] if kind is Kind.AT_LEAST else parts

    def cone(self, roots: Iterable[int]) -> list[int]:
        """Everything the roots are made of, parts before wholes."""
        seen: set[int] = set()
        waiting = list(roots)
        while waiting:
            index = waiting.pop()
            if index not in seen:
                seen.add(index)
                waiting.extend(self.statements_of(index))
        return sorted(seen)
