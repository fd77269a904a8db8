"""The interview at real terminals of several widths, as a person meets it."""

from __future__ import annotations

import re
import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from pathways.case import Given
from pathways.cli.exits import Exit
from tests.cli.asking import Terminal, answered
from tests.interview.library import LIBRARY


@pytest.fixture
def terminals() -> Iterator[Callable[..., Terminal]]:
    """Opens terminals, and closes them when the test is done."""
    opened: list[Terminal] = []

    def opens(*arguments: str | Path, columns: int = 80, **more: str) -> Terminal:
        opened.append(Terminal(*arguments, columns=columns, **more))
        return opened[-1]

    yield opens
    for one in opened:
        one.child.close(force=True)


def test_a_name_that_was_typed_with_control_characters_is_kept_without_them(
    terminals: Callable[..., Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    person.types("HS")
    person.types("2026")
    person.types("1")
    person.types("d")
    person.sees("Who says yes?")
    person.types('Ann: "the \x16\x1b[31mred\x16\x1b[0m", #1')
    person.types("")
    person.types("")
    person.types("q")
    person.ends()
    said = answered(path)["reader.fines"].said
    assert "\x1b" not in said[0].by
    assert said[0].by.startswith('Ann: "the')
    assert said[1].by == ""


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("NO_COLOR", "1")])
def test_no_escapes_where_none_are_wanted(terminals: Callable[..., Terminal], name: str, value: str) -> None:
    person = terminals(**{name: value})
    person.types("OM")
    person.presses("c")
    person.ends()
    assert "\x1b" not in person.shown


@pytest.mark.parametrize("columns", [60, 100])
def test_an_interview_from_first_to_last_line(terminals: Callable[..., Terminal], tmp_path: Path, columns: int) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path, columns=columns)
    assert "At which branch do you ask?" in person.types("the moon")
    assert "none of the answers" in person.types("old m")
    assert "Noted: Old Market." in person.types("?")
    assert "Where to find out: Your calendar." in person.types("7 jan 2026")
    person.types("1")
    person.types("b")
    assert "Enter keeps it." in person.types("2")
    assert "Is it a reference book?" in person.types("so far")
    assert "Not enough answers yet" in person.types("no")
    person.types("no")
    assert "Taking it home: can be tried" in person.types("u")
    person.sees("No question is left")
    assert "Enter shows the result." in person.types("")
    code, last = person.ends()
    assert code == Exit.DONE
    assert "Taking it home" in last
    assert "The answers this rests on" not in last, "the short page"
    assert f"To see everything: pathways run --rules {LIBRARY}" in " ".join(last.split())
    assert answered(path)["reader.kind"] == Given.known("child")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", person.shown)
    assert "\x1b" not in plain, "nothing is repainted"
    assert max(len(line) for line in plain.split("\r\n") if str(tmp_path) not in line) <= columns


@pytest.mark.parametrize("key", ["c", "d"])
def test_leaving_without_a_file_says_that_nothing_was_written(terminals: Callable[..., Terminal], key: str) -> None:
    person = terminals()
    person.types("OM")
    person.presses(key)
    code, last = person.ends()
    assert code == Exit.INTERRUPTED
    assert "Stopped. Nothing was written to disk: your 1 answer will be gone." in " ".join(last.split())


@pytest.mark.parametrize("key", ["c", "d"])
def test_leaving_with_a_file_says_what_is_saved_and_where(
    terminals: Callable[..., Terminal], tmp_path: Path, key: str
) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    person.types("OM")
    person.types("2026")
    person.presses(key)
    code, last = person.ends()
    assert code == Exit.INTERRUPTED
    assert f"Stopped. Your 2 answers are saved in {path}. To go on: pathways ask" in " ".join(last.split())
    assert len(answered(path)) == 2


@pytest.mark.parametrize("key", ["c", "d"])
@pytest.mark.parametrize("lines", ["", "OM", "OM 2026 1 d", "OM 2026 1 d Ann", "OM s", "OM d", "OM b", "OM q"])
def test_ctrl_c_and_ctrl_d_at_every_prompt(terminals: Callable[..., Terminal], lines: str, key: str) -> None:
    person = terminals()
    for line in lines.split():
        person.types(line)
    person.presses(key)
    code, last = person.ends()
    assert code == Exit.INTERRUPTED
    assert "Nothing was written to disk" in " ".join(last.split())
    assert "Traceback" not in person.shown


def test_an_interrupted_interview_goes_on_where_it_stopped(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    first = terminals(path)
    first.types("OM")
    first.presses("c")
    first.ends()
    second = terminals(path)
    assert "On what day do you ask?" in second.types("2026")
    assert "Who is asking?" in second.types("q")
    code, last = second.ends()
    assert code == Exit.DONE
    assert "Your 2 answers are saved in" in " ".join(last.split())


def test_who_says_what_is_asked_and_can_be_skipped(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    person.types("d")
    person.sees("What does one side say?")
    person.types("old market")
    person.sees("Who says so?")
    person.types("the porter")
    person.sees("What does that rest on: a video, a paper, what the porter saw?")
    person.types("his book of that day")
    person.types("nowhere")
    person.types("High Street")
    person.types("")
    assert "On what day" in person.types("d")
    person.sees("Disputed between which dates?")
    person.types("")
    assert "nothing more was noted" in person.types("2026")
    person.types("1")
    assert "Are there unpaid fines" in person.types("d")
    person.types("")
    person.types("")
    person.types("q")
    person.ends()
    found = answered(path)
    sides = [(side.answer, side.by, side.note) for side in found["visit.branch"].said]
    assert sides == [("OM", "the porter", "his book of that day"), ("HS", "", "")]
    assert found["reader.fines"] == Given("disputed", ("yes", "no"))


def test_disputed_once_more_keeps_who_says_what(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: Mine\nanswers:\n"
        "  visit.branch: {disputed: [{answer: OM, by: Ann}, {answer: HS, by: Ben}]}\n"
        "  book.rare: {disputed: [{answer: no, by: Ann}, {answer: yes}]}\n"
    )
    before = answered(path)
    person = terminals(path)
    for line in ("b", "d", "", "", "b", "b", "d", ""):
        person.types(line)
    person.types("2026")
    person.presses("c")
    person.ends()
    assert answered(path) == {**before, "visit.date": Given.known("2026")}


def test_back_from_who_says_what_leads_to_the_question(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in ("HS", "2026", "1", "d"):
        person.types(line)
    person.sees("Who says yes?")
    person.types("b")
    seen = person.types("no")
    assert "Are there unpaid fines" in seen
    assert "Your answer: disputed." in seen
    person.presses("c")
    person.ends()
    assert answered(path)["reader.fines"] == Given.known("no")


def test_stopping_without_a_file_offers_to_save(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    taken = tmp_path / "taken.yaml"
    taken.write_text("mine")
    person = terminals()
    person.types("OM")
    person.types("q")
    person.sees("To keep your answers, type a file name.")
    person.types(str(taken))
    assert "is there already" in " ".join(person.types(str(path)).split())
    code, _ = person.ends()
    assert code == Exit.DONE
    assert answered(path) == {"visit.branch": Given.known("OM")}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert taken.read_text() == "mine"


def test_at_the_end_without_a_file_everything_can_be_seen_and_saved(
    terminals: Callable[..., Terminal], tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    person = terminals()
    for line in ("OM", "7 Jan 2026", "1", "no", "no", "no", "no", ""):
        person.types(line)
    person.sees("Overview")
    person.sees("Type full to see everything, s to save, Enter to end.")
    person.types("full")
    person.sees("The answers this rests on")
    assert "Type full" in person.types("more")
    assert "That is none of these." in person.types(f"s {path}")
    code, last = person.ends()
    assert code == Exit.DONE
    assert " ".join(last.split()).count("are saved in") == 1
    assert len(answered(path)) == 7


def test_stopping_shows_the_standings_and_no_result(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    person = terminals(tmp_path / "case.yaml")
    person.types("OM")
    person.types("q")
    code, last = person.ends()
    assert code == Exit.DONE
    assert "So far, on 1 answer:" in last
    assert "Your 1 answer is saved in" in " ".join(last.split())
    assert "Before anything else" not in last
    assert len(last.splitlines()) < 20


def test_a_number_for_a_name_is_asked_about_once(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in ("HS", "2026", "1", "d"):
        person.types(line)
    person.types("1")
    person.sees("Who says yes? (a video, a neighbor: no names needed)")
    person.types("a video")
    person.sees("What does that rest on")
    for line in ("", "2", "2", "the ledger", "q"):
        person.types(line)
    person.ends()
    assert [side.by for side in answered(path)["reader.fines"].said] == ["a video", "2"]


def test_save_asks_for_a_name_and_keeps_saving_there(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals()
    person.types("OM")
    person.types("s")
    person.sees("File name?")
    person.types(str(path))
    person.types("2026")
    assert "Who is asking?" in person.types("s")
    assert "Your 2 answers are saved in" in " ".join(person.at_prompt().split())
    assert len(answered(path)) == 2


def test_a_save_that_fails_asks_for_another_file_and_loses_nothing(
    terminals: Callable[..., Terminal], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path, other = folder / "case.yaml", tmp_path / "other.yaml"
    person = terminals(path)
    person.types("OM")
    person.at_prompt()
    shutil.rmtree(folder)
    person.child.sendline("2026")
    assert "NOT SAVED in" in " ".join(person.types(str(other)).split())
    person.types("1")
    person.at_prompt()
    assert list(answered(other)) == ["visit.branch", "visit.date", "reader.kind"]


def test_a_save_that_failed_is_said_again_at_the_end(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    person = terminals(folder / "case.yaml")
    person.at_prompt()
    shutil.rmtree(folder)
    person.child.sendline("OM")
    person.types("")
    person.presses("c")
    code, last = person.ends()
    assert code == Exit.INTERRUPTED
    assert "Nothing was written to disk: your 1 answer will be gone." in " ".join(last.split())


def test_killed_at_once_no_given_answer_is_lost(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    given = ["OM", "2026", "1", "no", "no", "no"]
    names = ["visit.branch", "visit.date", "reader.kind", "reader.fines", "book.reference", "book.on-loan"]
    for number, line in enumerate(given, 1):
        person = terminals(path)
        person.types(line)
        person.at_prompt()
        person.child.kill(signal.SIGKILL)
        person.child.expect(pexpect.EOF)
        assert list(answered(path)) == names[:number]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["case.yaml"]


def test_an_answer_is_changed_by_going_over_all_of_them(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in ("OM", "2026", "1"):
        person.types(line)
    assert "Are there unpaid fines" in person.types("r")
    assert "1. Branch: Old Market." in person.types("1")
    assert "Your answer: Old Market. Enter keeps it." in " ".join(person.types("HS").split())
    assert "Type the number of another answer" in person.types("9")
    assert "Type a number from 1 to 3" in person.types("3")
    person.types("2")
    person.types("")
    assert "Is it a reference book?" in person.types("q"), "the fines of a child do not matter"
    person.ends()
    assert answered(path) == {
        "visit.branch": Given.known("HS"),
        "visit.date": Given.known("2026"),
        "reader.kind": Given.known("child"),
    }


def test_after_the_last_question_one_can_still_go_back(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in ("HS", "2026", "guest"):
        person.types(line)
    assert "Enter shows the result." in person.types("what?")
    assert "That is none of these." in person.types("b")
    assert "Who is asking?" in person.types("adult")
    assert "Are there unpaid fines" in person.types("q")
    code, _ = person.ends()
    assert code == Exit.DONE
    assert answered(path)["reader.kind"] == Given.known("adult")


def test_a_note_and_no(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in ("HS", "2026", "1", "n"):
        person.types(line)
    assert "If you mean the answer no, type no." in person.types("n")
    assert "Has the desk" not in person.types("n")
    person.types("the card was lost")
    person.presses("c")
    person.ends()
    assert answered(path)["reader.fines"] == Given.known("no")
    assert "book.reference: the card was lost" in path.read_text()


@pytest.mark.parametrize("key", ["c", "d"])
@pytest.mark.parametrize("lines", ["OM r", "OM r 1", "OM n", "HS 2026 guest", "HS 2026 guest r", "OM 2026 1 d Ann"])
def test_leaving_at_the_newer_prompts_loses_nothing(
    terminals: Callable[..., Terminal], tmp_path: Path, lines: str, key: str
) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    for line in lines.split():
        person.types(line)
    person.presses(key)
    code, last = person.ends()
    assert code == Exit.INTERRUPTED
    assert "saved in" in " ".join(last.split())
    assert len(answered(path)) == len(
        [line for line in lines.split() if line in ("OM", "HS", "2026", "1", "guest", "d")]
    ) - (lines == "OM r 1")


def test_a_window_that_is_closed_loses_no_given_answer(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    person = terminals(path)
    person.types("OM")
    person.at_prompt()
    person.child.kill(signal.SIGHUP)
    person.child.expect(pexpect.EOF)
    assert answered(path) == {"visit.branch": Given.known("OM")}


def test_two_people_at_two_terminals_with_one_file(terminals: Callable[..., Terminal], tmp_path: Path) -> None:
    path, other = tmp_path / "case.yaml", tmp_path / "other.yaml"
    one = terminals(path)
    one.types("OM")
    one.at_prompt()
    two = terminals(path)
    two.types("2025")
    two.at_prompt()
    one.child.sendline("2026")
    assert "changed meanwhile" in " ".join(one.types(str(other)).split())
    one.at_prompt()
    assert answered(path)["visit.date"] == Given.known("2025")
    assert answered(other)["visit.date"] == Given.known("2026")
