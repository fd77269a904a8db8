"""What a scenario expects, as it is read from its file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from pathways.case.model import Expectation
from pathways.case.partly import all_there_is
from pathways.diagnostics import Name
from pathways.logic.values import DISPUTED, NO, UNKNOWN, YES, value_word
from pathways.patterns import DATE, ID, NO_DAY, Day
from pathways.rulebook import Rulebook
from pathways.rulebook.drafting import Draft, draft
from pathways.rulebook.model import LEANS, VERDICTS
from pathways.shapes import BAD, Kept, Later, MapOf, Word, optional
from pathways.yamlfile import ScalarNode, SequenceNode

STANDINGS = ("open", "contested", "closed", "undetermined", "not-applicable")
#: What an undetermined avenue can become, in the order in which an assessment names it.
BECOMES = tuple(standing for standing in STANDINGS if standing != "undetermined")
#: How a deadline comes out: as it is shown, or that it was met, or does not concern the case.
DEADLINE_STATES = ("running", "passed", "not-started", "unsettled", "met", "no")
#: Where courts usually come out: as in the rules, or not settled by the answers.
LEANINGS = (*LEANS, "depends")
#: Whether a caution, a step or a remark is shown.
SHOWN = ("yes", "no")
VALUES = tuple(value_word(value) for value in (YES, NO, DISPUTED, UNKNOWN))

EXPECTED = draft(
    "an avenue's expectation",
    standing=optional(Kept()),
    stage=optional(Kept()),
    could_become=optional(Kept()),
    because=optional(Kept()),
    hurdles=optional(MapOf(ID, Kept()), {}),
    elements=optional(MapOf(ID, Kept()), {}),
    leans=optional(MapOf(ID, Kept()), {}),
    remarks=optional(MapOf(ID, Kept()), {}),
    deadlines=optional(MapOf(ID, Kept()), {}),
)
_DAY = Day(rf"{DATE.pattern}|{NO_DAY}", f"a date such as `2026-01-07`, or `{NO_DAY}`")
DEADLINE = draft(
    "a deadline's expectation",
    state=optional(Word(DEADLINE_STATES)),
    last_safe=optional(_DAY),
    outer_limit=optional(_DAY),
)
CLAIM = draft("a claim's expectation", verdict=optional(Kept()), remarks=optional(MapOf(ID, Kept()), {}))


class ExpectationReader:
    """Reads ``expect:``. ``named`` looks a name up; ``avenue`` gives today's name of an avenue, or nothing."""

    def __init__(
        self,
        rulebook: Rulebook,
        named: Callable[[Name, Collection[str], str], bool],
        avenue: Callable[[Name], str],
    ) -> None:
        self.rulebook = rulebook
        self.named = named
        self.avenue = avenue

    def all(self, expect: Draft) -> Iterable[Expectation]:
        """Everything that is expected, in the order of the file."""
        for name, later in expect.avenues.items():
            if avenue := self.avenue(name):
                yield from self._avenue(avenue, later)
        for name, later in expect.findings.items():
            if self.named(name, self.rulebook.findings, "finding"):
                yield from self._value(("findings", str(name)), later, VALUES)
        for name, later in expect.claims.items():
            if self.named(name, self.rulebook.claims, "claim"):
                yield from self._claim(str(name), later)

    def _value(self, path: tuple[str, ...], later: Later, known: Iterable[str]) -> Iterable[Expectation]:
        word = Word(tuple(known)).read(later.node, later.at)
        if word is not BAD:
            yield Expectation(path, word)

    def _claim(self, name: str, later: Later) -> Iterable[Expectation]:
        """A verdict alone, or with the remarks that are shown."""
        if isinstance(later.node, ScalarNode):
            yield from self._value(("claims", name), later, VERDICTS)
            return
        fields = all_there_is(CLAIM, later.node, later.at)
        if fields.verdict:
            yield from self._value(("claims", name, "verdict"), fields.verdict, VERDICTS)
        known = [remark.id for remark in self.rulebook.claims[name].in_this_case]
        for part, value in fields.remarks.items():
            if self.named(part, known, "remark"):
                yield from self._value(("claims", name, "remarks", str(part)), value, SHOWN)

    def _avenue(self, name: str, later: Later) -> Iterable[Expectation]:
        path = ("avenues", name)
        if isinstance(later.node, ScalarNode):
            yield from self._value((*path, "standing"), later, STANDINGS)
            return
        fields = all_there_is(EXPECTED, later.node, later.at)
        avenue = self.rulebook.avenues[name]
        if fields.standing:
            yield from self._value((*path, "standing"), fields.standing, STANDINGS)
        if fields.stage:
            yield from self._value((*path, "stage"), fields.stage, [stage.id for stage in avenue.stages])
        becomes = {one.expected for one in self._words((*path, "could_become"), fields.could_become, BECOMES)}
        if becomes:
            yield Expectation((*path, "could_become"), ", ".join(one for one in BECOMES if one in becomes))
        decisive = [key.partition(":")[2] for key in avenue.components]
        yield from self._words((*path, "because"), fields.because, decisive)
        hurdles = [*(hurdle.id for hurdle in avenue.hurdles), *(deadline.id for deadline in avenue.deadlines)]
        elements = [element.id for element in avenue.requires]
        leaning = [hurdle.id for hurdle in avenue.hurdles if hurdle.leans]
        remarks = [remark.id for remark in (*avenue.cautions, *avenue.steps, *avenue.not_hurdles)]
        for what, known, words in (
            ("hurdles", hurdles, VALUES),
            ("elements", elements, VALUES),
            ("leans", leaning, LEANINGS),
            ("remarks", remarks, SHOWN),
        ):
            for part, value in fields[what].items():
                if self.named(
                    part, known, "remark" if what == "remarks" else "element" if what == "elements" else "hurdle"
                ):
                    yield from self._value((*path, what, str(part)), value, words)
        deadlines = [deadline.id for deadline in avenue.deadlines]
        for part, value in fields.deadlines.items():
            if self.named(part, deadlines, "deadline"):
                yield from self._deadline((*path, "deadlines", str(part)), value)

    def _deadline(self, path: tuple[str, ...], later: Later) -> Iterable[Expectation]:
        """A state alone, or with the days that are shown."""
        if isinstance(later.node, ScalarNode):
            yield from self._value((*path, "state"), later, DEADLINE_STATES)
            return
        fields = DEADLINE.read(later.node, later.at)
        if fields is not BAD:
            yield from (Expectation((*path, key), str(value)) for key, value in fields.items() if value)

    def _words(self, path: tuple[str, ...], later: Later | None, known: Iterable[str]) -> Iterable[Expectation]:
        if later is None:
            return
        node = later.node
        if not isinstance(node, SequenceNode) or not node.value:
            later.at.expected(node, "a list of names")
            return
        for part in node.value:
            yield from self._value(path, Later(part, later.at, later.expected), known)
