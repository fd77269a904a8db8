"""Coverage: for every condition, whether the scenarios show it to matter on its own, both ways.

A condition is covered if in some scenario it holds, and something that is shown of an avenue (its standing; a hurdle, a
leaning, a stage or a remark that does not bear on the standing) would be otherwise if it alone did not; and in some
scenario it does not hold, and something would be otherwise if it alone did. What never comes to no, because a court has
to say it in every case, counts as not holding where it is disputed. In an avenue that promises never to be open a
hurdle that a court decides cannot change the standing, and is shown by itself. Each place where a condition is written
is looked at for itself, also where the same words stand elsewhere: that one place could be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pathways.assessment.standings import possible_standings
from pathways.assessment.view import View
from pathways.authoring.lanes import Planed, differing
from pathways.authoring.reached import Written, read_by_a_clock, written
from pathways.authoring.scenarios import Scenarios
from pathways.case import Case
from pathways.diagnostics import Place, Problem
from pathways.logic import DISPUTED, NO, Statements, ValueSet
from pathways.logic.lanes import Planes
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.model import WEIGHING, Avenue, Claim, Condition

#: Conditions that no answer changes, and ``not``, which is covered if what stands below it is. Of what stands in
#: ``disputed`` it matters only whether it is, which the word itself is looked at for.
NOT_COUNTED = ("not", "always", "never")
#: What is shown of an avenue, by name: the statements that it comes from.
Shown = Mapping[str, tuple[int, ...]]
STANDING = "standing"
NOWHERE = Place("rules")


@record
class Covered:
    """What the scenarios show of one condition: a case in which it matters that it holds, and one that it does not."""

    written: Written
    holding: str
    failing: str

    @property
    def both(self) -> bool:
        """Whether it is shown to matter both ways."""
        return bool(self.holding and self.failing)


def coverage(scenarios: Scenarios, about: str = "") -> list[Covered]:
    """What the scenarios show of every condition, in the order of files and lines.

    With the name of an avenue, ``about``, of those alone that make a difference to this one only.
    """
    look = _Look(scenarios)
    found = [look.at(one) for one in written(scenarios.rulebook) if _counts(one) and one.concerns(about)]
    return sorted(found, key=lambda one: _order(one.written.condition.place or NOWHERE))


def _counts(one: Written) -> bool:
    """Whether a condition is looked at: not where what stands above or below it says the same."""
    return one.condition.op not in NOT_COUNTED and one.inside != "disputed"


def shown(avenue: Avenue) -> Shown:
    """Everything that is shown of an avenue and comes from a condition."""
    found: dict[str, tuple[int, ...]] = {STANDING: (avenue.applies, avenue.value)}
    never_open = any(one.standing == "never open" and not one.when for one in avenue.promises)
    for hurdle in avenue.hurdles:
        if hurdle.effect not in WEIGHING or (never_open and hurdle.effect == "contests"):
            found[f"hurdle {hurdle.id}"] = (hurdle.arises_when.statement,)
        for number, leaning in enumerate(hurdle.leans):
            if leaning.when:
                found[f"leaning {number} of {hurdle.id}"] = (leaning.when.statement,)
    for deadline in avenue.deadlines:
        found[f"deadline {deadline.id}"] = (deadline.missed,)
        if deadline.applies_when:
            found[f"deadline {deadline.id} applies"] = (deadline.applies_when.statement,)
        if deadline.clock and deadline.clock.starts_when:
            found[f"deadline {deadline.id} starts"] = (deadline.clock.starts_when.statement,)
    for wait in avenue.waits:
        found[f"wait {wait.id}"] = (wait.over,)
        if wait.clock.starts_when:
            found[f"wait {wait.id} starts"] = (wait.clock.starts_when.statement,)
    for stage in avenue.stages:
        if stage.done_when:
            found[f"stage {stage.id}"] = (stage.done_when.statement,)
    for remark in (*avenue.cautions, *avenue.steps, *avenue.not_hurdles):
        if remark.when:
            found[f"remark {remark.id}"] = (remark.when.statement,)
    return found


def fails_as(rulebook: Rulebook, condition: Condition) -> ValueSet:
    """What a condition comes to where it does not hold: disputed, where the rules leave it to a court in every case."""
    return NO if rulebook.decider.nothing_known.could_be(condition.statement) & NO else DISPUTED


def needless(covered: Sequence[Covered]) -> list[Problem]:
    """Reasons in the rules (`uncovered`) for what the scenarios do show: everything below one is shown both ways."""
    below: dict[int, list[Covered]] = {}
    for one in covered:
        if one.written.excuse is not None:
            below.setdefault(id(one.written.excuse), []).append(one)
    return [
        Problem(
            "covered-after-all",
            "the scenarios show this condition both ways, and `uncovered` says that they do not",
            some[0].written.excuse.place or NOWHERE,
            help="leave `uncovered` away, and write the condition alone",
        )
        for some in below.values()
        if all(one.both for one in some) and some[0].written.excuse
    ]


class _Look:
    def __init__(self, scenarios: Scenarios) -> None:
        self.scenarios = scenarios
        self.planed = Planed(scenarios)
        #: The cases in which plain evaluation does not settle a condition, by their lane.
        self._views: dict[int, View] = {}
        #: What was shown before any change, by avenue, case and key.
        self._before: dict[tuple[str, int, str], object] = {}

    def at(self, one: Written) -> Covered:
        no, half, yes = self.scenarios.planes[one.condition.statement]
        failing = fails_as(self.scenarios.rulebook, one.condition)
        fails = no & ~(half | yes) if failing == NO else half & ~(no | yes)
        ways = {True: self.scenarios.lanes.full & ~no, False: fails}
        if self.scenarios.rulebook.decider.structure.suspects[one.condition.statement]:
            # Where plain evaluation leaves no and more, it may be too wide.
            self._add_exactly(one, ways, failing, no & (half | yes))
        found: dict[bool, str] = {}
        for kind, name in (*(("avenues", name) for name in one.avenues), *(("claims", name) for name in one.claims)):
            for holds, lanes in ways.items():
                if holds not in found and lanes:
                    case = self._case(one, kind, name, holds, lanes)
                    if case is not None:
                        found[holds] = case.file
        return Covered(one, found.get(True, ""), found.get(False, ""))

    def _add_exactly(self, one: Written, ways: dict[bool, int], failing: ValueSet, doubtful: int) -> None:
        """Add to the lanes in which a condition holds, or fails, those among the ``doubtful`` in which it does."""
        for lane in bits(doubtful):
            if lane not in self._views:
                case = self.scenarios.cases[lane]
                self._views[lane] = View(self.scenarios.rulebook, case, case.as_of)
            values = self._views[lane].of(one.condition)
            ways[True] |= 0 if values & NO else 1 << lane
            ways[False] |= 1 << lane if values == failing else 0

    def _case(self, one: Written, kind: str, name: str, holds: bool, lanes: int) -> Case | None:
        """The first case in which a condition ``holds`` (or not), and something would be otherwise if it did not."""
        stated = self.planed.stated(kind, (name,))
        before, after = stated.rulebook, stated.with_change(one.condition, never if holds else always)
        old, new = self.planed.both(before, after)
        if kind == "claims":
            lanes &= _told_otherwise(before.claims[name], after.claims[name], old, new)
            return next(iter(self.scenarios.of(lanes)), None)
        lanes &= self.scenarios.assessed[name]
        clocked = read_by_a_clock(self.scenarios.rulebook, one, name)
        # What an avenue shows beside its standing is shown only where it can apply.
        _, applies_half, applies_yes = old[before.avenues[name].applies]
        shown_after = shown(after.avenues[name])
        for key, roots in shown(before.avenues[name]).items():
            found = 0
            for root, root_after in zip(roots, shown_after[key], strict=True):
                found |= differing(old[root], new[root_after])
            found = lanes if clocked else found & lanes
            if key != STANDING:
                found &= applies_half | applies_yes
            for lane in bits(found):
                if self._shown_before(before, name, lane, key) != shown_now(
                    after, self.scenarios.cases[lane], name, key
                ):
                    return self.scenarios.cases[lane]
        return None

    def _shown_before(self, rulebook: Rulebook, name: str, lane: int, key: str) -> object:
        at = name, lane, key
        if at not in self._before:
            self._before[at] = shown_now(rulebook, self.scenarios.cases[lane], name, key)
        return self._before[at]


def always(make: Statements, before: Condition) -> Condition:
    """The condition as one that always holds."""
    return Condition("always", make.always(), place=before.place)


def never(make: Statements, before: Condition) -> Condition:
    """The condition as one that never holds."""
    return Condition("never", make.never(), place=before.place)


def _told_otherwise(before: Claim, after: Claim, old: Sequence[Planes], new: Sequence[Planes]) -> int:
    """The lanes in which something else is said of a claim."""
    found = 0
    for one, other in zip(before.in_this_case, after.in_this_case, strict=True):
        if one.when and other.when:
            found |= differing(old[one.when.statement], new[other.when.statement])
    return found


def shown_now(rulebook: Rulebook, case: Case, name: str, key: str) -> object:
    """What a case shows of an avenue, by one key of :func:`shown`."""
    view = View(rulebook, case, case.as_of)
    avenue = rulebook.avenues[name]
    if key == STANDING:
        return possible_standings(view.case_values, avenue)
    return tuple(view.values(statement) for statement in shown(avenue)[key])


def _order(place: Place) -> tuple[str, int, int]:
    return place.file, place.line, place.column
