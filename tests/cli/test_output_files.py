"""Where results go: what would open wrong is refused, `-` is standard output, and a full disk is no bug here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import COMMAND, environment, in_garden, inside
from tests.places import GARDEN, GARDEN_CASES

OAK = str(GARDEN_CASES / "oak.yaml")
REPORT, SUMMARY = ("report", OAK, "--rules", str(GARDEN)), ("summary", "--rules", str(GARDEN))
LETTER = ("letter", "preservation")

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no full disk to try")
#: Bytes after which a file of a process cannot grow.
LITTLE = 512


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class TestFormats:
    @pytest.mark.parametrize(
        ("command", "style", "file"),
        [
            (REPORT, "markdown", "x.pdf"),
            (REPORT, "json", "x.HTML"),
            (REPORT, "html", "x.txt"),
            (SUMMARY, "text", "x.pdf"),
            (SUMMARY, "markdown", "x.docx"),
            (LETTER, "markdown", "x.docx"),
            (LETTER, "text", "x.md"),
        ],
    )
    def test_a_format_that_the_ending_contradicts_is_refused(
        self, command: tuple[str, ...], style: str, file: str, tmp_path: Path
    ) -> None:
        done = inside(*command, "--format", style, "-o", file)
        assert (done.code, done.out) == (2, "")
        assert "error[two-formats]" in done.err
        assert f"--format names {style}" in " ".join(done.err.split())
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("command", "style", "file"),
        [
            (REPORT, "markdown", "x.MARKDOWN"),
            (REPORT, "json", "report"),
            (SUMMARY, "text", "x.rst"),
            (SUMMARY, "json", "x.json"),
            (LETTER, "text", "x.letter"),
        ],
    )
    def test_an_ending_that_says_the_same_or_nothing_is_allowed(
        self, command: tuple[str, ...], style: str, file: str
    ) -> None:
        done = inside(*command, "--format", style, "-o", file)
        assert done.code == 0, done.err
        assert Path(file).stat().st_size

    def test_no_summary_takes_the_place_of_a_case(self, tmp_path: Path) -> None:
        case = tmp_path / "mine.case"
        case.write_text("case: Mine\nanswers: {}\n")
        done = inside(*SUMMARY, "--format", "text", "-o", case)
        assert (done.code, "error[case-file]" in done.err) == (2, True)
        assert case.read_text() == "case: Mine\nanswers: {}\n"


class TestStandardOutput:
    @pytest.mark.parametrize(
        ("command", "style"),
        [(REPORT, "html"), (REPORT, "json"), (SUMMARY, "markdown"), (SUMMARY, "text"), (LETTER, "markdown")],
    )
    def test_a_dash_is_standard_output(self, command: tuple[str, ...], style: str, tmp_path: Path) -> None:
        done = inside(*command, "--format", style, "-o", "-")
        assert done.code == 0, done.err
        assert done.out == inside(*command, "--format", style).out
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", [SUMMARY, LETTER])
    def test_without_a_format_it_is_what_it_is_without_the_dash(self, command: tuple[str, ...]) -> None:
        assert inside(*command, "-o", "-").out == inside(*command).out

    @pytest.mark.parametrize(
        ("command", "style"), [(REPORT, "pdf"), (REPORT, "docx"), (SUMMARY, "pdf"), (LETTER, "docx")]
    )
    def test_what_is_no_text_goes_to_a_file(self, command: tuple[str, ...], style: str, tmp_path: Path) -> None:
        done = inside(*command, "--format", style, "-o", "-")
        assert (done.code, done.out) == (2, "")
        assert f"{style} goes to a file" in done.err
        assert list(tmp_path.iterdir()) == []

    def test_a_report_needs_a_format_there(self) -> None:
        done = inside(*REPORT, "-o", "-")
        assert (done.code, "error[no-file]" in done.err) == (2, True)


def run(
    *arguments: str,
    before: Callable[[], None] | None = None,
    stdout: Any = subprocess.PIPE,
    stderr: Any = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own; ``before`` is done in it first."""
    return subprocess.run(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
        preexec_fn=before,
    )


class TestFull:
    @needs_full
    @pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("run", "--help"), ()])
    def test_what_cannot_be_said_is_no_bug_here(self, arguments: tuple[str, ...]) -> None:
        with FULL.open("w") as full:
            done = run(*arguments, stdout=full)
        assert (done.returncode, done.stderr) == (2, "pathways: No space left on device\n")

    @needs_full
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("rules", "check", "--no-prove", "--rules", str(GARDEN)), 0),
            (("case", "check", OAK, "--rules", str(GARDEN)), 0),
            (("run", "nobody"), 2),
            (("--nobody",), 2),
            (("run", "nobody.yaml"), 2),
        ],
    )
    def test_remarks_that_nobody_hears_change_no_exit_code(self, arguments: tuple[str, ...], code: int) -> None:
        with FULL.open("w") as full:
            assert run(*arguments, stderr=full).returncode == code

    @pytest.mark.skipif(sys.platform == "win32", reason="no limits to try")
    def test_what_is_said_names_the_file_that_was_named(self, tmp_path: Path) -> None:
        import resource

        def little() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, LITTLE))

        (tmp_path / "in.csv").write_text("tree.nest\n" + "yes\n" * 1000)
        for arguments in (
            [*REPORT, "-o", "out.html"],
            ["batch", "in.csv", "-o", "out.jsonl", "--rules", str(GARDEN)],
            ["batch", "in.csv", "-o", "out.parquet", "--rules", str(GARDEN)],
        ):
            done = run(*arguments, before=little)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr == f"pathways: File too large: {arguments[arguments.index('-o') + 1]}\n"
        assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]

    def test_a_folder_that_may_not_be_written_to_is_said_of_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import tempfile

        def denied(**_: object) -> None:
            raise PermissionError(13, "Permission denied", "/hidden/.case-1234")

        monkeypatch.setattr(tempfile, "mkstemp", denied)
        (tmp_path / "in.csv").write_text("tree.nest\nyes\n")
        for arguments in ([*REPORT, "-o", "out.html"], ["batch", "in.csv", "-o", "out.csv", "--rules", str(GARDEN)]):
            done = inside(*arguments)
            assert done.code == 2
            assert done.err == f"pathways: Permission denied: {arguments[arguments.index('-o') + 1]}\n"


def test_rules_that_may_not_be_written_to_are_said_by_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    shutil.copytree(GARDEN, tmp_path / "book")

    def denied(prefix: str, dir: Path) -> None:
        raise PermissionError(13, "Permission denied", str(dir / f"{prefix}1234"))

    monkeypatch.setattr(tempfile, "mkstemp", denied)
    done = inside("rules", "new", "avenue", "mine", "--rules", "book")
    assert (done.code, done.err) == (2, f"pathways: Permission denied: {Path('book', 'rules', 'avenues')}\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes to try")
def test_records_are_not_waited_for_at_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "in.csv")
    done = in_garden("batch", "in.csv", "-o", "out.csv")
    assert (done.code, done.err) == (2, "pathways: not a file: in.csv\n")
