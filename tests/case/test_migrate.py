"""A case that was saved with an older rulebook: what was renamed is found again, what is gone is set aside and told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathways.case import Case, Given, case_text, read_case, save_case
from pathways.diagnostics import RefusedError
from pathways.rulebook import Rulebook, load_rulebook, read_rulebook
from tests.cli.inside import talk
from tests.cli.process import inside
from tests.interview.library import LIBRARY

RENAMED = """\
renamed:
  facts:
    book.red: book.reference
    book.lent: book.on-loan
    reader.age: {dropped: Age does not matter any more.}
  options:
    reader.kind: {grown-up: adult, ghost: {dropped: Ghosts may not borrow.}}
  avenues:
    take-home: borrow
    buy: {dropped: The library sells no books.}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The library with a past."""
    folder = tmp_path / "rules-now"
    shutil.copytree(LIBRARY, folder)
    with (folder / "rules" / "rulebook.yaml").open("a", encoding="utf-8") as file:
        file.write(RENAMED)
    return folder


@pytest.fixture
def rulebook(rules: Path) -> Rulebook:
    return read_rulebook(rules)


def read(tmp_path: Path, rulebook: Rulebook, text: str) -> Case:
    path = tmp_path / "case.yaml"
    path.write_text(text)
    return read_case(path, rulebook)


def told(case: Case) -> list[tuple[str, str]]:
    return [(change.old, change.new) for change in case.changes]


def test_renamed_questions_answers_and_avenues_are_found_again(tmp_path: Path, rulebook: Rulebook) -> None:
    text = (
        "case: Old\nabout: [take-home]\nanswers:\n  book.red: {answer: no, by: Ann}\n  reader.kind: grown-up\n"
        "notes:\n  book.red: no dot\nexpect:\n  avenues: {take-home: undetermined}\n"
    )
    case = read(tmp_path, rulebook, text)
    assert case.answers["book.reference"].said[0].by == "Ann"
    assert case.answers["reader.kind"] == Given.known("adult")
    assert case.about == ("borrow",)
    assert case.expect[0].path[1] == "borrow"
    assert case.notes == {"book.reference": "no dot"}
    renamed = [("book.red", "book.reference"), ("reader.kind: grown-up", "reader.kind: adult"), ("take-home", "borrow")]
    assert told(case) == renamed


def test_what_was_dropped_is_set_aside_as_it_was_written(tmp_path: Path, rulebook: Rulebook) -> None:
    text = (
        "case: Old\nabout: [buy]\nanswers:\n  reader.age: {answer: forty, by: Ann}\n  reader.kind: ghost\n"
        "notes:\n  reader.age: or so\nset_aside:\n  older.still: yes\n"
    )
    case = read(tmp_path, rulebook, text)
    assert case.answers == {}
    assert case.about == ()
    assert case.set_aside == {
        "older.still": "yes",
        "reader.age": "{answer: forty, by: Ann}; note: or so",
        "reader.kind": "ghost",
    }
    assert [change.reason for change in case.changes] == [
        "Age does not matter any more.",
        "`ghost` is no answer any more. Ghosts may not borrow.",
        "The library sells no books.",
    ]
    save_case(case, tmp_path / "again.yaml")
    again = read_case(tmp_path / "again.yaml", rulebook)
    assert again.set_aside == case.set_aside
    assert again.changes == ()


def test_an_old_name_never_goes_before_an_answer_under_todays(tmp_path: Path, rulebook: Rulebook) -> None:
    case = read(tmp_path, rulebook, "case: Old\nanswers:\n  book.red: yes\n  book.reference: no\n")
    assert case.answers == {"book.reference": Given.known("no")}
    assert case.set_aside == {"book.red": "yes"}


@pytest.mark.parametrize("version", ["0.9", "0.10", "0.9.9"])
def test_names_that_nobody_knows_are_set_aside_in_a_file_from_an_older_version(
    tmp_path: Path, rulebook: Rulebook, version: str
) -> None:
    text = f"case: Old\nsaved_with: town-library {version}\nanswers:\n  reader.shoes: 42\n  visit.branch: XX\n"
    case = read(tmp_path, rulebook, text)
    assert case.set_aside == {"reader.shoes": "42", "visit.branch": "XX"}
    assert all("do not say what became of it" in change.reason for change in case.changes)


@pytest.mark.parametrize("saved", ["", "saved_with: town-library 1.0\n", "saved_with: other 0.1\n"])
def test_in_any_other_file_they_are_mistakes(tmp_path: Path, rulebook: Rulebook, saved: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, rulebook, f"case: New\n{saved}answers:\n  reader.shoes: 42\n  visit.branch: XX\n")
    assert [problem.code for problem in refused.value.problems] == ["unknown-fact", "unknown-option"]


def test_an_interview_says_what_changed_even_when_it_is_quiet_and_goes_on(tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "case.yaml"
    text = "case: Old\nanswers:\n  visit.branch: OM\n  book.red: no\n  reader.age: forty\n"
    file.write_text(text)
    looked = talk(["q"], file, rules=rules, quiet=True)
    assert "book.red is now book.reference." in looked.words
    assert "reader.age is left out: Age does not matter any more. What was said stays in the file" in looked.words
    talk(["2026", "q"], file, rules=rules)
    again = talk(["q"], file, rules=rules)
    assert "older than these rules" not in again.words
    saved = file.read_text()
    assert "saved_with: town-library 1.0" in saved
    assert "set_aside:\n  reader.age: forty" in saved


def test_run_and_check_say_it_on_standard_error(tmp_path: Path, rules: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("case: Old\nanswers:\n  book.red: no\n")
    for command in (("run",), ("case", "check"), ("case", "show")):
        done = inside(*command, "--rules", rules, file)
        assert done.code == 0
        assert f"note: {file}: book.red is now book.reference." in done.err
    assert file.read_text() == "case: Old\nanswers:\n  book.red: no\n"


def test_a_rulebook_keeps_its_past_in_compiled_form(rules: Path) -> None:
    assert (
        load_rulebook(rules).about.renamed == load_rulebook(rules).about.renamed == read_rulebook(rules).about.renamed
    )
    assert load_rulebook(rules).about.renamed.facts["book.red"].new == "book.reference"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  facts: {book.old: book.nowhere}\n", "unknown-fact"),
        ("  facts: {book.rare: book.reference}\n", "duplicate-name"),
        ("  facts: {book.old: {droped: yes}}\n", "unknown-key"),
        ("  facts: {old: book.rare}\n", "bad-name"),
        ("  options: {book.old: {a: b}}\n", "unknown-fact"),
        ("  options: {reader.kind: {elder: grandmother}}\n", "unknown-option"),
        ("  options: {reader.kind: {adult: child}}\n", "duplicate-name"),
        ("  avenues: {take: nowhere}\n", "unknown-avenue"),
        ("  avenues: {borrow: read-here}\n", "duplicate-name"),
    ],
)
def test_what_a_rulebook_may_not_say_of_its_past(rules: Path, line: str, code: str) -> None:
    file = rules / "rules" / "rulebook.yaml"
    file.write_text(file.read_text().replace(RENAMED, f"renamed:\n{line}"))
    with pytest.raises(RefusedError) as refused:
        read_rulebook(rules)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_case_says_what_it_was_saved_with_only_if_it_knows(rulebook: Rulebook) -> None:
    assert "saved_with" not in case_text(Case("New"))
