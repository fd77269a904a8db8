"""Text from files and from answers is shown as text: no escape sequence, no change of direction, no markup, no link."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console
from rich.text import Text

from pathways.render.inert import inert, inert_markdown
from pathways.yamlfile import forbidden_character

ESCAPES = [
    "\x1b[31mred",
    "\x1b[0m",
    "\x1b[2J",
    "\x1b[H",
    "\x1b[1;1H",
    "\x1b[8m",
    "\x1b[?25l",
    "\x1b[?1049h",
    "\x1b[6n",
    "\x1b[c",
    "\x1bc",
    "\x1b7",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100\x1b\\",
    "\x1b^pm\x1b\\",
    "\x1b(0",
    "\x1b#8",
    "\x1b[3J",
    "\x1b[38;5;1m",
    "\x1b[38;2;1;2;3m",
    "\x1b\x1b[31m",
    "\x1b",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\x90q\x9c",
    "\x9f",
    "\x84",
    "\x8d",
    "\x08\x08\x08",
    "\x07",
    "\x0e",
    "\x0f",
    "\x7f",
    "\r overwritten",
    "a\x00b",
    "\x05",
    "\x18",
    "\x1a",
    "\x0b\x0c",
    "\x1c\x1d\x1e\x1f",
    "\x85",
]
DIRECTIONS = [f"a{sign}b" for sign in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
INVISIBLE = [
    f"a{sign}b"
    for sign in "\u200b\u2028\u2029\u2060\u2061\u2063\u2064\u206a\u206f\ufeff\ufff9\ufffa\ufffb\ufffe\uffff\ud800\udfff"
] + [f"a{chr(sign)}b" for sign in (0xE0001, 0xE0020, 0xE0041, 0xE007F)]
CONTROL = [f"a{chr(sign)}b" for sign in (*range(0x20), *range(0x7F, 0xA0)) if chr(sign) not in "\n\r\t"]
RICH = [
    "[red]red[/red]",
    "[bold]",
    "[/]",
    "[/red]",
    "[link=http://evil.example]x[/link]",
    "[@click=app.quit]x[/]",
    "[on red] [/]",
    "\\[red]",
    "\\\\[red]",
    "[[red]]",
    "[red",
    "[#ff0000]x",
    "[blink]x[/blink]",
    ":warning:",
    "[not bold]",
    "[=x]",
    "[1;31m",
    "[]",
]
MARKDOWN = [
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "`a`",
    "``a``",
    "```\na\n```",
    "~~a~~",
    "~~~\na\n~~~",
    "# a",
    "###### a",
    "a\n===",
    "a\n---",
    "---",
    "***",
    "___",
    "- a",
    "* a",
    "+ a",
    "1. a",
    "1) a",
    "12345. a",
    "- [ ] a",
    "> a",
    ">> a",
    "    code",
    "\tcode",
    "[a](http://evil.example)",
    "[a]: http://evil.example",
    "[a][b]",
    "![a](http://evil.example/a.png)",
    "<http://evil.example>",
    "<a@evil.example>",
    "http://evil.example",
    "https://evil.example/?a=b&c",
    "www.evil.example",
    "| a | b |\n|---|---|\n| c | d |",
    "a | b\n--|--\nc | d",
    "a\\\nb",
    "a  \nb",
    "\\",
    "\\\\",
    "\\*a\\*",
    "a^[1]",
    "[^1]: a",
    "=",
    "===",
    "+",
    "-",
    ".",
    ")",
    "1.",
    "1.5 million",
    "-5 degrees",
    "2026-01-07",
    "=a",
    "$a$",
    "$$a$$",
    "a_b_c",
    "a*b*c",
    "snake_case_name",
    "5 * 3 * 2",
    "!a",
    "#a",
    "#1",
    "@someone",
    "a#b",
    "&amp;",
    "&lt;b&gt;",
    "&#42;a&#42;",
    "&nbsp;",
    "&copy;",
    "&",
    "a & b",
    "{{ a }}",
    "{% a %}",
    "{a}",
]
HTML = [
    "<b>a</b>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- a -->",
    "<![CDATA[a]]>",
    "<?php a ?>",
    "<!DOCTYPE html>",
    "</p>",
    "<a href='javascript:alert(1)'>a</a>",
    "<svg/onload=alert(1)>",
    "<style>a</style>",
    "<iframe src=//evil.example>",
    "<details><summary>a",
    "<br>",
    "<b",
    "a < b > c",
    "a<b",
    "<<b>>",
    "<\nb>",
    "&lt;script&gt;",
    "<a\thref=x>",
    "<x:y>",
]
HOSTILE = list(
    dict.fromkeys(
        [
            *ESCAPES,
            *DIRECTIONS,
            *INVISIBLE,
            *CONTROL,
            *RICH,
            *MARKDOWN,
            *HTML,
            *(
                before + after
                for before, after in product(["\x1b[31m", "\u202e"], [*RICH[:6], *MARKDOWN[:12], *HTML[:6]])
            ),
            *(f"1. {text}" for text in MARKDOWN[:20]),
        ]
    )
)


def names(texts: list[str]) -> list[str]:
    return [f"{number:03}" for number in range(len(texts))]


def test_there_are_enough_hostile_strings() -> None:
    assert len(HOSTILE) >= 300


def unsafe(text: str) -> Iterator[str]:
    return (sign for sign in text if forbidden_character(sign) or sign in "\n\r\t")


@pytest.mark.parametrize("text", HOSTILE, ids=names(HOSTILE))
def test_nothing_that_is_left_acts_on_a_terminal(text: str) -> None:
    shown = inert(text)
    assert not list(unsafe(shown))
    assert inert(shown) == shown
    assert shown.encode(), "it can be written"


@pytest.mark.parametrize("text", HOSTILE, ids=names(HOSTILE))
def test_what_is_harmless_stays_and_what_is_not_is_named(text: str) -> None:
    expected = "".join(
        " " if sign in "\n\r\t" else f"<U+{ord(sign):04X}>" if forbidden_character(sign) else sign for sign in text
    )
    assert inert(text) == expected
    assert expected == text or list(unsafe(text))


@pytest.mark.parametrize("text", HOSTILE, ids=names(HOSTILE))
def test_rich_shows_it_as_it_is(text: str) -> None:
    out = io.StringIO()
    Console(file=out, width=1000, force_terminal=True, color_system="truecolor", legacy_windows=False).print(
        Text(inert(text))
    )
    assert out.getvalue().rstrip("\n") == inert(text)


MARKDOWN_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_as_markdown(markdown: str) -> tuple[set[str], str]:
    """The kinds of tokens that a reader of Markdown sees, and the text that it shows."""
    tokens = MARKDOWN_READER.parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in tokens} | {child.type for child in inner}
    return kinds, "".join(child.content for child in inner)


def as_text(text: str) -> str:
    """What is left of white space at the ends when a paragraph is shown."""
    return inert(text).strip()


PLAIN = {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


@pytest.mark.parametrize("text", HOSTILE, ids=names(HOSTILE))
def test_as_markdown_it_is_one_paragraph_of_just_this_text(text: str) -> None:
    if not as_text(text):
        assert inert_markdown(text) == ""
        return
    kinds, shown = read_as_markdown(inert_markdown(text))
    assert kinds <= PLAIN
    assert shown == as_text(text)


@pytest.mark.parametrize("before", ["", "- ", "## ", "> ", "**Label:** ", "1. "])
@pytest.mark.parametrize("text", MARKDOWN + HTML, ids=names(MARKDOWN + HTML))
def test_as_markdown_it_brings_nothing_of_its_own_wherever_it_stands(before: str, text: str) -> None:
    expected, _ = read_as_markdown(before + "text")
    kinds, _ = read_as_markdown(before + inert_markdown(text))
    assert kinds <= expected | PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example",
        "https://evil.example",
        "www.evil.example",
        "see www.evil.example now",
        "ftp://evil.example",
    ],
)
def test_as_markdown_no_bare_address_becomes_a_link(text: str) -> None:
    assert not re.search(r"(?<!\\)://|www\.", inert_markdown(text))


@settings(max_examples=1000, deadline=None)
@given(
    st.one_of(st.text(max_size=30), st.text(st.sampled_from("a1 *_`[]()<>#+-=.!|~&;:/\\\n\t\x1b\u202e"), max_size=30))
)
def test_any_text_is_inert(text: str) -> None:
    assert not list(unsafe(inert(text)))
    kinds, shown = read_as_markdown(inert_markdown(text))
    assert kinds <= PLAIN
    assert shown == as_text(text)
