"""The interview through a pipe: one answer a line."""

from __future__ import annotations

import re
import resource
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pathways.case import Given, read_case
from pathways.cli.exits import Exit
from tests.cli.asking import ALL, COMMAND, answered, environment, pipe
from tests.interview.library import LIBRARY, library


def test_every_answer_given_ends_with_the_result_and_code_0() -> None:
    done = pipe(ALL)
    assert done.returncode == Exit.DONE
    assert "Taking the book home" in done.stdout
    assert "No question is left" in done.stderr
    assert "At which branch" not in done.stdout
    assert "Still open" not in done.stderr


def test_at_the_end_of_input_the_result_so_far_and_the_open_question() -> None:
    done = pipe("OM\n")
    assert done.returncode == Exit.BAD_INPUT
    assert "Reading the book in the house" in done.stdout
    assert done.stderr.endswith("Still open: visit.date: On what day do you ask?\n")


def test_an_empty_pipe_names_the_first_question() -> None:
    done = pipe("")
    assert done.returncode == Exit.BAD_INPUT
    assert "Still open: visit.branch" in done.stderr
    assert done.stdout


def test_a_closed_input_is_an_empty_pipe() -> None:
    done = pipe("", command=["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND])
    assert done.returncode == Exit.BAD_INPUT
    assert "Still open: visit.branch" in done.stderr


def test_a_last_line_without_its_end_is_an_answer() -> None:
    assert pipe(ALL.rstrip("\n")).returncode == Exit.DONE


def test_lines_with_windows_ends_and_a_mark_before_the_first() -> None:
    assert pipe(b"\xef\xbb\xbf" + ALL.replace("\n", "\r\n").encode()).returncode == Exit.DONE


def test_a_wrong_line_is_named_and_the_question_stays() -> None:
    done = pipe("Old Markt\n\n" + ALL)
    assert done.returncode == Exit.DONE
    assert "line 1: `Old Markt` is none of the answers. Did you mean Old Market?" in " ".join(done.stderr.split())
    assert "line 2: Type an answer." in done.stderr


def test_a_date_that_can_be_read_in_two_ways_is_not_guessed() -> None:
    done = pipe("OM\n1/7/2026\n")
    assert "line 2: 1/7/2026 can mean 7 January 2026 or 1 July 2026." in " ".join(done.stderr.split())
    assert "Still open: visit.date" in done.stderr


def test_what_has_just_become_settled_is_said_in_plain_words() -> None:
    said = " ".join(pipe(ALL).stderr.split())
    assert "Now settled: Taking it home: can be tried. “Can be tried” says only" in said
    assert "Now settled: Reading it here: can be tried." in said
    assert said.count("does not say that it is likely") == 1
    for word in ("likely to win", "good chance"):
        assert word not in said


def test_only_questions_that_can_still_change_something_are_asked() -> None:
    asked = pipe("HS\n7 Jan 2026\nguest\n").stderr
    assert "Are there unpaid fines" not in asked
    assert "Is it a rare book?" not in asked
    assert "No question is left" in asked


def test_back_keeps_later_answers_and_enter_keeps_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("OM\n7 Jan 2026\n1\nb\nb\n2025\nb\n\nno\n", path)
    assert "Your answer: 7 January 2026. Enter keeps it." in done.stderr
    assert answered(path) == {
        "visit.branch": Given.known("OM"),
        "visit.date": Given.known("2025"),
        "reader.kind": Given.known("adult"),
        "reader.fines": Given.known("no"),
    }


def test_back_at_the_first_question_stays_there() -> None:
    assert "line 1: This is the first question." in pipe("b\n").stderr


def test_help_says_what_is_meant_where_to_find_out_and_what_hangs_on_it() -> None:
    said = " ".join(pipe("?\n").stderr.split())
    assert "Name the branch whose desk you go to." in said
    assert "Where to find out: The sign over the door." in said
    source = "(House rules of the town library, line 4)"
    assert f"What can still hang on it: - Reading it here: it needs: The branch has a reading room {source}." in said
    assert "don't know: settles nothing; it goes on the list of what to find out." in said


def test_keys_are_said_at_the_start_and_on_help_and_not_at_each_question() -> None:
    assert " ".join(pipe(ALL).stderr.split()).count("q stops") == 1
    assert " ".join(pipe("?\n?\n" + ALL).stderr.split()).count("q stops") == 2


def test_so_far_names_every_avenue_and_never_reads_as_likely() -> None:
    said = " ".join(pipe("OM\n2026\n1\nno\nno\nno\nso far\n").stderr.split())
    assert "So far, on 6 answers: Taking it home: can be tried. You ask at the desk. Track record: usual route." in said
    assert "Not enough answers yet: Reading it here. “Can be tried” says only" in said
    assert "Does not apply here: Taking it home." in " ".join(pipe("OM\n2026\nguest\nso far\n").stderr.split())


def test_topics_and_safety_words_are_shown_once() -> None:
    said = pipe(ALL + "").stderr
    again = pipe("OM\n7 Jan 2026\n1\nb\nb\n\n\nno\n").stderr
    for shown in (said, again):
        assert shown.count("The desk may ask for your card.") == 1
    assert said.count("\nPart 2 of 3: You and your card\n") == 1
    assert said.index("The desk may ask for your card.") < said.index("Who is asking?")


def test_disputed_takes_no_further_lines_from_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    pipe("d OM or HS\nd\nd 7 Jan 2026 or 2025\nd\nd\n", path)
    found = answered(path)
    assert found["visit.branch"].options == ("OM", "HS")
    assert found["visit.date"].options == ("2026-01-07", "2025")
    assert found["reader.kind"] == Given("disputed", ("adult", "child", "guest"))
    # With who asks and the day disputed, fines change nothing any more: the next question is another.
    assert "reader.fines" not in found
    assert found["book.reference"] == Given("disputed", ("yes", "no"))


def test_stop_in_a_pipe_is_the_end_of_input() -> None:
    done = pipe("OM\nq\nno\n")
    assert done.returncode == Exit.BAD_INPUT
    assert "Still open: visit.date" in done.stderr


def test_save_in_a_pipe_takes_the_name_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "later.yaml"
    done = pipe(f"OM\ns\ns {path}\n2026\n")
    assert "line 2: Type s and a file name" in done.stderr
    assert set(answered(path)) == {"visit.branch", "visit.date"}
    assert re.fullmatch(r"Answers of \d+ \w+ \d{4}", read_case(path, library()).title)


def test_save_never_overwrites_another_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("precious")
    assert "is there already" in " ".join(pipe(f"OM\ns {path}\n").stderr.split())
    assert path.read_text() == "precious"


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    subprocess.run(COMMAND, input=ALL.encode(), capture_output=True, cwd=tmp_path, env=environment(), check=True)
    assert list(tmp_path.iterdir()) == []


def test_quiet_still_asks_and_shows_safety_words() -> None:
    done = pipe(ALL, "-q")
    assert "Made up for tests" not in done.stderr
    assert "Now settled" not in done.stderr
    assert "Are there unpaid fines on the card?" in done.stderr
    assert "The desk may ask for your card." in done.stderr


def test_a_day_after_today_is_asked_about_and_kept_if_it_is_typed_again(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("OM\n7 Jan 2027\n7 Jan 2027\n", path, "--as-of", "2026-02-03")
    said = " ".join(done.stderr.split())
    assert "line 2: That day is after 3 Feb 2026, the day taken as today." in said
    assert "line 3" not in said
    assert answered(path)["visit.date"] == Given.known("2027-01-07")


@pytest.mark.parametrize("typed", ["1 Jan 2199", "2199-01", "2199", "d 2025 or 2199"])
def test_a_day_after_today_leaves_the_question_open(typed: str) -> None:
    said = " ".join(pipe(f"OM\n{typed}\n").stderr.split())
    assert re.search(r"line 2: That (day )?is after today \(\d+ \w{3} \d{4}\)\. Type the right date", said)
    assert "Still open: visit.date" in said


def test_the_year_and_the_month_of_today_are_not_after_it(tmp_path: Path) -> None:
    for typed in ("2026", "Feb 2026", "3 Feb 2026"):
        assert "after" not in pipe(f"OM\n{typed}\n", "--as-of", "2026-02-03").stderr


def test_one_of_several_answers_when_it_is_not_known_which(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("old market or HS\n2026\n1 or 3\n", path)
    assert "Noted: Old Market or High Street; not known which." in " ".join(done.stderr.split())
    found = answered(path)
    assert found["visit.branch"] == Given("one-of", ("OM", "HS"))
    assert found["reader.kind"] == Given("one-of", ("adult", "guest"))


def test_sentences_begin_with_a_capital_letter() -> None:
    said = " ".join(pipe("OM\n2026\n1\nno\nno\nno\nso far\n").stderr.split())
    assert re.search(r"can be tried\. [A-Z]", said)
    assert not re.search(r"[a-z]{3}\. [a-z]", said)


@pytest.mark.parametrize("name", ["case.yaml", "my case.yaml", "../here/case.yaml"])
def test_a_file_is_called_what_the_person_called_it(tmp_path: Path, name: str) -> None:
    tmp_path = tmp_path / "here"
    tmp_path.mkdir()
    done = pipe("OM\n", command=["sh", "-c", f'cd "{tmp_path}" && exec "$@"', "sh", *COMMAND, name])
    said = " ".join(done.stderr.split())
    assert f"Your answers are kept in {name}:" in said
    assert f"Your 1 answer is saved in {name}. To go on:" in said
    assert f"--rules {LIBRARY} {shlex.quote(name)}" in said


def test_only_what_some_avenues_need_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("OM\nno\n", path, "--about", "read-here")
    assert done.returncode == Exit.DONE
    assert "Only what these need is asked: Reading it here." in " ".join(done.stderr.split())
    assert list(answered(path)) == ["visit.branch", "book.rare"]
    assert "about" not in path.read_text(), "the file is about all of it"
    both = pipe("", path, "--about", "read-here", "--about", "borrow")
    assert "Still open: visit.date" in both.stderr
    assert f"pathways ask --rules {LIBRARY} --about read-here --about borrow {path}" in " ".join(both.stderr.split())
    wrong = pipe("", "--about", "read")
    assert wrong.returncode == Exit.BAD_INPUT
    assert "No avenue is named `read`. Did you mean `read-here`?" in wrong.stderr


def test_review_in_a_pipe_takes_the_number_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("OM\n2026\nr\nr 1\nHS\nr 7\n1\n", path)
    assert "1. Branch: Old Market." in done.stderr
    assert "line 6: Type a number from 1 to 2" in " ".join(done.stderr.split())
    assert answered(path)["visit.branch"] == Given.known("HS")
    assert "reader.kind" in answered(path)


def test_a_note_in_a_pipe_stands_on_its_line_and_is_on_disk_at_once(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    done = pipe("OM\nn\nn asked at the door\nn: twice\n", path)
    assert "line 2: Type n and the note" in " ".join(done.stderr.split())
    assert read_case(path, library()).notes == {"visit.date": "asked at the door; twice"}


# -- the file ---------------------------------------------------------------------------------------


def test_a_new_file_is_made_at_the_first_answer_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "My case.yaml"
    pipe("", path)
    assert not path.exists()
    pipe("OM\n", path, "--as-of", "2026-02-03")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_case(path, library()).title == "Answers of 3 February 2026"


def test_an_interview_goes_on_at_the_first_open_question(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    first = pipe("OM\nu\n", path)
    assert f"pathways ask --rules {LIBRARY} {path}" in " ".join(first.stderr.split())
    second = pipe("1\n", path)
    assert f"Going on with {path}: 2 answers kept." in " ".join(second.stderr.split())
    assert "Questions come one at a time" not in second.stderr
    assert "At which branch" not in second.stderr
    assert "On what day" not in second.stderr, "don't know is an answer"
    assert second.stderr.index("Who is asking?") < second.stderr.index("> 1")
    assert list(answered(path)) == ["visit.branch", "visit.date", "reader.kind"]


def test_a_resumed_interview_can_go_back_to_what_the_file_answers(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    pipe("OM\n2026\n", path)
    pipe("b\nb\nHS\n", path)
    assert answered(path) == {"visit.branch": Given.known("HS"), "visit.date": Given.known("2026")}


def test_a_finished_file_shows_its_result_at_once(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    pipe(ALL, path)
    again = pipe("", path)
    assert again.returncode == Exit.DONE
    assert "Taking the book home" in again.stdout


def test_what_else_the_file_holds_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: Mine\nstory: Long ago.\nas_of: 2026-02-03\nabout: [borrow]\nanswers:\n"
        "  reader.fines: {answer: yes, by: the desk}\nexpect:\n  avenues: {borrow: undetermined}\n"
    )
    pipe("2026\n", path)
    case = read_case(path, library())
    assert (case.title, case.story, case.as_of, case.about) == ("Mine", "Long ago.", "2026-02-03", ("borrow",))
    assert case.answers["reader.fines"].said[0].by == "the desk"
    assert case.expect


@pytest.mark.parametrize("text", ["", "not: a case\n", "case: X\nanswers: {book.rar: yes}\n", "\x00"])
def test_a_file_that_is_no_case_is_refused_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text)
    done = pipe(ALL, path)
    assert done.returncode == Exit.BAD_INPUT
    assert "error[" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert path.read_text() == text


def test_a_folder_is_no_case_and_a_missing_folder_is_said_at_once(tmp_path: Path) -> None:
    assert "this is a directory" in pipe("OM\n", tmp_path).stderr
    missing = pipe("OM\n", tmp_path / "no" / "case.yaml")
    assert missing.returncode == Exit.BAD_INPUT
    assert "error[no-such-folder]" in missing.stderr
    assert "At which branch" not in missing.stderr


def no_more_room() -> None:
    """Let the process write no file at all, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_a_full_disk_is_said_and_ends_piped_answers_with_the_result_so_far(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    pipe("OM\n", path)
    before = path.read_bytes()
    done = pipe("2026\n1\n", path, limits=no_more_room)
    assert done.returncode == Exit.BAD_INPUT
    said = " ".join(done.stderr.split())
    assert "NOT SAVED in" in said
    assert "holds 1 answer; what you answered since is NOT saved." in said
    assert "Traceback" not in said
    assert "Reading the book in the house" in done.stdout
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["case.yaml"], "nothing half-written is left behind"


# -- odd input and odd streams ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_bytes_that_are_no_text_are_a_wrong_line(encoding: str) -> None:
    done = pipe(b"\xff\xfe\x00\x80\n\xc3\nS\xe3o\n" + ALL.encode(), PYTHONIOENCODING=encoding)
    assert done.returncode == Exit.DONE
    assert "line 1:" in done.stderr
    assert "Traceback" not in done.stderr


def test_typed_escapes_and_markup_do_nothing() -> None:
    done = pipe("\x1b[2J\x1b]0;owned\x07[bold]x[/]\u202e\n" + ALL)
    assert done.returncode == Exit.DONE
    assert "\x1b" not in done.stderr + done.stdout
    assert "\x07" not in done.stderr
    assert "\u202e" not in done.stderr
    assert "[bold]x[/]" in done.stderr


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_lines_fit_and_no_word_is_cut(columns: int) -> None:
    said = pipe("?\nso far\n" + ALL, COLUMNS=str(columns)).stderr
    assert max(map(len, said.splitlines())) <= min(columns, 100)
    assert "A grown-up with a card" in " ".join(said.split())


@pytest.mark.parametrize("day", ["2026-1-7", "7 Jan 2026", "2026-02-30", "soon", ""])
def test_a_bad_day_to_take_as_today_is_refused(day: str) -> None:
    done = pipe(ALL, "--as-of", day)
    assert done.returncode == Exit.BAD_INPUT
    assert "--> --as-of" in done.stderr
    assert done.stdout == ""


def test_the_day_to_take_as_today_reaches_the_result() -> None:
    assert "2026-02-03" in pipe(ALL, "--as-of", "2026-02-03").stdout
    assert "did you mean `2026-01-07`?" in pipe(ALL, "--as-of", "7 Jan 2026").stderr


def test_the_result_is_the_same_as_that_of_run(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    asked = pipe(ALL, path, "--as-of", "2026-02-03")
    run = [sys.executable, "-m", "pathways", "run", "--rules", str(LIBRARY), "--as-of", "2026-02-03"]
    assert asked.stdout == pipe("", path, command=run).stdout


# -- the shipped rules ------------------------------------------------------------------------------


def test_the_shipped_rules_can_be_answered_with_dont_know_throughout(tmp_path: Path) -> None:
    shipped = [sys.executable, "-m", "pathways", "ask"]
    path = tmp_path / "case.yaml"
    done = pipe("u\n" * 400, path, command=shipped)
    assert done.returncode == Exit.DONE
    assert "Traceback" not in done.stderr
    assert "error" not in done.stderr
    again = pipe("", path, command=shipped)
    assert again.returncode == Exit.DONE
    assert again.stdout == done.stdout
