"""The avenues of two rulebooks as statements of one table, over the answers that both know.

Facts stand for one another by name, answers by name, dates by days, clocks and cells of tables that were not checked by
their names. An answer that only one of the two knows is left out: it cannot be given to the other. What only one of
them asks is a variable of that one alone. Statements that are the same come out as the same statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pathways.authoring.matching import Matching
from pathways.logic import Kind, Statements
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import told
from pathways.rulebook.cuts import AS_OF, segments, stretches


class Pair(NamedTuple):
    """An avenue in two rulebooks: whether it applies, and its value, of the old one and of the new one."""

    old_applies: int
    old_value: int
    new_applies: int
    new_value: int


@record
class Question:
    """What a variable of the table is: the name of it, in the old rulebook and in the new one; empty where it has none.

    ``answers`` are the old names of the options by the new ones, where they differ.
    """

    old: str
    new: str
    answers: Mapping[str, str]


class Merged:
    """One table for two rulebooks.

    ``pairs`` has the avenues that both have, by their new names; ``meaning`` the variables that only repeat what a
    statement says; ``questions`` what each variable is, by its name in the table.
    """

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.statements = Statements()
        self.questions: dict[str, Question] = {}
        self.meaning: dict[int, int] = {}
        self._masks: dict[tuple[bool, str], tuple[int, list[int]]] = {}
        old, new = self._sides = _Side(self, matching.old, True), _Side(self, matching.new, False)
        self._declare()
        self.pairs = {
            mine: Pair(
                old.made(matching.old.avenues[name].applies),
                old.made(matching.old.avenues[name].value),
                new.made(matching.new.avenues[mine].applies),
                new.made(matching.new.avenues[mine].value),
            )
            for name, mine in matching.avenues.items()
            if mine in matching.new.avenues
        }

    @property
    def undisputed(self) -> frozenset[int]:
        """The variables of which an answer cannot be a dispute: all but the questions with choices."""
        return frozenset(
            index
            for index, variable in enumerate(self.statements.variables)
            if not self._can_be_disputed(self.questions[variable.name])
        )

    def _can_be_disputed(self, question: Question) -> bool:
        books = (self.matching.old, question.old), (self.matching.new, question.new)
        facts = [book.facts[name] for book, name in books if name in book.facts]
        return any(fact.kind != "date" for fact in facts)

    def place(self, is_old: bool, name: str) -> tuple[int, list[int]]:
        """The variable for one of a rulebook, and for each of its options the mask of options that it is here."""
        if (is_old, name) not in self._masks:
            self._declare_told(is_old, name)
        return self._masks[is_old, name]

    def _declare(self) -> None:
        """Every variable but those of what is told, which are declared when they are met."""
        matching = self.matching
        mine = dict(_options(matching.new))
        met: set[str] = set()
        for old, options in _options(matching.old):
            name = self._new_name(old)
            if name in mine and self._shared(old, options, name, mine[name]):
                met.add(name)
            else:
                self._alone(True, old, options, f"{old} (old)" if old in mine else old)
        for name, options in mine.items():
            if name not in met:
                self._alone(False, name, options, name)

    def _declare_told(self, is_old: bool, name: str) -> None:
        """What answers say of a deadline: one variable if both repeat the same statement, else one for each."""
        side, other = self._sides if is_old else self._sides[::-1]
        counterpart = other.told.get(self._new_name(name)) if is_old else None
        here = f"{name} (old)" if is_old else name
        self._alone(is_old, name, ("yes", "no"), here)
        repeated = side.made(side.told[name])
        if counterpart is not None and other.made(counterpart) == repeated:
            self._masks[is_old, name] = self.place(False, self._new_name(name))
        else:
            self.meaning[self._masks[is_old, name][0]] = repeated

    def _new_name(self, name: str) -> str:
        """The name of an old variable in the new rulebook: of a fact, a clock, what is told of one, or a cell."""
        return self.matching.facts.get(name) or self.matching.inside(name)

    def _alone(self, is_old: bool, name: str, options: Sequence[str], here: str) -> None:
        index = self.statements.variable(here, options)
        self._masks[is_old, name] = index, [1 << at for at in range(len(options))]
        self.questions[here] = Question(name if is_old else "", "" if is_old else name, {})

    def _shared(self, old: str, old_options: Sequence[str], new: str, new_options: Sequence[str]) -> bool:
        """Whether a variable of both could be declared: they have two answers in common, or are dates."""
        books = self.matching.old, self.matching.new
        dates = [_cuts(book, name) for book, name in zip(books, (old, new), strict=True)]
        if all(cuts is not None for cuts in dates):
            cuts = tuple(sorted({*(dates[0] or ()), *(dates[1] or ())}))
            shared = segments(cuts)
            parts = [_split(own or (), cuts) for own in dates]
            renamed: Mapping[str, str] = {}
        elif any(cuts is not None for cuts in dates):
            return False
        else:
            names = self.matching.answers(old) if old in books[0].facts else {one: one for one in old_options}
            shared = tuple(one for one in new_options if one in {names[other] for other in old_options})
            parts = [[(names[one],) for one in old_options], [(one,) for one in new_options]]
            renamed = {new_name: old_name for old_name, new_name in names.items() if new_name != old_name}
        if len(shared) < 2:
            return False
        index = self.statements.variable(new, shared)
        variable = self.statements.variables[index]
        for is_old, name, options in ((True, old, parts[0]), (False, new, parts[1])):
            masks = [variable.mask(part for part in group if part in shared) for group in options]
            self._masks[is_old, name] = index, masks
        self.questions[new] = Question(old, new, renamed)
        return True


def _options(rulebook: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The variables of a rulebook that stand for themselves, with their options."""
    repeating = set(map(told, rulebook.told))
    return ((one.name, one.options) for one in rulebook.statements.variables if one.name not in repeating)


def _cuts(rulebook: Rulebook, name: str) -> tuple[str, ...] | None:
    """The days at which a variable divides time; None if it is no date."""
    if name == AS_OF:
        return rulebook.as_of_cuts
    fact = rulebook.facts.get(name)
    return fact.cuts if fact and fact.kind == "date" else None


def _split(own: tuple[str, ...], cuts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """For each stretch between the cuts of one rulebook the stretches between those of both."""
    ends = ["", *own, "9999"]
    return [stretches(cuts, start, stop) for start, stop in pairwise(ends)]


class _Side:
    """The statements of one of the two rulebooks, written in the table."""

    def __init__(self, merged: Merged, rulebook: Rulebook, is_old: bool) -> None:
        self.merged = merged
        self.rulebook = rulebook
        self.is_old = is_old
        self._known: dict[int, int] = {}
        #: What answers say of deadlines: by the name of the variable, the statement that it repeats.
        self.told = {told(name): missed.statement for name, missed in rulebook.told.items()}

    def made(self, root: int) -> int:
        """A statement of the rulebook as one of the table."""
        for index in self.rulebook.statements.cone([root]):
            if index not in self._known:
                self._known[index] = self._make(index)
        return self._known[root]

    def _make(self, index: int) -> int:
        make, source = self.merged.statements, self.rulebook.statements
        kind = source.kinds[index]
        if kind is Kind.LEAF:
            number, mask = source.parts[index]
            variable, masks = self.merged.place(self.is_old, source.variables[number].name)
            return make.leaf(variable, sum({1 << bit for at in bits(mask) for bit in bits(masks[at])}))
        parts = [self._known[part] for part in source.statements_of(index)]
        if kind is Kind.AT_LEAST:
            return make.at_least(source.parts[index][0], parts)
        if kind in (Kind.ALL, Kind.ANY):
            return (make.all if kind is Kind.ALL else make.any)(parts)
        if kind in (Kind.NEVER, Kind.ALWAYS):
            return make.never() if kind is Kind.NEVER else make.always()
        single = {
            Kind.NOT: make.negation,
            Kind.CLEARLY: make.clearly,
            Kind.ARGUABLY: make.arguably,
            Kind.DISPUTED: make.disputed,
            Kind.CONTESTABLE: make.contestable,
        }
        return single[kind](parts[0])
