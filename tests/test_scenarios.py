"""Every scenario and decided case that is shipped, as a test of its own: what it expects comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.authoring.expected import failures
from pathways.case import read_case
from tests.places import ROOT, shipped_rulebook

FOLDER = ROOT / "scenarios"
FILES = sorted(FOLDER.rglob("*.yaml"))


def name(path: Path) -> str:
    """``decided/bivens``: a file below the folder, without its ending."""
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_expected_comes_out(path: Path) -> None:
    found = failures(assess(shipped_rulebook(), read_case(path, shipped_rulebook())))
    said = [
        f"{failure.check.path}: expected {failure.check.expected}, came out {failure.check.actual}\n"
        + "\n".join(f"    {reason.text} [{', '.join(reason.sources)}]" for reason in failure.reasons)
        for failure in found
    ]
    if said:
        pytest.fail("\n".join(said), pytrace=False)


@pytest.mark.parametrize("path", [file for file in FILES if file.parent.name == "decided"], ids=name)
def test_a_decided_case_expects_something(path: Path) -> None:
    assert read_case(path, shipped_rulebook()).expect
