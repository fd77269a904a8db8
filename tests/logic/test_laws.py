"""The laws of the logic, held against random rulebooks and against a slow reading of its definition."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from operator import or_
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.logic import NO, YES, Answer, Decider, Lanes, Statements, evaluate
from pathways.logic.lanes import values_in
from pathways.logic.plain import planes_of
from tests.logic import reference
from tests.logic.strategies import Tape, tapes


@settings(max_examples=1000, deadline=None)
@given(tapes)
def test_agrees_with_the_brute_force_reference(tape: Tape) -> None:
    statements, root = tape.rulebook()
    case = tape.case(statements)
    assert Decider(statements).could_be(root, case) == reference.could_be(statements, root, case)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_agrees_with_the_brute_force_reference_where_one_answer_is_another_than_before(tape: Tape) -> None:
    statements, root = tape.rulebook()
    values = Decider(statements).of(tape.case(statements))
    assert values.could_be(root) == reference.could_be(statements, root, values.case)
    variable = tape.below(len(statements.variables))
    changed = values.with_answer(variable, tape.answer(statements.variables[variable].everything))
    assert changed.could_be(root) == reference.could_be(statements, root, changed.case)


@settings(max_examples=500, deadline=None)
@given(tapes)
def test_an_answer_changed_gives_the_same_as_asked_afresh(tape: Tape) -> None:
    statements, root = tape.rulebook()
    before = Decider(statements).of(tape.case(statements))
    before.could_be(root)
    variable = tape.below(len(statements.variables))
    answer = tape.answer(statements.variables[variable].everything)
    changed = before.with_answer(variable, answer)
    afresh = Decider(statements).of({**before.case, variable: answer})
    assert changed.could_be(root) == afresh.could_be(root)
    assert changed.plain == afresh.plain
    in_one_lane = evaluate(statements, Lanes.of(statements, [changed.case]))
    assert [planes_of(values) for values in changed.plain] == [in_one_lane[index] for index in range(len(statements))]


@settings(max_examples=300, deadline=None)
@given(tapes)
def test_what_statements_become_together_is_what_each_becomes_alone(tape: Tape) -> None:
    statements, root = tape.rulebook()
    other = statements.leaf(tape.below(len(statements.variables)), 1)
    case = tape.case(statements)
    decider = Decider(statements)
    trials = decider.together((root, other), case, decider.variables_of(other))
    alone = decider.could_be(root, case), decider.could_be(other, case)
    for at in range(2):
        assert reduce(or_, (trial[at] for trial in trials)) == alone[at]


@settings(max_examples=300, deadline=None)
@given(tapes)
def test_more_answers_only_shrink_the_set(tape: Tape) -> None:
    statements, root = tape.rulebook()
    case = tape.case(statements)
    decider = Decider(statements)
    before = decider.could_be(root, case)
    for index, variable in enumerate(statements.variables):
        known = case.get(index) or Answer(variable.everything)
        if not known.disputed:
            case[index] = tape.answer(known.options)
    after = decider.could_be(root, case)
    assert after
    assert after & ~before == 0


@settings(max_examples=300, deadline=None)
@given(tapes)
def test_every_completed_case_lies_inside_the_set_predicted_for_the_partial_one(tape: Tape) -> None:
    statements, root = tape.rulebook()
    case = tape.case(statements)
    used = list(range(len(statements.variables)))
    completions = list(reference.completions(statements, case, used))
    complete = completions[(tape.below(256) * 256 + tape.below(256)) % len(completions)]
    settled = {v: Answer(sum(1 << o for o in options), len(options) > 1) for v, options in complete.items()}
    decider = Decider(statements)
    values = decider.could_be(root, settled)
    assert values in (1, 2, 4), "a complete case has one value"
    assert values & decider.could_be(root, case)


@settings(max_examples=300, deadline=None)
@given(tapes)
def test_de_morgan(tape: Tape) -> None:
    statements, left = tape.rulebook()
    right = statements.leaf(tape.below(len(statements.variables)), 1)
    not_all = statements.negation(statements.all([left, right]))
    any_not = statements.any([statements.negation(left), statements.negation(right)])
    not_any = statements.negation(statements.any([left, right]))
    all_not = statements.all([statements.negation(left), statements.negation(right)])
    case = tape.case(statements)
    decider = Decider(statements)
    assert decider.could_be(not_all, case) == decider.could_be(any_not, case)
    assert decider.could_be(not_any, case) == decider.could_be(all_not, case)


@settings(max_examples=200, deadline=None)
@given(tapes, st.randoms(use_true_random=False))
def test_the_order_of_conditions_never_matters(tape: Tape, random: Random) -> None:
    statements, root = tape.rulebook()
    parts = [root, *(statements.leaf(v, 1) for v in range(len(statements.variables)))]
    shuffled = random.sample(parts, len(parts))
    assert statements.all(parts) == statements.all(shuffled)
    assert statements.any(parts) == statements.any(shuffled)
    if len(parts) > 2:
        assert statements.at_least(2, parts) == statements.at_least(2, shuffled)


@settings(max_examples=200, deadline=None)
@given(tapes, st.lists(tapes, min_size=1, max_size=70))
def test_lanes_agree_with_one_at_a_time(tape: Tape, more: list[Tape]) -> None:
    statements, root = tape.rulebook()
    many = [one.case(statements) for one in more]
    side_by_side = evaluate(statements, Lanes.of(statements, many))[root]
    for lane, case in enumerate(many):
        alone = evaluate(statements, Lanes.of(statements, [case]))[root]
        assert values_in(side_by_side, lane) == values_in(alone)


def test_an_answer_narrowed_to_options_that_lift_different_leaves_is_tried_option_by_option() -> None:
    statements = Statements()
    agency = statements.variable("officer.agency", ["ice", "cbp", "local", "none"])
    held = statements.leaf(statements.variable("harm.detained"), 1)
    hurt = statements.leaf(statements.variable("harm.injured"), 1)
    either = statements.any(
        [
            statements.all([statements.leaf(agency, 0b0011), held]),
            statements.all([statements.leaf(agency, 0b0110), hurt]),
        ]
    )
    case = {agency: Answer(0b0101), 1: Answer(1), 2: Answer(1)}
    assert Decider(statements).could_be(either, case) == 4, "whichever of the two it was"


def test_a_result_that_no_answer_can_change_is_settled_at_once() -> None:
    statements = Statements()
    threat = statements.leaf(statements.variable("threat.imminent"), 1)
    either = statements.any([threat, statements.negation(threat)])
    assert Decider(statements).could_be(either, {}) == 4
    other = statements.leaf(statements.variable("force.warning"), 1)
    roundabout = statements.any(
        [statements.all([threat, other]), statements.negation(threat), statements.negation(other)]
    )
    assert Decider(statements).could_be(roundabout, {}) == 4


def test_a_dispute_counts_only_if_it_is_material() -> None:
    statements = Statements()
    agency = statements.variable("officer.agency", ["ice", "cbp", "local"])
    federal = statements.leaf(agency, 0b011)
    assert Decider(statements).could_be(federal, {agency: Answer(0b011, disputed=True)}) == 4
    assert Decider(statements).could_be(federal, {agency: Answer(0b101, disputed=True)}) == 2


def test_two_exclusive_options_are_never_both_possible() -> None:
    statements = Statements()
    force = statements.variable("force.kind", ["none", "hands", "firearm"])
    assert statements.all([statements.leaf(force, 1), statements.leaf(force, 4)]) == statements.never()
    assert statements.any([statements.leaf(force, 3), statements.leaf(force, 4)]) == statements.always()


def test_unknown_equals_unknown_is_unknown() -> None:
    statements = Statements()
    one = statements.leaf(statements.variable("a.one"), 1)
    two = statements.leaf(statements.variable("a.two"), 1)
    same = statements.any(
        [statements.all([one, two]), statements.all([statements.negation(one), statements.negation(two)])]
    )
    assert Decider(statements).could_be(same, {}) == 7


def test_a_statement_with_too_many_combinations_is_still_answered_and_never_too_narrowly() -> None:
    statements = Statements()
    facts = [statements.leaf(statements.variable(f"fact.{at}", ("yes", "no")), 1) for at in range(30)]

    def differ(one: int, other: int) -> int:
        both = statements.all([one, statements.negation(other)])
        return statements.any([both, statements.all([statements.negation(one), other])])

    # Each fact reaches the root both ways and is tied to the next, so that all would have to be tried together.
    root = statements.all([differ(one, other) for one, other in pairwise(facts)])
    decider = Decider(statements)
    possible = decider.could_be(root, {})
    alternating = {at: Answer(1 << at % 2) for at in range(30)}
    for answers, value in (
        (alternating, YES),
        (alternating | {7: Answer(1)}, None),
        ({0: Answer(1), 1: Answer(1)}, NO),
    ):
        found = decider.could_be(root, answers)
        assert found & possible == found
        assert value is None or found == value
