"""A slow, plain reading of the logic's definition, to hold the evaluator against.

It knows nothing of lanes, planes or entanglement: it lists every completion of a case and every way to
resolve its disputes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from pathways.logic import DISPUTED, NO, YES, Answer, Kind, Statements

Complete = dict[int, tuple[int, ...]]


def completions(statements: Statements, case: Mapping[int, Answer], used: list[int]) -> Iterator[Complete]:
    """Every complete case: one option for each variable, or a dispute between several."""
    choices = []
    for variable in used:
        answer = case.get(variable) or Answer(statements.variables[variable].everything)
        options = tuple(o for o in range(len(statements.variables[variable].options)) if answer.options >> o & 1)
        if answer.disputed and len(options) > 1:
            choices.append([options])
        else:
            choices.append([s for size in range(1, len(options) + 1) for s in combinations(options, size)])
    for chosen in product(*choices):
        yield dict(zip(used, chosen, strict=True))


def resolutions(case: Complete) -> Iterator[dict[int, int]]:
    for chosen in product(*case.values()):
        yield dict(zip(case, chosen, strict=True))


def value(statements: Statements, root: int, case: Complete) -> int:
    """The value of a complete case: what all resolutions agree on, else disputed."""
    found = {resolved(statements, root, case, resolution) for resolution in resolutions(case)}
    return found.pop() if len(found) == 1 else DISPUTED


def resolved(statements: Statements, index: int, case: Complete, resolution: dict[int, int]) -> int:
    kind, parts = statements.kinds[index], statements.parts[index]
    if kind is Kind.NEVER:
        return NO
    if kind is Kind.ALWAYS:
        return YES
    if kind is Kind.LEAF:
        return YES if parts[1] >> resolution[parts[0]] & 1 else NO
    if kind is Kind.CLEARLY:
        return YES if value(statements, parts[0], case) == YES else NO
    if kind is Kind.ARGUABLY:
        return NO if value(statements, parts[0], case) == NO else YES
    if kind is Kind.DISPUTED:
        return YES if value(statements, parts[0], case) == DISPUTED else NO
    below = [resolved(statements, part, case, resolution) for part in statements.statements_of(index)]
    if kind is Kind.NOT:
        return {NO: YES, YES: NO, DISPUTED: DISPUTED}[below[0]]
    if kind is Kind.CONTESTABLE:
        return NO if below[0] == NO else DISPUTED
    if kind is Kind.ALL:
        return min(below)
    if kind is Kind.ANY:
        return max(below)
    return sorted(below, reverse=True)[parts[0] - 1]


def could_be(statements: Statements, root: int, case: Mapping[int, Answer]) -> int:
    used = sorted({statements.parts[i][0] for i in statements.cone([root]) if statements.kinds[i] is Kind.LEAF})
    total = 0
    for complete in completions(statements, case, used):
        total |= value(statements, root, complete)
    return total
