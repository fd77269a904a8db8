"""What is unwise in a rulebook that can be read: problems for its authors, found all in one run.

What makes meaning uncertain is refused when the rulebook is read (:mod:`pathways.rulebook.build`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import combinations
from pathlib import Path

from pathways.diagnostics import Place, Problem, Problems
from pathways.patterns import REFERENCE
from pathways.rulebook.build import build
from pathways.rulebook.clock import period
from pathways.rulebook.cuts import stretch_words
from pathways.rulebook.files import texts_below
from pathways.rulebook.model import Condition, Rulebook
from pathways.rulebook.references import cited, split_pinpoint

MOST_ENTANGLED = 10
#: Words of an answer that is not an answer: that something is not known.
_NOT_KNOWN = re.compile(
    r"\b(?:unknown|not known|not sure|unsure|unclear|undetermined|(?:does|do) not know|don't know|no idea|"
    r"nobody knows|can(?:no|')t (?:say|tell)|cannot (?:say|tell))\b",
    re.IGNORECASE,
)
NOWHERE = Place("rules")
_REFERENCE = re.compile(REFERENCE.pattern)


def check_rulebook(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """Read the rulebook in ``folder`` and look for everything that is wrong with it."""
    problems = Problems()
    rulebook = build(folder, problems)
    if rulebook is not None:
        for look in (_facts, _options, _findings, _avenues, _stretches, _clocks, _cells, _letters, _propositions):
            for problem in look(rulebook):
                problems.add(problem)
        for problem in _authorities(rulebook, folder / "scenarios"):
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
    for letter in rulebook.letters.values():
        yield from letter.conditions


def walk(condition: Condition) -> Iterator[Condition]:
    """A condition and every one below it, not those of findings."""
    yield condition
    for part in condition.parts:
        yield from walk(part)


def _facts(rulebook: Rulebook) -> Iterator[Problem]:
    used = {name for condition in conditions(rulebook) for name in condition.facts}
    used.update(name for letter in rulebook.letters.values() for name in letter.inserted)
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


def _options(rulebook: Rulebook) -> Iterator[Problem]:
    """Answers that change nothing, and answers that let "not known" pass as "no".

    Every question can be answered "don't know", which leaves open what hangs on it. An option that says the same is an
    answer like any other: a condition that does not name it takes it for "no".
    """
    leaves: dict[str, list[tuple[str, ...]]] = {}
    for condition in conditions(rulebook):
        for part in walk(condition):
            if part.op == "fact":
                leaves.setdefault(part.name, []).append(part.options)
    for fact in rulebook.facts.values():
        place = fact.place or NOWHERE
        if fact.kind != "choice" or fact.table:
            continue
        for option in fact.options:
            if _NOT_KNOWN.search(option.id.replace("-", " ")) or _NOT_KNOWN.search(option.label):
                yield Problem(
                    "not-known-as-no",
                    f"answer `{option.id}` of fact `{fact.id}` says that it is not known",
                    place,
                    "warning",
                    help='leave it out: every question can be answered "don\'t know"',
                )
        named = {option for options in leaves.get(fact.id, ()) for option in options}
        unused = [option for option in fact.answers if option not in named]
        if named and len(unused) > 1 and not fact.kept_apart:
            listed = ", ".join(f"`{one}`" for one in unused)
            yield Problem(
                "unused-option",
                f"no rule names the answers {listed} of fact `{fact.id}`, or tells them apart",
                place,
                "warning",
                help="make them one answer, use them, or say under `kept_apart` what they are for",
            )


def _cells(rulebook: Rulebook) -> Iterator[Problem]:
    for table in rulebook.tables.values():
        for row, cells in table.rows.items():
            for column, value in cells.items():
                if _NOT_KNOWN.search(value.replace("-", " ")):
                    yield Problem(
                        "not-known-as-no",
                        f"cell `{column}` of row `{row}` in table `{table.id}` says `{value}`, which a condition reads "
                        "as a value",
                        NOWHERE,
                        "warning",
                        help="leave the cell empty: then what hangs on it is not known",
                    )


def _stretches(rulebook: Rulebook) -> Iterator[Problem]:
    """A part of the law that changes stands twice, with one title, once for each stretch of time."""
    for avenue in rulebook.avenues.values():
        parts: tuple[tuple[str, str, str, Condition | None, Place | None], ...] = (
            *(("element", one.id, one.title, one.when, one.place) for one in avenue.requires),
            *(("hurdle", one.id, one.title, one.arises_when, one.place) for one in avenue.hurdles),
            *(("deadline", one.id, one.title, one.applies_when, one.place) for one in avenue.deadlines),
        )
        for (kind, one, title, when, place), (other_kind, other, other_title, other_when, other_place) in combinations(
            parts, 2
        ):
            first, second = _in_force(rulebook, when), _in_force(rulebook, other_when)
            if not (kind == other_kind and title == other_title and first and second and first.name == second.name):
                continue
            if shared := [option for option in first.options if option in second.options]:
                yield Problem(
                    "overlapping-dates",
                    f"{kind}s `{one}` and `{other}` have one title, and both are in force {stretch_words(shared)}",
                    other_place or NOWHERE,
                    help="end one where the other begins, or give them titles that tell them apart",
                    also=((place, "the other"),) if place else (),
                    law=avenue.title,
                )


def _in_force(rulebook: Rulebook, condition: Condition | None) -> Condition | None:
    """The stretch of time to which a condition is bound as a whole: the first of its parts, or denied there."""
    while condition and condition.op in ("all", "any", "not"):
        if condition.op == "any" and condition.parts[0].op != "not":
            return None
        condition = condition.parts[0]
    if condition and condition.op == "fact":
        return condition if rulebook.facts[condition.name].kind == "date" else None
    return condition if condition and condition.op == "as-of" else None


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
            for found in (period(cell.value), cell.careful_in(clock.avenue)) if cell else ():
                if found and found.is_shorter(clock.shortest):
                    yield Problem(
                        "not-shortest",
                        f"deadline `{deadline.id}` has `shortest: {clock.shortest}`, and row `{row}` has {found}",
                        deadline.place or NOWHERE,
                        help="give the shortest period that any place has",
                    )


def _letters(rulebook: Rulebook) -> Iterator[Problem]:
    for letter in rulebook.letters.values():
        for name, wording in letter.wordings.items():
            if name not in letter.inserted:
                yield Problem(
                    "unused-answer",
                    f"letter `{letter.id}` has words for `{name}` and does not hold it",
                    wording.place or NOWHERE,
                    "warning",
                    help=f"put `{{{name}}}` into one of its texts, or remove the words",
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


def _authorities(rulebook: Rulebook, scenarios: Path) -> Iterator[Problem]:
    known = {split_pinpoint(reference)[0] for reference in cited(rulebook)}
    for document in rulebook.documents.values():
        for proposition in document.propositions.values():
            if proposition.compare:
                known.update(split_pinpoint(reference)[0] for reference in proposition.compare.sources)
    unknown = rulebook.authorities.keys() - known
    if unknown:
        unknown -= _cited_in(scenarios, unknown)
    for authority in rulebook.authorities.values():
        if authority.id in unknown:
            yield Problem(
                "unused-authority",
                f"nothing cites `{authority.id}`",
                authority.place or NOWHERE,
                "warning",
                help="cite it where it bears on a rule, or remove it",
            )


def _cited_in(scenarios: Path, wanted: Set[str]) -> set[str]:
    """Those of some authorities that a scenario cites, such as the decision that it is taken from."""
    found: set[str] = set()
    for text in texts_below(scenarios):
        # To look for all that is cited would take longer than to read the file.
        if any(name in text for name in wanted):
            found.update(split_pinpoint(reference)[0] for reference in _REFERENCE.findall(text))
    return found
