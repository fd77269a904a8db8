"""``pathways calendar``: the time limits of a case as a calendar file."""

from __future__ import annotations

from pathlib import Path

from pathways.assessment import assess
from pathways.case import write_private
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.one_case import one_case
from pathways.cli.writing import STANDARD_OUTPUT, refused
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.render.inert import inert
from pathways.render.words import count

CARE = (
    "Calendars are synced to phones and shared at work. Import this into a calendar of its own, which you can delete "
    "as a whole. Let a lawyer compute every day anew."
)


def write_calendar(environment: Environment, name: str, output: Path, full_titles: bool, as_of: str | None) -> Exit:
    """Write the time limits of one case to ``output``. An earlier export there is brought up to date.

    Raises :class:`~pathways.diagnostics.RefusedError` if ``output`` is there and is no calendar made here, or one
    of another case.
    """
    from pathways.render.calendar import NotOursError, OtherCaseError, calendar_bytes, event_counts, undated

    if str(output) == STANDARD_OUTPUT:
        raise refused("no-file", "a calendar goes to a file", "-o", "name one with -o that ends in .ics")
    day = as_of_date(as_of)
    assessment = assess(environment.rulebook, one_case(environment, name), day)
    shown = inert(str(output))
    before = output.read_bytes() if output.is_file() else None
    try:
        made = calendar_bytes(assessment, full_titles, before)
    except NotOursError:
        raise _taken(output, "it is there, and is no calendar made here", "so that nothing is lost") from None
    except OtherCaseError:
        said = "it holds the time limits of another case, or of this one under another file name or title"
        raise _taken(output, said, "or the events in it would be called off") from None
    without = undated(assessment)
    if not made:
        environment.complain(
            f"No day can be computed on these answers, so nothing was written. {_left(without)}".strip()
        )
        return Exit.BAD_INPUT
    write_private(made, output)
    events, off = event_counts(made)
    called_off = f", {off} called off" if off else ""
    environment.out(f"{shown}: {count(events, 'event')}{called_off}, as of {assessment.as_of}.")
    if without:
        environment.complain(f"note: {_left(without)}")
    environment.say(CARE)
    return Exit.DONE


def _taken(output: Path, said: str, why: str) -> RefusedError:
    return RefusedError([Problem("taken", said, Place(str(output)), help=f"name another file, {why}")])


def _left(without: int) -> str:
    """What is in no calendar, because it has no day."""
    if not without:
        return ""
    limits = count(without, "time limit or waiting period has", "time limits and waiting periods have")
    return f"{limits} no day yet and cannot stand in a calendar. pathways run lists them, with what starts each."
