"""Where an interview stands: a value; every step makes a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from pathways.assessment import Assessment, AvenueResult, Standing, assess
from pathways.assessment.asking import mattering, shown_beside
from pathways.assessment.grounds import Ground, grounds
from pathways.case import Case, Given
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue, Fact

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Interview:
    """Answers given, and the question that is being asked.

    ``history`` names the questions answered, in the order in which they were; ``revisited`` is the one of them
    that is being asked again, or empty. Two interviews are equal when the same was answered in the same order and the
    same is asked next. A ``thorough`` one goes on to what can change only what is shown beside the standings.
    """

    rulebook: Rulebook = field(repr=False, compare=False)
    case: Case
    as_of: str | None = None
    history: tuple[str, ...] = ()
    revisited: str = ""
    about: tuple[str, ...] = ()
    thorough: bool = False

    @cached_property
    def assessment(self) -> Assessment:
        """What the answers come to; worked out once for each state."""
        return self.assessed(self.case)

    def assessed(self, case: Case) -> Assessment:
        """What other answers would come to, here and now."""
        return assess(self.rulebook, replaced(case, about=self.about) if self.about else case, self.as_of)

    @cached_property
    def without(self) -> Assessment:
        """What the answers come to if the question that is asked again had none yet."""
        return self.assessed(self.case.with_answer(self.revisited, None)) if self.revisited else self.assessment

    @property
    def answered(self) -> tuple[Fact, ...]:
        """The questions that are answered, in the story's order."""
        topics = self.rulebook.topics.values()
        return tuple(self.rulebook.facts[name] for topic in topics for name in topic.facts if name in self.case.answers)

    @cached_property
    def next_open(self) -> str:
        """The first question that was not answered and matters to how an avenue stands; empty when there is none."""
        return next(self._open(), "")

    @cached_property
    def open_questions(self) -> tuple[str, ...]:
        """All of these, in the story's order."""
        return tuple(self._open()) if self.next_open else ()

    def _open(self) -> Iterator[str]:
        return (name for name in mattering(self.assessment) if name not in self.case.answers)

    @cached_property
    def further_questions(self) -> tuple[str, ...]:
        """The questions that can change only what is shown beside the standings, in the story's order."""
        found, open_now = self.assessment, self.open_questions
        needless = [name for name in found.open_questions if name not in open_now]
        further = {*found.further_questions, *shown_beside(found, needless)}.difference(self.case.answers)
        return tuple(sorted(further, key=self.rulebook.story_order.__getitem__))

    @property
    def may_be_asked(self) -> tuple[str, ...]:
        """The questions among which are all that are asked from here on: quicker found than these alone."""
        found = self.assessment
        return (*found.open_questions, *(found.further_questions if self.thorough else ()))

    @property
    def left(self) -> tuple[str, ...]:
        """What is asked from here on: the open questions; when there is none, the further ones if that is wanted."""
        return self.open_questions or (self.further_questions if self.thorough else ())

    @property
    def question(self) -> Fact | None:
        """The question to ask now: one gone back to, else the first open one; None when there is none."""
        name = self.revisited or self.next_open or next(iter(self.left), "")
        return self.rulebook.facts[name] if name else None

    @property
    def given(self) -> Given | None:
        """The answer that the question already has, when it is asked again."""
        return self.case.answers.get(self.revisited)

    def answer(self, given: Given) -> Interview:
        """Answer the question; the next is the first that is open. Raises :class:`ValueError` when there is none."""
        fact = self.question
        if fact is None:
            raise ValueError("no question is open")
        return self.with_answer(fact.id, given)

    def with_answer(self, name: str, given: Given) -> Interview:
        """Give or change the answer to any question; every other answer stays, and each keeps its place.

        The same answer again keeps what was noted with it: who said so, and on what source.
        """
        known = self.case.answers.get(name)
        if known and not given.said and (known.kind, {*known.options}) == (given.kind, {*given.options}):
            given = known
        answers = {**self.case.answers, name: given}
        history = self.history if name in self.history else (*self.history, name)
        case = replaced(self.case, answers=answers, inherited=self.case.inherited - {name})
        return replace(self, case=case, history=history, revisited="")

    def keep(self) -> Interview:
        """Leave the answer to a revisited question as it is."""
        return replace(self, revisited="")

    def back(self) -> Interview:
        """Ask the question before this one again; the same interview when there is none before."""
        at = self.history.index(self.revisited) if self.revisited else len(self.history)
        return replace(self, revisited=self.history[at - 1]) if at else self

    def revisit(self, name: str) -> Interview:
        """Ask an answered question again. Raises :class:`ValueError` if it was not answered."""
        if name not in self.history:
            raise ValueError(f"{name} was not answered")
        return replace(self, revisited=name)

    def go_on(self) -> Interview:
        """Ask what can change only what is shown beside the standings, too."""
        return replace(self, thorough=True)

    def with_note(self, text: str) -> Interview:
        """Note something with the question that is asked; no text takes the note away."""
        assert self.question is not None, "a question is asked"
        notes = {name: note for name, note in self.case.notes.items() if name != self.question.id}
        if text:
            notes[self.question.id] = text
        return replace(self, case=replaced(self.case, notes=notes))

    def hanging_on(self, name: str) -> tuple[tuple[Avenue, tuple[Ground, ...]], ...]:
        """The avenues that an answer to a question can still change, as if it had none yet, each with what in it."""
        return grounds(self.assessed(self.case.with_answer(name, None)), name)


def begin(rulebook: Rulebook, case: Case, as_of: str | None = None, about: tuple[str, ...] = ()) -> Interview:
    """Begin an interview, or go on with one: what the case answers is behind us."""
    return Interview(rulebook, case, as_of, tuple(name for name in case.answers if name in rulebook.facts), about=about)


def new_case(title: str) -> Case:
    """A case without answers; a title that a file cannot hold is made to fit."""
    return Case(" ".join(title.split())[:LONGEST_TITLE].strip() or "My answers")


def settled(before: Interview, after: Interview) -> tuple[AvenueResult, ...]:
    """The avenues whose standing has just been settled, or settled differently."""
    found = changed(before.assessment, after.assessment)
    return tuple(result for result in found if result.standing is not Standing.UNDETERMINED)


def unsettled(before: Interview, after: Interview) -> tuple[AvenueResult, ...]:
    """The avenues that were settled and no longer are, because an answer was changed."""
    found = changed(before.assessment, after.assessment)
    return tuple(result for result in found if result.standing is Standing.UNDETERMINED)


def changed(before: Assessment, after: Assessment) -> list[AvenueResult]:
    """The avenues that stand otherwise after an answer than before it."""
    known = {result.avenue.id: result.standing for result in before.avenues}
    return [result for result in after.avenues if known.get(result.avenue.id) is not result.standing]
