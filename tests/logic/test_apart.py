"""Whether a case tells two things apart: found just where brute force finds one, and then it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given, settings

from pathways.logic import NO, Answer, Kind, Statements
from pathways.logic.apart import Apart, Moved, Pair, disputable
from pathways.logic.possible import TooWideError
from pathways.logic.statements import ALWAYS
from pathways.logic.structure import bits
from tests.logic import reference
from tests.logic.strategies import Tape, tapes

Complete = reference.Complete


def completions(statements: Statements, *roots: int) -> Iterator[Complete]:
    """Every case in which each question that reaches one of some statements has an answer."""
    below = statements.cone(roots)
    used = sorted({statements.parts[i][0] for i in below if statements.kinds[i] is Kind.LEAF})
    yield from reference.completions(statements, {}, used)


def standing(statements: Statements, applies: int, value: int, complete: Complete) -> int | None:
    """What is shown: nothing where it does not apply, else the least of the two."""
    one, other = (reference.value(statements, root, complete) for root in (applies, value))
    return None if one == NO else min(one, other)


def two_roots(tape: Tape) -> tuple[Statements, int, int]:
    statements, root = tape.rulebook()
    return statements, root, tape.below(len(statements))


def as_complete(found: Mapping[int, Answer]) -> Complete:
    """Answers as the reference has them. Of options that nothing tells apart a plain answer names the first."""
    return {
        name: tuple(bits(given.options)) if given.disputed else tuple(bits(given.options))[:1]
        for name, given in found.items()
    }


def are_plain(complete: Complete) -> bool:
    return all(len(options) == 1 for options in complete.values())


def search(statements: Statements, pair: Pair, **more: object) -> Complete | None:
    """What is found with every dispute that can matter thought of."""
    leaves = sum(disputable(statements, [pair], {}, more.get("sought", ())).values())  # type: ignore[arg-type]
    found = Apart(statements, [pair], {}, disputes=leaves, **more).find()  # type: ignore[arg-type]
    return None if found is None else as_complete(found)


@settings(max_examples=800, deadline=None)
@given(tapes)
def test_two_statements_are_told_apart_just_where_some_case_tells_them(tape: Tape) -> None:
    statements, one, other = two_roots(tape)
    found = search(statements, Pair((ALWAYS, one), (ALWAYS, other)))
    cases = completions(statements, one, other)
    by_hand = any(reference.value(statements, one, c) != reference.value(statements, other, c) for c in cases)
    assert (found is not None) == by_hand
    if found is not None:
        assert reference.value(statements, one, found) != reference.value(statements, other, found)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_a_plain_case_is_found_where_there_is_one(tape: Tape) -> None:
    statements, one, other = two_roots(tape)
    found = Apart(statements, [Pair((ALWAYS, one), (ALWAYS, other))], {}).find()
    plain = filter(are_plain, completions(statements, one, other))
    by_hand = any(reference.value(statements, one, c) != reference.value(statements, other, c) for c in plain)
    assert (found is not None) == by_hand
    assert found is None or not any(given.disputed for given in found.values())


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_so_it_is_of_what_has_to_apply_and_where_some_statement_holds_or_does_not(tape: Tape) -> None:
    statements, one, other = two_roots(tape)
    applies, sought = (tape.below(len(statements)) for _ in "ab")
    holds = bool(tape.below(2))
    pair = Pair((applies, one), (applies, other), told=True)
    try:
        found = search(statements, pair, sought=[(sought, holds)])
    except TooWideError:
        return

    def tells(complete: Complete) -> bool:
        if (reference.value(statements, sought, complete) == NO) is holds:
            return False
        return standing(statements, applies, one, complete) != standing(statements, applies, other, complete)

    assert (found is not None) == any(map(tells, completions(statements, applies, one, other, sought)))
    assert found is None or tells(found)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_an_answer_that_moves_is_found_to_matter_just_where_it_does(tape: Tape) -> None:
    statements, root = tape.rulebook()
    variable = tape.below(len(statements.variables))
    options = len(statements.variables[variable].options)
    before, after = tape.below(options), tape.below(options)
    moved = Moved(variable, before, after)
    found = Apart(statements, [Pair((ALWAYS, root), (ALWAYS, root))], {}, moved=moved).find()

    def tells(complete: Complete) -> bool:
        values = [reference.value(statements, root, {**complete, variable: (option,)}) for option in (before, after)]
        return values[0] != values[1]

    plain = filter(are_plain, completions(statements, root))
    assert (found is not None) == any(map(tells, plain))


def test_the_next_case_differs_from_those_before() -> None:
    statements = Statements()
    a, b = (statements.leaf(statements.variable(name), 1) for name in "ab")
    apart = Apart(statements, [Pair((ALWAYS, statements.any([a, b])), (ALWAYS, a))], {})
    found = apart.find()
    assert found == {0: Answer(2), 1: Answer(1)}
    assert apart.find([found]) is None


def test_what_a_repeated_answer_says_can_be_another_after_the_change() -> None:
    statements = Statements()
    a, b = (statements.leaf(statements.variable(name), 1) for name in "ab")
    echo = statements.variable("what was said", ("yes", "no"))
    root = statements.leaf(echo, 1)
    pair = Pair((ALWAYS, root), (ALWAYS, root))
    assert Apart(statements, [pair], {echo: a}, meaning_after={echo: a}).find() is None
    found = Apart(statements, [pair], {echo: a}, meaning_after={echo: b}).find()
    assert found is not None
    assert found[0] != found[1]
