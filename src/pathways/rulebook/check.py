"""What is unwise in a rulebook that can be read: problems for its authors, found all in one run.

What makes meaning uncertain is refused when the rulebook is read (:mod:`pathways.rulebook.build`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pathways.diagnostics import Place, Problem, Problems
from pathways.patterns import REFERENCE
from pathways.rulebook.build import build
from pathways.rulebook.clock import period
from pathways.rulebook.model import Condition, Rulebook
from pathways.rulebook.references import cited, split_pinpoint

MOST_ENTANGLED = 10
NOWHERE = Place("rules")
_REFERENCE = re.compile(REFERENCE.pattern)


def check_rulebook(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """Read the rulebook in ``folder`` and look for everything that is wrong with it."""
    problems = Problems()
    rulebook = build(folder, problems)
    if rulebook is not None:
        for look in (_facts, _findings, _avenues, _clocks, _propositions):
            for problem in look(rulebook):
                problems.add(problem)
        for problem in _authorities(rulebook, _scenario_sources(folder)):
            problems.add(problem)
    return rulebook, sorted(problems.found, key=lambda problem: problem.order)


def conditions(rulebook: Rulebook) -> Iterator[Condition]:
    """Every condition that stands in the rules, outermost."""
    for finding in rulebook.findings.values():
        yield finding.holds_when
    for avenue in rulebook.avenues.values():
        yield from avenue.conditions
    for claim in rulebook.claims.values():
        yield from (remark.when for remark in claim.in_this_case if remark.when)


def walk(condition: Condition) -> Iterator[Condition]:
    """A condition and every one below it, not those of findings."""
    yield condition
    for part in condition.parts:
        yield from walk(part)


def _facts(rulebook: Rulebook) -> Iterator[Problem]:
    used = {name for condition in conditions(rulebook) for name in condition.facts}
    used.update(name for clock in rulebook.clocks.values() for name in clock.facts)
    for fact in rulebook.facts.values():
        place = fact.place or NOWHERE
        if fact.id not in used:
            yield Problem("unused-fact", f"no rule uses fact `{fact.id}`", place, help="use it, or do not ask it")
        if not fact.help:
            yield Problem(
                "missing-help", f"fact `{fact.id}` has no `help`", place, help="say what counts, and what does not"
            )
        if not fact.find_out:
            yield Problem(
                "missing-find-out", f"fact `{fact.id}` does not say where to find out", place, help="give `find_out:`"
            )


def _findings(rulebook: Rulebook) -> Iterator[Problem]:
    used = {part.name for condition in conditions(rulebook) for part in walk(condition) if part.op == "finding"}
    for finding in rulebook.findings.values():
        if finding.id not in used:
            yield Problem(
                "unused-finding",
                f"no rule uses finding `{finding.id}`",
                finding.place or NOWHERE,
                "warning",
                help="a finding that nothing uses is still shown; remove it unless that is meant",
            )


def _avenues(rulebook: Rulebook) -> Iterator[Problem]:
    statements = rulebook.statements
    for avenue in rulebook.avenues.values():
        place = avenue.place or NOWHERE
        entangled = rulebook.decider.tangled(avenue.value)
        if len(entangled) > MOST_ENTANGLED:
            names = ", ".join(f"`{statements.variables[index].name}`" for index in entangled)
            yield Problem(
                "entangled",
                f"{len(entangled)} facts reach avenue `{avenue.id}` in two ways, "
                f"at most {MOST_ENTANGLED} can be decided exactly: {names}",
                place,
                help="use each fact only as it stands or only under `not`, or gather its uses in one finding",
            )


def _clocks(rulebook: Rulebook) -> Iterator[Problem]:
    """Where a place is not known the shortest period is counted: none in the table may be shorter."""
    deadlines = (deadline for avenue in rulebook.avenues.values() for deadline in avenue.deadlines)
    for deadline in deadlines:
        clock = deadline.clock
        if clock is None or clock.shortest is None:
            continue
        for row, cells in rulebook.tables[clock.table].cells.items():
            cell = cells.get(clock.column)
            for found in (period(cell.value), cell.careful) if cell else ():
                if found and found.is_shorter(clock.shortest):
                    yield Problem(
                        "not-shortest",
                        f"deadline `{deadline.id}` has `shortest: {clock.shortest}`, and row `{row}` has {found}",
                        deadline.place or NOWHERE,
                        help="give the shortest period that any place has",
                    )


def _propositions(rulebook: Rulebook) -> Iterator[Problem]:
    known = cited(rulebook)
    for document in rulebook.documents.values():
        for proposition in document.propositions.values():
            if f"{document.id}#{proposition.id}" not in known:
                yield Problem(
                    "uncited-proposition",
                    f"nothing cites `{document.id}#{proposition.id}`",
                    proposition.place or NOWHERE,
                    help="cite it in a rule, an avenue, a claim or a context note",
                )


def _scenario_sources(folder: Path) -> set[str]:
    """What the scenarios beside the rules cite, such as the decisions that some are taken from."""
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in (folder / "scenarios").rglob("*.yaml"))
    return {split_pinpoint(found)[0] for text in texts for found in _REFERENCE.findall(text)}


def _authorities(rulebook: Rulebook, elsewhere: set[str]) -> Iterator[Problem]:
    known = elsewhere | {split_pinpoint(reference)[0] for reference in cited(rulebook)}
    for document in rulebook.documents.values():
        for proposition in document.propositions.values():
            if proposition.compare:
                known.update(split_pinpoint(reference)[0] for reference in proposition.compare.sources)
    for authority in rulebook.authorities.values():
        if authority.id not in known:
            yield Problem(
                "unused-authority",
                f"nothing cites `{authority.id}`",
                authority.place or NOWHERE,
                "warning",
                help="cite it where it bears on a rule, or remove it",
            )
