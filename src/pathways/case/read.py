"""Reading a case file: whole and right, or refused with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from pathways.case.expect import ExpectationReader
from pathways.case.migrate import Migration, SetAsideError
from pathways.case.model import Case, Change, Decided, Given, Said
from pathways.case.partly import all_there_is
from pathways.diagnostics import Name, Place, Problems, did_you_mean, nearest, unique
from pathways.patterns import DATE, ID, PARTIAL_DATE, REFERENCE, Day
from pathways.rulebook import Rulebook
from pathways.rulebook.drafting import VERSION, draft
from pathways.rulebook.model import Fact
from pathways.rulebook.names import option_labelled
from pathways.shapes import BAD, Kept, Later, ListOf, MapOf, Pattern, Reading, Text, _Bad, describe, optional
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode, YamlFile

SAVED_WITH = Pattern(
    f"{ID.pattern} {VERSION.pattern}",
    "a rulebook and its version such as `my-rules 2026.1`",
)
CASE = draft(
    "a case",
    case=Text(200),
    story=optional(Text(8000), ""),
    as_of=optional(DATE, ""),
    based_on=optional(Pattern(r"\S(?:.{0,998}\S)?", "the name of a case file")),
    saved_with=optional(SAVED_WITH, ""),
    about=optional(ListOf(ID), ()),
    decided=optional(draft("`decided`", by=REFERENCE, holding=Text(4000))),
    answers=optional(MapOf(Text(), Kept("an answer"), empty=True), {}),
    notes=optional(MapOf(Text(), Text(4000), empty=True), {}),
    set_aside=optional(MapOf(Text(), Text(8000), empty=True), {}),
    expect=optional(
        draft(
            "`expect`",
            avenues=optional(MapOf(ID, Kept("a standing")), {}),
            findings=optional(MapOf(ID, Kept("a value")), {}),
            claims=optional(MapOf(ID, Kept("a verdict")), {}),
        )
    ),
)


#: An answer with who says so, one not known which, and a dispute.
SAID = draft(
    "an answer",
    answer=Kept(),
    by=optional(Text(300), ""),
    note=optional(Text(4000), ""),
    sources=optional(ListOf(REFERENCE), ()),
)
ONE_OF = draft("an answer with `one_of`", one_of=Kept())
DISPUTE = draft("an answer with `disputed`", disputed=Kept())


def parse_case(
    file: YamlFile, rulebook: Rulebook, problems: Problems, base: Callable[[Name], Case | None] = lambda _: None
) -> Case | None:
    """The case in a file that was read to nodes; ``base`` reads the file that it is based on, if it names one."""
    at = Reading(file, problems)
    if file.root is None:
        problems.error(
            "empty", "expected a case, found an empty file", Place(file.name), help="a case begins with `case: A title`"
        )
        return None
    # What a file says that cannot be read whole is looked at all the same: one run finds all that is wrong.
    read = all_there_is(CASE, file.root, at)
    whole = not problems.error_count
    reader = _CaseReader(rulebook, problems, str(read.saved_with))
    answers, set_aside = reader.answers(read.answers)
    notes = reader.notes(read.notes, set_aside)
    unique(read.about, "avenue", problems)
    about = [avenue for name in read.about if (avenue := reader.avenue(name))]
    expect = tuple(ExpectationReader(rulebook, reader.named, reader.avenue).all(read.expect)) if read.expect else ()
    decided = None
    if read.decided:
        reader.check_sources(filter(None, [read.decided.by]))
        decided = Decided(str(read.decided.by), read.decided.holding)
        if not (read.expect and any(read.expect.values())) and (whole or read.expect is None):
            problems.error(
                "missing-key",
                "a decided case expects nothing",
                read.decided.place,
                help="say under `expect:` what the court decided",
            )
    below = base(read.based_on) if read.based_on else None
    inherited = below.answers if below else {}
    if problems.error_count:
        return None
    return Case(
        title=read.case,
        file=file.name,
        story=read.story,
        as_of=str(read.as_of),
        about=tuple(dict.fromkeys(about)),
        answers={**inherited, **answers},
        expect=expect,
        decided=decided,
        based_on=str(read.based_on or ""),
        inherited=frozenset(inherited.keys() - answers.keys()),
        saved_with=str(read.saved_with),
        notes=notes,
        set_aside={**{str(name): text for name, text in read.set_aside.items()}, **set_aside},
        changes=tuple(dict.fromkeys((*(below.changes if below else ()), *reader.migration.changes))),
    )


class _CaseReader:
    def __init__(self, rulebook: Rulebook, problems: Problems, saved_with: str) -> None:
        self.rulebook = rulebook
        self.problems = problems
        self.migration = Migration(rulebook, saved_with)

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

    def avenue(self, name: Name) -> str:
        """Today's name of an avenue; nothing where there is none."""
        if name not in self.rulebook.avenues and (new := self.migration.avenue(name)) is not None:
            return new
        return str(name) if self.named(name, self.rulebook.avenues, "avenue") else ""

    # -- answers ----------------------------------------------------------------------------------

    def answers(self, written: Mapping[Name, Later]) -> tuple[dict[str, Given], dict[str, str]]:
        """The answers by today's names, and as they were written those that there is no question for any more."""
        answers: dict[str, Given] = {}
        set_aside: dict[str, str] = {}
        for name, later in written.items():
            try:
                fact = self._fact(name, written)
                given = self._answer(fact, later) if fact else None
            except SetAsideError as why:
                set_aside[str(name)] = _as_written(later)
                self.migration.changes.append(Change(str(name), "", str(why), kept=True))
                continue
            if fact and given is not None:
                answers[fact.id] = given
        return answers, set_aside

    def notes(self, written: Mapping[Name, str], set_aside: dict[str, str]) -> dict[str, str]:
        """Notes by today's names of the questions; one on a question that is gone is added to what is set aside."""
        notes: dict[str, str] = {}
        for name, text in written.items():
            try:
                fact = self._fact(name, written, told=False)
            except SetAsideError:
                set_aside[str(name)] = "; note: ".join([*filter(None, [set_aside.get(str(name))]), text])
                continue
            if fact:
                notes[fact.id] = text
        return notes

    def _fact(self, name: Name, written: Collection[str], told: bool = True) -> Fact | None:
        """The question of this name, or of the one that it has today."""
        facts = self.rulebook.facts
        gone = None if name in facts else self.migration.fact(name)
        if gone is None:
            return facts[name] if self.named(name, facts, "fact") else None
        if not gone.new:
            raise SetAsideError(gone.reason)
        if gone.new in written:
            raise SetAsideError(f"It is {gone.new} now, and that is answered in the file too.")
        if told:
            self.migration.changes.append(Change(str(name), gone.new))
        return facts[gone.new]

    def _answer(self, fact: Fact, later: Later) -> Given | None:
        node, at = later.node, later.at
        if isinstance(node, ScalarNode):
            if node.value == "unknown":
                return Given("unknown")
            if node.value == "disputed" and fact.kind != "date":
                return Given("disputed", fact.answers)
            option = self._option(fact, node, at, ("unknown",) if fact.kind == "date" else ("disputed", "unknown"))
            return None if option is None else Given.known(option)
        if not isinstance(node, MappingNode) or not node.value:
            at.expected(node, self._expected(fact, ("disputed", "unknown")), _several_help(node))
            return None
        keys = {key.value for key, _ in node.value if isinstance(key, ScalarNode)}
        if "answer" not in keys and "one_of" in keys:
            return self._several(fact, all_there_is(ONE_OF, node, at).one_of)
        if "answer" not in keys and "disputed" in keys:
            return self._dispute(fact, all_there_is(DISPUTE, node, at).disputed)
        said = self._said(fact, node, at)
        if said is None:
            return None
        return Given("unknown", said=(said,)) if said.answer == "unknown" else Given("known", (said.answer,), (said,))

    def _expected(self, fact: Fact, also: tuple[str, ...]) -> str:
        """What a fact's answer may be, here with the words ``also``."""
        if fact.kind == "date":
            words = [PARTIAL_DATE.expected]
        else:
            options = fact.answers
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
        options = fact.answers
        if text not in options and (new := self.migration.option(fact, text)) is not None:
            return new
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
        if isinstance(node, SequenceNode) and len(node.value) == 1:
            at.problems.error(
                "wrong-type",
                f"`one_of` needs two answers or more, and {describe(node.value[0])} is one",
                at.place(node.value[0]),
                help="write that answer alone if it is known",
            )
            return None
        if not isinstance(node, SequenceNode) or not node.value:
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
        fields = all_there_is(SAID, node, at)
        self.check_sources(fields.sources)
        if fields.answer is None:
            return None
        answer_node = fields.answer.node
        plain_unknown = isinstance(answer_node, ScalarNode) and answer_node.value == "unknown"
        option = "unknown" if plain_unknown else self._option(fact, answer_node, at, ("unknown",))
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


def _as_written(later: Later) -> str:
    """An answer as it stands in its file, on one line."""
    node = later.node
    if isinstance(node, ScalarNode):
        return " ".join(node.value.split())
    return " ".join(later.at.file.text[node.start_mark.index : node.end_mark.index].split())


def _several_help(node: Node) -> str:
    """Help for a plain list of answers: how it is written that one of them is meant."""
    parts = node.value if isinstance(node, SequenceNode) else []
    if len(parts) < 2 or not all(isinstance(part, ScalarNode) for part in parts):
        return ""
    return f"write `{{one_of: [{', '.join(part.value for part in parts)}]}}` if it is not known which"


def _answer_place(side: Node, at: Reading) -> Place:
    """Where the answer stands in one side of a dispute."""
    parts = side.value if isinstance(side, MappingNode) else ()
    return at.place(next((value for key, value in parts if key.value == "answer"), side))
