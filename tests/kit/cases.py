"""Cases, rulebooks and the commands for the tests of the kit."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pathways.assessment import Assessment, assess
from pathways.case import Case, Given, read_case
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.guard import guarded
from pathways.rulebook import Rulebook, load_rulebook
from tests.places import RULEBOOKS, shipped_rulebook

FINES = RULEBOOKS / "fines"
DAY = "2026-01-20"

#: Text that acts where it is not inert: markup, code, escape sequences, properties and rows of other formats.
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "markup": "**bold** [link](https://x.example) <b>html</b> `code` | cell |",
    "formula": '=HYPERLINK("https://x.example","click")',
    "escape": "\x1b[31mred\x1b[0m\x07",
    "direction": "\u202eevil\u202c \u2066isolated\u2069",
    "new lines": "one\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\nATTACH:https://x.example",
    "folded": "one\r\n two\n\tthree",
    "parameters": 'x;VALUE=DATE:20200101,y\\;z\\n"quoted"',
    "long word": "a" * 5000,
    "null": "a\x00b\ufffe\uffff",
    "undecodable": "name\udcff",
    "marks": "[FILL IN: nothing] {incident.date}",
}


@cache
def fines() -> Rulebook:
    """The small rulebook with deadlines."""
    return load_rulebook(FINES)


def fined(name: str, as_of: str | None = None) -> Assessment:
    """A case of the small rulebook with deadlines."""
    return assess(fines(), read_case(FINES / "cases" / f"{name}.yaml", fines()), as_of)


def case(title: str = "A case", file: str = "case.yaml", **answers: str | Given) -> Case:
    """A case with plain answers; two underscores in a name stand for a dot, one for a hyphen."""
    return Case(
        title,
        file=file,
        answers={
            name.replace("__", ".").replace("_", "-"): Given.known(given) if isinstance(given, str) else given
            for name, given in answers.items()
        },
    )


def shot(**more: str | Given) -> Case:
    """A case of the shipped rulebook in which a family has two years."""
    facts: dict[str, str | Given] = {
        "incident__date": "2026-01-07",
        "incident__state": "MN",
        "incident__place": "state-land",
        "officer__agency": "ice",
        "harm__death": "yes",
        "person__asker": "relative",
    }
    return case("A case", "case.yaml", **{**facts, **more})


def assessed(case: Case, as_of: str = DAY) -> Assessment:
    """A case of the shipped rulebook, assessed."""
    return assess(shipped_rulebook(), case, as_of)


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    code: Exit
    out: str
    err: str


def ran(work: Callable[[Environment], Exit], rules: Path | None = None) -> Ran:
    """A command's work, with its streams caught."""
    out, err = io.StringIO(), io.StringIO()
    code = guarded(Environment(io.StringIO(), out, err, rules=rules, color="never"), work)
    return Ran(code, out.getvalue(), err.getvalue())
