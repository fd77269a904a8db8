"""``pathways ask``: the interview at a terminal or through a pipe. What is understood and said is in ``interview/``."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from pathways.case import Case, Given, read_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.follow_up import BackError, FollowUp, StopError
from pathways.cli.keep import Keeper, NotSavedError
from pathways.cli.talk import EndOfInputError, Talk
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.interview import (
    Command,
    Interview,
    LateDates,
    Order,
    Unclear,
    begin,
    dispute_between,
    new_case,
    plain_dispute,
    understand,
)
from pathways.interview import wording as words
from pathways.interview.wording import Paragraph
from pathways.render.words import OPEN_IS_NOT_LIKELY
from pathways.rulebook.model import Fact


def ask_questions(environment: Environment, case_path: Path | None, as_of: str | None) -> Exit:
    """Interview the person at the keyboard, or read one answer a line from a pipe, and write the result.

    With a case file, each answer is saved before the next question appears. Raises
    :class:`~pathways.diagnostics.RefusedError` for a bad date, a file that is no case, or rules that cannot be read.
    """
    day = as_of_date(as_of)
    case = _case(environment, case_path, day or date.today().isoformat())
    return _Session(Talk(environment), begin(environment.rulebook, case, day), case_path).run()


def _case(environment: Environment, path: Path | None, day: str) -> Case:
    if path is not None and os.path.exists(path):
        return read_case(path, environment.rulebook, str(path))
    if path is not None and not os.path.isdir(path.parent):
        raise RefusedError(
            [
                Problem(
                    "no-such-folder",
                    "there is no such folder to keep the answers in",
                    Place(str(path.parent)),
                    help="make the folder first, or name a file in another one",
                )
            ]
        )
    return new_case(words.title(day))


class _Session:
    """One interview: the state it is in, and what was said already."""

    def __init__(self, talk: Talk, interview: Interview, file: Path | None) -> None:
        self.talk = talk
        self.interview = interview
        self.keeper = Keeper(talk, file, interview.case)
        self.late = LateDates(interview.assessment.as_of)
        self.follow_up = FollowUp(talk, self.late, self._obey_beside)
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
            self._show_result()
            self.talk.say(*self._whereabouts())
            return Exit.BAD_INPUT
        except (EndOfInputError, KeyboardInterrupt) as end:
            if isinstance(end, KeyboardInterrupt):
                self.talk.say("")
            elif not self.talk.terminal:
                return self._end_of_pipe()
            self.talk.say("Stopped.", *self._whereabouts())
            return Exit.INTERRUPTED

    def _ask_all(self) -> Exit:
        self.talk.remark(words.introduction(self.interview, self.keeper.file, resumed=self.keeper.kept is not None))
        try:
            while (fact := self.interview.question) is not None:
                self._put(fact)
                while not self._take_line(fact):
                    pass
            self.talk.remark(words.closing(self.interview))
        except StopError:
            self.talk.say(Paragraph("Stopped.", gap=True))
        if not self.talk.terminal:
            return self._end_of_pipe()
        self._end_at_terminal()
        self.talk.say("", *self._whereabouts())
        return Exit.DONE

    def _end_at_terminal(self) -> None:
        """A page to read, not a handbook: what stands where, and how to see the rest."""
        if not self.talk.environment.stdout.isatty():
            # The result goes to a file or to another program.
            self._show_result()
        elif self.interview.question is None:
            self._show_result(brief=True)
        else:
            self.talk.say(*words.so_far(self.interview))
        if self.keeper.file is None and self.interview.case.answers:
            if self.interview.question is None:
                self._offer_all()
            else:
                self._offer_to_save()

    def _end_of_pipe(self) -> Exit:
        """The result so far; exit 2, and the question by name, where one is open."""
        self._show_result()
        if self.keeper.file is not None:
            self.talk.remark(self._whereabouts())
        fact = self.interview.question
        if fact is None:
            return Exit.DONE
        self.talk.say(f"Still open: {fact.id}: {fact.ask}")
        return Exit.BAD_INPUT

    def _show_result(self, brief: bool = False) -> None:
        from pathways.render.result import brief_page, result_page
        from pathways.render.text import page_text

        environment = self.talk.environment
        self.talk.say("")
        assessment = self.interview.assessment
        page = brief_page(assessment) if brief else result_page([assessment])
        environment.out(page_text(page, environment.width, environment.colored(environment.stdout)))
        environment.stdout.flush()

    def _whereabouts(self) -> list[Paragraph]:
        return self.keeper.whereabouts(self.interview)

    # -- one question ----------------------------------------------------------------------------

    def _put(self, fact: Fact) -> None:
        """Show a question, under its topic's title where the topic changes."""
        if fact.topic != self.topic:
            self.topic = fact.topic
            first_time = fact.topic not in self.introduced
            self.introduced.add(fact.topic)
            self.talk.say(*words.heading(self.interview, fact, first_time))
        self.talk.say(*words.question(fact, self.interview.given))

    def _take_line(self, fact: Fact) -> bool:
        """Do what one line says; False if it said nothing that is understood, and another is waited for."""
        line = self.talk.read()
        if not line and self.interview.revisited:
            self.interview = self.interview.keep()
            return True
        meaning = understand(line, fact)
        if isinstance(meaning, Command):
            return self._obey(meaning, fact)
        unclear = meaning.message if isinstance(meaning, Unclear) else self.late.warning(fact, meaning.given)
        if isinstance(meaning, Unclear) or unclear:
            self.talk.unclear(unclear)
            return False
        before = self.interview
        self.talk.noted(meaning.reading)
        self._record(fact, meaning.given)
        self._tell_news(before)
        return True

    def _obey(self, command: Command, fact: Fact) -> bool:
        match command.order:
            case Order.STOP:
                raise StopError
            case Order.HELP:
                self.talk.say(*words.help_on(self.interview, fact, keys=not self.keys_explained))
                self.keys_explained = True
            case Order.SO_FAR:
                self.talk.say(*words.so_far(self.interview))
            case Order.SAVE:
                return self._save_as(command.rest)
            case Order.DISPUTED:
                return self._disputed(command.rest, fact)
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
        elif order is Order.SAVE and self.keeper.file is not None:
            self.talk.say(*self._whereabouts())
        else:
            return False
        return True

    def _record(self, fact: Fact, given: Given) -> None:
        """Take an answer, and have it on disk before anything else is asked."""
        self.interview = self.interview.with_answer(fact.id, given)
        self._save()

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

    # -- the file --------------------------------------------------------------------------------

    def _save(self) -> None:
        with suppress(BackError):
            self.keeper.save(self.interview.case, self._ask_file)

    def _save_as(self, name: str) -> bool:
        """Say where the answers are; save them under a name, given here or asked for, where there is none yet."""
        if not name and self.keeper.file is not None:
            self._save()
            self.talk.say(*self._whereabouts())
            return True
        if not name and not self.talk.terminal:
            self.talk.unclear("Type s and a file name, such as: s my-case.yaml")
            return False
        try:
            path = self.keeper.named(name) if name else self._ask_file("File name? Enter goes on without saving.")
        except BackError:
            path = None
        if path is not None:
            self._adopt(path)
        return True

    def _offer_to_save(self) -> None:
        with suppress(StopError, BackError):
            self._keep_in(self._ask_file("To keep your answers, type a file name. Enter leaves without saving."))

    def _offer_all(self) -> None:
        """At the end, without a file: the whole result, as often as it is asked for, or saving."""
        with suppress(StopError, BackError):
            while self.keeper.file is None and (
                line := self.follow_up.ask_plainly("Type full to see everything, s to save, Enter to end.")
            ):
                word, _, rest = line.partition(" ")
                if line.casefold() == "full":
                    self._show_result()
                elif word.casefold() in ("s", "save"):
                    name = rest.strip()
                    self._keep_in(self.keeper.named(name) if name else self._ask_file("File name?"))
                else:
                    self.talk.unclear("That is none of these.")

    def _adopt(self, path: Path) -> None:
        """Keep the answers in a file from now on."""
        self._keep_in(path)
        self.talk.say(*self._whereabouts())

    def _keep_in(self, path: Path | None) -> None:
        if path is not None:
            with suppress(BackError):
                self.keeper.adopt(path, self.interview.case, self._ask_file)

    def _ask_file(self, asked: str) -> Path | None:
        while name := self.follow_up.ask(asked):
            if path := self.keeper.named(name):
                return path
        return None
