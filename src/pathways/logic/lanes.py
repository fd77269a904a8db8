"""The evaluator: many cases side by side, one bit each, in three planes.

A Python integer holds as many bits as you like, so the same lines assess one case and a million. For every
statement there are three integers: lanes where it can be no, can be disputed, can be yes.

    not x   swaps can-be-no and can-be-yes
    all     no: any part can be no; yes: every part can be yes;
            disputed: every part can be disputed or yes, and one of them can be disputed   (any: the mirror image)

Parts are taken as independent here. Where one variable reaches a statement in several ways that is
too wide a set; :mod:`pathways.logic.exact` narrows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathways.logic.statements import Kind, Statements
from pathways.logic.values import DISPUTED, NO, YES, Answer, ValueSet
from pathways.record import record

#: One statement over all lanes: (can be no, can be disputed, can be yes).
Planes = tuple[int, int, int]


@record
class Lanes:
    """Answers for ``width`` cases.

    ``options[v][o]`` has a bit for each lane in which option *o* of variable *v* is possible;
    ``disputed[v]`` for each lane in which the possible options are disputed. Every lane has an option.
    """

    width: int
    options: Mapping[int, Sequence[int]]
    disputed: Mapping[int, int]

    @property
    def full(self) -> int:
        """All lanes."""
        return (1 << self.width) - 1

    @classmethod
    def of(cls, statements: Statements, cases: Sequence[Mapping[int, Answer]]) -> Lanes:
        """One lane for each case; a variable that a case leaves out is not known."""
        width = len(cases)
        options: dict[int, list[int]] = {}
        disputed: dict[int, int] = {}
        for index, variable in enumerate(statements.variables):
            # One sign a lane, written as text, since to set the bits of a long integer one by one is slow.
            rows = [bytearray(b"0" * width) for _ in variable.options]
            disputes = bytearray(b"0" * width)
            for lane, case in enumerate(cases, 1):
                answer = case.get(index)
                mask = variable.everything if answer is None else answer.options
                for option, row in enumerate(rows):
                    if mask >> option & 1:
                        row[-lane] = 49
                if answer is not None and answer.disputed:
                    disputes[-lane] = 49
            options[index] = [int(row or b"0", 2) for row in rows]
            disputed[index] = int(disputes or b"0", 2)
        return cls(width, options, disputed)


def leaf_planes(mask: int, options: Sequence[int], disputed: int) -> Planes:
    """One leaf: some possible options are in ``mask`` (inside), some are not (outside), or both."""
    inside = outside = 0
    for index, plane in enumerate(options):
        if mask >> index & 1:
            inside |= plane
        else:
            outside |= plane
    half = inside & outside
    settled = half & disputed
    return outside ^ settled, half, inside ^ settled


def all_of(parts: Sequence[Planes]) -> Planes:
    """The least of the parts."""
    no, half, yes = parts[0]
    not_no = half | yes
    for part_no, part_half, part_yes in parts[1:]:
        no |= part_no
        half |= part_half
        yes &= part_yes
        not_no &= part_half | part_yes
    return no, half & not_no, yes


def any_of(parts: Sequence[Planes]) -> Planes:
    """The greatest of the parts."""
    no, half, yes = parts[0]
    not_yes = half | no
    for part_no, part_half, part_yes in parts[1:]:
        yes |= part_yes
        half |= part_half
        no &= part_no
        not_yes &= part_half | part_no
    return no, half & not_yes, yes


def at_least(count: int, parts: Sequence[Planes], full: int) -> Planes:
    """The ``count``-th greatest of the parts, exactly.

    Keeps, per lane, which pairs (parts that are yes, parts that are at least disputed) can occur, both
    capped at ``count``.
    """
    reach: dict[tuple[int, int], int] = {(0, 0): full}
    for no, half, yes in parts:
        after: dict[tuple[int, int], int] = {}
        for (sure, maybe), lanes in reach.items():
            for pair, plane in (
                ((sure, maybe), no),
                ((sure, min(maybe + 1, count)), half),
                ((min(sure + 1, count), min(maybe + 1, count)), yes),
            ):
                if hit := lanes & plane:
                    after[pair] = after.get(pair, 0) | hit
        reach = after
    result = [0, 0, 0]
    for (sure, maybe), lanes in reach.items():
        result[2 if sure == count else 1 if maybe == count else 0] |= lanes
    return result[0], result[1], result[2]


def clearly(part: Planes) -> Planes:
    """Yes if yes, else no."""
    no, half, yes = part
    return no | half, 0, yes


def arguably(part: Planes) -> Planes:
    """No if no, else yes."""
    no, half, yes = part
    return no, 0, half | yes


def is_disputed(part: Planes) -> Planes:
    """Yes if disputed, else no."""
    no, half, yes = part
    return no | yes, 0, half


def contestable(part: Planes) -> Planes:
    """No if no, else disputed."""
    no, half, yes = part
    return no, half | yes, 0


WORDS = {
    Kind.CLEARLY: clearly,
    Kind.ARGUABLY: arguably,
    Kind.DISPUTED: is_disputed,
    Kind.CONTESTABLE: contestable,
}


_ALL, _ANY, _NOT, _AT_LEAST, _ALWAYS, _NEVER = Kind.ALL, Kind.ANY, Kind.NOT, Kind.AT_LEAST, Kind.ALWAYS, Kind.NEVER


def combine(statements: Statements, order: Iterable[int], full: int, known: dict[int, Planes]) -> None:
    """Add to ``known`` the statements in ``order`` (parts before wholes), none of them a leaf."""
    kinds, parts_of = statements.kinds, statements.parts
    for index in order:
        kind = kinds[index]
        parts = parts_of[index]
        if kind is _ALL:
            known[index] = all_of([known[part] for part in parts])
        elif kind is _ANY:
            known[index] = any_of([known[part] for part in parts])
        elif kind is _NOT:
            no, half, yes = known[parts[0]]
            known[index] = yes, half, no
        elif kind is _AT_LEAST:
            known[index] = at_least(parts[0], [known[part] for part in parts[1:]], full)
        elif kind is _ALWAYS:
            known[index] = 0, 0, full
        elif kind is _NEVER:
            known[index] = full, 0, 0
        else:
            known[index] = WORDS[kind](known[parts[0]])


def evaluate(statements: Statements, lanes: Lanes, wanted: Iterable[int] | None = None) -> dict[int, Planes]:
    """The planes of every statement in ``wanted`` (default: all) and of all that they are made of."""
    order = range(len(statements)) if wanted is None else statements.cone(wanted)
    known: dict[int, Planes] = {}
    wholes = []
    for index in order:
        if statements.kinds[index] is Kind.LEAF:
            variable, mask = statements.parts[index]
            known[index] = leaf_planes(mask, lanes.options[variable], lanes.disputed[variable])
        else:
            wholes.append(index)
    combine(statements, wholes, lanes.full, known)
    return known


def values_in(planes: Planes, lane: int = 0) -> ValueSet:
    """What one lane can still be."""
    no, half, yes = planes
    return NO * (no >> lane & 1) | DISPUTED * (half >> lane & 1) | YES * (yes >> lane & 1)


def any_plane(planes: Iterable[int]) -> int:
    """The lanes that one of some planes has."""
    found = 0
    for plane in planes:
        found |= plane
    return found
