"""``pathways rules …``"""

from __future__ import annotations

from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.render.problems import ProblemFormat, problems_text
from pathways.rulebook.check import check_rulebook
from pathways.rulebook.locate import rulebook_folder


def check_rules(environment: Environment, style: ProblemFormat) -> Exit:
    """Every problem of the rulebook: exit 2 if it cannot be read, 1 if something is unwise, else 0."""
    rulebook, problems = check_rulebook(rulebook_folder(environment.rules))
    text = problems_text(problems, style)
    if text:
        environment.out(text)
    if rulebook is None:
        return Exit.BAD_INPUT
    environment.say(
        f"{len(rulebook.avenues)} avenues, {len(rulebook.findings)} findings, {len(rulebook.facts)} facts, "
        f"{len(rulebook.claims)} claims, {len(rulebook.authorities)} authorities, {len(rulebook.documents)} documents read."
    )
    return Exit.FAILED if any(problem.level == "error" for problem in problems) else Exit.DONE
