"""HTML in a real browser: it asks for nothing, complains of nothing, fits, and can be used without eyes or a mouse."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pathways.render.handbook import handbook_page
from pathways.render.html import page_html
from tests.places import shipped_rulebook
from tests.report.browser import browser, needed
from tests.report.hostile import HOSTILE
from tests.report.making import READERS, minneapolis_page, page_of
from tests.report.test_hostile import hostile_case

SIZES = {"phone": (360, 740), "tablet": (820, 1180), "laptop": (1366, 768)}
PAGES = (*READERS, "redacted", "handbook", "hostile")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests here."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of page as a file."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {reader: minneapolis_page(reader) for reader in READERS}
    pages["redacted"] = minneapolis_page("family", redact=True)
    pages["handbook"] = handbook_page(shipped_rulebook(), list(shipped_rulebook().avenues.values()))
    pages["hostile"] = page_of(hostile_case("".join(HOSTILE[:120:3])))
    made = {}
    for name, page in pages.items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(page_html(page), encoding="utf-8")
    return made


def opened(chromium: Any, file: Path, size: str = "laptop", scheme: str = "light") -> tuple[Any, list[str], list[str]]:
    """A page, what it asked for besides itself, and what the console said."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    return page, [url for url in asked if url != file.as_uri()], said


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_fetched_said_or_cut_off(chromium: Any, files: dict[str, Path], name: str, size: str) -> None:
    page, asked, said = opened(chromium, files[name], size)
    assert (asked, said) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    page.context.close()


#: A page in each of its looks, and every page in one: the checker takes seconds for a long page.
LOOKS = [
    ("family", "laptop", "light"),
    ("family", "phone", "dark"),
    ("lawyer", "phone", "light"),
    ("newsroom", "laptop", "dark"),
    ("redacted", "phone", "light"),
    ("handbook", "laptop", "light"),
    ("hostile", "phone", "dark"),
]


@pytest.mark.parametrize(("name", "size", "scheme"), LOOKS)
def test_axe_finds_nothing(chromium: Any, files: dict[str, Path], name: str, size: str, scheme: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        needed("axe-playwright-python", there=False)
        raise
    page, _, _ = opened(chromium, files[name], size, scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()


def test_every_link_inside_leads_somewhere(chromium: Any, files: dict[str, Path]) -> None:
    for name in PAGES:
        page, _, _ = opened(chromium, files[name])
        lost = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(id))"
        )
        assert lost == []
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids))
        page.context.close()


def test_the_first_tab_goes_to_the_text_and_focus_can_be_seen(chromium: Any, files: dict[str, Path]) -> None:
    page, _, _ = opened(chromium, files["family"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.context.close()


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_printed_it_leaves_nothing_out_and_has_no_dark_page(chromium: Any, files: dict[str, Path], paper: str) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page, _, _ = opened(chromium, files["family"], scheme="dark")
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format=paper)))
    text = "".join(one.get_textpage().get_text_range() for one in document)
    assert "Not legal advice" in text
    assert "Last safe day" in text
    for one in document:
        bitmap = one.render(scale=0.3, grayscale=True)
        pixels = bytes(bitmap.buffer)
        assert sum(pixels) / len(pixels) > 180
    page.context.close()
