"""Straight-line evaluation of many lanes agrees with evaluation statement by statement."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.logic import Lanes, Statements, evaluate, evaluate_many
from pathways.logic.many import Line, Program
from tests.logic.strategies import Tape, tapes


def _random_lanes(statements: Statements, width: int, random: Random) -> Lanes:
    """Lanes in which some option is always possible."""
    options = {}
    for index, variable in enumerate(statements.variables):
        planes = [random.getrandbits(width) & random.getrandbits(width) for _ in variable.options]
        possible = 0
        for plane in planes:
            possible |= plane
        planes[random.randrange(len(planes))] |= possible ^ ((1 << width) - 1)
        options[index] = planes
    return Lanes(width, options, {index: random.getrandbits(width) for index in options})


@settings(max_examples=500, deadline=None)
@given(tapes, st.integers(1, 130), st.randoms(use_true_random=False))
def test_many_lanes_agree_with_evaluate(tape: Tape, width: int, random: Random) -> None:
    statements, root = tape.rulebook()
    wanted = [root, *random.sample(range(len(statements)), min(2, len(statements)))]
    blocks = [_random_lanes(statements, width, random) for _ in range(2)]
    for lanes, found in zip(blocks, evaluate_many(statements, blocks, wanted), strict=True):
        known = evaluate(statements, lanes, wanted)
        assert found == {index: known[index] for index in wanted}


@settings(max_examples=200, deadline=None)
@given(tapes, st.lists(tapes, max_size=40))
def test_cases_side_by_side_agree_with_evaluate(tape: Tape, more: list[Tape]) -> None:
    statements, _ = tape.rulebook()
    lanes = Lanes.of(statements, [one.case(statements) for one in more])
    assert Program(statements, range(len(statements))).evaluate(lanes) == evaluate(statements, lanes)


def test_a_program_holds_only_what_is_wanted_and_each_line_once() -> None:
    statements = Statements()
    one, two, three = (statements.leaf(statements.variable(name), 1) for name in ("a.one", "a.two", "a.three"))
    both = statements.all([one, two])
    statements.any([both, three])
    program = Program(statements, [both, statements.negation(both)])
    inputs = {line.variable for line in program.code if not isinstance(line, Line)}
    assert inputs == {0, 1}
    assert len(set(program.code)) == len(program.code)
    no, half, yes = program.results[both]
    assert program.results[statements.negation(both)] == (yes, half, no)
