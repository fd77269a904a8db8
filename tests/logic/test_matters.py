"""Whether an answer matters: exactly where some completion shows it, by brute force."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import assume, given, settings

from pathways.logic import NO, Answer, Decider, Kind, Statements
from pathways.logic.matters import Matters
from pathways.logic.statements import ALWAYS
from tests.logic import reference
from tests.logic.strategies import Tape, tapes


def by_brute_force(statements: Statements, case: Mapping[int, Answer], variable: int, applies: int, value: int) -> bool:
    """Whether two completions that differ only in one answer come to different results."""
    below = statements.cone((applies, value))
    used = sorted({statements.parts[i][0] for i in below if statements.kinds[i] is Kind.LEAF})
    seen: dict[tuple[tuple[int, tuple[int, ...]], ...], tuple[int, ...]] = {}
    for complete in reference.completions(statements, case, used):
        one, other = (reference.value(statements, root, complete) for root in (applies, value))
        result = (0,) if one == NO else (min(one, other), 1)
        rest = tuple((name, given) for name, given in complete.items() if name != variable)
        if seen.setdefault(rest, result) != result:
            return True
    return False


@settings(max_examples=1500, deadline=None)
@given(tapes)
def test_a_variable_matters_just_where_brute_force_finds_a_difference(tape: Tape) -> None:
    statements, root = tape.rulebook()
    case = tape.case(statements)
    variable = tape.below(len(statements.variables))
    assume(variable not in case or not case[variable].disputed)
    found = Matters(Decider(statements).of(case), [(ALWAYS, root)]).matters([variable])
    assert found == by_brute_force(statements, case, variable, ALWAYS, root)


@settings(max_examples=1500, deadline=None)
@given(tapes)
def test_so_it_does_where_something_has_to_apply_first(tape: Tape) -> None:
    statements, root = tape.rulebook()
    one, other = (statements.leaf(tape.below(len(statements.variables)), 1) for _ in "ab")
    applies = statements.any([one, other]) if tape.below(2) else statements.all([one, other])
    case = tape.case(statements)
    variable = tape.below(len(statements.variables))
    assume(variable not in case or not case[variable].disputed)
    found = Matters(Decider(statements).of(case), [(applies, root)]).matters([variable])
    assert found == by_brute_force(statements, case, variable, applies, root)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_what_only_repeats_a_statement_is_no_answer_of_its_own(tape: Tape) -> None:
    """A variable that says what a statement comes to: as if the statement stood in its place."""
    statements, said = tape.rulebook(words=False)
    echo = statements.variable("what was said", ("yes", "no"))
    other = statements.leaf(tape.below(echo), 1)
    direct, repeated = (
        statements.any([statements.all([one, other]), statements.negation(other)])
        for one in (said, statements.leaf(echo, 1))
    )
    values = Decider(statements).of({})
    for variable in range(echo):
        found = Matters(values, [(ALWAYS, repeated)], {echo: said}).matters([variable])
        assert found == by_brute_force(statements, {}, variable, ALWAYS, direct)


def test_what_is_taken_up_by_another_part_does_not_matter() -> None:
    statements = Statements()
    a, b = (statements.leaf(statements.variable(name), 1) for name in "ab")
    root = statements.any([a, statements.all([a, b])])
    matters = Matters(Decider(statements).of({}), [(ALWAYS, root)])
    assert matters.matters([0])
    assert not matters.matters([1])


def test_a_result_that_no_answer_can_change_depends_on_none() -> None:
    statements = Statements()
    a = statements.leaf(statements.variable("a"), 1)
    either = statements.any([a, statements.negation(a)])
    assert not Matters(Decider(statements).of({}), [(ALWAYS, either)]).matters([0])


def test_one_of_several_results_is_enough() -> None:
    statements = Statements()
    a, b = (statements.leaf(statements.variable(name), 1) for name in "ab")
    matters = Matters(Decider(statements).of({}), [(ALWAYS, a), (b, a)])
    assert matters.matters([0])
    assert matters.matters([1])
