"""Shapes: what a field may hold. A value is what is written, or a problem says what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from pathways.diagnostics import Name, Problem, Problems
from pathways.patterns import AUTHORITY_ID, DATE, FACT_ID, ID, PARTIAL_DATE, PINPOINT, REFERENCE, SHA256, URL
from pathways.shapes import (
    BAD,
    LONGEST_NAME,
    Either,
    Fields,
    Flag,
    ListOf,
    MapOf,
    Reading,
    Shape,
    Text,
    Whole,
    Word,
    optional,
)
from pathways.yamlfile import compose_text


def read(shape: Shape, text: str) -> tuple[Any, list[Problem]]:
    """What a shape makes of a file with this text."""
    problems = Problems()
    file = compose_text(text, "file.yaml", problems)
    assert file is not None, problems.found
    assert file.root is not None
    value = shape.read(file.root, Reading(file, problems))
    assert value is not BAD or problems.found, "what cannot be read is always said"
    return value, problems.found


def codes(shape: Shape, text: str) -> list[str]:
    return [problem.code for problem in read(shape, text)[1]]


# -- scalars --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["no", "on", "1e3", "1:30", "2024-01-02", "0x10", ".nan", "true", "'~'", '"null"', "- a"[2:]]
)
def test_text_is_what_is_written(written: str) -> None:
    assert read(Text(), written)[0] == written.strip("'\"")


@pytest.mark.parametrize("written", ["~", "null", "Null", "NULL", "''", '""', "'  '", '"\\t"', "|\n\n"])
def test_nothing_is_never_text(written: str) -> None:
    assert codes(Text(), written) == ["empty"]


@pytest.mark.parametrize(
    "written", [r'"\x1b[31m"', r'"\u202e"', r'"\0"', r'"\x9b"', r'"\u2028"', r'"\ufeff"', r'"\u200b"']
)
def test_escapes_bring_no_character_in_that_may_not_stand_in_a_file(written: str) -> None:
    assert codes(Text(), written) == ["control-character"]


def test_runs_of_white_space_are_one_space() -> None:
    assert read(Text(), '"  a \\n\\t b  "')[0] == "a b"


def test_text_is_no_longer_than_its_field_allows() -> None:
    assert read(Text(3), "abc")[0] == "abc"
    assert codes(Text(3), "abcd") == ["too-long"]


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("no", False), ("'yes'", True)])
def test_a_flag_is_yes_or_no(written: str, meant: bool) -> None:
    assert read(Flag(), written)[0] is meant


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("true", "write `yes`"),
        ("on", "write `yes`"),
        ("Yes", "write `yes`"),
        ("y", "write `yes`"),
        ("off", "write `no`"),
        ("False", "write `no`"),
        ("NO", "write `no`"),
        ("1", ""),
        ("maybe", ""),
    ],
)
def test_a_flag_in_other_words_is_refused_with_the_word_to_write(written: str, help: str) -> None:
    (problem,) = read(Flag(), written)[1]
    assert (problem.code, problem.help) == ("wrong-type", help)


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("7", 7), ("100", 100), ("-5", -5)])
def test_a_whole_number_is_written_in_digits(written: str, number: int) -> None:
    assert read(Whole(-10, 100), written)[0] == number


@pytest.mark.parametrize(
    "written", ["101", "-11", "1e1", "0x10", "010", "1_0", "1.0", "+1", "-0", "٣", "ten", "1" * 5000, "[1]", "~"]
)
def test_what_another_reader_could_take_for_another_number_is_refused(written: str) -> None:
    assert codes(Whole(-10, 100), written) in (["wrong-type"], ["empty"])


def test_a_word_is_one_of_the_list_and_the_nearest_is_named() -> None:
    shape = Word(("bars", "contests"))
    assert read(shape, "bars")[0] == "bars"
    (problem,) = read(shape, "contest")[1]
    assert (problem.code, problem.help) == ("unknown-word", "did you mean `contests`?")


FORMS: list[tuple[Shape, list[str], list[str]]] = [
    (ID, ["a", "within-scope", "7th"], ["A", "a_b", "a.b", "-a", "a-", "a--b", "é", "a b", "'a\n'"]),
    (FACT_ID, ["a.b", "officer.on-duty"], ["a", "a.b.c", ".a", "a.", "a.B"]),
    (
        REFERENCE,
        ["doc#prop", "usc:28/1346", "usc:28/1346(b)(1)", "const:art-2-s-2(cl-1)"],
        ["doc", "doc#", "#prop", "usc:", "usc:28 (b)"],
    ),
    (AUTHORITY_ID, ["usc:28/1346", "case:bivens"], ["usc", "usc:28/1346(b)", "USC:28"]),
    (PINPOINT, ["(b)", "(b)(1)"], ["b", "()", "(b"]),
    (SHA256, ["0" * 64], ["0" * 63, "0" * 65, "A" * 64]),
    (
        URL,
        ["https://example.org/a?b=c"],
        ["example.org", "ftp://example.org", "https://", "javascript:x", "'https://a b'"],
    ),
]


@pytest.mark.parametrize(("shape", "written"), [(shape, good) for shape, goods, _ in FORMS for good in goods])
def test_a_form_is_met(shape: Shape, written: str) -> None:
    assert read(shape, f'"{written}"')[0] == written


@pytest.mark.parametrize(("shape", "written"), [(shape, bad) for shape, _, bads in FORMS for bad in bads])
def test_a_form_is_missed(shape: Shape, written: str) -> None:
    assert codes(shape, written if written.startswith("'") else f'"{written}"')[0] in (
        "bad-name",
        "bad-source",
        "wrong-form",
    )


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "2026-04-30", "2026-12-31", "1789-01-01"])
def test_a_day_of_the_calendar_is_a_date(day: str) -> None:
    assert read(DATE, day)[0] == read(PARTIAL_DATE, day)[0] == day


@pytest.mark.parametrize(
    "day", ["2023-02-29", "1900-02-29", "2024-02-30", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31"]
)
def test_a_day_that_no_month_has_is_refused(day: str) -> None:
    (problem,) = read(DATE, day)[1]
    assert (problem.code, problem.message) == ("wrong-form", f"there is no day `{day}`")
    assert codes(PARTIAL_DATE, day) == ["wrong-form"]


@pytest.mark.parametrize("day", ["2026", "2026-01"])
def test_a_part_of_a_date_is_a_date_only_where_that_is_allowed(day: str) -> None:
    assert read(PARTIAL_DATE, day)[0] == day
    assert codes(DATE, day) == ["wrong-form"]


@pytest.mark.parametrize(
    "day",
    [
        "26-01-02",
        "2026-1-2",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-01-32",
        "02.01.2026",
        "2026-01-02T00:00",
        "٢٠٢٦-٠١-٠٢",
        "2026-",
        "20260102",
        "1600-01-01",
        "9999-01-01",
    ],
)
def test_a_date_in_another_form_is_refused(day: str) -> None:
    assert codes(PARTIAL_DATE, day) == ["wrong-form"]


# -- collections ----------------------------------------------------------------------------------


def test_a_list_says_everything_that_is_wrong_in_it() -> None:
    assert codes(ListOf(ID), "[A, b, C]") == ["bad-name", "bad-name"]


@pytest.mark.parametrize("written", ["a", "[]", "{a: b}", "~"])
def test_a_list_is_a_list_with_something_in_it(written: str) -> None:
    assert codes(ListOf(ID), written) == ["wrong-type"]


@pytest.mark.parametrize("written", ["a", "{}", "[a]"])
def test_a_mapping_is_a_mapping_with_something_in_it(written: str) -> None:
    assert codes(MapOf(ID, Text()), written) == ["wrong-type"]


def test_a_key_given_twice_is_named_with_both_places() -> None:
    (problem,) = read(MapOf(ID, Text()), 'a: one\nb: two\n"a": three\n')[1]
    assert (problem.code, str(problem.place)) == ("duplicate-key", "file.yaml:3:1")
    assert [str(place) for place, _ in problem.also] == ["file.yaml:1:1"]


@pytest.mark.parametrize("written", ["[a]: b", "{a: b}: c", "? [a, b]\n: c"])
def test_a_key_is_a_name_and_no_collection(written: str) -> None:
    assert codes(MapOf(Text(), Text()), written) == ["wrong-type"]


@pytest.mark.parametrize("written", ["~: b", "'': b", "? \n: b"])
def test_a_key_is_a_name_and_not_nothing(written: str) -> None:
    assert codes(MapOf(Text(), Text()), written) == ["empty"]


def test_a_key_has_a_length_that_can_be_shown() -> None:
    assert codes(MapOf(ID, Text()), f"{'a' * LONGEST_NAME}: b") == []
    assert codes(MapOf(ID, Text()), f"? {'a' * 100_000}\n: b") == ["too-long"]


THING = Fields(
    "a thing", {"title": Text(), "size": Whole(1, 9), "note": optional(Text(), "none")}, lambda place, **values: values
)


def test_a_field_that_may_be_left_out_has_its_default() -> None:
    assert read(THING, "title: A\nsize: 1")[0] == {"title": "A", "size": 1, "note": "none"}


def test_every_field_that_is_missing_is_named() -> None:
    assert [problem.message for problem in read(THING, "note: A")[1]] == [
        "a thing has no `title`",
        "a thing has no `size`",
    ]


def test_a_misspelt_field_is_one_problem_and_not_also_a_missing_field() -> None:
    (problem,) = read(THING, "titel: A\nsize: 1")[1]
    assert (problem.code, problem.help) == ("unknown-key", "did you mean `title`?")


def test_a_misspelt_field_that_could_only_be_one_already_written_gets_the_list_of_fields() -> None:
    (problem,) = read(THING, "title: A\ntitles: B\nsize: 1")[1]
    assert problem.help == "its keys are `title`, `size`, `note`"


def test_a_field_given_twice_keeps_nothing_silently() -> None:
    assert codes(THING, "title: A\ntitle: B\nsize: 1") == ["duplicate-key"]


@pytest.mark.parametrize("written", ["a", "[a]", "~"])
def test_a_thing_with_fields_is_a_mapping(written: str) -> None:
    (problem,) = read(THING, written)[1]
    assert problem.code == "wrong-type"
    assert "a thing (a mapping)" in problem.message


def test_either_takes_the_shape_that_fits_the_kind_of_node() -> None:
    shape = Either(scalar=Flag(), sequence=ListOf(ID))
    assert read(shape, "yes")[0] is True
    assert read(shape, "[a]")[0] == ("a",)
    assert codes(shape, "{a: b}") == ["wrong-type"]


def test_a_name_knows_its_place() -> None:
    (first, second) = read(ListOf(ID), "[a, bc]")[0]
    assert isinstance(second, Name)
    assert (str(first.place), str(second.place), second.place.length) == ("file.yaml:1:2", "file.yaml:1:5", 2)


def test_the_same_problem_is_kept_once_and_a_long_message_is_cut() -> None:
    problems = Problems()
    for _ in range(2):
        problems.error("code", "x" * 5000, Name("a", read(ListOf(ID), "[a]")[0][0].place).place)
    (problem,) = problems.found
    assert len(problem.message) < 1000
    assert problems.error_count == 1
