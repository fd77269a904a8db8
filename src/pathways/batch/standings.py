"""Where every avenue stands in every record of a block: exactly what an assessment of each record says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pathways.assessment import Standing
from pathways.assessment.standings import possible_standings
from pathways.batch.bitmaps import ArrowSelection, codes_of, equal, plane_of
from pathways.batch.cells import Cells, Meaning
from pathways.batch.times import Dated, GivenColumn, Times, condition_statements
from pathways.case.model import date_segments
from pathways.deadlines import Days
from pathways.diagnostics import Problem
from pathways.logic import Answer, Lanes
from pathways.logic.lanes import any_plane
from pathways.logic.settle import Outcome, Settled, Settler, answers_in, places_of
from pathways.logic.structure import bits
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.model import Avenue

#: The standings in the order of their codes.
STANDINGS = tuple(Standing)
_CODE = {standing: code for code, standing in enumerate(STANDINGS)}


@record
class Wrong:
    """Cells of one column that are no answer: the rows (a plane), and what is wrong in a row.

    The column of such a problem is counted in the cell.
    """

    fact: str
    rows: int
    problem_in: Callable[[int], Problem]


@record
class Found:
    """What was found of a block: for each avenue the code of its standing in each row, and the cells that are wrong.

    Rows with a wrong cell have standings that mean nothing.
    """

    standings: Mapping[str, pa.Array]
    wrong: Sequence[Wrong]


class Batch:
    """Assesses blocks of records as of one day (ISO date), for some avenues."""

    def __init__(self, rulebook: Rulebook, as_of: str, avenues: Sequence[Avenue]) -> None:
        self.rulebook = rulebook
        self.avenues = tuple(avenues)
        self.cells = Cells(rulebook)
        statements, variables = rulebook.statements, rulebook.variables
        self._fixed: dict[int, Answer] = {}
        if rulebook.as_of_cuts:
            index = variables[AS_OF]
            stretch = date_segments(rulebook.as_of_cuts, as_of, statements.variables[index].options)
            self._fixed[index] = Answer(statements.variables[index].mask(stretch))
        roots = [root for avenue in self.avenues for root in (avenue.value, *_applies(avenue))]
        self._avenues = self._settler(roots)
        said = rulebook.repeats
        self._told = [(index, self._settler([root])) for index, root in said.items()]
        below = {variable for root in (*roots, *said.values()) for variable in rulebook.decider.variables_of(root)}
        days = Days(rulebook)
        clocks = [name for name in rulebook.clocks if variables[name] in below]
        self._times = {name: Times(rulebook, name, as_of, days) for name in clocks}
        conditions = {name: root for name, root in condition_statements(rulebook).items() if name in self._times}
        self._conditions = conditions
        self._condition_settler = self._settler(conditions.values()) if conditions else None
        self._asked = {name for name in conditions for name in self._times[name].asked}
        self._given = {name: GivenColumn() for times in self._times.values() for name in times.columns}
        self._texts: dict[str, _Texts] = {}

    def _settler(self, roots: Iterable[int]) -> Settler:
        return Settler(self.rulebook.decider, roots, ArrowSelection.of)

    def assess(self, columns: Mapping[str, pa.DictionaryArray], width: int) -> Found:
        """Where the avenues stand in ``width`` records; ``columns`` hold the cells of each question as text."""
        lanes, wrong = self.lanes(columns, width)
        outcomes = self._avenues.settle(lanes)
        standings = {avenue.id: codes_of(self._codes(lanes, avenue, outcomes), width) for avenue in self.avenues}
        return Found(standings, wrong)

    def lanes(self, columns: Mapping[str, pa.DictionaryArray], width: int) -> tuple[Lanes, list[Wrong]]:
        """The records as lanes, with what clocks say and the day of assessment; and the cells that are wrong."""
        full = (1 << width) - 1
        options: dict[int, list[int]] = {}
        disputed: dict[int, int] = {}
        for index, variable in enumerate(self.rulebook.statements.variables):
            mask = self._fixed[index].options if index in self._fixed else variable.everything
            options[index] = [full if mask >> option & 1 else 0 for option in range(len(variable.options))]
            disputed[index] = 0
        wrong: list[Wrong] = []
        dated: dict[str, Dated] = {}
        answered: dict[str, int] = {}
        for fact, cells in columns.items():
            column = _Column(cells.indices, self._texts_of(fact, cells.dictionary), full)
            if rows := column.wrong():
                wrong.append(Wrong(fact, rows, column.problem_in))
            at = self.rulebook.variables.get(fact)
            if at is not None:
                options[at], disputed[at] = column.planes(self.rulebook.statements.variables[at].everything)
            if fact in self._given:
                dated[fact] = Dated(column.given(), self._given[fact].answers)
            if fact in self._asked:
                answered[fact] = column.answered()
        lanes = Lanes(width, options, disputed)
        self._tell_time(lanes, options, dated, answered)
        for index, settler in self._told:
            outcome = next(iter(settler.settle(lanes).values()))
            no, half, yes, several = outcome.settled
            options[index], disputed[index] = [yes | half | several, no | half | several], half
        return lanes, wrong

    def _texts_of(self, fact: str, dictionary: pa.Array) -> _Texts:
        """What the different texts of a column mean."""
        found = self._texts.get(fact)
        if found is None or not found.dictionary.equals(dictionary):
            meanings = self.cells.meanings(fact, dictionary.to_pylist())
            found = self._texts[fact] = _Texts(dictionary, meanings, self._given.get(fact))
        return found

    def _tell_time(
        self, lanes: Lanes, options: dict[int, list[int]], dated: Mapping[str, Dated], answered: Mapping[str, int]
    ) -> None:
        """Write what the clocks say into the lanes."""
        full = lanes.full
        done: dict[int, Settled] = {}
        if self._condition_settler is not None:
            # All clocks go by what was answered, none by what another says.
            done = {root: found.settled for root, found in self._condition_settler.settle(lanes).items()}
        said: dict[int, list[int]] = {}
        for name, times in self._times.items():
            unanswered = 0
            for fact in times.asked:
                unanswered |= full & ~answered.get(fact, 0)
            root = self._conditions.get(name)
            planes = times.planes(dated, lanes.width, None if root is None else done[root], unanswered)
            size = len(self.rulebook.statements.variables[times.variable].options)
            said[times.variable] = [
                any_plane(plane for mask, plane in planes.items() if mask >> at & 1) for at in range(size)
            ]
        options.update(said)

    def _codes(self, lanes: Lanes, avenue: Avenue, outcomes: Mapping[int, Outcome]) -> dict[int, int]:
        """For each standing (by its code) the lanes in which an avenue has it."""
        no, half, yes, several = outcomes[avenue.value].settled
        planes = dict.fromkeys(STANDINGS, 0)
        asked = 0
        if not _applies(avenue):
            applying = contested = 0
            applying = lanes.full
        else:
            applies, value = outcomes[avenue.applies], outcomes[avenue.value]
            planes[Standing.NOT_APPLICABLE], contested, applying, unsettled = applies.settled
            # What may not apply, and may, is undetermined whatever its value is.
            undetermined = unsettled & applies.can_be[0]
            # It certainly applies, but that may be contested: so may what is not closed.
            surely = unsettled & applies.exact & ~undetermined
            planes[Standing.CLOSED] |= surely & no
            planes[Standing.CONTESTED] |= surely & half
            undetermined |= surely & (yes | several & value.can_be[0])
            # Where it is contested whether it applies, what is available is contested too.
            undetermined |= contested & several & value.can_be[0]
            planes[Standing.CONTESTED] |= contested & several & value.exact & ~value.can_be[0]
            planes[Standing.UNDETERMINED] |= undetermined
            asked = (unsettled | contested & several) & ~any_plane(planes.values())
        planes[Standing.OPEN] |= applying & yes
        planes[Standing.CONTESTED] |= applying & half | contested & (half | yes)
        planes[Standing.CLOSED] |= (applying | contested) & no
        planes[Standing.UNDETERMINED] |= applying & several
        for lane in places_of(asked):
            possible = possible_standings(self.rulebook.decider.of(answers_in(lanes, lane)), avenue)
            planes[possible[0] if len(possible) == 1 else Standing.UNDETERMINED] |= 1 << lane
        return {_CODE[standing]: plane for standing, plane in planes.items()}


def _applies(avenue: Avenue) -> tuple[int, ...]:
    return () if avenue.applies_when is None else (avenue.applies,)


class _Texts:
    """The different texts of a column, and what each means; the next block often brings the same."""

    def __init__(self, dictionary: pa.Array, meanings: Sequence[Meaning], givens: GivenColumn | None) -> None:
        self.dictionary = dictionary
        self.problems = {place: one.problem for place, one in enumerate(meanings) if one.problem is not None}
        self.silent = [place for place, one in enumerate(meanings) if one.given is None]
        answers = [one.answer for one in meanings]
        #: A number for each different answer; and for each text that number, where texts say the same.
        self.answers = {answer: number for number, answer in enumerate(dict.fromkeys(answers))}
        self.merged = (
            pa.array([self.answers[answer] for answer in answers], pa.int32())
            if len(self.answers) < len(answers)
            else None
        )
        #: For each text the place of what it says among all that clocks have seen of this column.
        self.given = pa.array(givens.numbers([one.given for one in meanings]), pa.int32()) if givens else None


class _Column:
    """One column of a block: which of its texts each row has."""

    def __init__(self, indices: pa.Array, texts: _Texts, full: int) -> None:
        self._indices = indices
        self._texts = texts
        self._full = full
        self._empty = plane_of(pc.is_null(indices)) if indices.null_count else 0

    def given(self) -> pa.Array:
        """For each row the place of what it says among all that clocks have seen; 0 where the cell is empty."""
        codes = pc.take(self._texts.given, self._indices)
        return codes.fill_null(0) if self._empty else codes

    def planes(self, everything: int) -> tuple[list[int], int]:
        """For each option the rows in which it is possible; the rows in which the answer is disputed."""
        options = [0] * everything.bit_length()
        disputed = 0
        left = self._full
        for answer, plane in self._by_answer():
            left ^= plane
            for option in bits(answer.options):
                options[option] |= plane
            if answer.disputed:
                disputed |= plane
        # What is not answered, or wrong, leaves everything possible.
        return [plane | left for plane in options] if left else options, disputed

    def _by_answer(self) -> Iterator[tuple[Answer, int]]:
        """The rows of each different answer."""
        numbers, merged = self._texts.answers, self._texts.merged
        codes = self._indices if merged is None else pc.take(merged, self._indices)
        left = self._full & ~self._empty
        # Where every cell that is not empty has one of them, the last has what the others leave.
        last = next(reversed(numbers), None) if None not in numbers else None
        for answer, number in numbers.items():
            if answer is not None:
                plane = left if answer == last else equal(codes, number)
                left ^= plane
                yield answer, plane

    def answered(self) -> int:
        """The rows in which the question was asked."""
        return self._full & ~self._empty & ~any_plane(equal(self._indices, place) for place in self._texts.silent)

    def wrong(self) -> int:
        """The rows whose cell is no answer."""
        return any_plane(equal(self._indices, place) for place in self._texts.problems)

    def problem_in(self, row: int) -> Problem:
        """What is wrong with the cell of a row."""
        return self._texts.problems[self._indices[row].as_py()]
