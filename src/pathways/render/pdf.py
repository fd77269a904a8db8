"""Writing a page as PDF with Typst: tagged, with bookmarks, links and text that can be searched and read aloud.

Everything reaches the template as data, so that nothing in a case can be markup (docs/decisions/0016).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pathways.render.inert import inert
from pathways.render.missing import MissingLibraryError
from pathways.render.page import HERE, Heading, Page, Way
from pathways.render.page_data import page_data
from pathways.render.signs import HEIGHT, SIGNS, WIDTH, track_of, track_words

#: The fonts that come with the typesetter; what they lack is taken from the system's.
FONTS = ("Libertinus Serif", "New Computer Modern")
#: The last character of the scripts for which the typesetter's own fonts have every letter: Latin, Greek, Cyrillic.
_LAST_OWN = 0x04FF
_PUNCTUATION = range(0x2000, 0x2200)
_LATIN_MORE = range(0x1E00, 0x2000)
INKS = {
    "clear": "#22633b",
    "decide": "#7f4d00",
    "unknown": "#2c5591",
    "stop": "#8c2b2b",
    "moves": "#59626b",
    "road": "#cfd4d9",
    "point": "#1d2227",
    "end": "#1d2227",
    "paper": "#f4f5f6",
}


def page_pdf(page: Page, paper: str = "us-letter") -> bytes:
    """A page as a PDF file, always the same for the same page.

    Raises :class:`~pathways.render.missing.MissingLibraryError` where the extra ``pdf`` is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingLibraryError("typst", "pdf") from None
    text = json.dumps(_data(page, paper), ensure_ascii=False)
    made: Any = typst.compile(
        Path(__file__).parent / "page.typ",
        format="pdf",
        ignore_system_fonts=all(map(_in_own_fonts, set(text))),
        sys_inputs={"page": text},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _in_own_fonts(sign: str) -> bool:
    code = ord(sign)
    return code <= _LAST_OWN or code in _PUNCTUATION or code in _LATIN_MORE


def _data(page: Page, paper: str) -> dict[str, Any]:
    nodes = page_data(page)
    ways = [block for block in page.blocks if isinstance(block, Way)]
    for node, way in zip((node for node in nodes if node["kind"] == "way"), ways, strict=True):
        node["track"] = track_of(way, INKS)
        node["said"] = track_words(way)
    _keep_together(nodes)
    title = next((block.text for block in page.blocks if isinstance(block, Heading)), "")
    # The contents stand after the first page, where there is one, else after the head.
    sections = [at for at, node in enumerate(nodes) if node["kind"] == "heading" and node["level"] == 2]
    first = [at for at in sections if nodes[at]["anchor"] in FIRST_PAGE]
    after = next((at for at in sections if at > max(first, default=-1)), len(nodes))
    sources = next((at for at in sections if nodes[at]["anchor"] == "sources"), len(nodes))
    contents = [
        {"text": node["short"] or node["text"], "level": node["level"], "anchor": node["anchor"]}
        for node in nodes[after:]
        if node["kind"] == "heading" and node["anchor"]
    ]
    return {
        "nodes": nodes,
        "title": inert(title),
        "footer": f"{inert(title)} · Not legal advice",
        "paper": paper,
        "fonts": list(FONTS),
        "sources": list(page.numbers.values()),
        "signs": {name: _drawn(name) for name in SIGNS},
        "here": HERE,
        "sources-at": sources,
        "small": list(SMALL),
        "source-columns": 3 if all(node.get("style") != "plain" for node in nodes[sources:]) else 2,
        "contents": contents if len(sections) > len(first) + 1 else [],
        "contents-at": after,
        "first-page": bool(first),
    }


def _keep_together(nodes: list[dict[str, Any]]) -> None:
    """Mark the paragraphs between a heading and the picture under it: they stand on the page of the picture."""
    since: list[dict[str, Any]] = []
    for node in nodes:
        if node["kind"] == "way":
            for one in since:
                one["keep"] = True
        since = [*since, node] if node["kind"] == "para" else []


#: The anchors of what stands on the first page, before the contents.
#: The anchors of what is looked up and not read through.
SMALL = ("words", "not-modelled", "index")
FIRST_PAGE = ("overview", "first", "urgent", "careful")


def _drawn(name: str) -> str:
    inner = SIGNS[name].replace("currentColor", INKS[name]).replace("var(--paper)", "#ffffff")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{inner}</svg>'
