"""``pathways ask``: the interview at a terminal or through a pipe. What is understood and said is in ``interview/``."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pathways.case import Case, digest_of, read_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.keep import Keeper
from pathways.cli.names import WrongNameError, wrong_name
from pathways.cli.session import Session
from pathways.cli.talk import Talk
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.interview import begin, new_case
from pathways.interview import wording as words
from pathways.rulebook import Rulebook


def ask_questions(
    environment: Environment, case_path: Path | None, as_of: str | None, about: Sequence[str] = ()
) -> Exit:
    """Interview the person at the keyboard, or read one answer a line from a pipe, and write the result.

    With a case file, each answer is saved before the next question appears. ``about`` names avenues: only what they
    need is asked. Raises :class:`~pathways.diagnostics.RefusedError` for a bad date, a file that is no case, or rules
    that cannot be read, and :class:`~pathways.cli.names.WrongNameError` for an avenue that is not there.
    """
    day = as_of_date(as_of)
    rulebook = environment.rulebook
    # The rules stay until the end: to look through them for garbage would hold up a question now and then.
    gc.freeze()
    chosen = _avenues(rulebook, about)
    # What the file holds is looked at before it is read, so that a change in between is not missed.
    digest = _digest(case_path)
    case = _case(rulebook, case_path, day or date.today().isoformat())
    talk = Talk(environment)
    keeper = Keeper(talk, case_path, case, rulebook.about, digest)
    interview = begin(rulebook, case, day, chosen)
    # What comes through a pipe was written to be read: nobody has to be asked whether to go on.
    return Session(talk, interview if talk.terminal else interview.go_on(), keeper).run()


def _avenues(rulebook: Rulebook, names: Sequence[str]) -> tuple[str, ...]:
    wrong = [
        wrong_name(name, rulebook.avenues, "No avenue is named {}.", "Their names")
        for name in names
        if name not in rulebook.avenues
    ]
    if wrong:
        raise WrongNameError(wrong)
    return tuple(dict.fromkeys(names))


def _digest(path: Path | None) -> str:
    try:
        return digest_of(path) if path is not None else ""
    except OSError:
        # That it cannot be read is said, in better words, where it is read as a case.
        return ""


def _case(rulebook: Rulebook, path: Path | None, day: str) -> Case:
    if path is not None and os.path.exists(path):
        return read_case(path, rulebook, str(path))
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
