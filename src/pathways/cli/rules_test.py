"""``pathways rules test``, ``coverage`` and ``mutate``: what the scenarios of a rulebook say of its rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pathways.assessment import assess
from pathways.authoring.scenarios import FOLDERS, Scenarios, read_scenarios, scenario_folder
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import write_page
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.render.authoring import (
    coverage_data,
    coverage_numbers,
    coverage_page,
    mutants_data,
    mutants_page,
    tests_data,
    tests_page,
)
from pathways.render.json_text import to_json
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.locate import rulebook_folder

if TYPE_CHECKING:
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


def cover_rules(environment: Environment, folder: Path | None, style: str) -> Exit:
    """What the scenarios show of every condition. Exit 1 if one without a reason is not shown both ways.

    A reason that is not needed any more is a problem as well.
    """
    from pathways.authoring.coverage import coverage, needless

    scenarios = _scenarios(environment, folder)
    covered = coverage(scenarios)
    problems = needless(covered)
    if style == "json":
        environment.out(to_json(coverage_data(scenarios.rulebook, covered)))
    else:
        write_page(environment, coverage_page(scenarios.rulebook, covered, len(scenarios.cases)), style)
    if problems:
        from pathways.render.problems import problems_text

        environment.complain(problems_text(problems))
    numbers = coverage_numbers(covered)
    short = numbers["both"] + numbers["excused"] < numbers["conditions"]
    return Exit.FAILED if problems or short else Exit.DONE


def mutate_rules(environment: Environment, folder: Path | None, style: str, at_least: int) -> Exit:
    """Which mutants of the rules no scenario notices. Exit 1 if fewer than ``at_least`` in a hundred are noticed."""
    from pathways.authoring.mutation import mutation

    scenarios = _scenarios(environment, folder)
    tried = mutation(scenarios)
    if style == "json":
        environment.out(to_json(mutants_data(tried)))
    else:
        write_page(environment, mutants_page(scenarios.rulebook, tried, len(scenarios.cases)), style)
    noticed = sum(one.noticed for one in tried)
    return Exit.DONE if noticed * 100 >= at_least * len(tried) else Exit.FAILED


def _scenarios(environment: Environment, folder: Path | None) -> Scenarios:
    """The rules, read from their files (what is kept compiled does not say where they stand), and their scenarios."""
    rulebook = read_rulebook(rulebook_folder(environment.rules))
    return Scenarios(rulebook, _cases(environment, folder, rulebook))


def _cases(environment: Environment, folder: Path | None, rulebook: Rulebook) -> list[Case]:
    """The scenarios in a folder, by default those beside the rules.

    Raises :class:`~pathways.diagnostics.RefusedError` where there are none, or some cannot be read.
    """
    beside = rulebook_folder(environment.rules)
    chosen = folder or scenario_folder(beside)
    cases = read_scenarios(chosen, rulebook) if chosen else []
    if not cases:
        where = " or ".join(f"`{name}`" for name in FOLDERS)
        problem = Problem(
            "no-scenarios",
            f"no case files (*.yaml) are in {chosen}" if chosen else f"no folder {where} stands beside these rules",
            Place(str(chosen or beside)),
            help="name the folder that holds them",
        )
        raise RefusedError([problem])
    return cases
