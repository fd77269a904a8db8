"""What a statement can come to in any case at all: proved by a solver, or shown by an example."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pathways.logic.exact import CaseValues
from pathways.logic.formula import TRUE, Formula
from pathways.logic.statements import Statements
from pathways.logic.structure import Structure
from pathways.logic.values import Answer
from pathways.logic.writing import Writing


class Possible:
    """All cases in which every question has an answer, one option or a dispute; looked at for some statements.

    ``meaning`` names variables that say no more than what a statement comes to (options yes, no). Every other variable
    is taken as free of the rest, so that what is found in no case here is found in none that the rest allows.
    """

    def __init__(self, statements: Statements, asked: Collection[int], meaning: Mapping[int, int]) -> None:
        structure = Structure(statements)
        evidence = 0
        for statement in (*asked, *meaning.values()):
            evidence |= structure.reach[statement].evidence
        self._structure = structure
        self._meaning = meaning
        self._formula = Formula()
        self._writing = Writing(self._formula, CaseValues(structure, {}), evidence, meaning)
        self._no_dispute = self._formula.literal()
        self._told_apart: set[int] = set()

    def find(self, statement: int, *, yes: bool = False) -> dict[int, Answer] | None:
        """Answers that make a statement yes, or without ``yes`` at least disputed; None if there are none.

        They name every variable that can reach it, but for those with a meaning. None of them is disputed unless it has
        to be.
        """
        rails = self._writing.drawn(statement)
        literal = rails.sure if yes else rails.some
        below = self._below(statement)
        for variable in below:
            self._tell_apart(variable)
        if not self._formula.can_hold(literal, self._no_dispute) and not self._formula.can_hold(literal):
            return None
        true = self._formula.found() | {TRUE}
        found = {}
        for variable in below:
            answer = self._writing.answer(variable)
            groups = [group for group, literal in answer.items() if literal in true]
            found[variable] = Answer(sum(groups) if len(answer) > 1 else groups[0], len(groups) > 1)
        return found

    def exclude(self, answers: Mapping[int, Answer]) -> None:
        """Find no more examples that have all of these answers, as they were found."""
        clause = []
        for variable, given in answers.items():
            for group, literal in self._writing.answer(variable).items():
                clause.append(-literal if group & given.options else literal)
        self._formula.require(*clause)

    def _below(self, statement: int) -> list[int]:
        reach, statements = self._structure.reach, [statement]
        leaves = 0
        seen: set[int] = set()
        while statements:
            leaves |= reach[statements.pop()].leaves
            more = {name for name in self._structure.variables_below(leaves) if name in self._meaning} - seen
            seen |= more
            statements += [self._meaning[name] for name in more]
        return [name for name in self._structure.variables_below(leaves) if name not in self._meaning]

    def _tell_apart(self, variable: int) -> None:
        """Let an answer be one option while no dispute is wanted."""
        if variable not in self._told_apart:
            self._told_apart.add(variable)
            literals = list(self._writing.answer(variable).values())
            if self._writing.may_be_disputed(variable):
                for at, one in enumerate(literals):
                    for other in literals[:at]:
                        self._formula.require(-self._no_dispute, -one, -other)
