"""Expectations of a case file: read, written again the same, and refused where a name or word is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.case import read_case
from pathways.case.write import case_text
from pathways.diagnostics import RefusedError
from tests.places import garden

HEAD = "case: Mine\nas_of: 2026-04-01\nexpect:\n"
EVERYTHING = (
    HEAD + "  avenues:\n    cut-back: {standing: undetermined, leans: {doubtful-line: depends}, "
    "remarks: {sap: yes, write: no}, could_become: [closed, open], deadlines: "
    "{within-a-year: {state: running, last_safe: 2026-04-03, outer_limit: none}}}\n"
    "  claims:\n    all-mine: {verdict: overstated, remarks: {oak: no}}\n    no-letter: refuted\n"
)


def read(folder: Path, text: str) -> set[tuple[tuple[str, ...], str]]:
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return {(one.path, one.expected) for one in read_case(file, garden()).expect}


def test_leanings_remarks_and_claims_are_read_and_written_the_same(tmp_path: Path) -> None:
    first = read(tmp_path, EVERYTHING)
    assert (("avenues", "cut-back", "leans", "doubtful-line"), "depends") in first
    assert (("claims", "all-mine", "remarks", "oak"), "no") in first
    assert (("claims", "no-letter"), "refuted") in first
    assert (("avenues", "cut-back", "could_become"), "open, closed") in first
    assert (("avenues", "cut-back", "deadlines", "within-a-year", "last_safe"), "2026-04-03") in first
    assert len(first) == 11
    written = case_text(read_case(tmp_path / "case.yaml", garden()))
    assert read(tmp_path, written) == first


@pytest.mark.parametrize(
    ("expected", "code", "named"),
    [
        ("  avenues: {cut-back: {leans: {doubtful-lime: for}}}\n", "unknown-hurdle", "doubtful-line"),
        ("  avenues: {cut-back: {leans: {doubtful-line: yes}}}\n", "unknown-word", "for"),
        ("  avenues: {cut-back: {remarks: {sop: yes}}}\n", "unknown-remark", "sap"),
        ("  avenues: {cut-back: {remarks: {sap: disputed}}}\n", "unknown-word", "yes"),
        ("  avenues: {cut-back: {deadlines: {no-such: running}}}\n", "unknown-deadline", "within-a-year"),
        ("  avenues: {cut-back: {deadlines: {within-a-year: run}}}\n", "unknown-word", "running"),
        ("  avenues: {cut-back: {deadlines: {within-a-year: {last_day: 2026-01-01}}}}\n", "unknown-key", "last_safe"),
        ("  avenues: {cut-back: {deadlines: {within-a-year: {last_safe: 2026}}}}\n", "wrong-form", "2026-01-07"),
        ("  avenues: {cut-back: {could_become: [undetermined]}}\n", "unknown-word", "open"),
        ("  avenues: {cut-back: {could_become: []}}\n", "wrong-type", "a list"),
        ("  claims: {all-mine: {remarks: {elm: yes}}}\n", "unknown-remark", "oak"),
        ("  claims: {all-mine: {verdikt: refuted}}\n", "unknown-key", "verdict"),
    ],
)
def test_a_wrong_name_or_word_is_said_where_it_stands(tmp_path: Path, expected: str, code: str, named: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, HEAD + expected)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line) == (code, 4)
    assert named in problem.help + problem.message


#: Each line has one mistake, and a line with an unknown key hides none of the others.
MISTAKES = """\
colour: green
case: Mine
as_of: soon
about: [cut-bakc]
answers:
  tree.knd: oak
  tree.nest: {disputed: [{answer: yes, bye: me}, {answer: perhaps}], why: who knows}
expect:
  avenue: {}
  avenues:
    cut-back: {standin: open, stage: nowhere, leans: {doubtful-lime: for}, because: [q]}
    cut-bakc: open
    Not a name: open
  claims: {all-mine: {verdikt: refuted, remarks: {elm: yes}}, no-letter: refutd}
  findings: {no-such: yes}
"""


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, MISTAKES)
    found = sorted((one.place.line, one.code) for one in refused.value.problems)
    assert found == [
        (1, "unknown-key"),
        (3, "wrong-form"),
        (4, "unknown-avenue"),
        (6, "unknown-fact"),
        (7, "unknown-key"),
        (7, "unknown-key"),
        (7, "unknown-option"),
        (9, "unknown-key"),
        (11, "unknown-hurdle"),
        (11, "unknown-key"),
        (11, "unknown-word"),
        (11, "unknown-word"),
        (12, "unknown-avenue"),
        (13, "bad-name"),
        (14, "unknown-key"),
        (14, "unknown-remark"),
        (14, "unknown-word"),
        (15, "unknown-finding"),
    ]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("decided: {holding: x}\n", ["missing-key", "missing-key"]),
        ("decided: {holding: x}\nexpect: {avenues: {cut-back: opn}}\n", ["missing-key", "unknown-word"]),
        ("expect: nothing\nnotes: {tree.knd: x}\n", ["unknown-fact", "wrong-type"]),
        ("- a list\n", ["yaml-syntax"]),
    ],
)
def test_a_part_that_cannot_be_read_brings_no_second_problem(tmp_path: Path, more: str, codes: list[str]) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, f"case: Mine\n{more}")
    assert sorted(one.code for one in refused.value.problems) == codes


def test_what_is_no_mapping_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path, "- case\n")
    assert [one.code for one in refused.value.problems] == ["wrong-type"]
