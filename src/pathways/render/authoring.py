"""Pages for those who write rules: scenarios as tests, what they cover, and which changes nobody would notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pathways.assessment import Assessment
from pathways.authoring.coverage import Covered
from pathways.authoring.expected import Failure
from pathways.authoring.mutation import Tried
from pathways.diagnostics import Place
from pathways.render.conditions import condition_words
from pathways.render.page import Page
from pathways.render.words import count
from pathways.rulebook import Rulebook

Tests = Sequence[tuple[Assessment, Sequence[Failure]]]


def tests_page(rulebook: Rulebook, tests: Tests) -> Page:
    """Every scenario that fails: what was expected, what came out, and the reasons that decided; then the count."""
    page = Page(rulebook)
    for assessment, failures in tests:
        if failures:
            page.heading(2, f"{assessment.case.file}: {assessment.case.title}", "warning")
        for failure in failures:
            check = failure.check
            page.item(f"{check.path}: expected {check.expected}, came out {check.actual}")
            for reason in failure.reasons:
                page.item(reason.text, reason.sources, depth=1)
    page.list_sources()
    page.space()
    failed = sum(bool(failures) for _, failures in tests)
    missed = sum(len(failures) for _, failures in tests)
    checked = sum(len(assessment.checked) for assessment, _ in tests)
    silent = sum(not assessment.checked for assessment, _ in tests)
    page.para(
        f"{count(len(tests), 'scenario')}, {count(checked, 'expectation')}: "
        + (f"{count(failed, 'scenario')} failed, {missed} not met." if failed else "all met.")
        + (f" {count(silent, 'scenario')} without expectations." if silent else "")
    )
    return page


def tests_data(tests: Tests) -> dict[str, Any]:
    """The same as data."""
    return {
        "scenarios": [
            {
                "file": assessment.case.file,
                "case": assessment.case.title,
                "expectations": len(assessment.checked),
                "failures": [
                    {
                        "path": failure.check.path,
                        "expected": failure.check.expected,
                        "actual": failure.check.actual,
                        "reasons": [{"text": one.text, "sources": list(one.sources)} for one in failure.reasons],
                    }
                    for failure in failures
                ],
            }
            for assessment, failures in tests
        ]
    }


def coverage_page(rulebook: Rulebook, covered: Sequence[Covered], scenarios: int) -> Page:
    """Every condition that the scenarios do not show to matter both ways, by file and line; then the figures."""
    page = Page(rulebook)
    for title, chosen in (
        ("Not shown to matter both ways", [one for one in covered if not one.both and not one.written.excused]),
        (
            "Not shown, for a reason that the rules give",
            [one for one in covered if not one.both and one.written.excused],
        ),
    ):
        if chosen:
            page.heading(2, title)
        for one in chosen:
            words = condition_words(rulebook, one.written.condition)
            reason = f" {one.written.excused}" if one.written.excused else ""
            page.item(f"{words}: {_missing(one)}.{reason}", label=f"{_place(one.written.condition.place)}")
    page.space()
    numbers = coverage_numbers(covered)
    page.para(
        f"{numbers['both']} of {count(len(covered), 'condition')} ({_percent(numbers['both'], len(covered))}) "
        f"are shown by {count(scenarios, 'scenario')} to matter both ways; {numbers['one_way']} more in one way; "
        f"{numbers['not_shown']} not at all. {numbers['excused']} of those not shown both ways "
        f"have a reason in the rules."
    )
    return page


def coverage_numbers(covered: Sequence[Covered]) -> dict[str, int]:
    """How many conditions are shown to matter both ways, one way, or not; and how many of the rest are excused."""
    both = sum(one.both for one in covered)
    one_way = sum(bool(one.holding) != bool(one.failing) for one in covered)
    return {
        "conditions": len(covered),
        "both": both,
        "one_way": one_way,
        "not_shown": len(covered) - both - one_way,
        "excused": sum(bool(one.written.excused) and not one.both for one in covered),
    }


def coverage_data(rulebook: Rulebook, covered: Sequence[Covered]) -> dict[str, Any]:
    """The same as data, with a scenario for each way that is shown."""
    return {
        **coverage_numbers(covered),
        "list": [
            {
                **_at(one.written.condition.place),
                "condition": condition_words(rulebook, one.written.condition),
                "shown_where_it_holds": one.holding,
                "shown_where_it_does_not": one.failing,
                "uncovered": one.written.excused,
            }
            for one in covered
        ],
    }


def _missing(one: Covered) -> str:
    if one.holding:
        return "shown to matter where it holds, in no scenario where it does not"
    if one.failing:
        return "shown to matter where it does not hold, in no scenario where it does"
    return "no scenario shows that it matters"


def mutants_page(rulebook: Rulebook, tried: Sequence[Tried], scenarios: int) -> Page:
    """The figures; then every mutant that no scenario notices, by file and line."""
    page = Page(rulebook)
    page.heading(1, "Mutants")
    noticed = sum(one.noticed for one in tried)
    page.para(
        f"{noticed} of {count(len(tried), 'mutant')} ({_percent(noticed, len(tried))}) "
        f"are noticed by {count(scenarios, 'scenario')}."
    )
    files: dict[str, list[Tried]] = {}
    for one in tried:
        files.setdefault(one.place.file, []).append(one)
    for file, mutants in files.items():
        survivors = [one for one in mutants if not one.noticed]
        if survivors:
            page.heading(2, f"{file}: {len(survivors)} of {len(mutants)} not noticed")
        for one in survivors:
            reason = f". {one.excused}" if one.excused else ""
            page.item(f"{one.what}{reason}", label=f"{one.place.line}:{one.place.column}")
    return page


def mutants_data(tried: Sequence[Tried]) -> dict[str, Any]:
    """The same as data, with the scenario and the expectation that notice each."""
    return {
        "mutants": len(tried),
        "noticed": sum(one.noticed for one in tried),
        "list": [
            {
                **_at(one.place),
                "change": one.what,
                "noticed_by": one.case,
                "expectation": one.expectation,
                "uncovered": one.excused,
            }
            for one in tried
        ],
    }


def _percent(part: int, whole: int) -> str:
    """A share, never rounded up to all of it."""
    return f"{part * 1000 // whole / 10 if whole else 100:.1f} %"


def _place(place: Place | None) -> str:
    return str(place) if place else "rules"


def _at(place: Place | None) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column} if place else {}
