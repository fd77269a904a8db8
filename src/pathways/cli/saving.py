"""Saving as it is asked for: the name of a file, offers to save, and where the answers are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pathways.cli.follow_up import BackError, FollowUp, StopError
from pathways.cli.keep import Keeper
from pathways.cli.talk import Talk
from pathways.interview import Interview
from pathways.interview.wording import Paragraph


class Saving:
    """Asks for names of files, and has the answers kept there."""

    def __init__(self, talk: Talk, keeper: Keeper, follow_up: FollowUp, interview: Callable[[], Interview]) -> None:
        self.talk = talk
        self.keeper = keeper
        self.follow_up = follow_up
        self.interview = interview

    def whereabouts(self) -> list[Paragraph]:
        """What is saved, and where."""
        return self.keeper.whereabouts(self.interview())

    def save(self) -> None:
        """Have the answers on disk, where there is a file."""
        with suppress(BackError):
            self.keeper.save(self.interview().case, self.ask_file)

    def save_as(self, name: str) -> bool:
        """Say where the answers are; save them under a name, given here or asked for, where there is none yet."""
        if not name and self.keeper.file is not None:
            self.save()
            self.talk.say(*self.whereabouts())
            return True
        if not name and not self.talk.terminal:
            self.talk.unclear("Type s and a file name, such as: s my-case.yaml")
            return False
        try:
            path = self.keeper.named(name) if name else self.ask_file("File name? Enter goes on without saving.")
        except BackError:
            path = None
        if path is not None:
            self.keep_in(path)
            self.talk.say(*self.whereabouts())
        return True

    def offer(self) -> None:
        """Ask for a file before leaving."""
        with suppress(StopError, BackError):
            self.keep_in(self.ask_file("To keep your answers, type a file name. Enter leaves without saving."))

    def keep_in(self, path: Path | None) -> None:
        """Keep the answers in a file from now on."""
        if path is not None:
            with suppress(BackError):
                self.keeper.adopt(path, self.interview().case, self.ask_file)

    def ask_file(self, asked: str) -> Path | None:
        """The name of a file that is not there yet; None where it is skipped."""
        while name := self.follow_up.ask(asked):
            if path := self.keeper.named(name):
                return path
        return None
