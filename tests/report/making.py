"""Reports made inside this process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pathways.assessment import Assessment, assess
from pathways.assessment.closest import Closest, closest_cases
from pathways.case import Case, Removed, read_case, redacted_case
from pathways.render.page import Page
from pathways.render.report.audience import AUDIENCES
from pathways.render.report.page import report_page
from pathways.rulebook import Rulebook
from tests.places import GARDEN_CASES, ROOT, garden, shipped_rulebook

MINNEAPOLIS = ROOT / "scenarios" / "minneapolis-2026.yaml"
READERS = tuple(AUDIENCES)


@cache
def decided() -> tuple[Case, ...]:
    """The decided cases that ship with the rules."""
    return tuple(
        read_case(path, shipped_rulebook()) for path in sorted((ROOT / "scenarios" / "decided").glob("*.yaml"))
    )


@cache
def minneapolis() -> Assessment:
    """The Minneapolis case, assessed."""
    return assess(shipped_rulebook(), read_case(MINNEAPOLIS, shipped_rulebook()))


def closest(assessment: Assessment) -> tuple[Closest, ...]:
    """The decided cases that come closest to a case of the shipped rules."""
    return closest_cases(assessment, decided(), 5)


@cache
def minneapolis_page(reader: str, redact: bool = False) -> Page:
    """The report on the Minneapolis case."""
    assessment = minneapolis()
    removed: Removed | None = None
    if redact:
        bare, removed = redacted_case(assessment.case)
        assessment = assess(assessment.rulebook, bare)
    return report_page(assessment, AUDIENCES[reader], closest(assessment), removed)


def garden_case(name: str = "quarrel") -> Case:
    """A case of the small rulebook on another subject."""
    return read_case(GARDEN_CASES / f"{name}.yaml", garden())


def page_of(case: Case, reader: str = "lawyer", rulebook: Rulebook | None = None) -> Page:
    """The report on a case of the small rulebook."""
    return report_page(assess(rulebook or garden(), case), AUDIENCES[reader])


def scenario(name: str) -> Path:
    """A shipped scenario."""
    return ROOT / "scenarios" / f"{name}.yaml"
