"""``pathways rules …``"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError, folder_to_write
from pathways.diagnostics import Problem
from pathways.render.problems import ProblemFormat, problems_text
from pathways.render.words import count
from pathways.rulebook import Rulebook
from pathways.rulebook.check import check_rulebook
from pathways.rulebook.citations import NOT_PARSED, check_citations
from pathways.rulebook.locate import rulebook_folder


def check_rules(
    environment: Environment,
    style: ProblemFormat,
    as_of: str | None = None,
    *,
    prove: bool = True,
    cases: Path | None = None,
) -> Exit:
    """Every problem of the rulebook: exit 2 if it cannot be read, 1 if something is unwise, else 0.

    With ``prove`` what holds in every case or in none is proved as well; cases that break a promise go to ``cases``.
    """
    if cases is not None and not prove:
        raise WrongNameError(["`--cases` writes what was found by proof, and `--no-prove` forbids that."])
    folder_to_write(cases)
    typed = as_of_date(as_of)
    today = date.fromisoformat(typed) if typed else date.today()
    rulebook, problems = check_rulebook(rulebook_folder(environment.rules))
    if rulebook is not None:
        found, parsed = check_citations(rulebook, today)
        problems = sorted((*problems, *found, *_proved(rulebook, cases, prove)), key=lambda problem: problem.order)
        if not parsed:
            environment.say(NOT_PARSED)
    text = problems_text(problems, style)
    if style == "json" or text:
        environment.out(text)
    if rulebook is None:
        return Exit.BAD_INPUT
    read = (
        count(len(rulebook.avenues), "avenue"),
        count(len(rulebook.findings), "finding"),
        count(len(rulebook.facts), "fact"),
        count(len(rulebook.claims), "claim"),
        count(len(rulebook.authorities), "authority", "authorities"),
        count(len(rulebook.documents), "document"),
    )
    proved = "" if prove else " Nothing was proved (--no-prove)."
    environment.say(f"{', '.join(read)} read.{proved}")
    return Exit.FAILED if any(problem.level == "error" for problem in problems) else Exit.DONE


def _proved(rulebook: Rulebook, cases: Path | None, wanted: bool) -> Iterator[Problem]:
    """What is proved of a rulebook; the cases that break a promise are written to ``cases``."""
    if not wanted:
        return
    from pathways.authoring.promises import broken_promises
    from pathways.authoring.proofs import prove

    yield from prove(rulebook)
    for broken in broken_promises(rulebook):
        yield broken.problem
        if broken.case and cases is not None:
            from pathways.authoring.inventing import made_folder
            from pathways.case.write import save_case

            with made_folder(cases):
                save_case(broken.case, cases / f"{broken.avenue}-{broken.promise}.yaml")
