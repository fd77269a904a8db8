"""The laws of the logic, held against random rulebooks and against a slow reading of its definition."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.logic import Answer, Decider, Lanes, Statements, evaluate
from pathways.logic.lanes import values_in
from tests.logic import reference
from tests.logic.strategies import cases, rulebooks

books = rulebooks()


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_agrees_with_the_brute_force_reference(data: st.DataObject) -> None:
    statements, root = data.draw(books)
    case = data.draw(cases(statements))
    assert Decider(statements).could_be(root, case) == reference.could_be(statements, root, case)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_more_answers_only_shrink_the_set(data: st.DataObject) -> None:
    statements, root = data.draw(books)
    case = data.draw(cases(statements))
    decider = Decider(statements)
    before = decider.could_be(root, case)
    for index, variable in enumerate(statements.variables):
        known = case.get(index) or Answer(variable.everything)
        if known.disputed:
            continue
        narrowed = data.draw(st.integers(1, variable.everything)) & known.options
        if narrowed:
            case[index] = Answer(narrowed, data.draw(st.booleans()))
    after = decider.could_be(root, case)
    assert after and after & ~before == 0


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_completed_case_lies_inside_the_set_predicted_for_the_partial_one(data: st.DataObject) -> None:
    statements, root = data.draw(books)
    case = data.draw(cases(statements))
    used = list(range(len(statements.variables)))
    complete = data.draw(st.sampled_from(list(reference.completions(statements, case, used))))
    settled = {v: Answer(sum(1 << o for o in options), len(options) > 1) for v, options in complete.items()}
    decider = Decider(statements)
    values = decider.could_be(root, settled)
    assert values in (1, 2, 4), "a complete case has one value"
    assert values & decider.could_be(root, case)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_de_morgan(data: st.DataObject) -> None:
    statements, left = data.draw(books)
    variable = data.draw(st.integers(0, len(statements.variables) - 1))
    right = statements.leaf(variable, 1)
    not_all = statements.negation(statements.all([left, right]))
    any_not = statements.any([statements.negation(left), statements.negation(right)])
    not_any = statements.negation(statements.any([left, right]))
    all_not = statements.all([statements.negation(left), statements.negation(right)])
    case = data.draw(cases(statements))
    decider = Decider(statements)
    assert decider.could_be(not_all, case) == decider.could_be(any_not, case)
    assert decider.could_be(not_any, case) == decider.could_be(all_not, case)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_order_of_conditions_never_matters(data: st.DataObject) -> None:
    statements, root = data.draw(books)
    parts = [root, *(statements.leaf(v, 1) for v in range(len(statements.variables)))]
    shuffled = data.draw(st.permutations(parts))
    assert statements.all(parts) == statements.all(shuffled)
    assert statements.any(parts) == statements.any(shuffled)
    if len(parts) > 2:
        assert statements.at_least(2, parts) == statements.at_least(2, shuffled)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_lanes_agree_with_one_at_a_time(data: st.DataObject) -> None:
    statements, root = data.draw(books)
    many = data.draw(st.lists(cases(statements), min_size=1, max_size=70))
    side_by_side = evaluate(statements, Lanes.of(statements, many))[root]
    for lane, case in enumerate(many):
        alone = evaluate(statements, Lanes.of(statements, [case]))[root]
        assert values_in(side_by_side, lane) == values_in(alone)


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
    same = statements.any([
        statements.all([one, two]), statements.all([statements.negation(one), statements.negation(two)])
    ])
    assert Decider(statements).could_be(same, {}) == 7
