"""What a scenario expects, held against what came out."""

from __future__ import annotations

import pytest

from pathways.assessment import Checked, assess
from pathways.case import Expectation
from pathways.record import replaced
from tests.assessment.gardens import ALL_CLEAR, case
from tests.places import garden


def check(path: str, expected: str, **parts: tuple[str, ...]) -> Checked:
    """One expectation for an oak that stands in the way in every respect."""
    made = case(
        {**ALL_CLEAR, "tree.kind": "oak", "tree.planted": "1950", "talk.late": "yes", "talk.away": "no"}, **parts
    )
    (checked,) = assess(garden(), replaced(made, expect=(Expectation(tuple(path.split(".")), expected),))).checked
    assert (checked.path, checked.expected, checked.met) == (path, expected, checked.actual == expected)
    return checked


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("avenues.cut-back.standing", "closed"),
        ("avenues.cut-back.stage", "cut"),
        ("avenues.cut-back.because", "protected-oak"),
        ("avenues.cut-back.because", "within-a-year"),
        ("avenues.cut-back.hurdles.protected-oak", "yes"),
        ("avenues.cut-back.hurdles.within-a-year", "yes"),
        ("avenues.cut-back.hurdles.nesting", "unknown"),
        ("avenues.cut-back.elements.trespass", "yes"),
        ("avenues.town-inspection.could_become", "open"),
        ("findings.old-tree", "yes"),
        ("claims.all-mine", "overstated"),
        ("claims.all-mine.verdict", "overstated"),
        ("claims.all-mine.remarks.oak", "yes"),
        ("avenues.cut-back.leans.protected-oak", "against"),
        ("avenues.cut-back.leans.doubtful-line", "against"),
        ("avenues.cut-back.remarks.saw", "yes"),
        ("avenues.cut-back.remarks.sap", "no"),
    ],
)
def test_met(path: str, expected: str) -> None:
    assert check(path, expected).met


@pytest.mark.parametrize(
    ("path", "expected", "actual"),
    [
        ("avenues.cut-back.standing", "open", "closed"),
        ("avenues.cut-back.because", "trespass", "protected-oak, within-a-year"),
        ("avenues.town-inspection.because", "none-such", "office-open"),
        ("findings.old-tree", "no", "yes"),
        ("avenues.cut-back.could_become", "open", "closed"),
        ("avenues.cut-back.leans.doubtful-line", "depends", "against"),
        ("avenues.cut-back.remarks.sap", "yes", "no"),
        ("claims.all-mine.remarks.oak", "no", "yes"),
    ],
)
def test_what_came_out_is_said_where_it_differs(path: str, expected: str, actual: str) -> None:
    assert check(path, expected).actual == actual


def test_an_avenue_that_is_not_assessed_meets_nothing() -> None:
    assert check("avenues.cut-back.standing", "closed", about=("town-inspection",)).actual == "not assessed"


def test_a_case_without_expectations_meets_them_all() -> None:
    assert assess(garden(), case()).met
