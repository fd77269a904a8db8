"""Writing a page as a Word document that can be edited: real headings, lists, tables and links; text is text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pathways.record import record
from pathways.render.inert import inert
from pathways.render.missing import MissingLibraryError
from pathways.render.outline import Item, Items, Node, outline
from pathways.render.page import HERE, Heading, Page, Para, Table, Tone, Way

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

#: The day that the parts of the file carry: the format knows no earlier one, and the same page gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_INKS: dict[Tone, str] = {
    "open": "22633B",
    "contested": "7F4D00",
    "undetermined": "2C5591",
    "closed": "8C2B2B",
    "not-applicable": "59626B",
    "warning": "6B4200",
    "quiet": "59626B",
}
#: Width and height in millimeters.
_PAPERS = {"us-letter": (215.9, 279.4), "a4": (210, 297)}


@record
class Draft:
    """How a page shows that it is a draft: ``mark`` stands above and below every sheet, and nowhere else; what is under
    the heading ``apart`` begins a new one; what matches ``blanks`` is highlighted.
    """

    mark: str
    apart: str
    blanks: str


def page_docx(page: Page, paper: str = "us-letter", draft: Draft | None = None) -> bytes:
    """A page as a DOCX file, always the same for the same page.

    Raises :class:`~pathways.render.missing.MissingLibraryError` where the extra ``docx`` is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingLibraryError("python-docx", "docx") from None
    from docx.shared import Pt

    document = docx.Document()
    mark = draft.mark if draft else None
    nodes = outline([block for block in page.blocks if not (isinstance(block, Para) and block.text == mark)])
    _set_up(document, paper, next((inert(node.text) for node in nodes if isinstance(node, Heading)), ""))
    if draft:
        for part in (document.sections[0].header, document.sections[0].footer):
            run = part.paragraphs[0].add_run(inert(draft.mark))
            run.bold, run.font.size = True, Pt(8.5)
    _Writer(document, draft).nodes(nodes)
    made = io.BytesIO()
    document.save(made)
    return without_times(made.getvalue())


def _set_up(document: Document, paper: str, title: str) -> None:
    from docx.shared import Mm, Pt

    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title[:255], "", "", ""
    core.created = core.modified = datetime(*_EPOCH)
    core.language = "en-US"
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(length) for length in _PAPERS[paper])
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin = section.bottom_margin = Mm(20)
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for level, size in ((1, 20), (2, 14), (3, 12), (4, 10.5), (5, 10.5)):
        style = styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.italic = "Georgia", Pt(size), False
        style.font.color.rgb = None
        fonts = style.element.rPr.rFonts
        for name in list(fonts.attrib):
            if name.endswith(("Theme", "asciiTheme", "hAnsiTheme")):
                del fonts.attrib[name]


class _Writer:
    """Writes nodes into a document."""

    def __init__(self, document: Document, draft: Draft | None) -> None:
        self.document = document
        self.apart = draft.apart if draft else None
        self.blanks = re.compile(f"({draft.blanks})") if draft else None
        section: Any = document.sections[0]
        self.width = section.page_width - section.left_margin - section.right_margin

    def nodes(self, nodes: Iterable[Node], depth: int = 0) -> None:
        """Write nodes, ``depth`` lists deep."""
        for node in nodes:
            if isinstance(node, Heading):
                paragraph = self._paragraph(f"Heading{min(node.level, 5)}")
                paragraph.paragraph_format.page_break_before = node.text == self.apart or None
                self._runs(paragraph, node.text)
            elif isinstance(node, Items):
                for at, item in enumerate(node.items, 1):
                    self._item(item, node.kind, at, depth)
            elif isinstance(node, Table):
                self._table(node)
            elif isinstance(node, Way):
                self._way(node)
            else:
                paragraph = self.document.add_paragraph()
                self._indent(paragraph, depth)
                self._fill(paragraph, node)

    def _paragraph(self, style: str) -> Paragraph:
        """A paragraph in a style by its id: to look one up by its name takes longer than all the rest."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = style
        return paragraph

    def _item(self, item: Item, kind: str, at: int, depth: int) -> None:
        if kind == "plain":
            paragraph = self._paragraph(_bullets(depth))
        else:
            paragraph = self.document.add_paragraph()
            self._hang(paragraph, depth, f"{at}." if kind == "numbered" else item.para.bullet)
        self._fill(paragraph, item.para)
        self.nodes(item.below, depth + 1)

    def _hang(self, paragraph: Paragraph, depth: int, mark: str) -> None:
        """A mark before a paragraph that hangs beside it: numbers that stay as the text names them."""
        from docx.shared import Mm, Pt

        form = paragraph.paragraph_format
        form.space_after = Pt(2)
        form.left_indent, form.first_line_indent = Mm(10 + 7 * depth), Mm(-10)
        form.tab_stops.add_tab_stop(Mm(10 + 7 * depth))
        paragraph.add_run(f"{mark}\t")

    def _indent(self, paragraph: Paragraph, depth: int) -> None:
        from docx.shared import Mm

        if depth:
            paragraph.paragraph_format.left_indent = Mm(7 * depth)

    def _fill(self, paragraph: Paragraph, para: Para) -> None:
        from docx.shared import Pt, RGBColor

        label = inert(para.label)
        ending = "" if not para.text or label.endswith((".", "?", "!", ":", "”")) else ":"
        after = f"{ending}{' ' if para.text else ''}"
        if label and para.link.startswith(("https://", "http://")):
            self._link(paragraph, label, inert(para.link))
            paragraph.add_run(after)
        elif label:
            paragraph.add_run(f"{label}{after}").bold = True
        for run in self._runs(paragraph, para.text):
            if para.tone in _INKS:
                run.font.color.rgb = RGBColor.from_string(_INKS[para.tone])
                run.bold = para.tone not in ("warning", "quiet", "not-applicable") or None
        if para.cites:
            cites = paragraph.add_run(f" [{inert(para.cited)}]")
            cites.font.size, cites.font.color.rgb = Pt(8), RGBColor.from_string(_INKS["quiet"])

    def _runs(self, paragraph: Paragraph, text: str) -> list[Run]:
        """Add a text as itself; in a draft its blanks are runs of their own, and highlighted."""
        if self.blanks is None:
            return [paragraph.add_run(inert(text))]
        from docx.enum.text import WD_COLOR_INDEX

        runs = [paragraph.add_run(piece) for piece in self.blanks.split(inert(text)) if piece]
        for run in runs:
            if self.blanks.fullmatch(run.text):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return runs

    def _link(self, paragraph: Paragraph, text: str, address: str) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor
        from docx.text.run import Run

        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        made: Any = OxmlElement("w:r")
        link.append(made)
        run = Run(made, paragraph)
        run.text = text
        run.font.underline, run.font.color.rgb = True, RGBColor(0x1B, 0x4F, 0x80)
        paragraph._p.append(link)

    def _table(self, table: Table) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        across = len(table.columns)
        made: Any = self.document.add_table(rows=1 + len(table.rows), cols=across, style="Table Grid")
        made.autofit = False
        # Repeated on every page, and read as what names the columns; no row is broken by the end of a page.
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in made.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        widths = table.widths or (1,) * across
        # Office programs take the width of a column from the grid or from its cells: it stands in both.
        for column, share in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = int(self.width * share / sum(widths))
        cells = made._cells
        for at, text in enumerate(text for row in (table.columns, *table.rows) for text in row):
            cells[at].width = int(self.width * widths[at % across] / sum(widths))
            run = cells[at].paragraphs[0].add_run(inert(text))
            run.font.size, run.bold = Pt(9.5), at < across
        self.document.add_paragraph()

    def _way(self, way: Way) -> None:
        for mark in way.marks:
            paragraph = self._paragraph(_bullets(0))
            paragraph.add_run(f"{inert(mark.text)}: ").bold = mark.sign != "clear"
            paragraph.add_run(inert(mark.state))
            if mark.here:
                paragraph.add_run(HERE).bold = True


def _bullets(depth: int) -> str:
    """The id of the style of a list that stands in so many others."""
    return "ListBullet" if depth == 0 else f"ListBullet{min(depth, 2) + 1}"


def without_times(data: bytes) -> bytes:
    """The same Word file, with every part from the same day: its parts carry the clock's otherwise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(part))
    return made.getvalue()
