"""Every JSON output fits its published schema, and says what it must."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from pathways.assessment import Standing
from pathways.assessment.times import STATES
from pathways.diagnostics import Problem
from pathways.record import names_of
from pathways.render.page import Tone
from pathways.rulebook import model
from tests.cli.process import Ended, in_garden, inside, pathways
from tests.places import GARDEN, GARDEN_CASES, RULEBOOKS, SCENARIOS, SCHEMAS

OUTPUTS: dict[str, list[tuple[str | Path, ...]]] = {
    "run": [
        *(("run", name) for name in SCENARIOS),
        ("run", *SCENARIOS),
        *(("run", path, "--rules", GARDEN) for path in sorted(GARDEN_CASES.glob("*.yaml"))),
        ("run", GARDEN_CASES, "--rules", GARDEN),
    ],
    "summary": [
        ("summary",),
        ("summary", "ftca"),
        ("summary", "records", "bivens"),
        ("summary", "--rules", GARDEN),
        ("summary", "--rules", RULEBOOKS / "library"),
    ],
    "claims": [
        ("claims",),
        ("claims", "absolute-immunity"),
        ("claims", "--rules", GARDEN),
        ("claims", "--rules", RULEBOOKS / "library"),
    ],
    "sources": [
        ("sources",),
        ("sources", "usc:28/1346(b)(1)"),
        ("sources", "nyt-2026-01-15"),
        ("sources", "--rules", GARDEN),
        ("sources", "garden-talk#all-mine", "act:birds", "--rules", GARDEN),
    ],
    "explain": [
        ("explain", "minneapolis-2026", "bivens"),
        ("explain", "minneapolis-2026", "state-prosecution", "--full"),
        ("explain", GARDEN_CASES / "quarrel.yaml", "cut-back", "--rules", GARDEN),
        ("explain", GARDEN_CASES / "oak.yaml", "branches-trespass", "--full", "--rules", GARDEN),
        ("explain", GARDEN_CASES / "oak.yaml", "all-mine", "--rules", GARDEN),
    ],
    "why-not": [
        ("why-not", "minneapolis-2026", "bivens"),
        ("why-not", "vehicle-shot-at", "ftca"),
        ("why-not", GARDEN_CASES / "oak.yaml", "cut-back", "--rules", GARDEN),
    ],
    "what-if": [
        ("what-if", "minneapolis-2026", "officer.agency=local", "--as-of", "2028-03-01"),
        ("what-if", "empty"),
    ],
    "compare": [
        ("compare", "minneapolis-2026", "drury-1903", "empty"),
        ("compare", GARDEN_CASES / "oak.yaml", GARDEN_CASES / "line.yaml", "--rules", GARDEN),
    ],
    "sensitivity": [
        ("sensitivity", "minneapolis-2026"),
        ("sensitivity", GARDEN_CASES / "quarrel.yaml", "--rules", GARDEN),
    ],
    "report": [
        *(("report", "minneapolis-2026", "--for", reader) for reader in ("family", "lawyer", "newsroom")),
        ("report", "minneapolis-2026", "--redact"),
        ("report", GARDEN_CASES / "quarrel.yaml", "--rules", GARDEN),
    ],
    "problems": [("rules", "check"), ("rules", "check", "--rules", GARDEN)],
    "diff": [
        ("rules", "diff", GARDEN, GARDEN),
        ("rules", "diff", RULEBOOKS / "tiny", GARDEN),
        ("rules", "diff", RULEBOOKS / "deposit", RULEBOOKS / "fines", "--scenarios", RULEBOOKS / "fines" / "cases"),
    ],
}
CASES = [
    pytest.param(
        schema,
        arguments,
        id=" ".join(Path(part).name if isinstance(part, Path) else str(part) for part in arguments)[:60],
    )
    for schema, every in OUTPUTS.items()
    for arguments in every
]


@cache
def published(name: str) -> dict[str, Any]:
    """The published schema of an output."""
    read: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(read)
    return read


@cache
def schema(name: str) -> Draft202012Validator:
    """What holds an output against its schema."""
    return Draft202012Validator(published(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def output(*arguments: str | Path) -> Ended:
    """What a command writes with ``--format json``."""
    return inside(*arguments, "--format", "json")


def parts(data: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in an output."""
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from parts(part)


@pytest.mark.parametrize(("name", "arguments"), CASES)
class TestEveryOutput:
    def test_fits_its_schema(self, name: str, arguments: tuple[str | Path, ...]) -> None:
        errors = [
            f"{error.json_path}: {error.message[:300]}" for error in schema(name).iter_errors(output(*arguments).data)
        ]
        assert errors == []

    def test_lists_every_source_that_it_cites_and_no_other(self, name: str, arguments: tuple[str | Path, ...]) -> None:
        data = output(*arguments).data
        if name in ("problems", "diff", "why-not", "what-if", "compare", "sensitivity"):
            return
        if name == "report":
            numbers = {cite["number"] for part in parts(data["blocks"]) for cite in part.get("cites", ())}
            assert numbers == {source["number"] for source in data["sources"]}
            return
        cited = {
            reference
            for part in parts(data)
            for reference in part.get("sources", ())
            if isinstance(part.get("sources"), list)
        }
        assert cited <= set(data["sources"])
        if name != "sources":
            assert set(data["sources"]) <= cited

    def test_says_that_a_value_is_settled_exactly_when_one_value_remains(
        self, name: str, arguments: tuple[str | Path, ...]
    ) -> None:
        for part in parts(output(*arguments).data):
            if "could_be" in part:
                assert part["could_be"] == [part["value"]] or (part["value"] == "unknown" and len(part["could_be"]) > 1)
            if "could_become" in part:
                settled = part["standing"] != "undetermined"
                assert (part["could_become"] == [part["standing"]]) == settled
                assert bool(part["closed_by"]) == (part["standing"] == "closed")

    def test_ends_with_a_line_end(self, name: str, arguments: tuple[str | Path, ...]) -> None:
        assert output(*arguments).out.endswith("}\n" if name != "problems" else "]\n")


class TestTheSchemas:
    def test_every_schema_is_held_against_some_output(self) -> None:
        assert {path.stem for path in SCHEMAS.glob("*.json")} == set(OUTPUTS)

    @pytest.mark.parametrize("name", OUTPUTS)
    def test_no_mapping_may_hold_what_is_not_described(self, name: str) -> None:
        for part in parts(published(name)):
            # A mapping that other mappings are built on leaves this to them.
            if part.get("type") == "object" and part is not published(name).get("$defs", {}).get("value"):
                assert (
                    part.get("additionalProperties", True) is not True or part.get("unevaluatedProperties") is False
                ), part
                assert part.get("description"), part

    def test_words_with_a_fixed_list_are_those_that_the_program_knows(self) -> None:
        known = {
            "standing": {standing.value for standing in Standing},
            "standing-or-none": {"", *(standing.value for standing in Standing)},
            "settled-standing": {one.value for one in Standing if one is not Standing.UNDETERMINED},
            "effect": {*model.EFFECTS},
            "ground": {*model.GROUNDS},
            "track-record": {*model.TRACK_RECORDS},
            "verdict": {*model.VERDICTS},
            "one-value": {"no", "disputed", "yes"},
            "clock-state": {*STATES},
            "tone": {*get_args(Tone)},
        }
        for name in OUTPUTS:
            for word, shape in published(name).get("$defs", {}).items():
                if "enum" in shape:
                    assert set(shape["enum"]) == known[word]

    def test_kinds_of_sources_are_those_that_the_program_knows(self) -> None:
        source = published("sources")["$defs"]["source"]["properties"]
        assert set(source["kind"]["enum"]) == {"document", *model.AUTHORITY_KINDS}
        assert set(source["seen"]["enum"]) == {*model.SEEN}
        documents = published("sources")["properties"]["documents"]["items"]["properties"]
        assert set(documents["kind"]["enum"]) == {*model.DOCUMENT_KINDS}

    def test_a_key_that_is_not_described_is_refused(self) -> None:
        data = output("run", "empty").data
        data["cases"][0]["avenues"][0]["hurdles"][0]["odds"] = 0.5
        assert not schema("run").is_valid(data)

    def test_a_settled_value_with_something_left_is_refused(self) -> None:
        data = output("run", "empty").data
        data["cases"][0]["avenues"][0]["elements"][0] |= {"value": "yes", "could_be": ["disputed", "yes"]}
        assert not schema("run").is_valid(data)


class TestRun:
    AVENUES = (
        "ftca",
        "bivens",
        "tort-suit",
        "state-prosecution",
        "federal-prosecution",
        "state-investigation",
        "internal-review",
        "inspector-general",
        "congress",
        "records",
    )

    def test_begins_with_what_it_rests_on(self) -> None:
        data = output("run", "empty").data
        assert list(data)[:7] == ["schema_version", "pathways", "rulebook", "notice", "law_is_old", "as_of", "cautions"]
        assert list(data["rulebook"])[:4] == ["id", "version", "sha256", "law_as_of"]
        assert "Not legal advice" in data["notice"]
        assert data["not_modelled"]

    def test_ids_that_other_programs_rely_on_are_there(self) -> None:
        (case,) = output("run", "empty").data["cases"]
        assert {*self.AVENUES} <= {avenue["id"] for avenue in case["avenues"]}
        assert "absolute-immunity" in case["claims"]
        assert {"incident.date", "incident.state", "force.kind"} <= {*case["open_questions"]}

    def test_holds_the_parts_that_the_format_promises(self) -> None:
        (case,) = output("run", "minneapolis-2026").data["cases"]
        assert {"case", "file", "avenues", "findings", "claims", "open_questions", "expectations"} <= set(case)
        assert {"decided", "deadlines", "waits", "local"} <= set(case)
        for avenue in case["avenues"]:
            assert {
                "id",
                "title",
                "standing",
                "could_become",
                "closed_by",
                "stage",
                "starts_with",
                "track_record",
                "reasons",
                "elements",
                "hurdles",
                "cautions",
                "steps",
                "sources",
            } <= set(avenue)

    def test_every_expectation_of_a_shipped_scenario_is_met(self) -> None:
        for name in SCENARIOS:
            (case,) = output("run", name).data["cases"]
            assert all(check["met"] for check in case["expectations"]), name

    def test_several_cases_stand_in_the_order_in_which_they_were_named(self) -> None:
        data = inside("run", "ruby-ridge-1992", "empty", "--format", "json").data
        assert [case["file"] for case in data["cases"]] == ["ruby-ridge-1992", "empty"]

    def test_a_case_named_twice_is_assessed_once(self) -> None:
        assert len(inside("run", "empty", "empty", "--format", "json").data["cases"]) == 1

    def test_open_questions_are_in_the_order_of_the_story(self) -> None:
        (case,) = in_garden("run", GARDEN_CASES / "quarrel.yaml", "--format", "json").data["cases"]
        assert case["open_questions"] == ["talk.late", "talk.away"]
        assert case["further_questions"] == ["tree.nest"]

    def test_the_same_rules_case_and_day_give_the_same_bytes(self) -> None:
        arguments = ("run", "minneapolis-2026", "--format", "json", "--as-of", "2026-02-01")
        one, other = pathways(*arguments, PYTHONHASHSEED="1"), pathways(*arguments, PYTHONHASHSEED="2")
        assert one.stdout == other.stdout != ""

    def test_where_the_output_holds_only_ascii_nothing_is_lost(self) -> None:
        arguments = ("run", "minneapolis-2026", "--format", "json", "--as-of", "2026-02-01")
        plain = pathways(*arguments, PYTHONIOENCODING="ascii")
        assert json.loads(plain.stdout) == json.loads(pathways(*arguments).stdout)
        assert plain.stdout.isascii()


class TestTheDay:
    """``--as-of`` beats the file's own day, which beats today."""

    @pytest.fixture
    def cases(self, tmp_path: Path) -> Path:
        (tmp_path / "dated.yaml").write_text("case: One\nas_of: 2026-03-03\n")
        (tmp_path / "today.yaml").write_text("case: Two\n")
        return tmp_path

    def test_given_on_the_command_line(self, cases: Path) -> None:
        data = in_garden("run", cases, "--as-of", "2026-05-05", "--format", "json").data
        assert [data["as_of"], *(case["as_of"] for case in data["cases"])] == ["2026-05-05"] * 3

    def test_given_by_the_file(self, cases: Path) -> None:
        data = in_garden("run", cases / "dated.yaml", "--format", "json").data
        assert (data["as_of"], data["cases"][0]["as_of"]) == ("2026-03-03", "2026-03-03")

    def test_else_today(self, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Clock(date):
            @classmethod
            def today(cls) -> Clock:
                return cls(2031, 1, 2)

        monkeypatch.setattr(importlib.import_module("pathways.assessment.assess"), "date", Clock)
        data = in_garden("run", cases / "today.yaml", "--format", "json").data
        assert (data["as_of"], data["cases"][0]["as_of"]) == ("2031-01-02", "2031-01-02")

    def test_cases_with_days_of_their_own_have_none_in_common(self, cases: Path) -> None:
        data = in_garden("run", cases, "--format", "json").data
        assert data["as_of"] is None
        assert data["cases"][0]["as_of"] == "2026-03-03"


class TestSources:
    def test_a_source_that_others_contradict_comes_with_them(self) -> None:
        data = in_garden("sources", "garden-talk#all-mine", "--format", "json").data
        assert list(data["sources"]) == ["garden-talk#all-mine", "act:old-birds"]
        assert data["sources"]["garden-talk#all-mine"]["differs"]["sources"] == ["act:old-birds"]

    def test_a_document_stands_for_all_that_it_says(self) -> None:
        data = in_garden("sources", "garden-talk", "--format", "json").data
        assert [document["id"] for document in data["documents"]] == ["garden-talk"]
        assert "garden-talk#storm" in data["sources"]


class TestProblems:
    """``rules check --format json``: the problems are the result."""

    @pytest.fixture
    def bad(self, tmp_path: Path) -> Path:
        """The small rulebook with a typing mistake and a name used twice."""
        shutil.copytree(GARDEN, tmp_path / "bad")
        avenue = tmp_path / "bad" / "rules" / "avenues" / "cut-back.yaml"
        avenue.write_text(
            avenue.read_text()
            .replace("when: branches-trespass", "when: branches-trespas")
            .replace("id: room", "id: trespass")
        )
        return tmp_path / "bad"

    def test_fit_their_schema(self, bad: Path) -> None:
        done = inside("rules", "check", "--rules", bad, "--format", "json")
        assert done.code == 2
        schema("problems").validate(done.data)

    def test_say_where_and_what(self, bad: Path) -> None:
        first, *others = inside("rules", "check", "--rules", bad, "--format", "json").data
        assert first["code"] == "unknown-finding"
        assert first["help"] == "did you mean `branches-trespass`?"
        assert (first["line"], first["column"]) == (19, 11)
        assert any(other["also"] for other in others)

    def test_a_problem_has_every_field(self) -> None:
        fields = {"level", "code", "message", "help", "law", "also"}
        assert fields <= set(names_of(Problem))
        assert set(published("problems")["items"]["required"]) == fields | {"file", "line", "column"}

    def test_none_are_an_empty_list(self) -> None:
        assert output("rules", "check", "--rules", GARDEN).data == []
