"""Writing a page as one HTML file: no script, nothing fetched; text is text, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from pathways.render.inert import inert
from pathways.render.outline import Item, Items, Node, outline
from pathways.render.page import HERE, Cite, Heading, Mark, Page, Para, Table, Tone, Way
from pathways.render.signs import HEIGHT, SIGNS, WIDTH, track, track_size, track_words

#: Nothing may be fetched and nothing may run, also if a mistake here let something through.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
#: Standings, as signs before a cell: the same shapes as in the pictures, so that color says nothing alone.
_STANDING_SIGNS: dict[Tone, str] = {
    "open": "clear",
    "contested": "decide",
    "undetermined": "unknown",
    "closed": "stop",
}


def page_html(page: Page) -> str:
    """A page as an HTML file."""
    nodes = outline(page.blocks)
    title = next((node.text for node in nodes if isinstance(node, Heading) and node.level == 1), "")
    body = "\n".join(_nodes(nodes))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">To the text</a>\n{_symbols()}\n'
        f'<main id="main">\n<p class="to-contents"><a href="#contents">Contents</a></p>\n{body}\n</main>\n'
        f"{_contents(nodes)}\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def _symbols() -> str:
    drawn = "".join(
        f'<symbol id="sign-{name}" viewBox="0 0 {WIDTH} {HEIGHT}">{drawn}</symbol>' for name, drawn in SIGNS.items()
    )
    return f'<svg class="signs" aria-hidden="true" width="0" height="0">{drawn}</svg>'


def _contents(nodes: Iterable[Node]) -> str:
    """The table of contents, from the headings that can be reached."""
    lines: list[str] = []
    deep = False
    for node in nodes:
        if isinstance(node, Heading) and node.anchor:
            inner = node.level > 2
            if inner and not deep:
                lines.append("<ol>")
            elif deep and not inner:
                lines.append("</ol>")
            deep = inner
            lines.append(f'<li><a href="#{_text(node.anchor)}">{_text(node.short or node.text)}</a>')
    if deep:
        lines.append("</ol>")
    if not lines:
        return ""
    heading = '<h2 id="named-contents">Contents</h2>'
    return f'<nav id="contents" aria-labelledby="named-contents">\n{heading}\n<ol>{"".join(lines)}</ol>\n</nav>'


def _nodes(nodes: Iterable[Node]) -> Iterator[str]:
    """Nodes as HTML; what stands under a heading of level 3 is one section, which print keeps apart."""
    for node in nodes:
        if isinstance(node, Heading):
            yield _heading(node)
        elif isinstance(node, Items):
            yield _items(node)
        elif isinstance(node, Table):
            yield _table(node)
        elif isinstance(node, Way):
            yield _way(node)
        else:
            yield _para(node)


def _heading(heading: Heading) -> str:
    anchor = f' id="{_text(heading.anchor)}"' if heading.anchor else ""
    return f"<h{heading.level}{anchor}{_tone(heading.tone)}>{_text(heading.text)}</h{heading.level}>"


def _para(para: Para) -> str:
    sign = _STANDING_SIGNS.get(para.tone)
    drawn = f"{_sign(sign)} " if sign and not para.label else ""
    return f"<p{_tone(para.tone)}>{drawn}{_inner(para)}</p>"


def _inner(para: Para) -> str:
    label = f"<b>{_text(para.label)}</b>" if para.label else ""
    if para.to and label:
        label = f'<a href="#{_text(para.to)}">{label}</a>'
    elif label and _safe(para.link):
        label = f'<a class="outside" rel="noreferrer" href="{_text(para.link)}">{label}</a>'
    between = " " if label and para.text else ""
    colon = "" if not label or not para.text or para.label.endswith((".", "?", "!", ":", "”")) else ":"
    return f"{label}{colon}{between}{_text(para.text)}{_cites(para.cites)}"


def _safe(link: str) -> bool:
    return link.startswith(("https://", "http://"))


def _cites(cites: tuple[Cite, ...]) -> str:
    if not cites:
        return ""
    named = "; ".join(f'<a href="#source-{cite.number}">{_text(cite.shown)}</a>' for cite in cites)
    return f' <span class="cites">[{named}]</span>'


def _items(items: Items) -> str:
    tag = "ul" if items.kind == "plain" else "ol"
    kind = ' class="sources"' if items.kind == "sources" else ""
    inner = "\n".join(_item(item, items.kind) for item in items.items)
    return f"<{tag}{kind}>\n{inner}\n</{tag}>"


def _item(item: Item, kind: str) -> str:
    below = "".join(_nodes(item.below))
    anchor = ""
    if kind == "sources":
        number = item.para.bullet.strip("[]")
        anchor = f' id="source-{number}" value="{number}"'
    return f"<li{anchor}{_tone(item.para.tone)}>{_inner(item.para)}{below}</li>"


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.columns)
    rows = []
    for at, row in enumerate(table.rows):
        tone = table.tones[at] if table.tones else ""
        to = table.to[at] if table.to else ""
        cells = []
        for column, cell in enumerate(row):
            shown = _text(cell)
            if column == 0:
                sign = _STANDING_SIGNS.get(tone)
                shown = f'<a href="#{_text(to)}">{shown}</a>' if to else shown
                shown = f"{_sign(sign)} {shown}" if sign else shown
            cells.append(f'<td data-head="{_text(table.columns[column])}">{shown}</td>')
        rows.append(f"<tr{_tone(tone)}>{''.join(cells)}</tr>")
    body = "\n".join(rows)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _way(way: Way) -> str:
    marks = "\n".join(_mark(mark) for mark in way.marks)
    return f'<figure class="way">\n{_track(way)}\n<ul>\n{marks}\n</ul>\n</figure>'


def _track(way: Way) -> str:
    width, height = track_size(way)
    return (
        f'<svg class="track" role="img" aria-label="{_text(track_words(way))}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{track(way)}</svg>'
    )


def _mark(mark: Mark) -> str:
    here = f'<span class="here">{_text(HERE)}</span>' if mark.here else ""
    said = f"<b>{_text(mark.text)}:</b> {_text(mark.state)}{here}"
    return f'<li class="{mark.sign}">{_sign(mark.sign)}<span>{said}</span></li>'


def _sign(name: str | None) -> str:
    return (
        f'<svg class="sign {name}" aria-hidden="true" viewBox="0 0 {WIDTH} {HEIGHT}"><use href="#sign-{name}"/></svg>'
    )


def _tone(tone: str) -> str:
    return f' class="{tone}"' if tone else ""


def _text(text: str) -> str:
    return escape(inert(text))
