"""Reading a case file: whole and right, or refused with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pathways.case.model import Case, Expectation, Given, Said
from pathways.diagnostics import Name, Place, Problems, RefusedError, did_you_mean
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, value_word
from pathways.rulebook import Rulebook
from pathways.rulebook.formats import Draft, draft
from pathways.rulebook.model import VERDICTS, Fact
from pathways.shapes import (
    BAD,
    DATE,
    FACT_ID,
    ID,
    PARTIAL_DATE,
    REFERENCE,
    Kept,
    Later,
    ListOf,
    MapOf,
    Pattern,
    Reading,
    Text,
    _Bad,
    optional,
)
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode, YamlFile, compose

STANDINGS = ("open", "contested", "closed", "undetermined", "not-applicable")
VALUES = tuple(value_word(value) for value in (YES, NO, DISPUTED, UNKNOWN))
ANY_NAME = Pattern(ID.pattern, ID.expected, ID.code)

CASE = draft(
    "a case",
    case=Text(200), story=optional(Text(8000), ""), as_of=optional(DATE, ""), about=optional(ListOf(ID), ()),
    answers=optional(MapOf(FACT_ID, Kept("an answer"), empty=True), {}),
    expect=optional(draft(
        "`expect`",
        avenues=optional(MapOf(ID, Kept("a standing")), {}),
        findings=optional(MapOf(ID, Kept("a value")), {}),
        claims=optional(MapOf(ID, Kept("a verdict")), {}),
    )),
)


def read_case(path: Path, rulebook: Rulebook, shown: str | None = None) -> Case:
    """The case in a file.

    Raises :class:`~pathways.diagnostics.RefusedError` with every problem.
    """
    problems = Problems()
    file = compose(path, problems, shown)
    case = parse_case(file, rulebook, problems) if file is not None else None
    problems.raise_errors()
    if case is None:
        raise RefusedError(problems.found)
    return case


def parse_case(file: YamlFile, rulebook: Rulebook, problems: Problems) -> Case | None:
    """The case in a file that was read to nodes."""
    at = Reading(file, problems)
    if file.root is None:
        problems.error("empty", "expected a case, found an empty file", Place(file.name), help="a case begins with `case: A title`")
        return None
    read = CASE.read(file.root, at)
    if read is BAD:
        return None
    reader = _CaseReader(rulebook, problems)
    answers = {str(name): given for name, later in read.answers.items() if (given := reader.answer(name, later)) is not None}
    for name in read.about:
        reader.named(name, rulebook.avenues, "avenue")
    expect = tuple(reader.expectations(read.expect)) if read.expect else ()
    if problems.errors:
        return None
    return Case(
        title=read.case, file=file.name, story=read.story, as_of=str(read.as_of),
        about=tuple(str(name) for name in read.about), answers=answers, expect=expect,
    )


class _CaseReader:
    def __init__(self, rulebook: Rulebook, problems: Problems) -> None:
        self.rulebook = rulebook
        self.problems = problems

    def named(self, name: Name, known: Iterable[str], what: str) -> bool:
        names = list(known)
        if name in names:
            return True
        self.problems.error(f"unknown-{what}", f"no {what} is named `{name}`", name.place, help=did_you_mean(name, names))
        return False

    # -- answers ----------------------------------------------------------------------------------

    def answer(self, name: Name, later: Later) -> Given | None:
        if not self.named(name, self.rulebook.facts, "fact"):
            return None
        fact = self.rulebook.facts[name]
        node, at = later.node, later.at
        if isinstance(node, ScalarNode):
            if node.value == "unknown":
                return Given("unknown")
            if node.value == "disputed" and fact.kind != "date":
                return Given("disputed", all_options(fact))
            option = self._option(fact, node, at)
            return None if option is None else Given.known(option)
        if not isinstance(node, MappingNode) or not node.value or not isinstance(node.value[0][0], ScalarNode):
            at.expected(node, self._expected(fact))
            return None
        key: str = node.value[0][0].value
        if key == "one_of":
            fields = draft("`one_of`", one_of=Kept()).read(node, at)
            return None if fields is BAD else self._several(fact, fields.one_of)
        if key == "disputed":
            fields = draft("`disputed`", disputed=Kept()).read(node, at)
            return None if fields is BAD else self._dispute(fact, fields.disputed)
        said = self._said(fact, node, at)
        if said is None:
            return None
        return Given("unknown", said=(said,)) if said.answer == "unknown" else Given("known", (said.answer,), (said,))

    def _expected(self, fact: Fact) -> str:
        if fact.kind == "date":
            return "a date such as `2026-01-07`, `2026-01` or `2026`, or `unknown`"
        options = all_options(fact)
        shown = ", ".join(f"`{option}`" for option in options[:10])
        return f"{shown}{' …' if len(options) > 10 else ''}, `disputed` or `unknown`"

    def _option(self, fact: Fact, node: Node, at: Reading) -> str | None:
        if fact.kind == "date":
            day = PARTIAL_DATE.read(node, at)
            if day is BAD:
                return None
            if len(day) == 10 and int(day[8:]) > _days(int(day[:4]), int(day[5:7])):
                self.problems.error("wrong-form", f"there is no day `{day}`", at.place(node))
                return None
            return str(day)
        text = at.scalar(node, self._expected(fact))
        if isinstance(text, _Bad):
            return None
        options = all_options(fact)
        if text not in options:
            near = did_you_mean(text, options)
            if not near and (labelled := [o.id for o in fact.options if o.label.lower() == text.lower()]):
                near = f"did you mean `{labelled[0]}`?"
            self.problems.error(
                "unknown-option", f"`{fact.id}` has no answer `{text}`: expected {self._expected(fact)}", text.place, help=near
            )
            return None
        return str(text)

    def _several(self, fact: Fact, later: Later) -> Given | None:
        node, at = later.node, later.at
        if not isinstance(node, SequenceNode) or len(node.value) < 2:
            at.expected(node, "a list of two answers or more")
            return None
        options = [self._option(fact, part, at) for part in node.value]
        return Given("one-of", tuple(option for option in options if option)) if all(options) else None

    def _said(self, fact: Fact, node: Node, at: Reading) -> Said | None:
        fields = draft(
            "an answer", answer=Kept(), by=optional(Text(300), ""), note=optional(Text(4000), ""), sources=optional(ListOf(REFERENCE), ())
        ).read(node, at)
        if fields is BAD:
            return None
        answer_node = fields.answer.node
        plain_unknown = isinstance(answer_node, ScalarNode) and answer_node.value == "unknown"
        option = "unknown" if plain_unknown else self._option(fact, answer_node, at)
        self._check_sources(fields.sources)
        return None if option is None else Said(option, fields.by, fields.note, tuple(str(s) for s in fields.sources))

    def _dispute(self, fact: Fact, later: Later) -> Given | None:
        node, at = later.node, later.at
        if not isinstance(node, SequenceNode) or len(node.value) < 2:
            at.expected(node, "a list of two sides or more, each with an `answer`")
            return None
        sides = [self._said(fact, part, at) for part in node.value]
        said = tuple(side for side in sides if side)
        if len(said) < len(sides):
            return None
        options = tuple(dict.fromkeys(side.answer for side in said))
        if "unknown" in options:
            self.problems.error("bad-dispute", "a side of a dispute says something; `unknown` says nothing", at.place(node))
            return None
        if len(options) < 2:
            self.problems.error(
                "bad-dispute", f"both sides of this dispute say `{options[0]}`", at.place(node), help="then it is not disputed"
            )
            return None
        return Given("disputed", options, said)

    def _check_sources(self, sources: Iterable[Name]) -> None:
        from pathways.rulebook.references import split_pinpoint

        for reference in sources:
            document, _, proposition = reference.partition("#")
            if proposition:
                known = self.rulebook.documents.get(document)
                if known is None or proposition not in known.propositions:
                    names = [f"{d.id}#{p}" for d in self.rulebook.documents.values() for p in d.propositions]
                    self.problems.error(
                        "unknown-source", f"no source is named `{reference}`", reference.place, help=did_you_mean(reference, names)
                    )
            elif split_pinpoint(reference)[0] not in self.rulebook.authorities:
                self.problems.error(
                    "unknown-source", f"no source is named `{reference}`", reference.place,
                    help=did_you_mean(reference, self.rulebook.authorities),
                )

    # -- expectations -----------------------------------------------------------------------------

    def expectations(self, expect: Draft) -> Iterable[Expectation]:
        for name, later in expect.avenues.items():
            if self.named(name, self.rulebook.avenues, "avenue"):
                yield from self._avenue(name, later)
        for name, later in expect.findings.items():
            if self.named(name, self.rulebook.findings, "finding"):
                yield from self._value(("findings", str(name)), later, VALUES)
        for name, later in expect.claims.items():
            if self.named(name, self.rulebook.claims, "claim"):
                yield from self._value(("claims", str(name)), later, VERDICTS)

    def _value(self, path: tuple[str, ...], later: Later, known: Iterable[str]) -> Iterable[Expectation]:
        text = later.at.scalar(later.node, "one of " + ", ".join(f"`{value}`" for value in known))
        if isinstance(text, _Bad):
            return
        if text not in known:
            self.problems.error(
                "unknown-word", f"expected one of {', '.join(f'`{value}`' for value in known)}, found `{text}`", text.place,
                help=did_you_mean(text, known),
            )
            return
        yield Expectation(path, str(text))

    def _avenue(self, name: Name, later: Later) -> Iterable[Expectation]:
        path = ("avenues", str(name))
        if isinstance(later.node, ScalarNode):
            yield from self._value((*path, "standing"), later, STANDINGS)
            return
        fields = draft(
            "an expected avenue",
            standing=optional(Kept()), stage=optional(Kept()), could_become=optional(Kept()), because=optional(Kept()),
            hurdles=optional(MapOf(ID, Kept()), {}), elements=optional(MapOf(ID, Kept()), {}),
        ).read(later.node, later.at)
        if fields is BAD:
            return
        avenue = self.rulebook.avenues[name]
        if fields.standing:
            yield from self._value((*path, "standing"), fields.standing, STANDINGS)
        if fields.stage:
            yield from self._value((*path, "stage"), fields.stage, [stage.id for stage in avenue.stages])
        yield from self._words((*path, "could_become"), fields.could_become, STANDINGS)
        decisive = [key.partition(":")[2] for key in avenue.components]
        yield from self._words((*path, "because"), fields.because, decisive)
        parts: Mapping[str, Mapping[str, Any]] = {
            "hurdles": {hurdle.id: hurdle for hurdle in avenue.hurdles} | {deadline.id: deadline for deadline in avenue.deadlines},
            "elements": {element.id: element for element in avenue.requires},
        }
        for kind, known in parts.items():
            for part, value in fields[kind].items():
                if self.named(part, known, kind.removesuffix("s")):
                    yield from self._value((*path, kind, str(part)), value, VALUES)

    def _words(self, path: tuple[str, ...], later: Later | None, known: Iterable[str]) -> Iterable[Expectation]:
        if later is None:
            return
        node = later.node
        if not isinstance(node, SequenceNode):
            later.at.expected(node, "a list of names")
            return
        for part in node.value:
            yield from self._value(path, Later(part, later.at), known)


def all_options(fact: Fact) -> tuple[str, ...]:
    """Every answer a question has, besides ``disputed`` and ``unknown``."""
    return ("yes", "no") if fact.kind == "yes-no" else tuple(option.id for option in fact.options)


def _days(year: int, month: int) -> int:
    from calendar import monthrange

    return monthrange(year, month)[1]
