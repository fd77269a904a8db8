"""``pathways run``: assess case files and check what they expect."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathways.assessment import Assessment, assess
from pathways.case import Case, dates_after, read_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError, wrong_name
from pathways.diagnostics import Problem, RefusedError
from pathways.render.inert import inert
from pathways.render.words import count
from pathways.rulebook.files import SUFFIXES, named_below
from pathways.rulebook.locate import shipped


def run_cases(environment: Environment, names: Sequence[str], style: str, as_of: str | None) -> Exit:
    """Assess every case named. Exit 1 if an expectation is not met.

    Raises :class:`~pathways.diagnostics.RefusedError` with the problems of all files, before anything is written.
    """
    day = as_of_date(as_of)
    rulebook = environment.rulebook
    cases: list[Case] = []
    problems: list[Problem] = []
    for path, shown in case_files(names):
        try:
            cases.append(read_case(path, rulebook, shown))
        except RefusedError as refused:
            problems.extend(refused.problems)
    if problems:
        raise RefusedError(problems)
    for case in cases:
        tell_changes(environment, case)
    assessments = [assess(rulebook, case, day) for case in cases]
    for assessment in assessments:
        for name in dates_after(assessment.case, rulebook, assessment.as_of):
            file = inert(assessment.case.file)
            environment.complain(f"warning: {file}: {name} lies after the day assessed, {assessment.as_of}")
    if style == "json":
        from pathways.render.data import assessments_data, to_json

        environment.out(to_json(assessments_data(assessments)))
    else:
        environment.out(result_text(environment, assessments, style))
    missed = [check for assessment in assessments for check in assessment.checked if not check.met]
    if missed:
        environment.complain(f"{count(len(missed), 'expectation')} not met.")
    return Exit.FAILED if missed else Exit.DONE


def tell_changes(environment: Environment, case: Case) -> None:
    """Say what was renamed or left out because a file is older than the rules."""
    for change in case.changes:
        from pathways.interview.wording import changed

        environment.complain(f"note: {inert(case.file)}: {inert(changed(change))}")


def result_text(environment: Environment, assessments: Sequence[Assessment], style: str) -> str:
    """The result as text or Markdown."""
    if style == "markdown":
        from pathways.render.markdown import page_markdown
        from pathways.render.result import result_page

        return page_markdown(result_page(assessments))
    from pathways.render.text import assessment_text

    return assessment_text(assessments, environment.width, environment.colored(environment.stdout))


def case_files(names: Sequence[str]) -> list[tuple[Path, str]]:
    """Each case file once: files, files in folders, and shipped scenarios by name; with the name to show.

    A folder that cannot be looked into stands among them, and is refused when it is read.
    Raises :class:`~pathways.cli.names.WrongNameError` for names that lead nowhere, all at once.
    """
    wrong: list[str] = []
    found: dict[Path, str] = {}
    for name in names:
        path = Path(name)
        if not name:
            wrong.append("The name of a case is empty. Name a file, a folder (. is this one) or a shipped scenario.")
        elif os.path.isdir(path):
            files = named_below(path)
            if not files:
                wrong.append(f"{inert(name)}: no case files (*.yaml or *.yml) are in this folder.")
            found.update({file: str(file) for file in files})
        elif os.path.exists(path) or path.suffix in SUFFIXES or len(path.parts) > 1:
            found[path] = name
        else:
            scenario = next((file for stem, file in _scenarios() if stem == name), None)
            if scenario is not None:
                found[scenario] = name
            else:
                known = sorted(stem for stem, _ in _scenarios())
                said = "{} is no file, no folder and no shipped scenario."
                wrong.append(wrong_name(name, known, said, "Shipped scenarios"))
    if wrong:
        raise WrongNameError(wrong)
    return list(found.items())


def _scenarios() -> Iterator[tuple[str, Path]]:
    """The shipped scenarios by name, those of the outer folders first: most that are named stand there."""
    for folder, _, files in os.walk(shipped("scenarios")):
        for file in files:
            stem, suffix = os.path.splitext(file)
            if suffix in SUFFIXES:
                yield stem, Path(folder, file)
