"""What every command shows, for a small rulebook on another subject, kept in files that read well.

``UPDATE_SNAPSHOTS=1 pytest tests/render`` rewrites them; read the difference before it is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.case import read_case
from pathways.record import replaced
from pathways.render.result import brief_page
from pathways.render.text import page_text
from pathways.render.words import STANDING
from tests.cli.process import in_garden, inside, pathways
from tests.places import GARDEN, GARDEN_CASES, ROOT, SCENARIOS, garden, shipped_rulebook

SNAPSHOTS = Path(__file__).parent / "snapshots"
WIDTHS = (60, 80, 120)
PAGES: dict[str, tuple[str | Path, ...]] = {
    "run-quarrel": ("run", GARDEN_CASES / "quarrel.yaml"),
    "run-line": ("run", GARDEN_CASES / "line.yaml"),
    "run-oak": ("run", GARDEN_CASES / "oak.yaml"),
    "run-hedge": ("run", GARDEN_CASES / "hedge.yaml"),
    "run-several": ("run", GARDEN_CASES),
    "summary": ("summary",),
    "summary-cut-back": ("summary", "cut-back"),
    "claims": ("claims",),
    "sources": ("sources",),
    "sources-named": ("sources", "garden-talk", "bylaw:7(2)", "act:birds"),
}
BRIEF = ("quarrel", "line", "oak", "hedge")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [*WIDTHS, 0], ids=lambda width: str(width) if width else "markdown")
def test_page(name: str, width: int) -> None:
    style = ["--format", "text" if width else "markdown"]
    done = in_garden(*PAGES[name], *style, width=width or 80)
    assert (done.code, done.err) == (0, "")
    file = SNAPSHOTS / f"{name}.{width or 'markdown'}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text(done.out, encoding="utf-8")
    assert done.out == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BRIEF)
@pytest.mark.parametrize("width", WIDTHS)
def test_short_page(name: str, width: int) -> None:
    assessment = assess(garden(), read_case(GARDEN_CASES / f"{name}.yaml", garden()), "2026-11-22")
    text = page_text(brief_page(assessment), width, color=False)
    file = SNAPSHOTS / f"brief-{name}.{width}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("name", SCENARIOS)
def test_short_page_of_a_scenario_is_short_and_holds_no_dangling_numbers(name: str) -> None:
    rulebook = shipped_rulebook()
    case = replaced(read_case(ROOT / "scenarios" / f"{name}.yaml", rulebook), story="")
    text = page_text(brief_page(assess(rulebook, case)), 80, color=False)
    assert len(text.splitlines()) <= 120  # two screens of a tall window, with twenty avenues
    assert not re.search(r"\[\d", text)


def test_every_snapshot_is_of_a_page() -> None:
    known = {f"brief-{name}.{width}.txt" for name in BRIEF for width in WIDTHS}
    known |= {f"{name}.{width}.txt" for name in PAGES for width in (*WIDTHS, "markdown")}
    assert {path.name for path in SNAPSHOTS.iterdir()} == known


def _every_text() -> Iterator[tuple[str | Path, ...]]:
    yield from ((*page, "--rules", GARDEN) for page in PAGES.values())
    yield from (("run", name) for name in SCENARIOS)
    yield from (
        ("run", *SCENARIOS),
        ("summary",),
        ("summary", "ftca", "records"),
        ("claims",),
        ("sources",),
        ("sources", "usc:28/1346"),
    )


@cache
def shown(*arguments: str | Path, width: int = 100) -> str:
    """What a command shows."""
    return inside(*arguments, width=width).out


TEXTS = [pytest.param(page, id=" ".join(Path(part).name for part in page)[:50]) for page in _every_text()]


@pytest.mark.parametrize("page", TEXTS)
class TestEveryText:
    @pytest.mark.parametrize("width", WIDTHS)
    def test_fits_the_width(self, page: tuple[str | Path, ...], width: int) -> None:
        for line in shown(*page, width=width).splitlines():
            # A word that is longer than the line stands alone on it, unbroken, so that it can be copied.
            assert len(line) <= width or " " not in re.sub(r"^(- |\d+\. |\[\d+\] )", "", line.strip()), line

    @pytest.mark.parametrize("style", ["text", "markdown"])
    def test_has_no_loose_spaces_and_no_empty_lines_in_a_row(self, page: tuple[str | Path, ...], style: str) -> None:
        text = shown(*page, "--format", style)
        assert not re.search(r"[ \t]+$", text, re.MULTILINE)
        assert "\n\n\n" not in text
        assert text == text.strip("\n") + "\n"

    @pytest.mark.parametrize("style", ["text", "markdown"])
    def test_says_what_it_is_not_and_of_when_the_law_is(self, page: tuple[str | Path, ...], style: str) -> None:
        text = " ".join(shown(*page, "--format", style).split())
        assert "Not legal advice" in text or "made up for tests" in text.lower()
        assert re.search(r"The law as of \d{4}-\d\d-\d\d", text)

    def test_has_no_doubled_or_dangling_signs(self, page: tuple[str | Path, ...]) -> None:
        assert not re.search(r"\.\. |;\.|:\.|, \.|\(\)|\[\]|  \.|: ;|on: \.|by: \.|yet: \.", shown(*page)), page


class TestNumbers:
    """The numbers in brackets lead to the list of sources at the end."""

    @pytest.mark.parametrize(
        "page", [("run", name) for name in SCENARIOS] + [("summary", "ftca"), ("claims",)], ids=" ".join
    )
    def test_every_number_is_in_the_list_and_every_source_is_cited(self, page: tuple[str, ...]) -> None:
        text, _, sources = shown(*page).rpartition("\nSources\n-------")
        listed = {int(number) for number in re.findall(r"^\[(\d+)\] ", sources, re.MULTILINE)}
        cited: set[int] = set()
        for group in re.findall(r"\[(\d[^\]]*)\]", text):
            cited |= {
                int(number) for number in re.findall(r"(?:^|; |, |-)(\d+)(?=[:;,(\-]|$)", " ".join(group.split()))
            }
        assert listed == set(range(1, len(listed) + 1)) != set()
        assert listed <= cited


class TestStandings:
    def test_every_standing_is_shown_in_plain_words(self) -> None:
        text = in_garden("run", GARDEN_CASES).out.lower()
        for words in STANDING.values():
            assert f"{words}:" in text

    def test_open_never_reads_as_likely(self) -> None:
        text = " ".join(in_garden("run", GARDEN_CASES / "quarrel.yaml").out.split())
        assert "It does not say that it is likely to succeed." in text
        assert "Track record:" in text


class TestLocales:
    @pytest.mark.parametrize(
        "command", [("run", "minneapolis-2026"), ("summary", "ftca"), ("claims",), ("sources",), ("run", "nonsense")]
    )
    @pytest.mark.parametrize("style", ["text", "markdown", "json"])
    def test_a_terminal_that_knows_only_ascii(self, command: tuple[str, ...], style: str) -> None:
        done = pathways(*command, "--format", style, LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert done.returncode == (2 if "nonsense" in command else 0)
        assert "Traceback" not in done.stderr
        assert "bug here" not in done.stderr
        assert (done.stdout + done.stderr).isascii()
