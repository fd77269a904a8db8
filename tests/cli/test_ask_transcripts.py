"""Whole interviews as a person at a terminal sees them, kept in files that read well.

``UPDATE_SNAPSHOTS=1 pytest tests/cli/test_ask_transcripts.py`` rewrites them; read the difference before it is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from pathways.cli.exits import Exit
from tests.cli.inside import Step, Talked, talk
from tests.interview.library import LIBRARY
from tests.places import GARDEN

TRANSCRIPTS = Path(__file__).parent / "transcripts"
FILE = Path("my-case.yaml")


def everything() -> Talked:
    """One of each: why, a slip, don't know, disputed, a note, back, so far, going over all answers."""
    steps = ["?", "the moon", "old m", "1/7/2026", "7 jan 2026", "n", "her card of the old house", "1", "u"]
    steps += [
        "d",
        "Ann",
        "she heard it at the desk",
        "the desk",
        "",
        "b",
        "",
        "so far",
        "r",
        "2",
        "6 jan 2026",
        "",
        "n",
    ]
    steps += ["no", "?", "no", "no", "r", "4", "no", "", "", "s"]
    return talk([*steps, ""], FILE)


def stopped_and_resumed() -> Talked:
    """Stopping saves nothing anew: it is all there; and it goes on at the first question that still matters."""
    first = talk(["OM", "u", "q"], FILE)
    second = talk(["guest", "no", ""], FILE)
    return Talked(second.code, f"{first.seen}\n$ pathways ask {FILE}\n\n{second.seen}")


def without_a_file() -> Talked:
    """Nothing is written until a name is given."""
    return talk(["OM", "q", str(FILE)])


def changed_meanwhile() -> Talked:
    """Another interview changes the file; nothing is lost, and another name is asked for."""

    talk(["OM", "q"], FILE)
    steps: list[Step] = ["2026", lambda: talk(["b", "b", "HS", "q"], FILE), "1", "my-case-2.yaml", "q"]
    return talk(steps, FILE)


def only_one_avenue() -> Talked:
    """Only what one avenue needs is asked."""
    return talk(["OM", "no", "", ""], about=["read-here"])


def asked_on() -> Talked:
    """What changes no standing is asked only of those who want it, under the same topics."""
    steps = ["oak", "yes", "yes", "1980", "HL", "no", "m", "b", "", "no", "yes", "", ""]
    return talk(steps, rules=GARDEN)


def words_of_law() -> Talked:
    """A word that is asked for is explained; another gets what comes near it; the question is asked again."""
    return talk(["OM", "u", "1", "no", "?", "? desk copies", "? desk", "? catalogue", "? why", "q", ""])


def a_tree() -> Talked:
    """Another subject: time limits, and a dispute that a court must decide."""
    return talk(["?", "u", "?", "q", ""], rules=GARDEN)


STORIES: dict[str, Callable[[], Talked]] = {
    story.__name__.replace("_", "-"): story
    for story in (
        everything,
        stopped_and_resumed,
        without_a_file,
        changed_meanwhile,
        only_one_avenue,
        asked_on,
        words_of_law,
        a_tree,
    )
}


@pytest.mark.parametrize("name", STORIES)
def test_an_interview_reads_well(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with chdir(tmp_path):
        talked = STORIES[name]()
    assert talked.code in (Exit.DONE, Exit.INTERRUPTED)
    seen = re.sub(rf"--rules ({re.escape(str(LIBRARY))}|{re.escape(str(GARDEN))})", "--rules RULES", talked.seen)
    file = TRANSCRIPTS / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(seen, encoding="utf-8")
    assert seen == file.read_text(encoding="utf-8")
    assert max(map(len, seen.splitlines())) <= 80


def test_every_transcript_is_of_a_story() -> None:
    assert {file.stem for file in TRANSCRIPTS.glob("*.txt")} == set(STORIES)
