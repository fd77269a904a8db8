"""Holding a scenario's ``expect:`` against what came out."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.assessment.model import Assessment, AvenueResult, Checked
from pathways.assessment.times import deadline_result
from pathways.assessment.view import View
from pathways.case import Expectation
from pathways.logic import NO, value_word
from pathways.patterns import NO_DAY
from pathways.record import replaced

_MISSED = {"yes": "yes (missed)", "no": "no (not missed)"}


def check_expectations(view: View, assessment: Assessment) -> Assessment:
    """The assessment with every expectation of its case checked."""
    results = {result.avenue.id: result for result in assessment.avenues}
    return replaced(assessment, checked=tuple(_checked(view, assessment, results)))


def _checked(view: View, assessment: Assessment, results: dict[str, AvenueResult]) -> Iterator[Checked]:
    for expectation in assessment.case.expect:
        kind, name, *rest = expectation.path
        expected = expectation.expected
        if kind == "findings":
            actual = value_word(assessment.findings[name])
        elif kind == "claims" and rest[:1] == ["remarks"]:
            actual = "yes" if rest[1] in {remark.id for remark in assessment.claims[name]} else "no"
        elif kind == "claims":
            actual = assessment.rulebook.claims[name].verdict
        elif name not in results:
            actual = "not assessed"
        else:
            actual = _of_avenue(view, results[name], rest, expectation)
        met = actual == expected
        if not met and rest[:1] == ["hurdles"]:
            deadlines = {one.id for one in assessment.rulebook.avenues[name].deadlines}
            if rest[1] in deadlines:
                expected, actual = (_MISSED.get(word, word) for word in (expected, actual))
        yield Checked(expectation.name, expected, actual, met)


def _of_avenue(view: View, result: AvenueResult, path: list[str], expectation: Expectation) -> str:
    """What came out at a path; of what it hangs on, the expected member if it is there, else the whole list."""
    what = path[0]
    if what == "standing":
        return str(result.standing)
    if what == "stage":
        return result.stage.id
    if what == "could_become":
        return ", ".join(result.could_become)
    if what == "because":
        return _member(list(result.decisive), expectation.expected)
    if what == "deadlines":
        return deadline_word(view, result, *path[1:])
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


def deadline_word(view: View, result: AvenueResult, name: str, key: str) -> str:
    """The state of a deadline or one of its days, also where the avenue is closed and it is not shown."""
    deadline = next(one for one in result.avenue.deadlines if one.id == name)
    found = deadline_result(view, result, deadline)
    if key != "state":
        return (found and {"last_safe": found.last_safe, "outer_limit": found.outer_limit}[key]) or NO_DAY
    if found is None:
        return "no" if deadline.applies_when and view.of(deadline.applies_when) == NO else "met"
    return found.state.replace("_", "-")


def _member(members: list[str], expected: str) -> str:
    return expected if expected in members else ", ".join(members) or "none"
