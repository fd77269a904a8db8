"""`pathways rules diff`, as its reader sees it: meaning, cases and words apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.process import Ended, inside
from tests.places import ROOT, RULEBOOKS, SCHEMAS

DEPOSIT = RULEBOOKS / "deposit"
DAY = "2026-03-02"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(DEPOSIT, tmp_path / "new"))


def edit(book: Path, name: str, *changes: tuple[str, str]) -> None:
    path = book / "rules" / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def diff(book: Path, *more: str | Path) -> Ended:
    return inside("rules", "diff", DEPOSIT, book, "--as-of", DAY, *more)


def data(book: Path) -> dict[str, object]:
    done = diff(book, "--format", "json")
    assert done.code == 0, done.err
    schema = json.loads((SCHEMAS / "diff.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(done.data)
    found: dict[str, object] = done.data
    return found


def test_the_same_rules_mean_the_same(book: Path) -> None:
    done = diff(book)
    assert done.code == 0
    assert "The meaning is unchanged" in done.out
    assert "Nothing: texts, sources and names are the same." in done.out
    assert data(book)["same_meaning"] is True


def test_other_words_and_sources_change_no_meaning(book: Path) -> None:
    edit(book, "avenues/claim.yaml", ("Who does not ask first pays the costs.", "Ask first."))
    edit(book, "findings/deposit.yaml", ('sources: ["act:1(2)", "case:tenant-v-landlord"]', 'sources: ["act:1(2)"]'))
    edit(book, "facts/home.yaml", ("label: What is said to be wrong", "label: The complaint"))
    done = diff(book)
    assert "The meaning is unchanged" in done.out
    assert "- element claim/asked: explains" in done.out
    assert "- finding damage-beyond-wear: sources" in done.out
    assert "- fact home.damage: label" in done.out


def test_another_effect_is_shown_by_a_pattern_and_by_the_cases_that_change(book: Path) -> None:
    edit(book, "avenues/claim.yaml", ("effect: contests", "effect: bars"))
    done = diff(book)
    assert "The meaning is unchanged" not in done.out
    assert "1. If: Written reasons: yes." in done.out
    assert "- Before: a court must decide, or not available on these answers." in done.out
    assert "- Now: not available on these answers." in done.out
    assert "3 cases run against both, 1 of them changed." in done.out
    assert "before: a court must decide; now: not available on these answers." in " ".join(done.out.split())
    found = data(book)
    assert found["differences"] == [
        {
            "avenue": "claim",
            "patterns": [
                {
                    "if": [
                        {
                            "old": "request.statement",
                            "new": "request.statement",
                            "options": ["yes"],
                            "disputed": False,
                            "words": "Written reasons: yes",
                        }
                    ],
                    "old": ["contested", "closed"],
                    "new": ["closed"],
                    "smallest": True,
                }
            ],
            "more": False,
        }
    ]


def test_a_renamed_question_and_answer_change_no_meaning(book: Path) -> None:
    for path in (book / "rules").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("home.damage", "home.complaint").replace("broken", "smashed")
        path.write_text(text, encoding="utf-8")
    edit(
        book,
        "rulebook.yaml",
        (
            "not_modelled:",
            "renamed:\n  facts: {home.damage: home.complaint}\n"
            "  options: {home.complaint: {broken: smashed}}\nnot_modelled:",
        ),
    )
    done = diff(book)
    assert "The meaning is unchanged" in done.out
    assert "Renamed: fact home.damage is now home.complaint" in done.out
    assert "Renamed: answer home.complaint: broken is now smashed" in done.out
    assert "New:" not in done.out
    assert "Gone:" not in done.out
    assert "none of them changed" in done.out


def test_a_new_question_that_matters_is_named_as_new(book: Path) -> None:
    edit(
        book,
        "facts/home.yaml",
        ("  home.report:", "  home.keys:\n    ask: Were the keys given back?\n    label: Keys\n"
         "    help: All of them.\n    find_out: A receipt.\n  home.report:"),
    )  # fmt: skip
    edit(book, "avenues/ask.yaml", ("when: {not: lease.rent-owed}", "when: {all: [{not: lease.rent-owed}, home.keys]}"))
    done = diff(book)
    assert "1. If: Keys (only now): no." in done.out
    assert "- New: fact home.keys" in done.out


def test_an_avenue_that_comes_and_one_that_goes_are_listed(book: Path) -> None:
    (book / "rules/avenues/office.yaml").rename(book / "rules/avenues/help.yaml")
    edit(book, "avenues/help.yaml", ("avenue: mediation", "avenue: arbitration"))
    for path in (book / "scenarios").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("mediation", "arbitration"), encoding="utf-8")
    done = diff(book)
    assert "New avenues" in done.out
    assert "Avenues that are gone" in done.out
    assert "(arbitration)" in done.out
    assert "(mediation)" in done.out
    assert data(book)["avenues_removed"] == ["mediation"]
    assert "cases: Only now can they be read: no avenue is named `arbitration`." in done.out
    assert done.out.count("nly now can") == 1


def test_a_day_that_divides_time_elsewhere_changes_nothing_else(book: Path, tmp_path: Path) -> None:
    edit(book, "avenues/ask.yaml", ("when: {not: lease.rent-owed}", "when: {lease.ended-on: {before: 2024-06-01}}"))
    before = Path(shutil.copytree(book, tmp_path / "before"))
    edit(
        book,
        "avenues/ask.yaml",
        ("cautions:", "cautions:\n  - {id: late, text: Late., when: {lease.ended-on: {from: 2023}}}"),
    )
    done = inside("rules", "diff", before, book, "--as-of", DAY)
    assert "caution written-request/late" in done.out
    assert "element" not in done.out


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("avenues/claim.yaml", "within: 1 year", "within: 2 years", "deadline claim/file: period"),
        ("avenues/claim.yaml", "weekend: forward", "weekend: none", "deadline claim/file: weekend"),
        ("avenues/claim.yaml", "at_least: 1 month", "at_least: 2 months", "waiting period claim/quiet-month: period"),
        ("jurisdictions/alder.yaml", "value: 30 days", "value: 45 days", "cell cities/AL/return-within: value"),
        ("rulebook.yaml", "closed_days: US", "closed_days: CA", "rulebook rental-deposits: closed_days"),
    ],
)
def test_a_time_limit_that_runs_otherwise_is_a_change_in_meaning(
    book: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(book, file, (old, new))
    done = diff(book)
    assert "The meaning is unchanged" not in done.out
    after = done.out.partition("Time limits that are counted otherwise")[2].partition("Cases")[0]
    assert f"- {said}" in after
    assert data(book)["same_meaning"] is False


def test_what_answers_say_of_a_deadline_is_followed_to_what_it_repeats(book: Path) -> None:
    edit(
        book,
        "avenues/office.yaml",
        ("missed_when: request.late-for-office", "missed_when: {any: [request.late-for-office, request.refused]}"),
    )
    done = diff(book, "--format", "json")
    patterns = [pattern for one in done.data["differences"] for pattern in one["patterns"]]
    names = {answer["new"] for pattern in patterns for answer in pattern["if"]}
    assert {one["avenue"] for one in done.data["differences"]} == {"mediation"}
    assert "request.refused" in names
    assert not [name for name in names if "told" in name]


def test_a_rulebook_that_cannot_be_read_is_refused_with_all_its_problems_once(book: Path) -> None:
    edit(book, "avenues/claim.yaml", ("effect: contests", "effect: contest"))
    done = diff(book)
    assert done.code == 2
    assert done.err.count("error[unknown-word]") == 1
    assert inside("rules", "diff", book, book).err.count("error[unknown-word]") == 1


def test_cases_may_stand_elsewhere_or_be_missing(book: Path, tmp_path: Path) -> None:
    shutil.rmtree(book / "scenarios")
    assert "No cases were run." in diff(book).out
    assert "3 cases run against both" in diff(book, "--scenarios", DEPOSIT / "scenarios").out
    wrong = diff(book, "--scenarios", tmp_path / "nowhere")
    assert wrong.code == 2
    assert "no such folder" in wrong.err


def test_the_shipped_rules_mean_the_same_as_themselves() -> None:
    done = inside("rules", "diff", ROOT, ROOT, "--scenarios", ROOT / "tests" / "rulebooks" / "deposit" / "rules")
    assert "The meaning is unchanged" in done.out


def test_the_page_can_be_markdown(book: Path) -> None:
    edit(book, "avenues/claim.yaml", ("effect: contests", "effect: bars"))
    assert diff(book, "--format", "markdown").out.startswith("# From rental-deposits 1.0")
