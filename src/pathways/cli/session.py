"""One interview: the state it is in, and what was said already."""

from __future__ import annotations

from contextlib import suppress

from pathways.case import Given
from pathways.cli.ending import Ending
from pathways.cli.exits import Exit
from pathways.cli.follow_up import BackError, FollowUp, StopError
from pathways.cli.keep import Keeper, NotSavedError
from pathways.cli.looking_back import LookingBack
from pathways.cli.saving import Saving
from pathways.cli.talk import EndOfInputError, Talk
from pathways.interview import (
    Command,
    Interview,
    LateDates,
    Order,
    Unclear,
    dispute_between,
    plain_dispute,
    understand,
)
from pathways.interview import wording as words
from pathways.interview.dispute import LONGEST_NOTE, name_of
from pathways.interview.understand import understand_option
from pathways.interview.wording import Paragraph
from pathways.render.words import OPEN_IS_NOT_LIKELY
from pathways.rulebook.model import Fact


class Session:
    """Asks and records; what comes after the last question is in :mod:`pathways.cli.ending`."""

    def __init__(self, talk: Talk, interview: Interview, keeper: Keeper) -> None:
        self.talk = talk
        self.interview = interview
        self.keeper = keeper
        self.late = LateDates(interview.assessment.as_of)
        self.follow_up = FollowUp(talk, interview.rulebook, self.late, self._obey_beside)
        self.saving = Saving(talk, keeper, self.follow_up, lambda: self.interview)
        self.ending = Ending(talk, self.saving, self.follow_up, lambda: self.interview)
        self.looking_back = LookingBack(talk, self.follow_up)
        self.topic = ""
        self.introduced: set[str] = set()
        self.open_explained = False
        self.keys_explained = False

    # -- the whole -------------------------------------------------------------------------------

    def run(self) -> Exit:
        """Ask until nothing is open, or until the person or the input ends it."""
        try:
            return self._ask_all()
        except NotSavedError:
            self.ending.show_result()
            self.talk.say(*self.saving.whereabouts())
            return Exit.BAD_INPUT
        except (EndOfInputError, KeyboardInterrupt) as end:
            if isinstance(end, KeyboardInterrupt):
                self.talk.say("")
            elif not self.talk.terminal:
                return self.ending.of_pipe()
            self.keeper.save_if_possible(self.interview.case)
            self.talk.say("Stopped.", *self.saving.whereabouts())
            return Exit.INTERRUPTED

    def _ask_all(self) -> Exit:
        resumed = self.keeper.kept is not None
        self.talk.remark(words.introduction(self.interview, self.keeper.file, resumed))
        # Nothing is renamed or left out without a word, however little is to be said.
        self.talk.say_all(words.migrated(self.interview.case))
        try:
            self._ask_the_open()
            while self.talk.terminal and self.interview.history and self._goes_back():
                self._ask_the_open()
        except StopError:
            self.talk.say(Paragraph("Stopped.", gap=True))
        if not self.talk.terminal:
            return self.ending.of_pipe()
        self.ending.at_terminal()
        self.talk.say("", *self.saving.whereabouts())
        return Exit.DONE

    def _ask_the_open(self) -> None:
        while (fact := self.interview.question) is not None:
            self._put(fact)
            while not self._take_line(fact):
                pass
            if self.looking_back.going_on and not self.interview.revisited:
                self.interview = self.looking_back.on(self.interview)
        self.talk.remark(words.closing(self.interview))

    def _goes_back(self) -> bool:
        """After the last question: whether the person goes back to one before the result is shown."""
        while True:
            more = "m asks these too. " if self.interview.further_questions else ""
            self.talk.say(f"Enter shows the result. {more}r goes over all answers, b goes back to the last question.")
            line = self.talk.read()
            meaning = self.looking_back.asked(line)
            if more and line.casefold() in ("m", "more"):
                self.interview = self.interview.go_on()
                return True
            if not line or meaning is Order.STOP:
                return False
            if meaning is Order.BACK:
                self.interview = self.interview.back()
            elif isinstance(meaning, Command):
                self.interview = self.looking_back.review(self.interview, meaning.rest)
            elif meaning is None or not self._obey_beside(meaning):
                self.talk.unclear("That is none of these.")
            if self.interview.question is not None:
                return True

    # -- one question ----------------------------------------------------------------------------

    def _put(self, fact: Fact) -> None:
        """Show a question, under its topic's title where the topic changes."""
        if fact.topic != self.topic:
            self.topic = fact.topic
            first_time = fact.topic not in self.introduced
            self.introduced.add(fact.topic)
            self.talk.say(*words.heading(self.interview, fact, first_time))
        self.talk.say(*words.question(self.interview, fact))

    def _take_line(self, fact: Fact) -> bool:
        """Do what one line says; False if it said nothing that is understood, and another is waited for."""
        line = self.talk.read()
        if not line and self.interview.revisited:
            self.interview = self.interview.keep()
            return True
        meaning = understand(line, fact)
        if isinstance(meaning, Command):
            return self._obey(meaning, fact)
        if isinstance(meaning, Unclear):
            self.talk.unclear(meaning.message)
            return False
        return self._answer(fact, meaning.given, meaning.reading)

    def _answer(self, fact: Fact, given: Given, reading: str) -> bool:
        if warning := self.late.warning(fact, given):
            self.talk.unclear(warning)
            return False
        before = self.interview
        self.talk.noted(reading)
        self._record(fact, given)
        if given.kind == "unknown":
            self.talk.remark(words.not_known(self.interview, fact))
        self._tell_news(before)
        return True

    def _obey(self, command: Command, fact: Fact) -> bool:
        match command.order:
            case Order.STOP:
                raise StopError
            case Order.HELP:
                self._explain(fact, command.rest)
            case Order.SO_FAR:
                self.talk.say(*words.so_far(self.interview))
            case Order.SAVE:
                return self.saving.save_as(command.rest)
            case Order.DISPUTED:
                return self._disputed(command.rest, fact)
            case Order.NOTE:
                return self._note(command.rest, fact)
            case Order.REVIEW:
                self.interview = self.looking_back.review(self.interview, command.rest)
            case Order.BACK:
                earlier = self.interview.back()
                if earlier is self.interview:
                    self.talk.unclear("This is the first question.")
                    return False
                self.interview = earlier
        return True

    def _obey_beside(self, order: Order) -> bool:
        """Do what is asked for at a follow-up, where that leaves the follow-up as it is."""
        if order is Order.SO_FAR:
            self.talk.say(*words.so_far(self.interview))
        elif order is Order.REVIEW:
            self.talk.say(*words.review(self.interview))
        elif order is Order.SAVE and self.keeper.file is not None:
            self.talk.say(*self.saving.whereabouts())
        else:
            return False
        return True

    def _explain(self, fact: Fact, term: str) -> None:
        """What a term means; or what a question means, why it is asked, and what each answer would do."""
        from pathways.interview.why import explainable, explained, why, would_do

        if term and term.casefold() != "why":
            self.talk.say(*explained(self.interview.rulebook, term))
            return
        self.talk.say(*words.meaning(fact), *why(self.interview, fact), *would_do(self.interview, fact))
        self.talk.say_all(explainable(self.interview.rulebook, fact))
        self.talk.say(*words.can_be_typed(fact, keys=not self.keys_explained))
        self.keys_explained = True

    def _record(self, fact: Fact, given: Given) -> None:
        """Take an answer, and have it on disk before anything else is asked."""
        self.interview = self.interview.with_answer(fact.id, given)
        self.saving.save()

    def _tell_news(self, before: Interview) -> None:
        told = list(words.news(before, self.interview, not self.open_explained))
        self.open_explained = self.open_explained or any(OPEN_IS_NOT_LIKELY in one.text for one in told)
        self.talk.remark(told)

    def _disputed(self, rest: str, fact: Fact) -> bool:
        """Note a dispute; then, at a terminal, ask who says what, which may all be skipped."""
        before = self.interview
        known = before.case.answers.get(fact.id)
        # A dispute that is noted already, with all that was said, stays until something else is said.
        plain = known if known and known.kind == "disputed" else plain_dispute(fact)
        given = dispute_between(rest, fact) if rest else plain
        unclear = given.message if isinstance(given, Unclear) else given and rest and self.late.warning(fact, given)
        if isinstance(given, Unclear) or unclear:
            self.talk.unclear(unclear or "")
            return False
        if given is not None:
            self._record(fact, given)
        elif not self.talk.terminal:
            self.talk.unclear("A date is disputed between two: type both, such as: d 7 Jan 2026 or 8 Jan 2026")
            return False
        if self.talk.terminal and not rest:
            try:
                sides = self.follow_up.sides(fact)
            except BackError:
                self.interview = self.interview if given is None else self.interview.revisit(fact.id)
                return True
            if sides is not None:
                self._record(fact, sides)
        self._tell_news(before)
        return True

    def _note(self, text: str, fact: Fact) -> bool:
        """Add a note to the question; what was meant as the answer no is taken as that."""
        meant = "If you mean the answer no, type no. " if fact.kind == "yes-no" else ""
        if not text and not self.talk.terminal:
            self.talk.unclear(f"Type n and the note, such as: n her brother knows. {meant}".rstrip())
            return False
        if not text:
            known = self.interview.case.notes.get(fact.id)
            takes_away = "A - takes the note away. " if known else ""
            try:
                text = self.follow_up.ask(f"Your note? {meant}{takes_away}Enter goes back to the question.", Order.NOTE)
            except BackError:
                return True
            answer = understand_option("no" if meant and text == "n" else text, fact) if meant and text else None
            if answer is not None and not isinstance(answer, Unclear):
                return self._answer(fact, answer.given, answer.given.options[0])
        if text:
            before = self.interview.case.notes.get(fact.id, "")
            whole = "" if text == "-" else "; ".join(filter(None, [before.rstrip("."), name_of(text, LONGEST_NOTE)]))
            self.interview = self.interview.with_note(whole[:LONGEST_NOTE])
            with suppress(BackError):
                self.saving.save()
            self.talk.say("The note is with this question." if whole else "The note is gone.")
        return True
