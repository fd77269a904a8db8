"""What a case has to show so that a mutant is noticed: that what a scenario can expect comes out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pathways.assessment import assess
from pathways.authoring.clocked import with_clocks
from pathways.authoring.inventing import Invented
from pathways.authoring.lanes import Planed
from pathways.authoring.mutants import AvenueMutant, ConditionMutant, DateMutant, Mutant
from pathways.authoring.mutation import Tried, asked_by
from pathways.authoring.reached import clocks_reading, read_by_a_clock
from pathways.authoring.recording import otherwise, recorded
from pathways.authoring.scenarios import Scenarios
from pathways.authoring.telling import Sought
from pathways.case import Case, Given
from pathways.case.model import date_segments
from pathways.logic import Statements
from pathways.logic.apart import Moved, Pair
from pathways.logic.statements import ALWAYS
from pathways.record import replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.model import Deadline, Hurdle, Wait


def searched(scenarios: Scenarios, tried: Iterable[Tried], invented: Invented) -> list[Tried]:
    """The mutants, with a case ``invented`` for each that no scenario notices, where there can be one."""
    planed = Planed(scenarios)
    return [one if one.noticed else replaced(one, search=invented.show(to_notice(planed, one.mutant))) for one in tried]


def to_notice(planed: Planed, mutant: Mutant) -> Iterator[Sought]:
    """For each part of the rules that a mutant can change, a case in which something comes out otherwise."""
    if isinstance(mutant, ConditionMutant):
        return _of_condition(planed, mutant)
    return _of_avenue(planed, mutant) if isinstance(mutant, AvenueMutant) else _of_date(planed, mutant)


def _of_condition(planed: Planed, mutant: ConditionMutant) -> Iterator[Sought]:
    one, whole = mutant.written, planed.scenarios.rulebook
    alone = [*(("avenues", (name,)) for name in one.avenues), *(("claims", (name,)) for name in one.claims)]
    for kind, names in (*alone, ("findings", one.findings)):
        if names:
            stated = planed.stated(kind, names)
            before, after = stated.rulebook, stated.with_change(one.condition, mutant.change)
            about = one.avenues[:1] if kind == "findings" else names if kind == "avenues" else ()
            found = _sought(whole, before, after, about)
            if kind == "avenues" and read_by_a_clock(whole, one, names[0]):
                found = replaced(found, provable=False)
                yield from with_clocks(found, clocks_reading(whole, one, names[0]), done=True)
            yield found


def _of_avenue(planed: Planed, mutant: AvenueMutant) -> Iterator[Sought]:
    name = mutant.avenue.id
    stated = planed.stated("avenues", (name,))
    found = _sought(planed.scenarios.rulebook, stated.rulebook, stated.with_avenue(mutant.avenue), (name,))
    was = stated.whole.avenues[name]
    timed: tuple[Deadline | Wait, ...] = (*was.deadlines, *was.waits)
    changed: tuple[Deadline | Wait, ...] = (*mutant.avenue.deadlines, *mutant.avenue.waits)
    parts = zip(timed, changed, strict=True)
    moved = [one for one, other in parts if one.clock and one.clock != other.clock]
    if moved:
        yield from with_clocks(found, moved, done=False)
    else:
        yield found


def _of_date(planed: Planed, mutant: DateMutant) -> Iterator[Sought]:
    whole, day = planed.scenarios.rulebook, min(set(mutant.before) ^ set(mutant.after))
    alone = [*(("avenues", (name,)) for name in whole.avenues), *(("claims", (name,)) for name in whole.claims)]
    for kind, names in (*alone, ("findings", tuple(whole.findings))):
        before = planed.stated(kind, names).rulebook
        variable = before.variables[mutant.fact or AS_OF]
        options = before.statements.variables[variable].options
        (was,), (becomes,) = (date_segments(cuts, day, options) for cuts in (mutant.before, mutant.after))
        changed: dict[str, object] = {"as_of_cuts": mutant.after}
        if mutant.fact:
            fact = replaced(before.facts[mutant.fact], cuts=mutant.after)
            changed = {"facts": {**before.facts, mutant.fact: fact}}
        found = _sought(whole, before, replaced(before, **changed), names if kind == "avenues" else ())
        moved = Moved(variable, options.index(was), options.index(becomes))
        yield replaced(found, moved=moved, days=_on(mutant.fact, day))


def _sought(whole: Rulebook, before: Rulebook, after: Rulebook, about: tuple[str, ...]) -> Sought:
    def shows(case: Case) -> bool:
        return bool(otherwise(*(recorded(assess(book, case)) for book in (before, after))))

    names = about or tuple(before.claims)
    title = whole.avenues[names[0]].short if about else whole.claims[names[0]].title if names else "Legal tests alone"
    return Sought(title, before, after, tuple(_pairs(before, after)), shows, about)


def _on(fact: str, day: str) -> Callable[[Case], Iterator[Case]]:
    """A case on a day: its answer to a question, or the day of assessment."""
    return lambda case: iter((case.with_answer(fact, Given.known(day)) if fact else replaced(case, as_of=day),))


def _pairs(before: Rulebook, after: Rulebook) -> Iterator[Pair]:
    """Everything that a scenario can expect, before a change and after it."""
    make = after.statements
    one, other = (dict(_shown(make, rulebook)) for rulebook in (before, after))
    for key in {**one, **other}:
        # A component that is only there before the change, or after it, held back nothing without it.
        yield Pair((ALWAYS, one.get(key, ALWAYS)), (ALWAYS, other.get(key, ALWAYS)))
    for name, avenue in before.avenues.items():
        changed = after.avenues[name]
        yield Pair((avenue.applies, avenue.value), (changed.applies, changed.value), told=True)


def _shown(make: Statements, rulebook: Rulebook) -> Iterator[tuple[tuple[str, ...], int]]:
    """The statements that say what is expected of findings, avenues and claims; those that are missing are made."""
    yield from ((("finding", name), one.holds_when.statement) for name, one in rulebook.findings.items())
    for name, claim in rulebook.claims.items():
        yield from (((name, one.id), one.when.statement) for one in claim.in_this_case if one.when)
    for name, avenue in rulebook.avenues.items():
        yield from (((name, one), statement) for one, statement in avenue.components.items())
        yield from (((name, "arises", one.id), one.arises_when.statement) for one in avenue.hurdles)
        for deadline in avenue.deadlines:
            yield from (((name, "deadline", deadline.id, str(at)), one) for at, one in enumerate(asked_by(deadline)))
        for hurdle in avenue.hurdles:
            for at, statement in enumerate(_leaning(make, hurdle)):
                yield (name, "leans", hurdle.id, str(at)), statement
        done: list[int] = []
        for stage in avenue.stages:
            if stage.done_when:
                yield (name, "stage", stage.id), make.all([*done, make.negation(stage.done_when.statement)])
                done.append(stage.done_when.statement)
        remarks = (*avenue.cautions, *avenue.steps, *avenue.not_hurdles)
        yield from (((name, "remark", one.id), one.when.statement) for one in remarks if one.when)


def _leaning(make: Statements, hurdle: Hurdle) -> Iterator[int]:
    """That each leaning is the first that holds; and, where one before is only disputed, that it holds as well."""
    earlier: list[int] = []
    for leaning in hurdle.leans:
        holds = leaning.when.statement if leaning.when else ALWAYS
        yield make.all([*(make.negation(one) for one in earlier), holds])
        yield from (make.all([one, make.negation(one), holds]) for one in earlier)
        earlier.append(holds)
