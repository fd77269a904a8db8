"""The documentation is held against the program: transcripts, commands, flags, links and the worked example."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pathways.assessment import assess
from pathways.case import read_case
from pathways.cli.app import app
from pathways.rulebook import load_rulebook
from pathways.rulebook.check import check_rulebook

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def update(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run docs/update.py."""
    return subprocess.run(
        [sys.executable, str(DOCS / "update.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


# -- transcripts ---------------------------------------------------------------------------------------


def test_every_transcript_and_picture_is_what_the_program_and_the_rules_make_today() -> None:
    done = update("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_stale_transcript_is_shown_as_a_diff_and_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- run: pathways --version -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")

    stale = update("--check", page)
    assert stale.returncode == 1
    assert "-old\n" in stale.stdout
    assert "+$ pathways --version\n" in stale.stdout

    assert update(page).returncode == 0
    made = page.read_text(encoding="utf-8")
    assert made.startswith("before\n<!-- run: pathways --version -->\n\n```console\n$ pathways --version\npathways ")
    assert made.endswith("```\n\n<!-- end -->\nafter\n")
    assert update("--check", page).returncode == 0


@pytest.mark.parametrize("name", ["unsettled", "docs/unsetled.md", "unsettled.md"])
def test_a_page_that_is_not_there_is_named_with_the_nearest(name: str) -> None:
    done = update(name)
    assert done.returncode == 2
    assert f"no page is named {name}; did you mean docs/unsettled.md?" in done.stderr
    assert "docs/deadlines.md" in done.stderr


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ("<!-- run: pathways run no-such-case -->\n<!-- end -->\n", "ended with 2, not 0"),
        ("<!-- run: pathways -->\n", "no <!-- end --> follows"),
        ('<!-- run until="Nowhere": pathways -->\n<!-- end -->\n', "no line starts with 'Nowhere'"),
        ("<!-- made: a fortune -->\n<!-- end -->\n", "nothing is made by the name 'a fortune'"),
    ],
    ids=["failing command", "no end", "nothing to cut at", "unknown maker"],
)
def test_a_block_that_cannot_be_made_is_no_success(tmp_path: Path, block: str, complaint: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(block, encoding="utf-8")
    done = update(page)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert page.read_text(encoding="utf-8") == block


# -- commands ------------------------------------------------------------------------------------------


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command by its full name. (Which click Typer brings along differs between versions: no types here.)"""
    if getattr(command, "invoke_without_command", False) or not hasattr(command, "commands"):
        yield name, command
    for part in getattr(command, "commands", {}):
        # A command is read when it is asked for.
        yield from commands(command.get_command(None, part), f"{name} {part}")


COMMANDS = dict(commands(typer.main.get_command(app), "pathways"))


def section(name: str) -> str:
    """The section of docs/commands.md on one command."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/commands.md has no section `## {name}`"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_flag_is_documented(name: str) -> None:
    words = section(name)
    flags = [flag for parameter in COMMANDS[name].params for flag in parameter.opts if flag.startswith("-")]
    assert flags
    missing = [flag for flag in flags if not re.search(rf"(?<![\w-]){re.escape(flag)}(?![\w-])", words)]
    assert not missing


def test_no_section_is_about_a_command_that_does_not_exist() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (pathways.*)$", text, re.MULTILINE)) == set(COMMANDS)


# -- the worked example ----------------------------------------------------------------------------------


def test_the_worked_example_of_how_to_add_a_rule_is_without_fault_and_runs(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    shutil.copytree(DOCS / "example", folder)

    _, problems = check_rulebook(folder)
    assert problems == []

    rulebook = load_rulebook(folder)
    result = assess(rulebook, read_case(folder / "a-quarrel.yaml", rulebook))
    assert [str(avenue.standing) for avenue in result.avenues] == ["contested"]
    assert result.checked
    assert all(check.met for check in result.checked)


def test_every_file_of_the_worked_example_stands_in_the_page() -> None:
    page = (DOCS / "add-a-rule.md").read_text(encoding="utf-8")
    files = [path for path in (DOCS / "example").rglob("*") if path.is_file()]
    assert len(files) == 6
    assert all(f"<!-- file: {path.relative_to(ROOT).as_posix()} -->" in page for path in files)


def test_the_case_file_in_the_readme_comes_out_as_it_says() -> None:
    rulebook = load_rulebook()
    result = assess(rulebook, read_case(DOCS / "my-case.yaml", rulebook))
    assert result.checked
    assert all(check.met for check in result.checked)


# -- pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            linked = (page.parent / path).resolve() if path else page
            assert linked.exists(), f"{target} leads nowhere"
            if anchor and linked.suffix == ".md":
                assert anchor in anchors(linked), f"{target}: no such heading"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_begins_with_the_main_job_and_then_the_tests() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[:2]
    assert first.splitlines()[-1].endswith("pathways run minneapolis-2026")
    assert second.splitlines()[-1].endswith("pytest")


def test_the_license_beside_the_rules_is_no_rule_file() -> None:
    assert (ROOT / "rules" / "LICENSE").is_file()
    _, problems = check_rulebook(ROOT)
    assert [problem for problem in problems if "LICENSE" in str(problem.place)] == []
