"""``pathways rules test``, ``coverage`` and ``mutate``, as they are run."""

from __future__ import annotations

import json
import resource
import subprocess
from pathlib import Path

import pytest

from tests.authoring.books import FINES, copied
from tests.cli.process import COMMAND, environment, inside
from tests.places import GARDEN, RULEBOOKS


def test_scenarios_that_come_out_are_a_count() -> None:
    done = inside("rules", "test", "--rules", GARDEN)
    assert done.code == 0, done.err
    assert done.out.split() == ["4", "scenarios,", "21", "expectations:", "all", "met."]


def test_a_scenario_that_fails_shows_the_decisive_reasons_and_their_sources() -> None:
    done = inside("rules", "test", "--rules", FINES)
    words = " ".join(done.out.split())
    assert done.code == 1
    assert "avenues.objection.standing: expected closed, came out contested" in words
    assert "Who knows the place knows the sign: raised here; a court must decide. [1]" in words
    assert "Second fine here: yes" in words
    assert "Driver v. Abbey" in words


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        ("avenues: {cut-back: {hurdles: {nesting: no}}}", "A nest in it: yes"),
        ("avenues: {cut-back: {stage: cut}}", "Not settled while these are not known"),
        ("findings: {old-tree: no}", "Planted"),
    ],
)
def test_whatever_was_expected_its_own_reasons_are_shown(tmp_path: Path, expected: str, reason: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "case.yaml").write_text(
        f"case: Mine\nas_of: 2026-04-01\nanswers: {{tree.nest: yes, tree.planted: 1950}}\nexpect: {{{expected}}}\n",
        encoding="utf-8",
    )
    done = inside("rules", "test", folder, "--rules", GARDEN, "--format", "json")
    assert done.code == 1, done.err
    ((failure,),) = (one["failures"] for one in json.loads(done.out)["scenarios"])
    assert failure["expected"] != failure["actual"]
    assert any(reason in one["text"] for one in failure["reasons"]), failure


@pytest.mark.parametrize("command", ["test", "coverage", "mutate"])
def test_rules_without_scenarios_are_refused_with_what_is_missing(command: str) -> None:
    done = inside("rules", command, "--rules", RULEBOOKS / "tiny")
    assert done.code == 2
    assert done.out == ""
    assert "no folder `scenarios` or `cases` stands beside these rules" in done.err


def test_coverage_lists_what_is_not_shown_by_file_and_line() -> None:
    done = inside("rules", "coverage", "--rules", GARDEN)
    words = " ".join(done.out.split())
    assert done.code == 1
    assert "conditions" in words
    data = json.loads(inside("rules", "coverage", "--rules", GARDEN, "--format", "json").out)
    missing = [one for one in data["list"] if not (one["shown_where_it_holds"] and one["shown_where_it_does_not"])]
    assert len(missing) == data["conditions"] - data["both"]
    assert all(f"{one['file']}:{one['line']}:{one['column']}" in words for one in missing)


def test_a_needless_reason_is_said_and_fails(tmp_path: Path) -> None:
    covered = json.loads(inside("rules", "coverage", "--rules", GARDEN, "--format", "json").out)["list"]
    assert any(one["condition"] and one["shown_where_it_holds"] and one["shown_where_it_does_not"] for one in covered)
    folder = copied(
        GARDEN,
        tmp_path,
        (
            "rules/avenues/cut-back.yaml",
            "done_when: talk.asked",
            "done_when: {uncovered: {that: talk.asked, because: Nobody knows.}}",
        ),
    )
    done = inside("rules", "coverage", "--rules", folder)
    assert done.code == 1
    assert "error[covered-after-all]" in done.err
    assert "cut-back.yaml:" in done.err


@pytest.mark.parametrize(("at_least", "code"), [("10", 0), ("100", 1)])
def test_mutants_nobody_notices_are_listed_and_enough_of_them_fail(at_least: str, code: int) -> None:
    done = inside("rules", "mutate", "--rules", GARDEN, "--at-least", at_least)
    assert done.code == code
    assert "are noticed by 4 scenarios" in " ".join(done.out.split())
    assert "hurdle `shared-trunk` contests instead of moves" in " ".join(done.out.split())


def test_two_runs_are_the_same_bytes() -> None:
    first, second = (inside("rules", "mutate", "--rules", GARDEN, "--format", "markdown") for _ in range(2))
    assert first.out == second.out
    assert first.out.startswith("# Mutants\n")


def test_missing_cases_are_invented_and_written_and_then_nothing_is_missing(tmp_path: Path) -> None:
    folder = copied(GARDEN, tmp_path)
    before = json.loads(inside("rules", "coverage", "--rules", folder, "--format", "json").out)
    done = inside("rules", "coverage", "--rules", folder, "--write", folder / "cases" / "invented")
    assert "cases written into" in done.err, done.err
    assert "a case can be written" in " ".join(done.out.split())
    again = inside("rules", "coverage", "--rules", folder, "--format", "json")
    after = json.loads(again.out)
    assert after["both"] > before["both"]
    left = {one[key] for one in after["list"] for key in ("case_where_it_holds", "case_where_it_does_not")}
    assert "can be written" not in left
    assert inside("rules", "test", "--rules", folder).code == 0


def test_mutants_that_come_out_the_same_in_every_case_are_not_counted(tmp_path: Path) -> None:
    folder = copied(GARDEN, tmp_path)
    done = inside("rules", "mutate", "--rules", folder, "--write", folder / "cases" / "invented")
    assert "written into" in done.err
    data = json.loads(inside("rules", "mutate", "--rules", folder, "--format", "json").out)
    assert data["same"] == sum(one["case"] == "proved to be none" for one in data["list"])
    assert data["mutants"] == len(data["list"]) - data["same"]
    assert data["noticed"] * 100 >= 95 * data["mutants"]


@pytest.mark.parametrize("command", ["coverage", "mutate"])
def test_one_avenue_can_be_looked_at_alone(command: str) -> None:
    whole, alone = (
        json.loads(inside("rules", command, *about, "--rules", GARDEN, "--format", "json").out)["list"]
        for about in ((), ("--about", "cut-back"))
    )
    assert alone
    assert len(alone) < len(whole)
    assert not [one for one in alone if one["file"].endswith("fence.yaml")]
    wrong = inside("rules", command, "--about", "cut-bak", "--rules", GARDEN)
    assert wrong.code == 2
    assert "Did you mean `cut-back`?" in wrong.err


@pytest.mark.parametrize("command", ["coverage", "mutate", "check"])
@pytest.mark.parametrize("name", ["there", "there/below"])
def test_a_file_is_no_folder_to_write_into_even_if_there_is_nothing_to_write(
    tmp_path: Path, command: str, name: str
) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    option = "--cases" if command == "check" else "--write"
    done = inside("rules", command, "--rules", GARDEN, option, tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("there is a file. Name a folder to write into.\n")
    assert there.read_text() == "mine"


def test_where_nothing_can_be_written_no_empty_folder_is_left(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("case: One\nas_of: 2026-04-01\nanswers: {}\n")
    done = subprocess.run(
        [*COMMAND, "rules", "coverage", ".", "--rules", GARDEN, "--write", "new/cases"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        check=False,
    )
    assert done.returncode == 2
    assert [one.name for one in tmp_path.iterdir()] == ["one.yaml"]


def test_scenarios_may_end_in_yml_as_for_run(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yml"):
        (tmp_path / name).write_text("case: One\nas_of: 2026-04-01\nanswers: {}\n")
    done = inside("rules", "test", tmp_path, "--rules", GARDEN)
    assert done.out.split()[:2] == ["2", "scenarios,"]
