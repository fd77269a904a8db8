"""What the interview asks of the shipped rules is just what matters: held against trying every completion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import prod
from random import Random

import pytest

from pathways.assessment import Assessment, Standing, assess
from pathways.case import Case, Given, read_case
from pathways.interview import begin
from pathways.interview.dispute import plain_dispute
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.locate import shipped
from pathways.rulebook.model import Fact
from tests.places import shipped_rulebook

DAY = "2026-11-20"
#: So many completions are tried of one state at most.
MOST = 600
SCENARIOS = ("attack-answered", "handcuffed-assault", "minneapolis-2026", "off-duty-quarrel", "wrong-house-raid")
#: Days that a date may turn out to be: around two, five and six years before, and others.
DAYS_BEFORE = (0, 10, 170, 200, 500, 725, 735, 1500, 1820, 1830, 2500, 4000)


def answers(fact: Fact) -> list[Given]:
    """What a question may turn out to be answered with."""
    if fact.kind == "date":
        days = (date.fromisoformat(DAY) - timedelta(days=before) for before in DAYS_BEFORE)
        return [*(Given.known(day.isoformat()) for day in days), Given("unknown")]
    dispute = plain_dispute(fact)
    return [*map(Given.known, fact.answers), *([dispute] if dispute else [])]


def standings(rulebook: Rulebook, case: Case) -> dict[str, Standing]:
    return {one.avenue.id: one.standing for one in assess(rulebook, case, DAY).avenues}


def left_open(found: Assessment) -> tuple[str, ...]:
    """What a completion says more: all that is open or not known, and the days on which acts were done."""
    waiting = {name for result in found.avenues for name in result.asks}
    acts = [clock for clock in found.rulebook.clocks.values() if clock.met_by not in found.case.answers]
    days = {clock.met_by for clock in acts if clock.met_by and clock.met_when and waiting & {*clock.met_when.facts}}
    return tuple(sorted({*found.open_questions, *waiting, *days}))


def by_brute_force(found: Assessment) -> set[str]:
    """The open questions to which some completion has two answers with different standings."""
    rulebook, names = found.rulebook, left_open(found)
    possible = [answers(rulebook.facts[name]) for name in names]
    unsettled = {one.avenue.id for one in found.avenues if one.standing is Standing.UNDETERMINED}
    seen: dict[tuple[str, tuple[Given | None, ...]], dict[str, Standing]] = {}
    mattering: set[str] = set()
    for given in product(*possible):
        complete = {**found.case.answers, **dict(zip(names, given, strict=True))}
        come_to = standings(rulebook, replaced(found.case, answers=complete))
        result = {name: come_to[name] for name in unsettled}
        for at, name in enumerate(names):
            rest = name, (*given[:at], None, *given[at + 1 :])
            if seen.setdefault(rest, result) != result:
                mattering.add(name)
    return with_what_is_followed(rulebook, mattering, found.open_questions)


def completions(found: Assessment) -> int:
    """How many there are."""
    return prod(len(answers(found.rulebook.facts[name])) for name in left_open(found))


def with_what_is_followed(rulebook: Rulebook, mattering: set[str], names: Sequence[str]) -> set[str]:
    """To ask for a part without the whole would make no sense."""
    found = set(mattering)
    for name in mattering:
        while name := rulebook.facts[name].follows:
            found.add(name)
    return found.intersection(names)


def states(rulebook: Rulebook, name: str, seed: int) -> Iterator[Case]:
    """States late in an interview: all is answered, and then some answers are taken back."""
    chance = Random(f"{name} {seed}")
    full = replaced(read_case(shipped("scenarios") / f"{name}.yaml", rulebook), about=())
    known = dict(chance.sample(sorted(full.answers.items()), k=len(full.answers) * 3 // 4))
    interview = begin(rulebook, replaced(full, answers=known), DAY)
    while fact := interview.question:
        interview = interview.answer(chance.choice(answers(fact)))
    asked = sorted(interview.case.answers)
    for _ in range(16):
        gone = chance.sample(asked, k=chance.choice((2, 3, 4, 5)))
        kept = {name: given for name, given in interview.case.answers.items() if name not in gone}
        yield replaced(full, answers=kept)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", SCENARIOS)
def test_just_what_matters_is_asked(name: str, seed: int) -> None:
    rulebook = shipped_rulebook()
    tried = 0
    for case in states(rulebook, name, seed):
        found = assess(rulebook, case, DAY)
        if found.open_questions and completions(found) <= MOST:
            tried += 1
            asked = begin(rulebook, case, DAY).open_questions
            assert set(asked) == by_brute_force(found), f"{sorted(case.answers)}"
    assert tried
