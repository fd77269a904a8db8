"""Whether any case tells two things apart: what some statements come to before a change, and after it.

A solver looks through all cases in which every question has an answer, one option or a dispute. If it finds none, there
is none: what was changed says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pathways.logic.exact import CaseValues
from pathways.logic.formula import TRUE, Formula
from pathways.logic.possible import reached, refuse_too_wide
from pathways.logic.statements import Statements
from pathways.logic.structure import Structure
from pathways.logic.values import Answer
from pathways.logic.writing import Rails, Writing, evidence_in

#: A statement that something applies, and the statement of what it comes to.
Shown = tuple[int, int]


class Pair(NamedTuple):
    """What is shown of one thing before a change and after it. Whether it applies is shown only where ``told`` so."""

    before: Shown
    after: Shown
    told: bool = False


class Moved(NamedTuple):
    """A variable whose answer is another after the change: one option before, one after."""

    variable: int
    before: int
    after: int


class Apart:
    """Cases that tell one thing from another, by what is shown of it in one of some ``pairs``.

    ``meaning`` names variables that say no more than what a statement comes to (options yes, no), ``meaning_after``
    what they say after the change, if they say something else then. Every other variable is taken as free of the rest,
    so that what is found in no case here is found in none that the rest allows. With ``sought`` only cases in which
    some statements hold at least arguably (True) or do not hold at all (False). Answers are disputed only at the
    leaves ``disputes`` (a mask; see :func:`disputable`); every other answer is one option. Raises
    :class:`~pathways.logic.possible.TooWideError`.
    """

    def __init__(
        self,
        statements: Statements,
        pairs: Sequence[Pair],
        meaning: Mapping[int, int],
        *,
        meaning_after: Mapping[int, int] | None = None,
        sought: Sequence[tuple[int, bool]] = (),
        moved: Moved | None = None,
        disputes: int = 0,
    ) -> None:
        structure = Structure(statements)
        roots = _roots(pairs, sought)
        self._formula = formula = Formula()
        self._writing = first = Writing(formula, CaseValues(structure, {}), disputes, meaning)
        supposed = [TRUE]
        after = meaning if meaning_after is None else meaning_after
        changed = {name for name in meaning if after.get(name) != meaning[name]} | (
            {moved.variable} if moved else set()
        )
        other = first
        if changed:
            other = first.with_other(frozenset(_meaning_too(structure, changed, meaning, after)), after)
        if moved:
            supposed += first.among({moved.variable: 1 << moved.before})
            supposed += other.among({moved.variable: 1 << moved.after})
        if disputes:
            refuse_too_wide(structure, first, meaning, roots)
        below = {name for one in (meaning, after) for name in reached(structure, roots, one)[0]}
        self._below = sorted(below - meaning.keys())
        supposed += [first.drawn(one).some if holds else -first.drawn(one).some for one, holds in sought]
        self._wanted = [formula.either(self._unlike(other, pair) for pair in pairs), *supposed]
        for variable in self._below:
            first.answer(variable)

    def find(self, unlike: Iterable[Mapping[int, Answer]] = ()) -> dict[int, Answer] | None:
        """Answers that tell the two apart, or None if there are none.

        They name every variable that can matter, but for those with a meaning, and differ somewhere from each of
        ``unlike``, which name answers found before.
        """
        writing = self._writing
        if not self._formula.can_hold(*self._wanted, *(writing.unlike(answers) for answers in unlike)):
            return None
        true = self._formula.found()
        found = {}
        for variable in self._below:
            groups = [group for group, literal in writing.answer(variable).items() if true(literal)]
            found[variable] = Answer(sum(groups), len(groups) > 1)
        return found

    def close(self) -> None:
        """Let go of the solver."""
        self._formula.close()

    def _unlike(self, other: Writing, pair: Pair) -> int:
        formula, first = self._formula, self._writing
        applies, value = map(first.drawn, pair.before)
        applies_after, value_after = map(other.drawn, pair.after)
        if not pair.told:
            return formula.both((applies.some, applies_after.some, self._otherwise(value, value_after)))
        stands = (self._both(*one) for one in ((applies, value), (applies_after, value_after)))
        return formula.either((formula.unlike(applies.some, applies_after.some), self._otherwise(*stands)))

    def _both(self, one: Rails, other: Rails) -> Rails:
        return Rails(*(self._formula.both(rails) for rails in zip(one, other, strict=True)))

    def _otherwise(self, one: Rails, other: Rails) -> int:
        return self._formula.either(self._formula.unlike(a, b) for a, b in zip(one, other, strict=True))


def disputable(
    statements: Statements, pairs: Sequence[Pair], meaning: Mapping[int, int], sought: Sequence[tuple[int, bool]] = ()
) -> dict[int, int]:
    """The variables whose dispute can show what no plain answer shows, each with its leaves (as a mask)."""
    structure = Structure(statements)
    results = [one for pair in pairs for one in (pair.before, pair.after)]
    results += [(one, one) for one, _ in sought]
    leaves = evidence_in(CaseValues(structure, {}), results, meaning)
    return {name: structure.leaf_mask[name] for name in structure.variables_below(leaves) if name not in meaning}


def _roots(pairs: Sequence[Pair], sought: Sequence[tuple[int, bool]]) -> list[int]:
    roots = {root for pair in pairs for shown in (pair.before, pair.after) for root in shown}
    return sorted(roots.union(one for one, _ in sought))


def _meaning_too(structure: Structure, variables: Iterable[int], *meanings: Mapping[int, int]) -> set[int]:
    """Some variables, and those whose meaning hangs on them."""
    changed = set(variables)
    while True:
        reached = 0
        for name in changed:
            reached |= structure.leaf_mask[name]
        more = {name for meaning in meanings for name, one in meaning.items() if structure.reach[one].leaves & reached}
        if more <= changed:
            return changed
        changed |= more
