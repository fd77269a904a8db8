"""Several people or officers of one event share answers: a case is based on another, and its own answers win."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.case import Given, case_text, read_case
from pathways.diagnostics import Problem, RefusedError
from tests.cli.inside import talk
from tests.interview.library import library

BASE = "case: Base\nanswers:\n  visit.branch: OM\n  visit.date: 2026-01-07\n  book.rare: {answer: no, by: Ann}\n"


def case_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(RefusedError) as refused:
        read_case(path, library(), path.name)
    return list(refused.value.problems)


def test_own_answers_win_and_the_others_are_shared(tmp_path: Path) -> None:
    case_file(tmp_path, "base.yaml", BASE)
    case = read_case(
        case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\nanswers:\n  visit.branch: HS\n"), library()
    )
    assert case.answers["visit.branch"] == Given.known("HS")
    assert case.answers["book.rare"].said[0].by == "Ann"
    assert case.inherited == {"visit.date", "book.rare"}
    assert list(case.own) == ["visit.branch"]
    assert "book.rare" not in case_text(case), "only own answers are written"
    assert "based_on: base.yaml" in case_text(case)


def test_the_name_is_read_from_the_folder_of_the_file_and_files_may_stand_behind_one_another(tmp_path: Path) -> None:
    case_file(tmp_path, "base.yaml", BASE)
    case_file(tmp_path / "b", "middle.yaml", "case: Middle\nbased_on: ../base.yaml\nanswers:\n  visit.date: 2025\n")
    mine = case_file(tmp_path / "a", "mine.yaml", "case: Mine\nbased_on: ../b/middle.yaml\n")
    case = read_case(mine, library())
    assert (case.answers["visit.branch"], case.answers["visit.date"]) == (Given.known("OM"), Given.known("2025"))


def test_a_file_that_is_not_there_is_named_where_it_is_asked_for(tmp_path: Path) -> None:
    (problem,) = problems_of(case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\n"))
    assert (problem.code, str(problem.place)) == ("no-such-file", "mine.yaml:2:11")


@pytest.mark.parametrize("names", [("mine.yaml",), ("a.yaml", "mine.yaml"), ("a.yaml", "b.yaml", "a.yaml")])
def test_a_circle_is_named_where_it_closes(tmp_path: Path, names: tuple[str, ...]) -> None:
    chain = ("mine.yaml", *names)
    for name, other in zip(chain, names, strict=False):
        case_file(tmp_path, name, f"case: X\nbased_on: {other}\n")
    (problem,) = problems_of(tmp_path / "mine.yaml")
    assert problem.code == "circle"
    assert Path(problem.place.file).name == chain[-2]


def test_a_very_long_chain_is_refused(tmp_path: Path) -> None:
    for number in range(40):
        case_file(tmp_path, f"{number}.yaml", f"case: X\nbased_on: {number + 1}.yaml\n")
    case_file(tmp_path, "40.yaml", "case: X\n")
    assert [problem.code for problem in problems_of(tmp_path / "0.yaml")] == ["too-deep"]


def test_what_is_wrong_in_the_other_file_is_shown_there(tmp_path: Path) -> None:
    case_file(tmp_path, "base.yaml", "case: Base\nanswers:\n  visit.brnch: OM\n")
    (problem,) = problems_of(case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\n"))
    assert (problem.code, str(problem.place)) == ("unknown-fact", "base.yaml:3:3")


def test_an_interview_asks_what_neither_file_answers_and_saves_only_what_is_new(tmp_path: Path) -> None:
    base = case_file(tmp_path, "base.yaml", BASE)
    mine = case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\nanswers: {}\n")
    talked = talk(["b", "yes", "child", "q"], mine)
    assert "3 answers come from base.yaml. Yours go before them." in talked.words
    assert "The answer in base.yaml: no, according to Ann. Enter keeps it." in talked.words
    saved = mine.read_text()
    assert "visit" not in saved
    assert "book.rare: yes" in saved
    assert "reader.kind: child" in saved
    assert base.read_text() == BASE


def test_an_answer_that_is_kept_stays_shared_and_the_same_answer_typed_is_ones_own(tmp_path: Path) -> None:
    case_file(tmp_path, "base.yaml", BASE)
    mine = case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\nanswers: {}\n")
    talk(["b", "b", "", "1", "b", "b", "b", "2026-01-07", "q"], mine)
    assert list(read_case(mine, library()).own) == ["visit.date", "reader.kind"]


def test_saved_in_another_folder_it_still_names_the_same_file(tmp_path: Path) -> None:
    case_file(tmp_path, "base.yaml", BASE)
    mine = case_file(tmp_path, "mine.yaml", "case: Mine\nbased_on: base.yaml\nanswers: {}\n")
    other = tmp_path / "elsewhere" / "mine.yaml"
    other.parent.mkdir()
    talk([lambda: mine.write_text("case: Changed\n"), "1", str(other), "no", "q"], mine)
    case = read_case(other, library())
    assert case.based_on == "../base.yaml"
    assert case.answers["visit.branch"] == Given.known("OM")
