"""The file that keeps the answers of an interview: writing it, and saying what is in it."""

from __future__ import annotations

import errno
import os
import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pathways.case import Case, ChangedError, save_again, save_case
from pathways.cli.talk import Talk
from pathways.interview import Interview
from pathways.interview.dispute import name_of
from pathways.interview.wording import Paragraph, count
from pathways.record import replaced
from pathways.rulebook.model import About

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the disk takes no more, or this file is too large for it",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "that disk can only be read",
    errno.ENOENT: "that folder is not there any more",
}


class NotSavedError(Exception):
    """An answer could not be saved, and nobody is there to name another file."""


class Keeper:
    """Where the next answer goes (``file``), and what is known to be on disk, and where (``kept``).

    Files are called what the person called them, so that the commands shown can be typed again.
    """

    def __init__(self, talk: Talk, file: Path | None, case: Case, about: About, digest: str) -> None:
        self.talk = talk
        self.file = file
        #: What the file held when it was last read or written here: if it holds anything else, it is left as it is.
        self.digest = digest
        self.saved_with = f"{about.id} {about.version}"
        self.kept = (file, case) if file is not None and case.file else None

    def save(self, case: Case, ask_other: Callable[[str], Path | None]) -> None:
        """Write the answers, if there is a file. Where that fails, ask for another, or give up in a pipe."""
        while self.file is not None:
            try:
                self._write(case, self.file)
                return
            except (OSError, ValueError) as error:
                self.talk.say(f"NOT SAVED in {self.file}: {_reason(error)}.")
            if not self.talk.terminal:
                raise NotSavedError
            other = ask_other(
                "Your answers are still here. Type another file name, or Enter to go on without saving for now."
            )
            if other is None:
                return
            self.file, self.digest = other, ""

    def save_if_possible(self, case: Case) -> None:
        """Write what is not on disk yet, before leaving; what cannot be written is said afterwards."""
        if self.file is not None and case.answers and not self.holds(case):
            with suppress(OSError, ValueError):
                self._write(case, self.file)

    def holds(self, case: Case) -> bool:
        """Whether these answers and notes are on disk."""
        return self.kept is not None and (self.kept[1].answers, self.kept[1].notes) == (case.answers, case.notes)

    def adopt(self, path: Path, case: Case, ask_other: Callable[[str], Path | None]) -> None:
        """Keep the answers in this file from now on, if they can be written."""
        before = self.file, self.digest
        self.file, self.digest = path, ""
        self.save(case, ask_other)
        if self.kept is None or self.kept[0] is not self.file:
            self.file, self.digest = before

    def named(self, name: str) -> Path | None:
        """The path for a typed name; None, having said so, for a file that is there already."""
        path = Path(os.path.expanduser(name.strip("\"'")))
        if name_of(path.name) != path.name:
            self.talk.unclear("A file cannot have that name here. Type another, such as: my-case.yaml")
        elif os.path.lexists(path):
            self.talk.unclear(f"{path} is there already, and is left as it is. Type another name.")
        else:
            return path
        return None

    def whereabouts(self, interview: Interview) -> list[Paragraph]:
        """What is saved, and where; and the command that goes on from there."""
        answers = interview.case.answers
        if self.kept is None:
            lost = f": your {count(len(answers), 'answer')} will be gone" if answers else ""
            return [Paragraph(f"Nothing was written to disk{lost}.")]
        path, case = self.kept
        if not self.holds(interview.case):
            held = count(len(case.answers), "answer")
            return [Paragraph(f"{path} holds {held}; what you answered since is NOT saved.")]
        saved = f"Your {count(len(answers), 'answer')} {'is' if len(answers) == 1 else 'are'} saved in {path}."
        goes_on, command = ("To go on:", "ask") if interview.question else ("To see everything:", "run")
        rules = self.talk.environment.rules
        chosen = ["--rules", str(rules)] if rules else []
        about = [word for name in interview.about for word in ("--about", name)] if command == "ask" else []
        line = shlex.join(["pathways", command, *chosen, *about, str(path)])
        return [Paragraph(f"{saved} {goes_on}"), Paragraph(line, label="  ", unbroken=True)]

    def _write(self, case: Case, path: Path) -> None:
        case = replaced(case, file=str(path), based_on=_from_there(case, path), saved_with=self.saved_with)
        try:
            self.digest = save_case(case, path, self.digest)
        except KeyboardInterrupt:
            # It may or may not have been written: see to it that it is, so that what is said about it is true.
            self.digest = save_again(case, path, self.digest)
            self.kept = path, case
            raise
        self.kept = path, case


def _from_there(case: Case, path: Path) -> str:
    """The name of the file that a case is based on, as seen from the folder in which it is saved."""
    if not case.based_on or not case.file:
        return case.based_on
    here, there = os.path.dirname(os.path.abspath(case.file)), os.path.dirname(os.path.abspath(path))
    if here == there or os.path.isabs(case.based_on):
        return case.based_on
    return os.path.relpath(os.path.join(here, case.based_on), there)


def _reason(error: OSError | ValueError) -> str:
    """Why a file could not be written, in plain words."""
    if isinstance(error, ChangedError):
        if error.strerror == "gone meanwhile":
            return "it was moved or removed meanwhile"
        return "it was changed meanwhile, perhaps by another interview. It is left as it is"
    number = error.errno if isinstance(error, OSError) else None
    if number in _REASONS:
        return _REASONS[number]
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
