"""Sets of changed answers side by side, a lane for each: what an avenue can be with each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, combinations
from operator import or_

from pathways.assessment.view import View
from pathways.logic import Answer, Lanes, evaluate
from pathways.logic.lanes import Planes
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook.model import Avenue


@record
class Change:
    """Another answer: to the question ``fact`` one of ``options``, which all do the same.

    ``fixed`` ones are no matter of evidence: a date, a plain answer that the rules call fixed, or (``fact`` is then a
    clock) what a time limit comes to.
    ``against`` says that what was answered plainly would have to be wrong.
    """

    fact: str
    options: tuple[str, ...]
    fixed: bool = False
    against: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Some changes that times depend on, the case with these, and the sets of other changes to try beside them."""

    timed: tuple[Change, ...]
    view: View
    sets: Sequence[tuple[int, ...]]


def sets_of(facts: Sequence[str], size: int) -> list[tuple[int, ...]]:
    """Every set of so many changes, by number, one to each question."""
    chosen = combinations(range(len(facts)), size)
    return [numbers for numbers in chosen if len({facts[number] for number in numbers}) == size]


class SideBySide:
    """The lanes. ``answers`` are the changes by number, as variable and answer; ``blocks`` name them by these.

    Where a dispute may be more than plain evaluation sees, the answer counts as not known: that leaves more possible,
    never less.
    """

    def __init__(self, avenue: Avenue, answers: Sequence[tuple[int, Answer]], blocks: Sequence[Block]) -> None:
        rulebook = blocks[0].view.rulebook
        structure = rulebook.decider.structure
        self.statements = rulebook.statements
        self.roots = avenue.applies, avenue.value
        self.variables = sorted({one for root in self.roots for one in structure.variables_of(root)})
        entangled = {one for root in self.roots for one in structure.tangled(root)}
        self.answers = answers
        self._known: dict[int, Mapping[Answer, int]] = {}
        self.blocks = blocks
        #: The first lane of each block, and behind them how many lanes there are.
        self.starts = [0, *accumulate(len(block.sets) for block in blocks)]
        # One sign a lane, written as text, since to set the bits of a long integer one by one is slow.
        rows = [bytearray(b"0" * self.width) for _ in answers]
        #: For each variable the lanes in which it is answered so.
        self.lanes: dict[int, dict[Answer, int]] = {one: {} for one in self.variables}
        for at, block in enumerate(blocks):
            for one in self.variables:
                options, disputed = block.view.answers.get(one) or structure.unknown[one]
                given = Answer(options, disputed and one not in entangled)
                self.lanes[one][given] = self.lanes[one].get(given, 0) | self._of_block(at)
            for lane, numbers in enumerate(block.sets, self.starts[at] + 1):
                for number in numbers:
                    rows[number][-lane] = 49
        #: For each change the lanes in which it is made.
        self.changed = [int(row, 2) for row in rows]
        for (one, given), changed in zip(answers, self.changed, strict=True):
            if one in self.lanes:
                for known in self.lanes[one]:
                    self.lanes[one][known] &= ~changed
                self.lanes[one][given] = self.lanes[one].get(given, 0) | changed

    @property
    def width(self) -> int:
        """How many sets there are."""
        return self.starts[-1]

    def _of_block(self, at: int) -> int:
        return ((1 << self.starts[at + 1] - self.starts[at]) - 1) << self.starts[at]

    def at(self, lane: int) -> tuple[Block, tuple[int, ...]]:
        """The set of a lane, and its block."""
        at = bisect_right(self.starts, lane) - 1
        return self.blocks[at], self.blocks[at].sets[lane - self.starts[at]]

    def alike(self, answers: Mapping[int, Answer]) -> int:
        """The lanes in which some variables are answered so."""
        found = (1 << self.width) - 1
        for one, wanted in answers.items():
            found &= self._answered(one).get(wanted, 0)
        return found

    def _answered(self, variable: int) -> Mapping[Answer, int]:
        """The lanes by what a variable is answered in them, without those in which it is not."""
        known = self._known.get(variable)
        if known is None:
            changed = {
                given: lanes for (one, given), lanes in zip(self.answers, self.changed, strict=True) if one == variable
            }
            unchanged = (1 << self.width) - 1 & ~reduce(or_, changed.values(), 0)
            known = self._known[variable] = dict(changed)
            for at, block in enumerate(self.blocks):
                given = block.view.answers.get(variable)
                if given is not None:
                    known[given] = known.get(given, 0) | self._of_block(at) & unchanged
        return known

    def holding(self, numbers: Iterable[int], timed: Iterable[Change]) -> int:
        """The lanes with all of some changes."""
        wanted = set(timed)
        found = sum(self._of_block(at) for at, block in enumerate(self.blocks) if wanted <= set(block.timed))
        for number in numbers:
            found &= self.changed[number]
        return found

    def planes(self, settled: Mapping[int, int] | None = None) -> tuple[Planes, Planes]:
        """What the avenue's two statements can be in each lane.

        With ``settled`` what is not known has these answers (masks of one option), where they are possible.
        """
        settled = settled or {}
        options, disputed = {}, {}
        for one in self.variables:
            planes = [0] * len(self.statements.variables[one].options)
            disputed[one] = 0
            for (mask, is_disputed), lanes in self.lanes[one].items():
                if is_disputed:
                    disputed[one] |= lanes
                for at in bits(mask if is_disputed else mask & settled.get(one, 0) or mask):
                    planes[at] |= lanes
            options[one] = planes
        known = evaluate(self.statements, Lanes(self.width, options, disputed), self.roots)
        return known[self.roots[0]], known[self.roots[1]]

    def at_most(self, planes: tuple[Planes, Planes]) -> tuple[int, int, int]:
        """The lanes in which the avenue may still become open or one for a court, twice, and those in which open."""
        one, other = planes
        court = (one[1] | one[2]) & (other[1] | other[2])
        return court, court, one[2] & other[2]
