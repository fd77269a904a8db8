"""One statement in many lanes, each lane tried in every way in which its entangled answers may turn out.

As in :mod:`pathways.logic.trials`, but there the combinations of one case stand side by side; here cases do as
well. Some variables are split: the lanes stand there once for each thing that such a variable may turn out to be. For
the others an odometer turns in all lanes at once, and in each it goes through what its own answers leave possible. A
lane that has come round, or that can become several things, is done.

Two wheels make one way of turning out:

- *what an answer turns out to be*: one option, and, for an answer that a word about evidence reads, also a dispute
  between several; an answer that is disputed is so in every way;
- *how a court resolves it*: the options of a dispute one after another. What comes out the same whichever way is so;
  else it is disputed. This wheel turns faster.

Words about evidence read the first wheel and everything else the second, so below such a word every variable has a
double.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pathways.logic.exact import Decider
from pathways.logic.lanes import Lanes, Planes, any_plane
from pathways.logic.many import BLOCK, Program
from pathways.logic.statements import EVIDENCE_WORDS, Kind, Statements
from pathways.logic.structure import bits

#: A variable with more classes of options than this below a word about evidence has too many disputes to be tried.
MOST_CLASSES = 4


class NotAlikeError(Exception):
    """A statement that cannot be tried lane beside lane: a word about evidence stands over entangled variables."""


class _Tried(NamedTuple):
    """A variable that is tried: its classes of options (masks), and what it may turn out to be (places of classes)."""

    variable: int
    double: int | None
    classes: tuple[int, ...]
    states: tuple[tuple[int, ...], ...]


class EveryWay:
    """Tries some variables of one statement in every way.

    ``tried`` are the variables without which plain evaluation is exact. Raises :class:`NotAlikeError`.
    """

    def __init__(self, decider: Decider, root: int, tried: Iterable[int]) -> None:
        structure = decider.structure
        reach = structure.reach[root]
        statements, self.root, self.doubles = _with_doubles(decider, root)
        self.program = Program(statements, (self.root,))
        self.variables = decider.variables_of(root)
        self.tried: list[_Tried] = []
        for variable in dict.fromkeys(tried):
            everything = structure.statements.variables[variable].everything
            classes = tuple(structure.classes(reach.leaves, variable, everything))
            sizes = range(1, 2)
            if variable in self.doubles:
                if len(classes) > MOST_CLASSES:
                    raise NotAlikeError
                sizes = range(1, len(classes) + 1)
            states = tuple(state for size in sizes for state in combinations(range(len(classes)), size))
            self.tried.append(_Tried(variable, self.doubles.get(variable), classes, states))

    def become(self, lanes: Lanes, where: int, steps: int, split: bool) -> tuple[Planes, int]:
        """What the statement was found to become in some lanes, and those of them in which that may not be all.

        Those are the lanes that had not come round after so many ``steps``. With ``split``, variables are split while
        there is room in a block.
        """
        width = lanes.width
        opened = {one: _in_several(_possible(lanes, one)) & where for one in self.tried}
        # What is open in most lanes is split first: it makes most of the combinations.
        turning = sorted(filter(opened.get, self.tried), key=lambda one: -opened[one].bit_count())
        active, copies = where, 1
        to_resolve = []
        while split and turning and lanes.width * (len(turning[0].states) + 1) <= BLOCK:
            before, one = lanes.width, turning.pop(0)
            lanes, active = _split(lanes, active, one)
            copies *= lanes.width // before
            if lanes.disputed[one.variable]:
                to_resolve.append(one)
        turning += to_resolve
        planes, left = self._turned(lanes, active, turning, steps)
        no, half, yes, left = (_folded(plane, width, copies) for plane in (*planes, left))
        return (no, half, yes), left & ~_in_several((no, half, yes))

    def _turned(self, lanes: Lanes, active: int, turning: Sequence[_Tried], steps: int) -> tuple[Planes, int]:
        full = lanes.full
        odometer = [_Wheels(one, lanes) for one in turning]
        options, disputed = dict(lanes.options), dict(lanes.disputed)
        for variable, double in self.doubles.items():
            options[double], disputed[double] = options[variable], disputed[variable]
        no = half = yes = 0
        all_no = all_yes = only_no = only_yes = full
        for _ in range(steps):
            for wheels in odometer:
                wheels.show(options, disputed)
            found_no, found_half, found_yes = self.program.evaluate(Lanes(lanes.width, options, disputed))[self.root]
            all_no, all_yes = all_no & found_no, all_yes & found_yes
            only_no, only_yes = only_no & ~(found_half | found_yes), only_yes & ~(found_half | found_no)
            come_round = full
            for wheels in odometer:
                come_round = wheels.resolve(come_round)
            # Every resolution was tried: now it is known what this way of turning out makes of the statement.
            here = come_round & active
            no, half, yes = no | all_no & here, half | ~only_no & ~only_yes & here, yes | all_yes & here
            all_no, all_yes, only_no, only_yes = all_no | here, all_yes | here, only_no | here, only_yes | here
            done = come_round
            for wheels in odometer:
                done = wheels.turn_out(done)
            active &= ~(done | no & half | no & yes | half & yes)
            if not active:
                break
        return (no, half, yes), active


class _Wheels:
    """The two wheels of one variable in every lane.

    ``_state[s]`` has the lanes in which it turns out to be state *s*, ``_given`` those in which it is disputed as
    given; ``_among[c]`` those in which class *c* is one of those it turned out to be, ``_now[c]`` those in which it is
    resolved to that.
    """

    def __init__(self, tried: _Tried, lanes: Lanes) -> None:
        self.tried = tried
        self._size = len(lanes.options[tried.variable])
        self._classes = _possible(lanes, tried)
        self._given = lanes.disputed[tried.variable]
        free = lanes.full & ~self._given
        self._can_be = [_every(self._classes, state) & free for state in tried.states]
        self._state = _first(self._can_be, free)
        self._now = [0] * len(self._classes)
        self._begin(lanes.full)

    def _begin(self, where: int) -> None:
        """Begin to resolve what it turned out to be, in some lanes."""
        self._among = [self._given & plane for plane in self._classes]
        for state, lanes in zip(self.tried.states, self._state, strict=True):
            for place in state:
                self._among[place] |= lanes
        begun = _first(self._among, where)
        self._now = [plane & ~where | first for plane, first in zip(self._now, begun, strict=True)]
        self._changed = True

    def resolve(self, carry: int) -> int:
        """Go on to the next resolution in some lanes; those that have come round to the first."""
        several = carry and _in_several(self._among) & carry
        if not several:
            return carry
        self._now, around = _next(self._now, self._among, several)
        self._changed = True
        return carry & ~several | around

    def turn_out(self, carry: int) -> int:
        """Go on to the next thing it may turn out to be in some lanes; those that have come round to the first."""
        turned = carry & ~self._given
        if not turned:
            return carry
        self._state, around = _next(self._state, self._can_be, turned)
        self._begin(carry)
        return carry & self._given | around

    def show(self, options: dict[int, Sequence[int]], disputed: dict[int, int]) -> None:
        """Write what it is now where the evaluation reads it."""
        if not self._changed:
            return
        variable, double, classes, _ = self.tried
        options[variable], disputed[variable] = _laid_out(self._now, classes, self._size), 0
        if double is not None:
            options[double] = _laid_out(self._among, classes, self._size)
            disputed[double] = _in_several(self._among)
        self._changed = False


def _split(lanes: Lanes, active: int, tried: _Tried) -> tuple[Lanes, int]:
    """The lanes once more for each thing that a variable may turn out to be, and those of them that are so."""
    width, variable = lanes.width, tried.variable
    classes, given = _possible(lanes, tried), lanes.disputed[variable]
    size = len(lanes.options[variable])
    copies = [(given, [plane & given for plane in classes], given)] if given else []
    for state in tried.states:
        if where := _every(classes, state) & lanes.full & ~given:
            planes = [where if place in state else 0 for place in range(len(classes))]
            copies.append((where, planes, where if len(state) > 1 else 0))
    again = sum(1 << width * at for at in range(len(copies)))
    options: dict[int, Sequence[int]] = {
        other: [plane * again for plane in planes] for other, planes in lanes.options.items() if other != variable
    }
    disputed = {other: plane * again for other, plane in lanes.disputed.items()}
    put = [
        sum(planes[place] << width * at for at, (_, planes, _) in enumerate(copies)) for place in range(len(classes))
    ]
    options[variable] = _laid_out(put, tried.classes, size)
    disputed[variable] = sum(plane << width * at for at, (_, _, plane) in enumerate(copies))
    active &= lanes.full
    wanted = sum((active & where) << width * at for at, (where, _, _) in enumerate(copies))
    return Lanes(width * len(copies), options, disputed), wanted


def _folded(plane: int, width: int, copies: int) -> int:
    """The lanes that have a bit in one of the copies."""
    full, found = (1 << width) - 1, 0
    for at in range(copies):
        found |= plane >> width * at & full
    return found


def _possible(lanes: Lanes, tried: _Tried) -> list[int]:
    """For each class of a variable's options, the lanes in which one of them is possible."""
    return [_any_of(lanes.options[tried.variable], mask) for mask in tried.classes]


def _first(planes: Sequence[int], where: int) -> list[int]:
    """The first of several planes that has each lane."""
    found = []
    for plane in planes:
        found.append(plane & where)
        where &= ~plane
    return found


def _next(now: Sequence[int], possible: Sequence[int], where: int) -> tuple[list[int], int]:
    """From one plane to the next that has each lane, in some lanes; and the lanes that begin again with the first."""
    found = []
    waiting = 0
    for plane, can_be in zip(now, possible, strict=True):
        found.append(plane & ~where | waiting & can_be)
        waiting = waiting & ~can_be | plane & where
    if waiting:
        found = [plane | begun for plane, begun in zip(found, _first(possible, waiting), strict=True)]
    return found, waiting


def _laid_out(planes: Sequence[int], classes: Sequence[int], size: int) -> list[int]:
    """Planes of classes as planes of options: one option stands for each class, as nothing tells them apart."""
    found = [0] * size
    for mask, plane in zip(classes, planes, strict=True):
        found[next(bits(mask))] = plane
    return found


def _in_several(planes: Sequence[int]) -> int:
    """The lanes that two planes or more have."""
    seen = twice = 0
    for plane in planes:
        twice |= seen & plane
        seen |= plane
    return twice


def _any_of(planes: Sequence[int], mask: int) -> int:
    return any_plane(planes[option] for option in bits(mask))


def _every(planes: Sequence[int], places: Iterable[int]) -> int:
    found = -1
    for place in places:
        found &= planes[place]
    return found


def some_of(lanes: Lanes, variables: Iterable[int], picked: Callable[[int], int], width: int) -> Lanes:
    """Some variables in some lanes of a block."""
    # Most answers are there in every lane or in none.
    full = (1 << width) - 1
    alike = {0: 0, lanes.full: full}

    def some(plane: int) -> int:
        found = alike.get(plane)
        return picked(plane) if found is None else found

    options: dict[int, Sequence[int]] = {}
    for variable in variables:
        *others, last = lanes.options[variable]
        found = [some(plane) for plane in others]
        # Where all is answered, the last option is there where no other is.
        answered = last == lanes.full ^ any_plane(others)
        found.append(full ^ any_plane(found) if answered else some(last))
        options[variable] = found
    return Lanes(width, options, {variable: some(lanes.disputed[variable]) for variable in options})


def _with_doubles(decider: Decider, root: int) -> tuple[Statements, int, dict[int, int]]:
    """The statement over variables that have a double wherever a word about evidence reads them.

    Gives the statements, the statement's number among them, and the doubles by variable.
    """
    statements, structure = decider.statements, decider.structure
    reach = structure.reach[root]
    if not reach.evidence:
        return statements, root, {}
    made = Statements(statements.variables)
    doubles = {
        variable: made.variable(f"{statements.variables[variable].name} (evidence)", _options_of(statements, variable))
        for variable in structure.variables_below(reach.evidence)
    }
    cone = statements.cone((root,))
    below = set(statements.cone(part for index in cone for part in _read_by_a_word(statements, index)))
    beside: dict[int, int] = {}
    under: dict[int, int] = {}
    for index in cone:
        if statements.kinds[index] in EVIDENCE_WORDS and structure.suspects[statements.parts[index][0]]:
            raise NotAlikeError
        beside[index] = _copy(statements, index, made, beside, under, {})
        if index in below:
            under[index] = _copy(statements, index, made, under, under, doubles)
    return made, beside[root], doubles


def _read_by_a_word(statements: Statements, index: int) -> tuple[int, ...]:
    return statements.parts[index] if statements.kinds[index] in EVIDENCE_WORDS else ()


def _copy(
    statements: Statements,
    index: int,
    made: Statements,
    parts_made: Mapping[int, int],
    below_words: Mapping[int, int],
    doubles: Mapping[int, int],
) -> int:
    """One statement made anew from parts that were; what a word about evidence reads is taken from ``below_words``."""
    kind, parts = statements.kinds[index], statements.parts[index]
    if kind is Kind.LEAF:
        variable, mask = parts
        return made.leaf(doubles.get(variable, variable), mask)
    if kind in (Kind.NEVER, Kind.ALWAYS):
        return index
    if kind in EVIDENCE_WORDS:
        word = {Kind.CLEARLY: made.clearly, Kind.ARGUABLY: made.arguably, Kind.DISPUTED: made.disputed}[kind]
        return word(below_words[parts[0]])
    if kind is Kind.AT_LEAST:
        return made.at_least(parts[0], [parts_made[part] for part in parts[1:]])
    if kind is Kind.NOT:
        return made.negation(parts_made[parts[0]])
    if kind is Kind.CONTESTABLE:
        return made.contestable(parts_made[parts[0]])
    join = made.all if kind is Kind.ALL else made.any
    return join([parts_made[part] for part in parts])


def _options_of(statements: Statements, variable: int) -> tuple[str, ...]:
    return statements.variables[variable].options
