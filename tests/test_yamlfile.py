"""Reading files strictly: what stands in a file becomes nodes, or a problem with a place; never an exception."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways import yamlfile
from pathways.diagnostics import Problem, Problems
from pathways.yamlfile import MAX_BYTES, MAX_DEPTH, ScalarNode, YamlFile, compose, compose_text, forbidden_character

MANY = 100_000


def read(path: Path) -> tuple[YamlFile | None, list[Problem]]:
    problems = Problems()
    return compose(path, problems, path.name), problems.found


def read_as(text: str) -> tuple[YamlFile | None, list[Problem]]:
    problems = Problems()
    return compose_text(text, "file.yaml", problems), problems.found


def only_code(problems: list[Problem]) -> str:
    assert len(problems) == 1, problems
    return problems[0].code


# -- bytes and files ------------------------------------------------------------------------------

NOT_TEXT = {
    "UTF-16 with its mark": ("a: ü\n".encode("utf-16"), "not-utf-8"),
    "UTF-16 without its mark": ("a: b\n".encode("utf-16-le"), "control-character"),
    "UTF-32": ("a: b\n".encode("utf-32"), "not-utf-8"),
    "Latin-1": ("a: café\n".encode("latin-1"), "not-utf-8"),
    "half a character at the end": ("a: é".encode()[:-1], "not-utf-8"),
    "a surrogate in UTF-8": (b"a: \xed\xa0\x80\n", "not-utf-8"),
    "a NUL byte": (b"a: b\0c\n", "control-character"),
    "an escape sequence": (b"a: \x1b]0;title\x07\n", "control-character"),
    "a bell": (b"a: \x07\n", "control-character"),
    "a C1 control character": ("a: \x9b31m\n".encode(), "control-character"),
    "a change of direction": ("a: \u202eabc\n".encode(), "control-character"),
    "an isolate": ("a: \u2066abc\n".encode(), "control-character"),
    "a line separator": ("a: b\u2028c\n".encode(), "control-character"),
    "a next-line character": ("a: b\x85c\n".encode(), "control-character"),
    "an invisible space": ("a: b\u200bc\n".encode(), "control-character"),
    "invisible tag letters": ("a: b\U000e0041c\n".encode(), "control-character"),
    "a mark of byte order in the middle": ("a: b\ufeffc\n".encode(), "control-character"),
    "what is no character": ("a: b\uffffc\n".encode(), "control-character"),
    "carriage returns alone": (b"a: b\rc: d\r", "control-character"),
    "random bytes": (bytes(range(256)), "control-character"),
}


@pytest.mark.parametrize("kind", NOT_TEXT)
def test_what_is_not_plain_utf_8_text_is_refused(kind: str, tmp_path: Path) -> None:
    data, code = NOT_TEXT[kind]
    path = tmp_path / "file.yaml"
    path.write_bytes(data)
    file, problems = read(path)
    assert file is None
    assert only_code(problems) in (code, "not-utf-8")


def test_the_place_of_a_wrong_byte_is_its_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes("a: é\nb: é".encode() + b"\xff\n")
    assert str(read(path)[1][0].place) == "file.yaml:2:5"


def test_a_mark_of_byte_order_at_the_beginning_shifts_no_place(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b: c\n")
    assert str(read(path)[1][0].place) == "file.yaml:1:5"


def test_windows_line_ends_are_read_and_shift_no_place(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"a: b\r\nc: d\r\n")
    file, problems = read(path)
    assert file is not None
    assert not problems
    assert str(file.place(file.root.value[1][0])) == "file.yaml:2:1"  # type: ignore[union-attr]


def test_a_directory_is_not_a_file(tmp_path: Path) -> None:
    file, problems = read(tmp_path)
    assert file is None
    assert only_code(problems) == "not-a-file"
    assert "directory" in problems[0].message


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    file, problems = read(path)
    assert file is None
    assert only_code(problems) == "not-a-file"
    assert "pipe" in problems[0].message


def test_a_device_without_an_end_is_refused() -> None:
    file, problems = read(Path("/dev/zero"))
    assert file is None
    assert only_code(problems) == "not-a-file"


def test_a_missing_file_and_a_link_to_nothing_are_told_apart(tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("nowhere")
    (missing,), (dangling,) = read(tmp_path / "missing.yaml")[1], read(link)[1]
    assert (missing.code, dangling.code) == ("no-such-file", "no-such-file")
    assert missing.message != dangling.message
    assert "link" in dangling.message


def test_a_link_to_itself_is_unreadable(tmp_path: Path) -> None:
    loop = tmp_path / "loop.yaml"
    loop.symlink_to("loop.yaml")
    assert only_code(read(loop)[1]) == "unreadable"


def test_a_file_that_may_not_be_read_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathways.yamlfile.os.open", refuse)
    (problem,) = read(tmp_path / "file.yaml")[1]
    assert (problem.code, problem.message) == ("unreadable", "cannot be read: Permission denied")


def test_a_path_that_no_system_knows_is_unreadable() -> None:
    assert only_code(read(Path("a\0b"))[1]) == "unreadable"


def test_a_huge_file_is_refused_and_only_its_beginning_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024**3)
    begun = time.monotonic()
    assert only_code(read(path)[1]) == "too-large"
    assert time.monotonic() - begun < 2


def test_a_file_of_exactly_the_greatest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"b" * (MAX_BYTES - 3))
    assert read(path)[0] is not None


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", "---\n", "---\n...\n", "\n\n  \n"])
def test_an_empty_file_has_no_root_or_an_empty_one_and_no_problem_of_yaml(text: str) -> None:
    file, problems = read_as(text)
    assert file is not None
    assert not problems
    assert file.root is None or (isinstance(file.root, ScalarNode) and not file.root.value)


# -- structure ------------------------------------------------------------------------------------

NESTED = {
    "brackets": "[" * MANY,
    "brackets that are closed": "[" * 10_000 + "]" * 10_000,
    "brackets with something before each": "[a, " * MANY,
    "braces": "{" * MANY,
    "braces with a name in each": "{a: " * MANY,
    "brackets and braces": "[{a: " * MANY,
    "brackets hidden behind quotes": '"]]]]": ' + '["]", ' * MANY,
    "one bracket a line": "[\n" * MANY,
    "dashes": "- " * MANY,
    "dashes with two spaces": "-  " * MANY,
    "question marks": "? " * MANY,
    "dashes and question marks": "- ? " * MANY,
    "mappings by indentation": "\n".join(" " * level + "a:" for level in range(1500)),
    "lists in mappings by indentation": "\n".join("  " * level + "- a:" for level in range(700)),
    "lists at the indentation of their name": "\n".join(f"{' ' * level}a:\n{' ' * level}-" for level in range(900)),
    "one level too many": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "one level too many by indentation": "\n".join(" " * level + "a:" for level in range(MAX_DEPTH + 2)) + " b",
    "keys in keys": "? [" * MANY,
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_refused_at_once(kind: str) -> None:
    begun = time.monotonic()
    file, problems = read_as(NESTED[kind])
    assert time.monotonic() - begun < 2
    assert file is None
    assert only_code(problems) == "too-deep"


@pytest.mark.parametrize(
    "text", ["a:\n  - " + "-\t" * MANY, ": " * MANY, "!" * MANY, "&" * MANY, "'" * MANY, "a" * MANY + ":" * MANY]
)
def test_long_runs_of_a_sign_are_refused_at_once_or_are_text(text: str) -> None:
    begun = time.monotonic()
    file, problems = read_as(text)
    assert time.monotonic() - begun < 2
    assert (file is None) == bool(problems)
    assert all(len(problem.message) < 1000 for problem in problems)


@pytest.mark.parametrize("make", [lambda n: "[" * n + "]" * n, lambda n: "{a: " * n + "b" + "}" * n])
def test_nesting_up_to_the_greatest_depth_is_read(make: object) -> None:
    assert callable(make)
    assert read_as(make(MAX_DEPTH))[0] is not None
    assert only_code(read_as(make(MAX_DEPTH + 1))[1]) == "too-deep"


def test_the_python_parser_refuses_deep_nesting_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "LOADER", yaml.SafeLoader)
    assert only_code(read_as("[" * 1500 + "]" * 1500)[1]) == "too-deep"


LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


def test_a_billion_laughs_are_refused_before_anything_is_made_of_them() -> None:
    begun = time.monotonic()
    file, problems = read_as(LAUGHS)
    assert file is None
    assert time.monotonic() - begun < 2
    assert {problem.code for problem in problems} == {"anchor", "alias"}
    assert len(problems) == 61, "every anchor and every alias is named"


MARKED = {
    "an anchor": ("a: &b c", {"anchor"}),
    "an anchor on a mapping": ("a: &b {c: d}", {"anchor"}),
    "an alias": ("a: *b", {"alias"}),
    "an alias to itself": ("a: &a [*a]", {"anchor", "alias"}),
    "a merge": ("a: &a {b: c}\nd:\n  <<: *a", {"anchor", "alias"}),
    "a plain tag": ("a: !!str b", {"tag"}),
    "a local tag": ("a: !b c", {"tag"}),
    "a whole tag": ("a: !<tag:yaml.org,2002:str> b", {"tag"}),
    "a tag that asks for Python": ("a: !!python/object/apply:os.system [echo]", {"tag"}),
    "a tag on a list": ("a: !!set [b]", {"tag"}),
    "a tag on everything": ("!!map {a: b}", {"tag"}),
    "the tag that says nothing": ("a: ! b", {"tag"}),
}


@pytest.mark.parametrize("kind", MARKED)
def test_anchors_aliases_and_tags_are_refused(kind: str) -> None:
    text, codes = MARKED[kind]
    file, problems = read_as(text)
    assert file is None
    assert {problem.code for problem in problems} == codes


@pytest.mark.parametrize(
    "text", ["a: b & c", "a: 2 * 3", "a: Stop!", "a: '&b'", 'a: "*b !c"', "a: |\n  &b *c !d\n", "# &a\nb: c"]
)
def test_the_signs_of_anchors_and_tags_are_text_inside_text(text: str) -> None:
    file, problems = read_as(text)
    assert file is not None
    assert not problems


@pytest.mark.parametrize("text", ["a: AT&T, R&D", "a: b*c", "a: Stop! Stop!", "a:\n  b\n  AT&T*c!\n"])
def test_a_sign_that_goes_on_with_a_word_is_not_looked_at_twice(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "_plain_structure", pytest.fail)
    file, problems = read_as(text)
    assert file is not None
    assert not problems


MALFORMED = {
    "two colons": ("a: b: c", "`: `"),
    "an open bracket": ("a: [b", "closing bracket"),
    "an open brace": ("a: {b: c", "closing bracket"),
    "an open quote": ('a: "b', "quote"),
    "an open single quote": ("a: 'b\nc: d\n", "quote"),
    "a bracket too many": ("a: b]\nc: ]", "missing before this"),
    "a list in a mapping": ("a: b\n- c", "does not fit"),
    "a wrong indentation": ("a:\n  b: c\n d: e", "does not fit"),
    "a reserved sign": ("a: @b", "begin"),
    "a backtick": ("a: `b`", "begin"),
    "a percent sign": ("a: %b", "begin"),
    "an unknown escape": (r'a: "\q"', "escape"),
    "two documents": ("a: b\n---\nc: d", "second document"),
    "two documents after an end": ("a: b\n...\nc: d", "second document"),
    "text beside a block sign": ("a: |b\n  c\n", "|"),
}


@pytest.mark.parametrize("loader", ["the C parser", "the Python parser"])
@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed_yaml_is_refused_in_plain_words(kind: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "the Python parser":
        monkeypatch.setattr(yamlfile, "LOADER", yaml.SafeLoader)
    text, gist = MALFORMED[kind]
    file, problems = read_as(text)
    assert file is None
    assert only_code(problems) == "yaml-syntax"
    assert problems[0].place.line >= 1
    assert gist in problems[0].message


def test_a_tab_in_the_indentation_is_named_where_it_stands() -> None:
    (problem,) = read_as("a:\n  b: c\n \td: e\n")[1]
    assert (problem.code, str(problem.place)) == ("tab", "file.yaml:3:2")


# -- nothing changes its meaning ------------------------------------------------------------------

SURPRISES = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "true",
    "False",
    "1e3",
    "1:30",
    "190:20:30",
    "2024-01-02",
    "0x10",
    "010",
    "0b1",
    "1_000",
    ".nan",
    ".inf",
    "-.inf",
    "~",
    "null",
    "Null",
    "=",
    "<<",
    "1.0",
    "2024-01-02T03:04:05Z",
    "+1",
]


@pytest.mark.parametrize("written", SURPRISES)
def test_a_plain_scalar_is_the_text_that_is_written(written: str) -> None:
    file, problems = read_as(f"key: {written}\n{written}: value\n")
    assert file is not None
    assert file.root is not None
    assert not problems
    ((_, value), (key, _)) = file.root.value
    assert (value.value, key.value) == (written, written)


# -- anything at all ------------------------------------------------------------------------------

YAMLISH = st.text(st.sampled_from("ab1-?:,[]{}#&*!|>'\"%@` \n\t\\~.<="), max_size=80)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(max_size=80), YAMLISH))
@example("? a\n? b\n")
@example("&")
@example("! ")
@example("[a]: b: c")
@example("- !!x &y *z")
def test_any_text_becomes_nodes_or_problems_with_a_place_in_it(text: str) -> None:
    if forbidden_character(text):
        return
    file, problems = read_as(text)
    assert (file is None) == bool(problems)
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines) + 1
        assert problem.place.column >= 1


@settings(max_examples=1000, deadline=None)
@given(YAMLISH)
@example("a: b&c\n  &d e")
@example("[a,&b c]")
@example('{"a":!b c}')
@example("a: ! b")
def test_to_look_for_marks_only_where_there_can_be_one_finds_them_all(text: str) -> None:
    found = read_as(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "_MARKED", re.compile(r"[&*!]"))
        always = read_as(text)
    assert found[1] == always[1]


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=60))
def test_any_bytes_become_nodes_or_one_problem(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    file, problems = read(path)
    assert (file is None) == bool(problems)
