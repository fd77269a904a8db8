"""Every code is explained, in words that fit the file with that fault and what is said of it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from pathways.authoring.codes import codes
from pathways.cli.environment import Environment
from pathways.cli.explain_codes import explain_codes
from pathways.cli.guard import guarded
from tests.rulebook.codes import codes_anywhere, codes_in_source
from tests.rulebook.overlay import TINY

BAD = Path(__file__).parent / "bad"
CODES = codes()
ENDS = {2: "error", 1: "error", 0: "warning"}


def test_every_code_that_the_program_reports_is_explained_and_no_other() -> None:
    assert set(CODES) == codes_anywhere()
    assert codes_in_source() <= set(CODES)


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_explained_in_sentences(name: str) -> None:
    code = CODES[name]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)
    for text in (code.means, code.mend):
        assert re.fullmatch(r"[A-Z(`].*[.)]", text), text


@pytest.mark.parametrize("name", [name for name in CODES if (BAD / name).exists()])
def test_the_example_stands_in_the_file_with_the_fault_and_is_as_grave_as_said(name: str) -> None:
    code = CODES[name]
    said = (BAD / name / "expected.txt").read_text(encoding="utf-8")
    assert f"{ENDS[code.exit]}[{name}]" in said
    if code.example:
        files = [path for folder in (BAD / name, TINY) for path in folder.rglob("*.yaml")]
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
        lines = {line.strip() for text in texts for line in text.splitlines()}
        assert any(line.startswith(code.example) for line in lines), code.example


def test_what_has_no_bad_file_here_is_of_another_command() -> None:
    others = [code for name, code in CODES.items() if not (BAD / name).exists()]
    others_said = {"sources verify", "batch", "letter, calendar", "rules coverage", "rules test", "report, summary"}
    others_said |= {"report, summary, letter", "report, summary, letter, calendar"}
    assert {code.command for code in others} == others_said


def explained(*names: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    environment = Environment(io.StringIO(), out, err)
    return int(guarded(environment, lambda one: explain_codes(one, names))), out.getvalue(), err.getvalue()


def test_explain_says_what_a_code_means_with_an_example_and_how_to_mend_it() -> None:
    status, said, _ = explained("no-start")
    assert status == 0
    code = CODES["no-start"]
    assert all(text in " ".join(said.split()) for text in (code.means, code.example, code.mend))


def test_explain_without_a_code_lists_all_of_them() -> None:
    status, said, _ = explained()
    assert status == 0
    assert all(re.search(rf"^{name}: ", said, re.MULTILINE) for name in CODES)


def test_a_code_that_is_none_gets_the_nearest_and_exit_2() -> None:
    assert explained("never-opn") == (2, "", "No code is named `never-opn`. Did you mean `never-open`?\n")
