"""A rulebook on another subject passes through every command: nothing in the program knows the shipped law."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from pathways.cli.app import app
from pathways.rulebook import load_rulebook
from pathways.rulebook.check import check_rulebook
from tests.cli.process import inside, pathways
from tests.places import RULEBOOKS, shipped_rulebook
from tests.test_architecture import EXAMPLES

DEPOSIT = RULEBOOKS / "deposit"
DAY = "2026-03-02"

#: Every command, with arguments that show something of the rulebook. {case}, {folder} and {copy} are a case file, the
#: folder of cases and a copy of the rulebook. A command that is not here fails the test below: give it a row.
ROWS: dict[str, tuple[list[str], ...]] = {
    "pathways": ([],),
    "pathways ask": (["--as-of", DAY], ["--about", "claim", "--as-of", DAY]),
    "pathways run": (["{folder}"], ["{case}", "--format", "json"], ["{case}", "--format", "markdown"]),
    "pathways summary": ([], ["-o", "{new}.html"], ["claim"], ["--format", "json"], ["--format", "markdown"]),
    "pathways claims": ([], ["every-mark-counts"], ["--format", "json"], ["--format", "markdown"]),
    "pathways sources": (
        [],
        ["act:1"],
        ["--format", "json"],
        ["--format", "markdown"],
        ["verify", "--documents", str(DEPOSIT / "documents")],
    ),
    "pathways explain": (
        ["{case}", "claim"],
        ["{case}", "claim", "--full", "--format", "json"],
        ["{case}", "every-mark-counts", "--format", "dot"],
    ),
    "pathways why-not": (["{case}", "claim"], ["{case}", "claim", "--format", "json"]),
    "pathways what-if": (["{case}", "--as-of", "2030-01-01"], ["{case}", "--format", "json"]),
    "pathways compare": (["{case}", "{case}"], ["{case}", "{case}", "--format", "json"]),
    "pathways sensitivity": (["{case}"], ["{case}", "--format", "json"]),
    "pathways report": (
        ["{case}", "--format", "markdown"],
        ["{case}", "--format", "json", "--for", "lawyer"],
        ["{case}", "-o", "{new}.html", "--redact"],
        ["{case}", "-o", "{new}.pdf"],
        ["{case}", "-o", "{new}.docx"],
    ),
    "pathways batch": (["{records}", "-o", "{new}.csv"], ["{records}", "-o", "{new}.jsonl"]),
    "pathways calendar": (["{case}", "-o", "{new}.ics"],),
    "pathways letter": ([],),
    "pathways rules test": ([], ["--format", "json"]),
    "pathways rules coverage": (["--format", "json"],),
    "pathways rules mutate": (["--at-least", "0", "--format", "json"],),
    "pathways rules explain": ([], ["never-open"]),
    "pathways case show": (["{case}"],),
    "pathways case check": (["{folder}"],),
    "pathways case erase": (["{case}", "--yes"],),
    "pathways rules check": (["--as-of", DAY], ["--as-of", DAY, "--format", "json"]),
    "pathways rules schema": ([], ["avenues"]),
    "pathways rules new": (["avenue", "another-way"], ["fact", "home.keys"], ["finding", "keys-kept"]),
    "pathways rules diff": (["{copy}", str(DEPOSIT)], ["{copy}", str(DEPOSIT), "--format", "json"]),
    "pathways rules graph": ([], ["claim"], ["claim", "--format", "dot"], ["claim", "--format", "svg"]),
}
#: Commands that are given no rulebook, and why.
WITHOUT_RULES = {
    "pathways case erase": "it reads no rules",
    "pathways rules explain": "what a code means is the same for every rulebook",
    "pathways rules schema": "the format is the same for every rulebook",
    "pathways rules diff": "it is given two",
}
#: Asked through a pipe, the first questions are left open.
# Its three scenarios do not show every condition to matter.
ENDS: dict[str, int] = {"pathways ask": 2, "pathways rules coverage": 1}


def commands(command: Any, name: str) -> Iterator[str]:
    if getattr(command, "invoke_without_command", False) or not hasattr(command, "commands"):
        yield name
    for part in getattr(command, "commands", {}):
        yield from commands(command.get_command(None, part), f"{name} {part}")


def test_every_command_has_a_row() -> None:
    assert set(commands(typer.main.get_command(app), "pathways")) == set(ROWS)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [(name, arguments) for name, rows in ROWS.items() for arguments in rows],
    ids=lambda value: value if isinstance(value, str) else " ".join(value).replace(str(RULEBOOKS), "") or "-",
)
def test_a_rulebook_on_another_subject_passes_through(name: str, arguments: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(DEPOSIT, copy)
    places = {
        "{case}": str(copy / "scenarios" / "faded-paint.yaml"),
        "{folder}": str(copy / "scenarios"),
        "{copy}": str(copy),
        "{new}": str(tmp_path / "new"),
        "{records}": str(tmp_path / "records.csv"),
    }
    asked = next(fact.id for fact in load_rulebook(DEPOSIT).facts.values() if fact.kind == "yes-no")
    (tmp_path / "records.csv").write_text(f"{asked}\nyes\nno\n", encoding="utf-8")
    line = [*name.split()[1:], *(re.sub(r"{\w+}", lambda at: places[at[0]], one) for one in arguments)]
    done = inside(*([] if name in WITHOUT_RULES else ["--rules", str(copy)]), *line)
    assert done.code == ENDS.get(name, 0), done.out + done.err
    assert done.out + done.err
    if name != "pathways":  # which greets with the program's purpose
        assert not shipped_words() & set(re.findall(r"[\w.:/-]+", done.out + done.err))
    if "json" in arguments:
        json.loads(done.out)


def shipped_words() -> set[str]:
    """Names of the shipped rulebook that the other one does not have; those that show how a name is written aside."""
    shipped, other = shipped_rulebook(), load_rulebook(DEPOSIT)
    examples = {name for names in EXAMPLES.values() for name in names}
    return {
        name
        for kind in ("avenues", "facts", "findings", "claims", "authorities", "documents", "notes", "tables")
        for name in getattr(shipped, kind).keys() - getattr(other, kind).keys()
        if re.search(r"[-.:/]", name) and name not in examples
    } | {"immigration", "ICE", "Congress"}


def test_the_rulebook_is_without_fault_and_every_scenario_comes_out_as_expected() -> None:
    assert check_rulebook(DEPOSIT)[1] == []
    done = inside("run", DEPOSIT / "scenarios", "--rules", DEPOSIT, "--format", "json")
    assert done.code == 0
    assert {avenue["standing"] for case in done.data["cases"] for avenue in case["avenues"]} >= {
        "open",
        "contested",
        "closed",
        "not-applicable",
    }


def test_an_interview_with_it_can_be_finished() -> None:
    typed = "31 Jan 2026\nAlder\nno\n1\nyes\nyes\nno\nno\nno\n"
    done = pathways("ask", "--as-of", DAY, "--rules", DEPOSIT, typed=typed)
    assert "In which city is the home?" in done.stderr + done.stdout
    assert "Claim in court" in done.stdout
    assert "Traceback" not in done.stderr
