"""The clocks of a rulebook for blocks of records: each clock is asked once for each combination of what it goes by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import prod

import pyarrow as pa
import pyarrow.compute as pc

from pathways.batch.bitmaps import codes_of, equal
from pathways.case.model import Case, Given
from pathways.deadlines import Days, questions_of, timing
from pathways.logic import DISPUTED, NO, UNKNOWN, YES
from pathways.logic.settle import Settled
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import NO_LIMIT, Clock
from pathways.rulebook.sources import Cell

#: What a clock says is kept for so many combinations at most; where there are more, it is worked out for each block.
MOST_COMBINATIONS = 1 << 20
_NOT_ASKED_YET = 255
_UNANSWERED = (None,)


@record
class Dated:
    """A column as a clock sees it: for each row the place of its answer among ``answers``, the first of them None."""

    codes: pa.Array
    answers: Sequence[Given | None]


class GivenColumn:
    """The different answers of one column, numbered as they come; 0 is no answer."""

    def __init__(self) -> None:
        self.answers: list[Given | None] = [None]
        self._numbers: dict[Given | None, int] = {None: 0}

    def numbers(self, givens: Sequence[Given | None]) -> list[int]:
        """The number of each of some answers."""
        for given in givens:
            if given not in self._numbers:
                self._numbers[given] = len(self.answers)
                self.answers.append(given)
        return [self._numbers[given] for given in givens]


def condition_statements(rulebook: Rulebook) -> dict[str, int]:
    """For each clock that an act meets under a condition of more than one answer, the statement of that condition."""
    return {
        name: clock.met_when.statement
        for name, clock in rulebook.clocks.items()
        if clock.met_when is not None and not _is_one_answer(clock)
    }


def _is_one_answer(clock: Clock) -> bool:
    condition = clock.met_when
    return condition is not None and condition.op == "fact" and condition.options == ("yes",)


class Times:
    """What one clock says, as the options (a mask) that its variable can take."""

    def __init__(self, rulebook: Rulebook, name: str, as_of: str, days: Days) -> None:
        self.rulebook = rulebook
        self.clock = rulebook.clocks[name]
        self.variable = rulebook.variables[name]
        self._days = days
        self._today = date.fromisoformat(as_of)
        met_when = self.clock.met_when
        self._asked = questions_of(rulebook, met_when) if met_when is not None else ()
        self.by_condition = met_when is not None and not _is_one_answer(self.clock)
        plain = () if self.by_condition else self._asked
        #: The columns that it goes by one answer at a time.
        self.columns = tuple(
            dict.fromkeys(name for name in (self.clock.of, self.clock.by, self.clock.met_by, *plain) if name)
        )
        self._sizes: tuple[int, ...] = ()
        self._table = bytearray()
        #: For each answer to what it runs from, the day if it is one day, else nothing.
        self._exact: list[str] = []
        rows = rulebook.tables[self.clock.table].cells.values() if self.clock.table else ()
        #: The days from which on a cell of the table is law.
        self._turns = sorted({row[self.clock.column].start for row in rows if self.clock.column in row} - {""})

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that the condition rests on under which an act meets it."""
        return self._asked

    def planes(self, columns: Mapping[str, Dated], width: int, done: Settled | None, unanswered: int) -> dict[int, int]:
        """For each mask of options the rows in which the clock can come to just these.

        ``done`` is whether the condition holds, where it is one of more than one answer; ``unanswered`` are the rows in
        which a question that it rests on was not asked.
        """
        parts: list[tuple[pa.Array | None, Sequence[object]]] = []
        for name in self.columns:
            column = columns.get(name)
            answers: Sequence[object] = column.answers if column else _UNANSWERED
            codes = column.codes if column else None
            if name == self.clock.by and name != self.clock.of and self.clock.table and column:
                codes, answers = self._cells(column)
            parts.append((codes, answers))
        if done is not None:
            parts.append((codes_of(dict(enumerate(done)), width), (NO, DISPUTED, YES, UNKNOWN)))
            parts.append((codes_of({1: unanswered}, width), (False, True)))
        sizes = tuple(
            max(4, 1 << (len(values) - 1).bit_length()) if codes is not None else 1 for codes, values in parts
        )
        combined = _combined([codes for codes, _ in parts], sizes)
        if combined is None:
            mask = self._ask(tuple(values[0] for _, values in parts))
            return {mask: (1 << width) - 1}
        outcomes = self._outcomes(combined, sizes, [values for _, values in parts])
        return {mask: equal(outcomes, mask) for mask in pc.unique(outcomes).to_pylist()}

    def _cells(self, column: Dated) -> tuple[pa.Array, Sequence[object]]:
        """The column that chooses a row of a table, with rows that say the same taken for one."""
        cells = self.rulebook.tables[self.clock.table].cells
        first: dict[object, int] = {}
        places: list[Given | None] = []
        codes = []
        for given in column.answers:
            row = given.options[0] if given is not None and given.kind == "known" else ""
            cell = cells.get(row, {}).get(self.clock.column)
            says = (given is None, *_length_in(cell))
            if says not in first:
                first[says] = len(places)
                places.append(given)
            codes.append(first[says])
        return pc.take(pa.array(codes, pa.int32()), column.codes), places

    def _outcomes(self, combined: pa.Array, sizes: tuple[int, ...], values: Sequence[Sequence[object]]) -> pa.Array:
        """What the clock says in each row, by the number of the combination there."""
        total = prod(sizes)
        if total > MOST_COMBINATIONS:
            encoded = combined.dictionary_encode()
            numbers = encoded.dictionary.to_pylist()
            said = dict(self._said(numbers, sizes, values))
            return pc.take(pa.array([said[number] for number in numbers], pa.uint8()), encoded.indices)
        if sizes != self._sizes:
            self._sizes, self._table = sizes, bytearray([_NOT_ASKED_YET]) * total
        table = pa.Array.from_buffers(pa.uint8(), total, [None, pa.py_buffer(self._table)])
        found = pc.take(table, combined)
        missing = pc.equal(found, pa.scalar(_NOT_ASKED_YET, pa.uint8()))
        if not pc.any(missing).as_py():
            return found
        for number, mask in self._said(pc.unique(combined.filter(missing)).to_pylist(), sizes, values):
            self._table[number] = mask
        return pc.take(table, combined)

    def _said(
        self, numbers: Sequence[int], sizes: tuple[int, ...], values: Sequence[Sequence[object]]
    ) -> Iterator[tuple[int, int]]:
        """What the clock says on each of some combinations, by their numbers."""
        stride = prod(sizes[1:])
        starts: dict[int, list[int]] = {}
        for number in numbers:
            starts.setdefault(number % stride, []).append(number // stride)
        for rest, places in starts.items():
            others = _taken_apart(rest, sizes[1:], values[1:])
            for place, mask in self._by_start(places, values[0], others):
                yield place * stride + rest, mask

    def _by_start(
        self, places: Sequence[int], starts: Sequence[object], others: tuple[object, ...]
    ) -> Iterator[tuple[int, int]]:
        """What the clock says for each of some days on which it starts, everything else being the same.

        It goes by comparing fixed days with the last day of the limit, and that never comes earlier for a later start.
        So between two days for which it says the same, it says nothing else; but for the days from which on a table
        says something new.
        """
        for place in range(len(self._exact), len(starts)):
            given = starts[place]
            is_day = isinstance(given, Given) and given.kind == "known" and len(given.options[0]) == len("2026-01-01")
            self._exact.append(given.options[0] if isinstance(given, Given) and is_day else "")
        exact: dict[int, list[tuple[str, int]]] = {}
        for place in places:
            if day := self._exact[place]:
                exact.setdefault(bisect_right(self._turns, day) if self._turns else 0, []).append((day, place))
            else:
                yield place, self._ask((starts[place], *others))
        for days in exact.values():
            days.sort()
            said = {at: self._ask((starts[days[at][1]], *others)) for at in {0, len(days) - 1}}
            waiting = [(0, len(days) - 1)]
            while waiting:
                first, last = waiting.pop()
                if said[first] == said[last]:
                    said.update(dict.fromkeys(range(first, last), said[first]))
                elif last - first > 1:
                    middle = (first + last) // 2
                    said[middle] = self._ask((starts[days[middle][1]], *others))
                    waiting += [(first, middle), (middle, last)]
            yield from ((place, said[at]) for at, (_, place) in enumerate(days))

    def _ask(self, values: tuple[object, ...]) -> int:
        """The mask of the options that the clock can take on some answers."""
        answers = {name: given for name, given in zip(self.columns, values, strict=False) if isinstance(given, Given)}
        could_be = UNKNOWN
        if self.by_condition:
            could_be, unanswered = values[-2:]  # type: ignore[assignment]
            if not unanswered:
                answers = {**dict.fromkeys(self._asked, Given("unknown")), **answers}
        case = Case("", answers=answers)
        said = timing(self.rulebook, case, self._days, self._today, self.clock, lambda _: could_be)
        return self.rulebook.statements.variables[self.variable].mask(said.outcomes)


def _length_in(cell: Cell | None) -> tuple[object, ...]:
    """What decides how long a clock runs by a cell of its table; of two cells alike in it the clock says the same."""
    if cell is None or not cell.checked or not cell.value:
        return "", "", cell and cell.careful
    return cell.value, cell.start, cell.careful if cell.start or cell.value == NO_LIMIT else None


def _combined(codes: Sequence[pa.Array | None], sizes: Sequence[int]) -> pa.Array | None:
    """One number for what stands in several columns; None where there is none of them."""
    found = None
    for column, size in zip(codes, sizes, strict=True):
        if column is not None:
            column = column.cast(pa.int64())
            found = column if found is None else pc.add(pc.multiply(found, pa.scalar(size, pa.int64())), column)
    return found


def _taken_apart(code: int, sizes: Sequence[int], values: Sequence[Sequence[object]]) -> tuple[object, ...]:
    """What stands in several columns, from their one number."""
    found = []
    for size, one in zip(reversed(sizes), reversed(values), strict=True):
        found.append(one[code % size])
        code //= size
    return tuple(reversed(found))
