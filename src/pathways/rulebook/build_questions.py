"""Building, second layer: questions, and the legal tests made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from pathways.diagnostics import Name, Place, Problems, did_you_mean, nearest, unique
from pathways.logic import Statements
from pathways.record import replaced
from pathways.rulebook import model
from pathways.rulebook.build_sources import SourceBuilder
from pathways.rulebook.clock import DEADLINE_OPTIONS, WAIT_OPTIONS
from pathways.rulebook.conditions import NO_FINDING, ConditionReader
from pathways.rulebook.cuts import AS_OF, date_ends, segments
from pathways.rulebook.drafting import Draft
from pathways.rulebook.drafts import Drafts
from pathways.rulebook.names import finding_names
from pathways.rulebook.references import split_pinpoint


class QuestionBuilder(SourceBuilder):
    """Declares facts and findings, and reads the findings' conditions."""

    def __init__(self, drafts: Drafts, problems: Problems) -> None:
        super().__init__(drafts, problems)
        self.statements = Statements()
        self.facts: dict[str, model.Fact] = {}
        self.topics: dict[str, model.Topic] = {}
        self.findings: dict[str, model.Finding] = {}
        self.unread_facts: set[str] = set()
        self._finding_drafts: dict[str, tuple[Name, Draft, model.Sources]] = {}
        self._unread_findings: set[str] = set()
        self._cuts: dict[str, tuple[str, ...]] = {}
        self._clocks: dict[str, Name] = {}
        self.told_clocks: set[str] = set()
        self.conditions = ConditionReader(self)

    def cuts_of(self, fact: str) -> tuple[str, ...]:
        """The days at which a date, or the day of assessment, is divided."""
        return self._cuts.get(fact, ())

    @property
    def clock_names(self) -> tuple[str, ...]:
        """Every deadline and waiting period that is computed, as ``avenue/id``."""
        return tuple(self._clocks)

    def no_clock(self, name: Name, near: str) -> None:
        """Add the problem that a deadline is unknown."""
        self.problems.error(
            "unknown-deadline",
            f"no deadline or waiting period that is computed is named `{name}`",
            name.place,
            help=near or "only a deadline with `within:`, or a waiting period, is computed",
        )

    def declare_clocks(self) -> None:
        """A variable for every deadline and waiting period that is computed: what comes of it."""
        for avenue in self.drafts.by_folder["avenues"]:
            for parts, options in ((avenue.deadlines, DEADLINE_OPTIONS), (avenue.waits, WAIT_OPTIONS)):
                for one in parts:
                    name = f"{avenue.avenue}/{one.id}"
                    if one.of and name not in self._clocks:
                        self._clocks[name] = one.id
                        self.statements.variable(name, options)
                        if one.get("missed_when"):
                            self.told_clocks.add(name)

    def declare_questions(self) -> None:
        """Every fact and every finding."""
        self._facts()
        self.declare_clocks()
        for draft in self.drafts.by_folder["findings"]:
            self.check_sources(draft.sources)
            for name, finding in draft.findings.items():
                if name in NO_FINDING:
                    self.problems.error(
                        "bad-name", f"`{name}` is a word of conditions, and no name for a finding", name.place
                    )
                elif self.new(name, "finding"):
                    self._finding_drafts[str(name)] = (name, finding, draft.sources)
        for name in self._findings_in_order():
            self._finding(name)

    # -- facts ------------------------------------------------------------------------------------

    def _facts(self) -> None:
        about = self.drafts.about
        assert about is not None
        found: dict[str, set[str]] = {}
        for file in self.drafts.files:
            if file.root is not None:
                for fact, day in date_ends(file.root, str(about.in_force_by or "")):
                    found.setdefault(fact, set()).add(day)
        self._cuts = {fact: tuple(sorted(days)) for fact, days in found.items()}
        if AS_OF in self._cuts:
            self.statements.variable(AS_OF, segments(self._cuts[AS_OF]))
        drafts = self.drafts.by_folder["facts"]
        topics: dict[Name, Draft] = {}
        for draft in drafts:
            if self.new(draft.topic, "topic"):
                topics[draft.topic] = draft
        unique(about.topics, "topic", self.problems)
        order = {name: at for at, name in enumerate(about.topics)}
        unlisted = {str(name): name for name in topics if name not in order}
        for name in about.topics:
            if name not in topics:
                near = unlisted.pop(nearest(name, unlisted), None)
                self.problems.error(
                    "unknown-topic",
                    f"no topic is named `{name}`",
                    name.place,
                    help=f"did you mean `{near}`?" if near else "",
                    also=((near.place, "declared here"),) if near else (),
                )
        for name in unlisted.values():
            self.problems.error(
                "unknown-topic",
                f"topic `{name}` is not in `topics` of rulebook.yaml",
                name.place,
                help="add it there, where it belongs in the story",
            )
        for name, draft in sorted(topics.items(), key=lambda item: order.get(item[0], 99)):
            self.check_sources(draft.sources)
            names = []
            for fact_name, fact in draft.facts.items():
                if fact_name.partition(".")[0] != name:
                    self.problems.error(
                        "bad-name",
                        f"fact `{fact_name}` stands in topic `{name}`",
                        fact_name.place,
                        help=f"name it `{name}.{fact_name.partition('.')[2]}`, or move it",
                    )
                if self.new(fact_name, "fact"):
                    if fact.follows:
                        self._comes_before(fact.follows, fact_name, topics.values())
                    made = self._fact(fact_name, fact, draft.sources, self.cuts_of(fact_name))
                    if made:
                        self.facts[fact_name] = made
                        names.append(str(fact_name))
                    else:
                        self.unread_facts.add(fact_name)
            before = None
            if draft.before:
                sources = self.sources(
                    draft.before.sources, draft.sources, draft.before.place, "this text", draft.before.practical
                )
                before = model.Remark(f"{name}.before", draft.before.text, sources, practical=draft.before.practical)
            self.topics[str(name)] = model.Topic(str(name), draft.title, before, tuple(names))

    def _comes_before(self, earlier: Name, fact: Name, topics: Iterable[Draft]) -> None:
        """A question can follow only one that is asked before it."""
        if earlier in self.facts or earlier in self.unread_facts:
            return
        declared = [one for topic in topics for one in topic.facts]
        if self.named(earlier, declared, "fact"):
            self.problems.error(
                "contradiction",
                f"fact `{fact}` follows `{earlier}`, which is asked after it",
                earlier.place,
                help="move one of them: questions are asked in the order of the topics, and of the facts in them",
            )

    def _fact(self, name: Name, draft: Draft, inherited: model.Sources, cuts: tuple[str, ...]) -> model.Fact | None:
        sources = self.sources(draft.sources, inherited, name.place, f"fact `{name}`")
        kinds = [key for key in ("kind", "choices", "choices_from") if draft[key]]
        if len(kinds) > 1:
            one, other = (draft[key] for key in kinds[:2])
            place, also = ((next(iter(part)) if isinstance(part, dict) else part).place for part in (one, other))
            self.problems.error(
                "contradiction",
                f"fact `{name}` has both `{kinds[0]}` and `{kinds[1]}`",
                place,
                also=((also, f"`{kinds[1]}`"),),
                help="keep one of them",
            )
            return None
        options: tuple[model.Option, ...] = ()
        kind: Literal["yes-no", "choice", "date"] = draft.kind or "yes-no"
        table = ""
        if draft.choices:
            kind, options = "choice", tuple(model.Option(str(key), label) for key, label in draft.choices.items())
            if not self.good_choices(draft.choices):
                return None
        elif draft.choices_from:
            if not self.named(draft.choices_from, self.tables, "table"):
                return None
            table = str(draft.choices_from)
            if table in self.unread_tables:
                return None
            options = tuple(model.Option(key, row.get("name", key)) for key, row in self.tables[table].rows.items())
            kind = "choice"
        if kind == "yes-no":
            self.statements.variable(name, ("yes", "no"))
        elif kind == "choice":
            self.statements.variable(name, tuple(option.id for option in options))
        elif cuts:
            self.statements.variable(name, segments(cuts))
        return model.Fact(
            id=name,
            ask=draft.ask,
            label=draft.label,
            kind=kind,
            options=options,
            help=draft.help,
            find_out=draft.find_out,
            sources=sources,
            table=table,
            cuts=cuts,
            follows=str(draft.follows or ""),
            kept_apart=draft.kept_apart,
            fixed=draft.fixed,
            place=name.place,
        )

    # -- findings ---------------------------------------------------------------------------------

    def _findings_in_order(self) -> list[str]:
        """Every finding after those it is defined by; circular definitions are refused."""
        links = {
            name: {
                part.value: draft.holds_when.at.place(part)
                for part in finding_names(draft.holds_when.node)
                if part.value in self._finding_drafts
            }
            for name, (_, draft, _) in self._finding_drafts.items()
        }
        order: dict[str, None] = {}
        for start, first in links.items():
            path, waiting = [start], [iter(first)]
            while start not in order and path:
                part = next(waiting[-1], None)
                if part is None:
                    order[path.pop()] = None
                    waiting.pop()
                elif part in path:
                    self._circle(path[path.index(part) :], links)
                elif part not in order:
                    path.append(part)
                    waiting.append(iter(links[part]))
        return list(order)

    def _circle(self, names: list[str], links: Mapping[str, Mapping[str, Place]]) -> None:
        at = names.index(min(names))
        names = [*names[at:], *names[: at + 1]]
        uses = [(links[one][other], f"`{one}` uses `{other}`") for one, other in pairwise(names)]
        message = (
            f"finding `{names[0]}` is defined by itself"
            if len(uses) == 1
            else f"these findings are defined by one another: {' → '.join(names)}"
        )
        self.problems.error("circle", message, uses[0][0], also=uses[1:])
        self._unread_findings.update(names)

    def finding(self, name: Name) -> model.Condition | None:
        """The condition of a finding; None where there is none, said here if it was not said before."""
        if name in self.findings:
            return self.findings[name].holds_when
        if name not in self._unread_findings:
            word = {"yes": "always", "true": "always", "no": "never", "false": "never"}.get(name.lower(), "")
            self.problems.error(
                "unknown-finding",
                f"no finding is named `{name}`",
                name.place,
                help=f"did you mean `{word}`?" if word else did_you_mean(name, [*self._finding_drafts, *self.facts]),
            )
        return None

    def _finding(self, name: str) -> None:
        declared, draft, inherited = self._finding_drafts[name]
        before = len(self.problems.found)
        sources = self.sources(draft.sources, inherited, declared.place, f"finding `{name}`")
        condition = None if name in self._unread_findings else self.conditions.read(draft.holds_when, sources)
        self._stands_under(before, draft.title, sources)
        if condition is None:
            # Said once, where it stands; whoever uses the finding stays silent.
            self._unread_findings.add(name)
            return
        self.findings[name] = model.Finding(
            name,
            draft.title,
            draft.kind,
            condition,
            {key: str(text) for key, text in draft.says.items()},
            sources,
            draft.note,
            declared.place,
        )

    def _stands_under(self, start: int, title: str, sources: model.Sources) -> None:
        """Say of the problems found since ``start`` which law they stand under."""
        cites = (
            self.authorities[name].cite for source in sources if (name := split_pinpoint(source)[0]) in self.authorities
        )
        cite = next(cites, "")
        found = self.problems.found
        for at in range(start, len(found)):
            if not found[at].law:
                found[at] = replaced(found[at], law=f"{title} ({cite})" if cite else title)
