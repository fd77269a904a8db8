"""A single case that a command is about."""

from __future__ import annotations

from pathways.case import Case, read_case
from pathways.cli.environment import Environment
from pathways.cli.names import WrongNameError
from pathways.cli.run import case_files, tell_changes
from pathways.record import replaced


def one_case(environment: Environment, name: str) -> Case:
    """A case file, or a shipped scenario by name; every avenue is looked at, whatever the case is about.

    Raises :class:`~pathways.diagnostics.RefusedError` for a file that cannot be read and
    :class:`~pathways.cli.names.WrongNameError` where there is none, or more than one.
    """
    files = case_files([name])
    if len(files) > 1:
        raise WrongNameError([f"{name} holds {len(files)} case files. Name one of them."])
    path, shown = files[0]
    case = read_case(path, environment.rulebook, shown)
    tell_changes(environment, case)
    return replaced(case, about=()) if case.about else case
