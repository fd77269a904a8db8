"""Time limits, waiting periods, the law of a place and decided cases as JSON, told with parking fines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pathways.assessment.times import STATES
from tests.cli.process import inside
from tests.cli.test_json import parts, published, schema
from tests.deadlines.fines import CASES, FINES

NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
ANSWERS = {
    "fine.placed-on": "2026-01-06",
    "fine.paid": "no",
    "fine.photo": "yes",
    "fine.poor": "yes",
    "fine.camera": "no",
    "fine.repeat": "no",
    "objection.sent": "yes",
    "objection.sent-on": "2026-01-13",
    "objection.refused": "yes",
    "objection.refused-on": "2026-02-10",
    "appeal.filed": "no",
}


@cache
def output(*paths: Path) -> Any:
    """What ``run`` writes of some cases."""
    return inside("run", *paths, "--rules", FINES, "--format", "json").data


def the_case(name: str) -> dict[str, Any]:
    """A case of the rulebook."""
    (case,) = output(CASES / f"{name}.yaml")["cases"]
    return dict(case)


def written(folder: Path, as_of: str, **changes: str | None) -> dict[str, Any]:
    """A case with these answers changed, or (None) left out; ``fine_town`` answers ``fine.town``."""
    answers: dict[str, str | None] = {**ANSWERS, "fine.town": "AB"}
    answers |= {name.replace("_", ".", 1).replace("_", "-"): answer for name, answer in changes.items()}
    lines = "".join(f"  {name}: {answer}\n" for name, answer in answers.items() if answer is not None)
    (folder / "case.yaml").write_text(f"case: A fine\nas_of: {as_of}\nanswers:\n{lines}")
    data = inside("run", folder / "case.yaml", "--rules", FINES, "--format", "json").data
    schema("run").validate(data)
    (case,) = data["cases"]
    return dict(case)


def one(several: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The part with this id."""
    return next(part for part in several if part["id"] == name)


@pytest.mark.parametrize("name", [*NAMES, ""], ids=[*NAMES, "all"])
class TestEveryCase:
    def test_fits_the_schema(self, name: str) -> None:
        data = output(CASES / f"{name}.yaml" if name else CASES)
        assert [f"{error.json_path}: {error.message[:300]}" for error in schema("run").iter_errors(data)] == []

    def test_lists_every_source_that_it_cites_and_no_other(self, name: str) -> None:
        data = output(CASES / f"{name}.yaml" if name else CASES)
        cited = {
            reference for part in parts(data) if isinstance(part.get("sources"), list) for reference in part["sources"]
        }
        decided = {case["decided"]["by"] for case in data["cases"] if case["decided"]}
        assert cited | decided == set(data["sources"])


class TestDeadlines:
    def test_a_running_one_has_every_day(self) -> None:
        assert one(the_case("refused")["deadlines"], "file") == {
            "id": "file",
            "avenue": "appeal",
            "what": "Filing the appeal",
            "starts": "the day on which the refusal came",
            "starts_on": "2026-02-10",
            "last_safe": "2026-04-09",
            "outer_limit": "2026-04-10",
            "days_left": 38,
            "state": "running",
            "notes": [{"text": "The period is 2 months.", "sources": ["town:abbey/1"]}],
            "sources": ["code:3"],
        }

    def test_one_that_has_not_started_has_none(self) -> None:
        found = one(the_case("waiting")["deadlines"], "file")
        days = ("starts_on", "last_safe", "outer_limit", "days_left")
        assert [found[key] for key in ("state", *days)] == ["not_started", None, None, None, None]

    def test_one_that_has_passed_counts_backwards(self) -> None:
        found = one(the_case("missed")["deadlines"], "object")
        assert (found["state"], found["days_left"]) == ("passed", -17)

    def test_they_are_in_the_order_in_which_they_press(self) -> None:
        found = [(one["state"] == "passed", one["last_safe"]) for one in the_case("missed")["deadlines"]]
        assert found == sorted(found)  # what is over comes after what can still be done
        assert len({passed for passed, _ in found}) == 2

    def test_every_state_is_one_that_the_schema_names(self, tmp_path: Path) -> None:
        states = {
            found["state"]
            for case in (
                the_case("missed"),
                the_case("waiting"),
                written(tmp_path, "2026-05-01", appeal_filed=None),
            )
            for found in case["deadlines"]
        }
        assert states == {"not_started", "running", "passed", "unsettled"}

    def test_the_avenue_says_whether_each_was_missed(self) -> None:
        found = one(one(the_case("missed")["avenues"], "objection")["deadlines"], "object")
        assert (found["missed"], found["if_missed"], found["decisive"]) == (
            {"value": "yes", "could_be": ["yes"]},
            "bars",
            True,
        )

    def test_where_the_period_is_not_known_there_is_no_outer_limit_and_a_note_says_why(self, tmp_path: Path) -> None:
        found = one(written(tmp_path, "2026-03-01", fine_town="EF")["deadlines"], "file")
        assert (found["last_safe"], found["outer_limit"]) == ("2026-03-09", None)
        assert found["notes"][0]["sources"] == ["code:3(b)"]


class TestWaits:
    def test_one_that_runs(self) -> None:
        assert the_case("waiting")["waits"] == [
            {
                "id": "silence",
                "avenue": "appeal",
                "what": "Waiting for the town",
                "starts": "the day on which the objection was sent",
                "starts_on": "2026-01-13",
                "earliest": "2026-04-14",
                "days_left": 71,
                "state": "running",
                "sources": ["code:3"],
            }
        ]

    def test_of_what_is_closed_there_is_none(self) -> None:
        assert the_case("missed")["waits"] == []


class TestLocal:
    def test_a_cell_that_was_read_in_the_law(self) -> None:
        first, _ = the_case("refused")["local"]
        assert first == {
            "table": "towns",
            "row": "AB",
            "column": "appeal-within",
            "title": "Time for an appeal",
            "value": "2 months",
            "text": "Abbey gives two months.",
            "empty": False,
            "checked": True,
            "about": ["appeal"],
            "sources": ["town:abbey/1"],
        }

    def test_an_empty_cell_says_what_to_do(self) -> None:
        first, _ = the_case("waiting")["local"]
        assert (first["value"], first["empty"], first["checked"], first["sources"]) == (None, True, False, [])
        assert first["text"] == "Ask the court on the day of the refusal."

    def test_a_cell_that_was_not_read_in_the_law_is_neither_empty_nor_checked(self, tmp_path: Path) -> None:
        first, _ = written(tmp_path, "2026-03-01", fine_town="CD")["local"]
        assert (first["value"], first["empty"], first["checked"]) == ("3 months", False, False)

    def test_a_cell_without_a_value_has_its_words(self, tmp_path: Path) -> None:
        first, _ = written(tmp_path, "2026-03-01", fine_town="JK")["local"]
        assert (first["value"], first["text"]) == (None, "Kirk's council decides each time.")


class TestDecided:
    def test_says_who_decided_and_what_became_of_it(self) -> None:
        assert the_case("decided")["decided"] == {
            "by": "case:driver-v-abbey",
            "holding": "Who parks in the same street every day knows the sign. The objection was not heard.",
            "court": "County Court",
            "year": 2025,
            "level": "state court",
            "history": "appealed, not decided yet",
            "seen": "secondary",
        }

    def test_is_null_for_every_other_case(self) -> None:
        assert the_case("waiting")["decided"] is None

    def test_what_does_not_agree_is_an_expectation_that_is_not_met(self) -> None:
        checks = the_case("disagreeing")["expectations"]
        assert [check["path"] for check in checks if not check["met"]] == ["avenues.objection.standing"]


def test_the_schema_names_the_states_of_time_limits() -> None:
    assert tuple(published("run")["$defs"]["clock-state"]["enum"]) == STATES
