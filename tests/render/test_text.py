"""Pages as text and as Markdown, block by block."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from pathways.render.inert import inert, inert_markdown
from pathways.render.json_text import to_json
from pathways.render.markdown import page_markdown
from pathways.render.page import Page
from pathways.render.text import page_text
from tests.places import garden

LONG = "https://gardens.example/" + "a" * 60


@pytest.fixture
def page() -> Page:
    return Page(garden())


class TestText:
    def test_a_paragraph_is_wrapped(self, page: Page) -> None:
        page.para("one two three four five six seven eight nine ten")
        assert page_text(page, 40, False) == "one two three four five six seven eight\nnine ten\n"

    def test_an_item_hangs_below_its_mark(self, page: Page) -> None:
        page.item("one two three four five six seven eight nine", label="Count", depth=1)
        assert page_text(page, 40, False) == "  - Count: one two three four five six\n    seven eight nine\n"

    def test_a_label_alone_has_no_space_after_it(self, page: Page) -> None:
        page.para("", label="Why")
        assert page_text(page, 40, False) == "Why:\n"

    def test_a_word_longer_than_the_line_is_not_broken(self, page: Page) -> None:
        page.para(f"See {LONG} for more.")
        assert page_text(page, 40, False) == f"See\n{LONG}\nfor more.\n"

    def test_a_heading_is_underlined(self, page: Page) -> None:
        page.heading(1, "Title")
        page.heading(2, "Part")
        assert page_text(page, 40, False) == "Title\n========\n\nPart\n--------\n"

    def test_color_changes_nothing_but_color(self, page: Page) -> None:
        page.heading(1, "[red]Title[/red]", "open")
        page.item("of what is shown", tone="warning", label="Nothing")
        colored = page_text(page, 40, True)
        assert "\x1b[" in colored
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == page_text(page, 40, False)

    def test_wide_letters_are_counted_as_two_columns(self, page: Page) -> None:
        page.para("木 " * 30)
        assert all(len(line) <= 27 for line in page_text(page, 40, False).splitlines())


class TestMarkdown:
    def test_a_list_begins_after_an_empty_line(self, page: Page) -> None:
        page.para("Before")
        page.item("one")
        page.item("two")
        page.para("After")
        assert page_markdown(page) == "Before\n\n- one\n- two\n\nAfter\n"

    def test_what_belongs_to_an_item_stays_in_it(self, page: Page) -> None:
        page.item("one", depth=1)
        page.para("more of one", depth=2)
        page.item("two", depth=1)
        html = MarkdownIt().render(page_markdown(page))
        assert html.count("<ul>") == 1
        assert "<p>one</p>\n<p>more of one</p>" in html
        assert "<pre>" not in html

    def test_a_label_alone_has_no_space_after_it(self, page: Page) -> None:
        page.para("", label="Why")
        page.item("so")
        assert page_markdown(page) == "**Why:**\n\n- so\n"

    def test_numbered_steps_stay_numbered(self, page: Page) -> None:
        page.para("", label="Steps")
        page.item("one", bullet="1.", depth=1)
        page.item("two", bullet="2.", depth=1)
        assert MarkdownIt().render(page_markdown(page)).count("<li>") == 2

    @pytest.mark.parametrize(
        "text",
        [
            "# no heading",
            "- no item",
            "1. no item",
            "> no quote",
            "*a* _b_ `c` ~~d~~",
            "<b>e</b> &lt;",
            "[f](http://g.h)",
            "| i | j |",
            "---",
            "===",
            "![k](l)",
            "<http://m.n>",
            "    code",
            "\\*",
            "$x$",
            "+ no item",
            "1) no item",
        ],
    )
    def test_text_is_text(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(inert_markdown(text))
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        assert "".join(part.content for part in tokens[1].children or ()) == text.strip()


class TestInert:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("plain “quoted” §", "plain “quoted” §"),
            ("\x1b[31mred", "<U+001B>[31mred"),
            ("a\u202eb", "a<U+202E>b"),
            ("a\nb\tc", "a b c"),
            ("\x9b1m", "<U+009B>1m"),
            ("\u200b", "<U+200B>"),
            ("\ufeff", "<U+FEFF>"),
        ],
    )
    def test_what_does_not_print_as_itself_is_named(self, text: str, shown: str) -> None:
        assert inert(text) == shown


class TestJson:
    def test_signs_that_do_not_print_as_themselves_are_escaped(self) -> None:
        assert to_json({"a": "\x1b\x7f\x9b\u202e"}) == '{"a": "\\u001b\\u007f\\u009b\\u202e"}'

    def test_so_is_all_beyond_ascii_that_any_terminal_can_show_it(self) -> None:
        assert to_json({"a": "§ 木"}) == '{"a": "\\u00a7 \\u6728"}'
