"""The rulebook that is shipped: it has no error, and the names that other programs rely on stay.

``tests/pinned_ids.json`` holds the names of avenues, facts, findings and claims. A new one is added with
``UPDATE_SNAPSHOTS=1``; one that is gone fails, because saved cases and other programs name it.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from pathways.case import read_case
from pathways.diagnostics import Problem
from pathways.rulebook import Rulebook
from pathways.rulebook.check import check_rulebook
from pathways.rulebook.locate import rulebook_folder

PINNED = Path(__file__).parent / "pinned_ids.json"
KINDS = ("avenues", "claims", "facts", "findings")

AVENUES = [
    "ftca", "bivens", "tort-suit", "state-prosecution", "federal-prosecution", "state-investigation", "internal-review",
    "inspector-general", "congress", "records",
]  # fmt: skip
FACTS = ["incident.date", "incident.state", "force.kind", "threat.imminent", "officer.agency"]


@cache
def shipped() -> tuple[Rulebook, list[Problem]]:
    rulebook, problems = check_rulebook(rulebook_folder(None))
    assert rulebook is not None, problems
    return rulebook, problems


def pinned() -> dict[str, list[str]]:
    names: dict[str, list[str]] = json.loads(PINNED.read_text(encoding="utf-8"))
    return names


def ids(kind: str) -> set[str]:
    return set(getattr(shipped()[0], kind))


def test_the_shipped_rules_have_no_error() -> None:
    assert [f"{problem.place}: {problem.message}" for problem in shipped()[1] if problem.level == "error"] == []


@pytest.mark.parametrize("avenue", AVENUES)
def test_an_avenue_that_other_programs_rely_on_is_there(avenue: str) -> None:
    assert avenue in shipped()[0].avenues


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_that_other_programs_rely_on_is_there(fact: str) -> None:
    assert fact in shipped()[0].facts


def test_the_claim_of_absolute_immunity_is_there_and_refuted() -> None:
    assert shipped()[0].claims["absolute-immunity"].verdict == "refuted"


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_vanishes_unnoticed(kind: str) -> None:
    if os.environ.get("UPDATE_SNAPSHOTS"):
        names = pinned() if PINNED.exists() else {}
        names[kind] = sorted(ids(kind) | set(names.get(kind, ())))
        PINNED.write_text(json.dumps(names, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert set(pinned()[kind]) - ids(kind) == set(), "saved cases and other programs name these"


def test_every_kind_of_name_is_pinned() -> None:
    assert sorted(pinned()) == sorted(KINDS)
    assert all(pinned()[kind] for kind in KINDS)


@pytest.mark.parametrize(
    "path", sorted((rulebook_folder(None) / "scenarios").rglob("*.yaml")), ids=lambda path: path.stem
)  # fmt: skip
def test_a_shipped_scenario_can_be_read(path: Path) -> None:
    assert read_case(path, shipped()[0]).title


def test_an_empty_cell_of_a_shipped_table_is_not_checked_and_never_a_value() -> None:
    cells = [cell for table in shipped()[0].tables.values() for row in table.rows.values() for cell in row.values()]
    assert cells
    assert not {"~", "null", ""} & set(cells)
