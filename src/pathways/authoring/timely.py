"""Days, and rows of tables, that bring about together what the solver took for granted of time limits.

A limit whose length a table gives is over only with the row, the day it runs from and what was done about it all at
once: changing one answer at a time never comes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, islice

from pathways.case import Case, Given
from pathways.case.model import date_segments
from pathways.deadlines import cell_of, questions_of, span, timings
from pathways.logic import Answer, ValueSet
from pathways.logic.exact import CaseValues
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import Clock, Period, period
from pathways.rulebook.model import Fact

#: What is tried where nothing says how long a period is.
PERIODS = (Period(1, "years"), Period(2, "years"), Period(6, "years"), Period(30, "years"))
#: So many answers at most are tried for one set of clocks; so many cases are given for each first answer, and in all.
_MOST_TRIED = 4000
_MOST_ALIKE = 2
_MOST_GIVEN = 12
#: So many days before or after its end a period is clearly running, or over, weekends and holidays included.
_CLEARLY = 20


def timely(rulebook: Rulebook, case: Case, answers: Mapping[int, Answer]) -> Iterator[Case]:
    """The case with other days and rows, where the clocks say what the ``answers`` of the solver name.

    First all of them, then each alone: some of what the solver chose may make no difference. None where the case
    as it is makes them say it already.
    """
    names = {rulebook.statements.variables[index].name: answer for index, answer in answers.items()}
    wanted = {name: answer.options for name, answer in names.items() if name in rulebook.clocks}
    search = _Search(rulebook, names)
    if search.says(case, wanted):
        return
    alone = (search.cases(case, {name: mask}) for name, mask in wanted.items()) if len(wanted) > 1 else ()
    several = chain(search.cases(case, wanted), chain.from_iterable(islice(one, _MOST_ALIKE) for one in alone))
    yield from islice(several, _MOST_GIVEN)


def unsaid(rulebook: Rulebook, case: Case, wanted: Mapping[str, int]) -> list[str]:
    """Those of some clocks that can still say something else than is ``wanted`` of each (a mask of its options)."""
    variables = rulebook.statements.variables
    values: list[CaseValues] = []

    def could_be(statement: int) -> ValueSet:
        if not values:
            values.append(rulebook.decider.of(case.logic(rulebook)))
        return values[0].could_be(statement)

    said = timings(rulebook, case, case.as_of, could_be, wanted) if wanted else {}
    return [
        name for name, one in said.items() if variables[rulebook.variables[name]].mask(one.outcomes) & ~wanted[name]
    ]


def with_rows(rulebook: Rulebook, case: Case, clock: Clock) -> Iterator[tuple[Case, Sequence[Period]]]:
    """The case with each row that gives a clock another length, and the lengths it may then have."""
    if not clock.table:
        yield case, [clock.period] if clock.period else PERIODS
        return
    given = case.answers.get(clock.by)
    if given is not None:
        yield case, _lengths(rulebook, case, clock) or PERIODS
    for row in _unlike_rows(rulebook, [clock]):
        other = case.with_answer(clock.by, Given.known(row))
        yield other, _lengths(rulebook, other, clock) or PERIODS


@record
class _Search:
    """What the solver chose, by name."""

    rulebook: Rulebook
    chosen: Mapping[str, Answer]

    def cases(self, case: Case, wanted: Mapping[str, int]) -> Iterator[Case]:
        """The cases in which each clock says one of the options ``wanted`` of it (a mask)."""
        clocks = [self.rulebook.clocks[name] for name in wanted]
        facts = {clock.variable: asked_for(self.rulebook, clock) for clock in clocks}
        asked = dict.fromkeys(name for some in facts.values() for name in some)
        order = sorted(asked, key=lambda name: _rank(name, clocks))
        # A clock is asked as soon as the last answer it hangs on is there.
        due = {name: max(map(order.index, some)) for name, some in facts.items()}
        left = iter(range(_MOST_TRIED))

        def below(case: Case, at: int) -> Iterator[Case]:
            if at == len(order):
                yield case
                return
            for given in self._choices(case, order[at], [one for one in clocks if order[at] in facts[one.variable]]):
                if next(left, None) is None:
                    return
                other = case.with_answer(order[at], given)
                if self.says(other, {name: wanted[name] for name, last in due.items() if last == at}):
                    yield from islice(below(other, at + 1), None if at else _MOST_ALIKE)

        return below(case, 0)

    def says(self, case: Case, wanted: Mapping[str, int]) -> bool:
        """Whether each clock says one of the options ``wanted`` of it."""
        return not unsaid(self.rulebook, case, wanted)

    def _choices(self, case: Case, name: str, clocks: Sequence[Clock]) -> Iterator[Given | None]:
        """Answers to a question that can make a difference to the clocks that ask it: first the one it has."""
        fact, rows = self.rulebook.facts[name], [clock for clock in clocks if clock.by == name]
        found = [case.answers.get(name)]
        if fact.kind == "date":
            found += (Given.known(day) for day in self._days(case, fact, clocks))
            found.append(Given("unknown"))
        elif rows:
            found += map(Given.known, _unlike_rows(self.rulebook, rows))
        elif name not in self.chosen:
            found += map(Given.known, fact.answers)
        if name not in self.chosen:
            found.append(None)
        return iter(dict.fromkeys(found))

    def _days(self, case: Case, fact: Fact, clocks: Sequence[Clock]) -> Iterator[str]:
        """Days on which a clock would begin, or what meets it would be done: in time, or too late, or in doubt."""
        today = date.fromisoformat(case.as_of)
        days: list[date] = [today - timedelta(1)]
        months: list[str] = []
        for clock in clocks:
            for length in _lengths(self.rulebook, case, clock) or PERIODS:
                if clock.of == fact.id:
                    days += (_back(today, length.days + more) for more in (_CLEARLY, 5 * _CLEARLY, -_CLEARLY))
                    months += [f"{_back(today, length.days):%Y-%m}", f"{_back(today, length.days):%Y}"]
                elif (given := case.answers.get(clock.of)) and given.kind == "known":
                    begins = span(given.options[0])
                    days += [_on(begins.first, 1), _on(begins.first, length.days + _CLEARLY)]
                    months += [] if begins.exact else [given.options[0]]
        days += [date.fromisoformat(cut) + timedelta(more) for cut in fact.cuts for more in (0, -1)]
        texts = chain((day.isoformat() for day in days), months)
        return (day for day in dict.fromkeys(texts) if day <= case.as_of and self._fits(fact, day))

    def _fits(self, fact: Fact, day: str) -> bool:
        """Whether a day lies in a stretch that the solver chose."""
        answer = self.chosen.get(fact.id)
        if answer is None:
            return True
        options = self.rulebook.statements.variables[self.rulebook.variables[fact.id]].options
        return all(answer.options >> options.index(one) & 1 for one in date_segments(fact.cuts, day, options))


def asked_for(rulebook: Rulebook, clock: Clock) -> tuple[str, ...]:
    """The questions that a clock is computed from."""
    done = questions_of(rulebook, clock.met_when) if clock.met_when else ()
    return tuple(dict.fromkeys((*clock.facts, *done)))


def _rank(name: str, clocks: Sequence[Clock]) -> int:
    """Rows first, since they say how long a time is; then what begins it, what was done, and when."""
    if any(name == clock.by for clock in clocks):
        return 0
    if any(name == clock.met_by for clock in clocks):
        return 3
    return 1 if any(name == clock.of for clock in clocks) else 2


def _unlike_rows(rulebook: Rulebook, clocks: Sequence[Clock]) -> list[str]:
    """Rows of a table, one for each way in which the lengths of some clocks differ."""
    found: dict[tuple[object, ...], str] = {}
    for row in rulebook.facts[clocks[0].by].answers:
        cells = [rulebook.tables[clock.table].cells.get(row, {}).get(clock.column) for clock in clocks]
        unlike = tuple(
            one and (one.value if one.checked else "", one.careful_in(clock.avenue), one.start)
            for one, clock in zip(cells, clocks, strict=True)
        )
        found.setdefault(unlike, row)
    return list(found.values())


def _lengths(rulebook: Rulebook, case: Case, clock: Clock) -> list[Period]:
    """The lengths that a clock may have on the answers."""
    if not clock.table:
        return [clock.period] if clock.period else []
    cell = cell_of(rulebook, case, clock)
    written = (period(cell.value), cell.careful_in(clock.avenue)) if cell else ()
    return [one for one in dict.fromkeys((*written, clock.shortest)) if one]


def _back(day: date, days: int) -> date:
    return _on(day, -days)


def _on(day: date, days: int) -> date:
    """So many days later, within the years that there are."""
    return date.fromordinal(min(max(day.toordinal() + days, date(1900, 1, 1).toordinal()), date.max.toordinal()))
