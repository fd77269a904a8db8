"""What would have to be answered differently for an avenue to stand better: all smallest sets of changed answers.

Every set of up to three changes is tried, side by side in lanes. Plain evaluation may leave more possible than there
is, so it only says which sets are worth a look; each of these is then decided exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from pathways.assessment import Assessment, Standing
from pathways.assessment.standings import possible_standings
from pathways.assessment.view import View
from pathways.case import Given
from pathways.explanation.sidebyside import Block, Change, SideBySide, sets_of
from pathways.logic import YES, Answer
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.model import Avenue, Condition

MOST_CHANGES = 3

BETTER = (Standing.OPEN, Standing.CONTESTED)


@record
class Way:
    """Changes that together do it, none to spare, and what the avenue could then become."""

    changes: tuple[Change, ...]
    could_become: tuple[Standing, ...]

    @property
    def rank(self) -> int:
        """How good that is: see :func:`rank`."""
        return rank(self.could_become)

    @property
    def fixed(self) -> bool:
        """Whether part of it can be changed by no evidence."""
        return any(change.fixed for change in self.changes)


@record
class WhyNot:
    """How an avenue stands, the ways to better, the best first, and how it could stand whatever the answers.

    ``at_best`` is what it could become if nothing at all were answered; where that is no better than now it is the law
    that decides, by the elements, hurdles and deadlines ``by_law`` (as ``kind:id``).
    """

    avenue: Avenue
    could_become: tuple[Standing, ...]
    ways: tuple[Way, ...]
    at_best: tuple[Standing, ...]
    by_law: tuple[str, ...]
    tried: int


def rank(could_become: Iterable[Standing]) -> int:
    """How well an avenue stands: 3 open, 2 open or for a court, 1 may still become one of these, 0 none of these."""
    found = set(could_become)
    if found == {Standing.OPEN}:
        return 3
    if found <= set(BETTER):
        return 2
    return 1 if found.intersection(BETTER) else 0


def why_not(assessment: Assessment, avenue: Avenue, most: int = MOST_CHANGES) -> WhyNot:
    """All smallest sets of up to ``most`` changed answers after which an avenue stands better."""
    search = _Search(assessment, avenue, most)
    free = search.view.supposing(dict.fromkeys(search.variables))
    at_best = possible_standings(free.case_values, avenue)
    # Where no answers whatever do better, nothing has to be tried.
    best = 3 if Standing.OPEN in at_best else 2 if Standing.CONTESTED in at_best else 0
    ways = tuple(sorted(search.ways(), key=search.order)) if best > search.now else ()
    by_law: tuple[str, ...] = ()
    if Standing.OPEN not in at_best:
        by_law = tuple(key for key, statement in avenue.components.items() if not free.values(statement) & YES)
    return WhyNot(avenue, possible_standings(search.view.case_values, avenue), ways, at_best, by_law, search.tried)


class _Search:
    def __init__(self, assessment: Assessment, avenue: Avenue, most: int) -> None:
        self.rulebook = assessment.rulebook
        self.case = assessment.case
        self.as_of = assessment.as_of
        self.avenue = avenue
        self.most = most
        self.view = View(self.rulebook, self.case, self.as_of)
        self.now = rank(possible_standings(self.view.case_values, avenue))
        self.tried = 0
        decider = self.rulebook.decider
        reached = {*decider.variables_of(avenue.applies), *decider.variables_of(avenue.value)}
        names = self.rulebook.statements.variables
        as_of = self.rulebook.variables.get(AS_OF)
        #: The variables below the avenue that an answer or a time limit stands for. What a cell says that nobody read
        #: is for no answer to change.
        self.variables = sorted(reached - {as_of, *self.rulebook.repeats, *self.rulebook.cell_variables})
        clocks = [self.rulebook.clocks[names[one].name] for one in reached if names[one].name in self.rulebook.clocks]
        #: The questions on which time limits depend, other than for a date: with these the times are worked out anew.
        self.timing = {
            name
            for clock in clocks
            for name in (
                *clock.facts,
                *self._below(clock.met_when),
                *self._below(self.rulebook.told.get(clock.variable)),
            )
            if self.rulebook.facts[name].kind != "date"
        }
        self.columns = [(clock.table, clock.column) for clock in clocks if clock.table]
        changes = list(self._changes())
        self.everything = sorted(reached)
        self.timed = [change for change in changes if change.fact in self.timing]
        self.others = [change for change in changes if change.fact not in self.timing]
        self.answers = [self._answer(change) for change in self.others]
        self.found: dict[frozenset[Change], Way] = {}
        #: Answers with which nothing better is left, whatever else is answered.
        self.hopeless: list[Mapping[int, Answer]] = []

    def _below(self, condition: Condition | None) -> tuple[str, ...]:
        """The questions that a condition rests on, in itself and in its findings."""
        if condition is None:
            return ()
        variables = self.rulebook.statements.variables
        names = (variables[one].name for one in self.rulebook.decider.variables_of(condition.statement))
        return tuple(name for name in names if name in self.rulebook.facts)

    # -- what can be changed -----------------------------------------------------------------------

    def _changes(self) -> Iterator[Change]:
        """Every other answer to every question, those together that do the same."""
        rulebook, structure = self.rulebook, self.rulebook.decider.structure
        indexes = rulebook.variables
        known = {rulebook.statements.variables[one].name for one in self.variables}
        for name in sorted(known | self.timing, key=lambda name: rulebook.story_order.get(name, len(indexes))):
            index = indexes.get(name)
            if index is None or (name in self.timing and not rulebook.facts[name].table):
                options = rulebook.facts[name].answers
                masks = [1 << at for at in range(len(options))]
            else:
                options = rulebook.statements.variables[index].options
                masks = self._classes(name, structure.classes(self._leaves(), index, (1 << len(options)) - 1))
            given = self.case.answers.get(name)
            plain = given is not None and given.kind == "known"
            fact = rulebook.facts.get(name)
            fixed = fact is None or fact.kind == "date" or (fact.fixed and plain)
            now = self.view.answers.get(index) if index is not None else None
            for mask in masks:
                chosen = tuple(options[at] for at in bits(mask))
                if now is not None and not now.disputed and not now.options & ~mask:
                    continue
                if given is not None and plain and given.options[0] in chosen:
                    continue
                yield Change(name, chosen, fixed, against=plain and not fixed)

    def _leaves(self) -> int:
        reach = self.rulebook.decider.structure.reach
        return reach[self.avenue.applies].leaves | reach[self.avenue.value].leaves

    def _classes(self, name: str, classes: list[int]) -> list[int]:
        """Rows of a table that give time limits of different length apart."""
        fact = self.rulebook.facts.get(name)
        if fact is None or not fact.table or not self.columns or name not in self.timing:
            return classes
        cells = self.rulebook.tables[fact.table].cells
        apart: dict[tuple[object, ...], int] = {}
        for at, mask in enumerate(classes):
            for bit in bits(mask):
                row = cells.get(fact.answers[bit], {})
                lengths = (row.get(column) for table, column in self.columns if table == fact.table)
                says = tuple(
                    (cell.value, cell.checked, cell.start, str(cell.careful), cell.careful_about) if cell else None
                    for cell in lengths
                )
                apart[at, says] = apart.get((at, says), 0) | 1 << bit
        return list(apart.values())

    # -- the search ----------------------------------------------------------------------------------

    def ways(self) -> list[Way]:
        """All sets of changes that do better than each part of them."""
        views: dict[tuple[int, ...], View] = {}
        for size in range(1, self.most + 1):
            blocks = []
            for first in range(size + 1):
                others = sets_of([change.fact for change in self.others], size - first)
                for numbers in sets_of([change.fact for change in self.timed], first) if others else ():
                    if numbers not in views:
                        views[numbers] = self._view([self.timed[number] for number in numbers])
                    blocks.append(Block(tuple(self.timed[number] for number in numbers), views[numbers], others))
            if blocks:
                self._try(blocks)
        return list(self.found.values())

    def _view(self, timed: Iterable[Change]) -> View:
        """The case with some changes that times depend on: what they come to is worked out anew."""
        case = self.case
        for change in timed:
            case = case.with_answer(change.fact, Given.known(change.options[0]))
        return View(self.rulebook, case, self.as_of) if case is not self.case else self.view

    def _try(self, blocks: Sequence[Block]) -> None:
        """Every set of one size; those before it were tried already."""
        side = SideBySide(self.avenue, self.answers, blocks)
        self.tried += side.width
        #: The lanes that may come to rank 1, 2 and 3, without those in which a part of the changes does as much.
        masks = list(side.at_most(side.planes()))
        for way in self.found.values():
            held = side.holding(self._numbers(way), [change for change in way.changes if change in self.timed])
            for at in range(way.rank):
                masks[at] &= ~held
        done = 0
        for answers in self.hopeless:
            done |= side.alike(answers)
        while left := reduce(or_, masks[self.now :]) & ~done:
            lane = (left & -left).bit_length() - 1
            done |= 1 << lane
            block, numbers = side.at(lane)
            view = block.view.supposing(dict(self.answers[number] for number in numbers))
            found = possible_standings(view.case_values, self.avenue)
            whole = frozenset((*block.timed, *(self.others[number] for number in numbers)))
            best = max([self.now, *(way.rank for part, way in self.found.items() if part < whole)])
            if rank(found) > best:
                self.found[whole] = Way(tuple(sorted(whole, key=self._place)), found)
            elif not self.now and not rank(found):
                self.hopeless.append(self._holding_down(view))
                done |= side.alike(self.hopeless[-1])
                continue
            aim = max(at for at, mask in enumerate(masks, 1) if mask >> lane & 1)
            if aim > 1 and rank(found) < aim:
                # What shows that this set does not settle it may show the same of many others.
                _, court, is_open = side.at_most(side.planes(self._refuting(view, aim)))
                masks[1:] = masks[1] & court, masks[2] & is_open

    def _holding_down(self, view: View) -> Mapping[int, Answer]:
        """Of the answers of a case that leave nothing better some that do so alone, and none of them to spare."""
        answers = {one: view.answers[one] for one in self.variables if one in view.answers}

        def hopeless(kept: Sequence[int]) -> bool:
            other = view.supposing(dict.fromkeys(answers.keys() - set(kept)))
            return not rank(possible_standings(other.case_values, self.avenue))

        def least(kept: Sequence[int], left: Sequence[int], more: bool) -> Sequence[int]:
            """Those of ``left`` that are needed beside ``kept``, by halves (QuickXplain)."""
            if more and hopeless(kept):
                return ()
            if len(left) == 1:
                return left
            one, other = left[: len(left) // 2], left[len(left) // 2 :]
            second = least((*kept, *one), other, bool(one))
            first = least((*kept, *second), one, bool(second))
            return (*first, *second)

        return {one: answers[one] for one in least((), tuple(answers), True)}

    def _refuting(self, view: View, aim: int) -> dict[int, int]:
        """Answers (masks of one option) to all that is not known, with which the avenue stands worse than aimed at."""
        chosen: dict[int, int] = {}
        for variable in self.everything:
            options, disputed = view.answers.get(variable) or self.rulebook.decider.structure.unknown[variable]
            if disputed or not options & (options - 1):
                continue
            for at in bits(options):
                other = view.supposing({variable: Answer(1 << at)})
                if any(one not in BETTER[: 4 - aim] for one in possible_standings(other.case_values, self.avenue)):
                    view, chosen[variable] = other, 1 << at
                    break
        return chosen

    def _numbers(self, way: Way) -> list[int]:
        return [number for number, change in enumerate(self.others) if change in way.changes]

    def _answer(self, change: Change) -> tuple[int, Answer]:
        index = self.rulebook.variables[change.fact]
        return index, Answer(self.rulebook.statements.variables[index].mask(change.options))

    # -- the order in which they are shown -------------------------------------------------------------

    def _place(self, change: Change) -> tuple[int, str]:
        return self.rulebook.story_order.get(change.fact, len(self.rulebook.story_order)), change.fact

    def order(self, way: Way) -> tuple[object, ...]:
        """The best first; of these what evidence can show; then the fewest changes, and those against no answer."""
        places = tuple((*self._place(change), change.options) for change in way.changes)
        return -way.rank, way.fixed, len(way.changes), sum(change.against for change in way.changes), places
