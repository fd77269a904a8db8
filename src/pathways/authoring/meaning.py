"""Where two rulebooks come to different standings, and the smallest fact patterns that show it.

A *completion* answers every question, each plainly with one of its answers. Where a condition reads whether the
evidence is disputed, and where one answer reaches both whether an avenue applies and its value, it may answer with a
dispute as well (a date never); elsewhere a dispute can do nothing that no plain answer does. What a clock comes to
counts as an answer of its own. Two rulebooks mean the same of an avenue if no completion has it stand differently.

A *pattern* is some answers after which the two never let the avenue go on alike: no completion of the pattern has it
open in both or contested in both, and in some completion the standings differ. In all others it leads nowhere in both.
Where several answers to a question do as well as one another, the pattern has them all. It is *smallest* if none with
fewer answers does the same. After the first, each further pattern is smallest for the differences that no pattern
before it covers, until all are covered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from pathways.authoring.merged import Merged, Pair
from pathways.logic.exact import CaseValues
from pathways.logic.formula import Formula
from pathways.logic.structure import Structure
from pathways.logic.writing import Rails, Writing, evidence_in
from pathways.record import record

#: Best first, as standings are shown.
STANDINGS = ("open", "contested", "closed", "not-applicable")
GOING_ON = ("open", "contested")
#: So many patterns of an avenue are looked for, and so many candidates are tried for each.
MOST_PATTERNS = 4
MOST_TRIED = 2000
#: Up to so many classes of answers every dispute is thought of, above it those between two.
_FEW = 4


class Answered(NamedTuple):
    """One answer of a pattern: the variable's name in the merged table, and its options.

    Each of the options does; with ``disputed`` it is a dispute between them.
    """

    name: str
    options: tuple[str, ...]
    disputed: bool = False


@record
class Pattern:
    """Answers that tell two rulebooks apart, and the standings that their completions have in each.

    ``smallest`` is whether no fewer answers do; else that was not found out, and none of these can be left out.
    """

    answers: tuple[Answered, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    smallest: bool


@record
class Difference:
    """An avenue that does not mean the same, by its new name.

    ``more`` is whether there are differences that no pattern covers.
    """

    avenue: str
    patterns: tuple[Pattern, ...]
    more: bool


def differences(merged: Merged) -> Iterator[Difference]:
    """Every avenue of both rulebooks that does not mean the same in them."""
    structure = Structure(merged.statements)
    for avenue, pair in merged.pairs.items():
        if pair[:2] != pair[2:]:
            patterns, more = _Comparison(merged, structure, pair).patterns()
            if patterns:
                yield Difference(avenue, patterns, more)


class _Candidate(NamedTuple):
    """An answer that a pattern may hold, the literals that say it, and all options of its question in order."""

    variable: int
    answered: Answered
    literals: tuple[int, ...]
    order: tuple[str, ...]


#: An answer of a pattern, and others in its place that do as well.
_Wide = tuple[_Candidate, ...]


def _joined(alternatives: _Wide) -> Answered:
    """Alternatives as one answer."""
    first = alternatives[0].answered
    every = {option for one in alternatives for option in one.answered.options}
    return Answered(first.name, tuple(option for option in alternatives[0].order if option in every), first.disputed)


class _Plainly(Writing):
    """Statements for the solver, in which some variables (dates, clocks and the like) are never disputed."""

    undisputed: Collection[int] = frozenset()

    def may_be_disputed(self, variable: int) -> bool:
        """Whether a variable can be disputed, and to become so can do what no plain answer does."""
        return variable not in self.undisputed and super().may_be_disputed(variable)


class _Comparison:
    """One avenue of both rulebooks, written down for the solver."""

    def __init__(self, merged: Merged, structure: Structure, pair: Pair) -> None:
        both_ways = [(applies, value) for applies in pair[::2] for value in pair[1::2]]
        values = CaseValues(structure, {})
        self.formula = Formula()
        self.first = _Plainly(self.formula, values, evidence_in(values, both_ways, merged.meaning), merged.meaning)
        self.first.undisputed = frozenset(merged.undisputed)
        #: For each rulebook a literal for each standing.
        self.old = self._standings(self.first.drawn(pair.old_applies), self.first.drawn(pair.old_value))
        self.new = self._standings(self.first.drawn(pair.new_applies), self.first.drawn(pair.new_value))
        self.differs = self.formula.either(
            self.formula.both((self.old[one], -self.new[one])) for one in STANDINGS if self.old[one] != self.new[one]
        )
        #: That the avenue goes on alike in both: what a pattern excludes.
        self.alike = self.formula.either(self.formula.both((self.old[one], self.new[one])) for one in GOING_ON)
        reached = {variable for statement in pair for variable in structure.variables_of(statement)}
        for variable, statement in merged.meaning.items():
            if variable in reached:
                reached |= set(structure.variables_of(statement))
        self.candidates = [
            candidate for variable in sorted(reached - set(merged.meaning)) for candidate in self._of(merged, variable)
        ]

    def patterns(self) -> tuple[tuple[Pattern, ...], bool]:
        """The patterns, the smallest first; and whether some difference is covered by none of them."""
        found: list[Pattern] = []
        while self.formula.can_hold(self.differs):
            if len(found) == MOST_PATTERNS:
                return tuple(found), True
            fewest = self._smallest()
            wide = self._widened(fewest if fewest is not None else self._shrunk())
            found.append(self._shown(wide, fewest is not None))
            # Further patterns are for the completions that this one does not cover.
            self.differs = self.formula.both((self.differs, -self._holds(wide)))
        return tuple(found), False

    def _standings(self, applies: Rails, value: Rails) -> dict[str, int]:
        both = self.formula.both
        is_open = both((applies.sure, value.sure))
        possible = both((applies.some, value.some))
        return {
            "open": is_open,
            "contested": both((possible, -is_open)),
            "closed": both((applies.some, -value.some)),
            "not-applicable": -applies.some,
        }

    def _of(self, merged: Merged, variable: int) -> Iterator[_Candidate]:
        """Every answer to a question that a pattern may hold."""
        options = merged.statements.variables[variable]
        literals = self.first.answer(variable)
        if len(literals) < 2:
            return
        groups = list(literals)
        chosen: list[tuple[int, ...]] = [(group,) for group in groups]
        if self.first.may_be_disputed(variable):
            sizes = range(2, len(groups) + 1) if len(groups) <= _FEW else (2,)
            chosen += [several for size in sizes for several in combinations(groups, size)]
        for several in chosen:
            mask = sum(several)
            names = tuple(one for at, one in enumerate(options.options) if mask >> at & 1)
            said = tuple(literal if group in several else -literal for group, literal in literals.items())
            yield _Candidate(
                variable, Answered(options.name, names, len(several) > 1), tuple(dict.fromkeys(said)), options.options
            )

    def _holds(self, wide: Sequence[_Wide]) -> int:
        """That one of the alternatives for each answer is given."""
        return self.formula.both(
            self.formula.either(self.formula.both(one.literals) for one in alternatives) for alternatives in wide
        )

    def _shown(self, wide: Sequence[_Wide], smallest: bool) -> Pattern:
        holds = self._holds(wide)
        old, new = (
            tuple(one for one in STANDINGS if self.formula.can_hold(holds, book[one])) for book in (self.old, self.new)
        )
        return Pattern(tuple(map(_joined, wide)), old, new, smallest)

    def _widened(self, chosen: Sequence[_Candidate]) -> list[_Wide]:
        """The same pattern with every other plain answer that would do as well beside the one that was found."""
        wide: list[_Wide] = [(one,) for one in chosen]
        for at, one in enumerate(chosen):
            if one.answered.disputed:
                continue
            rest = self._holds([*wide[:at], *wide[at + 1 :]])
            for other in self.candidates:
                if other.variable == one.variable and other != one and not other.answered.disputed:
                    holds = [rest, *other.literals]
                    if self.formula.can_hold(*holds, self.differs) and not self.formula.can_hold(*holds, self.alike):
                        wide[at] = (*wide[at], other)
        return wide

    def _smallest(self) -> tuple[_Candidate, ...] | None:
        """A pattern of the fewest answers; None if too many had to be tried."""
        search = _Search(self)
        for _ in range(MOST_TRIED):
            chosen = search.step()
            if chosen is not None:
                return chosen
        return None

    def completion(self) -> list[_Candidate]:
        """The answers of the completion that was found last."""
        true = self.formula.found()
        return [one for one in self.candidates if all(map(true, one.literals))]

    def enough(self, chosen: Sequence[_Candidate], literal: int) -> list[_Candidate]:
        """Some of these answers that have a literal come out true, and of which none can be left out."""
        core = self.formula.against(*self._literals(chosen), -literal)
        kept = [one for one in chosen if not core.isdisjoint(one.literals)]
        for one in list(kept):
            others = [other for other in kept if other is not one]
            if not self.formula.can_hold(*self._literals(others), -literal):
                kept = others
        return kept

    def _literals(self, chosen: Sequence[_Candidate]) -> list[int]:
        return [literal for one in chosen for literal in one.literals]

    def _shrunk(self) -> tuple[_Candidate, ...]:
        """A pattern of which no answer can be left out, from a completion in which the standings differ."""
        self.formula.can_hold(self.differs)
        completion = self.completion()
        orders = completion, completion[::-1]
        return min((tuple(self.enough(answers, -self.alike)) for answers in orders), key=len)


class _Search:
    """The fewest answers that are a pattern.

    The fewest that are not ruled out yet are tried: a completion that is alike in both rules out all that agree with
    what made it so, and answers with which nothing differs rule out themselves (implicit hitting sets).
    """

    def __init__(self, comparison: _Comparison) -> None:
        from pysat.examples.rc2 import RC2
        from pysat.formula import WCNF

        self.comparison = comparison
        formula = WCNF()
        by_variable: dict[int, list[int]] = {}
        for number, one in enumerate(comparison.candidates, 1):
            formula.append([-number], weight=1)
            by_variable.setdefault(one.variable, []).append(number)
        for numbers in by_variable.values():
            for pair in combinations(numbers, 2):
                formula.append([-number for number in pair])
        self._fewest = RC2(formula)

    def step(self) -> tuple[_Candidate, ...] | None:
        """Try the fewest answers that are left: they, if they are a pattern."""
        comparison = self.comparison
        candidates, formula = comparison.candidates, comparison.formula
        # There is one: every answer of a completion in which the standings differ.
        numbers = [number for number in self._fewest.compute() if 0 < number <= len(candidates)]
        chosen = tuple(candidates[number - 1] for number in numbers)
        holds = [literal for one in chosen for literal in one.literals]
        if formula.can_hold(*holds, comparison.alike):
            enough = comparison.enough(comparison.completion(), comparison.alike)
            given = {one.variable: one.answered for one in enough}
            # A pattern has to hold one of the answers that contradict these.
            self._fewest.add_clause(
                [n for n, one in enumerate(candidates, 1) if given.get(one.variable, one.answered) != one.answered]
            )
            return None
        if not formula.can_hold(*holds, comparison.differs):
            self._fewest.add_clause([-number for number in numbers])
            return None
        return chosen
