"""What holds in every case or in none, though its author hardly meant that: proved, never guessed.

A problem is added only if the solver finds no case in which it is otherwise. What is too wide for it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.authoring.asked import Asked, smallest
from pathways.diagnostics import Place, Problem
from pathways.rulebook import Rulebook
from pathways.rulebook.check import walk
from pathways.rulebook.model import WEIGHING, Avenue, Condition, Hurdle

NOWHERE = Place("rules")
#: Conditions that say no more than one answer, one finding or one time, or are meant to be fixed.
_SINGLE = ("fact", "finding", "as-of", "passed", "always", "never")


def prove(rulebook: Rulebook) -> list[Problem]:
    """Every condition that is always or never so, and everything in an avenue that can never come to be."""
    return list(_Proofs(rulebook).problems())


class _Proofs:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.asked = Asked(rulebook)
        make = self.asked.statements
        self.outermost = list(_outermost(rulebook))
        self.opposite = {
            part.statement: make.negation(part.statement) for _, _, one in self.outermost for part in walk(one)
        }
        avenues = rulebook.avenues.values()
        where = self.asked.where_it_applies
        self.open = {avenue.id: where(avenue, avenue.value) for avenue in avenues}
        self.arises = {
            (avenue.id, hurdle.id): where(avenue, hurdle.arises_when.statement)
            for avenue in avenues
            for hurdle in avenue.hurdles
        }
        self.leaning = {
            (avenue.id, hurdle.id, number): make.all(
                [self.arises[avenue.id, hurdle.id], *_leaning(self, hurdle, number)]
            )
            for avenue in avenues
            for hurdle in avenue.hurdles
            for number in range(len(hurdle.leans))
        }
        self.missed = {
            (avenue.id, deadline.id): where(avenue, deadline.missed)
            for avenue in avenues
            for deadline in avenue.deadlines
            if deadline.clock or (deadline.missed_when and deadline.missed_when.op != "never")
        }

    def never(self, statement: int) -> bool:
        return self.asked.possible.never(statement)

    def problems(self) -> Iterator[Problem]:
        faulty: set[Place | None] = set()
        for what, law, condition in self.outermost:
            found = list(self._parts(condition, what, law, outermost=True))
            if found:
                faulty.add(condition.place)
            yield from found
        for avenue in self.rulebook.avenues.values():
            yield from self._avenue(avenue, faulty)

    def _parts(self, condition: Condition, what: str, law: str, *, outermost: bool = False) -> list[Problem]:
        """What is wrong below a condition; only if nothing is, what is wrong with it as a whole."""
        found = [problem for part in condition.parts for problem in self._parts(part, what, law)]
        if found or condition.op in _SINGLE:
            return found
        place = condition.place or NOWHERE
        whose = what if outermost or what.startswith("a condition") else f"a condition of {what}"
        if self.never(condition.statement):
            if outermost and what.startswith("hurdle"):
                return [Problem("never-arises", f"{what} can never arise", place, law=law)]
            return [Problem("never-true", f"{whose} can never hold", place, law=law)]
        if self.never(self.opposite[condition.statement]):
            help = "write `always` if that is meant" if outermost else "leave it out"
            return [Problem("always-true", f"{whose} always holds", place, help=help, law=law)]
        return []

    def _avenue(self, avenue: Avenue, faulty: set[Place | None]) -> Iterator[Problem]:
        whole = [avenue.applies_when.place] if avenue.applies_when else []
        if faulty.intersection(whole):
            return
        for hurdle in avenue.hurdles:
            if hurdle.arises_when.place in faulty:
                continue
            if hurdle.arises_when.op != "never" and self.never(self.arises[avenue.id, hurdle.id]):
                yield Problem(
                    "never-arises",
                    f"hurdle `{hurdle.id}` can never arise where avenue `{avenue.id}` applies",
                    hurdle.arises_when.place or NOWHERE,
                    law=avenue.title,
                )
            else:
                yield from self._leanings(avenue, hurdle)
        for deadline in avenue.deadlines:
            said = (deadline.missed_when, deadline.applies_when)
            if faulty.intersection(one.place for one in said if one):
                continue
            if (avenue.id, deadline.id) in self.missed and self.never(self.missed[avenue.id, deadline.id]):
                yield Problem(
                    "never-missed",
                    f"deadline `{deadline.id}` can never be missed where avenue `{avenue.id}` applies",
                    deadline.place or NOWHERE,
                    law=avenue.title,
                )
        weighing = [one.when for one in avenue.requires]
        weighing += [one.arises_when for one in avenue.hurdles if one.effect in WEIGHING]
        if not faulty.intersection(one.place for one in weighing) and self.never(self.open[avenue.id]):
            yield self._never_open(avenue)

    def _leanings(self, avenue: Avenue, hurdle: Hurdle) -> Iterator[Problem]:
        for number, leaning in enumerate(hurdle.leans):
            if self.never(self.leaning[avenue.id, hurdle.id, number]):
                place = leaning.when.place if leaning.when else hurdle.place
                yield Problem(
                    "leaning-never-reached",
                    f"leaning {number + 1} of hurdle `{hurdle.id}` is never reached",
                    place or NOWHERE,
                    help="wherever the hurdle arises, one before it holds"
                    if number
                    else "it never holds with the hurdle",
                    law=avenue.title,
                )

    def _never_open(self, avenue: Avenue) -> Problem:
        core = smallest(self.asked, avenue, avenue.components)
        places = dict(_places(avenue))
        hurdles = [name for name in core if name.startswith("hurdle:")]
        also = tuple((places[name], "this") for name in core if name in places)
        if len(core) > 1 and len(hurdles) == len(core):
            listed = " and ".join(f"`{name.partition(':')[2]}`" for name in core)
            message = f"hurdles {listed} contradict: in every case one of them closes avenue `{avenue.id}`"
            return Problem("hurdles-contradict", message, also[0][0], also=also[1:], law=avenue.title)
        return Problem(
            "never-open",
            f"avenue `{avenue.id}` can never be anything but closed",
            avenue.place or NOWHERE,
            also=tuple((place, "this cannot hold with the rest" if len(core) > 1 else "this") for place, _ in also),
            law=avenue.title,
        )


def _places(avenue: Avenue) -> Iterator[tuple[str, Place]]:
    parts: Iterable[tuple[str, str, Place | None]] = (
        *(("element", one.id, one.when.place or one.place) for one in avenue.requires),
        *(("hurdle", one.id, one.arises_when.place or one.place) for one in avenue.hurdles),
        *(("deadline", one.id, one.place) for one in avenue.deadlines),
    )
    yield from ((f"{kind}:{name}", place) for kind, name, place in parts if place)


def _leaning(proofs: _Proofs, hurdle: Hurdle, number: int) -> Iterator[int]:
    """That a leaning of a hurdle is the first that holds."""
    for at, leaning in enumerate(hurdle.leans[: number + 1]):
        if leaning.when:
            yield leaning.when.statement if at == number else proofs.opposite[leaning.when.statement]


def _outermost(rulebook: Rulebook) -> Iterator[tuple[str, str, Condition]]:
    """Every condition that stands in the rules, with what it belongs to and the law it stands under."""
    for finding in rulebook.findings.values():
        yield f"finding `{finding.id}`", finding.title, finding.holds_when
    for avenue in rulebook.avenues.values():
        named = {id(one.when): f"element `{one.id}`" for one in avenue.requires}
        named.update({id(one.arises_when): f"hurdle `{one.id}`" for one in avenue.hurdles})
        for condition in avenue.conditions:
            yield named.get(id(condition), f"a condition of avenue `{avenue.id}`"), avenue.title, condition
    for claim in rulebook.claims.values():
        for remark in claim.in_this_case:
            if remark.when:
                yield f"a condition of claim `{claim.id}`", claim.title, remark.when
