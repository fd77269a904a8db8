"""Whatever stands in a case file is shown as itself, in every format, and does nothing."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from pathways.case import Case, Given, Said
from pathways.record import replaced
from pathways.render.html import page_html
from pathways.render.inert import inert
from pathways.render.markdown import page_markdown
from pathways.render.page_data import page_data
from tests.report.hostile import HOSTILE
from tests.report.making import garden_case, page_of

HEAD = {"html", "head", "meta", "title", "style", "body"}
DRAWING = {"svg", "symbol", "circle", "path", "rect", "g", "use"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TEXT = {"main", "nav", "h1", "h2", "h3", "h4", "h5", "p", "b", "span", "ul", "ol", "li", "a", "figure"}
TAGS = HEAD | DRAWING | TABLES | TEXT
ADDRESSES = re.compile(r"#[\w-]+|https?://.*")


def hostile_case(text: str) -> Case:
    """A case with a text in every place that holds words of a person's own."""
    case = garden_case()
    given = Given("disputed", ("yes", "no"), (Said("yes", text, text), Said("no", text)))
    known = Given("known", ("fruit",), (Said("fruit", text, text),))
    answers = {**case.answers, "tree.over-fence": given, "tree.kind": known}
    return replaced(case, title=text, story=text, answers=answers, notes={"tree.kind": text, "tree.planted": text})


class Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def spaced(text: str) -> str:
    """A text with every stretch of white space as one space."""
    return " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
class TestAlone:
    def test_html_shows_it_and_has_no_element_of_it(self, text: str) -> None:
        seen = Seen(page_html(page_of(hostile_case(text))))
        assert seen.tags <= TAGS
        assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcset", "action")]
        assert all(ADDRESSES.fullmatch(value) for name, value in seen.attributes if name == "href")
        assert spaced(seen.text).count(spaced(inert(text))) >= 6

    def test_markdown_shows_it_and_makes_nothing_of_it(self, text: str) -> None:
        page = page_of(hostile_case(text))
        tokens = MarkdownIt("commonmark", {"linkify": False}).enable("table").parse(page_markdown(page))
        inline = [token for token in tokens if token.type == "inline"]
        kinds = {child.type for token in inline for child in token.children or ()}
        assert kinds <= {"text", "strong_open", "strong_close", "softbreak", "text_special"}
        assert not {"html_block", "fence", "code_block", "blockquote_open", "hr"} & {token.type for token in tokens}
        shown = spaced(" ".join("".join(child.content for child in token.children or ()) for token in inline))
        assert spaced(inert(text)) in shown

    def test_json_holds_it_as_text(self, text: str) -> None:
        page = page_data(page_of(hostile_case(text)))
        assert page[0] == {"kind": "heading", "level": 1, "text": inert(text), "tone": "", "anchor": "", "short": ""}

    def test_a_document_to_edit_holds_it_as_text(self, text: str) -> None:
        assert spaced(inert(text)) in spaced(document_text())

    def test_paper_shows_it(self, text: str) -> None:
        # What a page shows is compared without white space and what a font has put together or left out.
        wanted = letters(inert(text))
        assert not wanted or wanted[:200] in letters(paper_text())


@cache
def gathered() -> Case:
    """One case that holds every hostile text."""
    sides = tuple(Said("yes", text, text) for text in HOSTILE)
    case = garden_case()
    return replaced(case, answers={**case.answers, "tree.over-fence": Given("disputed", ("yes", "no"), sides)})


@cache
def document_text() -> str:
    """The text of a document to edit that holds every hostile text; no part of it asks for anything outside."""
    docx = pytest.importorskip("docx")
    from pathways.render.docx import page_docx

    data = page_docx(page_of(gathered()))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
        assert "instrText" not in body
        assert "fldSimple" not in body
        assert "evil.example" not in parts.read("word/_rels/document.xml.rels").decode()
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


@cache
def paper_text() -> str:
    """The text of a PDF that holds every hostile text; nothing in it runs or links outside but to known sources."""
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    from pathways.render.pdf import page_pdf

    reader = pypdf.PdfReader(io.BytesIO(page_pdf(page_of(gathered()))))
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            assert "/JS" not in action
            assert "evil.example" not in str(action.get("/URI", ""))
    return "\n".join(page.extract_text() for page in reader.pages)


def letters(text: str) -> str:
    """The letters, digits and signs of ASCII that stand in a text."""
    return re.sub(r"[^!-~]|-", "", text)


def test_there_are_three_hundred() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 300
