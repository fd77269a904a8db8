"""What a scenario expects, held against what came out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pathways.assessment import Checked, assess
from pathways.case import Expectation, read_case
from pathways.record import replaced
from tests.assessment.gardens import ALL_CLEAR, case
from tests.deadlines.fines import REFUSED, TICKET, Answers, fines
from tests.deadlines.fines import case as fine_case
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
        ("avenues.town-inspection.could_become", "open, contested, closed"),
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
        ("avenues.town-inspection.could_become", "open", "open, contested, closed"),
        ("avenues.town-inspection.could_become", "open, closed", "open, contested, closed"),
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


# -- deadlines -----------------------------------------------------------------------------------------


def timed(answers: Answers, as_of: str, avenue: str, expected: str) -> list[Checked]:
    """What a case about a parking fine comes to of what it expects of the deadlines of an avenue."""
    text = f"case: A ticket\nas_of: {as_of}\nexpect: {{avenues: {{{avenue}: {{deadlines: {{{expected}}}}}}}}}\n"
    with TemporaryDirectory() as folder:
        file = Path(folder, "case.yaml")
        file.write_text(text, encoding="utf-8")
        read = read_case(file, fines())
    return list(assess(fines(), replaced(fine_case(answers), expect=read.expect), as_of).checked)


@pytest.mark.parametrize(
    ("answers", "as_of", "avenue", "expected"),
    [
        (TICKET, "2026-01-10", "objection", "object: running"),
        (
            TICKET,
            "2026-01-10",
            "objection",
            "object: {state: running, last_safe: 2026-01-16, outer_limit: 2026-01-20}",
        ),
        ({**TICKET, "objection.sent": "no"}, "2026-02-10", "objection", "object: passed"),
        (REFUSED, "2026-02-11", "objection", "object: met"),
        (TICKET, "2026-01-10", "appeal", "file: {state: not-started, last_safe: none}"),
        ({}, "2026-01-10", "objection", "object: unsettled"),
    ],
)
def test_the_state_and_the_days_of_a_deadline_can_be_expected(
    answers: Answers, as_of: str, avenue: str, expected: str
) -> None:
    found = timed(answers, as_of, avenue, expected)
    assert found
    assert [(one.path, one.expected, one.actual) for one in found if not one.met] == []


def test_what_came_out_of_a_deadline_is_said_where_it_differs() -> None:
    state, last_safe = timed(TICKET, "2026-02-10", "objection", "object: {state: running, last_safe: 2026-01-19}")
    assert (state.path, state.actual) == ("avenues.objection.deadlines.object.state", "unsettled")
    assert (last_safe.expected, last_safe.actual) == ("2026-01-19", "2026-01-16")


def test_whether_a_deadline_was_missed_is_said_in_words() -> None:
    expect = (Expectation(("avenues", "objection", "hurdles", "object"), "yes"),)
    (checked,) = assess(fines(), replaced(fine_case(TICKET), expect=expect), "2026-01-10").checked
    assert (checked.expected, checked.actual) == ("yes (missed)", "no (not missed)")
