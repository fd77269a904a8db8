"""Where two rulebooks stand otherwise, held against assessing every completion in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pathways.assessment import assess
from pathways.authoring import meaning
from pathways.authoring.matching import Matching
from pathways.authoring.meaning import Difference, Pattern, differences
from pathways.authoring.merged import Merged
from pathways.case import Case, Given
from pathways.logic.exact import CaseValues
from pathways.logic.formula import Formula
from pathways.logic.structure import Structure
from pathways.logic.writing import Writing, evidence_in
from pathways.rulebook import Rulebook
from tests.authoring.small import made, pairs

#: An answer as the options that are possible, several if they are disputed.
Options = tuple[str, ...]
Completion = Mapping[str, Options]


def day_in(stretch: str) -> str:
    """A day of a stretch of time."""
    if stretch.startswith("before "):
        return (date.fromisoformat(stretch.removeprefix("before ")) - timedelta(days=1)).isoformat()
    return stretch.removeprefix("from ").partition(" to ")[0]


def standing(rulebook: Rulebook, completion: Completion) -> str:
    answers = {}
    for name, options in completion.items():
        if rulebook.facts[name].kind == "date":
            options = tuple(map(day_in, options))
        answers[name] = Given("disputed", options) if len(options) > 1 else Given.known(options[0])
    return str(assess(rulebook, Case("", answers=answers), "2026-01-01").avenues[0].standing)


class Reference:
    """Every completion with its standings in both rulebooks."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        merged = Merged(Matching(old, new))
        self.pair = merged.pairs["way"]
        both_ways = [(applies, value) for applies in self.pair[::2] for value in self.pair[1::2]]
        structure = Structure(merged.statements)
        values = CaseValues(structure, {})
        writing = Writing(Formula(), values, evidence_in(values, both_ways, merged.meaning), merged.meaning)
        self.plain: dict[str, list[Options]] = {}
        self.said: dict[str, list[Options]] = {}
        self.all: dict[str, list[Options]] = {}
        for index, variable in enumerate(merged.statements.variables):
            one = [(option,) for option in variable.options]
            several = [some for size in (2, 3) for some in combinations(variable.options, size)]
            is_date = old.facts[variable.name].kind == "date"
            self.plain[variable.name] = list(one)
            self.all[variable.name] = [*one, *([] if is_date else several)]
            # Options that no condition tells apart stand on one side of a dispute.
            sides = structure.classes(structure.leaf_mask[index], index, variable.everything)
            disputes = [sum(some) for size in (2, 3) for some in combinations(sides, size)]
            read = not is_date and writing.may_be_disputed(index)
            self.said[variable.name] = [
                *one,
                *(
                    tuple(option for at, option in enumerate(variable.options) if mask >> at & 1)
                    for mask in (disputes if read else ())
                ),
            ]
        self.books = old, new
        self.found = [(one, *self.standings(one)) for one in self.completions(self.said)]

    def completions(self, possible: Mapping[str, list[Options]]) -> Iterator[Completion]:
        for chosen in product(*possible.values()):
            yield dict(zip(possible, chosen, strict=True))

    def standings(self, completion: Completion) -> tuple[str, str]:
        old, new = (standing(book, completion) for book in self.books)
        return old, new

    def matching(self, answers: Mapping[str, set[Options]]) -> list[tuple[Completion, str, str]]:
        """The completions that agree with a pattern."""
        return [one for one in self.found if all(one[0][name] in options for name, options in answers.items())]

    def tells_apart(self, answers: Mapping[str, set[Options]]) -> bool:
        """Whether after these answers the avenue never goes on alike in both, and stands otherwise in some case."""
        stand = {(old, new) for _, old, new in self.matching(answers)}
        return any(old != new for old, new in stand) and not stand & {("open", "open"), ("contested", "contested")}

    def fewest(self) -> int:
        """How many answers the smallest pattern has."""
        for size in range(len(self.said) + 1):
            for names in combinations(self.said, size):
                for chosen in product(*(self.said[name] for name in names)):
                    if self.tells_apart({name: {one} for name, one in zip(names, chosen, strict=True)}):
                        return size
        raise AssertionError("nothing tells them apart")


def as_sets(pattern: Pattern) -> dict[str, set[Options]]:
    return {
        one.name: {one.options} if one.disputed else {(option,) for option in one.options} for one in pattern.answers
    }


def compared(avenues: tuple[dict[str, Any], dict[str, Any]]) -> tuple[Reference, list[Difference]]:
    with TemporaryDirectory() as folder:
        old, new = (made(Path(folder, name), one) for name, one in zip(("old", "new"), avenues, strict=True))
        return Reference(old, new), list(differences(Merged(Matching(old, new))))


def is_right(reference: Reference, found: list[Difference]) -> None:
    differing = [one for one, old, new in reference.found if old != new]
    assert bool(found) == bool(differing)
    # A dispute where no condition reads the evidence makes no difference that no plain answer makes.
    if not found and len(list(reference.completions(reference.all))) < 60:
        assert all(old == new for old, new in map(reference.standings, reference.completions(reference.all)))
    for difference in found:
        first, *_ = difference.patterns
        assert first.smallest
        assert len(first.answers) == reference.fewest()
        covered: list[Completion] = []
        for pattern in difference.patterns:
            agreeing = reference.matching(as_sets(pattern))
            assert reference.tells_apart(as_sets(pattern))
            assert set(pattern.old) == {old for _, old, _ in agreeing}
            assert set(pattern.new) == {new for _, _, new in agreeing}
            assert any(old != new and one not in covered for one, old, new in agreeing)
            covered += [one for one, _, _ in agreeing]
        assert difference.more == any(one not in covered for one in differing)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_patterns_are_the_smallest_and_right(avenues: tuple[dict[str, Any], dict[str, Any]]) -> None:
    is_right(*compared(avenues))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_where_too_many_would_be_tried_no_answer_can_be_left_out(
    avenues: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "MOST_TRIED", 0)
        reference, found = compared(avenues)
    for difference in found:
        for pattern in difference.patterns:
            assert not pattern.smallest
            sets = as_sets(pattern)
            assert reference.tells_apart(sets)
            assert not any(reference.tells_apart({**sets, name: set(reference.said[name])}) for name in sets)


PLAIN: dict[str, Any] = {"applies": None, "element": "f.a", "hurdle": "f.b", "effect": "bars"}


@pytest.mark.parametrize(
    ("change", "pattern"),
    [
        ({"effect": "contests"}, ({"f.b": ["yes"]}, {"closed"}, {"contested", "closed"})),
        ({"effect": "informs"}, ({"f.b": ["yes"]}, {"closed"}, {"open", "closed"})),
        ({"element": {"any": ["f.a", {"f.c": ["x"]}]}}, ({"f.a": ["no"]}, {"closed"}, {"open", "closed"})),
        (
            {"element": {"contestable": {"that": "f.a", "because": "Nobody knows."}}},
            ({}, {"open", "closed"}, {"contested", "closed"}),
        ),
        ({"applies": {"f.c": ["x", "z"]}}, ({"f.c": ["y"]}, {"open", "closed"}, {"not-applicable"})),
        (
            {"hurdle": {"any": ["f.b", {"f.d": {"before": "2022-01-01"}}]}},
            ({"f.d": ["before 2022-01-01"]}, {"open", "closed"}, {"closed"}),
        ),
        ({"element": {"clearly": "f.a"}}, ({"f.a": ["yes", "no"]}, {"contested", "closed"}, {"closed"})),
    ],
    ids=["effect", "no effect", "another way", "always contested", "applies", "date", "evidence"],
)
def test_a_change_in_one_place_is_shown_by_the_answers_that_reach_it(
    change: dict[str, Any], pattern: tuple[dict[str, list[str]], set[str], set[str]]
) -> None:
    reference, found = compared((PLAIN, {**PLAIN, **change}))
    is_right(reference, found)
    answers, old, new = pattern
    shown = [
        ({one.name: list(one.options) for one in each.answers}, set(each.old), set(each.new))
        for each in found[0].patterns
    ]
    assert (answers, old, new) in shown


@pytest.mark.parametrize(
    "change",
    [
        {"element": {"not": {"not": "f.a"}}},
        {"element": {"all": ["f.a", {"any": ["f.a", "f.b"]}]}},
        {"hurdle": {"any": [{"all": ["f.b", "f.a"]}, {"all": ["f.b", {"not": "f.a"}]}]}},
        {"element": {"all": ["f.a", {"not": "f.b"}]}},
    ],
    ids=["twice not", "absorbed", "both ways", "said twice"],
)
def test_what_is_written_otherwise_and_means_the_same_is_no_difference(change: dict[str, Any]) -> None:
    reference, found = compared((PLAIN, {**PLAIN, **change}))
    assert found == []
    is_right(reference, found)
