"""The commands as a person at a shell meets them: names, flags, exit codes, and what goes to which stream."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pathways import __version__
from pathways.cli import main
from pathways.cli.environment import Environment
from pathways.cli.exits import MEANING, Exit
from pathways.cli.guard import guarded
from pathways.diagnostics import Place, Problem, RefusedError
from tests.cli.process import COMMAND, environment, in_garden, inside, pathways
from tests.places import GARDEN, GARDEN_CASES, ROOT, RULEBOOKS, SCENARIOS

DOCUMENTS = Path(os.environ.get("PATHWAYS_DOCUMENTS") or ROOT.parent / "shared" / "seeds")
OAK = GARDEN_CASES / "oak.yaml"
ANSI = "\x1b["

#: Every command, with the flags that its help must list.
COMMON = ["--rules", "--color", "-q", "--quiet", "--help"]
FLAGS = {
    (): [*COMMON, "--version", "--install-completion", "--show-completion"],
    ("ask",): [*COMMON, "--as-of"],
    ("run",): [*COMMON, "--format", "--as-of"],
    ("summary",): [*COMMON, "--format"],
    ("claims",): [*COMMON, "--format"],
    ("sources",): [*COMMON, "--format", "--documents"],
    ("rules",): ["--help"],
    ("rules", "check"): [*COMMON, "--format"],
}
#: A quick example of every command that ends well.
EXAMPLES: dict[str, tuple[str | Path, ...]] = {
    "alone": (),
    "ask": ("ask", "--rules", GARDEN),
    "run": ("run", OAK, "--rules", GARDEN),
    "run as JSON": ("run", OAK, "--rules", GARDEN, "--format", "json"),
    "run as Markdown": ("run", OAK, "--rules", GARDEN, "--format", "markdown"),
    "summary": ("summary", "--rules", GARDEN),
    "claims": ("claims", "--rules", GARDEN),
    "sources": ("sources", "--rules", GARDEN),
    "rules check": ("rules", "check", "--rules", GARDEN),
}
ANSWERED = "hedge\nHarbor\n"


class TestHelp:
    @pytest.mark.parametrize("command", FLAGS, ids=lambda command: " ".join(command) or "alone")
    def test_lists_every_flag(self, command: tuple[str, ...]) -> None:
        done = inside(*command, "--help")
        assert done.code == Exit.DONE
        for flag in FLAGS[command]:
            assert re.search(rf"(?<![\w-]){flag}\b", done.out), flag
        assert done.err == ""

    @pytest.mark.parametrize("command", FLAGS, ids=lambda command: " ".join(command) or "alone")
    def test_a_letter_is_enough(self, command: tuple[str, ...]) -> None:
        assert inside(*command, "-h").out == inside(*command, "--help").out

    def test_lists_every_command(self) -> None:
        listed = inside("--help").out
        for command in ("ask", "run", "summary", "claims", "sources", "rules"):
            assert re.search(rf"^  {command} ", listed, re.MULTILINE)

    def test_alone_says_in_a_few_lines_what_to_type_first(self) -> None:
        done = pathways()
        assert done.returncode == Exit.DONE
        assert len(done.stdout.splitlines()) <= 15
        assert "Not legal advice" in done.stdout
        for command in re.findall(r"^  pathways (.*?)  ", done.stdout, re.MULTILINE):
            if not command.startswith("ask"):
                assert inside(*command.split()).code == Exit.DONE, command

    def test_help_is_a_word_too(self) -> None:
        assert inside("help").out == inside("--help").out
        assert inside("help", "run").out == inside("run", "--help").out

    @pytest.mark.parametrize("width", [40, 60, 80, 200])
    def test_alone_fits_the_terminal(self, width: int) -> None:
        done = pathways(COLUMNS=str(width))
        assert max(map(len, done.stdout.splitlines())) <= min(width, 100)
        assert "Not legal advice" in " ".join(done.stdout.split())

    @pytest.mark.parametrize("redirected", ["| cat", "2>/dev/null | cat"])
    def test_in_a_pipe_the_width_is_that_of_the_terminal_around_it(self, redirected: str) -> None:
        import pexpect

        child = pexpect.spawn(
            "sh",
            ["-c", f"{' '.join(COMMAND)} {redirected}"],
            env=environment(),
            encoding="utf-8",
            timeout=30,
            dimensions=(24, 50),
        )
        child.expect(pexpect.EOF)
        child.close()
        assert 40 < max(map(len, str(child.before).splitlines())) <= 50

    def test_version(self) -> None:
        done = pathways("--version")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"pathways {__version__}\n", "")

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_shows_completion_for_a_shell(self, shell: str) -> None:
        # With the shell detected the flag takes no value, so that the shell is named where no shell can be seen.
        done = pathways("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
        assert done.returncode == Exit.DONE
        assert "complete" in done.stdout

    def test_completes_the_name_of_a_command(self) -> None:
        done = inside(_PATHWAYS_COMPLETE="complete_bash", COMP_WORDS="pathways su", COMP_CWORD="1")
        assert done.out.split() == ["summary"]

    def test_installs_completion_in_the_home_folder_and_nowhere_else(self, tmp_path: Path) -> None:
        done = pathways(
            "--install-completion", "bash", HOME=str(tmp_path), _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
        )
        assert done.returncode == Exit.DONE
        assert {path.name for path in tmp_path.iterdir()} == {".bashrc", ".bash_completions"}


class TestFlags:
    @pytest.mark.parametrize("arguments", [("--rules", GARDEN, "summary"), ("summary", "--rules", GARDEN)])
    def test_rules_stand_before_the_command_or_after_it(self, arguments: tuple[str | Path, ...]) -> None:
        assert "A neighbor's tree over your garden" in inside(*arguments).out

    def test_what_stands_after_the_command_wins(self) -> None:
        done = inside("--rules", GARDEN, "summary", "--rules", RULEBOOKS / "library")
        assert "May a book be borrowed?" in done.out

    def test_the_folder_rules_itself_may_be_named(self) -> None:
        assert inside("summary", "--rules", GARDEN / "rules").out == in_garden("summary").out

    def test_quiet_leaves_the_result_and_says_nothing_else(self) -> None:
        loud, quiet = pathways("rules", "check", "--rules", GARDEN), pathways("-q", "rules", "check", "--rules", GARDEN)
        assert (loud.stdout, loud.returncode) == (quiet.stdout, quiet.returncode)
        assert "2 avenues" in loud.stderr
        assert quiet.stderr == ""

    def test_quiet_still_says_what_is_wrong(self) -> None:
        assert "Did you mean 'summary'?" in inside("-q", "sumary").err

    @pytest.mark.parametrize("command", ["run", "summary", "claims", "sources"])
    @pytest.mark.parametrize("style", ["text", "json", "markdown"])
    def test_every_result_has_every_format(self, command: str, style: str) -> None:
        done = in_garden(command, *([OAK] if command == "run" else []), "--format", style)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith({"json": '{"', "markdown": "# "}.get(style, ""))
        assert "made up for tests" in done.out.lower()

    def test_text_is_the_format_unless_another_is_named(self) -> None:
        assert in_garden("summary").out == in_garden("summary", "--format", "text").out

    @pytest.mark.parametrize("style", ["text", "short", "github"])
    def test_problems_have_formats_of_their_own(self, style: str, tmp_path: Path) -> None:
        (tmp_path / "rules").mkdir()
        done = inside("rules", "check", "--rules", tmp_path, "--format", style)
        assert done.code == Exit.BAD_INPUT
        assert "no-rulebook" in done.out

    def test_names_choose_and_their_order_is_kept(self) -> None:
        titles = re.findall(r"\((town-inspection|cut-back)\)", in_garden("summary", "town-inspection", "cut-back").out)
        assert titles == ["town-inspection", "cut-back"]
        assert "A letter changes nothing" not in in_garden("claims", "all-mine").out

    def test_a_date_after_the_day_assessed_is_warned_of(self, tmp_path: Path) -> None:
        case = tmp_path / "case.yaml"
        case.write_text("case: Early\nanswers: {visit.date: 2026-01-07}\n")
        run: tuple[str | Path, ...] = ("run", case, "--rules", RULEBOOKS / "library", "--as-of")
        early, late = inside(*run, "2026-01-06"), inside(*run, "2026-01-07")
        assert (early.code, late.code) == (Exit.DONE, Exit.DONE)
        assert early.err == f"warning: {case}: visit.date lies after the day assessed, 2026-01-06\n"
        assert late.err == ""

    def test_a_day_is_shown_with_the_result(self) -> None:
        assert "Assessed as of 2027-08-09." in in_garden("run", OAK, "--as-of", "2027-08-09").out


class TestCases:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_every_shipped_scenario_runs_by_name(self, name: str) -> None:
        assert inside("run", name).code == Exit.DONE

    def test_a_shipped_scenario_runs_from_any_folder(self, tmp_path: Path) -> None:
        assert pathways("run", "empty", cwd=tmp_path).returncode == Exit.DONE

    def test_a_folder_stands_for_the_cases_in_it(self) -> None:
        done = in_garden("run", GARDEN_CASES)
        assert done.code == Exit.DONE
        titles = re.findall(r"^(.+)\n=+$", done.out, re.MULTILINE)
        assert titles == [
            "A hedge, and an office nobody has asked about",
            "A line that nobody knows",
            "The old oak",
            "The pear tree at number nine",
        ]

    def test_a_file_is_found_though_a_scenario_has_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "empty.yaml").write_text("case: Mine, and not the shipped one\n")
        assert "Mine, and not the shipped one" in pathways("run", "empty.yaml", cwd=tmp_path).stdout


class TestStreams:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_results_go_to_standard_output(self, name: str) -> None:
        done = pathways(*EXAMPLES[name], typed=ANSWERED)
        assert done.returncode == Exit.DONE, done.stderr
        assert bool(done.stdout) == (name != "rules check")
        if name not in ("ask", "rules check"):
            assert done.stderr == ""

    def test_expectations_that_failed_are_counted_on_standard_error(self, tmp_path: Path) -> None:
        case = tmp_path / "case.yaml"
        case.write_text("case: Wrong\nanswers: {tree.kind: oak}\nexpect: {avenues: {cut-back: open}}\n")
        done = pathways("run", case, "--rules", GARDEN)
        assert done.returncode == Exit.FAILED
        assert "expected open; came out undetermined" in done.stdout
        assert done.stderr == "1 expectation not met.\n"

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_whoever_stops_reading_hears_nothing_of_it(self, name: str) -> None:
        command = " ".join([*COMMAND, *(str(part) for part in EXAMPLES[name])])
        if name == "ask":
            return
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command} | head -c 1 >/dev/null"],
            capture_output=True,
            text=True,
            env=environment(),
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr.replace(_counted(done.stderr), "")) == (0, "")

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to try")
    def test_a_full_disk_is_said_and_is_no_bug(self) -> None:
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [*COMMAND, "summary", "--rules", str(GARDEN)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                env=environment(),
                check=False,
            )
        assert (done.returncode, done.stderr) == (Exit.BAD_INPUT, "pathways: No space left on device\n")

    def test_a_closed_output_is_no_bug(self) -> None:
        done = subprocess.run(
            ["bash", "-c", f"{' '.join(COMMAND)} claims --rules {GARDEN} >&-"],
            capture_output=True,
            text=True,
            env=environment(),
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


def _counted(said: str) -> str:
    """The one remark that ``rules check`` makes when all is well."""
    return said if said.endswith(" read.\n") and said.count("\n") == 1 else ""


class TestColor:
    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "alone"])
    def test_there_is_none_in_a_pipe(self, name: str) -> None:
        done = pathways(*EXAMPLES[name], typed=ANSWERED)
        assert ANSI not in done.stdout + done.stderr

    @pytest.mark.parametrize("command", ["run", "summary", "claims", "sources"])
    def test_always_means_always(self, command: str) -> None:
        arguments: list[str | Path] = [command, *([OAK] if command == "run" else [])]
        colored = in_garden(*arguments, "--color", "always", NO_COLOR="1", TERM="dumb").out
        assert ANSI in colored
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == in_garden(*arguments).out

    @pytest.mark.parametrize("style", ["json", "markdown"])
    def test_there_is_never_any_in_what_programs_read(self, style: str) -> None:
        assert ANSI not in in_garden("run", OAK, "--color", "always", "--format", style).out

    @pytest.mark.parametrize(
        ("color", "more", "expected"),
        [
            ("auto", {}, True),
            ("auto", {"NO_COLOR": "1"}, False),
            ("auto", {"NO_COLOR": ""}, True),
            ("auto", {"TERM": "dumb"}, False),
            ("never", {}, False),
            ("always", {"NO_COLOR": "1"}, True),
        ],
    )
    def test_at_a_terminal(self, color: str, more: dict[str, str], expected: bool) -> None:
        import pexpect

        arguments = [*COMMAND[1:], "run", str(OAK), "--rules", str(GARDEN), "--color", color]
        child = pexpect.spawn(
            COMMAND[0], arguments, env=environment(**more), encoding="utf-8", timeout=30, dimensions=(24, 80)
        )
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == Exit.DONE
        assert (ANSI in str(child.before)) == expected


class TestBadInput:
    """Exit 2: everything that is wrong at once, with the nearest name, and nothing on standard output."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("sumary",), "Did you mean 'summary'?"),
            (("run", "--formt", "json", "empty"), "--format"),
            (("run", "empty", "--format", "xml"), "'xml' is not one of 'text', 'json', 'markdown'"),
            (("summary", "--color", "sometimes"), "'auto', 'always', 'never'"),
            (("run",), "Missing argument"),
            (("rules",), "Missing command"),
            (("summary", "ftc"), "No avenue is named `ftc`. Did you mean `ftca`?"),
            (("summary", "fcta"), "Did you mean `ftca`?"),
            (("claims", "absolut-immunity"), "Did you mean `absolute-immunity`?"),
            (("sources", "usc:28/1346b"), "Did you mean `usc:28/1346`?"),
            (("sources", "2401"), "No source is named `2401`. Did you mean `usc:28/2401`"),
            (("sources", "verfy"), "No source is named `verfy`."),
            (("sources", "verify"), "--documents DIR"),
            (("sources", "--documents", "."), "it goes with `sources verify`"),
            (("sources", "verify", "--documents", "no-such-folder"), "no such folder"),
            (("run", "emtpy"), "Did you mean `empty`?"),
            (("run", "no-such-file.yaml"), "no such file"),
            (("run", "empty", "--as-of", "2026-02-30"), "there is no day `2026-02-30`"),
            (("run", "empty", "--as-of", "1600-01-01"), "a year from 1700 to 2199, found `1600-01-01`"),
            (("run", "empty", "--as-of", "yesterday"), "expected a date such as `2026-01-07`"),
            (("summary", "--rules", "no-such-folder"), "no folder `rules` is here"),
            (("run", "n" * 5000), "is no file, no folder and no shipped scenario"),
            (("run", "n" * 5000 + ".yaml"), "File name too long"),
            (("summary", "--rules", "n" * 5000), "File name too long"),
        ],
        ids=lambda value: " ".join(map(str, value))[:50] if isinstance(value, tuple) else "",
    )
    def test_is_said_on_standard_error_alone(self, arguments: tuple[str, ...], said: str) -> None:
        done = pathways(*arguments)
        assert (done.returncode, done.stdout) == (Exit.BAD_INPUT, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert max(map(len, done.stderr.splitlines())) < 700

    def test_every_unknown_name_is_said_at_once(self) -> None:
        err = in_garden("summary", "cut-bak", "town-inspektion").err
        assert err.splitlines() == [
            "No avenue is named `cut-bak`. Did you mean `cut-back`?",
            "No avenue is named `town-inspektion`. Did you mean `town-inspection`?",
        ]

    def test_a_part_of_many_names_is_answered_with_a_few_of_them(self) -> None:
        err = inside("sources", "usc").err
        assert err.count("`") == 2 + 2 * 5
        assert re.search(r", or one of \d+ more\?$", err.strip())

    def test_a_folder_without_cases(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("case: not here")
        done = pathways("run", tmp_path)
        assert (done.returncode, done.stdout) == (Exit.BAD_INPUT, "")
        assert "no case files (*.yaml or *.yml) are in this folder" in done.stderr

    def test_every_problem_of_every_file_is_said_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "one.yaml").write_text("case: One\nanswers:\n  tree.knd: oak\n  tree.kind: elm\n")
        (tmp_path / "two.yaml").write_text("case: Two\ncase: Two again\n")
        (tmp_path / "three.yaml").write_text("case: Three\n")
        done = pathways("run", tmp_path, "--rules", GARDEN)
        assert (done.returncode, done.stdout) == (Exit.BAD_INPUT, "")
        for said in (
            "one.yaml:3:3",
            "did you mean `tree.kind`?",
            "one.yaml:4:14",
            "two.yaml:2:1",
            "3 errors in 2 files",
        ):
            assert said in done.stderr

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "empty"),
            ("- a list\n", "wrong-type"),
            ("case: [unclosed\n", "yaml-syntax"),
            ("case: A\n\tx: y\n", "tab"),
            ("case: &a A\nstory: *a\n", "anchor"),
            ("case: !!str A\n", "tag"),
            ("case: A\nwhat: B\n", "unknown-key"),
            ('case: "\\u001b[31mred"\n', "control-character"),
            ('case: "a\\u202eb"\n', "control-character"),
            ("case: A\nanswers: " + "[" * 3000 + "]" * 3000, "too-deep"),
        ],
    )
    def test_a_bad_case_names_the_kind_of_mistake(self, text: str, code: str, tmp_path: Path) -> None:
        case = tmp_path / "case.yaml"
        case.write_text(text)
        done = in_garden("run", case)
        assert (done.code, done.out) == (Exit.BAD_INPUT, "")
        assert f"error[{code}]" in done.err
        assert ANSI not in done.err
        assert "\u202e" not in done.err

    def test_a_plain_list_of_answers_is_met_with_how_it_is_written(self, tmp_path: Path) -> None:
        case = tmp_path / "case.yaml"
        case.write_text("case: A\nanswers: {tree.kind: [oak, pear]}\n")
        done = in_garden("run", case)
        assert (done.code, done.out) == (Exit.BAD_INPUT, "")
        assert "error[wrong-type]" in done.err
        assert "help: write `{one_of: [oak, pear]}` if it is not known which" in done.err

    def test_a_folder_named_like_a_case(self, tmp_path: Path) -> None:
        (tmp_path / "case.yaml").mkdir()
        done = in_garden("run", tmp_path)
        assert (done.code, done.out) == (Exit.BAD_INPUT, "")
        assert "this is a directory, not a file" in done.err


class TestExitCodes:
    def test_the_table_in_the_docs_is_the_enum(self) -> None:
        table = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.+) \|$", table, re.MULTILINE)
        assert [(int(code), name, meaning) for code, name, meaning in rows] == [
            (code.value, code.name, MEANING[code]) for code in Exit
        ]

    def test_they_are_the_ones_promised(self) -> None:
        assert [code.value for code in Exit] == [0, 1, 2, 3, 130]

    def _ends(self, error: BaseException | None) -> tuple[Exit, str]:
        environment = Environment(io.StringIO(), io.StringIO(), io.StringIO())

        def work(_: Environment) -> Exit:
            if error is not None:
                raise error
            return Exit.FAILED

        code = guarded(environment, work)
        said = environment.stderr
        assert isinstance(said, io.StringIO)
        return code, said.getvalue()

    def test_what_a_command_returns_is_its_code(self) -> None:
        assert self._ends(None) == (Exit.FAILED, "")

    def test_a_bug_is_owned_up_to_without_a_traceback(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PATHWAYS_TRACEBACK", raising=False)
        code, said = self._ends(ZeroDivisionError("division by zero"))
        assert code is Exit.INTERNAL
        assert (
            f"pathways {__version__}: this is a bug here, not a mistake of yours: ZeroDivisionError: division by zero"
            in said
        )
        assert "Traceback" not in said

    def test_a_traceback_can_be_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATHWAYS_TRACEBACK", "1")
        assert "Traceback" in self._ends(ZeroDivisionError())[1]

    def test_a_bug_inside_a_command_ends_with_3(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise KeyError("lost")

        monkeypatch.setattr("pathways.render.text.page_text", broken)
        done = in_garden("summary")
        assert (done.code, done.out) == (Exit.INTERNAL, "")
        assert "KeyError: 'lost'" in done.err

    def test_a_bug_before_a_command_begins_ends_with_3_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "pathways.cli.summary", None)
        monkeypatch.setattr(sys, "argv", ["pathways", "summary"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == Exit.INTERNAL
        said = capsys.readouterr().err
        assert "this is a bug here" in said
        assert "Traceback" not in said

    def test_refused_input_is_2(self) -> None:
        code, said = self._ends(RefusedError([Problem("wrong", "it is wrong", Place("here"))]))
        assert code is Exit.BAD_INPUT
        assert "error[wrong]: it is wrong" in said

    def test_a_disk_that_fails_is_2(self) -> None:
        assert self._ends(OSError(28, "No space left on device")) == (
            Exit.BAD_INPUT,
            "pathways: No space left on device\n",
        )

    def test_interrupted_is_130(self) -> None:
        assert self._ends(KeyboardInterrupt()) == (Exit.INTERRUPTED, "\nStopped.\n")

    @pytest.mark.skipif(sys.platform == "win32", reason="signals")
    def test_ctrl_c_ends_a_command_with_130(self) -> None:
        child = subprocess.Popen(
            [*COMMAND, "ask", "--rules", str(GARDEN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert child.stderr is not None
        while "> " not in (line := child.stderr.read(1)) and not line.startswith(">"):
            assert line, "no question came"
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)
        assert child.returncode == Exit.INTERRUPTED
        assert "Traceback" not in said

    def test_a_check_that_failed_is_1(self, tmp_path: Path) -> None:
        done = in_garden("sources", "verify", "--documents", tmp_path)
        assert done.code == Exit.FAILED
        assert "document-not-found" in done.out

    @pytest.mark.skipif(
        not DOCUMENTS.is_dir(), reason="the documents are not here: name their folder in PATHWAYS_DOCUMENTS"
    )
    def test_the_shipped_digests_fit_the_documents(self) -> None:
        done = inside("sources", "verify", "--documents", DOCUMENTS)
        assert done.code == Exit.DONE, done.out[:2000]
        assert "5 documents match their hashes" in done.out


class TestNoNetwork:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_no_command_opens_a_socket(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "sitecustomize.py").write_text(
            "import sys\n"
            "def forbid(event, arguments):\n"
            "    if event.startswith(('socket.', 'urllib.', 'http.', 'ftplib.', 'smtplib.')):\n"
            "        raise RuntimeError(f'the network was asked for: {event}')\n"
            "sys.addaudithook(forbid)\n"
        )
        path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
        done = pathways(*EXAMPLES[name], typed=ANSWERED, PYTHONPATH=path)
        assert done.returncode == Exit.DONE, done.stderr

    def test_a_socket_would_have_been_noticed(self, tmp_path: Path) -> None:
        self.test_no_command_opens_a_socket("alone", tmp_path)
        opening = [sys.executable, "-c", "import socket; socket.socket()"]
        done = subprocess.run(
            opening, capture_output=True, text=True, env=environment(PYTHONPATH=str(tmp_path)), check=False
        )
        assert "the network was asked for: socket.__new__" in done.stderr


class TestHostileText:
    """Text from a file is text in every format, whatever it holds."""

    TITLE = "[red]x[/red] **b** _i_ [l](http://h.test) <b onclick=1>t</b> `c` # h | $m$ www.h.test &lt; \\e[31m :boom:"
    NOTE = "- [link=http://h.test]n[/link] <script>alert(1)</script> ![i](j.png) ~~s~~ <!-- c --> | a | b |"

    @pytest.fixture
    def case(self, tmp_path: Path) -> Path:
        file = tmp_path / "case.yaml"
        file.write_text(
            f"case: '{self.TITLE}'\nstory: '{self.NOTE}'\nanswers:\n"
            f"  tree.kind: {{answer: oak, by: '{self.TITLE}', note: '{self.NOTE}'}}\n"
        )
        return file

    def test_in_text(self, case: Path) -> None:
        shown = " ".join(in_garden("run", case, width=100).out.split())
        assert self.TITLE in shown
        assert shown.count(self.NOTE) == 2

    def test_in_color(self, case: Path) -> None:
        shown = re.sub(r"\x1b\[[0-9;]*m", "", in_garden("run", case, "--color", "always", width=100).out)
        assert self.TITLE in " ".join(shown.split())

    def test_in_json(self, case: Path) -> None:
        assert in_garden("run", case, "--format", "json").data["cases"][0]["case"] == self.TITLE

    def test_in_markdown(self, case: Path) -> None:
        shown = in_garden("run", case, "--format", "markdown").out
        tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(shown)
        inline = [part for token in tokens for part in token.children or ()]
        kinds = {part.type for part in [*tokens, *inline]}
        assert kinds <= {
            "heading_open",
            "heading_close",
            "paragraph_open",
            "paragraph_close",
            "inline",
            "text",
            "text_special",
            "strong_open",
            "strong_close",
            "bullet_list_open",
            "bullet_list_close",
            "ordered_list_open",
            "ordered_list_close",
            "list_item_open",
            "list_item_close",
        }
        read = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
        assert read[0] == self.TITLE
        assert self.NOTE in read

    def test_the_name_of_a_file_too(self, tmp_path: Path) -> None:
        file = tmp_path / "x\x1b[31m\u202e\x9b.yaml"
        file.write_text("case: A\n")
        data = in_garden("run", file, "--format", "json")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", data.out)
        assert data.data["cases"][0]["file"] == str(file)
        file.write_text("cse: A\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", in_garden("run", file).err)

    def test_names_typed_at_the_shell_too(self) -> None:
        for arguments in (
            ("summary", "\x1b[31m"),
            ("run", "\x1b[31m"),
            ("run", "empty", "--as-of", "\x1b[31m"),
            ("\x1b[31m",),
        ):
            assert ANSI not in inside(*arguments).err


@pytest.mark.parametrize("other", ["base.yaml", "./base.yaml"])
def test_what_is_wrong_in_a_file_that_two_cases_rest_on_is_said_once(tmp_path: Path, other: str) -> None:
    (tmp_path / "base.yaml").write_text("case: Base\nanswers:\n  tree.knd: oak\n  tree.nest: perhaps\n")
    (tmp_path / "mine.yaml").write_text("case: Mine\nbased_on: base.yaml\nanswers: {}\n")
    done = pathways("run", "mine.yaml", other, "--rules", str(GARDEN), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("[unknown-fact]") == 1
    assert done.stderr.rstrip().endswith("2 errors in 1 file")


@pytest.mark.parametrize(
    "words",
    [
        ["rules", "coverage", "--about", "cut-back"],
        ["rules", "coverage", "--avenue", "cut-back"],
        ["rules", "coverage", "--avenue=cut-back"],
    ],
)
def test_an_avenue_is_chosen_by_either_name_of_the_option(words: list[str]) -> None:
    first = inside("rules", "coverage", "--about", "cut-back", "--rules", GARDEN)
    assert inside(*words, "--rules", GARDEN).out == first.out
    assert "--avenue" not in inside("rules", "coverage", "--help").out


def test_another_name_is_no_option_where_there_is_none() -> None:
    done = inside("run", "--avenue", "cut-back", "--rules", GARDEN)
    assert done.code == 2
    assert "--about" not in done.err
