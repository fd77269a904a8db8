"""PDF and DOCX as other programs read them: tagged, with text and pictures, and openable."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pathways.render.page import Heading, Way
from pathways.render.signs import track_words
from tests.report.browser import program
from tests.report.making import READERS, minneapolis_page

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")
docx = pytest.importorskip("docx")


@cache
def pdf(reader: str) -> bytes:
    """The report on the Minneapolis case as PDF."""
    from pathways.render.pdf import page_pdf

    return page_pdf(minneapolis_page(reader))


@cache
def document(reader: str) -> bytes:
    """The same as DOCX."""
    from pathways.render.docx import page_docx

    return page_docx(minneapolis_page(reader))


def squeezed(text: str) -> str:
    """A text without white space and hyphens, as lines may break anywhere."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "")


@pytest.mark.parametrize("reader", READERS)
class TestPdf:
    def test_it_is_tagged_has_a_title_a_language_and_bookmarks(self, reader: str) -> None:
        file = pypdf.PdfReader(io.BytesIO(pdf(reader)))
        root = file.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert str(root["/Lang"]).startswith("en")
        assert file.metadata.title == "Minneapolis, January 2026"
        assert file.metadata.creation_date is None or file.metadata.creation_date.year == 1970
        tops = [one.title for one in file.outline if not isinstance(one, list)]
        wanted = [
            block.text for block in minneapolis_page(reader).blocks if isinstance(block, Heading) and block.level == 2
        ]
        assert [title for title in tops if title in wanted] == wanted or len(tops) == 1

    def test_its_text_can_be_searched(self, reader: str) -> None:
        text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(reader))).pages))
        for block in minneapolis_page(reader).blocks:
            if isinstance(block, Heading):
                assert squeezed(block.text) in text

    def test_every_picture_has_its_words(self, reader: str) -> None:
        said = _alternatives(pypdf.PdfReader(io.BytesIO(pdf(reader))))
        ways = [block for block in minneapolis_page(reader).blocks if isinstance(block, Way)]
        assert [words for words in said if words.startswith("The way")] == [track_words(way) for way in ways]

    def test_the_same_case_and_day_give_the_same_bytes(self, reader: str) -> None:
        from pathways.render.pdf import page_pdf

        assert page_pdf(minneapolis_page(reader)) == pdf(reader)

    def test_no_page_is_empty(self, reader: str) -> None:
        pypdfium2 = pytest.importorskip("pypdfium2")
        for page in pypdfium2.PdfDocument(pdf(reader)):
            pixels = bytes(page.render(scale=0.4, grayscale=True).buffer)
            assert sum(pixel < 200 for pixel in pixels) > 200


def test_what_a_family_reads_first_is_one_page_on_both_papers() -> None:
    from pathways.render.pdf import page_pdf

    for paper in ("us-letter", "a4"):
        pages = pypdf.PdfReader(io.BytesIO(page_pdf(minneapolis_page("family"), paper))).pages
        first, second = (squeezed(page.extract_text()) for page in pages[:2])
        for heading in ("What can be tried", "What is urgent", "Be careful", "Keep safe"):
            assert squeezed(heading) in first
        assert second.startswith("Contents")


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_a_family_gets_what_can_be_handed_over(paper: str) -> None:
    from pathways.render.pdf import page_pdf

    assert len(pypdf.PdfReader(io.BytesIO(page_pdf(minneapolis_page("family"), paper))).pages) <= MOST_FOR_A_FAMILY


#: A family's report on a case in which much is open. It had 37 pages once, and nobody reads those.
MOST_FOR_A_FAMILY = 19


@pytest.mark.parametrize("reader", READERS)
def test_a_heading_stands_on_the_page_of_its_picture(reader: str) -> None:
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf(reader))).pages]
    blocks = minneapolis_page(reader).blocks
    for at, block in enumerate(blocks):
        if isinstance(block, Way):
            heading = next(one for one in reversed(blocks[:at]) if isinstance(one, Heading))
            first = squeezed(f"{block.marks[0].text}: {block.marks[0].state}")
            assert any(
                squeezed(heading.text) in page and first in page.split(squeezed(heading.text))[1] for page in pages
            )


@pytest.mark.parametrize("reader", READERS)
def test_no_page_is_left_half_empty(reader: str) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    pages = list(pypdfium2.PdfDocument(pdf(reader)))
    for page in pages[:-1]:
        bitmap = page.render(scale=0.4, grayscale=True)
        rows = [bytes(bitmap.buffer)[at * bitmap.stride :][: bitmap.width] for at in range(bitmap.height)]
        foot = int(bitmap.height * 0.95)  # The footer stands below.
        last = max(at for at, row in enumerate(rows[:foot]) if min(row) < 160)
        assert last > bitmap.height * 0.68


def test_letters_beyond_the_fonts_of_the_typesetter_do_not_stop_it() -> None:
    from pathways.record import replaced
    from pathways.render.pdf import page_pdf
    from tests.report.making import garden_case, page_of

    made = page_pdf(page_of(replaced(garden_case(), title="王小明 مريم שרה", story="สมชาย")))
    assert made.startswith(b"%PDF-1.")


def _alternatives(file: Any) -> list[str]:
    """The alternative texts in the tree of tags, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(file.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.parametrize("reader", READERS)
class TestDocx:
    def test_it_has_real_headings_lists_tables_and_links(self, reader: str) -> None:
        file = docx.Document(io.BytesIO(document(reader)))
        wanted = [
            (f"Heading {block.level}", block.text)
            for block in minneapolis_page(reader).blocks
            if isinstance(block, Heading)
        ]
        made = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
        assert [one for one in made if one in wanted] == wanted
        assert file.tables
        assert any(one.style.name.startswith("List Bullet") for one in file.paragraphs)
        links = {one.target_ref for one in file.part.rels.values() if one.is_external}
        assert any(link.startswith("https://") for link in links)
        assert file.core_properties.title == "Minneapolis, January 2026"
        assert file.core_properties.author == ""

    def test_the_same_case_and_day_give_the_same_bytes(self, reader: str) -> None:
        from pathways.render.docx import page_docx

        assert page_docx(minneapolis_page(reader)) == document(reader)


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    office = program("soffice", "libreoffice")
    file = tmp_path / "report.docx"
    file.write_bytes(document("family"))
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            str(file),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages))
    assert squeezed("What can be tried") in text
    assert squeezed("No lawyer has reviewed these rules yet.") in text
