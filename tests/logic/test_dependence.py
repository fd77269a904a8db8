"""Whether a result depends on an answer: exactly where some completion shows it, by brute force."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings

from pathways.assessment import Standing, assess
from pathways.assessment.view import View
from pathways.case import read_case
from pathways.logic import NO, Answer, Decider, Kind, Statements
from pathways.record import replaced
from pathways.rulebook.locate import shipped
from tests.logic import reference
from tests.logic.dependence import UndecidedError, depends
from tests.logic.strategies import Tape, tapes
from tests.places import shipped_rulebook


def by_brute_force(statements: Statements, case: Mapping[int, Answer], variable: int, *roots: int) -> bool:
    """Whether two completions that differ only in one answer come to different results."""
    used = sorted({statements.parts[i][0] for i in statements.cone(roots) if statements.kinds[i] is Kind.LEAF})
    seen: dict[tuple[tuple[int, tuple[int, ...]], ...], tuple[int, ...]] = {}
    for complete in reference.completions(statements, case, used):
        value, *applies = (reference.value(statements, root, complete) for root in roots)
        result = (value,) if not applies else (0,) if applies[0] == NO else (min(value, applies[0]), 1)
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
    values = Decider(statements).of(case)
    assert depends(values, variable, root) == by_brute_force(statements, case, variable, root)


@settings(max_examples=700, deadline=None)
@given(tapes)
def test_so_it_does_where_something_has_to_apply_first(tape: Tape) -> None:
    statements, root = tape.rulebook(words=False)
    applies = statements.leaf(tape.below(len(statements.variables)), 1)
    other = statements.leaf(tape.below(len(statements.variables)), 1)
    applies = statements.any([applies, other]) if tape.below(2) else statements.all([applies, other])
    case = {name: Answer(given.options) for name, given in tape.case(statements).items()}
    variable = tape.below(len(statements.variables))
    values = Decider(statements).of(case)
    assert depends(values, variable, root, applies) == by_brute_force(statements, case, variable, root, applies)


def test_what_is_taken_up_by_another_part_does_not_matter() -> None:
    statements = Statements()
    a, b = (statements.leaf(statements.variable(name), 1) for name in "ab")
    root = statements.any([a, statements.all([a, b])])
    values = Decider(statements).of({})
    assert depends(values, 0, root)
    assert not depends(values, 1, root)


def test_a_result_that_no_answer_can_change_depends_on_none() -> None:
    statements = Statements()
    a = statements.leaf(statements.variable("a"), 1)
    either = statements.any([a, statements.negation(a)])
    assert not depends(Decider(statements).of({}), 0, either)


@pytest.mark.parametrize("name", ["attack-answered", "handcuffed-assault", "off-duty-quarrel"])
def test_little_of_what_the_shipped_rules_ask_can_be_shown_not_to_matter(name: str) -> None:
    """Some can: see docs/decisions/0006. This keeps it from becoming more unnoticed."""
    rulebook = shipped_rulebook()
    full = read_case(shipped("scenarios") / f"{name}.yaml", rulebook)
    needless, asked = [], 0
    for share in (0.25, 0.5, 0.75):
        known = dict(list(full.answers.items())[: int(share * len(full.answers))])
        case = replaced(full, answers=known)
        view = View(rulebook, case, "2026-02-01")
        asking: dict[int, list[bool | None]] = {}
        for result in assess(rulebook, case, "2026-02-01").avenues:
            avenue = result.avenue
            if result.standing is Standing.UNDETERMINED:
                for variable in view.questions([avenue.applies, avenue.value]):
                    if True not in asking.setdefault(variable, []):
                        asking[variable].append(_matters(view, variable, avenue.value, avenue.applies))
        asked += len(asking)
        needless += [variable for variable, found in asking.items() if set(found) == {False}]
    assert asked > 100
    assert len(needless) <= asked // 4


def _matters(view: View, variable: int, value: int, applies: int) -> bool | None:
    try:
        return depends(view._values, variable, value, applies, most=30)
    except UndecidedError:
        return None
