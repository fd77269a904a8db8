"""How an interview ends: the result or the standings, what is still open, and an offer to save."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from pathways.cli.exits import Exit
from pathways.cli.follow_up import BackError, FollowUp, StopError
from pathways.cli.saving import Saving
from pathways.cli.talk import Talk
from pathways.interview import Interview
from pathways.interview import wording as words


class Ending:
    """Shows what came out."""

    def __init__(self, talk: Talk, saving: Saving, follow_up: FollowUp, interview: Callable[[], Interview]) -> None:
        self.talk = talk
        self.saving = saving
        self.follow_up = follow_up
        self.interview = interview

    def at_terminal(self) -> None:
        """A page to read, not a handbook: what stands where, and how to see the rest."""
        finished = self.interview().question is None
        if not self.talk.environment.stdout.isatty():
            # The result goes to a file or to another program.
            self.show_result()
        elif finished:
            self.show_result(brief=True)
        else:
            self.talk.say(*words.so_far(self.interview()))
        if self.saving.keeper.file is None and self.interview().case.answers:
            if finished:
                self._offer_all()
            else:
                self.saving.offer()

    def of_pipe(self) -> Exit:
        """The result so far; exit 2, and the question by name, where one can still change how an avenue stands."""
        self.show_result()
        if self.saving.keeper.file is not None:
            self.talk.remark(self.saving.whereabouts())
        interview = self.interview()
        fact = interview.question
        if fact is None or not (interview.next_open or interview.revisited):
            return Exit.DONE
        self.talk.say(f"Still open: {fact.id}: {fact.ask}")
        return Exit.BAD_INPUT

    def show_result(self, brief: bool = False) -> None:
        """Write the result, in full or on a page."""
        from pathways.render.result import brief_page, result_page
        from pathways.render.text import page_text

        environment = self.talk.environment
        self.talk.say("")
        assessment = self.interview().assessment
        page = brief_page(assessment) if brief else result_page([assessment])
        environment.out(page_text(page, environment.width, environment.colored(environment.stdout)))
        environment.stdout.flush()

    def _offer_all(self) -> None:
        """Without a file: the whole result, as often as it is asked for, or saving."""
        saving = self.saving
        with suppress(StopError, BackError):
            while saving.keeper.file is None and (
                line := self.follow_up.ask_plainly("Type full to see everything, s to save, Enter to end.")
            ):
                word, _, rest = line.partition(" ")
                if line.casefold() == "full":
                    self.show_result()
                elif word.casefold() in ("s", "save"):
                    name = rest.strip()
                    saving.keep_in(saving.keeper.named(name) if name else saving.ask_file("File name?"))
                else:
                    self.talk.unclear("That is none of these.")
