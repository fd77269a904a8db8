"""What very many cases can still become, exactly: for each statement the lanes in which it is settled, and to what.

One case at a time this is :mod:`pathways.logic.exact`; here the same meaning is found for a block of lanes side by
side, in the order of what it costs:

1. Plain evaluation of every lane. It is exact wherever no variable that may be entangled in the statement is left
   open; and "no" or "yes" is exact if the words about evidence stand over parts that are not entangled themselves.
2. A few probes: every open variable that may be entangled is given one of its options, at random, in each lane. What
   comes out is something that the lane can become. A lane that can become two things is not settled.
3. The lanes that are left are picked out and tried in every combination (:mod:`pathways.logic.every_way`), those with
   many combinations apart from those with few.
4. What would take too many combinations is asked of the evaluator for one case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple, Protocol

from pathways.logic.every_way import EveryWay, NotAlikeError, some_of
from pathways.logic.exact import Decider
from pathways.logic.lanes import Lanes, Planes
from pathways.logic.many import Program
from pathways.logic.statements import EVIDENCE_WORDS
from pathways.logic.structure import bits
from pathways.logic.values import DISPUTED, NO, YES, Answer, ValueSet

#: So many times a lane is probed before it is tried in every combination.
PROBES = 4
#: So many planes of random bits are thrown for each block.
COINS = 16
#: How the lanes that are left are tried in turn: so many steps, and whether with variables split.
STAGES = ((12, False), (64, True), (256, True), (1024, True))
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
    one of them for each lane). ``plain`` is plain evaluation, ``exact`` the lanes in which that is all it can become.
    """

    settled: Settled
    plain: Planes
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
        self._ways: dict[int, EveryWay | None] = {}
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
        structure = self.decider.structure
        leaves = 0
        for root in self.roots:
            leaves |= structure.reach[root].leaves
        return structure.classes(leaves, variable, structure.statements.variables[variable].everything)

    # -- settling ---------------------------------------------------------------------------------

    def settle(self, lanes: Lanes) -> dict[int, Outcome]:
        """Every statement in every lane."""
        plain = self.program.evaluate(lanes)
        opened = _Opened(lanes)
        outcomes: dict[int, Outcome] = {}
        left: dict[int, int] = {}
        for root in self.roots:
            exact = self._exact(root, lanes, plain[root], opened)
            outcomes[root] = Outcome(_settled(plain[root], exact), plain[root], exact)
            if unproved := lanes.full & ~exact:
                left[root] = unproved
        if left:
            unsettled = self._probe(lanes, left, opened)
            for root, where in left.items():
                found = outcomes[root]
                settled = _added(found.settled, (0, 0, 0, where & unsettled[root]))
                if where := where & ~unsettled[root]:
                    settled = _added(settled, self._tried(root, lanes, where))
                outcomes[root] = Outcome(settled, found.plain, found.exact)
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

    def _probe(self, lanes: Lanes, left: Mapping[int, int], opened: _Opened) -> dict[int, int]:
        """For each statement lanes in which it is certainly not settled."""
        width, full = lanes.width, lanes.full
        unsettled = dict.fromkeys(left, 0)
        seen: dict[int, Planes] = dict.fromkeys(left, (0, 0, 0))
        # A dispute is no option to be given: where there is one, what comes out may not be what it becomes.
        sound = dict.fromkeys(left, full)
        for root in left:
            for variable in {*self._suspects[root], *self._evidence[root]}:
                sound[root] &= ~lanes.disputed[variable]
        if not any(sound[root] & where for root, where in left.items()):
            return unsettled
        random = Random(width)  # noqa: S311 - nothing hangs on it but speed
        thrown = [random.getrandbits(width) for _ in range(COINS)]
        probed = {variable: classes for variable, classes in self._probed.items() if opened.of(variable)}
        for _ in range(PROBES):
            options = dict(lanes.options)
            for variable, classes in probed.items():
                coins = random.sample(thrown, min(len(classes), COINS))
                free = full & ~lanes.disputed[variable]
                options[variable] = _one_each(options[variable], random.sample(classes, len(classes)), free, coins)
            found = self.program.evaluate(Lanes(width, options, lanes.disputed))
            for root in left:
                no, half, yes = found[root]
                no_before, half_before, yes_before = seen[root]
                no, half, yes = no | no_before, half | half_before, yes | yes_before
                seen[root] = no, half, yes
                unsettled[root] |= (no & half | no & yes | half & yes) & sound[root]
        return unsettled

    def _tried(self, root: int, lanes: Lanes, where: int) -> Settled:
        """What a statement is in some lanes, each tried in every combination."""
        if root not in self._ways:
            try:
                self._ways[root] = EveryWay(self.decider, root, (*self._suspects[root], *self._evidence[root]))
            except NotAlikeError:
                self._ways[root] = None
        variables, ways = self.decider.variables_of(root), self._ways[root]
        settled: Settled = (0, 0, 0, 0)
        for steps, split in STAGES if ways else ():
            if not where:
                break
            assert ways is not None
            chosen = self._choose(where, lanes.width)
            planes, left = ways.become(some_of(lanes, variables, chosen.picked, chosen.width), steps, split)
            left = chosen.spread(left)
            no, half, yes = (chosen.spread(plane) for plane in planes)
            settled = _added(settled, _settled((no, half, yes), where & ~left))
            where = left
        for lane in places_of(where):
            values = self.decider.of(answers_in(lanes, lane)).could_be(root)
            settled = _added(settled, _as_settled(values, 1 << lane))
        return settled


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
        found = 0
        for variable in variables:
            found |= self.of(variable)
        return found


def _one_each(options: Sequence[int], classes: Sequence[int], free: int, coins: Sequence[int]) -> list[int]:
    """One class of the possible options in each lane that is free, as coins fall; of a class all that is possible."""
    chosen = [plane & ~free for plane in options]
    left = free
    possible = [(mask, _union(options, mask)) for mask in classes]
    for (mask, plane), coin in (*zip(possible, coins, strict=False), *((one, -1) for one in possible)):
        if taken := plane & left & coin:
            left ^= taken
            for option in bits(mask):
                chosen[option] |= options[option] & taken
    return chosen


def _union(planes: Sequence[int], mask: int) -> int:
    found = 0
    for option in bits(mask):
        found |= planes[option]
    return found


def _settled(planes: Planes, where: int) -> Settled:
    """What planes that are exact in some lanes say of these."""
    no, half, yes = planes
    several = no & half | no & yes | half & yes
    alone = where & ~several
    return no & alone, half & alone, yes & alone, several & where


def _as_settled(values: ValueSet, where: int) -> Settled:
    at = {NO: 0, DISPUTED: 1, YES: 2}.get(values, 3)
    no, half, yes, several = (where if at == place else 0 for place in range(4))
    return no, half, yes, several


def _added(one: Settled, other: Settled) -> Settled:
    return one[0] | other[0], one[1] | other[1], one[2] | other[2], one[3] | other[3]


def answers_in(lanes: Lanes, lane: int) -> dict[int, Answer]:
    """The answers in one lane; those that say nothing are left out."""
    found = {}
    for variable, planes in lanes.options.items():
        options = sum((plane >> lane & 1) << option for option, plane in enumerate(planes))
        if options != (1 << len(planes)) - 1 or lanes.disputed[variable] >> lane & 1:
            found[variable] = Answer(options, bool(lanes.disputed[variable] >> lane & 1))
    return found
