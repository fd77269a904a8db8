"""Going over all answers in the order of the story, and changing any of them."""

from __future__ import annotations

from pathways.cli.follow_up import BackError, FollowUp
from pathways.cli.talk import Talk
from pathways.interview import Command, Interview, Order
from pathways.interview import wording as words
from pathways.interview.understand import key_of, key_with_rest

CHOOSE = "Type the number of an answer to change it. Enter goes on."
MORE = "Type the number of another answer to change it, r for the list. Enter goes on."


class LookingBack:
    """Shows the answers and takes the number of one; ``going_on`` while a person is changing one after the other."""

    def __init__(self, talk: Talk, follow_up: FollowUp) -> None:
        self.talk = talk
        self.follow_up = follow_up
        self.going_on = False

    def asked(self, line: str) -> Order | Command | None:
        """What a line asks for where no question is put."""
        found = key_with_rest(line, Order.REVIEW)
        return Command(Order.REVIEW, found) if found is not None else key_of(line)

    def review(self, interview: Interview, number: str) -> Interview:
        """The interview at the answer of this number, or at one that is chosen from the list."""
        if not interview.answered:
            self.talk.unclear("Nothing is answered yet.")
            return interview
        if number:
            return self._at(interview, number) or interview
        self.talk.say(*words.review(interview))
        return self._chosen(interview, CHOOSE) if self.talk.terminal else interview

    def on(self, interview: Interview) -> Interview:
        """The interview at the next answer to change, after one was changed or kept."""
        return self._chosen(interview, MORE)

    def _chosen(self, interview: Interview, asked: str) -> Interview:
        self.going_on = False
        while True:
            try:
                line = self.follow_up.ask(asked)
            except BackError:
                return interview
            if not line:
                return interview
            if found := self._at(interview, line):
                self.going_on = True
                return found

    def _at(self, interview: Interview, typed: str) -> Interview | None:
        """The interview at the answer of a number; None, having said so, where there is none."""
        number = typed.strip(" .)(#")
        if number.isascii() and number.isdecimal() and 1 <= int(number[:6]) <= len(interview.answered):
            return interview.revisit(interview.answered[int(number) - 1].id)
        self.talk.unclear(f"Type a number from 1 to {len(interview.answered)}: r shows which is which.")
        return None
