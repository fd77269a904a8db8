"""The file that keeps the answers of an interview: writing it, and saying what is in it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path

from pathways.case import Case, save_case
from pathways.cli.talk import Talk
from pathways.interview import Interview
from pathways.interview.dispute import name_of
from pathways.interview.wording import Paragraph, count
from pathways.record import replaced


class NotSavedError(Exception):
    """An answer could not be saved, and nobody is there to name another file."""


class Keeper:
    """Where the next answer goes (``file``), and what is known to be on disk, and where (``kept``).

    Files are called what the person called them, so that the commands shown can be typed again.
    """

    def __init__(self, talk: Talk, file: Path | None, case: Case) -> None:
        self.talk = talk
        self.file = file
        self.kept = (file, case) if file is not None and case.file else None

    def save(self, case: Case, ask_other: Callable[[str], Path | None]) -> None:
        """Write the answers, if there is a file. Where that fails, ask for another, or give up in a pipe."""
        while self.file is not None:
            try:
                self._write(case, self.file)
                return
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                self.talk.say(f"NOT SAVED in {self.file}: {reason}.")
            if not self.talk.terminal:
                raise NotSavedError
            other = ask_other(
                "Your answers are still here. Type another file name, or Enter to go on without saving for now."
            )
            if other is None:
                return
            self.file = other

    def adopt(self, path: Path, case: Case, ask_other: Callable[[str], Path | None]) -> None:
        """Keep the answers in this file from now on, if they can be written."""
        before, self.file = self.file, path
        self.save(case, ask_other)
        if self.kept is None or self.kept[0] is not self.file:
            self.file = before

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
        if case.answers != answers:
            held = count(len(case.answers), "answer")
            return [Paragraph(f"{path} holds {held}; what you answered since is NOT saved.")]
        saved = f"Your {count(len(answers), 'answer')} {'is' if len(answers) == 1 else 'are'} saved in {path}."
        goes_on, command = ("To go on:", "ask") if interview.question else ("To see everything:", "run")
        rules = self.talk.environment.rules
        chosen = ["--rules", str(rules)] if rules else []
        line = shlex.join(["pathways", command, *chosen, str(path)])
        return [Paragraph(f"{saved} {goes_on}"), Paragraph(line, label="  ", unbroken=True)]

    def _write(self, case: Case, path: Path) -> None:
        case = replaced(case, file=str(path))
        try:
            save_case(case, path)
        except KeyboardInterrupt:
            # It may or may not have been written: write it, so that what is said about it is true.
            save_case(case, path)
            self.kept = path, case
            raise
        self.kept = path, case
