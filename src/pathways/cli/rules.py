"""``pathways rules …``"""

from __future__ import annotations

from datetime import date

from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.render.problems import ProblemFormat, problems_text
from pathways.render.words import count
from pathways.rulebook.check import check_rulebook
from pathways.rulebook.citations import NOT_PARSED, check_citations
from pathways.rulebook.locate import rulebook_folder


def check_rules(environment: Environment, style: ProblemFormat, as_of: str | None = None) -> Exit:
    """Every problem of the rulebook: exit 2 if it cannot be read, 1 if something is unwise, else 0."""
    typed = as_of_date(as_of)
    today = date.fromisoformat(typed) if typed else date.today()
    rulebook, problems = check_rulebook(rulebook_folder(environment.rules))
    if rulebook is not None:
        found, parsed = check_citations(rulebook, today)
        problems = sorted((*problems, *found), key=lambda problem: problem.order)
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
    environment.say(f"{', '.join(read)} read.")
    return Exit.FAILED if any(problem.level == "error" for problem in problems) else Exit.DONE
