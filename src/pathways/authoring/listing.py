"""What differs between two rulebooks part by part: added, removed, said or set otherwise, counted otherwise.

This looks at what stands in the rules, and not at what follows from it (:mod:`pathways.authoring.meaning`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pathways.authoring.matching import Matching
from pathways.record import names_of, record, values_of
from pathways.rulebook import Rulebook, model
from pathways.rulebook.clock import Clock
from pathways.rulebook.cuts import stretch_words

#: Values that only place a part among others or in the logic.
_NOT_SAID = {"id", "place", "statement", "missed", "over", "components", "variable", "parts", "cuts", "told"}
#: Values that name a question.
_NAMING = {"of", "by", "met_by", "follows"}
_INSIDE = {
    "requires": "element",
    "hurdles": "hurdle",
    "deadlines": "deadline",
    "waits": "waiting period",
    "stages": "stage",
    "not_hurdles": "believed hurdle",
    "cautions": "caution",
    "steps": "step",
}
#: What of a cell a time limit is counted by.
_COUNTED = {"value", "careful", "careful_about", "start", "seen"}


@record
class Part:
    """Something in a rulebook: what it is, its name, and what the reader calls it."""

    kind: str
    name: str
    title: str


@record
class Otherwise:
    """A part that both rulebooks have, with its keys of which the values differ."""

    part: Part
    keys: tuple[str, ...]


@record
class Listing:
    """The parts that only the new rulebook has, only the old one, and that differ.

    ``counted`` are time limits, and what they are counted by, that run otherwise.
    """

    added: tuple[Part, ...]
    removed: tuple[Part, ...]
    otherwise: tuple[Otherwise, ...]
    counted: tuple[Otherwise, ...]


def listing(matching: Matching) -> Listing:
    """Every part of two rulebooks that differs."""
    old = {(part.kind, part.name): (part, said) for part, said in _parts(matching.old, matching)}
    new = {(part.kind, part.name): (part, said) for part, said in _parts(matching.new, None)}
    otherwise, counted = [], []
    for key, (part, said) in new.items():
        before = old[key][1] if key in old else said
        keys = [one for one in {**before, **said} if before.get(one) != said.get(one)]
        runs = tuple(one.removeprefix("clock.") for one in keys if one.startswith("clock."))
        rest = tuple(one for one in keys if not one.startswith("clock."))
        if runs:
            counted.append(Otherwise(part, runs))
        if rest:
            otherwise.append(Otherwise(part, rest))
    return Listing(
        tuple(part for key, (part, _) in new.items() if key not in old),
        tuple(part for key, (part, _) in old.items() if key not in new),
        tuple(otherwise),
        tuple(counted),
    )


def _parts(rulebook: Rulebook, matching: Matching | None) -> Iterator[tuple[Part, dict[str, Any]]]:
    """Every part with what it says, by key; of an old rulebook by its names in the new one."""
    say = _Saying(matching)
    facts, avenues = (matching.facts, matching.avenues) if matching else ({}, {})
    about = say.said(rulebook.about, ("cautions", "not_modelled", "renamed", "version"))
    if rulebook.calendar[0]:
        about["clock.closed_days"] = rulebook.calendar[0]
    yield Part("rulebook", rulebook.about.id, rulebook.about.title), about
    for remark in rulebook.about.cautions:
        yield Part("caution", remark.id, remark.title or remark.text), say.said(remark)
    for gap in rulebook.about.not_modelled:
        yield Part("gap", gap.id, gap.text), say.said(gap)
    for topic in rulebook.topics.values():
        yield Part("topic", topic.id, topic.title), say.said(topic, ("facts",))
    for fact in rulebook.facts.values():
        said = say.said(fact, ("options",))
        names = matching.answers(fact.id) if matching else {}
        said.update({f"choices.{names.get(one.id, one.id)}": one.label for one in fact.options if not fact.table})
        yield Part("fact", facts.get(fact.id, fact.id), fact.label), said
    for finding in rulebook.findings.values():
        yield Part("finding", finding.id, finding.title), say.said(finding)
    for avenue in rulebook.avenues.values():
        name = avenues.get(avenue.id, avenue.id)
        yield Part("avenue", name, avenue.title), say.said(avenue, tuple(_INSIDE))
        for key, kind in _INSIDE.items():
            for one in getattr(avenue, key):
                title = one.title or one.text
                yield Part(kind, f"{name}/{one.id}", title), say.said(one)
    for claim in rulebook.claims.values():
        yield Part("claim", claim.id, claim.title), say.said(claim)
    for note in rulebook.notes.values():
        yield Part("note", note.id, note.title), say.said(note)
    for term in rulebook.terms.values():
        yield Part("term", term.id, term.term), say.said(term)
    yield from _tables(rulebook, say)
    for authority in rulebook.authorities.values():
        yield Part("authority", authority.id, authority.cite), say.said(authority)
    for document in rulebook.documents.values():
        yield Part("document", document.id, document.title), say.said(document, ("propositions",))
        for one in document.propositions.values():
            yield Part("proposition", f"{document.id}#{one.id}", one.says), say.said(one)


def _tables(rulebook: Rulebook, say: _Saying) -> Iterator[tuple[Part, dict[str, Any]]]:
    counting = {(clock.table, clock.column) for clock in rulebook.clocks.values() if clock.table}
    for table in rulebook.tables.values():
        yield Part("table", table.id, table.id), {"sources": table.sources}
        for column in table.columns.values():
            yield Part("column", f"{table.id}/{column.id}", column.title), say.said(column)
        for row, cells in table.rows.items():
            described = table.cells.get(row, {})
            said = {column: value for column, value in cells.items() if column not in described}
            yield Part("row", f"{table.id}/{row}", cells.get("name", row)), said
        for row, described in table.cells.items():
            for column_id, cell in described.items():
                said = _cell(say.said(cell), counts=(table.id, column_id) in counting)
                yield Part("cell", f"{table.id}/{row}/{column_id}", table.rows[row].get("name", row)), said


def _cell(said: dict[str, Any], counts: bool) -> dict[str, Any]:
    """What a cell says; in a column that time limits are counted by, some of it is how they run."""
    return {f"clock.{key}" if counts and key in _COUNTED else key: value for key, value in said.items()}


class _Saying:
    """What parts say, with the names of an old rulebook as they are in the new one."""

    def __init__(self, matching: Matching | None) -> None:
        self.matching = matching

    def said(self, one: Any, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
        """The values of a part by key, so that equal ones say the same."""
        found: dict[str, Any] = {}
        for key, value in zip(names_of(type(one)), values_of(one), strict=True):
            if key in _NOT_SAID or key in leave_out or value in (None, "", ()):
                continue
            if key == "value" and isinstance(value, int):
                # Of an avenue: a statement. What it comes to is no part of what stands there.
                continue
            if isinstance(value, Clock):
                found.update({f"clock.{name}": said for name, said in self.said(value).items()})
            elif key in _NAMING and isinstance(value, str):
                found[key] = self._fact(value)
            else:
                found[key] = self._plain(value)
        return found

    def _plain(self, value: Any) -> Any:
        if isinstance(value, model.Condition):
            return self._condition(value)
        if isinstance(value, Mapping):
            return {str(key): self._plain(one) for key, one in value.items()}
        if hasattr(type(value), "__record_size__"):
            return self.said(value)
        return [self._plain(one) for one in value] if isinstance(value, tuple) else value

    def _condition(self, one: model.Condition) -> Any:
        name, options = one.name, one.options
        if self.matching and one.op == "fact":
            answers = self.matching.answers(name)
            name, options = self._fact(name), tuple(answers.get(option, option) for option in options)
        elif self.matching and one.op == "passed":
            name = self.matching.inside(name)
        if one.column:
            options = (one.column, *one.words)  # Which rows have these is said of the cells.
        elif options and " " in options[0]:
            options = (stretch_words(options),)  # A stretch of time. Another day in the rules divides time otherwise.
        parts = [self._condition(part) for part in one.parts]
        return [one.op, name, sorted(options), one.count, one.because, list(one.sources), parts]

    def _fact(self, name: str) -> str:
        return self.matching.facts.get(name, name) if self.matching else name
