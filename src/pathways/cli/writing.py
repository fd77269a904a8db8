"""Writing a page to a file of its own: the format by the file's ending, whole or not at all, for its owner alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.case import looks_like_a_case, write_private
from pathways.cli.environment import Environment
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.record import record
from pathways.render.inert import inert
from pathways.render.missing import MissingLibraryError
from pathways.render.page import Page

if TYPE_CHECKING:
    from pathways.render.docx import Draft

#: The formats by the ending of a file's name.
ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".txt": "text",
}
#: Formats that are no text and go to a file alone.
BINARY = ("pdf", "docx")
#: What stands for standard output where a file can be named.
STANDARD_OUTPUT = "-"
PAPERS = {"letter": "us-letter", "a4": "a4"}
#: Columns of a text that is written to a file: the same whatever the terminal.
FILE_WIDTH = 80


@record
class Wanted:
    """What is to be written: the format, or nothing where the file's ending says it; the file; the paper."""

    format: str
    file: Path | None
    paper: str

    def style(self, ready: Sequence[str]) -> str:
        """The format, one of those that are ``ready``.

        Raises :class:`~pathways.diagnostics.RefusedError` where nothing says it, where the file's ending says another,
        or no file is named.
        """
        ending = ENDINGS.get(self.file.suffix.casefold(), "") if self.file else ""
        style = self.format or ending
        if self.file is not None and ending and ending != style:
            said = f"the ending of `{inert(str(self.file))}` names {ending}, and --format names {style}"
            raise refused("two-formats", said, "-o", "leave --format out, or give the file another ending")
        if not style and self.file is None:
            raise refused("no-file", "a file is needed", "-o", "name one, such as -o report.html, or choose a --format")
        if style not in ready:
            known = ", ".join(ending for ending, one in ENDINGS.items() if one in ready)
            name = inert(str(self.file))
            raise refused("unknown-format", f"the ending of `{name}` names no format", "-o", f"known are {known}")
        if style in BINARY and self.file is None:
            raise refused("no-file", f"{style} goes to a file", "-o", f"name one with -o that ends in .{style}")
        return style


def file_named(output: Path | None) -> Path | None:
    """The file of ``-o``; None where it is standard output (``-``), or nothing is named."""
    return None if output is not None and str(output) == STANDARD_OUTPUT else output


def refused(code: str, message: str, place: str, help: str) -> RefusedError:
    """What is wrong with an argument."""
    return RefusedError([Problem(code, message, Place(place), help=help)])


def put(environment: Environment, page: Page, wanted: Wanted, style: str, more: Mapping[str, object]) -> None:
    """Write a page in a format to its file, or to standard output; ``more`` stands at the head of JSON.

    Raises :class:`~pathways.diagnostics.RefusedError` where a library is missing, or the file holds a case.
    """
    refuse_a_case(wanted.file)
    data = written(page, style, wanted.paper, more)
    if wanted.file is None:
        environment.out(data.decode())
        return
    write_private(data, wanted.file)
    environment.say(f"{inert(str(wanted.file))} is written. Only its owner can read it.")


def refuse_a_case(file: Path | None) -> None:
    """Raise :class:`~pathways.diagnostics.RefusedError` where the file that is to be written holds a case."""
    if file is not None and looks_like_a_case(file):
        name = inert(str(file))
        raise refused("case-file", f"`{name}` is a case file", "-o", "name another: it would be overwritten")


def written(
    page: Page, style: str, paper: str = "letter", more: Mapping[str, object] | None = None, draft: Draft | None = None
) -> bytes:
    """A page in a format; ``more`` stands at the head of JSON, ``draft`` marks a Word file as one.

    Raises :class:`~pathways.diagnostics.RefusedError` where a library is missing.
    """
    try:
        return _written(page, style, PAPERS[paper], more or {}, draft)
    except MissingLibraryError as missing:
        install = f"install it: pip install 'accountability-pathways[{missing.extra}]'"
        raise refused("not-installed", f"{style} needs the library {missing.library}", "--format", install) from None


def _written(page: Page, style: str, paper: str, more: Mapping[str, object], draft: Draft | None) -> bytes:
    if style == "html":
        from pathways.render.html import page_html

        return page_html(page).encode()
    if style == "pdf":
        from pathways.render.pdf import page_pdf

        return page_pdf(page, paper)
    if style == "docx":
        from pathways.render.docx import page_docx

        return page_docx(page, paper, draft)
    if style == "markdown":
        from pathways.render.markdown import page_markdown

        return page_markdown(page).encode()
    if style == "text":
        from pathways.render.text import page_text

        return page_text(page, FILE_WIDTH, color=False).encode()
    from pathways.render.data import to_json
    from pathways.render.page_data import whole_page_data

    return (to_json(whole_page_data(page, more)) + "\n").encode()
