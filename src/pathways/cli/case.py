"""``pathways case``: what a case file holds, whether it can be read, and removing it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pathways.case import dates_after, erase_case, files_based_on, looks_like_a_case, read_case
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.one_case import one_case
from pathways.cli.run import case_files, tell_changes
from pathways.cli.show import write_page
from pathways.cli.talk import EndOfInputError, Talk
from pathways.diagnostics import Problem, RefusedError
from pathways.interview import begin
from pathways.render.inert import inert
from pathways.render.words import count

NO_PROMISE = (
    "Erasing removes the file here. It cannot promise more: copies stay in backups and snapshots, in folders that are "
    "synced to a cloud or another machine, and in mail. On a flash drive or an SSD the bytes themselves can stay for a "
    "long time. The name of the file can stay in the history of your shell, and what was shown in the window that it "
    "was shown in."
)
FIRST = "If somebody may ask for this file, in court or elsewhere, talk to a lawyer before you erase it."


def show_case(environment: Environment, name: str) -> Exit:
    """What a case file, or a shipped scenario, holds."""
    from pathways.render.case_page import case_page

    case = one_case(environment, name)
    still_open = len(begin(environment.rulebook, case).open_questions)
    write_page(environment, case_page(environment.rulebook, case, still_open), "text")
    return Exit.DONE


def check_cases(environment: Environment, names: Sequence[str]) -> Exit:
    """Whether case files can be read, and what stands in them that may not be meant.

    Raises :class:`~pathways.diagnostics.RefusedError` with the problems of all files.
    """
    rulebook = environment.rulebook
    problems: list[Problem] = []
    for path, shown in case_files(names):
        try:
            case = read_case(path, rulebook, shown)
        except RefusedError as refused:
            problems.extend(refused.problems)
            continue
        tell_changes(environment, case)
        interview = begin(rulebook, case)
        day = interview.assessment.as_of
        for name in dates_after(case, rulebook, day):
            environment.complain(f"warning: {inert(shown)}: {name} lies after {day}")
        shared = f", {len(case.inherited)} of them from {case.based_on}" if case.based_on else ""
        still_open = count(len(interview.open_questions), "question")
        said = f"{count(len(case.answers), 'answer')}{shared}; {still_open} can still change something"
        environment.out(f"{inert(shown)}: can be read. {inert(said)}.")
    if problems:
        raise RefusedError(problems)
    return Exit.DONE


def erase_file(environment: Environment, path: Path, sure: bool) -> Exit:
    """Remove a case file, after asking, and say what that cannot promise."""
    shown = inert(str(path))
    if not looks_like_a_case(path):
        what = "is not there" if not os.path.lexists(path) else "is no case file, and is left as it is"
        environment.complain(f"{shown} {what}.")
        return Exit.BAD_INPUT
    for other in files_based_on(path):
        environment.complain(f"warning: {inert(str(other))} is based on {shown}, and cannot be read without it.")
    talk = Talk(environment)
    talk.say(NO_PROMISE)
    if not sure:
        if not talk.terminal:
            environment.complain(f"Nothing was erased. To erase {shown} without being asked, add --yes.")
            return Exit.BAD_INPUT
        talk.say(FIRST, f"Erase {shown}? It cannot be brought back. Type yes to erase it, Enter to keep it.")
        try:
            answer = talk.read().casefold()
        except EndOfInputError:
            answer = ""
        if answer not in ("yes", "y"):
            environment.complain(f"{shown} is left as it is.")
            return Exit.DONE
    erase_case(path)
    environment.out(f"{shown} is erased.")
    return Exit.DONE
