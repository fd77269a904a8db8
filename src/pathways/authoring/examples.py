"""Real cases made of what the solver found: with days that bring about what it took for granted of time limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from pathways.assessment.view import View
from pathways.authoring.asked import Asked
from pathways.authoring.timely import asked_for, unsaid
from pathways.case import Case, Given
from pathways.case.model import Said, date_segments
from pathways.logic import NO, YES, Answer
from pathways.logic.structure import bits
from pathways.rulebook import Rulebook
from pathways.rulebook.clock import Clock
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.model import Fact

#: Days before the day of assessment that are tried: around usual limits, shorter and longer.
_BEFORE = (1, 20, 45, 75, 150, 250, 400, 550, 800, 1200, 2000, 4000, 8000)


#: So many examples of the solver are tried, each with what it took for granted left out of the next.
MOST_TRIED = 12
#: What the solver found, other than what was found before; None if there is nothing more.
Find = Callable[[list[Mapping[int, Answer]]], Mapping[int, Answer] | None]


def real_case(asked: Asked, title: str, statement: int, *, yes: bool) -> Case | None:
    """A case whose answers make a statement yes, or without ``yes`` at least disputed, with as few answers as can be.

    None where the solver has none, or where no days were found that bring about what it took for granted.
    """

    def shows(case: Case) -> bool:
        values = View(asked.rulebook, case, case.as_of).values(statement)
        return values == YES if yes else not values & NO

    def find(tried: list[Mapping[int, Answer]]) -> Mapping[int, Answer] | None:
        return asked.possible.find(statement, yes=yes, unlike=tried)

    example = found_case(asked.rulebook, title, find, lambda case: case if shows(case) else None)
    return example and with_fewer_answers(example, shows)


def found_case(rulebook: Rulebook, title: str, find: Find, shown: Callable[[Case], Case | None]) -> Case | None:
    """The first case that shows what is sought, of those that the solver finds.

    ``shown`` gives the case itself, or with another day, where it does.
    """
    tried: list[Mapping[int, Answer]] = []
    for _ in range(MOST_TRIED):
        answers = find(tried)
        if answers is None:
            return None
        found = _Example(rulebook, answers)
        case = found.dated(found.begun(title))
        showing = shown(case)
        if showing is not None:
            return showing
        if not found.taken_for_granted:
            return None
        tried.append(found.taken_for_granted)
    return None


def with_fewer_answers(case: Case, shows: Callable[[Case], bool]) -> Case:
    """The case without the answers that it shows the same without."""
    for name in reversed(list(case.answers)):
        fewer = case.with_answer(name, None)
        if shows(fewer):
            case = fewer
    return case


class _Example:
    """Answers that the solver found, on the way to a case file."""

    def __init__(self, rulebook: Rulebook, answers: Mapping[int, Answer]) -> None:
        self.rulebook = rulebook
        variables = rulebook.statements.variables
        self.answers = {variables[index].name: answer for index, answer in answers.items()}
        self.clocks: dict[str, Clock] = {name: clock for name, clock in rulebook.clocks.items() if name in self.answers}
        self._asked = {name: asked_for(rulebook, clock) for name, clock in self.clocks.items()}

    @property
    def taken_for_granted(self) -> dict[int, Answer]:
        """What no answer says: of time limits and of cells that are not checked; and the places and days beside it."""
        beside = {AS_OF, *self.rulebook.row_questions}
        facts = self.rulebook.facts
        if not self.clocks and all(name in facts or name == AS_OF for name in self.answers):
            return {}
        return {
            self.rulebook.variables[name]: answer
            for name, answer in self.answers.items()
            if name not in facts or name in beside or facts[name].kind == "date"
        }

    def begun(self, title: str) -> Case:
        """The case without its days."""
        given = {}
        for name, answer in self.answers.items():
            fact = self.rulebook.facts.get(name)
            if fact and fact.kind != "date":
                options = tuple(fact.answers[at] for at in bits(answer.options))
                # A dispute between some of the options has to name its sides.
                said = () if len(options) == len(fact.answers) else tuple(Said(option) for option in options)
                given[name] = Given("disputed", options, said) if answer.disputed else Given.known(options[0])
        ordered = sorted(given, key=self.rulebook.story_order.__getitem__)
        return Case(title, as_of=self._as_of(), answers={name: given[name] for name in ordered})

    def _as_of(self) -> str:
        law = str(self.rulebook.about.law_as_of)
        return next((day for day in (law, *_around(self.rulebook.as_of_cuts)) if self._fits(AS_OF, day)), law)

    def _fits(self, name: str, day: str) -> bool:
        """Whether a day lies in a stretch that the solver chose."""
        answer = self.answers.get(name)
        if answer is None:
            return True
        options = self.rulebook.statements.variables[self.rulebook.variables[name]].options
        cuts = self.rulebook.as_of_cuts if name == AS_OF else self.rulebook.facts[name].cuts
        return all(answer.options >> options.index(one) & 1 for one in date_segments(cuts, day, options))

    def dated(self, case: Case) -> Case:
        """The case with days, one question after another, that bring about most of what the solver chose."""
        choices = {name: list(self._choices(name, case.as_of)) for name in self._open()}
        for name, options in choices.items():
            if name in self.answers and options:
                case = case.with_answer(name, options[0])
        unmet = self._unmet(case, self.clocks)
        asking = {name: [one for one, facts in self._asked.items() if name in facts] for name in choices}
        for _ in range(2):
            for name, options in choices.items():
                # Another answer changes nothing for the clocks that do not ask it.
                rest = [one for one in unmet if one not in asking[name]]
                if len(rest) == len(unmet):
                    continue
                for given in options:
                    other = case.with_answer(name, given)
                    left = [*rest, *self._unmet(other, asking[name])]
                    if len(left) < len(unmet):
                        case, unmet = other, left
                    if not unmet:
                        return case
        return case

    def _open(self) -> Iterator[str]:
        """The questions that a time hangs on, and the other questions for a date."""
        facts = self.rulebook.facts
        names = [name for clock in self.clocks.values() for name in clock.facts]
        names += [name for name in self.answers if name in facts and facts[name].kind == "date"]
        for name in dict.fromkeys(names):
            if name not in self.answers or facts[name].kind == "date":
                yield name

    def _choices(self, name: str, as_of: str) -> Iterator[Given]:
        fact: Fact = self.rulebook.facts[name]
        if fact.kind != "date":
            yield from (Given.known(option) for option in reversed(fact.answers))
            return
        today = date.fromisoformat(as_of)
        days = [(today - timedelta(days=back)).isoformat() for back in _BEFORE]
        days += _around(fact.cuts)
        days += [f"{today.year - back}" for back in (1, 2, 3)]
        yield from (Given.known(day) for day in days if day <= as_of and self._fits(name, day))

    def _unmet(self, case: Case, clocks: Iterable[str]) -> list[str]:
        """Those of some time limits of which the days do not say what the solver chose."""
        return unsaid(self.rulebook, case, {name: self.answers[name].options for name in clocks})


def _around(cuts: tuple[str, ...]) -> list[str]:
    """The days on which time is divided, and the day before each."""
    return [day for cut in cuts for day in (cut, (date.fromisoformat(cut) - timedelta(days=1)).isoformat())]
