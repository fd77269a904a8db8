"""``pathways explain``: why an avenue, a legal test or a claim comes out as it does."""

from __future__ import annotations

from pathways.assessment import Assessment, assess
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError, wrong_name
from pathways.cli.one_case import one_case
from pathways.cli.show import write_page
from pathways.explanation.tree import Reasoning, explain_avenue, explain_claim, explain_finding


def explain_case(environment: Environment, name: str, subject: str, whole: bool, style: str, as_of: str | None) -> Exit:
    """The reasons for an avenue, a finding or a claim in a case."""
    day = as_of_date(as_of)
    case = one_case(environment, name, every_avenue=True)
    assessment = assess(environment.rulebook, case, day)
    reasoning = _reasoning(assessment, subject, whole)
    from pathways.render import reasoning as render

    if style == "json":
        from pathways.render.data import head, sources_data, to_json

        rulebook = assessment.rulebook
        data = {
            **head(rulebook, assessment.as_of),
            "case": case.title,
            "as_of": assessment.as_of,
            "reasoning": render.reasoning_data(rulebook, reasoning),
            "sources": sources_data(rulebook, render.every_source(reasoning)),
        }
        environment.out(to_json(data))
    elif style == "dot":
        environment.out(render.reasoning_dot(assessment.rulebook, reasoning))
    else:
        write_page(environment, render.reasoning_page(assessment, reasoning, whole), style)
    return Exit.DONE


def _reasoning(assessment: Assessment, subject: str, whole: bool) -> Reasoning:
    rulebook = assessment.rulebook
    result = next((one for one in assessment.avenues if one.avenue.id == subject), None)
    if result is not None:
        return explain_avenue(assessment, result, whole)
    if subject in rulebook.findings:
        return explain_finding(assessment, rulebook.findings[subject], whole)
    if subject in rulebook.claims:
        return explain_claim(assessment, rulebook.claims[subject], whole)
    known = [*rulebook.avenues, *rulebook.findings, *rulebook.claims]
    raise WrongNameError([wrong_name(subject, known, "No avenue, finding or claim is named {}.")])
