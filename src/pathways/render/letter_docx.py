"""A page as a Word document, for a letter that is to be changed by hand. Marks are highlighted; the draft mark stands
on every sheet.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pathways.letters.fill import MARKS
from pathways.render.docx import without_times
from pathways.render.inert import inert
from pathways.render.page import Heading, Page, Para, Space, Tone

if TYPE_CHECKING:
    from docx.document import Document

#: Blanks and other marks in a text.
_MARK = re.compile(rf"(\[(?:{'|'.join(MARKS)})[^\[\]]*\])")
#: The time that is written into the file in the place of the clock's: same letter, same bytes.
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC)


def page_docx(page: Page, mark: str, apart: str) -> bytes:
    """The page as the bytes of a .docx file, with ``mark`` above and below every sheet.

    The heading ``apart`` begins a new sheet.

    Raises :class:`ImportError` where python-docx is not installed.
    """
    from docx import Document
    from docx.shared import RGBColor

    document = Document()
    core = document.core_properties
    core.author, core.title, core.comments = "", "", ""
    core.created = core.modified = _NO_TIME
    section = document.sections[0]
    for part in (section.header, section.footer):
        _text(part.paragraphs[0], mark, bold=True)
    for block in page.blocks:
        if isinstance(block, Heading):
            heading = document.add_heading(level=block.level)
            heading.paragraph_format.page_break_before = block.text == apart
            _text(heading, block.text)
            for run in heading.runs:
                run.font.color.rgb, run.font.name = RGBColor(0, 0, 0), document.styles["Normal"].font.name
        elif isinstance(block, Para) and block.text != mark:
            _para(document, block)
        elif isinstance(block, Para):
            continue  # It stands above and below.
        else:
            assert isinstance(block, Space), "a letter holds no tables"
    made = io.BytesIO()
    document.save(made)
    return without_times(made.getvalue())


def _para(document: Document, para: Para) -> None:
    listed = para.bullet == "-"
    made = document.add_paragraph(style="List Bullet" if listed else None)
    if para.bullet and not listed:
        _text(made, f"{para.bullet} ")
    if para.label:
        _text(made, f"{para.label}: ", bold=True)
    _text(made, para.text, tone=para.tone)
    if para.cites:
        _text(made, f" [{para.cited}]")


def _text(paragraph: Any, text: str, *, bold: bool = False, tone: Tone = "") -> None:
    """Add a text as itself, its marks highlighted."""
    from docx.enum.text import WD_COLOR_INDEX

    for piece in _MARK.split(inert(text)):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bold or tone == "warning"
            if _MARK.fullmatch(piece):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
