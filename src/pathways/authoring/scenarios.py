"""The scenarios of a rulebook, all of them side by side in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from pathways.assessment.view import View
from pathways.case import Case, read_case
from pathways.diagnostics import Problem, RefusedError
from pathways.logic import Lanes
from pathways.logic.lanes import Planes, evaluate
from pathways.logic.structure import bits
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.files import named_below

#: Where the scenarios of a rulebook stand, beside its rules.
FOLDERS = ("scenarios", "cases")


class Scenarios:
    """The cases that a rulebook is tested by, one lane each. A case without a day is assessed as of ``today``."""

    def __init__(self, rulebook: Rulebook, cases: Iterable[Case], today: str = "") -> None:
        self.rulebook = rulebook
        today = today or date.today().isoformat()
        self.cases = tuple(one if one.as_of else replaced(one, as_of=today) for one in cases)

    @cached_property
    def lanes(self) -> Lanes:
        """What is known of every question, and what the clocks say, in every case."""
        answers = [View(self.rulebook, case, case.as_of).answers for case in self.cases]
        return Lanes.of(self.rulebook.statements, answers)

    @cached_property
    def planes(self) -> Mapping[int, Planes]:
        """Every statement of the rulebook in every lane, by plain evaluation."""
        return evaluate(self.rulebook.statements, self.lanes)

    @cached_property
    def assessed(self) -> Mapping[str, int]:
        """For each avenue the lanes (as a mask) of the cases that ask about it."""
        return {
            name: sum(1 << lane for lane, case in enumerate(self.cases) if not case.about or name in case.about)
            for name in self.rulebook.avenues
        }

    def of(self, lanes: int) -> Sequence[Case]:
        """The cases of some lanes (a mask)."""
        return [self.cases[lane] for lane in bits(lanes)]


def scenario_folder(rulebook: Path) -> Path | None:
    """Where the scenarios of the rulebook in a folder stand, if it has any."""
    return next((rulebook / name for name in FOLDERS if (rulebook / name).is_dir()), None)


def read_scenarios(folder: Path, rulebook: Rulebook) -> list[Case]:
    """Every case in a folder and the folders below it.

    Raises :class:`~pathways.diagnostics.RefusedError` with the problems of all files.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for path in named_below(folder):
        try:
            cases.append(read_case(path, rulebook))
        except RefusedError as refused:
            problems.extend(refused.problems)
    if problems:
        raise RefusedError(problems)
    return cases
