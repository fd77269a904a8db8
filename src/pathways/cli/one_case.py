"""One case, by the name of its file or of a shipped scenario."""

from __future__ import annotations

from pathways.case import Case, read_case
from pathways.cli.environment import Environment
from pathways.cli.names import WrongNameError
from pathways.cli.run import case_files, tell_changes
from pathways.record import replaced
from pathways.render.inert import inert


def one_case(environment: Environment, name: str, every_avenue: bool = False) -> Case:
    """The case of that name; what is older in it than the rules is told.

    With ``every_avenue`` all are looked at, whatever the case says that it is about. Raises
    :class:`~pathways.cli.names.WrongNameError` for a name that leads nowhere, or to several, and
    :class:`~pathways.diagnostics.RefusedError` for a file that cannot be read.
    """
    files = case_files([name])
    if len(files) > 1:
        raise WrongNameError([f"{inert(name)} holds {len(files)} case files. Name one of them."])
    ((path, shown),) = files
    case = read_case(path, environment.rulebook, shown)
    tell_changes(environment, case)
    return replaced(case, about=()) if case.about and every_avenue else case
