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


def _agrees(statements: Statements, roots: list[int], cases: list[dict[int, Answer]]) -> None:
    decider = Decider(statements)
    lanes = Lanes.of(statements, cases)
    for root, outcome in Settler(decider, roots).settle(lanes).items():
        found = [[plane >> lane & 1 for plane in outcome.settled] for lane in range(len(cases))]
        expected = [PLACE.get(decider.could_be(root, case), 3) for case in cases]
        assert found == [[int(place == at) for at in range(4)] for place in expected]
        for lane, case in enumerate(cases):
            if outcome.exact >> lane & 1:
                assert values_in(outcome.plain, lane) == decider.could_be(root, case)


@settings(max_examples=1500, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=12))
def test_lanes_are_settled_as_each_case_is(tape: Tape, more: list[Tape]) -> None:
    statements, root = tape.rulebook()
    _agrees(statements, [root, len(statements) - 1], [one.case(statements) for one in more])


@settings(max_examples=800, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=6), st.booleans())
def test_without_probes_every_combination_is_tried(tape: Tape, more: list[Tape], split: bool) -> None:
    statements, root = tape.rulebook()
    with patch.object(settle, "PROBES", 0), patch.object(settle, "STAGES", ((10_000, split),)):
        _agrees(statements, [root], [one.case(statements) for one in more])


@settings(max_examples=200, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=6))
def test_what_takes_too_many_combinations_is_asked_one_by_one(tape: Tape, more: list[Tape]) -> None:
    statements, root = tape.rulebook()
    with patch.object(settle, "PROBES", 0), patch.object(settle, "STAGES", ((1, False),)):
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
