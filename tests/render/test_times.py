"""Time limits, decided cases and the law of a place on the page, told with parking fines.

``UPDATE_SNAPSHOTS=1 pytest tests/render`` rewrites the files in ``fines/``; read the difference before it is kept.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from pathways.assessment import assess
from pathways.case import Case, Given
from pathways.case.model import Decided, Expectation
from pathways.render.inert import inert
from pathways.render.markdown import page_markdown
from pathways.render.page import Page
from pathways.render.result import brief_page, result_page
from pathways.render.text import assessment_text, page_text
from pathways.rulebook import Rulebook
from pathways.yamlfile import forbidden_character
from tests.cli.process import inside
from tests.deadlines.fines import CASES, FINES, REFUSED, TICKET, UNKNOWN, Answers, case, fines
from tests.render.test_inert import HOSTILE

SNAPSHOTS = Path(__file__).parent / "fines"
WIDTHS = (60, 80, 120)
PAGES = {name: CASES / f"{name}.yaml" for name in ("waiting", "refused", "missed", "decided")} | {"several": CASES}
styles = pytest.mark.parametrize("width", [*WIDTHS, 0], ids=lambda width: str(width) if width else "markdown")


def shown(answers: Answers, as_of: str, rulebook: Rulebook | None = None) -> str:
    """The page for a case, one line a paragraph."""
    return assessment_text([assess(rulebook or fines(), case(answers), as_of)], 1000, False)


def section(text: str, heading: str) -> str:
    """A part of a page, until the next heading."""
    start = text.index(f"\n{heading}\n")
    rest = text[start + 1 :].split("\n", 2)[2]
    return re.split(r"\n\n[^\n]+\n-{8,}\n", rest)[0]


@cache
def run(name: str, width: int) -> str:
    """What ``run`` shows of a page."""
    done = inside("run", PAGES[name], "--rules", FINES, "--format", "text" if width else "markdown", width=width or 80)
    assert not done.code or name == "several", "one of the decided cases is meant not to agree"
    return done.out


@pytest.mark.parametrize("name", PAGES)
class TestPages:
    @styles
    def test_page(self, name: str, width: int) -> None:
        text = run(name, width)
        file = SNAPSHOTS / f"{name}.{width or 'markdown'}.txt"
        if os.environ.get("UPDATE_SNAPSHOTS"):
            SNAPSHOTS.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    @pytest.mark.parametrize("width", WIDTHS)
    def test_fits_the_width(self, name: str, width: int) -> None:
        assert max(map(len, run(name, width).splitlines())) <= width

    @styles
    def test_has_no_loose_spaces_and_no_doubled_signs(self, name: str, width: int) -> None:
        text = run(name, width)
        assert not re.search(r"[ \t]+$", text, re.MULTILINE)
        assert "\n\n\n" not in text
        assert not re.search(r"\.\. |;\.|:\.|, \.|\(\)|  \.|: ;", text)

    def test_a_heading_stands_after_an_empty_line(self, name: str) -> None:
        lines = run(name, 80).splitlines()
        for at, line in enumerate(lines):
            if re.fullmatch(r"={8,}|-{8,}", line):
                assert at == 1 or not lines[at - 2], lines[at - 1]

    def test_as_markdown_every_row_of_a_table_has_all_its_cells(self, name: str) -> None:
        for table in re.findall(r"(?:^\|.*\n)+", run(name, 0), re.MULTILINE):
            html = MarkdownIt("commonmark").enable("table").render(table)
            assert html.startswith("<table>")
            assert html.count("<th>") * (html.count("<tr>") - 1) == html.count("<td>")


def test_every_snapshot_is_of_a_page() -> None:
    known = {f"{name}.{width}.txt" for name in PAGES for width in (*WIDTHS, "markdown")}
    assert {path.name for path in SNAPSHOTS.iterdir()} == known


class TestTheTable:
    def test_names_the_days_and_what_must_be_done_the_most_urgent_first(self) -> None:
        text = section(shown({**TICKET, "objection.sent": "no"}, "2026-01-07"), "Time limits")
        rows = [re.split(r"  +", line) for line in text.splitlines()[:4]]
        assert rows == [
            ["Last safe day", "Days left", "Outer limit", "What must be done"],
            ["2026-01-16", "9", "2026-01-20", "Objection: Objecting within two weeks. Running."],
            ["2026-01-20", "13", "2026-01-21", "Objection: Sending the photo. Running."],
            ["2026-02-04", "28", "2026-02-05", "Paying in parts: Asking within thirty days. Running."],
        ]

    def test_says_that_the_last_safe_day_is_ours_and_not_to_plan_on_the_limit(self) -> None:
        text = shown(TICKET, "2026-01-07")
        assert "“Last safe day” is ours" in text
        assert "do not plan on it" in text

    def test_a_limit_that_is_not_known_is_not_made_up(self) -> None:
        text = section(shown({**TICKET, "fine.placed-on": "2026-01"}, "2026-01-07"), "Time limits")
        (row,) = (line for line in text.splitlines() if "Objecting within two weeks. " in line and "not known" in line)
        assert row.startswith("2026-01-14")
        assert "it lies from 2026-01-01 to 2026-01-31, and the earliest is counted" in text

    def test_days_that_are_over_say_so(self) -> None:
        text = shown({**TICKET, "objection.sent": "no", "objection.ill": "yes"}, "2026-01-21")
        assert re.search(
            r"^2026-01-16 +over +2026-01-20 +Objection: .* Passed, on these answers\.$", text, re.MULTILINE
        )
        assert "Last safe day: Fri 2026-01-16 (5 days ago). Outer limit as usually counted: Tue 2026-01-20." in text

    def test_between_the_last_safe_day_and_the_limit_it_says_to_hurry(self) -> None:
        text = shown({**TICKET, "objection.sent": "no"}, "2026-01-17")
        assert "The last safe day is over. It may still be in time: see a lawyer today." in text
        assert "(1 day ago)" in text

    def test_what_was_met_is_not_in_it(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-13"}
        text = shown(answers, "2026-01-21")
        assert "Objecting within two weeks" not in section(text, "Time limits")
        assert "Objecting within two weeks: Not missed, on these answers." in text

    def test_where_there_is_none_there_is_no_heading(self) -> None:
        text = shown({**TICKET, "fine.paid": "yes", "fine.poor": "no", "objection.sent": "no"}, "2026-01-07")
        assert "\nTime limits\n" not in text

    @pytest.mark.parametrize("width", WIDTHS)
    def test_stands_on_the_short_page_without_numbers_of_sources(self, width: int) -> None:
        page = brief_page(assess(fines(), case({**REFUSED, "appeal.filed": "no"}), "2026-03-02"))
        text = page_text(page, width, False)
        assert "2026-04-09" in text
        assert not re.search(r"\[\d", text)
        assert max(map(len, text.splitlines())) <= width


class TestWithoutADay:
    def test_a_time_that_has_not_started_says_what_starts_it_and_how_long_it_is_at_least(self) -> None:
        text = " ".join(section(shown({**REFUSED, "objection.refused": "no"}, "2026-03-01"), "Time limits").split())
        assert "at least 1 month" in text
        assert "the day on which the refusal came" in text
        assert "ot started" in text

    def test_a_day_that_is_missing_is_named(self) -> None:
        answers = {**TICKET, "fine.placed-on": UNKNOWN}
        text = section(shown(answers, "2026-01-07"), "Time limits")
        assert "the day on which the ticket was put on the car" in text

    def test_a_town_without_a_limit_is_said_to_have_none(self) -> None:
        text = section(shown({**REFUSED, "fine.town": "GH"}, "2026-03-01"), "Time limits")
        assert "No limit in time, as far as the table of these rules says." in text

    def test_a_wait_says_from_which_day_it_is_not_too_early(self) -> None:
        answers = {**REFUSED, "objection.refused": "no"}
        assert "Earliest day: Tue 2026-04-14; before that day it is too early." in shown(answers, "2026-03-01")
        assert "Earliest day: Tue 2026-04-14; it is over." in shown(answers, "2026-04-14")


class TestAMissedLimit:
    def test_closes_the_avenue_and_says_on_which_day(self) -> None:
        text = shown({**TICKET, "objection.sent": "no", "objection.ill": "no"}, "2026-01-21")
        assert "Too late: Objecting within two weeks." in text
        assert "Objecting within two weeks: missed on these answers." in text
        assert "Ticket on the car: 2026-01-06; the period of 14 days ended on 2026-01-20" in text

    def test_with_an_excuse_a_court_must_decide(self) -> None:
        text = shown({**TICKET, "objection.sent": "no", "objection.ill": "yes"}, "2026-01-21")
        assert "missed on these answers; a court must decide whether that closes the way." in text


class TestTheLawOfThePlace:
    def test_what_was_read_in_the_law_stands_with_its_source(self) -> None:
        text = section(shown(REFUSED, "2026-03-01"), "The law of the place: Abbey")
        assert re.search(r"Time for an appeal: 2 months\. Abbey gives two months\. \[\d+\]", text)

    def test_an_empty_cell_is_a_warning_with_what_to_do(self) -> None:
        text = section(shown({**REFUSED, "fine.town": "EF"}, "2026-03-01"), "The law of the place: Eastfield")
        assert "Time for an appeal: not checked. Ask the court on the day of the refusal." in text

    def test_what_was_not_read_in_the_law_says_that_no_day_is_computed_from_it(self) -> None:
        text = section(shown({**REFUSED, "fine.town": "CD"}, "2026-03-01"), "The law of the place: Cliffdale")
        assert "(Known from secondary sources; no day is computed from it.)" in text

    def test_a_cell_with_words_alone_has_no_value_before_them(self) -> None:
        text = section(shown({**REFUSED, "fine.town": "JK"}, "2026-03-01"), "The law of the place: Kirk")
        assert "Time for an appeal: Kirk's council decides each time." in text

    def test_without_a_place_there_is_none(self) -> None:
        for town in (UNKNOWN, Given("one-of", ("AB", "CD"))):
            assert "The law of the place" not in shown({**REFUSED, "fine.town": town}, "2026-03-01")


class TestDecidedCases:
    def test_agreement_and_disagreement_stand_in_rows(self) -> None:
        rows = [re.split(r"  +", line.strip()) for line in run("several", 120).splitlines()]
        assert ["Case", "Avenue", "Court", "Tool", "Agree"] in rows
        (agrees,) = (row for row in rows if row[0] == "Driver v. Abbey")
        (differs,) = (row for row in rows if row[0] == "Walker v. Abbey")
        assert (agrees[1], agrees[-2:]) == ("objection", ["the same", "yes"])
        assert (differs[1], differs[-1]) == ("objection", "NO")
        assert "closed: known-place" in differs[2]
        assert "contested" in differs[3]

    def test_where_it_is_too_narrow_for_rows_every_item_names_its_case(self) -> None:
        text = " ".join(run("several", 60).split())
        for case_title in ("Driver v. Abbey", "Walker v. Abbey"):
            assert text.count(f"- Case: {case_title}; Avenue:") == 2

    def test_a_case_in_which_only_a_legal_test_was_decided_has_a_row(self) -> None:
        findings = (
            "findings/signs.yaml",
            "",
            "sources: ['code:1']\nfindings:\n  second:\n    title: It was the second\n    kind: state law\n"
            "    holds_when: fine.repeat\n    says: {yes: Yes., no: No., disputed: Disputed.}\n",
        )
        rulebook = fines(findings)
        decided = Decided("case:driver-v-abbey", "It was the second.")
        expect = (Expectation(("findings", "second"), "yes"),)
        cases = [
            Case(title, answers={"fine.repeat": Given.known("yes")}, expect=expect, decided=decided)
            for title in ("A v. B", "C v. D")
        ]
        text = assessment_text([assess(rulebook, one, "2026-01-30") for one in cases], 120, False)
        for title in ("A v. B", "C v. D"):
            assert re.search(rf"^{title} +second +yes +the same +yes$", text, re.MULTILINE)

    def test_they_are_counted(self) -> None:
        assert re.search(r"3 of 4 .*agree, in 2 decided cases", run("several", 120))

    def test_one_alone_says_who_decided_how_that_was_checked_and_what_became_of_it(self) -> None:
        text = " ".join(run("decided", 80).split())
        assert "Decided by: Driver v. Abbey, 1 Cty. 23: known from secondary sources." in text
        assert "History: appealed, not decided yet." in text
        assert "County Court, 2025." in text
        assert "What the court held: Who parks in the same street every day knows the sign." in text

    def test_a_run_in_which_one_does_not_agree_fails(self) -> None:
        assert inside("run", CASES, "--rules", FINES).code == 1
        assert inside("run", CASES / "decided.yaml", "--rules", FINES).code == 0


MARKUP = "[red]x[/red] `a` *b* <i>c</i> | d [e](http://f.example) \\| :warning:"


class TestInert:
    """Whatever stands in a cell is shown as it is."""

    @staticmethod
    def rules() -> Rulebook:
        quoted = MARKUP.replace("'", "''")
        return fines(
            ("jurisdictions/ab.yaml", "text: Abbey gives two months.", f"text: '{quoted}'"),
            ("tables/towns.yaml", "name: Abbey", f"name: '{quoted}'"),
            ("avenues/appeal.yaml", "title: Filing the appeal", f"title: '{quoted}'"),
            ("avenues/appeal.yaml", "short: Appeal", "short: '[bold]A|b'"),
        )

    def test_markup_in_a_cell_is_text(self) -> None:
        text = shown({**REFUSED, "appeal.filed": "no"}, "2026-03-02", self.rules())
        assert f"Time for an appeal: 2 months. {MARKUP}" in text
        assert f"[bold]A|b: {MARKUP}. Running." in text
        assert f"The law of the place: {MARKUP}" in text

    def test_markup_in_a_table_of_markdown_is_text(self) -> None:
        made = assess(self.rules(), case({**REFUSED, "appeal.filed": "no"}), "2026-03-02")
        tokens = MarkdownIt("commonmark").enable("table").parse(page_markdown(result_page([made])))
        cells = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
        assert f"[bold]A|b: {MARKUP}. Running." in cells
        assert not {part.type for token in tokens for part in token.children or ()} & {"link_open", "html_inline"}

    @pytest.mark.parametrize("text", HOSTILE, ids=[f"{number:03}" for number in range(len(HOSTILE))])
    def test_nothing_in_a_cell_acts_on_a_terminal_or_breaks_a_table(self, text: str) -> None:
        page = Page(fines())
        page.table((text, "Second"), [(text, "here"), ("", text)])
        assert not [sign for sign in page_text(page, 80, False) if forbidden_character(sign) and sign != "\n"]
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page_markdown(page))
        assert sum(token.type in ("td_open", "th_open") for token in tokens) == 6
        assert {part.type for token in tokens for part in token.children or ()} <= {"text", "text_special"}


def test_wide_letters_are_counted_as_two_columns() -> None:
    page = Page(fines())
    page.table(("One", "Two", "Three"), [("木 " * 20, "木 " * 20, "木 " * 20), ("木木", "b", "c")])
    lines = page_text(page, 80, False).splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert cell_len(lines[0][: lines[0].index("Two")]) == cell_len(lines[-1][: lines[-1].index("b")])


SIGNS = st.text(st.sampled_from("ab |\\`*[]<>_:-\n\t\x1b木"), max_size=40)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(SIGNS, SIGNS, SIGNS), max_size=4), st.sampled_from(WIDTHS))
def test_any_table_shows_every_cell_and_fits(rows: list[tuple[str, str, str]], width: int) -> None:
    page = Page(fines())
    page.table(("One", "Two", "Three"), rows)
    text = page_text(page, width, False)
    for line in text.splitlines():
        # A word that is wider than its column stays whole.
        assert cell_len(line) <= width or max(map(cell_len, line.split())) > 16, line
    for row in rows:
        for cell in row:
            for word in inert(cell).split():
                assert word in text
    tokens = MarkdownIt("commonmark").enable("table").parse(page_markdown(page))
    found = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
    assert found == ["One", "Two", "Three", *(inert(cell).strip() for row in rows for cell in row)]


class TestToday:
    def test_what_cannot_wait_stands_before_the_time_limits(self) -> None:
        text = shown(TICKET, "2026-01-07")
        assert "Take a photo." in text[text.index("Today\n") : text.index("Time limits")]

    def test_nothing_is_urgent_of_an_avenue_that_is_closed(self) -> None:
        text = shown({**TICKET, "objection.sent": "no", "objection.ill": "no"}, "2026-03-21")
        assert "Today\n" not in text
