"""Types an interview at a real terminal, for a transcript: each line is typed when its question is on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import pexpect

PROMPT = "\r\n> "
COLUMNS = 80


def typed(
    command: Sequence[str], answers: Mapping[str, Sequence[str]], environment: Mapping[str, str], folder: str
) -> list[str]:
    """What is seen, line by line. ``answers`` are the lines to type by what is asked.

    What is asked several times takes its next line each time, and so does what is asked further about it; after its
    last line, Enter.
    """
    child = pexpect.spawn(
        command[0],
        list(command[1:]),
        env=dict(environment),
        cwd=folder,
        dimensions=(60, COLUMNS),
        encoding="utf-8",
        timeout=60,
    )
    left = {asked: list(lines) for asked, lines in answers.items()}
    seen = asked = ""
    while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
        shown = str(child.before)
        seen += shown + PROMPT
        asked = _asked(" ".join(shown.split()), left) or asked
        child.sendline(left[asked].pop(0) if left.get(asked) else "")
    child.close()
    text = (seen + str(child.before)).replace("\r", "")
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n").split("\n")


def _asked(shown: str, known: Iterable[str]) -> str:
    """What was asked last of all that there is an answer to; empty if nothing was."""
    last = max(known, key=lambda asked: shown.rfind(asked), default="")
    return last if last and last in shown else ""
