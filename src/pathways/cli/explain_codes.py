"""``pathways rules explain``: what the codes of problems mean."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from pathways.authoring.codes import Code, codes
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import chosen

#: What a code is, by how the command ends.
_KINDS = {
    Exit.BAD_INPUT: "The files are refused (exit code 2)",
    Exit.FAILED: "The files can be read, and something is wrong (exit code 1)",
    Exit.DONE: "Warnings (exit code 0)",
}


def explain_codes(environment: Environment, names: Sequence[str]) -> Exit:
    """The named codes in full, or all of them in a line each."""
    found = chosen(names, codes(), "code")
    lines = _in_full(found, environment.width) if names else _listed(found, environment.width)
    environment.out("\n".join(lines))
    return Exit.DONE


def _in_full(found: Sequence[Code], width: int) -> Iterator[str]:
    for number, code in enumerate(found):
        if number:
            yield ""
        yield code.name
        yield "-" * len(code.name)
        yield from textwrap.wrap(code.means, width)
        if code.example:
            yield ""
            yield "For example:"
            yield f"    {code.example}"
        yield ""
        yield from textwrap.wrap(f"To mend it: {code.mend}", width)
        yield from textwrap.wrap(_ends(code), width)


def _ends(code: Code) -> str:
    level = "a warning" if code.exit == Exit.DONE else "an error"
    return f"It is {level}: by itself it ends `{code.command}` with exit code {code.exit}."


def _listed(found: Sequence[Code], width: int) -> Iterator[str]:
    yield from textwrap.wrap("One of them in full: pathways rules explain CODE", width)
    for end, title in _KINDS.items():
        yield ""
        yield title
        yield "-" * min(len(title), width)
        for code in found:
            if code.exit == end:
                first = f"{code.means.partition('. ')[0].removesuffix('.')}."
                yield from textwrap.wrap(f"{code.name}: {first}", width, subsequent_indent="    ")
