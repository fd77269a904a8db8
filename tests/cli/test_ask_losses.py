"""No given answer is lost and no file is damaged, whatever ends an interview or stands in its way."""

from __future__ import annotations

import errno
import io
import os
import random
import resource
import select
import signal
import stat
import time
from pathlib import Path

import pytest

from pathways.case import Given, read_case
from pathways.cli.ask import ask_questions
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.guard import guarded
from tests.cli.asking import answered, pipe
from tests.cli.inside import DAY, Step, talk
from tests.interview.library import LIBRARY, library

LINES = ("OM", "7 Jan 2026", "1", "no", "no", "no", "no")
NAMES = ("visit.branch", "visit.date", "reader.kind", "reader.fines", "book.reference", "book.on-loan", "book.rare")
GIVEN = dict(zip(NAMES, ("OM", "2026-01-07", "adult", "no", "no", "no", "no"), strict=True))

# -- killed ------------------------------------------------------------------------------------------

KILLS = 200


class Victim:
    """An interview in a process of its own, that is spoken to through pipes and can be killed at any moment."""

    def __init__(self, file: Path) -> None:
        typed_from, self.typed = os.pipe()
        self.seen, shown_to = os.pipe()
        self.said = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.typed)
            os.close(self.seen)
            streams = os.fdopen(typed_from, "r"), io.StringIO(), os.fdopen(shown_to, "w")
            environment = Environment(*streams, rules=LIBRARY, color="never")
            guarded(environment, lambda environment: ask_questions(environment, file, DAY))
            os._exit(0)
        os.close(typed_from)
        os.close(shown_to)

    def prompts(self, wanted: int) -> int:
        """How many prompts were shown; waits until there are as many as wanted, or no more can come."""
        while self.said.count(b"\n> ") < wanted:
            ready, _, _ = select.select([self.seen], [], [], 30)
            assert ready, "the interview hangs"
            if not (more := os.read(self.seen, 65536)):
                break
            self.said += more
        return self.said.count(b"\n> ")

    def types(self, line: str) -> None:
        """Type a line."""
        os.write(self.typed, f"{line}\n".encode())

    def killed(self) -> int:
        """Kill it without warning: how many prompts were shown before."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        shown = self.prompts(10_000)
        os.close(self.typed)
        os.close(self.seen)
        return shown


def test_killed_200_times_at_random_moments_every_acknowledged_answer_is_there(tmp_path: Path) -> None:
    chance = random.Random(4)
    file = tmp_path / "case.yaml"
    library()  # read before the first fork, once for all
    in_the_middle = 0
    for _ in range(KILLS):
        before = answered(file) if file.exists() else {}
        if len(before) == len(NAMES):
            file.unlink()
            before = {}
        left = list(zip(NAMES, LINES, strict=True))[len(before) :]
        victim = Victim(file)
        victim.prompts(1)
        typed = chance.randrange(len(left)) + 1
        for number, (_, line) in enumerate(left[:typed], 1):
            victim.types(line)
            if number < typed:
                victim.prompts(number + 1)
        time.sleep(chance.random() * 0.012)
        # At a prompt every answer before it is acknowledged. Without one more, the last was not.
        acknowledged = min(victim.killed() - 1, len(left))
        after = answered(file) if file.exists() else {}
        kept = len(before) + acknowledged
        assert list(after)[:kept] == list(NAMES[:kept])
        assert len(after) <= kept + 1
        assert all(given == Given.known(GIVEN[name]) for name, given in after.items())
        if file.exists():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        in_the_middle += acknowledged < typed
    assert in_the_middle > KILLS // 20, "some kills came before the answer was acknowledged"
    talk(["b", "", "q"], file)
    talk([*LINES, ""], file)
    talk(["b", "u", "", ""], file)
    assert [one.name for one in tmp_path.iterdir()] == ["case.yaml"], "what was half-written is cleared away"


# -- two interviews on one file -----------------------------------------------------------------------


def test_a_file_changed_meanwhile_is_left_alone_and_another_name_is_asked_for(tmp_path: Path) -> None:
    file, other = tmp_path / "case.yaml", tmp_path / "other.yaml"
    talk(["OM", "q"], file)
    theirs: list[Step] = [lambda: talk(["2025", "q"], file), "2026", str(other), "1", "q"]
    talked = talk(theirs, file)
    assert "it was changed meanwhile, perhaps by another interview. It is left as it is." in talked.words
    assert answered(file)["visit.date"] == Given.known("2025")
    found = answered(other)
    assert (found["visit.date"], found["reader.kind"]) == (Given.known("2026"), Given.known("adult"))


def test_two_interviews_that_begin_one_new_file(tmp_path: Path) -> None:
    file, other = tmp_path / "case.yaml", tmp_path / "other.yaml"
    talked = talk([lambda: talk(["HS", "q"], file), "OM", str(other), "q"], file)
    assert "NOT SAVED" in talked.words
    assert answered(file) == {"visit.branch": Given.known("HS")}
    assert answered(other) == {"visit.branch": Given.known("OM")}


def test_a_file_that_is_gone_is_not_made_anew_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    talked = talk(["OM", file.unlink, "2026", "", "q"], file)
    assert f"NOT SAVED in {file}: it was moved or removed meanwhile." in talked.words
    assert not file.exists()
    assert "what you answered since is NOT saved" in talked.words


def test_a_changed_file_ends_piped_answers_with_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    talk(["OM", "q"], file)
    text = file.read_text()
    monkeypatch.setattr("pathways.cli.ask.digest_of", lambda path: "another")
    screen = io.StringIO()
    environment = Environment(io.StringIO("2026\n"), screen, screen, rules=LIBRARY, color="never")
    assert guarded(environment, lambda environment: ask_questions(environment, file, DAY)) is Exit.BAD_INPUT
    assert "changed meanwhile" in " ".join(screen.getvalue().split())
    assert "Overview" in screen.getvalue()
    assert file.read_text() == text


# -- disks ---------------------------------------------------------------------------------------------

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EACCES: "you may not write there",
    errno.EROFS: "that disk can only be read",
    errno.EIO: "Input/output error",
}


@pytest.mark.parametrize("number", REASONS)
@pytest.mark.parametrize("step", ["os.replace", "os.fsync", "tempfile.mkstemp"])
def test_what_a_disk_refuses_is_said_in_plain_words_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    file, other = tmp_path / "case.yaml", tmp_path / "other.yaml"
    talk(["OM", "q"], file)
    text = file.read_text()

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    patch = pytest.MonkeyPatch()
    steps: list[Step] = [lambda: patch.setattr(step, fails), "2026", patch.undo, str(other), "1", "q"]
    talked = talk(steps, file)
    assert f"NOT SAVED in {file}: {REASONS[number]}." in talked.words
    assert file.read_text() == text
    assert list(answered(other)) == ["visit.branch", "visit.date", "reader.kind"]
    assert {one.name for one in tmp_path.iterdir()} == {"case.yaml", "other.yaml"}


def test_going_on_without_saving_saves_everything_as_soon_as_it_can(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    talk(["OM", "q"], file)
    patch = pytest.MonkeyPatch()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    steps: list[Step] = [lambda: patch.setattr("os.replace", full), "2026", patch.undo, "", "1", "q"]
    assert "are saved in" in talk(steps, file).words
    assert list(answered(file)) == ["visit.branch", "visit.date", "reader.kind"]


@pytest.mark.parametrize("bytes_left", [0, 1, 60])
def test_a_file_may_not_grow(tmp_path: Path, bytes_left: int) -> None:
    file = tmp_path / "case.yaml"
    pipe("OM\n", file)
    text = file.read_text()
    done = pipe("2026\n", file, limits=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left)))
    assert done.returncode == Exit.BAD_INPUT
    assert "the disk takes no more, or this file is too large for it" in " ".join(done.stderr.split())
    assert file.read_text() == text
    assert [one.name for one in tmp_path.iterdir()] == ["case.yaml"]


# -- the end of input, and nonsense -------------------------------------------------------------------


@pytest.mark.parametrize("given", range(len(LINES) + 1))
def test_the_end_of_input_at_every_question(tmp_path: Path, given: int) -> None:
    file = tmp_path / "case.yaml"
    piped = pipe("".join(f"{line}\n" for line in LINES[:given]), file)
    assert piped.returncode == (Exit.DONE if given == len(LINES) else Exit.BAD_INPUT)
    assert given == len(LINES) or f"Still open: {NAMES[given]}: " in piped.stderr
    assert (list(answered(file)) if given else []) == list(NAMES[:given])
    at_terminal = tmp_path / "terminal.yaml"
    talked = talk(LINES[:given], at_terminal)
    assert talked.code is Exit.INTERRUPTED
    assert (list(answered(at_terminal)) if given else []) == list(NAMES[:given])
    assert ("are saved in" if given > 1 else "is saved in" if given else "Nothing was written") in talked.words


NONSENSE = (
    "",
    "   ",
    "\x00",
    "🙂",
    "?" * 50,
    "a" * 100_000,
    "%s%n",
    "'; DROP",
    "\x1b[2J",
    "-1",
    "99",
    "yes no",
    "\t",
    "NaN",
)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_at_every_prompt_loses_no_question_and_no_answer(tmp_path: Path, nonsense: str) -> None:
    file = tmp_path / "case.yaml"
    steps: list[Step] = []
    for line in LINES:
        steps += [nonsense, line]
    talked = talk([*steps, nonsense, "", ""], file)
    assert "Traceback" not in talked.seen
    assert "this is a bug" not in talked.seen
    given = answered(file)
    # A number may be an answer; every other question is still there to be answered.
    assert nonsense == "99" or list(given) == list(NAMES)


@pytest.mark.parametrize("seed", range(30))
def test_typing_at_random_never_fails_and_the_file_can_always_be_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    words = [
        *LINES,
        "?",
        "b",
        "r",
        "r 1",
        "r 99",
        "u",
        "d",
        "n",
        "n a note",
        "so far",
        "s",
        "",
        "1",
        "2",
        "yes",
        "x",
        "-",
    ]
    file = tmp_path / "case.yaml"
    talked = talk([chance.choice(words) for _ in range(60)], file)
    assert talked.code in (Exit.DONE, Exit.INTERRUPTED), talked.seen
    assert "this is a bug" not in talked.seen
    if file.exists():
        again = read_case(file, library())
        assert again.saved_with == "town-library 1.0"
