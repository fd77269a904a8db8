"""Hostile and malformed rule files, digests and cases.

Every problem at once, exit 2, never a traceback, nothing written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pathways
from pathways.case import read_case
from pathways.case.read import parse_case
from pathways.diagnostics import Problems, RefusedError
from pathways.render.problems import ProblemFormat, problems_text
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.check import check_rulebook
from pathways.yamlfile import compose_text
from tests.rulebook.overlay import TINY, case_problems, changed, checked, codes_of, problems_of, standing_in, tiny

STYLES: tuple[ProblemFormat, ...] = get_args(ProblemFormat)
FILES = sorted(path.relative_to(TINY).as_posix() for path in TINY.rglob("*.yaml"))
CASE = """\
case: A parcel
as_of: 2026-01-02
about: [refund]
answers:
  parcel.lost: yes
  parcel.sent: {one_of: [2019, 2021-05]}
  parcel.contents: {answer: goods, by: the sender, sources: ["leaflet#refunds"]}
  carrier.place: unknown
  carrier.warned:
    disputed:
      - {answer: yes, by: the carrier, note: "in writing"}
      - {answer: no, by: the sender}
expect:
  avenues:
    refund: {standing: contested, could_become: [open], stage: letter, elements: {lost: yes}, hurdles: {warning: no}}
  findings: {covered: unknown}
  claims: {never-pays: refuted}
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook(TINY)


# -- what the command does ------------------------------------------------------------------------


def pathways_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(pathways.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-m", "pathways", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": source, "PATHWAYS_NO_CACHE": "1"},
        stdin=subprocess.DEVNULL,
        check=False,
    )


HOSTILE: dict[str, tuple[str, str | bytes]] = {
    "malformed": ("rules/context/more.yaml", "notes: [\n"),
    "a hundred thousand brackets": ("rules/findings/more.yaml", "[" * 100_000),
    "a hundred thousand dashes": ("seeds/more.yaml", "- " * 100_000),
    "a thousand mappings": ("rules/facts/more.yaml", "\n".join(" " * level + "a:" for level in range(1000))),
    "a billion laughs": ("rules/tables/more.yaml", "a: &a [b]\nc: &c [*a, *a]\nd: [*c, *c]\n"),
    "control characters": ("rules/claims/more.yaml", "claims:\n  a\x1b[2J: {}\n"),
    "escaped control characters": ("rules/claims/more.yaml", 'claims:\n  a: {title: "\\x1b[2J", "\\u202e": b}\n'),
    "Latin-1": ("seeds/more.yaml", "document: caf\xe9\n".encode("latin-1")),
    "UTF-16": ("seeds/more.yaml", "document: a\n".encode("utf-16")),
    "NUL bytes": ("rules/authorities/more.yaml", b"\0" * 100),
    "an empty file": ("rules/avenues/more.yaml", ""),
    "only a remark": ("rules/avenues/more.yaml", "# nothing\n"),
    "two documents": ("rules/context/more.yaml", "notes: {}\n---\nnotes: {}\n"),
    "a list instead of a mapping": ("rules/facts/more.yaml", "- a\n- b\n"),
    "a word instead of a mapping": ("rules/facts/more.yaml", "facts\n"),
    "markup in names": ("rules/context/more.yaml", "notes:\n  '[red]a[/red]': {}\n  '[link=http://a]': {}\n"),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_every_format_without_a_traceback(
    kind: str, style: ProblemFormat, tmp_path: Path
) -> None:
    name, text = HOSTILE[kind]
    tiny(tmp_path, {name: text})
    before = sorted(path for path in tmp_path.rglob("*"))
    code, seen = checked(tmp_path, style)
    assert code == 2
    assert Path(name).name in seen
    assert not [sign for sign in seen if ord(sign) < 32 and sign != "\n"]
    assert "\u202e" not in seen
    if style == "json":
        assert {problem["file"] for problem in json.loads(seen)} == {name}
    if style == "short":
        assert all(line.startswith(name) for line in seen.splitlines())
    if style == "github":
        assert all(line.startswith("::error file=") for line in seen.splitlines())
    assert sorted(path for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("style", STYLES)
def test_the_command_refuses_everything_at_once_with_exit_code_2(style: str, tmp_path: Path) -> None:
    tiny(
        tmp_path,
        {f"{Path(name).parent}/{number:02}.yaml": text for number, (name, text) in enumerate(HOSTILE.values())},
    )
    ended = pathways_command(tmp_path, "--rules", ".", "rules", "check", "--format", style)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stdout + ended.stderr
    for number in range(len(HOSTILE)):
        assert f"/{number:02}.yaml" in ended.stdout


def test_the_command_passes_a_good_rulebook_with_exit_code_0(tmp_path: Path) -> None:
    ended = pathways_command(tiny(tmp_path), "--rules", ".", "rules", "check")
    assert (ended.returncode, ended.stdout) == (0, "")


def test_the_command_fails_an_unwise_rulebook_with_exit_code_1(tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/facts/parcel.yaml", "    find_out: The receipt.\n", ""))
    assert pathways_command(tmp_path, "--rules", ".", "rules", "check").returncode == 1


@pytest.mark.parametrize("name", ["nowhere", "rules/rulebook.yaml", "rules/facts"])
def test_a_folder_that_is_no_rulebook_is_refused(name: str, tmp_path: Path) -> None:
    ended = pathways_command(tiny(tmp_path), "--rules", name, "rules", "check", "--format", "short")
    assert (ended.returncode, "error[no-rulebook]" in ended.stdout) == (2, True)


def test_a_pipe_among_the_rule_files_does_not_make_anything_wait(tmp_path: Path) -> None:
    os.mkfifo(tiny(tmp_path) / "rules/context/pipe.yaml")
    ended = pathways_command(tmp_path, "--rules", ".", "rules", "check", "--format", "short")
    assert ended.returncode == 2
    assert ended.stdout == "rules/context/pipe.yaml: error[not-a-file]: this is a pipe, not a file\n"
    with pytest.raises(RefusedError):
        pathways.rulebook.load_rulebook(tmp_path)


def test_what_is_no_file_among_the_scenarios_is_not_read(tmp_path: Path) -> None:
    bad = Path(__file__).parent / "bad/unused-authority/rules/avenues/refund.yaml"
    folder = tiny(tmp_path, {"rules/avenues/refund.yaml": bad.read_text(encoding="utf-8")})
    expected = checked(folder)
    (folder / "scenarios" / "folder.yaml").mkdir(parents=True)
    (folder / "scenarios" / "nowhere.yaml").symlink_to("gone.yaml")
    os.mkfifo(folder / "scenarios" / "pipe.yaml")
    assert checked(folder) == expected
    assert "unused-authority" in expected[1]


def test_a_case_that_is_a_pipe_does_not_make_anything_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")
    ended = pathways_command(tmp_path, "--rules", str(TINY), "run", "case.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "error[not-a-file]" in ended.stderr


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_case_is_refused_at_once(kind: str, tmp_path: Path, rulebook: Rulebook) -> None:
    _, text = HOSTILE[kind]
    (path := tmp_path / "case.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    begun = time.monotonic()
    assert case_problems(path, rulebook)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("kind", ["a directory", "a link to nothing", "a link to itself", "nothing at all"])
def test_a_case_that_is_no_file_is_refused(kind: str, tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "case.yaml"
    if kind == "a directory":
        path.mkdir()
    elif kind != "nothing at all":
        path.symlink_to("case.yaml" if kind == "a link to itself" else "nowhere")
    (problem,) = case_problems(path, rulebook)
    assert problem.code in ("not-a-file", "no-such-file", "unreadable")


@pytest.mark.parametrize("style", ["text", "json", "markdown"])
def test_a_case_that_is_refused_gives_no_result_in_any_format(style: str, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("case: Good\n")
    (tmp_path / "bad.yaml").write_text("case: Bad\nanswers: {parcel.lots: yes, carrier.warned: perhaps}\n")
    ended = pathways_command(tmp_path, "--rules", str(TINY), "run", "good.yaml", "bad.yaml", "--format", style)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "error[unknown-fact]" in ended.stderr
    assert "error[unknown-option]" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml", "good.yaml"]


def test_a_file_name_that_is_no_text_is_shown_and_not_a_crash(tmp_path: Path) -> None:
    tiny(tmp_path)
    with open(os.fsencode(tmp_path / "rules/context/") + b"/caf\xe9\x1b.yaml", "w") as file:
        file.write("notes: 1\n")
    for style in STYLES:
        code, seen = checked(tmp_path, style)
        assert code == 2
        assert "\x1b" not in seen
    (tmp_path / "rules/context/").joinpath(os.fsdecode(b"caf\xe9\x1b.yaml")).write_text(
        'notes:\n  a: {title: T, text: T, sources: ["history#coaches"]}\n'
    )
    assert checked(tmp_path) == (0, "")


# -- all at once, each once -----------------------------------------------------------------------


def test_problems_of_form_and_dangling_names_are_found_in_one_run(tmp_path: Path) -> None:
    tiny(
        tmp_path,
        {
            "rules/context/broken.yaml": "notes: [\n",
            **changed("rules/claims/parcels.yaml", "verdict: refuted", "verdict: wrong"),
            **changed("rules/avenues/refund.yaml", "when: parcel.lost", "when: parcel.lots"),
        },
    )
    assert sorted(codes_of(tmp_path)) == ["unknown-fact", "unknown-word", "yaml-syntax"]


@pytest.mark.parametrize("name", [name for name in FILES if name != "rules/rulebook.yaml"])
def test_names_of_a_file_that_cannot_be_read_are_not_called_unknown(name: str, tmp_path: Path) -> None:
    text = (TINY / name).read_text()
    tiny(tmp_path, {name: text + "\n}\n"})
    assert codes_of(tmp_path) == ["yaml-syntax"]
    tiny(tmp_path, {name: text + "unheard-of: 1\n"})
    assert codes_of(tmp_path) == ["unknown-key"]


def test_a_fact_that_cannot_be_read_is_not_called_unknown_where_it_is_used(tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/facts/parcel.yaml", "      papers: Papers\n      animals: Living animals\n", ""))
    assert codes_of(tmp_path) == ["bad-choices"]


def test_a_table_of_one_row_gives_no_choice(tmp_path: Path) -> None:
    tiny(
        tmp_path,
        changed(
            "rules/tables/places.yaml",
            "  CD: {name: Cliffdale, region: south}\n  EF: {name: Eastfield, region: ~}\n",
            "",
        ),
    )
    assert codes_of(tmp_path) == ["bad-choices"]


@pytest.mark.parametrize("word", ["yes", "no", "unknown", "disputed"])
def test_a_row_of_a_table_is_never_an_answer_that_every_question_has(word: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/tables/places.yaml", "  CD:", f"  {word}:"))
    assert codes_of(tmp_path) == ["bad-choices"]


@pytest.mark.parametrize(
    "word", ["always", "never", "all", "any", "not", "clearly", "arguably", "disputed", "contestable"]
)
def test_no_finding_has_the_name_of_a_word_of_conditions(word: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/findings/parcels.yaml", "  covered:", f"  {word}:"))
    assert codes_of(tmp_path)[0] in ("bad-name", "unknown-finding")
    assert "bad-name" in codes_of(tmp_path)


def chain(length: int, last: str) -> str:
    """Findings, each defined by the next."""
    says = "says: {yes: Y., no: N., disputed: D.}"
    return 'sources: ["law:parcels/1"]\nfindings:\n' + "".join(
        f"  link-{n}: {{title: Link, kind: state law, holds_when: {then}, {says}}}\n"
        for n, then in enumerate([*(f"link-{n}" for n in range(1, length)), last])
    )


def test_a_chain_of_a_thousand_findings_is_read(tmp_path: Path) -> None:
    tiny(tmp_path, {"rules/findings/chain.yaml": chain(1000, "parcel.lost")})
    assert set(codes_of(tmp_path)) == {"unused-finding"}
    assert len(read_rulebook(tmp_path).findings) == 1001


def test_a_circle_of_a_thousand_findings_is_one_problem(tmp_path: Path) -> None:
    tiny(tmp_path, {"rules/findings/chain.yaml": chain(1000, "link-0")})
    assert codes_of(tmp_path) == ["circle"]


def test_an_answer_with_the_name_of_a_finding_makes_no_circle(tmp_path: Path) -> None:
    goods = "{title: T, kind: state law, holds_when: {parcel.contents: goods}, says: {yes: Y., no: N., disputed: D.}}"
    tiny(tmp_path, {"rules/findings/more.yaml": f'sources: ["law:parcels/1"]\nfindings:\n  goods: {goods}\n'})
    assert codes_of(tmp_path) == ["unused-finding"]


def test_many_problems_are_told_in_reasonable_time(tmp_path: Path) -> None:
    tiny(tmp_path, {"rules/context/many.yaml": "".join(f"key-{n}: 1\n" for n in range(20_000))})
    begun = time.monotonic()
    assert len(problems_of(tmp_path)) > 20_000
    assert time.monotonic() - begun < 20


# -- nothing changes its meaning ------------------------------------------------------------------

SURPRISES = [
    "no",
    "on",
    "off",
    "y",
    "true",
    "1e3",
    "1:30",
    "0x10",
    "010",
    "~",
    "null",
    ".nan",
    "1_0",
    "2024-01-02",
    "'10 '",
    "-1",
    "1000",
]


@pytest.mark.parametrize("written", SURPRISES)
def test_a_surprise_of_yaml_never_becomes_a_number(written: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/avenues/refund.yaml", "order: 10", f"order: {written}"))
    assert codes_of(tmp_path) in (["wrong-type"], ["empty"])


@pytest.mark.parametrize("written", ["on", "off", "y", "true", "False", "1", "~", "null", ".nan", "Yes", "NO"])
def test_a_surprise_of_yaml_never_becomes_yes_or_no(written: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/avenues/refund.yaml", "reviewed_by_lawyer: no", f"reviewed_by_lawyer: {written}"))
    assert codes_of(tmp_path) in (["wrong-type"], ["empty"])


@pytest.mark.parametrize("written", ["yes", "true", "on", "1", "~", "null", "1:30", "[]", "{}", "''"])
def test_a_surprise_of_yaml_never_becomes_a_condition(written: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/avenues/refund.yaml", "when: parcel.lost", f"when: {written}"))
    assert codes_of(tmp_path)[0] in ("unknown-finding", "empty", "bad-condition")


@pytest.mark.parametrize(
    "written", ["[]", "{}", "{region: []}", "{region: ~}", "{region: north, name: Abbey}", "{region: {a: b}}"]
)
def test_a_condition_on_nothing_or_on_two_columns_is_refused_and_never_settled(written: str, tmp_path: Path) -> None:
    tiny(tmp_path, changed("rules/avenues/refund.yaml", "{region: north}", written))
    assert checked(tmp_path)[0] == 2


@pytest.mark.parametrize(
    "written",
    ["on", "y", "true", "Yes", "1", "1e3", "0x1", "~", "null", ".nan", "2024-01-02", "''", "[yes]", "[]", "{}"],
)
def test_a_surprise_of_yaml_never_becomes_an_answer(written: str, tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"case: A\nanswers: {{parcel.lost: {written}}}\n")
    (problem,) = case_problems(path, rulebook)
    assert problem.code in ("unknown-option", "empty", "wrong-type")
    assert str(problem.place).startswith("case.yaml:2:")
    assert "`yes`" in problem.message


@pytest.mark.parametrize(
    "written",
    ["2024-02-30", "2023-02-29", "20240102", "1:30", "1e3", "24-01-02", "no", "~", "2024-01-02 10:00:00", "disputed"],
)
def test_a_surprise_of_yaml_never_becomes_a_date(written: str, tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"case: A\nanswers: {{parcel.sent: {written}}}\n")
    (problem,) = case_problems(path, rulebook)
    assert problem.code in ("wrong-form", "empty")


def test_an_empty_cell_is_not_checked_and_never_a_no(tmp_path: Path, rulebook: Rulebook) -> None:
    from pathways.logic import NO, UNKNOWN, YES

    (path := tmp_path / "case.yaml").write_text("case: A\nanswers: {carrier.place: EF}\n")
    leaning = rulebook.avenues["refund"].hurdles[0].leans[0].when
    assert leaning is not None
    values = {}
    for place in ("AB", "CD", "EF"):
        path.write_text(f"case: A\nanswers: {{carrier.place: {place}}}\n")
        values[place] = rulebook.decider.could_be(leaning.statement, read_case(path, rulebook).logic(rulebook))
    assert values == {"AB": YES, "CD": NO, "EF": UNKNOWN}


# -- anything at all ------------------------------------------------------------------------------

SIGNS = st.text(st.sampled_from("abyn01-?:,[]{}#&*!|>'\"%@` \n\t\\~.<=é\u202e\x1b"), max_size=6)


def mutations(text: str) -> st.SearchStrategy[str]:
    """The text with one to three lines or signs deleted, doubled, moved or replaced."""

    def mutate(text: str, how: tuple[str, int, int, str]) -> str:
        kind, at, other, signs = how
        if kind in ("delete", "insert", "replace"):
            at %= len(text) + 1
            return text[:at] + ("" if kind == "delete" else signs) + text[at + (kind != "insert") :]
        lines = text.split("\n")
        at, other = at % len(lines), other % len(lines)
        if kind == "drop line":
            del lines[at]
        elif kind == "double line":
            lines.insert(at, lines[at])
        elif kind == "swap lines":
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = " " * (other % 9) + lines[at].lstrip()
        return "\n".join(lines)

    kinds = st.sampled_from(["delete", "insert", "replace", "drop line", "double line", "swap lines", "indent line"])
    step = st.tuples(kinds, st.integers(0, 10_000), st.integers(0, 10_000), SIGNS)

    def apply(steps: list[tuple[str, int, int, str]]) -> str:
        changed_text = text
        for how in steps:
            changed_text = mutate(changed_text, how)
        return changed_text

    return st.lists(step, min_size=1, max_size=3).map(apply)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("scratch"))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_a_rule_file_is_read_or_refused(name: str, scratch: Path, data: st.DataObject) -> None:
    original = (TINY / name).read_text(encoding="utf-8")
    path = scratch / name
    try:
        path.write_text(data.draw(mutations(original)), encoding="utf-8")
        with standing_in(scratch):
            rulebook, problems = check_rulebook(Path("."))
            assert rulebook is not None or any(problem.level == "error" for problem in problems)
            assert all(Path(problem.place.file).exists() for problem in problems)
            assert all(problems_text(problems, style) or not problems for style in STYLES)
    finally:
        path.write_text(original, encoding="utf-8")


@settings(max_examples=800, deadline=None)
@given(text=mutations(CASE))
def test_any_change_of_a_case_is_read_or_refused(text: str, rulebook: Rulebook) -> None:
    assert_read_or_refused(text, rulebook)


@settings(max_examples=400, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=60),
        SIGNS.map(lambda signs: f"case: {signs}"),
        SIGNS.map(lambda signs: f"case: A\nanswers: {signs}"),
    )
)
def test_any_text_is_read_as_a_case_or_refused(text: str, rulebook: Rulebook) -> None:
    assert_read_or_refused(text, rulebook)


def assert_read_or_refused(text: str, rulebook: Rulebook) -> None:
    problems = Problems()
    file = compose_text(text, "case.yaml", problems)
    case = parse_case(file, rulebook, problems) if file is not None else None
    assert (case is None) == bool(problems.errors)


def test_the_case_that_is_mutated_can_be_read(tmp_path: Path, rulebook: Rulebook) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    assert read_case(path, rulebook).title == "A parcel"
