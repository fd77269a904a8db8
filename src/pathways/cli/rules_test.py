"""``pathways rules test``, ``coverage`` and ``mutate``: what the scenarios of a rulebook say of its rules."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.assessment import assess
from pathways.authoring.scenarios import FOLDERS, Scenarios, read_scenarios, scenario_folder
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import folder_to_write
from pathways.cli.show import chosen, write_page
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.render.authoring import (
    coverage_data,
    coverage_page,
    mutants_data,
    mutants_numbers,
    mutants_page,
    tests_data,
    tests_page,
)
from pathways.render.json_text import to_json
from pathways.render.words import count
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.locate import rulebook_folder

if TYPE_CHECKING:
    from pathways.authoring.inventing import Invented
    from pathways.case import Case


def test_rules(environment: Environment, folder: Path | None, style: str) -> Exit:
    """Every scenario as a test. Exit 1 if an expectation is not met."""
    from pathways.authoring.expected import failures

    rulebook = environment.rulebook
    assessments = [assess(rulebook, case) for case in _cases(environment, folder, rulebook)]
    tests = [(assessment, failures(assessment)) for assessment in assessments]
    if style == "json":
        environment.out(to_json(tests_data(tests)))
    else:
        write_page(environment, tests_page(rulebook, tests), style)
    return Exit.FAILED if any(failed for _, failed in tests) else Exit.DONE


def cover_rules(
    environment: Environment, folder: Path | None, style: str, about: str | None, write: Path | None
) -> Exit:
    """What the scenarios show of every condition, or of those of one avenue. Exit 1 if one is not shown, for no reason.

    A reason that does not hold is a problem as well. What a case can show is written into the folder ``write``.
    """
    from pathways.authoring.coverage import coverage, needless
    from pathways.authoring.covering import gaps, unjustified
    from pathways.authoring.inventing import Invented

    folder_to_write(write)
    scenarios = _scenarios(environment, folder)
    covered = coverage(scenarios, _avenue(scenarios.rulebook, about))
    invented = Invented(scenarios.rulebook)
    found = gaps(scenarios, covered, invented)
    problems = [*needless(covered), *unjustified(found)]
    if style == "json":
        environment.out(to_json(coverage_data(scenarios.rulebook, covered, found)))
    else:
        write_page(environment, coverage_page(scenarios.rulebook, covered, found, len(scenarios.cases)), style)
    if problems:
        from pathways.render.problems import problems_text

        environment.complain(problems_text(problems))
    _write(environment, invented, write)
    short = any(not gap.covered.written.excused and not (write and gap.search.case) for gap in found)
    return Exit.FAILED if problems or short else Exit.DONE


def mutate_rules(
    environment: Environment, folder: Path | None, style: str, at_least: int, about: str | None, write: Path | None
) -> Exit:
    """Which mutants of the rules no scenario notices. Exit 1 if fewer than ``at_least`` in a hundred are noticed.

    A case that notices one more is written into the folder ``write``.
    """
    from pathways.authoring.inventing import Invented
    from pathways.authoring.mutation import mutation
    from pathways.authoring.noticing import searched

    folder_to_write(write)
    scenarios = _scenarios(environment, folder)
    invented = Invented(scenarios.rulebook)
    tried = searched(scenarios, mutation(scenarios, _avenue(scenarios.rulebook, about)), invented)
    if style == "json":
        environment.out(to_json(mutants_data(tried)))
    else:
        write_page(environment, mutants_page(scenarios.rulebook, tried, len(scenarios.cases)), style)
    _write(environment, invented, write)
    numbers = mutants_numbers(tried)
    newly = sum(one.search is not None and one.search.case is not None for one in tried) if write else 0
    return Exit.DONE if (numbers["noticed"] + newly) * 100 >= at_least * numbers["mutants"] else Exit.FAILED


def _avenue(rulebook: Rulebook, name: str | None) -> str:
    """The name, if an avenue has it. Raises :class:`~pathways.cli.names.WrongNameError`."""
    if name:
        chosen([name], rulebook.avenues, "avenue")
    return name or ""


def _write(environment: Environment, invented: Invented, folder: Path | None) -> None:
    if folder is not None:
        written = invented.write(folder)
        environment.say(f"{count(len(written), 'case')} written into {folder}. Read each before you keep it.")


def _scenarios(environment: Environment, folder: Path | None) -> Scenarios:
    """The rules, read from their files (what is kept compiled does not say where they stand), and their scenarios."""
    rulebook = read_rulebook(rulebook_folder(environment.rules))
    scenarios = Scenarios(rulebook, _cases(environment, folder, rulebook))
    # All of it is there to the end: to look through it for garbage again and again would be a tenth of the work.
    gc.freeze()
    return scenarios


def _cases(environment: Environment, folder: Path | None, rulebook: Rulebook) -> list[Case]:
    """The scenarios in a folder, by default those beside the rules.

    Raises :class:`~pathways.diagnostics.RefusedError` where there are none, or some cannot be read.
    """
    beside = rulebook_folder(environment.rules)
    chosen = folder or scenario_folder(beside)
    cases: list[Case] = []
    if chosen:
        cases = read_scenarios(chosen, rulebook)
    if not cases:
        where = " or ".join(f"`{name}`" for name in FOLDERS)
        problem = Problem(
            "no-scenarios",
            f"no case files (*.yaml or *.yml) are in {chosen}"
            if chosen
            else f"no folder {where} stands beside these rules",
            Place(str(chosen or beside)),
            help="name the folder that holds them",
        )
        raise RefusedError([problem])
    return cases
