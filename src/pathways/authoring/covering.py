"""What a case has to show so that a condition is covered: that it matters where it holds, or where it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from pathways.assessment.view import View
from pathways.authoring.clocked import with_clocks
from pathways.authoring.coverage import NOWHERE, STANDING, Covered, always, fails_as, never, shown, shown_now
from pathways.authoring.inventing import Invented
from pathways.authoring.lanes import Planed
from pathways.authoring.reached import clocks_reading, read_by_a_clock
from pathways.authoring.restated import Stated
from pathways.authoring.scenarios import Scenarios
from pathways.authoring.telling import Search, Sought
from pathways.case import Case
from pathways.diagnostics import Problem
from pathways.logic import NO
from pathways.logic.apart import Pair
from pathways.record import record
from pathways.rulebook import Rulebook


def to_cover(planed: Planed, one: Covered, *, holds: bool) -> Iterator[Sought]:
    """For each avenue and claim that a condition reaches, a case in which it ``holds`` (or not) and that matters."""
    parts = (("avenues", one.written.avenues), ("claims", one.written.claims))
    for kind, name in ((kind, name) for kind, names in parts for name in names):
        whole = planed.scenarios.rulebook
        found = _sought(whole, planed.stated(kind, (name,)), one, name, holds)
        yield found
        if not found.provable:
            yield from with_clocks(found, clocks_reading(whole, one.written, name), done=True)


@record
class Gap:
    """One way in which no scenario shows a condition to matter, and what a search for a case came to."""

    covered: Covered
    holds: bool
    search: Search


def gaps(scenarios: Scenarios, covered: Sequence[Covered], invented: Invented) -> list[Gap]:
    """Everything that the scenarios do not show; cases are ``invented`` for it, where there can be any."""
    planed = Planed(scenarios)
    missing = [
        (one, holds) for one in covered for holds, file in ((True, one.holding), (False, one.failing)) if not file
    ]
    return [Gap(one, holds, invented.show(to_cover(planed, one, holds=holds))) for one, holds in missing]


def unjustified(found: Sequence[Gap]) -> list[Problem]:
    """Reasons in the rules (`uncovered`) for what no scenario shows, though a case could."""
    excuses = {id(gap.covered.written.excuse): gap for gap in found if gap.covered.written.excused and gap.search.case}
    return [
        Problem(
            "could-be-covered",
            "a case could show what this condition does, and `uncovered` says that none does",
            (gap.covered.written.excuse or gap.covered.written.condition).place or NOWHERE,
            help="`pathways rules coverage --write FOLDER` writes the case; then leave `uncovered` away",
        )
        for gap in excuses.values()
    ]


def _sought(whole: Rulebook, stated: Stated, one: Covered, name: str, holds: bool) -> Sought:
    condition = one.written.condition
    before, after = stated.rulebook, stated.with_change(condition, never if holds else always)
    statement = stated.of(condition).statement
    is_avenue = name in before.avenues
    pairs: Mapping[str, Pair] = dict((_avenue_pairs if is_avenue else _claim_pairs)(before, after, name))
    clocked = is_avenue and read_by_a_clock(whole, one.written, name)
    # A clock, or what an answer says of a deadline, can stand between the condition and what is shown.
    through = clocked or before.repeats != after.repeats
    fails = fails_as(whole, condition)

    def shows(case: Case) -> bool:
        values = View(before, case, case.as_of).values(statement)
        if values & NO if holds else values != fails:
            return False
        changed = ((key, pair) for key, pair in pairs.items() if through or pair.before != pair.after)
        return any(_shows_otherwise(before, after, case, name, key, pair) for key, pair in changed)

    return Sought(
        before.avenues[name].short if is_avenue else before.claims[name].title,
        before,
        after,
        tuple(pairs.values()),
        shows,
        about=(name,) if is_avenue else (),
        where=((statement, holds),) if holds or fails == NO else (),
        provable=not clocked,
    )


def _shows_otherwise(before: Rulebook, after: Rulebook, case: Case, name: str, key: str, pair: Pair) -> bool:
    """Whether something shown is otherwise after a change, also by plain evaluation, which coverage goes by first."""
    one, other = (View(book, case, case.as_of) for book in (before, after))
    plain = zip(pair.before, pair.after, strict=True)
    if all(one.case_values.plain[old] == other.case_values.plain[new] for old, new in plain):
        return False
    if name in before.claims:
        return one.values(pair.before[1]) != other.values(pair.after[1])
    if key != STANDING and one.values(before.avenues[name].applies) == NO:
        return False
    return shown_now(before, case, name, key) != shown_now(after, case, name, key)


def _avenue_pairs(before: Rulebook, after: Rulebook, name: str) -> Iterator[tuple[str, Pair]]:
    old, new = before.avenues[name], after.avenues[name]
    shown_after = shown(new)
    for key, roots in shown(old).items():
        if key == STANDING:
            yield key, Pair(cast("tuple[int, int]", roots), cast("tuple[int, int]", shown_after[key]), told=True)
        else:
            yield key, Pair((old.applies, roots[0]), (new.applies, shown_after[key][0]))


def _claim_pairs(before: Rulebook, after: Rulebook, name: str) -> Iterator[tuple[str, Pair]]:
    for one, other in zip(before.claims[name].in_this_case, after.claims[name].in_this_case, strict=True):
        if one.when and other.when:
            yield one.id, Pair((1, one.when.statement), (1, other.when.statement))
