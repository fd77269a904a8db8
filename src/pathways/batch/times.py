"""The clocks of a rulebook for blocks of records: each clock is asked once for each combination of what it goes by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
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
        others = {name: None for name in (self.clock.by, self.clock.met_by, *plain) if name}
        #: Whether the day it runs from decides nothing else.
        self._starts_alone = self.clock.of not in others
        others.pop(self.clock.of, None)
        #: The columns that it goes by one answer at a time; last the one of the day that it runs from.
        self.columns = (*others, self.clock.of)
        self._sizes: tuple[int, ...] = ()
        self._table = bytearray()
        #: All that the clock has said so far.
        self._said: list[int] = []
        #: How many answers there were to what it runs from when they were put in order, and that order.
        self._order: tuple[int, list[list[int]]] = (0, [])
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
        if done is not None:
            parts.append((codes_of(dict(enumerate(done)), width), (NO, DISPUTED, YES, UNKNOWN)))
            parts.append((codes_of({1: unanswered}, width), (False, True)))
        for name in self.columns:
            column = columns.get(name)
            answers: Sequence[object] = column.answers if column else _UNANSWERED
            codes = column.codes if column else None
            if name == self.clock.by and name != self.clock.of and self.clock.table and column:
                codes, answers = self._cells(column)
            parts.append((codes, answers))
        sizes = tuple(
            max(4, 1 << (len(values) - 1).bit_length()) if codes is not None else 1 for codes, values in parts
        )
        combined = _combined([codes for codes, _ in parts], sizes)
        if combined is None:
            mask = self._ask(tuple(values[0] for _, values in parts))
            return {mask: (1 << width) - 1}
        outcomes = self._outcomes(combined, sizes, [values for _, values in parts])
        found: dict[int, int] = {}
        left = (1 << width) - 1
        for mask in self._said:
            found[mask] = equal(outcomes, mask) if mask != self._said[-1] else left
            left ^= found[mask]
        return found

    def _cells(self, column: Dated) -> tuple[pa.Array, Sequence[object]]:
        """The column that chooses a row of a table, with rows that say the same taken for one."""
        cells = self.rulebook.tables[self.clock.table].cells
        first: dict[object, int] = {}
        places: list[Given | None] = []
        codes = []
        for given in column.answers:
            row = given.options[0] if given is not None and given.kind == "known" else ""
            cell = cells.get(row, {}).get(self.clock.column)
            says = (given is None, *_length_in(cell, self.clock))
            if says not in first:
                first[says] = len(places)
                places.append(given)
            codes.append(first[says])
        return pc.take(pa.array(codes, pa.int32()), column.codes), places

    def _outcomes(self, combined: pa.Array, sizes: tuple[int, ...], values: Sequence[Sequence[object]]) -> pa.Array:
        """What the clock says in each row, by the number of the combination there."""
        total, starts = prod(sizes), sizes[-1]
        if total > MOST_COMBINATIONS:
            encoded = combined.dictionary_encode()
            numbers = encoded.dictionary.to_pylist()
            rests = {number // starts for number in numbers}
            said = {rest: self._by_start(values[-1], _taken_apart(rest, sizes[:-1], values[:-1])) for rest in rests}
            self._said = sorted({one for row in said.values() for one in row})
            return pc.take(
                pa.array([said[one // starts][one % starts] for one in numbers], pa.uint8()), encoded.indices
            )
        if sizes != self._sizes:
            self._sizes, self._table = sizes, bytearray([_NOT_ASKED_YET]) * total
        table = pa.Array.from_buffers(pa.uint8(), total, [None, pa.py_buffer(self._table)])
        found = pc.take(table, combined)
        missing = pc.equal(found, pa.scalar(_NOT_ASKED_YET, pa.uint8()))
        if not pc.any(missing).as_py():
            return found
        for rest in {number // starts for number in pc.unique(combined.filter(missing)).to_pylist()}:
            row = self._by_start(values[-1], _taken_apart(rest, sizes[:-1], values[:-1]))
            self._table[rest * starts : rest * starts + len(row)] = bytes(row)
            self._said = sorted({*self._said, *row})
        return pc.take(table, combined)

    def _by_start(self, starts: Sequence[object], others: tuple[object, ...]) -> list[int]:
        """What the clock says for each of some days on which it starts, everything else being the same.

        It goes by comparing fixed days with the last day of the limit, and that never comes earlier for a later start.
        So between two days for which it says the same, it says nothing else; but for the days from which on a table
        says something new.
        """
        said = [_NOT_ASKED_YET] * len(starts)

        def ask(place: int) -> int:
            said[place] = self._ask((*others, starts[place]))
            return said[place]

        for places in self._in_order(starts):
            ask(places[0])
            ask(places[-1])
            waiting = [(0, len(places) - 1)]
            while waiting:
                first, last = waiting.pop()
                if said[places[first]] == said[places[last]]:
                    for place in places[first:last]:
                        said[place] = said[places[first]]
                elif last - first > 1:
                    middle = (first + last) // 2
                    ask(places[middle])
                    waiting += [(first, middle), (middle, last)]
        return said

    def _in_order(self, starts: Sequence[object]) -> list[list[int]]:
        """The places of exact days in order, in stretches in which a table says one thing; each other place alone."""
        known, found = self._order
        if known != len(starts):
            stretches: dict[int, list[tuple[str, int]]] = {}
            found = []
            for place, given in enumerate(starts):
                day = given.options[0] if isinstance(given, Given) and given.kind == "known" else ""
                if self._starts_alone and len(day) == len("2026-01-01"):
                    stretches.setdefault(bisect_right(self._turns, day), []).append((day, place))
                else:
                    found.append([place])
            found += [[place for _, place in sorted(days)] for days in stretches.values()]
            self._order = len(starts), found
        return found

    def _ask(self, values: tuple[object, ...]) -> int:
        """The mask of the options that the clock can take on some answers."""
        answers: dict[str, Given] = {}
        could_be = UNKNOWN
        if self.by_condition:
            could_be, unanswered, *values = values  # type: ignore[assignment]
            if not unanswered:
                answers = dict.fromkeys(self._asked, Given("unknown"))
        answers |= {name: given for name, given in zip(self.columns, values, strict=True) if isinstance(given, Given)}
        case = Case("", answers=answers)
        said = timing(self.rulebook, case, self._days, self._today, self.clock, lambda _: could_be)
        return self.rulebook.statements.variables[self.variable].mask(said.outcomes)


def _length_in(cell: Cell | None, clock: Clock) -> tuple[object, ...]:
    """What decides how long a clock runs by a cell of its table; of two cells alike in it the clock says the same."""
    if cell is None or not cell.checked or not cell.value:
        return "", "", cell and cell.careful_in(clock.avenue)
    return cell.value, cell.start, cell.careful_in(clock.avenue) if cell.start or cell.value == NO_LIMIT else None


def _combined(codes: Sequence[pa.Array | None], sizes: Sequence[int]) -> pa.Array | None:
    """One number for what stands in several columns; None where there is none of them."""
    found = None
    kind = pa.int32() if prod(sizes) < 1 << 31 else pa.int64()
    for column, size in zip(codes, sizes, strict=True):
        if column is not None:
            if found is None:
                found = column.cast(kind)
            else:
                found = pc.add(pc.multiply(found, pa.scalar(size, kind)), column.cast(kind))
    return found


def _taken_apart(code: int, sizes: Sequence[int], values: Sequence[Sequence[object]]) -> tuple[object, ...]:
    """What stands in several columns, from their one number."""
    found = []
    for size, one in zip(reversed(sizes), reversed(values), strict=True):
        found.append(one[code % size])
        code //= size
    return tuple(reversed(found))
