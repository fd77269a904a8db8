"""What changes between two rulebooks, as a page and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pathways import __version__
from pathways.authoring.compare import CaseChange, Changes
from pathways.authoring.listing import Otherwise, Part
from pathways.authoring.meaning import Answered, Pattern
from pathways.render.page import Page
from pathways.render.words import STANDING, count, upper
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import AS_OF, stretch_words

SCHEMA_VERSION = "1.0"
_CLOCK = {
    "running": "still running",
    "passed": "over",
    "unsettled": "not settled",
    "waiting": "not over",
    "over": "over",
}
#: So many answers are listed; of more, those that do not belong to them, if they are fewer.
_FEW = 3
_SAME = "The meaning is unchanged: on all answers that both rulebooks know, every avenue stands the same."
_HOW_TO_READ = (
    "Each pattern holds answers after which the two rulebooks never let the avenue go on alike, whatever is answered "
    "besides. Beside it stands all that is still possible in each."
)


def changes_page(changes: Changes) -> Page:
    """A page on what changes: meaning first, then cases, then words."""
    page = Page(changes.new)
    old, new = changes.old.about, changes.new.about
    page.heading(1, f"From {old.id} {old.version} to {new.id} {new.version}")
    if changes.same_meaning:
        page.para(_SAME)
    _avenues(page, changes)
    _differences(page, changes)
    if changes.listing.counted:
        page.heading(2, "Time limits that are counted otherwise")
        for one in changes.listing.counted:
            page.item(_otherwise(one))
    _cases(page, changes)
    _listed(page, changes)
    return page


def _avenues(page: Page, changes: Changes) -> None:
    added, removed = changes.avenues
    for title, parts in (("New avenues", added), ("Avenues that are gone", removed)):
        if parts:
            page.heading(2, title)
            for part in parts:
                page.item(f"{part.title} ({part.name})")


def _differences(page: Page, changes: Changes) -> None:
    if not changes.differences:
        return
    page.heading(2, "Avenues that stand otherwise")
    page.para(_HOW_TO_READ, tone="quiet")
    for one in changes.differences:
        page.heading(3, f"{changes.new.avenues[one.avenue].title} ({one.avenue})")
        for number, pattern in enumerate(one.patterns, 1):
            said = [answer_words(changes, answered) for answered in pattern.answers]
            fewest = "" if pattern.smallest else " (Shorter patterns may exist; of this one no answer can be left out.)"
            page.item(f"{'; '.join(said) or 'Whatever is answered'}.{fewest}", bullet=f"{number}.", label="If")
            page.item(f"{_standings(pattern.old)}.", label="Before", depth=1)
            page.item(f"{_standings(pattern.new)}.", label="Now", depth=1)
        if one.more:
            page.para("There are more differences than these patterns cover.")


def _standings(names: Iterable[str]) -> str:
    return ", or ".join(STANDING[name] for name in names)


def answer_words(changes: Changes, answered: Answered) -> str:
    """An answer of a pattern in plain words."""
    question = changes.questions[answered.name]
    rulebook, name = (changes.new, question.new) if question.new else (changes.old, question.old)
    only = "" if question.old and question.new else " (only now)" if question.new else " (only before)"
    label, options = _labelled(rulebook, name, answered.options)
    fact = rulebook.facts.get(name)
    if answered.disputed:
        return f"{label}{only}: disputed ({' or '.join(options)})"
    if fact is not None and len(options) > _FEW:
        _, others = _labelled(rulebook, name, [one for one in fact.answers if one not in answered.options])
        if 0 < len(others) < len(options):
            return f"{label}{only}: anything but {' or '.join(others)}"
    return f"{label}{only}: {' or '.join(options)}"


def _labelled(rulebook: Rulebook, name: str, options: Sequence[str]) -> tuple[str, list[str]]:
    if name == AS_OF:
        return "Day of the assessment", [stretch_words(options)]
    fact = rulebook.facts.get(name)
    if fact is not None:
        words = [stretch_words(options)] if fact.kind == "date" else [fact.label_of(option) for option in options]
        return fact.label, words
    if name in rulebook.clocks:
        avenue, _, part = name.partition("/")
        found = rulebook.avenues[avenue]
        return f"{found.short}, {found.titles[part]}", [_CLOCK[option] for option in options]
    table, _, column = name.partition(": ")
    return f"What was not checked of {table}, {rulebook.tables[table].columns[column].title}", list(options)


def _cases(page: Page, changes: Changes) -> None:
    page.heading(2, "Cases")
    changed = sum(case.refused != "both" for case in changes.cases)
    if changes.cases_run:
        page.para(f"{count(changes.cases_run, 'case')} run against both, {changed or 'none'} of them changed.")
    else:
        page.para("No cases were run.")
    for (refused, problem), several in groupby(sorted(changes.cases, key=_refusal), key=_refusal):
        alike = list(several)
        if refused and len(alike) > 1:
            page.item(f"{_ALIKE[refused]}: {problem}. First {alike[0].file}", label=count(len(alike), "case"))
        else:
            _each(page, changes, alike)


def _refusal(case: CaseChange) -> tuple[str, str]:
    return case.refused, case.problem


def _each(page: Page, changes: Changes, cases: Iterable[CaseChange]) -> None:
    for case in cases:
        page.item(_refused(case) if case.refused else case.title, label=case.file)
        for one in case.stands:
            title = (changes.new.avenues.get(one.avenue) or changes.old.avenues[one.avenue]).title
            before, now = (STANDING.get(name, "not there") for name in (one.old, one.new))
            page.item(f"before: {before}; now: {now}.", label=title, depth=1)


_ALIKE = {"old": "Only now can they be read", "new": "They can no longer be read", "both": "They cannot be read"}


def _refused(case: CaseChange) -> str:
    which = {"old": "only now can it be read", "new": "it can no longer be read", "both": "it cannot be read"}
    return f"{upper(which[case.refused])}: {case.problem}."


def _listed(page: Page, changes: Changes) -> None:
    listed = changes.listing
    page.heading(2, "What stands there otherwise")
    if not (listed.added or listed.removed or listed.otherwise or changes.renamed):
        page.para("Nothing: texts, sources and names are the same.")
        return
    page.para("This says nothing of the meaning, which stands above.", tone="quiet")
    for what, old, new in changes.renamed:
        page.item(f"{what} {old} is now {new}", label="Renamed")
    for label, parts in (("New", listed.added), ("Gone", listed.removed)):
        for kind, group in groupby(sorted(parts, key=lambda part: part.kind), key=lambda part: part.kind):
            page.item(f"{kind} {', '.join(part.name for part in group)}", label=label)
    for one in listed.otherwise:
        page.item(_otherwise(one))


def _otherwise(one: Otherwise) -> str:
    return f"{one.part.kind} {one.part.name}: {', '.join(one.keys)}"


# -- data ------------------------------------------------------------------------------------------


def changes_data(changes: Changes) -> dict[str, Any]:
    """The same for programs: docs/schema/diff.json."""
    listed = changes.listing
    added, removed = changes.avenues
    return {
        "schema_version": SCHEMA_VERSION,
        "pathways": __version__,
        "old": _book(changes.old),
        "new": _book(changes.new),
        "same_meaning": changes.same_meaning,
        "avenues_added": [part.name for part in added],
        "avenues_removed": [part.name for part in removed],
        "differences": [
            {
                "avenue": one.avenue,
                "patterns": [_pattern(changes, pattern) for pattern in one.patterns],
                "more": one.more,
            }
            for one in changes.differences
        ],
        "counted_otherwise": [_otherwise_data(one) for one in listed.counted],
        "cases_run": changes.cases_run,
        "cases": [
            {
                "file": case.file,
                "title": case.title,
                "avenues": [{"avenue": one.avenue, "old": one.old, "new": one.new} for one in case.stands],
                "refused_by": case.refused,
                "problem": case.problem,
            }
            for case in changes.cases
        ],
        "renamed": [{"kind": what, "old": old, "new": new} for what, old, new in changes.renamed],
        "added": [_part(part) for part in listed.added],
        "removed": [_part(part) for part in listed.removed],
        "otherwise": [_otherwise_data(one) for one in listed.otherwise],
    }


def _book(rulebook: Rulebook) -> dict[str, str]:
    return {"id": rulebook.about.id, "version": rulebook.about.version, "sha256": rulebook.sha256}


def _pattern(changes: Changes, pattern: Pattern) -> dict[str, Any]:
    answers = []
    for one in pattern.answers:
        question = changes.questions[one.name]
        answers.append(
            {
                "old": question.old,
                "new": question.new,
                "options": list(one.options),
                "disputed": one.disputed,
                "words": answer_words(changes, one),
            }
        )
    return {"if": answers, "old": list(pattern.old), "new": list(pattern.new), "smallest": pattern.smallest}


def _part(part: Part) -> dict[str, str]:
    return {"kind": part.kind, "name": part.name, "title": part.title}


def _otherwise_data(one: Otherwise) -> dict[str, Any]:
    return {**_part(one.part), "keys": list(one.keys)}
