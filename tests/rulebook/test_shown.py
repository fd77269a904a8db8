"""How a problem is shown: the line that stands in the file, the mark under what is wrong, and nothing that acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pathways.diagnostics import Place, Problem
from pathways.render.problems import problems_text
from tests.rulebook.overlay import standing_in


def shown(folder: Path, text: str | bytes, place: Place, **more: object) -> list[str]:
    """The lines that show a problem at ``place`` of a file with this text."""
    (folder / "file.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    with standing_in(folder):
        return problems_text([Problem("code", "wrong", place, **more)]).split("\n")  # type: ignore[arg-type]


def marked(lines: list[str]) -> str:
    """What stands above the mark."""
    source, mark = lines[3], lines[4]
    return source[mark.index("^") : mark.rindex("^") + 1]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"a: b\r\n", "é: 漢\n".encode()])
def test_the_mark_stands_under_what_is_wrong_whatever_stands_before_it(before: bytes, tmp_path: Path) -> None:
    line = 1 + before.count(b"\n")
    assert marked(shown(tmp_path, before + b"key: value", Place("file.yaml", line, 6, 5))) == "value"


@pytest.mark.parametrize("at", [1, 50, 89, 90, 91, 150, 995])
def test_of_a_long_line_the_part_around_the_mark_is_shown(at: int, tmp_path: Path) -> None:
    text = "." * (at - 1) + "here" + "." * 1000
    lines = shown(tmp_path, text, Place("file.yaml", 1, at, 4))
    assert marked(lines) == "here"
    assert len(lines[3]) < 130
    assert lines[3].endswith("…")


def test_a_character_that_does_not_print_is_named_and_marked_whole(tmp_path: Path) -> None:
    lines = shown(tmp_path, "a\u202e: \x1b[31mred", Place("file.yaml", 1, 5, 1))
    assert lines[3] == "1 | a<U+202E>: <U+001B>[31mred"
    assert marked(lines) == "<U+001B>"


def test_a_mark_beyond_the_end_of_a_line_is_one_sign(tmp_path: Path) -> None:
    lines = shown(tmp_path, "key:", Place("file.yaml", 1, 5, 40))
    assert lines[4] == "  |     ^"


@pytest.mark.parametrize("place", [Place("file.yaml"), Place("file.yaml", 99, 1), Place("nowhere.yaml", 1, 1)])
def test_a_place_without_a_line_is_shown_without_one(place: Place, tmp_path: Path) -> None:
    lines = shown(tmp_path, "a: b\n", place, help="look")
    assert [line.strip() for line in lines[:3]] == ["error[code]: wrong", f"--> {place}", "= help: look"]


def test_the_second_place_is_shown_with_what_it_is(tmp_path: Path) -> None:
    lines = shown(tmp_path, "a: b\na: c\n", Place("file.yaml", 2, 1), also=((Place("file.yaml", 1, 1), "first"),))
    assert lines[5:9] == ["  ::: file.yaml:1:1", "  |", "1 | a: b", "  | - first"]


def test_problems_are_sorted_by_file_then_line_then_column_and_counted() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1)]
    problems = [Problem("code", "wrong", place) for place in places]
    assert [line.partition(": ")[0] for line in problems_text(problems, "short").splitlines()] == [
        "a:9:1", "a:9:2", "a:10:1", "b:1:1",
    ]  # fmt: skip
    assert problems_text([*problems, Problem("code", "unwise", Place("c"), "warning")]).endswith(
        "\n\n4 errors and 1 warning in 3 files"
    )


def test_no_problem_is_no_text_and_an_empty_list() -> None:
    assert (problems_text([]), problems_text([], "short"), problems_text([], "github")) == ("", "", "")
    assert json.loads(problems_text([], "json")) == []


def test_a_problem_as_json_has_every_part() -> None:
    problem = Problem("code", "wrong", Place("a", 2, 3), "error", "help", "law", ((Place("b", 4, 5), "first"),))
    (made,) = json.loads(problems_text([problem], "json"))
    assert made.pop("also") == [{"file": "b", "line": 4, "column": 5, "label": "first"}]
    assert list(made.values()) == ["error", "code", "wrong", "a", 2, 3, "help", "law"]
    assert list(made) == ["level", "code", "message", "file", "line", "column", "help", "law"]


def test_a_problem_for_a_build_log_stays_on_its_line_and_in_its_fields() -> None:
    problem = Problem("code", "100%\nwrong", Place("a,b:c", 2, 3), help="look")
    assert problems_text([problem], "github") == "::error file=a%2Cb%3Ac,line=2,col=3,title=code::100%25 wrong (look)"


def test_of_a_path_that_no_system_has_only_the_end_is_shown() -> None:
    problem = Problem("code", "wrong", Place("n" * 5000 + ".yaml"))
    assert all(len(line) < 600 for style in ("text", "short") for line in problems_text([problem], style).splitlines())


def test_a_reader_sees_the_first_fifty_problems_and_programs_all_of_them() -> None:
    problems = [Problem("code", "wrong", Place("a", line, 1)) for line in range(1, 54)]
    text = problems_text(problems)
    assert text.count("error[code]") == 50
    assert text.endswith("\n\n... and 3 more\n\n53 errors in 1 file")
    assert "more" not in problems_text(problems[:50])
    assert len(problems_text(problems, "short").splitlines()) == 53
    assert problems_text(problems, "github").count("::error") == 53
    assert len(json.loads(problems_text(problems, "json"))) == 53
