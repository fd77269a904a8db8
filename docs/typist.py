"""Types an interview at a real terminal, for a transcript: each line is typed when its question is on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pexpect

PROMPT = "\r\n> "
COLUMNS = 80


def typed(
    command: Sequence[str], answers: Mapping[str, Sequence[str]], environment: Mapping[str, str], folder: str
) -> list[str]:
    """What is seen, line by line. ``answers`` are the lines to type by the beginning of what is asked; else ``u``.

    What is asked several times takes its next line each time; after its last line, Enter.
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
    seen = ""
    while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
        shown = str(child.before)
        seen += shown + PROMPT
        child.sendline(_next(" ".join(shown.split()), left))
    child.close()
    text = (seen + str(child.before)).replace("\r", "")
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n").split("\n")


def _next(shown: str, left: dict[str, list[str]]) -> str:
    """The line to type: for what was asked last of all that there is an answer to."""
    found = max(left, key=lambda asked: shown.rfind(asked), default="")
    if not found or shown.rfind(found) < 0:
        return "u"
    lines = left[found]
    return lines.pop(0) if lines else ""
