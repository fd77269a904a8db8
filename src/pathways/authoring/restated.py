"""A rulebook stated anew, with one thing in it changed: what a mutant is, and what a condition forced to an answer is.

Rules are not read again. Conditions keep the form in which they were written, so that their statements can be made
from them once more, for a few avenues alone and into a small table of their own (:class:`Stated`). Of a change only
what stands above it is made anew (:meth:`Stated.with_change`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

from pathways.logic import Kind, Statements
from pathways.record import of_values, replaced
from pathways.rulebook import Rulebook, weigh
from pathways.rulebook.clock import Clock
from pathways.rulebook.model import (
    Avenue,
    Claim,
    Condition,
    Deadline,
    Element,
    Finding,
    Hurdle,
    Leaning,
    Remark,
    Stage,
    Wait,
)

_HOLDING = frozenset({Condition, Element, Hurdle, Leaning, Deadline, Clock, Wait, Stage, Remark})

#: Makes the condition that stands in for another, whose parts were already stated anew.
Change = Callable[[Statements, Condition], Condition]


def walk(condition: Condition) -> Iterator[Condition]:
    """A condition and everything below it, as it is written."""
    yield condition
    for part in condition.parts:
        yield from walk(part)


def joined(make: Statements, condition: Condition, parts: tuple[Condition, ...]) -> Condition:
    """A condition with other parts, which were stated anew."""
    below = [part.statement for part in parts]
    op = condition.op
    if op in ("all", "any"):
        statement = make.all(below) if op == "all" else make.any(below)
    elif op == "at_least":
        statement = make.at_least(condition.count, below)
    else:
        statement = {
            "not": make.negation,
            "clearly": make.clearly,
            "arguably": make.arguably,
            "disputed": make.disputed,
            "contestable": make.contestable,
        }[op](below[0])
    return replaced(condition, statement=statement, parts=parts)


class Stated:
    """Some avenues, findings and claims of a rulebook, with the findings they use, in a small table.

    ``rulebook`` is a rulebook of these alone, in which a case comes out for them as in the whole one.
    """

    def __init__(
        self,
        whole: Rulebook,
        avenues: Collection[str] = (),
        findings: Collection[str] = (),
        claims: Collection[str] = (),
    ) -> None:
        self.whole = whole
        self._wanted = tuple(avenues), tuple(findings), tuple(claims)
        #: What each value that holds a condition became, by its identity in the whole rulebook; and what it stands in.
        self._made: dict[int, Any] = {}
        self._above: dict[int, list[int]] = {}
        work = _Work(whole, Statements(whole.statements.variables), self._made, self._above)
        self.rulebook = work.rulebook(*self._wanted)
        self._wanted = tuple(self.rulebook.avenues), *self._wanted[1:]

    def of(self, condition: Condition) -> Condition:
        """What a condition of the whole rulebook is here."""
        return cast("Condition", self._made.get(id(condition), condition))

    def with_change(self, target: Condition, change: Change) -> Rulebook:
        """The same with ``target`` (that very value, not one equal to it) replaced by what ``change`` makes of it."""
        touched: set[int] = set()
        waiting = [id(target)]
        while waiting:
            one = waiting.pop()
            if one not in touched:
                touched.add(one)
                waiting += self._above.get(one, ())
        table = self.rulebook.statements
        make = Statements(table.variables, table.kinds, table.parts)
        kept = {key: value for key, value in self._made.items() if key not in touched}
        return _Work(self.whole, make, kept, {}, target, change).rulebook(*self._wanted)

    def with_avenue(self, avenue: Avenue) -> Rulebook:
        """The same with another avenue in place of the one of its name."""
        table, replaces = self.rulebook.statements, id(self.whole.avenues[avenue.id])
        whole = replaced(self.whole, avenues={**self.whole.avenues, avenue.id: avenue})
        kept = {key: value for key, value in self._made.items() if key != replaces}
        make = Statements(table.variables, table.kinds, table.parts)
        return _Work(whole, make, kept, {}).rulebook(*self._wanted)


class _Work:
    def __init__(
        self,
        whole: Rulebook,
        make: Statements,
        made: dict[int, Any],
        above: dict[int, list[int]],
        target: Condition | None = None,
        change: Change | None = None,
    ) -> None:
        self.whole, self.make, self.made, self.above = whole, make, made, above
        self.target, self.change = target, change
        self.findings: dict[str, Finding] = {}
        self.copies: dict[int, int] = {}

    def rulebook(self, avenues: Collection[str], findings: Collection[str], claims: Collection[str]) -> Rulebook:
        whole = self.whole
        kept = {name: self.avenue(whole.avenues[name]) for name in avenues}
        if self.target is None:
            # A clock stands in its avenue, and another avenue may ask whether it is over.
            while missing := self._clocked() - kept.keys():
                kept.update({name: self.avenue(whole.avenues[name]) for name in sorted(missing)})
        told = {name: cast("Claim", self.inside(whole.claims[name])) for name in claims}
        for name in findings:
            self.finding(name)
        # In the order of the whole, which an assessment keeps.
        found = {
            name: self.inside(whole.findings[name]) for name in whole.findings if id(whole.findings[name]) in self.made
        }
        return replaced(
            whole,
            avenues=kept,
            findings=found,
            claims=told,
            statements=self.make,
            tests_of={name: tuple(one for one in whole.tests_of[name] if one in found) for name in kept},
            found=None,
        )

    def _clocked(self) -> set[str]:
        asked = (one for one in self.made.values() if type(one) is Condition and one.op == "passed")
        return {one.name.partition("/")[0] for one in asked}

    def finding(self, name: str) -> Finding:
        return cast("Finding", self.inside(self.whole.findings[name]))

    def avenue(self, avenue: Avenue) -> Avenue:
        found = self.made.get(id(avenue))
        if found is None:
            make = self.make
            found = cast("Avenue", self._inside(avenue))
            deadlines = tuple(
                replaced(one, missed=weigh.missed(make, one.clock, one.missed_when, one.applies_when))
                for one in found.deadlines
            )
            components = weigh.components(make, found.requires, found.hurdles, deadlines)
            found = self.made[id(avenue)] = replaced(
                found,
                deadlines=deadlines,
                waits=tuple(replaced(one, over=weigh.over(make, one.clock)) for one in found.waits),
                components=components,
                value=make.all(components.values()),
            )
        return cast("Avenue", found)

    def inside(self, value: Any) -> Any:
        """A value with every condition in it stated anew."""
        found = self.made.get(id(value))
        if found is None:
            found = self.condition(value) if type(value) is Condition else self._inside(value)
            if found is not value:
                self.made[id(value)] = found
        return found

    def _inside(self, value: Any) -> Any:
        parts = []
        for part in value:
            if type(part) in _HOLDING or (type(part) is tuple and part and type(part[0]) in _HOLDING):
                new = self.inside(part)
                if new is not part:
                    self.above.setdefault(id(part), []).append(id(value))
                parts.append(new)
            else:
                parts.append(part)
        if all(new is old for new, old in zip(parts, value, strict=True)):
            return value
        return tuple(parts) if type(value) is tuple else of_values(type(value), parts)

    def condition(self, condition: Condition) -> Condition:
        if condition.parts:
            for part in condition.parts:
                self.above.setdefault(id(part), []).append(id(condition))
            made = joined(self.make, condition, tuple(self.inside(part) for part in condition.parts))
        elif condition.op == "finding":
            finding = self.whole.findings[condition.name]
            self.above.setdefault(id(finding), []).append(id(condition))
            made = replaced(condition, statement=self.finding(condition.name).holds_when.statement)
        else:
            made = replaced(condition, statement=self._copied(condition.statement))
        return self.change(self.make, made) if condition is self.target and self.change else made

    def _copied(self, statement: int) -> int:
        """A statement of the whole rulebook's table, such as an answer, in this one."""
        made = self.copies.get(statement)
        if made is None:
            made = self.copies[statement] = self._copy(statement)
        return made

    def _copy(self, statement: int) -> int:
        old, make = self.whole.statements, self.make
        kind, parts = old.kinds[statement], old.parts[statement]
        if kind is Kind.LEAF:
            return make.leaf(*parts)
        below = [self._copied(part) for part in old.statements_of(statement)]
        joins: Mapping[Kind, Callable[[], int]] = {
            Kind.NEVER: make.never,
            Kind.ALWAYS: make.always,
            Kind.NOT: lambda: make.negation(below[0]),
            Kind.ALL: lambda: make.all(below),
            Kind.ANY: lambda: make.any(below),
        }
        return joins[kind]()
