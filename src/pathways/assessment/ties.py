"""What ties time limits to answers that are still open: outcomes that no day and no answer bring about together.

To the logic a time limit is a question of its own (running, passed, not settled). In truth one date starts several
limits, one answer bears on several, and a late date is also in a later stretch of law. Here the days that a date may
turn out to be are gathered into *kinds of day*: days that let the same outcomes happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from math import prod

from pathways.assessment.view import View
from pathways.case import Given
from pathways.deadlines import timings
from pathways.logic.writing import Tie
from pathways.record import record
from pathways.rulebook.clock import Clock, Period, period
from pathways.rulebook.model import Fact

#: So many days around the day on which a period would end today are looked at: weekends and holidays lie between.
AROUND = 10
#: So many combinations of answers are tried for one time limit at most; beyond that a table's rows are left untied.
MOST_COMBINATIONS = 400
#: A day so many years ago is long ago: every period is over.
LONG = 100


@record
class Worlds:
    """Two ways in which all that is open about dates can come out, each by real days and answers.

    Options (masks) by variable: ``young`` where every date is today, ``old`` where every date is long ago and nothing
    was done in time. ``of_date`` names the variables that hang on each question for a date.
    """

    young: Mapping[int, int]
    old: Mapping[int, int]
    of_date: Mapping[str, frozenset[int]]

    def pairs(self, name: str) -> Iterator[tuple[Mapping[int, int], Mapping[int, int]]]:
        """What to suppose before and after another answer to a question, to show that it matters."""
        moved = self.of_date.get(name)
        if moved is None:
            yield from ((world, world) for world in (self.young, self.old))
            return
        for one, other in ((self.young, self.old), (self.old, self.young)):
            # The other dates, and what was done, stay as they are in the old world.
            first = {**self.old, **{index: one[index] for index in moved}}
            yield first, {index: other[index] for index in moved}


def worlds_of(view: View, variables: Sequence[int]) -> Worlds:
    """Two such ways for the time limits among some variables."""
    rulebook, names = view.rulebook, view.rulebook.statements.variables
    clocks = _open_clocks(view, variables)
    dates = dict.fromkeys(clock.of for clock in clocks if clock.of not in view.case.answers)
    today, long_ago = view.as_of, f"{int(view.as_of[:4]) - LONG}-01-15"
    done = {name for clock in clocks for name in (clock.met_when.facts if clock.met_when else ())}
    acts = {clock.met_by for clock in clocks if clock.met_by}
    old, given = view.case, {}
    for name in sorted(done - set(view.case.answers)):
        if "no" in rulebook.facts[name].answers:
            given[name] = "no"
    for clock in clocks:
        if clock.by and clock.by not in view.case.answers and clock.by not in given:
            given[clock.by] = rulebook.facts[clock.by].answers[0]
    young = old
    for name, option in given.items():
        old = old.with_answer(name, Given.known(option))
    for name in dates:
        if name not in acts:
            young, old = (case.with_answer(name, Given.known(day)) for case, day in ((young, today), (old, long_ago)))
    found: list[dict[int, int]] = []
    for case in (young, old):
        outcomes = timings(rulebook, case, view.as_of, view.case_values.could_be, tuple(one.variable for one in clocks))
        options = {
            rulebook.variables[name]: names[rulebook.variables[name]].mask(timing.outcomes)
            for name, timing in outcomes.items()
        }
        answers = case.logic(rulebook)
        supposed = [*dates, *(given if case is old else ())]
        own = {rulebook.variables[name] for name in supposed if name in rulebook.variables}
        found.append({**options, **{index: answers[index].options for index in own if index in answers}})
    young_one, old_one = found
    return Worlds(young_one, old_one, {name: _hanging_on(view, clocks, name) for name in dates})


def _hanging_on(view: View, clocks: Sequence[Clock], name: str) -> frozenset[int]:
    own = [view.rulebook.variables[name]] if name in view.rulebook.variables else []
    return frozenset((*own, *(view.rulebook.variables[clock.variable] for clock in clocks if clock.of == name)))


def _open_clocks(view: View, variables: Sequence[int]) -> list[Clock]:
    """The clocks among some variables that can still come out in more than one way."""
    names = view.rulebook.statements.variables
    return [
        view.rulebook.clocks[names[one].name]
        for one in variables
        if names[one].name in view.rulebook.clocks and len(view.timings[names[one].name].outcomes) > 1
    ]


@record
class Ties:
    """Which outcomes go with which answers.

    ``kinds`` is how many kinds of day there are for a date that is open, by a number that no variable has; ``dates`` is
    that number by question.
    """

    ties: tuple[Tie, ...]
    kinds: Mapping[int, int]
    dates: Mapping[str, int]


def ties_of(view: View, variables: Sequence[int]) -> Ties:
    """The ties between the time limits and the answers among some variables."""
    rulebook, names = view.rulebook, view.rulebook.statements.variables
    clocks = _open_clocks(view, variables)
    found: list[Tie] = []
    kinds: dict[int, int] = {}
    dates: dict[str, int] = {}
    days: dict[str, list[Given]] = {}
    for name in dict.fromkeys(clock.of for clock in clocks if clock.of not in view.case.answers):
        fact = rulebook.facts[name]
        days[name] = _kinds_of_day(view, fact, [clock for clock in clocks if clock.of == name])
        dates[name] = number = len(names) + len(dates)
        kinds[number] = len(days[name])
        if (own := rulebook.variables.get(name)) is not None and own in variables:
            for at, given in enumerate(days[name]):
                answers = view.case.with_answer(name, given).logic(rulebook)
                if own in answers:
                    found.append(Tie(((number, 1 << at),), own, answers[own].options))
    for clock in clocks:
        found.extend(_of_clock(view, clock, dates, days))
    return Ties(tuple(found), kinds, dates)


def _of_clock(view: View, clock: Clock, dates: Mapping[str, int], days: Mapping[str, list[Given]]) -> Iterator[Tie]:
    """What one time limit can come to, for each kind of day and each answer that bears on it."""
    rulebook, case = view.rulebook, view.case
    index = rulebook.variables[clock.variable]
    options = rulebook.statements.variables[index]
    open_facts = [
        rulebook.facts[name]
        for name in dict.fromkeys((*(clock.met_when.facts if clock.met_when else ()), clock.by))
        if name and name not in case.answers and name in rulebook.variables and rulebook.facts[name].kind != "date"
    ]
    starts: list[Given | None] = [*days[clock.of]] if clock.of in days else [None]
    if len(starts) * prod(len(fact.answers) for fact in open_facts) > MOST_COMBINATIONS:
        open_facts = [fact for fact in open_facts if not fact.table]
    for at, start in enumerate(starts):
        dated = case if start is None else case.with_answer(clock.of, start)
        for answers in product(*(fact.answers for fact in open_facts)):
            other = dated
            for fact, option in zip(open_facts, answers, strict=True):
                other = other.with_answer(fact.id, Given.known(option))
            outcomes = timings(rulebook, other, view.as_of, view.case_values.could_be, (clock.variable,))[
                clock.variable
            ].outcomes
            if len(outcomes) < len(options.options):
                premises = [] if start is None else [(dates[clock.of], 1 << at)]
                for fact, option in zip(open_facts, answers, strict=True):
                    asked = rulebook.variables[fact.id]
                    premises.append((asked, rulebook.statements.variables[asked].mask((option,))))
                yield Tie(tuple(premises), index, options.mask(outcomes))


def _kinds_of_day(view: View, fact: Fact, clocks: Sequence[Clock]) -> list[Given]:
    """Answers to a question for a date, one for each way in which all that it starts can come out together."""
    rulebook = view.rulebook
    found: dict[tuple[object, ...], Given] = {}
    names = tuple(clock.variable for clock in clocks)
    own = rulebook.variables.get(fact.id)
    for given in _days(view, fact, clocks):
        case = view.case.with_answer(fact.id, given)
        outcomes = timings(rulebook, case, view.as_of, view.case_values.could_be, names)
        stretch = case.logic(rulebook).get(own) if own is not None else None
        found.setdefault((stretch, *(outcomes[name].outcomes for name in names)), given)
    return list(found.values())


def _days(view: View, fact: Fact, clocks: Sequence[Clock]) -> Iterator[Given]:
    """Days at which something may change, those around them, the months and years they lie in, and none."""
    today = date.fromisoformat(view.as_of)
    found = {today}
    for cut in fact.cuts:
        day = date.fromisoformat(f"{cut}-01-01"[:10] if len(cut) < 10 else cut)
        found.update((day, day - timedelta(days=1)))
    for length in {length for clock in clocks for length in _lengths(view, clock)}:
        middle = _before(today, length)
        found.update(middle + timedelta(days=off) for off in range(-AROUND, AROUND + 1))
    texts = sorted({day.isoformat() for day in found if day <= today})
    yield from (Given.known(text) for text in texts)
    for size in (7, 4):
        yield from (Given.known(text) for text in sorted({text[:size] for text in texts}))
    yield Given("unknown")


def _lengths(view: View, clock: Clock) -> Iterator[Period]:
    if clock.period is not None:
        yield clock.period
    if clock.shortest is not None:
        yield clock.shortest
    if clock.table:
        for row in view.rulebook.tables[clock.table].cells.values():
            cell = row.get(clock.column)
            for length in (
                period(cell.value) if cell and cell.value else None,
                cell.careful_in(clock.avenue) if cell else None,
            ):
                if length is not None:
                    yield length


def _before(today: date, length: Period) -> date:
    """About the day on which a period begins that ends today."""
    from dateutil.relativedelta import relativedelta

    if length.unit == "years":
        return today - relativedelta(years=length.count)
    if length.unit == "months":
        return today - relativedelta(months=length.count)
    days = length.count if length.unit == "days" else length.count * 7 // 5
    return today - timedelta(days=days)
