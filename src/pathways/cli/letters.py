"""``pathways letter``: drafts of letters, filled from a case."""

from __future__ import annotations

from pathlib import Path

from pathways.case import Case, write_private
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError
from pathways.cli.one_case import one_case
from pathways.cli.show import chosen, write_page
from pathways.cli.writing import BINARY, Wanted, file_named, refused, written
from pathways.render.inert import inert

READY = ("text", "markdown", "docx")


def draft_letter(
    environment: Environment,
    name: str | None,
    case: str | None,
    output: Path | None,
    style: str | None,
    as_of: str | None,
    notes: bool,
) -> Exit:
    """List the letters, or write one with the answers of a case in their places.

    ``style`` is ``text``, ``markdown`` or ``docx``; None goes by the name of ``output``. Raises
    :class:`~pathways.cli.names.WrongNameError` and :class:`~pathways.diagnostics.RefusedError`.
    """
    from pathways.letters import fill
    from pathways.render.letter import DRAFT, letter_page, letters_page

    output = file_named(output)
    _writable(output)
    if output is None and style not in BINARY:
        style = style or "text"
    else:
        style = Wanted(style or "", output, "letter").style(READY)
    day = as_of_date(as_of)
    rulebook = environment.rulebook
    if name is None:
        if output is not None:
            raise WrongNameError(["Name the letter to write. pathways letter lists them."])
        write_page(environment, letters_page(rulebook), style)
        return Exit.DONE
    (letter,) = chosen([name], rulebook.letters, "letter")
    answers = one_case(environment, case) if case else Case("")
    page = letter_page(rulebook, fill(rulebook, letter, answers, day, notes))
    if output is None:
        write_page(environment, page, style)
        return Exit.DONE
    write_private(written(page, style, draft=DRAFT), output, new=True)
    environment.out(f"{inert(str(output))}: a draft. Read it to the end before you send anything.")
    return Exit.DONE


def _writable(output: Path | None) -> None:
    """Refuse before anything is done: no letter takes the place of another file."""
    if output is not None and output.exists():
        help = "give another name: it may hold what you changed by hand"
        raise refused("taken", "it is there already", inert(str(output)), help)
