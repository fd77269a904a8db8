"""A case file is read whole and right, or refused with everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.case import read_case
from pathways.diagnostics import RefusedError
from pathways.rulebook import Rulebook, load_rulebook

BROKEN = """\
case: Broken
answers:
  officer.on_duty: yes
  force.kind: gun
  threat.imminent: maybe
  incident.date: 2026-02-30
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_every_wrong_answer_is_named_in_one_run_each_with_the_nearest_valid_name(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(BROKEN)
    with pytest.raises(RefusedError) as refused:
        read_case(path, rulebook)
    found = [(problem.code, problem.place.line, problem.help) for problem in refused.value.problems]
    assert [(code, line) for code, line, _ in found] == [
        ("unknown-fact", 3),
        ("unknown-option", 4),
        ("unknown-option", 5),
        ("wrong-form", 6),
    ]
    assert "officer.on-duty" in found[0][2]
    assert "firearm" in found[1][2], "“gun” stands in the label of just one answer"


def test_a_wrong_key_does_not_hide_wrong_answers(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(BROKEN.replace("case: Broken", "csae: Broken"))
    with pytest.raises(RefusedError) as refused:
        read_case(path, rulebook)
    found = [(problem.code, problem.place.line) for problem in refused.value.problems]
    assert ("unknown-key", 1) in found
    assert {line for _, line in found} >= {3, 4, 5, 6}


def test_not_asked_and_asked_but_not_known_are_kept_apart(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: A\nanswers:\n  harm.death: unknown\n")
    case = read_case(path, rulebook)
    assert case.answers["harm.death"].kind == "unknown"
    assert "harm.injury" not in case.answers


def refusal(rulebook: Rulebook, tmp_path: Path, answers: str) -> list[str]:
    """What is said of a case with these answers."""
    file = tmp_path / "case.yaml"
    file.write_text(f"case: A case\nanswers:\n{answers}\n", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        read_case(file, rulebook, "case.yaml")
    return [f"{problem.place}: {problem.message} ({problem.help})" for problem in refused.value.problems]


@pytest.mark.parametrize("day", ["1699-12-31", "2200-01", "0026", "20260-01-07"])
def test_a_year_that_is_not_read_is_said_with_the_years_that_are(day: str, rulebook: Rulebook, tmp_path: Path) -> None:
    fact = next(one.id for one in rulebook.facts.values() if one.kind == "date")
    said = refusal(rulebook, tmp_path, f"  {fact}: {day}")
    assert said == [f"case.yaml:3:{len(fact) + 5}: expected a date in a year from 1700 to 2199, found `{day}` ()"]


def test_one_of_needs_two_answers(rulebook: Rulebook, tmp_path: Path) -> None:
    fact = next(one for one in rulebook.facts.values() if one.kind == "yes-no")
    (said,) = refusal(rulebook, tmp_path, f"  {fact.id}: {{one_of: [yes]}}")
    assert "`one_of` needs two answers or more, and `yes` is one" in said
    assert "write that answer alone" in said
