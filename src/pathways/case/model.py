"""What a case is: a value; an answer given later makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pathways.logic import Answer
from pathways.record import made, record, replaced
from pathways.rulebook import Rulebook

GivenKind = Literal["known", "unknown", "one-of", "disputed"]


@record
class Said:
    """One side of an answer: what is said, by whom, on what source."""

    answer: str
    by: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


@record
class Given:
    """An answer as it was given.

    ``known``: one option (or a date, possibly partial); ``unknown``: asked, and not known; ``one-of``: not
    known which of several; ``disputed``: evidence for several. ``options`` are the options still possible.
    """

    kind: GivenKind
    options: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()

    @classmethod
    def known(cls, option: str) -> Given:
        """A plain answer."""
        return cls("known", (option,))


@record
class Expectation:
    """Something a scenario expects, by a path such as ``avenues.ftca.standing``.

    What an avenue ``could_become`` is one expectation with all its names; ``because`` is one for each name.
    """

    path: tuple[str, ...]
    expected: str

    @property
    def name(self) -> str:
        """The path as one word."""
        return ".".join(self.path)


@record
class Decided:
    """A real decision that a case is taken from: the authority (its name in the rulebook) and what it held."""

    by: str
    holding: str


@record
class Change:
    """What became of a name that is older than the rules: the new one, or (where that is empty) why it was left out.

    ``kept`` says that what was answered stays in the file all the same.
    """

    old: str
    new: str
    reason: str = ""
    kept: bool = False


@record
class Case:
    """One person's question about one event and one officer's acts.

    ``based_on`` names the file whose answers it shares, ``inherited`` which of the answers come from there.
    ``saved_with`` is the rulebook and the version it was saved with, ``changes`` what was renamed or left out because
    of that, and ``set_aside`` what was answered to questions that are not asked any more. ``notes`` are the person's
    own, by question.
    """

    title: str
    file: str = ""
    story: str = ""
    as_of: str = ""
    about: tuple[str, ...] = ()
    answers: Mapping[str, Given] = made(default_factory=dict)
    expect: tuple[Expectation, ...] = ()
    decided: Decided | None = None
    based_on: str = ""
    inherited: frozenset[str] = frozenset()
    saved_with: str = ""
    notes: Mapping[str, str] = made(default_factory=dict)
    set_aside: Mapping[str, str] = made(default_factory=dict)
    changes: tuple[Change, ...] = ()

    @property
    def own(self) -> dict[str, Given]:
        """The answers given here, without those of the file that it is based on."""
        return {name: given for name, given in self.answers.items() if name not in self.inherited}

    def with_answer(self, fact: str, given: Given | None) -> Case:
        """The case with one answer more, changed, or (None) taken back."""
        answers = {name: answer for name, answer in self.answers.items() if name != fact}
        if given is not None:
            answers[fact] = given
        return replaced(self, answers=answers, inherited=self.inherited - {fact})

    def logic(self, rulebook: Rulebook) -> dict[int, Answer]:
        """The answers for the evaluator; what is not here is not known."""
        answers: dict[int, Answer] = {}
        for name, given in self.answers.items():
            index = rulebook.variables.get(name)
            if index is None or given.kind == "unknown":
                continue
            fact = rulebook.facts[name]
            options: tuple[str, ...] = given.options
            disputed = given.kind == "disputed"
            variable = rulebook.statements.variables[index]
            if fact.kind == "date":
                options = tuple(
                    name for day in given.options for name in date_segments(fact.cuts, day, variable.options)
                )
            answers[index] = Answer(variable.mask(options), disputed and len(set(options)) > 1)
        return answers


@lru_cache(maxsize=1 << 12)
def date_segments(cuts: tuple[str, ...], day: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches between ``cuts`` in which a day, month or year may lie.

    Dates compare as text: a partial date is the interval from its first possible day to its last.
    """
    first, last = _pad(day, "-01"), _pad(day, "-31")
    starts = ("", *(_pad(cut, "-01") for cut in cuts))
    ends = (*(_pad(cut, "-01") for cut in cuts), "9999")
    return tuple(name for name, start, end in zip(names, starts, ends, strict=True) if start <= last and first < end)


def lies_after(given: Given, day: str) -> bool:
    """Whether a date that was given, or one of them, begins after ``day``."""
    return any(_pad(option, "-01") > day for option in given.options)


def dates_after(case: Case, rulebook: Rulebook, day: str) -> tuple[str, ...]:
    """The questions for a date that a case answers with one after ``day``."""
    facts = rulebook.facts
    return tuple(
        name
        for name, given in case.answers.items()
        if name in facts and facts[name].kind == "date" and lies_after(given, day)
    )


def _pad(day: str, missing_day: str) -> str:
    if len(day) == 4:
        day += "-01" if missing_day == "-01" else "-12"
    return day if len(day) == 10 else day + missing_day
