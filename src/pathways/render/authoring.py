"""Pages for those who write rules: scenarios as tests, what they cover, and which changes nobody would notice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pathways.assessment import Assessment
from pathways.authoring.coverage import Covered
from pathways.authoring.covering import Gap
from pathways.authoring.expected import Failure
from pathways.authoring.mutation import Tried
from pathways.authoring.telling import Search
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


def coverage_page(rulebook: Rulebook, covered: Sequence[Covered], gaps: Sequence[Gap], scenarios: int) -> Page:
    """Every condition that the scenarios do not show to matter both ways, by file and line; then the figures."""
    page = Page(rulebook)
    for title, reason in (
        ("Not shown to matter both ways", False),
        ("Not shown, for a reason that the rules give", True),
    ):
        chosen = [gap for gap in gaps if bool(gap.covered.written.excused) is reason]
        if chosen:
            page.heading(2, title)
        for _, ways in groupby(chosen, lambda gap: id(gap.covered)):
            missing = list(ways)
            written = missing[0].covered.written
            said = "; ".join(map(_missing, missing))
            excuse = f" {written.excused}" if reason else ""
            words = condition_words(rulebook, written.condition)
            page.item(f"{words}: {said}.{excuse}", label=f"{_place(written.condition.place)}")
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


def coverage_data(rulebook: Rulebook, covered: Sequence[Covered], gaps: Sequence[Gap]) -> dict[str, Any]:
    """The same as data, with a scenario for each way that is shown, and what was found out of each that is not."""
    searched = {(id(gap.covered), gap.holds): _came_to(gap.search) for gap in gaps}
    return {
        **coverage_numbers(covered),
        "list": [
            {
                **_at(one.written.condition.place),
                "condition": condition_words(rulebook, one.written.condition),
                "shown_where_it_holds": one.holding,
                "shown_where_it_does_not": one.failing,
                "uncovered": one.written.excused,
                "case_where_it_holds": searched.get((id(one), True), "shown"),
                "case_where_it_does_not": searched.get((id(one), False), "shown"),
            }
            for one in covered
        ],
    }


def _came_to(search: Search) -> str:
    return "can be written" if search.case else "proved to be none" if search.proved else f"none found: {search.why}"


def _missing(gap: Gap) -> str:
    where = "holds" if gap.holds else "does not hold"
    search = gap.search
    found = "a case can be written" if search.case else "no case can, which is proved" if search.proved else ""
    return f"not shown where it {where} ({found or f'no case was found: {search.why}'})"


def mutants_page(rulebook: Rulebook, tried: Sequence[Tried], scenarios: int) -> Page:
    """The figures; then every mutant that no scenario notices, by file and line; then those that change nothing."""
    page = Page(rulebook)
    page.heading(1, "Mutants")
    numbers = mutants_numbers(tried)
    same = numbers["same"]
    page.para(
        f"{numbers['noticed']} of {count(numbers['mutants'], 'mutant')} "
        f"({_percent(numbers['noticed'], numbers['mutants'])}) are noticed by {count(scenarios, 'scenario')}."
        + (
            f" {same} more come out as the rules do in every case, which is proved; they are not counted."
            if same
            else ""
        )
    )
    _list_mutants(page, "not noticed", [one for one in tried if not one.noticed and not one.same])
    _list_mutants(page, "the same in every case", [one for one in tried if one.same])
    return page


def _list_mutants(page: Page, what: str, tried: Sequence[Tried]) -> None:
    for file, mutants in groupby(tried, lambda one: one.mutant.place.file):
        listed = list(mutants)
        page.heading(2, f"{file}: {len(listed)} {what}")
        for one in listed:
            reason = f". {one.mutant.excused}" if one.mutant.excused else ""
            search = one.search
            found = " (a case can be written)" if search and search.case else ""
            why = f" ({search.why})" if search and search.why else ""
            page.item(
                f"{one.mutant.what}{found}{why}{reason}", label=f"{one.mutant.place.line}:{one.mutant.place.column}"
            )


def mutants_numbers(tried: Sequence[Tried]) -> dict[str, int]:
    """How many mutants there are that could be noticed, how many are, and how many cannot be in any case."""
    same = sum(one.same for one in tried)
    return {"mutants": len(tried) - same, "noticed": sum(one.noticed for one in tried), "same": same}


def mutants_data(tried: Sequence[Tried]) -> dict[str, Any]:
    """The same as data, with the scenario and the expectation that notice each."""
    return {
        **mutants_numbers(tried),
        "list": [
            {
                **_at(one.mutant.place),
                "change": one.mutant.what,
                "noticed_by": one.case,
                "expectation": one.expectation,
                "uncovered": one.mutant.excused,
                "case": _came_to(one.search) if one.search else "",
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
