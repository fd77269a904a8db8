"""``pathways ask``: the interview at a terminal or through a pipe. What is understood and said is in ``interview/``."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pathways.case import Case, Given, Said, read_case, save_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.talk import EndOfInputError, Talk
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.interview import (
    Answered,
    Command,
    Interview,
    Order,
    Unclear,
    begin,
    dispute_between,
    new_case,
    plain_dispute,
    understand,
)
from pathways.interview import wording as words
from pathways.interview.dispute import dispute_of, name_of
from pathways.interview.understand import key_of, understand_option
from pathways.interview.wording import Paragraph
from pathways.record import replaced
from pathways.render.words import OPEN_IS_NOT_LIKELY
from pathways.rulebook.model import Fact
from pathways.yamlfile import shown_name


def ask_questions(environment: Environment, case_path: Path | None, as_of: str | None) -> Exit:
    """Interview the person at the keyboard, or read one answer a line from a pipe, and write the result.

    With a case file, each answer is saved before the next question appears. Raises
    :class:`~pathways.diagnostics.RefusedError` for a bad date, a file that is no case, or rules that cannot be read.
    """
    day = as_of_date(as_of)
    case = _case(environment, case_path)
    return _Session(Talk(environment), begin(environment.rulebook, case, day), case_path).run()


def _case(environment: Environment, path: Path | None) -> Case:
    if path is None:
        return new_case("")
    if os.path.exists(path):
        return read_case(path, environment.rulebook)
    if not os.path.isdir(path.parent):
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
    return new_case(name_of(path.stem))


class _StopError(Exception):
    """The person asked to stop."""


class _BackError(Exception):
    """The person asked to go back from a follow-up to its question."""


class _NotSavedError(Exception):
    """An answer could not be saved, and nobody is there to name another file."""


class _Session:
    """One interview: the state it is in, and the file that keeps it."""

    def __init__(self, talk: Talk, interview: Interview, file: Path | None) -> None:
        self.talk = talk
        self.interview = interview
        self.file = file
        # What is known to be on disk, and where. ``file`` is where the next answer goes.
        self.kept = (file, interview.case) if file is not None and interview.case.file else None
        self.topic = ""
        self.introduced: set[str] = set()
        self.open_explained = False

    # -- the whole -------------------------------------------------------------------------------

    def run(self) -> Exit:
        """Ask until nothing is open, or until the person or the input ends it."""
        try:
            return self._ask_all()
        except _NotSavedError:
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
        self._introduce()
        try:
            while (fact := self.interview.question) is not None:
                self._put(fact)
                while not self._take_line(fact):
                    pass
            self.talk.remark(words.closing(self.interview))
        except _StopError:
            self.talk.say(Paragraph("Stopped.", gap=True))
        if not self.talk.terminal:
            return self._end_of_pipe()
        self._show_result()
        if self.file is None and self.interview.case.answers:
            self._offer_to_save()
        self.talk.say("", *self._whereabouts())
        return Exit.DONE

    def _introduce(self) -> None:
        self.talk.remark(words.introduction(self.interview.rulebook))
        if self.file is None:
            kept = "Nothing is written to disk unless you type s."
        elif self.kept is None:
            kept = f"Each answer is saved in {shown_name(self.file)} as you give it."
        else:
            answers = words.count(len(self.interview.history), "answer")
            kept = f"{shown_name(self.file)} holds {answers}. Each new one is saved there as you give it."
        self.talk.remark([Paragraph(kept, gap=True)])

    def _end_of_pipe(self) -> Exit:
        """The result so far; exit 2, and the question by name, where one is open."""
        self._show_result()
        if self.file is not None:
            self.talk.remark(self._whereabouts())
        fact = self.interview.question
        if fact is None:
            return Exit.DONE
        self.talk.say(f"Still open: {fact.id}: {fact.ask}")
        return Exit.BAD_INPUT

    def _show_result(self) -> None:
        from pathways.render.text import assessment_text

        environment = self.talk.environment
        self.talk.say("")
        color = environment.colored(environment.stdout)
        environment.out(assessment_text([self.interview.assessment], environment.width, color))
        environment.stdout.flush()

    # -- one question ----------------------------------------------------------------------------

    def _put(self, fact: Fact) -> None:
        """Show a question, under its topic's title where the topic changes."""
        if fact.topic != self.topic:
            self.topic = fact.topic
            first_time = fact.topic not in self.introduced
            self.introduced.add(fact.topic)
            self.talk.say(*words.heading(self.interview.rulebook.topics[fact.topic], first_time))
        self.talk.say(*words.question(fact, self.interview.given))

    def _take_line(self, fact: Fact) -> bool:
        """Do what one line says; False if it said nothing that is understood, and another is waited for."""
        line = self.talk.read()
        if not line and self.interview.revisited:
            self.interview = self.interview.keep()
            return True
        meaning = understand(line, fact)
        if isinstance(meaning, Unclear):
            self.talk.unclear(meaning.message)
            return False
        if isinstance(meaning, Command):
            return self._obey(meaning, fact)
        before = self.interview
        self._note(meaning)
        self._record(fact, meaning.given)
        self._tell_news(before)
        return True

    def _obey(self, command: Command, fact: Fact) -> bool:
        match command.order:
            case Order.STOP:
                raise _StopError
            case Order.HELP:
                self.talk.say(*words.help_on(self.interview, fact))
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

    def _note(self, meaning: Answered) -> None:
        """Repeat an answer that was typed in other words."""
        if meaning.reading:
            self.talk.say(f"Noted: {meaning.reading.rstrip('.')}.")

    def _record(self, fact: Fact, given: Given) -> None:
        """Take an answer, and have it on disk before anything else is asked."""
        self.interview = self.interview.with_answer(fact.id, given)
        self._save()

    def _tell_news(self, before: Interview) -> None:
        told = list(words.news(before, self.interview, not self.open_explained))
        self.open_explained = self.open_explained or any(OPEN_IS_NOT_LIKELY in one.text for one in told)
        self.talk.remark(told)

    # -- disputes --------------------------------------------------------------------------------

    def _disputed(self, rest: str, fact: Fact) -> bool:
        """Note a dispute; then, at a terminal, ask who says what, which may all be skipped."""
        before = self.interview
        known = before.case.answers.get(fact.id)
        # A dispute that is noted already, with all that was said, stays until something else is said.
        plain = known if known and known.kind == "disputed" else plain_dispute(fact)
        given = dispute_between(rest, fact) if rest else plain
        if isinstance(given, Unclear):
            self.talk.unclear(given.message)
            return False
        if given is not None:
            self._record(fact, given)
        elif not self.talk.terminal:
            self.talk.unclear("A date is disputed between two: type both, such as: d 7 Jan 2026 or 8 Jan 2026")
            return False
        if self.talk.terminal and not rest:
            try:
                self._ask_sides(fact)
            except _BackError:
                self.interview = self.interview if given is None else self.interview.revisit(fact.id)
                return True
        self._tell_news(before)
        return True

    def _ask_sides(self, fact: Fact) -> None:
        dated = fact.kind == "date"
        self.talk.say("Disputed between which dates?" if dated else "Noted: disputed. Who says what? Enter skips.")
        sides: list[Said] = []
        for asked, answer in _sides_of(fact):
            option = answer or self._ask_option(asked, fact)
            if not option:
                break
            sides.append(Said(option, name_of(self._ask(asked if answer else "Who says so?"))))
        given = dispute_of(fact, sides)
        if given is not None and given.said:
            self._record(fact, given)
        elif dated:
            self.talk.say("A date is disputed between two different dates, so nothing more was noted.")
        elif fact.kind != "yes-no" and sides:
            self.talk.say("Two different answers are needed to note who says what, so nothing more was noted.")

    def _ask_option(self, asked: str, fact: Fact) -> str:
        """One of the question's answers, or nothing."""
        while line := self._ask(asked):
            meaning = understand_option(line, fact)
            if isinstance(meaning, Answered):
                self._note(meaning)
                return meaning.given.options[0]
            self.talk.unclear(meaning.message)
        return ""

    def _ask(self, asked: str) -> str:
        """A line in answer to a follow-up; empty when it is skipped."""
        while True:
            self.talk.say(asked)
            line = self.talk.read()
            match key_of(line):
                case None:
                    return "" if line == "u" else line
                case Order.STOP:
                    raise _StopError
                case Order.BACK:
                    raise _BackError
                case Order.SO_FAR:
                    self.talk.say(*words.so_far(self.interview))
                case Order.SAVE if self.file is not None:
                    self.talk.say(*self._whereabouts())
                case _:
                    self.talk.say("Type an answer to this, or Enter to skip it. b goes back to the question, q stops.")

    # -- the file --------------------------------------------------------------------------------

    def _save(self) -> None:
        """Write the answers to the file, if there is one. Where that fails, ask for another, or give up in a pipe."""
        while self.file is not None:
            try:
                self._write(self.file)
                return
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                self.talk.say(f"NOT SAVED in {shown_name(self.file)}: {reason}.")
            if not self.talk.terminal:
                raise _NotSavedError
            try:
                other = self._ask_file(
                    "Your answers are still here. Type another file name, or Enter to go on without saving for now."
                )
            except _BackError:
                return
            if other is None:
                return
            self.file = other

    def _write(self, path: Path) -> None:
        case = replaced(self.interview.case, file=shown_name(path))
        try:
            save_case(case, path)
        except KeyboardInterrupt:
            # It may or may not have been written: write it, so that what is said about it is true.
            save_case(case, path)
            self.kept = path, case
            raise
        self.kept = path, case

    def _save_as(self, name: str) -> bool:
        """Say where the answers are; save them under a name, given here or asked for, where there is none yet."""
        if not name and self.file is not None:
            self._save()
            self.talk.say(*self._whereabouts())
            return True
        if not name and not self.talk.terminal:
            self.talk.unclear("Type s and a file name, such as: s my-case.yaml")
            return False
        try:
            path = self._file_named(name) if name else self._ask_file("File name? Enter goes on without saving.")
        except _BackError:
            path = None
        if path is not None:
            self._adopt(path)
        return True

    def _offer_to_save(self) -> None:
        with suppress(_StopError, _BackError):
            path = self._ask_file("To keep your answers, type a file name. Enter leaves without saving.")
            if path is not None:
                self._adopt(path)

    def _adopt(self, path: Path) -> None:
        """Keep the answers in a file from now on."""
        if self.file is None:
            case = replaced(self.interview.case, title=new_case(name_of(path.stem)).title)
            self.interview = replace(self.interview, case=case)
        before, self.file = self.file, path
        self._save()
        if self.kept is None or self.kept[0] is not self.file:
            self.file = before
        self.talk.say(*self._whereabouts())

    def _ask_file(self, asked: str) -> Path | None:
        while name := self._ask(asked):
            if path := self._file_named(name):
                return path
        return None

    def _file_named(self, name: str) -> Path | None:
        """The path for a typed name; None, having said so, for a file that is there already."""
        path = Path(os.path.expanduser(name.strip("\"'")))
        if name_of(path.name) != path.name:
            self.talk.unclear("A file cannot have that name here. Type another, such as: my-case.yaml")
        elif os.path.lexists(path):
            self.talk.unclear(f"{shown_name(path)} is there already, and is left as it is. Type another name.")
        else:
            return path
        return None

    def _whereabouts(self) -> list[Paragraph]:
        """What is saved, and where; and the command that goes on from there."""
        answers = self.interview.case.answers
        if self.kept is None:
            lost = f": your {words.count(len(answers), 'answer')} will be gone" if answers else ""
            return [Paragraph(f"Nothing was written to disk{lost}.")]
        path, case = self.kept
        name = shown_name(path)
        if case.answers != answers:
            held = words.count(len(case.answers), "answer")
            return [Paragraph(f"{name} holds {held}; what you answered since is NOT saved.")]
        saved = f"Your {words.count(len(answers), 'answer')} {'is' if len(answers) == 1 else 'are'} saved in {name}."
        goes_on, command = ("To go on:", "ask") if self.interview.question else ("To see the result again:", "run")
        rules = self.talk.environment.rules
        chosen = ["--rules", str(rules)] if rules else []
        line = shlex.join(["pathways", command, *chosen, name])
        return [Paragraph(f"{saved} {goes_on}"), Paragraph(line, label="  ", unbroken=True)]


def _sides_of(fact: Fact) -> list[tuple[str, str]]:
    """What is asked about the sides of a dispute, and the answer that a side stands for, where that is fixed."""
    if fact.kind == "yes-no":
        return [("Who says yes?", "yes"), ("Who says no?", "no")]
    return [("What does one side say?", ""), ("What does the other side say?", "")]
