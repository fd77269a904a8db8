"""What a rulebook is: values made once when the files are read, and not changed afterwards.

Every sentence a person sees is a field of one of these and is reached by an id, so that it can be translated.
``sources`` are references (``document#proposition``, ``usc:28/1346(b)(1)``), already checked to exist.
Statements are indexes into :attr:`Rulebook.statements`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pathways.diagnostics import Place
from pathways.logic import Decider, Statements
from pathways.logic.structure import Found
from pathways.record import made, record
from pathways.rulebook.clock import Clock, told
from pathways.rulebook.letter import Letter
from pathways.rulebook.promise import Promise
from pathways.rulebook.renamed import Renamed
from pathways.rulebook.sources import Authority, Document, Table, stands_for_cell
from pathways.rulebook.sources import Sources as Sources  # noqa: PLC0414 - part of what a rulebook is
from pathways.rulebook.term import Term

Effect = Literal["bars", "contests", "moves", "delays", "informs"]
Lean = Literal["for", "against", "even"]

EFFECTS: tuple[Effect, ...] = ("bars", "contests", "moves", "delays", "informs")
#: Effects that change an avenue's value, and those that change its way as well.
WEIGHING: tuple[Effect, ...] = ("bars", "contests")
CHANGING: tuple[Effect, ...] = (*WEIGHING, "moves")
LEANS: tuple[Lean, ...] = ("for", "against", "even")
GROUNDS = ("fact", "judgment", "unsettled law", "not checked")
TRACK_RECORDS = ("usual route", "sometimes", "rarely", "none found")
VERDICTS = ("supported", "overstated", "refuted", "partly", "depends")
FINDING_KINDS = ("constitutional limit", "agency rule", "state law", "federal statute", "pattern of facts")
AUTHORITY_KINDS = ("statute", "regulation", "constitution", "rule", "case", "policy", "bill", "report")
SEEN = ("primary", "primary in part", "secondary", "not seen")
COURT_LEVELS = ("supreme court", "circuit", "district", "state supreme court", "state court", "agency")
DOCUMENT_KINDS = ("news report", "transcript", "explainer", "research summary")
PROPOSITION_KINDS = ("law", "policy", "procedure", "history", "practice", "reported-fact")


@record
class Condition:
    """A condition as its author wrote it, and the statement it became.

    ``op`` is ``all``, ``any``, ``not``, ``at_least``, ``clearly``, ``arguably``, ``disputed``, ``contestable``,
    ``fact``, ``finding``, ``as-of``, ``passed``, ``always`` or ``never``. ``name`` is the fact, finding, or deadline,
    ``options`` the options of a fact; on a cell of a table the rows that have one of ``words`` in ``column``.
    ``uncovered`` says why no scenario shows what it does, where that is so.
    """

    op: str
    statement: int
    parts: tuple[Condition, ...] = ()
    name: str = ""
    options: tuple[str, ...] = ()
    count: int = 0
    because: str = ""
    sources: Sources = ()
    place: Place | None = None
    uncovered: str = ""
    column: str = ""
    words: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The questions that it names itself, not those of findings."""
        below = (name for part in self.parts for name in part.facts)
        return (self.name,) if self.op == "fact" else tuple(dict.fromkeys(below))


@record
class Remark:
    """A sentence. ``practical`` needs no source, ``urgent`` cannot wait, ``keep`` says what evidence to keep safe."""

    id: str
    text: str
    sources: Sources = ()
    when: Condition | None = None
    practical: bool = False
    title: str = ""
    urgent: bool = False
    keep: bool = False


@record
class Option:
    """One possible answer to a choice question."""

    id: str
    label: str


@record
class Fact:
    """A question. ``cuts`` (dates only) are the days at which some condition divides time.

    ``follows`` names a question without whose answer this one cannot be answered either. ``kept_apart`` says what
    answers are for that no rule tells apart. ``fixed`` is what no evidence makes otherwise once it is answered.
    """

    id: str
    ask: str
    label: str
    kind: Literal["yes-no", "choice", "date"]
    options: tuple[Option, ...]
    help: str
    find_out: str
    sources: Sources
    table: str = ""
    cuts: tuple[str, ...] = ()
    follows: str = ""
    kept_apart: str = ""
    fixed: bool = False
    place: Place | None = None

    @property
    def topic(self) -> str:
        """The part of the name before the dot."""
        return self.id.partition(".")[0]

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that it has, besides ``disputed`` and ``unknown``; none for a date."""
        return ("yes", "no") if self.kind == "yes-no" else tuple(option.id for option in self.options)

    def label_of(self, option: str) -> str:
        """How an option reads."""
        return next((known.label for known in self.options if known.id == option), option)


@record
class Topic:
    """Questions that belong together in the story."""

    id: str
    title: str
    before: Remark | None
    facts: tuple[str, ...]


@record
class Finding:
    """A legal test. ``says`` is the sentence for yes, no and disputed."""

    id: str
    title: str
    kind: str
    holds_when: Condition
    says: Mapping[str, str]
    sources: Sources
    note: str = ""
    place: Place | None = None

    @property
    def is_test(self) -> bool:
        """Whether the law itself asks this, and it is not only a pattern of facts."""
        return self.kind != FINDING_KINDS[-1]


@record
class Element:
    """Something that must hold for an avenue to be available."""

    id: str
    title: str
    explains: str
    when: Condition
    sources: Sources
    place: Place | None = None


@record
class Leaning:
    """Where courts usually come out, and when that is so."""

    leans: Lean
    because: str
    sources: Sources
    when: Condition | None = None


@record
class Hurdle:
    """Something that may stand in the way of an avenue. Only ``bars`` and ``contests`` change its value."""

    id: str
    title: str
    explains: str
    effect: Effect
    arises_when: Condition
    leans: tuple[Leaning, ...]
    ground: str
    sources: Sources
    place: Place | None = None


@record
class Deadline:
    """A time limit. ``missed`` is the statement "it is over, and what it asks for was not done".

    With a ``clock`` it is computed from dates; ``missed_when`` is an answer that says so, for when dates do not
    settle it.
    """

    id: str
    title: str
    text: str
    missed: int
    if_missed: Literal["bars", "informs"]
    unless: Condition | None
    sources: Sources
    clock: Clock | None = None
    missed_when: Condition | None = None
    applies_when: Condition | None = None
    place: Place | None = None

    @property
    def can_be_missed(self) -> bool:
        """Whether the rules say when it is missed."""
        return self.clock is not None or self.missed_when is not None


@record
class Wait:
    """A waiting period: before it is over it is too early. ``over`` is the statement that it is."""

    id: str
    title: str
    text: str
    clock: Clock
    over: int
    sources: Sources
    place: Place | None = None


@record
class Stage:
    """A step on an avenue's way. The case stands in the first that is not done."""

    id: str
    title: str
    text: str
    done_when: Condition | None
    sources: Sources


@record
class TrackRecord:
    """How often an avenue has led anywhere, as far as the sources say."""

    scale: str
    text: str
    sources: Sources


@record
class Avenue:
    """What can be done. ``value`` is the statement "this avenue is available"."""

    id: str
    title: str
    short: str
    order: int
    reviewed_by_lawyer: bool
    what: str
    who: str
    against: str
    where: str
    gets: str
    starts_with: str
    track_record: TrackRecord
    applies_when: Condition | None
    requires: tuple[Element, ...]
    hurdles: tuple[Hurdle, ...]
    deadlines: tuple[Deadline, ...]
    waits: tuple[Wait, ...]
    stages: tuple[Stage, ...]
    not_hurdles: tuple[Remark, ...]
    cautions: tuple[Remark, ...]
    steps: tuple[Remark, ...]
    sources: Sources
    value: int
    components: Mapping[str, int]
    place: Place | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def parts(self) -> tuple[Element | Hurdle | Deadline | Wait | Stage | Remark, ...]:
        """Everything in it that has a name and sources of its own."""
        return (
            *self.requires,
            *self.hurdles,
            *self.deadlines,
            *self.waits,
            *self.stages,
            *self.not_hurdles,
            *self.cautions,
            *self.steps,
        )

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition that stands in it, outermost."""
        if self.applies_when:
            yield self.applies_when
        for element in self.requires:
            yield element.when
        for hurdle in self.hurdles:
            yield hurdle.arises_when
            yield from (leaning.when for leaning in hurdle.leans if leaning.when)
        for deadline in self.deadlines:
            clock = deadline.clock
            timed = (clock.starts_when, clock.met_when) if clock else ()
            wheres = (deadline.missed_when, deadline.unless, deadline.applies_when, *timed)
            yield from (condition for condition in wheres if condition)
        yield from (wait.clock.starts_when for wait in self.waits if wait.clock.starts_when)
        yield from (stage.done_when for stage in self.stages if stage.done_when)
        yield from (remark.when for remark in (*self.cautions, *self.steps, *self.not_hurdles) if remark.when)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of its elements, hurdles, deadlines and waiting periods by name."""
        named: tuple[Element | Hurdle | Deadline | Wait, ...] = (
            *self.requires,
            *self.hurdles,
            *self.deadlines,
            *self.waits,
        )
        return {part.id: part.title for part in named}

    @property
    def applies(self) -> int:
        """The statement "this avenue is about a situation of this kind"."""
        return self.applies_when.statement if self.applies_when else 1


@record
class Speaker:
    """Who said something in public, and when."""

    who: str
    when: str
    sources: Sources


@record
class Claim:
    """Something said in public, and what the sources say of it."""

    id: str
    title: str
    said_by: tuple[Speaker, ...]
    verdict: str
    answer: str
    in_this_case: tuple[Remark, ...]
    sources: Sources


@record
class Note:
    """History or practice that explains, and decides nothing."""

    id: str
    title: str
    text: str
    about: tuple[str, ...]
    sources: Sources


@record
class NotModelled:
    """Law that these rules do not hold yet, and the avenues it touches."""

    id: str
    text: str
    about: tuple[str, ...]


@record
class About:
    """A rulebook's name, version and notices."""

    id: str
    version: str
    title: str
    law_as_of: str
    reviewed_by_lawyer: bool
    license: str
    notice: str
    starts_with: Mapping[str, str]
    cautions: tuple[Remark, ...]
    not_modelled: tuple[NotModelled, ...]
    renamed: Renamed = Renamed()


@record
class Rulebook:
    """Everything read from ``rules/`` and ``seeds/``, checked and cross-referenced."""

    about: About
    sha256: str
    topics: Mapping[str, Topic]
    facts: Mapping[str, Fact]
    findings: Mapping[str, Finding]
    avenues: Mapping[str, Avenue]
    claims: Mapping[str, Claim]
    notes: Mapping[str, Note]
    terms: Mapping[str, Term]
    letters: Mapping[str, Letter]
    tables: Mapping[str, Table]
    authorities: Mapping[str, Authority]
    documents: Mapping[str, Document]
    statements: Statements
    #: Days on which no business is done besides weekends (ordinals), in the years of ``calendar``.
    closed_days: frozenset[int] = frozenset()
    #: The country whose public holidays they are, and the first and last year worked out.
    calendar: tuple[str, int, int] = ("", 0, 0)
    #: For each avenue the legal tests it rests on, in its conditions or below them.
    tests_of: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    #: The questions that choose a row of a table, and the table.
    row_questions: Mapping[str, str] = made(default_factory=dict)
    #: The days at which law that goes by the day of assessment changes.
    as_of_cuts: tuple[str, ...] = ()
    #: How the answers reach the statements, found out when the rules are read.
    found: Found | None = None

    @cached_property
    def clocks(self) -> Mapping[str, Clock]:
        """Every clock by its name in the logic."""
        found: dict[str, Clock] = {}
        for avenue in self.avenues.values():
            found.update((one.clock.variable, one.clock) for one in avenue.deadlines if one.clock)
            found.update((wait.clock.variable, wait.clock) for wait in avenue.waits)
        return found

    @cached_property
    def told(self) -> Mapping[str, Condition]:
        """What says that a deadline was missed where dates do not, by the name of its clock."""
        deadlines = (one for avenue in self.avenues.values() for one in avenue.deadlines)
        return {one.clock.variable: one.missed_when for one in deadlines if one.clock and one.missed_when}

    @cached_property
    def repeats(self) -> Mapping[int, int]:
        """The variables that say no more than a statement comes to (what answers say of a deadline), each with it."""
        said = ((self.variables.get(told(name)), missed.statement) for name, missed in self.told.items())
        return {variable: statement for variable, statement in said if variable is not None}

    @cached_property
    def decider(self) -> Decider:
        """The evaluator for this rulebook's statements."""
        return Decider(self.statements, self.found)

    @cached_property
    def story_order(self) -> Mapping[str, int]:
        """The place of each question in the story."""
        names = (name for topic in self.topics.values() for name in topic.facts)
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def cell_variables(self) -> frozenset[int]:
        """The variables that stand for cells of tables."""
        names = (variable.name for variable in self.statements.variables)
        return frozenset(index for index, name in enumerate(names) if stands_for_cell(name))

    @cached_property
    def variables(self) -> Mapping[str, int]:
        """The index of each fact's variable."""
        return {variable.name: index for index, variable in enumerate(self.statements.variables)}
