"""``pathways`` alone: what it is for and what to type first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pathways import __version__
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit

PURPOSE = (
    f"pathways {__version__}: which legal avenues are open after federal immigration officers "
    "shoot, hurt or hold someone, who decides, and what stands in the way."
)
NOTICE = "Not legal advice. Nothing you type leaves this computer."
FIRST = {
    "pathways ask my-case.yaml": "answer questions; each answer is saved at once",
    "pathways ask": "the same; nothing is written unless you say so",
    "pathways run minneapolis-2026": "a case from news reports, worked through",
    "pathways summary": "each avenue: who, against whom, where, what for",
    "pathways claims": "what is said in public, and what sources say",
}
#: Narrower than this, what a command does stands below it.
WIDE_ENOUGH = 70


def welcome(environment: Environment) -> Exit:
    """Say what to type first."""
    environment.out("\n".join(_lines(environment.width)))
    return Exit.DONE


def _lines(width: int) -> Iterator[str]:
    yield from textwrap.wrap(PURPOSE, width)
    yield from textwrap.wrap(NOTICE, width)
    yield ""
    wide = max(map(len, FIRST)) + 4
    for command, what in FIRST.items():
        if width >= WIDE_ENOUGH:
            yield from textwrap.wrap(
                what, width, initial_indent=f"  {command}".ljust(wide), subsequent_indent=" " * wide
            )
        else:
            yield f"  {command}"
            yield from textwrap.wrap(what, width, initial_indent="      ", subsequent_indent="      ")
    yield ""
    yield "pathways --help lists everything."
