"""Deciding, and nothing else: statements, lanes, and what they can still become.

This package knows no file, no law and no person. It knows *variables* (questions with a fixed list of
options), *statements* built over them, and *lanes* (cases, real or hypothetical, assessed side by side).

The order of values is ``no < disputed < yes``; what is not known yet is the set of values still possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.logic.exact import Decider
from pathways.logic.lanes import Lanes, Planes, evaluate
from pathways.logic.statements import Kind, StatementError, Statements, Variable
from pathways.logic.values import (
    DISPUTED,
    NO,
    UNKNOWN,
    YES,
    Answer,
    ValueSet,
    value_names,
    value_word,
)

__all__ = [
    "DISPUTED",
    "NO",
    "UNKNOWN",
    "YES",
    "Answer",
    "Decider",
    "Kind",
    "Lanes",
    "StatementError",
    "Statements",
    "ValueSet",
    "Variable",
    "evaluate",
    "evaluate_many",
    "value_names",
    "value_word",
]


def evaluate_many(
    statements: Statements, blocks: Iterable[Lanes], wanted: Iterable[int]
) -> Iterator[dict[int, Planes]]:
    """For each block of lanes, the planes of every statement in ``wanted``: see :mod:`pathways.logic.many`."""
    from pathways.logic.many import evaluate_many

    return evaluate_many(statements, blocks, wanted)
