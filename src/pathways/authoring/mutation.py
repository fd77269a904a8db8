"""Mutation: which changes of the rules no scenario would notice.

A mutant is noticed if some scenario expects something that does not come out any more. Lanes say, for all scenarios at
once, where what is expected can be another at all; there the case is assessed as always, by the changed rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pathways.assessment import assess
from pathways.authoring.lanes import Planed, differing
from pathways.authoring.mutants import (
    AvenueMutant,
    ConditionMutant,
    DateMutant,
    Mutant,
    avenue_mutants,
    condition_mutants,
    date_mutants,
)
from pathways.authoring.reached import read_by_a_clock
from pathways.authoring.scenarios import Scenarios
from pathways.authoring.telling import Search
from pathways.case import Case
from pathways.case.model import date_segments
from pathways.logic.statements import ALWAYS
from pathways.logic.structure import bits
from pathways.record import record, replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue, Deadline


@record
class Tried:
    """A mutant, the first scenario and expectation that notice it, and what a search for a case came to if none does.

    A mutant that is proved to come out as the rules do in every case is no fault, and is not counted.
    """

    mutant: Mutant
    case: str = ""
    expectation: str = ""
    search: Search | None = None

    @property
    def noticed(self) -> bool:
        """Whether some scenario notices it."""
        return bool(self.case)

    @property
    def same(self) -> bool:
        """Whether it is proved that no case can notice it."""
        return self.search is not None and self.search.proved


def mutation(scenarios: Scenarios, about: str = "") -> list[Tried]:
    """Every mutant, in the order of files and lines. What changes no statement is no mutant.

    With the name of an avenue, ``about``, those alone that concern this one only, and no days.
    """
    trial = _Trial(scenarios)
    tried: list[Tried] = []
    for mutant in condition_mutants(scenarios.rulebook):
        if mutant.written.concerns(about):
            tried += trial.of_condition(mutant)
    tried += [trial.of_avenue(one) for one in avenue_mutants(scenarios.rulebook) if about in ("", one.avenue.id)]
    tried += [trial.of_date(one) for one in date_mutants(scenarios.rulebook) if not about]
    return sorted(tried, key=_order)


def _order(one: Tried) -> tuple[str, int, int, str]:
    place = one.mutant.place
    return place.file, place.line, place.column, one.mutant.what


Noticed = tuple[str, str]
#: So many cases are tried first.
MOST_LATELY = 40


class _Trial:
    def __init__(self, scenarios: Scenarios) -> None:
        self.scenarios = scenarios
        self.rulebook = scenarios.rulebook
        self.planed = Planed(scenarios)
        #: For each avenue the lanes of the cases that noticed something last.
        self._lately: dict[tuple[str, ...], list[int]] = {}
        #: The lanes of the cases that expect something, by what of an avenue or finding they expect.
        self.expecting: dict[tuple[str, ...], int] = {}
        for lane, case in enumerate(scenarios.cases):
            for one in case.expect:
                if one.path[0] != "avenues" or not case.about or one.path[1] in case.about:
                    self.expecting[one.path] = self.expecting.get(one.path, 0) | 1 << lane

    def of_condition(self, mutant: ConditionMutant) -> Iterator[Tried]:
        """The mutant, unless it means the same as what is written."""
        one = mutant.written
        changes = False
        noticed: Noticed | None = None
        alone = [*(("avenues", (name,)) for name in one.avenues), *(("claims", (name,)) for name in one.claims)]
        for kind, names in (("findings", one.findings), *alone):
            if not names or noticed:
                continue
            stated = self.planed.stated(kind, names)
            other = stated.with_change(one.condition, mutant.change)
            if kind == "avenues" and read_by_a_clock(self.rulebook, one, names[0]):
                changes = True
                noticed = self._first(other, self._expecting(kind, names), kind, names)
                continue
            changes = changes or _roots(stated.rulebook) != _roots(other)
            for lanes in self._otherwise(kind, names, stated.rulebook, other):
                noticed = noticed or self._first(other, lanes, kind, names)
        if changes:
            yield Tried(mutant, *(noticed or ("", "")))

    def of_avenue(self, mutant: AvenueMutant) -> Tried:
        """A mutant of a hurdle or deadline."""
        name = mutant.avenue.id
        other = self.planed.stated("avenues", (name,)).with_avenue(mutant.avenue)
        noticed = self._first(other, self._expecting("avenues", (name,)), "avenues", (name,))
        return Tried(mutant, *(noticed or ("", "")))

    def of_date(self, mutant: DateMutant) -> Tried:
        """A mutant of a day on which law begins or ends."""
        for case in self.scenarios.cases:
            given = case.answers.get(mutant.fact)
            days = (case.as_of,) if not mutant.fact else given.options if given else ()
            if any(_stretch(mutant.before, day) != _stretch(mutant.after, day) for day in days):
                found = _unmet(mutant.rulebook, case)
                if found:
                    return Tried(mutant, case.file, found)
        return Tried(mutant)

    def _expecting(self, kind: str, names: Sequence[str]) -> int:
        lanes = 0
        for path, mask in self.expecting.items():
            if path[0] == kind and path[1] in names:
                lanes |= mask
        return lanes

    def _otherwise(self, kind: str, names: Sequence[str], before: Rulebook, after: Rulebook) -> Iterator[int]:
        """The lanes in which something expected can come out otherwise: first where it does by plain evaluation.

        Then those in which that may be too wide: a question reaches a statement in several ways, which is open.
        """
        old, new = self.planed.both(before, after)
        expected = [(path, mask) for path, mask in self.expecting.items() if path[0] == kind and path[1] in names]
        pairs = [
            (one, other, mask)
            for path, mask in expected
            for one, other in zip(_read_by(before, path), _read_by(after, path), strict=True)
            if one != other
        ]
        lanes = 0
        for one, other, mask in pairs:
            lanes |= mask & differing(old[one], new[other])
        yield lanes
        doubtful = 0
        for one, other, mask in pairs:
            if _open(new[other]) & mask & ~lanes:
                suspects = before.decider.structure.suspects[one] | after.decider.structure.suspects[other]
                doubtful |= mask & _open(new[other]) if suspects else 0
        yield doubtful & ~lanes

    def _first(self, other: Rulebook, lanes: int, kind: str, names: Sequence[str]) -> Noticed | None:
        # What noticed one change of an avenue soon notices another.
        lately = self._lately.setdefault((kind, *names), [])
        first = [lane for lane in lately if lanes >> lane & 1]
        for lane in chain(first, (lane for lane in bits(lanes) if lane not in first)):
            case = self.scenarios.cases[lane]
            expected = tuple(one for one in case.expect if one.path[0] == kind and one.path[1] in names)
            if expected and (found := _unmet(other, replaced(case, expect=expected, about=()))):
                lately[:] = [lane, *(one for one in lately if one != lane)][:MOST_LATELY]
                return case.file, found
        return None


def _stretch(cuts: tuple[str, ...], day: str) -> tuple[str, ...]:
    """The stretches of time in which a day may lie, by their number."""
    return date_segments(cuts, day, tuple(map(str, range(len(cuts) + 1))))


def _open(planes: tuple[int, int, int]) -> int:
    """The lanes in which plain evaluation may be too wide: what is not just yes or just no."""
    no, half, yes = planes
    return half | no & yes


def _unmet(rulebook: Rulebook, case: Case) -> str:
    """The first expectation that does not come out, or an empty string."""
    checked = assess(rulebook, case).checked
    return next((check.path for check in checked if not check.met), "")


def _read_by(rulebook: Rulebook, path: tuple[str, ...]) -> tuple[int, ...]:
    """The statements that an expectation is held against."""
    if path[0] == "findings":
        return (rulebook.findings[path[1]].holds_when.statement,)
    if path[0] == "claims":
        told = rulebook.claims[path[1]].in_this_case
        return tuple(one.when.statement for one in told if one.when and one.id == path[-1])
    avenue = rulebook.avenues[path[1]]
    what, *name = path[2:]
    if what == "elements":
        return tuple(one.when.statement for one in avenue.requires if one.id in name)
    if what == "hurdles":
        hurdles = (one.arises_when.statement for one in avenue.hurdles if one.id in name)
        return (*hurdles, *(one.missed for one in avenue.deadlines if one.id in name))
    if what == "deadlines":
        return tuple(one for deadline in avenue.deadlines if deadline.id in name for one in asked_by(deadline))
    if what == "leans":
        leanings = (one for hurdle in avenue.hurdles if hurdle.id in name for one in hurdle.leans)
        return tuple(one.when.statement if one.when else 1 for one in leanings)
    if what == "stage":
        return tuple(one.done_when.statement for one in avenue.stages if one.done_when)
    if what == "remarks":
        remarks = (*avenue.cautions, *avenue.steps, *avenue.not_hurdles)
        return tuple(one.when.statement for one in remarks if one.id in name and one.when)
    return (avenue.applies, avenue.value, *avenue.components.values())


def asked_by(deadline: Deadline) -> Iterator[int]:
    """The statements that say how a deadline stands: that it was missed, concerns the case, runs, and was met."""
    clock = deadline.clock
    asked = (deadline.applies_when, clock and clock.starts_when, clock and clock.met_when)
    yield from (deadline.missed, *(one.statement if one else ALWAYS for one in asked))


def _roots(rulebook: Rulebook) -> list[tuple[int, ...]]:
    """Every statement that something shown comes from."""
    found = [(one.holds_when.statement,) for one in rulebook.findings.values()]
    remarks = [one for claim in rulebook.claims.values() for one in claim.in_this_case]
    told = [(one.when.statement,) for one in remarks if one.when]
    return [*found, *told, *(_shown_of(avenue) for avenue in rulebook.avenues.values())]


def _shown_of(avenue: Avenue) -> tuple[int, ...]:
    conditions = tuple(condition.statement for condition in avenue.conditions)
    return (avenue.value, *avenue.components.values(), *(one.missed for one in avenue.deadlines), *conditions)
