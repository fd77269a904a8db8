"""What a statement can come to in any case at all: proved by a solver, or shown by an example."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import prod

from pathways.logic.exact import CaseValues
from pathways.logic.formula import Formula
from pathways.logic.statements import EVIDENCE_WORDS, Statements
from pathways.logic.structure import Structure
from pathways.logic.values import NO, Answer
from pathways.logic.writing import Rails, Writing

#: In so many ways the disputes below one word about evidence are resolved at most.
MOST_WAYS = 2048


class TooWideError(Exception):
    """A word about evidence stands over so many disputes that to resolve them in every way would take too long."""


class Possible:
    """All cases in which every question has an answer: one option, or a dispute.

    ``meaning`` names variables that say no more than what a statement comes to (options yes, no). Every other variable
    is taken as free of the rest, so that what is found in no case here is found in none that the rest allows.
    """

    def __init__(self, statements: Statements, meaning: Mapping[int, int]) -> None:
        self._structure = Structure(statements)
        self._values = CaseValues(self._structure, {})
        self._meaning = meaning
        self._formula = Formula()
        self._no_dispute = self._formula.literal()
        #: Statements are written alike where the same answers can be disputed to an effect, by these (as a mask).
        self._written: dict[int, Writing] = {}
        self._told_apart: set[tuple[int, int]] = set()

    def never(self, statement: int) -> bool:
        """Whether it is proved that no case makes a statement even disputed."""
        known = self._values.known[statement]
        if known:
            return known == NO
        try:
            return not self._formula.can_hold(self._written_out(statement)[2].some)
        except TooWideError:
            return False

    def find(
        self, statement: int, *, yes: bool = False, unlike: Iterable[Mapping[int, Answer]] = ()
    ) -> dict[int, Answer] | None:
        """Answers that make a statement yes, or without ``yes`` at least disputed; None if there are none.

        They name every variable that can reach it, but for those with a meaning. None of them is disputed unless it has
        to be, and they differ somewhere from each of ``unlike``, which name answers found before. Raises
        :class:`TooWideError`.
        """
        below, writing, rails = self._written_out(statement)
        wanted = [rails.sure if yes else rails.some, *(writing.unlike(answers) for answers in unlike)]
        for variable in below:
            self._tell_apart(writing, variable)
        if not self._formula.can_hold(*wanted, self._no_dispute) and not self._formula.can_hold(*wanted):
            return None
        true = self._formula.found()
        found = {}
        for variable in below:
            answer = writing.answer(variable)
            groups = [group for group, literal in answer.items() if true(literal)]
            found[variable] = Answer(sum(groups), len(groups) > 1)
        return found

    def _writing(self, evidence: int) -> Writing:
        found = self._written.get(evidence)
        if found is None:
            found = self._written[evidence] = Writing(self._formula, self._values, evidence, self._meaning)
        return found

    def _written_out(self, statement: int) -> tuple[list[int], Writing, Rails]:
        with_meaning, evidence = reached(self._structure, [statement], self._meaning)
        below = [name for name in with_meaning if name not in self._meaning]
        writing = self._writing(evidence)
        if evidence:
            refuse_too_wide(self._structure, writing, self._meaning, [statement])
        return below, writing, writing.drawn(statement)

    def _tell_apart(self, writing: Writing, variable: int) -> None:
        """Let an answer be one option while no dispute is wanted."""
        if (id(writing), variable) in self._told_apart:
            return
        self._told_apart.add((id(writing), variable))
        if writing.may_be_disputed(variable):
            literals = list(writing.answer(variable).values())
            for at, one in enumerate(literals):
                for other in literals[:at]:
                    self._formula.require(-self._no_dispute, -one, -other)


def refuse_too_wide(
    structure: Structure, writing: Writing, meaning: Mapping[int, int], wanted: Collection[int]
) -> None:
    """Raise :class:`TooWideError` if the disputes below some statements can be resolved in too many ways."""
    statements = structure.statements
    cone = statements.cone([*wanted, *meaning.values()])
    drawn = (part for word in cone if statements.kinds[word] in EVIDENCE_WORDS for part in statements.parts[word])
    for one in (*wanted, *meaning.values(), *drawn):
        if prod(_options(structure, variable) for variable in writing.several(one)) > MOST_WAYS:
            raise TooWideError


def _options(structure: Structure, variable: int) -> int:
    everything = structure.unknown[variable].options
    return len(structure.classes(structure.leaf_mask[variable], variable, everything))


def reached(structure: Structure, wanted: Iterable[int], meaning: Mapping[int, int]) -> tuple[list[int], int]:
    """The variables that reach some statements, and the leaves (as a mask) below a word about evidence."""
    waiting = list(wanted)
    leaves = evidence = 0
    seen: set[int] = set()
    while waiting:
        reach = structure.reach[waiting.pop()]
        leaves |= reach.leaves
        evidence |= reach.evidence
        more = {name for name in structure.variables_below(reach.leaves) if name in meaning} - seen
        seen |= more
        waiting += [meaning[name] for name in more]
    return list(structure.variables_below(leaves)), evidence
