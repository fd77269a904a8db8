"""What very many cases can still become, exactly: for each statement the lanes in which it is settled, and to what.

One case at a time this is :mod:`pathways.logic.exact`; here the same meaning is found for a block of lanes side by
side, in the order of what it costs:

1. Plain evaluation of every lane. It is exact wherever no variable that may be entangled in the statement is left
   open; and "no" or "yes" is exact if the words about evidence stand over parts that are not entangled themselves.
2. A few probes: every open variable that may be entangled is given one of its options in each lane: first the one that
   lifts most, then the one that lifts least. What comes out is something that the lane can become. A lane that can
   become two things is not settled.
3. The lanes that are left are picked out and tried in every combination (:mod:`pathways.logic.every_way`), those with
   many combinations apart from those with few; and of these last each pattern of answers once.
4. What would take too many combinations is asked of the evaluator for one case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from pathways.logic.every_way import EveryWay, NotAlikeError, some_of
from pathways.logic.exact import Decider
from pathways.logic.lanes import Lanes, Planes, any_plane, values_in
from pathways.logic.many import Program
from pathways.logic.statements import EVIDENCE_WORDS
from pathways.logic.structure import bits
from pathways.logic.values import DISPUTED, NO, YES, Answer, ValueSet

#: The probes: in which order the options of each variable are taken, those that lift most standing first.
PROBES = (1, -1)
#: The lanes that are left are tried in so many steps; what is left then in turn in so many, with variables split.
STEPS = 12
SPLIT_STEPS = (64, 256, 1024)
#: Of so many patterns of answers is remembered what each statement can become.
MOST_REMEMBERED = 1 << 13
#: Settled lanes of one value; the last plane is of the lanes that can still become several.
Settled = tuple[int, int, int, int]


class Selection(Protocol):
    """Some lanes of a block, picked out to stand side by side."""

    @property
    def width(self) -> int:
        """How many lanes they are."""

    def picked(self, plane: int) -> int:
        """The bits of a plane in the lanes chosen, side by side."""

    def spread(self, plane: int) -> int:
        """A plane of the lanes chosen, put back in their places."""


class Chosen:
    """The lanes of a block (``width`` wide) in which ``where`` has a bit."""

    def __init__(self, where: int, width: int) -> None:
        self.places = tuple(places_of(where))
        self.width = len(self.places)
        self._whole = width

    def picked(self, plane: int) -> int:
        """The bits of a plane in the lanes chosen, side by side."""
        text = f"{plane:0{self._whole}b}"[::-1]
        return int("".join([text[place] for place in reversed(self.places)]) or "0", 2)

    def spread(self, plane: int) -> int:
        """A plane of the lanes chosen, put back in their places."""
        row = bytearray(b"0" * self._whole)
        for at in places_of(plane):
            row[-1 - self.places[at]] = 49
        return int(row, 2)


def places_of(plane: int) -> list[int]:
    """The numbers of the bits of a long plane (:func:`bits` is quick for short ones)."""
    return [place for place, sign in enumerate(f"{plane:b}"[::-1]) if sign == "1"]


class Outcome(NamedTuple):
    """One statement over all lanes.

    ``settled`` are the lanes in which it is settled to no, disputed, yes, and those in which it is not (four planes,
    one of them for each lane). ``can_be`` are the lanes in which it certainly can become each value: all that it can
    become where it is settled or where ``exact`` has a bit, elsewhere two values at least.
    """

    settled: Settled
    can_be: Planes
    exact: int


class Settler:
    """Settles some statements of a rulebook for blocks of lanes."""

    def __init__(
        self,
        decider: Decider,
        roots: Iterable[int],
        choose: Callable[[int, int], Selection] = Chosen,
    ) -> None:
        self.decider = decider
        self.roots = tuple(dict.fromkeys(roots))
        self.program = Program(decider.statements, self.roots)
        self._choose = choose
        structure = decider.structure
        self._suspects = {
            root: structure.variables_below(structure.suspects[root] & structure.reach[root].leaves)
            for root in self.roots
        }
        self._evidence = {root: structure.variables_below(structure.reach[root].evidence) for root in self.roots}
        self._evidence_is_plain = {root: self._is_plain(root) for root in self.roots}
        self._variables = {root: decider.variables_of(root) for root in self.roots}
        self._ways: dict[int, EveryWay | None] = {}
        #: What each statement can become by the answers that reach it, of those that took many steps.
        self._known: dict[int, dict[int, ValueSet]] = {}
        probed = {variable for root in self.roots for variable in (*self._suspects[root], *self._evidence[root])}
        self._probed = {variable: self._classes(variable) for variable in sorted(probed)}

    def _is_plain(self, root: int) -> bool:
        """Whether every word about evidence below a statement stands over what plain evaluation values exactly."""
        statements, structure = self.decider.statements, self.decider.structure
        return all(
            not structure.suspects[statements.parts[index][0]]
            for index in statements.cone((root,))
            if statements.kinds[index] in EVIDENCE_WORDS
        )

    def _classes(self, variable: int) -> list[int]:
        """The options of a variable that some statement tells apart, those first that lift most statements most."""
        structure = self.decider.structure
        leaves = any_plane(structure.reach[root].leaves for root in self.roots)
        classes = structure.classes(leaves, variable, structure.statements.variables[variable].everything)
        # How many statements each leaf lifts, less those that it lowers.
        reach = [structure.reach[root] for root in self.roots]
        lifts = [
            (structure.leaves[leaf][1], sum((one.plain >> leaf & 1) - (one.inverted >> leaf & 1) for one in reach))
            for leaf in structure.leaves_of[variable]
        ]
        return sorted(classes, key=lambda options: -sum(lift for mask, lift in lifts if mask & options))

    # -- settling ---------------------------------------------------------------------------------

    def settle(self, lanes: Lanes) -> dict[int, Outcome]:
        """Every statement in every lane."""
        plain = self.program.evaluate(lanes)
        opened = _Opened(lanes)
        outcomes: dict[int, Outcome] = {}
        left: dict[int, int] = {}
        for root in self.roots:
            exact = self._exact(root, lanes, plain[root], opened)
            outcomes[root] = _outcome(_within(plain[root], exact), exact)
            if unproved := lanes.full & ~exact:
                left[root] = unproved
        if left:
            seen = self._probe(lanes, left, opened)
            tried = self._tried(lanes, {root: where & ~_several(seen[root]) for root, where in left.items()})
            for root in left:
                can_be, exact = outcomes[root].can_be, outcomes[root].exact
                outcomes[root] = _outcome(_both(_both(can_be, seen[root]), tried[root]), exact)
        return outcomes

    def _exact(self, root: int, lanes: Lanes, planes: Planes, opened: _Opened) -> int:
        """The lanes in which plain evaluation is known to be exact."""
        no, half, yes = planes
        # What is settled is more than its leaves: an option out of several decides a leaf as well.
        suspect = opened.any_of(self._suspects[root])
        if not suspect:
            return lanes.full
        evidence = opened.any_of(self._evidence[root])
        disputed = 0
        for variable in self._suspects[root]:
            disputed |= lanes.disputed[variable] & opened.of(variable)
        sure = (no & ~half & ~yes) | (yes & ~half & ~no)
        contested = half & ~no & ~yes & ~disputed & ~evidence
        return lanes.full & (~suspect | contested | (sure if self._evidence_is_plain[root] else sure & ~evidence))

    def _probe(self, lanes: Lanes, left: Mapping[int, int], opened: _Opened) -> dict[int, Planes]:
        """For each statement some values that it certainly can become in some lanes."""
        # A dispute is no option to be given: where there is one, what comes out may not be what it becomes.
        sound = {root: where & ~self._disputed(root, lanes, opened) for root, where in left.items()}
        seen: dict[int, Planes] = dict.fromkeys(left, (0, 0, 0))
        for order in PROBES:
            waiting = [root for root in left if sound[root] & ~_several(seen[root])]
            if not waiting:
                break
            options = dict(lanes.options)
            for variable, classes in self._probed.items():
                if opened.of(variable):
                    free = lanes.full & ~lanes.disputed[variable]
                    options[variable] = _one_each(options[variable], classes[::order], free)
            found = self.program.evaluate(Lanes(lanes.width, options, lanes.disputed))
            for root in waiting:
                no, half, yes = (plane & sound[root] for plane in found[root])
                no_before, half_before, yes_before = seen[root]
                seen[root] = no | no_before, half | half_before, yes | yes_before
        return seen

    def _disputed(self, root: int, lanes: Lanes, opened: _Opened) -> int:
        """The lanes in which a variable that may be entangled in a statement is disputed."""
        return any_plane(
            lanes.disputed[variable] & opened.of(variable)
            for variable in {*self._suspects[root], *self._evidence[root]}
        )

    def _tried(self, lanes: Lanes, left: Mapping[int, int]) -> dict[int, Planes]:
        """What each statement can become in the lanes left of it: its value, or two at least."""
        found: dict[int, Planes] = dict.fromkeys(left, (0, 0, 0))
        waiting = {root: where for root, where in left.items() if where}
        if waiting:
            # To pick lanes out takes longer than to try them: it is done once for all statements.
            chosen = self._choose(any_plane(waiting.values()), lanes.width)
            variables = {variable for root in waiting for variable in self._variables[root]}
            some = some_of(lanes, sorted(variables), chosen.picked, chosen.width)
            for root, where in waiting.items():
                found[root] = _spread(chosen, self._tried_alone(root, some, chosen.picked(where)))
        return found

    def _tried_alone(self, root: int, lanes: Lanes, where: int) -> Planes:
        """The same of one statement: in a few steps as they stand, then each pattern of answers alone."""
        ways = self._ways_of(root)
        found: Planes = (0, 0, 0)
        if ways:
            planes, left = ways.become(lanes, where, STEPS, split=False)
            found, where = _within(planes, ~left), left
        return _both(found, self._by_pattern(root, lanes, where)) if where else found

    def _by_pattern(self, root: int, lanes: Lanes, where: int) -> Planes:
        """The same, of lanes that take many steps: where all answers are alike they are tried once, and remembered."""
        chosen = self._choose(where, lanes.width)
        some = some_of(lanes, self._variables[root], chosen.picked, chosen.width)
        patterns = _patterns(some)
        known = self._known.setdefault(root, {})
        if len(known) > MOST_REMEMBERED:
            known.clear()
        new = {pattern: lane for lane, pattern in enumerate(patterns) if pattern not in known}
        if new:
            first = set(new.values())
            planes = self._split(root, some, _plane_of(lane in first for lane in range(some.width)))
            known.update((pattern, values_in(planes, lane)) for pattern, lane in new.items())
        values = [known[pattern] for pattern in patterns]
        no, half, yes = (_plane_of(bool(one & value) for one in values) for value in (NO, DISPUTED, YES))
        return _spread(chosen, (no, half, yes))

    def _split(self, root: int, lanes: Lanes, where: int) -> Planes:
        """The same, with variables split, in more and more steps; at last one lane after another."""
        ways = self._ways_of(root)
        found: Planes = (0, 0, 0)
        for steps in SPLIT_STEPS:
            if not where or not ways:
                break
            chosen = self._choose(where, lanes.width)
            some = some_of(lanes, self._variables[root], chosen.picked, chosen.width)
            planes, left = ways.become(some, some.full, steps, split=True)
            found, where = _both(found, _spread(chosen, _within(planes, ~left))), chosen.spread(left)
        for lane in places_of(where):
            values = self.decider.of(answers_in(lanes, lane)).could_be(root)
            found = _both(found, _planes_of(values, 1 << lane))
        return found

    def _ways_of(self, root: int) -> EveryWay | None:
        if root not in self._ways:
            try:
                self._ways[root] = EveryWay(self.decider, root, (*self._suspects[root], *self._evidence[root]))
            except NotAlikeError:
                self._ways[root] = None
        return self._ways[root]


class _Opened:
    """The lanes in which each variable has more than one option left."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self._found: dict[int, int] = {}

    def of(self, variable: int) -> int:
        """The lanes in which a variable is open."""
        found = self._found.get(variable)
        if found is None:
            seen = found = 0
            for plane in self.lanes.options[variable]:
                found |= seen & plane
                seen |= plane
            self._found[variable] = found
        return found

    def any_of(self, variables: Sequence[int]) -> int:
        """The lanes in which one of some variables is open."""
        return any_plane(map(self.of, variables))


def _one_each(options: Sequence[int], classes: Sequence[int], free: int) -> list[int]:
    """The first class that is possible in each lane that is free: of its options all that are."""
    chosen = [plane & ~free for plane in options]
    left = free
    for mask in classes:
        taken = any_plane(options[option] for option in bits(mask)) & left
        if taken:
            left ^= taken
            for option in bits(mask):
                chosen[option] |= options[option] & taken
    return chosen


def _outcome(can_be: Planes, exact: int) -> Outcome:
    several = _several(can_be)
    no, half, yes = _within(can_be, ~several)
    return Outcome((no, half, yes, several), can_be, exact)


def _several(planes: Planes) -> int:
    """The lanes that two planes have."""
    no, half, yes = planes
    return no & half | no & yes | half & yes


def _within(planes: Planes, where: int) -> Planes:
    no, half, yes = planes
    return no & where, half & where, yes & where


def _both(one: Planes, other: Planes) -> Planes:
    return one[0] | other[0], one[1] | other[1], one[2] | other[2]


def _spread(chosen: Selection, planes: Planes) -> Planes:
    no, half, yes = map(chosen.spread, planes)
    return no, half, yes


def _patterns(lanes: Lanes) -> list[int]:
    """All answers in each lane as one number: where the numbers are equal, so are the answers."""
    planes = [plane for options in lanes.options.values() for plane in options]
    rows = [f"{plane:0{lanes.width}b}" for plane in (*planes, *lanes.disputed.values())]
    return [int("".join(signs), 2) for signs in zip(*rows, strict=True)][::-1]


def _plane_of(lanes: Iterable[bool]) -> int:
    """A plane of the lanes for which something holds, the first of them lowest."""
    return int("".join("1" if holds else "0" for holds in lanes)[::-1], 2)


def _planes_of(values: ValueSet, where: int) -> Planes:
    return where if values & NO else 0, where if values & DISPUTED else 0, where if values & YES else 0


def answers_in(lanes: Lanes, lane: int) -> dict[int, Answer]:
    """The answers in one lane; those that say nothing are left out."""
    found = {}
    for variable, planes in lanes.options.items():
        options = sum((plane >> lane & 1) << option for option, plane in enumerate(planes))
        if options != (1 << len(planes)) - 1 or lanes.disputed[variable] >> lane & 1:
            found[variable] = Answer(options, bool(lanes.disputed[variable] >> lane & 1))
    return found
