"""From files to a :class:`~pathways.rulebook.model.Rulebook`: read, declare, cross-reference.

Everything that makes meaning uncertain is refused here, all at once (:class:`~pathways.diagnostics.RefusedError`).
What is merely unwise is found by :mod:`pathways.rulebook.check`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pathways.diagnostics import Name, Place, Problem, Problems, did_you_mean, nearest
from pathways.logic import Statements
from pathways.rulebook import formats, model
from pathways.rulebook.conditions import WORDS, ConditionReader, date_ends, finding_names, segments
from pathways.rulebook.files import fingerprint, rule_files
from pathways.rulebook.formats import Draft
from pathways.rulebook.references import split_pinpoint
from pathways.shapes import BAD, Later, Reading, unique
from pathways.yamlfile import ScalarNode, YamlFile, compose, rough_text, shown_name

#: Answers that every question has, so that no choice and no row of a table can be one of them.
RESERVED_ANSWERS = ("yes", "no", "unknown", "disputed")

#: Problems with a name that may stand in a file that could not be read.
_DANGLING = ("unknown-fact", "unknown-finding", "unknown-avenue", "unknown-table", "unknown-topic", "unknown-source")


@dataclass(slots=True)
class Drafts:
    """Every file as read, before names are looked up."""

    about: Draft | None = None
    by_folder: dict[str, list[Draft]] = field(default_factory=dict)
    documents: list[Draft] = field(default_factory=list)
    files: list[YamlFile] = field(default_factory=list)
    #: The texts of the files with something wrong in them; None for one without a text.
    unread: list[str | None] = field(default_factory=list)
    sha256: str = ""

    def explain(self, problem: Problem) -> bool:
        """Whether a name may be unknown only because a file that declares it could not be read."""
        if problem.code not in _DANGLING:
            return False
        quoted = re.search(r"`([^`]*)`", problem.message)
        name = split_pinpoint(quoted.group(1))[0].rpartition("#")[2] if quoted else ""
        return any(text is None or name in text for text in self.unread)


def build(folder: Path, problems: Problems) -> model.Rulebook | None:
    """The rulebook in ``folder``; None with problems added where it cannot be built."""
    drafts = _read(folder, problems)
    if drafts.about is None:
        return None
    # Names are looked up even if not every file could be read, so that one run finds as much as it can.
    before = len(problems.found)
    rulebook = _Builder(drafts, problems).rulebook()
    problems.withdraw(before, drafts.explain)
    return rulebook


def _read(folder: Path, problems: Problems) -> Drafts:
    drafts = Drafts(by_folder={name: [] for name in formats.FOLDERS})
    if not (folder / "rules").is_dir():
        problems.error(
            "no-rulebook",
            "no folder `rules` is here",
            Place(shown_name(folder)),
            help="name a folder that holds `rules/` and `seeds/`",
        )
        return drafts
    described = False
    for path in rule_files(folder):
        relative = path.relative_to(folder)
        shape = None
        if relative.parts == ("rules", "rulebook.yaml"):
            shape = formats.ABOUT
            described = True
        elif relative.parts[0] == "seeds":
            shape = formats.DOCUMENT
        elif len(relative.parts) > 2:
            shape = formats.FOLDERS.get(relative.parts[1])
        if shape is None:
            near = nearest(relative.parts[1], formats.FOLDERS) if len(relative.parts) > 2 else ""
            folders = ", ".join(f"rules/{name}/" for name in formats.FOLDERS)
            problems.error(
                "misplaced-file",
                "no kind of rule file belongs here",
                Place(shown_name(path)),
                help=f"did you mean `rules/{near}/`?"
                if near
                else f"put it in one of {folders}; only `rulebook.yaml` stands in `rules/`",
            )
            drafts.unread.append(rough_text(path))
            continue
        before = problems.error_count
        file = compose(path, problems)
        if file is not None and file.root is None:
            problems.error("empty", f"expected {shape.expected}, found an empty file", Place(file.name))
        read: Any = BAD
        if file is not None and file.root is not None:
            drafts.files.append(file)
            read = shape.read(file.root, Reading(file, problems))
        if problems.error_count > before:
            drafts.unread.append(file.text if file is not None else rough_text(path))
        if read is BAD:
            continue
        if shape is formats.ABOUT:
            drafts.about = read
        elif shape is formats.DOCUMENT:
            drafts.documents.append(read)
        else:
            drafts.by_folder[relative.parts[1]].append(read)
    if not described:
        problems.error("no-rulebook", "no file `rules/rulebook.yaml` is here", Place(shown_name(folder)))
    if not problems.error_count:
        drafts.sha256 = fingerprint(folder)
    return drafts


class _Builder:
    """Declares every name, then reads what refers to names."""

    def __init__(self, drafts: Drafts, problems: Problems) -> None:
        self.drafts = drafts
        self.problems = problems
        self.statements = Statements()
        self.facts: dict[str, model.Fact] = {}
        self.topics: dict[str, model.Topic] = {}
        self.tables: dict[str, model.Table] = {}
        self.authorities: dict[str, model.Authority] = {}
        self.documents: dict[str, model.Document] = {}
        self.findings: dict[str, model.Finding] = {}
        self.unread_facts: set[str] = set()
        self._finding_drafts: dict[str, tuple[Name, Draft, model.Sources]] = {}
        self._unread_tables: set[str] = set()
        self._unread_findings: set[str] = set()
        self._declared: dict[str, dict[str, Name]] = {}
        self.conditions = ConditionReader(self)

    def rulebook(self) -> model.Rulebook | None:
        about_draft = self.drafts.about
        assert about_draft is not None
        for draft in self.drafts.by_folder["authorities"]:
            for name, authority in draft.authorities.items():
                if self._new(name, "authority"):
                    self.authorities[name] = self._authority(name, authority)
        for draft in self.drafts.documents:
            if self._new(draft.document, "document"):
                self.documents[draft.document] = self._document(draft)
        for document in self.documents.values():
            for proposition in document.propositions.values():
                if proposition.compare:
                    self.check_sources(proposition.compare.sources)
        for draft in self.drafts.by_folder["tables"]:
            if self._new(draft.table, "table"):
                self.tables[draft.table] = self._table(draft)
        self._facts()
        for draft in self.drafts.by_folder["findings"]:
            self.check_sources(draft.sources)
            for name, finding in draft.findings.items():
                if name in (*WORDS, "always", "never"):
                    self.problems.error(
                        "bad-name", f"`{name}` is a word of conditions, and no name for a finding", name.place
                    )
                elif self._new(name, "finding"):
                    self._finding_drafts[str(name)] = (name, finding, draft.sources)
        for name in self._findings_in_order():
            self._finding(name)
        avenues: dict[str, model.Avenue] = {}
        for draft in self.drafts.by_folder["avenues"]:
            if self._new(draft.avenue, "avenue"):
                avenue = self._avenue(draft)
                if avenue is not None:
                    avenues[avenue.id] = avenue
        about = self._about(about_draft)
        claims = self._claims()
        notes = self._notes()
        if self.problems.error_count:
            return None
        ordered = sorted(avenues.values(), key=lambda avenue: (avenue.order, avenue.id))
        return model.Rulebook(
            about=about, sha256=self.drafts.sha256, topics=self.topics, facts=self.facts, findings=self.findings,
            avenues={avenue.id: avenue for avenue in ordered}, claims=claims, notes=notes, tables=self.tables,
            authorities=self.authorities, documents=self.documents, statements=self.statements,
        )

    # -- names and sources ------------------------------------------------------------------------

    def _new(self, name: Name, what: str) -> bool:
        first = self._declared.setdefault(what, {}).setdefault(name, name)
        if first is name:
            return True
        self.problems.error(
            "duplicate-name",
            f"{what} `{name}` is declared twice",
            name.place,
            also=((first.place, "first declared here"),),
        )
        return False

    def _named(self, name: Name, known: Collection[str], what: str) -> bool:
        if name in known:
            return True
        listed = f"there is {', '.join(f'`{one}`' for one in known)}" if 0 < len(known) <= 12 else ""
        self.problems.error(
            f"unknown-{what}", f"no {what} is named `{name}`", name.place, help=did_you_mean(name, known, listed)
        )
        return False

    def check_sources(self, sources: model.Sources) -> None:
        """Add a problem for every reference that leads nowhere."""
        for reference in sources:
            if not isinstance(reference, Name):
                continue
            if "#" in reference:
                document, _, proposition = reference.partition("#")
                known = self.documents.get(document)
                if known is None:
                    near = nearest(document, self.documents)
                    help = f"did you mean `{near}#{proposition}`?" if near else ""
                elif proposition not in known.propositions:
                    near = did_you_mean(proposition, known.propositions)
                    help = near.replace("`", f"`{document}#", 1)
                else:
                    continue
            else:
                name, pinpoint = split_pinpoint(reference)
                authority = self.authorities.get(name)
                if authority is not None:
                    continue
                near = nearest(name, self.authorities)
                help = f"did you mean `{near}{pinpoint}`?" if near else ""
            self.problems.error("unknown-source", f"no source is named `{reference}`", reference.place, help=help)

    def _sources(
        self, own: model.Sources, inherited: model.Sources, place: Place, what: str, practical: bool = False
    ) -> model.Sources:
        if own:
            self.check_sources(own)
        if practical:
            return own
        sources = own or inherited
        if not sources:
            self.problems.error(
                "no-source", f"{what} has no source", place, help="give `sources:`, here or for what it stands in"
            )
        return sources

    # -- sources of law ---------------------------------------------------------------------------

    def _authority(self, name: Name, draft: Draft) -> model.Authority:
        if draft.kind == "case":
            for key in ("court", "year", "level"):
                if not draft[key]:
                    self.problems.error("missing-key", f"a case has no `{key}`", name.place)
        return model.Authority(id=str(name), place=name.place, **draft)

    def _document(self, draft: Draft) -> model.Document:
        propositions = {}
        for name, one in draft.propositions.items():
            first, _, last = str(one.lines).partition("-")
            if last and int(last) < int(first):
                self.problems.error("wrong-form", f"lines `{one.lines}` run backwards", one.lines.place)
            compare = one.compare and model.Remark(f"{draft.document}#{name}", one.compare.text, one.compare.sources)
            propositions[str(name)] = model.Proposition(
                str(name),
                int(first),
                int(last or first),
                one.words,
                one.kind,
                one.says,
                one.said_by,
                compare,
                name.place,
            )
        values = {key: value for key, value in draft.items() if key not in ("document", "propositions")}
        return model.Document(id=str(draft.document), propositions=propositions, place=draft.document.place, **values)

    def _table(self, draft: Draft) -> model.Table:
        self.check_sources(draft.sources)
        rows: dict[str, dict[str, str]] = {}
        for key, cells in draft.rows.items():
            row = {}
            for column, later in cells.items():
                if column not in draft.columns:
                    self.problems.error(
                        "unknown-column", f"table `{draft.table}` has no column `{column}`", column.place,
                        help=did_you_mean(column, draft.columns),
                    )
                elif isinstance(later.node, ScalarNode) and not later.node.style and later.node.value in ("~", ""):
                    continue
                else:
                    value = formats.LABEL.read(later.node, later.at)
                    if value is not BAD:
                        row[str(column)] = value
            rows[str(key)] = row
        if not self._choices(draft.rows):
            self._unread_tables.add(str(draft.table))
        return model.Table(str(draft.table), dict(draft.columns), rows, draft.sources)

    # -- facts ------------------------------------------------------------------------------------

    def _facts(self) -> None:
        cuts: dict[str, set[str]] = {}
        for file in self.drafts.files:
            if file.root is not None:
                for fact, day in date_ends(file.root):
                    cuts.setdefault(fact, set()).add(day)
        drafts = self.drafts.by_folder["facts"]
        topics: dict[Name, Draft] = {}
        for draft in drafts:
            if self._new(draft.topic, "topic"):
                topics[draft.topic] = draft
        about = self.drafts.about
        assert about is not None
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
                "unknown-topic", f"topic `{name}` is not in `topics` of rulebook.yaml", name.place,
                help="add it there, where it belongs in the story",
            )
        for name, draft in sorted(topics.items(), key=lambda item: order.get(item[0], 99)):
            self.check_sources(draft.sources)
            names = []
            for fact_name, fact in draft.facts.items():
                if fact_name.partition(".")[0] != name:
                    self.problems.error(
                        "bad-name", f"fact `{fact_name}` stands in topic `{name}`", fact_name.place,
                        help=f"name it `{name}.{fact_name.partition('.')[2]}`, or move it",
                    )
                if self._new(fact_name, "fact"):
                    made = self._fact(fact_name, fact, draft.sources, tuple(sorted(cuts.get(fact_name, ()))))
                    if made:
                        self.facts[fact_name] = made
                        names.append(str(fact_name))
                    else:
                        self.unread_facts.add(fact_name)
            before = None
            if draft.before:
                sources = self._sources(
                    draft.before.sources, draft.sources, draft.before.place, "this text", draft.before.practical
                )
                before = model.Remark(f"{name}.before", draft.before.text, sources, practical=draft.before.practical)
            self.topics[str(name)] = model.Topic(str(name), draft.title, before, tuple(names))

    def _fact(self, name: Name, draft: Draft, inherited: model.Sources, cuts: tuple[str, ...]) -> model.Fact | None:
        sources = self._sources(draft.sources, inherited, name.place, f"fact `{name}`")
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
            if not self._choices(draft.choices):
                return None
        elif draft.choices_from:
            if not self._named(draft.choices_from, self.tables, "table"):
                return None
            table = str(draft.choices_from)
            if table in self._unread_tables:
                return None
            options = tuple(
                model.Option(key, row.get("name", key)) for key, row in self.tables[table].rows.items()
            )
            kind = "choice"
        if kind == "yes-no":
            self.statements.variable(name, ("yes", "no"))
        elif kind == "choice":
            self.statements.variable(name, tuple(option.id for option in options))
        elif cuts:
            self.statements.variable(name, segments(cuts))
        return model.Fact(
            id=name, ask=draft.ask, label=draft.label, kind=kind, options=options, help=draft.help,
            find_out=draft.find_out, sources=sources, table=table, cuts=cuts, place=name.place,
        )

    def _choices(self, names: Iterable[Name]) -> bool:
        """Whether these can be the answers to a question."""
        keys = list(names)
        before = self.problems.error_count
        for key in keys:
            if key in RESERVED_ANSWERS:
                self.problems.error(
                    "bad-choices", f"`{key}` is an answer that every question has", key.place, help="leave it out"
                )
        if len(keys) < 2:
            self.problems.error(
                "bad-choices", f"two answers or more are needed; `{keys[0]}` is the only one", keys[0].place
            )
        return self.problems.error_count == before

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
            f"finding `{names[0]}` is defined by itself" if len(uses) == 1
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
                "unknown-finding", f"no finding is named `{name}`", name.place,
                help=f"did you mean `{word}`?" if word else did_you_mean(name, [*self._finding_drafts, *self.facts]),
            )
        return None

    def _finding(self, name: str) -> None:
        declared, draft, inherited = self._finding_drafts[name]
        before = len(self.problems.found)
        sources = self._sources(draft.sources, inherited, declared.place, f"finding `{name}`")
        condition = None if name in self._unread_findings else self.conditions.read(draft.holds_when, sources)
        self._stands_under(before, draft.title, sources)
        if condition is None:
            # Said once, where it stands; whoever uses the finding stays silent.
            self._unread_findings.add(name)
            return
        self.findings[name] = model.Finding(
            name, draft.title, draft.kind, condition, {key: str(text) for key, text in draft.says.items()},
            sources, draft.note, declared.place,
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
                found[at] = replace(found[at], law=f"{title} ({cite})" if cite else title)

    # -- avenues, claims, notes -------------------------------------------------------------------

    def _condition(self, later: Later | None, sources: model.Sources) -> model.Condition | None:
        return self.conditions.read(later, sources) if later is not None else None

    def _remarks(self, drafts: Iterable[Draft], inherited: model.Sources, what: str) -> tuple[model.Remark, ...]:
        remarks = []
        first: dict[str, Name] = {}
        for one in drafts:
            if one.id in first:
                self.problems.error(
                    "duplicate-name", f"{what} `{one.id}` is declared twice", one.id.place,
                    also=((first[one.id].place, "first declared here"),),
                )
            first[one.id] = one.id
            sources = self._sources(one.sources, inherited, one.id.place, f"{what} `{one.id}`", one.practical)
            remarks.append(
                model.Remark(
                    str(one.id),
                    one.text,
                    sources,
                    self._condition(one.when, sources),
                    one.practical,
                    one.get("title") or "",
                )
            )
        return tuple(remarks)

    def _avenue(self, draft: Draft) -> model.Avenue | None:
        self.check_sources(draft.sources)
        sources: model.Sources = draft.sources
        before, found_before = self.problems.error_count, len(self.problems.found)
        about = self.drafts.about
        assert about is not None
        self._named(draft.starts_with, about.starts_with, "starter")
        names: dict[str, Name] = {}
        for part in (*draft.requires, *draft.hurdles, *draft.deadlines, *draft.stages):
            if part.id in names:
                self.problems.error(
                    "duplicate-name", f"`{part.id}` is declared twice in avenue `{draft.avenue}`", part.id.place,
                    also=((names[part.id].place, "first declared here"),),
                )
            names[part.id] = part.id
        elements, hurdles, deadlines, stages = [], [], [], []
        for one in draft.requires:
            own = self._sources(one.sources, sources, one.id.place, f"element `{one.id}`")
            when = self._condition(one.when, own)
            if when:
                elements.append(model.Element(str(one.id), one.title, one.explains, when, own, one.id.place))
        for one in draft.hurdles:
            own = self._sources(one.sources, sources, one.id.place, f"hurdle `{one.id}`")
            when = self._condition(one.arises_when, own)
            if when:
                hurdles.append(
                    model.Hurdle(
                        str(one.id),
                        one.title,
                        one.explains,
                        one.effect,
                        when,
                        self._leanings(one, own),
                        one.ground,
                        own,
                        one.id.place,
                    )
                )
        for one in draft.deadlines:
            own = self._sources(one.sources, sources, one.id.place, f"deadline `{one.id}`")
            deadlines.append(model.Deadline(
                str(one.id), one.title, one.text, self._condition(one.missed_when, own), one.if_missed,
                self._condition(one.unless, own), own, one.id.place,
            ))
            if one.if_missed == "bars" and one.missed_when is None:
                self.problems.error("missing-key", f"deadline `{one.id}` bars, but has no `missed_when`", one.id.place)
        for number, one in enumerate(draft.stages, 1):
            own = self._sources(one.sources, sources, one.id.place, f"stage `{one.id}`")
            last = number == len(draft.stages)
            if last != (one.done_when is None):
                self.problems.error(
                    "last-stage",
                    f"stage `{one.id}` {'is the last and has' if last else 'is not the last and has no'} `done_when`",
                    one.id.place,
                )
            stages.append(model.Stage(str(one.id), one.title, one.text, self._condition(one.done_when, own), own))
        applies = self._condition(draft.applies_when, sources)
        remarks = {
            key: self._remarks(draft[key], sources, what)
            for key, what in (("not_hurdles", "remark"), ("cautions", "caution"), ("steps", "step"))
        }
        record = draft.track_record
        record_sources = self._sources(record.sources, sources, record.place, "the track record")
        self._stands_under(found_before, draft.title, sources)
        if self.problems.error_count > before:
            return None
        components = self._components(elements, hurdles, deadlines)
        return model.Avenue(
            id=str(draft.avenue), title=draft.title, short=draft.short, order=draft.order,
            reviewed_by_lawyer=draft.reviewed_by_lawyer, what=draft.what, who=draft.who, against=draft.against,
            where=draft.where, gets=draft.gets, starts_with=str(draft.starts_with),
            track_record=model.TrackRecord(record.scale, record.text, record_sources), applies_when=applies,
            requires=tuple(elements), hurdles=tuple(hurdles), deadlines=tuple(deadlines), stages=tuple(stages),
            sources=sources, value=self.statements.all(components.values()), components=components,
            place=draft.avenue.place, **remarks,
        )

    def _components(
        self, elements: list[model.Element], hurdles: list[model.Hurdle], deadlines: list[model.Deadline]
    ) -> dict[str, int]:
        """What an avenue's value is the least of, by ``kind:id``."""
        make = self.statements
        components = {f"element:{element.id}": element.when.statement for element in elements}
        for hurdle in hurdles:
            arises = hurdle.arises_when.statement
            if hurdle.effect == "bars":
                components[f"hurdle:{hurdle.id}"] = make.negation(arises)
            elif hurdle.effect == "contests":
                components[f"hurdle:{hurdle.id}"] = make.negation(make.contestable(arises))
        for deadline in deadlines:
            if deadline.if_missed == "bars" and deadline.missed_when:
                in_time = make.negation(deadline.missed_when.statement)
                softened = make.contestable(deadline.unless.statement) if deadline.unless else make.never()
                components[f"deadline:{deadline.id}"] = make.any([in_time, softened])
        return components

    def _leanings(self, hurdle: Draft, sources: model.Sources) -> tuple[model.Leaning, ...]:
        if isinstance(hurdle.leans, str):
            return (model.Leaning(hurdle.leans, "", sources),)  # type: ignore[arg-type]
        leanings = []
        for number, one in enumerate(hurdle.leans, 1):
            own = self._sources(one.sources, sources, one.place, "this leaning")
            last = number == len(hurdle.leans)
            if last != (one.when is None):
                self.problems.error(
                    "last-leaning",
                    f"this leaning {'is the last and has a' if last else 'is not the last and has no'} `when`",
                    one.place,
                    help="the last one says what holds otherwise",
                )
            leanings.append(model.Leaning(one.leans, one.because, own, self._condition(one.when, own)))
        return tuple(leanings)

    def _claims(self) -> dict[str, model.Claim]:
        claims: dict[str, model.Claim] = {}
        for file in self.drafts.by_folder["claims"]:
            for name, draft in file.claims.items():
                if not self._new(name, "claim"):
                    continue
                found_before = len(self.problems.found)
                self.check_sources(draft.sources)
                speakers = []
                for speaker in draft.said_by:
                    self.check_sources(speaker.sources)
                    speakers.append(model.Speaker(speaker.who, str(speaker.when), speaker.sources))
                claims[name] = model.Claim(
                    str(name), draft.title, tuple(speakers), draft.verdict, draft.answer,
                    self._remarks(draft.in_this_case, draft.sources, "remark"), draft.sources,
                )
                self._stands_under(found_before, draft.title, draft.sources)
        return {str(name): claim for name, claim in claims.items()}

    def _notes(self) -> dict[str, model.Note]:
        notes: dict[str, model.Note] = {}
        for file in self.drafts.by_folder["context"]:
            for name, draft in file.notes.items():
                if self._new(name, "note"):
                    self.check_sources(draft.sources)
                    for avenue in draft.about:
                        self._avenue_named(avenue)
                    notes[name] = model.Note(
                        str(name), draft.title, draft.text, tuple(str(avenue) for avenue in draft.about), draft.sources
                    )
        return {str(name): note for name, note in notes.items()}

    def _avenue_named(self, name: Name) -> None:
        self._named(name, self._declared.get("avenue", {}), "avenue")

    def _about(self, draft: Draft) -> model.About:
        items = []
        unique((one.id for one in draft.not_modelled), "item", self.problems)
        for one in draft.not_modelled:
            for avenue in one.about:
                self._avenue_named(avenue)
            items.append(model.NotModelled(str(one.id), one.text, tuple(str(avenue) for avenue in one.about)))
        return model.About(
            id=str(draft.rulebook), version=str(draft.version), title=draft.title, law_as_of=str(draft.law_as_of),
            reviewed_by_lawyer=draft.reviewed_by_lawyer, license=draft.license, notice=draft.notice,
            starts_with={str(key): text for key, text in draft.starts_with.items()},
            cautions=self._remarks(draft.cautions, (), "caution"), not_modelled=tuple(items),
        )
