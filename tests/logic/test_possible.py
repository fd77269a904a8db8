"""What no case can bring about is proved just where brute force finds none; what is found is so."""

from __future__ import annotations

from hypothesis import given, settings

from pathways.logic import DISPUTED, NO, YES, Answer, Statements
from pathways.logic.possible import MOST_WAYS, Possible, TooWideError
from pathways.logic.structure import bits
from tests.logic import reference
from tests.logic.strategies import Tape, tapes


def comes_to(statements: Statements, root: int, found: dict[int, Answer]) -> int:
    """What a statement comes to with these answers, by the slow reference."""
    complete = {
        variable: tuple(bits(answer.options)) if answer.disputed else (next(bits(answer.options)),)
        for variable, answer in found.items()
    }
    return reference.value(statements, root, complete)


@settings(max_examples=1000, deadline=None)
@given(tapes)
def test_a_statement_is_found_yes_or_disputed_just_where_brute_force_finds_it(tape: Tape) -> None:
    statements, root = tape.rulebook()
    can_be = reference.could_be(statements, root, {})
    possible = Possible(statements, {})

    yes = possible.find(root, yes=True)
    assert (yes is not None) == bool(can_be & YES)
    assert yes is None or comes_to(statements, root, yes) == YES

    some = possible.find(root)
    assert (some is not None) == bool(can_be & (YES | DISPUTED))
    assert some is None or comes_to(statements, root, some) != NO

    assert possible.never(root) == (can_be == NO)


@settings(max_examples=300, deadline=None)
@given(tapes)
def test_what_is_left_out_is_not_found_again_and_the_search_comes_to_an_end(tape: Tape) -> None:
    statements, root = tape.rulebook(words=False)
    possible = Possible(statements, {})
    seen: list[dict[int, Answer]] = []
    while (found := possible.find(root, yes=True, unlike=seen)) is not None:
        assert found not in seen
        seen.append(found)
        assert len(seen) <= 4**4
    assert possible.find(root, yes=True) is None or seen
    assert bool(seen) == bool(reference.could_be(statements, root, {}) & YES)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_no_answer_is_disputed_where_a_plain_one_does(tape: Tape) -> None:
    statements, root = tape.rulebook(words=False)
    found = Possible(statements, {}).find(root)
    assert found is None or not any(answer.disputed for answer in found.values())


def test_what_only_repeats_a_statement_is_bound_to_it() -> None:
    statements = Statements()
    a = statements.leaf(statements.variable("a"), 1)
    echo = statements.variable("what was said of a")
    against = statements.all([a, statements.leaf(echo, 2)])
    assert Possible(statements, {}).find(against) is not None
    assert Possible(statements, {echo: a}).find(against) is None


def test_what_would_take_too_long_is_refused_and_never_taken_for_proved() -> None:
    statements = Statements()
    leaves = [statements.leaf(statements.variable(f"v{number}"), 1) for number in range(MOST_WAYS.bit_length())]
    halves = [statements.any([one, statements.negation(other)]) for one in leaves for other in leaves if one != other]
    said = statements.disputed(statements.all(halves))
    possible = Possible(statements, {})
    assert not possible.never(said)
    try:
        assert possible.find(said) is not None
    except TooWideError:
        return
    raise AssertionError("so many ways were tried")
