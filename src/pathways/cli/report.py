"""``pathways report``: one case on paper, on a screen, or to edit."""

from __future__ import annotations

from pathways.assessment import assess
from pathways.assessment.closest import closest_cases
from pathways.case import Removed, decided_cases, redacted_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.one_case import one_case
from pathways.cli.writing import Wanted, put
from pathways.render.report.audience import AUDIENCES
from pathways.render.report.page import report_page
from pathways.rulebook.locate import rulebook_folder

READY = ("html", "pdf", "docx", "markdown", "json")
#: So many decided cases stand beside a case.
MOST_CLOSEST = 5


def write_report(
    environment: Environment, name: str, wanted: Wanted, reader: str, redact: bool, as_of: str | None
) -> Exit:
    """Write the report on one case.

    Raises :class:`~pathways.cli.names.WrongNameError` and :class:`~pathways.diagnostics.RefusedError` before anything
    is written.
    """
    style = wanted.style(READY)
    day = as_of_date(as_of)
    rulebook = environment.rulebook
    case = one_case(environment, name)
    decided = [
        other
        for other in decided_cases(rulebook_folder(environment.rules) / "scenarios", rulebook)
        if other.title != case.title
    ]
    removed: Removed | None = None
    if redact:
        case, removed = redacted_case(case)
    assessment = assess(rulebook, case, day)
    page = report_page(assessment, AUDIENCES[reader], closest_cases(assessment, decided, MOST_CLOSEST), removed)
    put(environment, page, wanted, style, {"for": reader, "redacted": removed is not None})
    return Exit.DONE
