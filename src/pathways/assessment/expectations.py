"""Holding a scenario's ``expect:`` against what came out."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment.model import Assessment, AvenueResult, Checked
from pathways.case import Expectation
from pathways.logic import value_word
from pathways.record import replaced


def check_expectations(assessment: Assessment) -> Assessment:
    """The assessment with every expectation of its case checked."""
    results = {result.avenue.id: result for result in assessment.avenues}
    return replaced(assessment, checked=tuple(_checked(assessment, results)))


def _checked(assessment: Assessment, results: dict[str, AvenueResult]) -> Iterator[Checked]:
    for expectation in assessment.case.expect:
        kind, name, *rest = expectation.path
        if kind == "findings":
            actual = value_word(assessment.findings[name])
        elif kind == "claims" and rest[:1] == ["remarks"]:
            actual = "yes" if rest[1] in {remark.id for remark in assessment.claims[name]} else "no"
        elif kind == "claims":
            actual = assessment.rulebook.claims[name].verdict
        elif name not in results:
            actual = "not assessed"
        else:
            actual = _of_avenue(results[name], rest, expectation)
        yield Checked(expectation.name, expectation.expected, actual, actual == expectation.expected)


def _of_avenue(result: AvenueResult, path: list[str], expectation: Expectation) -> str:
    """What came out at a path; for lists, the expected member if it is there, else the whole list."""
    what = path[0]
    if what == "standing":
        return str(result.standing)
    if what == "stage":
        return result.stage.id
    if what == "could_become":
        return _member([str(standing) for standing in result.could_become], expectation.expected)
    if what == "because":
        return _member(list(result.decisive), expectation.expected)
    if what == "leans":
        return next(part.leans for part in result.hurdles if part.id == path[1]) or "none"
    if what == "remarks":
        shown = {remark.id for remark in (*result.cautions, *result.steps, *result.not_hurdles)}
        return "yes" if path[1] in shown else "no"
    values = (
        {part.id: part.values for part in result.elements}
        if what == "elements"
        else {part.id: part.values for part in result.hurdles}
    )
    return value_word(values[path[1]])


def _member(members: list[str], expected: str) -> str:
    return expected if expected in members else ", ".join(members) or "none"
