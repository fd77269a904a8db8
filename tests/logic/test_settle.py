"""Many lanes, settled exactly, agree with the exact evaluator for one case at a time."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.logic import DISPUTED, NO, YES, Answer, Decider, Lanes, Statements, settle
from pathways.logic.lanes import values_in
from pathways.logic.settle import Chosen, Settler
from tests.logic.strategies import Tape, tapes

PLACE = {NO: 0, DISPUTED: 1, YES: 2}


def values(could_be: int) -> list[int]:
    """The values of a set."""
    return [value for value in (NO, DISPUTED, YES) if could_be & value]


def _agrees(statements: Statements, roots: list[int], cases: list[dict[int, Answer]]) -> None:
    decider = Decider(statements)
    _settles(Settler(decider, roots), decider, cases)


def _settles(settler: Settler, decider: Decider, cases: list[dict[int, Answer]]) -> None:
    for root, outcome in settler.settle(Lanes.of(decider.statements, cases)).items():
        found = [[plane >> lane & 1 for plane in outcome.settled] for lane in range(len(cases))]
        expected = [PLACE.get(decider.could_be(root, case), 3) for case in cases]
        assert found == [[int(place == at) for at in range(4)] for place in expected]
        for lane, case in enumerate(cases):
            could_be, can_be = decider.could_be(root, case), values_in(outcome.can_be, lane)
            assert can_be == could_be or (len(values(can_be)) > 1 and not can_be & ~could_be)
            assert can_be == could_be or not outcome.exact >> lane & 1


@settings(max_examples=1500, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=12))
def test_lanes_are_settled_as_each_case_is(tape: Tape, more: list[Tape]) -> None:
    statements, root = tape.rulebook()
    _agrees(statements, [root, len(statements) - 1], [one.case(statements) for one in more])


@settings(max_examples=800, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=6), st.booleans())
def test_without_probes_every_combination_is_tried(tape: Tape, more: list[Tape], split: bool) -> None:
    statements, root = tape.rulebook()
    steps, split_steps = (0, (10_000,)) if split else (10_000, ())
    with patch.multiple(settle, PROBES=(), STEPS=steps, SPLIT_STEPS=split_steps):
        _agrees(statements, [root, len(statements) - 1], [one.case(statements) for one in more])


@settings(max_examples=400, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=12), st.permutations([1, -1, 1]))
def test_the_order_of_the_probes_changes_nothing(tape: Tape, more: list[Tape], probes: list[int]) -> None:
    statements, root = tape.rulebook()
    with patch.object(settle, "PROBES", probes):
        _agrees(statements, [root], [one.case(statements) for one in more])


@settings(max_examples=400, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=4), st.lists(tapes, max_size=4), st.sampled_from([0, 1, 100]))
def test_what_was_found_for_the_same_answers_is_so_in_the_next_block(
    tape: Tape, more: list[Tape], others: list[Tape], remembered: int
) -> None:
    statements, root = tape.rulebook()
    decider = Decider(statements)
    first, second = ([one.case(statements) for one in tapes] for tapes in (more, others))
    with patch.multiple(settle, PROBES=(), STEPS=1, MOST_REMEMBERED=remembered):
        settler = Settler(decider, [root, len(statements) - 1])
        for cases in (first, [*second, *first, *first], second + first[::-1]):
            _settles(settler, decider, cases)


@settings(max_examples=200, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=6))
def test_what_takes_too_many_combinations_is_asked_one_by_one(tape: Tape, more: list[Tape]) -> None:
    statements, root = tape.rulebook()
    with patch.multiple(settle, PROBES=(), STEPS=1, SPLIT_STEPS=()):
        _agrees(statements, [root], [one.case(statements) for one in more])


@given(st.integers(1, 200).flatmap(lambda width: st.tuples(st.just(width), *[st.integers(0, (1 << width) - 1)] * 2)))
def test_what_is_picked_out_goes_back_to_its_places(drawn: tuple[int, int, int]) -> None:
    width, where, plane = drawn
    chosen = Chosen(where, width)
    assert chosen.width == where.bit_count()
    assert chosen.spread(chosen.picked(plane)) == plane & where
    assert chosen.picked(where) == (1 << chosen.width) - 1


@pytest.mark.parametrize("word", ["clearly", "arguably", "disputed"])
def test_a_word_over_an_entangled_statement_is_settled_too(word: str) -> None:
    statements = Statements()
    one = statements.leaf(statements.variable("a.one"), 1)
    two = statements.leaf(statements.variable("a.two"), 1)
    tangled = statements.any([statements.all([one, two]), statements.all([statements.negation(one), two])])
    root = statements.all([getattr(statements, word)(tangled), statements.any([one, two])])
    answers = [Answer(1), Answer(2), Answer(3), Answer(3, disputed=True)]
    _agrees(statements, [root], [{0: first, 1: second} for first in answers for second in answers])
