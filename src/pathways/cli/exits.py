"""Exit codes: one enum, one table in docs/exit-codes.md, one test that they agree."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    BAD_INPUT = 2
    INTERNAL = 3
    INTERRUPTED = 130


MEANING = {
    Exit.DONE: "done",
    Exit.FAILED: "an expectation or a check failed",
    Exit.BAD_INPUT: "bad input or usage, or questions still open at the end of piped answers",
    Exit.INTERNAL: "a bug in pathways",
    Exit.INTERRUPTED: "interrupted",
}
