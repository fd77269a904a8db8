"""A rulebook on parking fines, made up for tests: deadlines, a waiting period, towns with laws of their own.

The ticket stands on the car on Tuesday 2026-01-06, so that the two weeks for an objection end on Tuesday 2026-01-20;
the day before that is a public holiday, and the last safe day is the Friday before it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pathways.assessment import Assessment, AvenueResult, DeadlineResult, WaitResult, assess
from pathways.case import Case, Given
from pathways.rulebook import Rulebook, read_rulebook
from tests.places import RULEBOOKS

FINES = RULEBOOKS / "fines"
CASES = FINES / "cases"

Answers = Mapping[str, str | Given]
UNKNOWN = Given("unknown")
DISPUTED = Given("disputed", ("yes", "no"))

#: Nothing is in the way of an objection but time.
TICKET: dict[str, str | Given] = {
    "fine.placed-on": "2026-01-06",
    "fine.town": "AB",
    "fine.paid": "no",
    "fine.repeat": "no",
    "fine.photo": "yes",
    "fine.camera": "no",
    "fine.poor": "yes",
}
#: Nothing is in the way of an appeal but time.
REFUSED: dict[str, str | Given] = {
    **TICKET,
    "objection.sent": "yes",
    "objection.sent-on": "2026-01-13",
    "objection.refused": "yes",
    "objection.refused-on": "2026-02-10",
}


@cache
def fines(*changes: tuple[str, str, str]) -> Rulebook:
    """The rulebook; each change is a file under ``rules/``, what stands there once, and what to write instead.

    Instead of nothing, a new file is written.
    """
    with TemporaryDirectory() as folder:
        shutil.copytree(FINES, folder, dirs_exist_ok=True)
        for name, old, new in changes:
            path = Path(folder, "rules", name)
            text = path.read_text(encoding="utf-8") if old else ""
            assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
        return read_rulebook(Path(folder))


def case(answers: Answers, **parts: tuple[str, ...]) -> Case:
    """A case with these answers; a plain text is a plain answer."""
    given = {name: one if isinstance(one, Given) else Given.known(one) for name, one in answers.items()}
    return Case("A fine", answers=given, **parts)  # type: ignore[arg-type]


def assessed(answers: Answers, as_of: str, rulebook: Rulebook | None = None) -> Assessment:
    """What the rules make of these answers on a day."""
    return assess(rulebook or fines(), case(answers), as_of)


def avenue(answers: Answers, as_of: str, name: str, rulebook: Rulebook | None = None) -> AvenueResult:
    """How one avenue stands on a day."""
    results = assessed(answers, as_of, rulebook).avenues
    return next(result for result in results if result.avenue.id == name)


def limit(answers: Answers, as_of: str, name: str, rulebook: Rulebook | None = None) -> DeadlineResult | None:
    """A time limit (``avenue/id``) as it is shown on a day, if it is."""
    found = assessed(answers, as_of, rulebook).deadlines
    return next((one for one in found if f"{one.avenue}/{one.id}" == name), None)


def shown(answers: Answers, as_of: str, name: str, rulebook: Rulebook | None = None) -> DeadlineResult:
    """A time limit that is shown on a day."""
    one = limit(answers, as_of, name, rulebook)
    assert one is not None, f"{name} is not shown"
    return one


def wait(answers: Answers, as_of: str, rulebook: Rulebook | None = None) -> WaitResult:
    """The waiting period for an appeal."""
    (one,) = assessed(answers, as_of, rulebook).waits
    return one


def notes(one: DeadlineResult) -> str:
    """What is said beside a time limit."""
    return " ".join(note.text for note in one.notes)
