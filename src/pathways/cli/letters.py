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
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.render.inert import inert
from pathways.render.page import Page

#: Columns of a letter that is written to a file: the same whatever the terminal.
FILE_WIDTH = 80
_BY_SUFFIX = {".docx": "docx", ".md": "markdown", ".markdown": "markdown"}
NO_DOCX = "a Word file needs python-docx: pip install 'accountability-pathways[docx]'"


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
    from pathways.render.letter import letter_page, letters_page

    style = style or (_BY_SUFFIX.get(output.suffix.lower(), "text") if output else "text")
    _writable(output, style)
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
    write_private(_bytes(page, style), output, new=True)
    environment.out(f"{inert(str(output))}: a draft. Read it to the end before you send anything.")
    return Exit.DONE


def _writable(output: Path | None, style: str) -> None:
    """Refuse before anything is done: a Word file needs a name, and no letter takes the place of another file."""
    if output is None and style == "docx":
        help = "name a file: -o letter.docx"
        raise RefusedError([Problem("no-output", "a Word file cannot be shown here", Place("--format"), help=help)])
    if output is not None and output.exists():
        help = "give another name: it may hold what you changed by hand"
        raise RefusedError([Problem("taken", "it is there already", Place(str(output)), help=help)])


def _bytes(page: Page, style: str) -> bytes:
    if style == "docx":
        from pathways.render.letter import AFTER, TOP
        from pathways.render.letter_docx import page_docx

        try:
            return page_docx(page, TOP, AFTER)
        except ImportError:
            raise RefusedError([Problem("no-docx", NO_DOCX, Place("--format"))]) from None
    if style == "markdown":
        from pathways.render.markdown import page_markdown

        return page_markdown(page).encode()
    from pathways.render.text import page_text

    return page_text(page, FILE_WIDTH, color=False).encode()
