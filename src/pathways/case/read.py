"""Reading a case file: whole and right, or refused with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from pathways.case.model import Case, Decided, Expectation, Given, Said
from pathways.diagnostics import Name, Place, Problems, RefusedError, did_you_mean, nearest, unique
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, value_word
from pathways.patterns import DATE, ID, PARTIAL_DATE, REFERENCE, Day
from pathways.rulebook import Rulebook
from pathways.rulebook.drafting import Draft, draft
from pathways.rulebook.model import VERDICTS, Fact
from pathways.rulebook.names import option_labelled
from pathways.shapes import BAD, Kept, Later, ListOf, MapOf, Reading, Text, Word, _Bad, describe, optional
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode, YamlFile, compose

STANDINGS = ("open", "contested", "closed", "undetermined", "not-applicable")
VALUES = tuple(value_word(value) for value in (YES, NO, DISPUTED, UNKNOWN))

CASE = draft(
    "a case",
    case=Text(200),
    story=optional(Text(8000), ""),
    as_of=optional(DATE, ""),
    about=optional(ListOf(ID), ()),
    decided=optional(draft("`decided`", by=REFERENCE, holding=Text(4000))),
    answers=optional(MapOf(Text(), Kept("an answer"), empty=True), {}),
    expect=optional(
        draft(
            "`expect`",
            avenues=optional(MapOf(ID, Kept("a standing")), {}),
            findings=optional(MapOf(ID, Kept("a value")), {}),
            claims=optional(MapOf(ID, Kept("a verdict")), {}),
        )
    ),
)


#: An answer with who says so, one not known which, a dispute, and what a scenario expects of an avenue.
SAID = draft(
    "an answer",
    answer=Kept(),
    by=optional(Text(300), ""),
    note=optional(Text(4000), ""),
    sources=optional(ListOf(REFERENCE), ()),
)
ONE_OF = draft("an answer with `one_of`", one_of=Kept())
DISPUTE = draft("an answer with `disputed`", disputed=Kept())
EXPECTED = draft(
    "an avenue's expectation",
    standing=optional(Kept()),
    stage=optional(Kept()),
    could_become=optional(Kept()),
    because=optional(Kept()),
    hurdles=optional(MapOf(ID, Kept()), {}),
    elements=optional(MapOf(ID, Kept()), {}),
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
        problems.error(
            "empty", "expected a case, found an empty file", Place(file.name), help="a case begins with `case: A title`"
        )
        return None
    read = CASE.read(file.root, at)
    if read is BAD:
        return None
    reader = _CaseReader(rulebook, problems)
    answers = {
        str(name): given for name, later in read.answers.items() if (given := reader.answer(name, later)) is not None
    }
    unique(read.about, "avenue", problems)
    for name in read.about:
        reader.named(name, rulebook.avenues, "avenue")
    expect = tuple(reader.expectations(read.expect)) if read.expect else ()
    decided = None
    if read.decided:
        reader.check_sources((read.decided.by,))
        decided = Decided(str(read.decided.by), read.decided.holding)
        if not expect:
            problems.error(
                "missing-key",
                "a decided case expects nothing",
                read.decided.place,
                help="say under `expect:` what the court decided",
            )
    if problems.error_count:
        return None
    return Case(
        title=read.case,
        file=file.name,
        story=read.story,
        as_of=str(read.as_of),
        about=tuple(str(name) for name in read.about),
        answers=answers,
        expect=expect,
        decided=decided,
    )


class _CaseReader:
    def __init__(self, rulebook: Rulebook, problems: Problems) -> None:
        self.rulebook = rulebook
        self.problems = problems

    def named(self, name: Name, known: Collection[str], what: str) -> bool:
        if name in known:
            return True
        self.problems.error(
            f"unknown-{what}",
            f"no {what} is named `{name}`",
            name.place,
            help=did_you_mean(
                name, known, f"there is {', '.join(f'`{one}`' for one in known)}" if 0 < len(known) <= 12 else ""
            ),
        )
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
            option = self._option(fact, node, at, ("unknown",) if fact.kind == "date" else ("disputed", "unknown"))
            return None if option is None else Given.known(option)
        if not isinstance(node, MappingNode) or not node.value:
            at.expected(node, self._expected(fact, ("disputed", "unknown")), _several_help(node))
            return None
        keys = {key.value for key, _ in node.value if isinstance(key, ScalarNode)}
        if "answer" not in keys and "one_of" in keys:
            fields = ONE_OF.read(node, at)
            return None if fields is BAD else self._several(fact, fields.one_of)
        if "answer" not in keys and "disputed" in keys:
            fields = DISPUTE.read(node, at)
            return None if fields is BAD else self._dispute(fact, fields.disputed)
        said = self._said(fact, node, at)
        if said is None:
            return None
        return Given("unknown", said=(said,)) if said.answer == "unknown" else Given("known", (said.answer,), (said,))

    def _expected(self, fact: Fact, also: tuple[str, ...]) -> str:
        """What a fact's answer may be, here with the words ``also``."""
        if fact.kind == "date":
            words = [PARTIAL_DATE.expected]
        else:
            options = all_options(fact)
            words = [*(f"`{option}`" for option in options[:10]), *(["…"] if len(options) > 10 else [])]
        words += [f"`{word}`" for word in also if not (fact.kind == "date" and word == "disputed")]
        return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)

    def _option(self, fact: Fact, node: Node, at: Reading, also: tuple[str, ...] = ()) -> str | None:
        """An option of a fact; ``also`` are the words that could stand here besides, and do not."""
        if fact.kind == "date":
            day = Day(PARTIAL_DATE.pattern, self._expected(fact, also)).read(node, at)
            return None if day is BAD else str(day)
        text = at.scalar(node, self._expected(fact, also))
        if isinstance(text, _Bad):
            return None
        options = all_options(fact)
        if text not in options:
            self.problems.error(
                "unknown-option",
                f"`{fact.id}` has no answer {describe(node)}: expected {self._expected(fact, also)}",
                text.place,
                help=did_you_mean(option_labelled(fact, text) or text, (*options, *also)),
            )
            return None
        return str(text)

    def _several(self, fact: Fact, later: Later) -> Given | None:
        node, at = later.node, later.at
        if not isinstance(node, SequenceNode) or len(node.value) < 2:
            at.expected(node, "a list of two answers or more")
            return None
        options = [self._option(fact, part, at) for part in node.value]
        first: dict[str, Node] = {}
        for option, part in zip(options, node.value, strict=True):
            if option in first:
                self.problems.error(
                    "duplicate-name",
                    f"answer `{option}` stands here twice",
                    at.place(part),
                    also=((at.place(first[option]), "first given here"),),
                )
            elif option is not None:
                first[option] = part
        return Given("one-of", tuple(first)) if len(first) == len(options) else None

    def _said(self, fact: Fact, node: Node, at: Reading) -> Said | None:
        fields = SAID.read(node, at)
        if fields is BAD:
            return None
        answer_node = fields.answer.node
        plain_unknown = isinstance(answer_node, ScalarNode) and answer_node.value == "unknown"
        option = "unknown" if plain_unknown else self._option(fact, answer_node, at, ("unknown",))
        self.check_sources(fields.sources)
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
            place = _answer_place(node.value[[side.answer for side in said].index("unknown")], at)
            self.problems.error("bad-dispute", "a side of a dispute says something, and `unknown` says nothing", place)
            return None
        if len(options) < 2:
            first, *others = (_answer_place(part, at) for part in node.value)
            self.problems.error(
                "bad-dispute",
                f"every side of this dispute says `{options[0]}`",
                others[0],
                also=((first, "the same answer"),),
                help=f"write `answer: {options[0]}` if it is not disputed",
            )
            return None
        return Given("disputed", options, said)

    def check_sources(self, sources: Iterable[Name]) -> None:
        from pathways.rulebook.references import split_pinpoint

        for reference in sources:
            document, _, proposition = reference.partition("#")
            if proposition:
                known = self.rulebook.documents.get(document)
                if known is None or proposition not in known.propositions:
                    near = known or self.rulebook.documents.get(nearest(document, self.rulebook.documents))
                    names = [f"{near.id}#{name}" for name in near.propositions] if near else []
                    self.problems.error(
                        "unknown-source",
                        f"no source is named `{reference}`",
                        reference.place,
                        help=did_you_mean(reference, names),
                    )
            elif split_pinpoint(reference)[0] not in self.rulebook.authorities:
                self.problems.error(
                    "unknown-source",
                    f"no source is named `{reference}`",
                    reference.place,
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
        word = Word(tuple(known)).read(later.node, later.at)
        if word is not BAD:
            yield Expectation(path, word)

    def _avenue(self, name: Name, later: Later) -> Iterable[Expectation]:
        path = ("avenues", str(name))
        if isinstance(later.node, ScalarNode):
            yield from self._value((*path, "standing"), later, STANDINGS)
            return
        fields = EXPECTED.read(later.node, later.at)
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
        hurdles = [*(hurdle.id for hurdle in avenue.hurdles), *(deadline.id for deadline in avenue.deadlines)]
        for part, value in fields.hurdles.items():
            if self.named(part, hurdles, "hurdle"):
                yield from self._value((*path, "hurdles", str(part)), value, VALUES)
        for part, value in fields.elements.items():
            if self.named(part, [element.id for element in avenue.requires], "element"):
                yield from self._value((*path, "elements", str(part)), value, VALUES)

    def _words(self, path: tuple[str, ...], later: Later | None, known: Iterable[str]) -> Iterable[Expectation]:
        if later is None:
            return
        node = later.node
        if not isinstance(node, SequenceNode):
            later.at.expected(node, "a list of names")
            return
        for part in node.value:
            yield from self._value(path, Later(part, later.at, later.expected), known)


def _several_help(node: Node) -> str:
    """Help for a plain list of answers: how it is written that one of them is meant."""
    parts = node.value if isinstance(node, SequenceNode) else []
    if len(parts) < 2 or not all(isinstance(part, ScalarNode) for part in parts):
        return ""
    return f"write `{{one_of: [{', '.join(part.value for part in parts)}]}}` if it is not known which"


def all_options(fact: Fact) -> tuple[str, ...]:
    """Every answer a question has, besides ``disputed`` and ``unknown``."""
    return ("yes", "no") if fact.kind == "yes-no" else tuple(option.id for option in fact.options)


def _answer_place(side: Node, at: Reading) -> Place:
    """Where the answer stands in one side of a dispute."""
    parts = side.value if isinstance(side, MappingNode) else ()
    return at.place(next((value for key, value in parts if key.value == "answer"), side))
