"""From files to a :class:`~pathways.rulebook.model.Rulebook`: read, declare, cross-reference.

Everything that makes meaning uncertain is refused here, all at once (:class:`~pathways.diagnostics.RefusedError`). What is merely
unwise is found by :mod:`pathways.rulebook.check`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pathways.diagnostics import Name, Place, Problems, did_you_mean
from pathways.logic import Statements
from pathways.rulebook import formats, model
from pathways.rulebook.conditions import ConditionReader, date_ends, segments
from pathways.rulebook.formats import Draft
from pathways.shapes import BAD, Later, Reading
from pathways.yamlfile import ScalarNode, YamlFile, compose, shown_name

SUFFIXES = (".yaml", ".yml")


@dataclass(slots=True)
class Drafts:
    """Every file as read, before names are looked up."""

    about: Draft | None = None
    by_folder: dict[str, list[Draft]] = field(default_factory=dict)
    documents: list[Draft] = field(default_factory=list)
    files: list[YamlFile] = field(default_factory=list)
    sha256: str = ""


def rule_files(folder: Path) -> Iterator[Path]:
    """Every file of a rulebook, in a fixed order."""
    for top in ("rules", "seeds"):
        yield from sorted(path for path in (folder / top).rglob("*") if path.suffix in SUFFIXES)


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of a rulebook."""
    total = hashlib.sha256()
    for path in rule_files(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        if path.is_file():
            total.update(path.read_bytes())
        total.update(b"\0")
    return total.hexdigest()


def build(folder: Path, problems: Problems) -> model.Rulebook | None:
    """The rulebook in ``folder``; None with problems added where it cannot be built."""
    drafts = _read(folder, problems)
    if problems.errors or drafts.about is None:
        return None
    return _Builder(drafts, problems).rulebook()


def _read(folder: Path, problems: Problems) -> Drafts:
    drafts = Drafts(by_folder={name: [] for name in formats.FOLDERS})
    if not (folder / "rules").is_dir():
        problems.error("no-rulebook", "no folder `rules` is here", Place(shown_name(folder)), help="name a folder that holds `rules/` and `seeds/`")
        return drafts
    for path in rule_files(folder):
        relative = path.relative_to(folder)
        shape = None
        if relative.parts == ("rules", "rulebook.yaml"):
            shape = formats.ABOUT
        elif relative.parts[0] == "seeds":
            shape = formats.DOCUMENT
        elif len(relative.parts) > 2:
            shape = formats.FOLDERS.get(relative.parts[1])
        if shape is None:
            problems.error(
                "misplaced-file", "no kind of rule file belongs here", Place(shown_name(path)),
                help=f"put it in one of {', '.join(f'rules/{name}/' for name in formats.FOLDERS)}",
            )
            continue
        file = compose(path, problems)
        if file is None:
            continue
        if file.root is None:
            problems.error("empty", f"expected {shape.expected}, found an empty file", Place(file.name))
            continue
        drafts.files.append(file)
        read = shape.read(file.root, Reading(file, problems))
        if read is BAD:
            continue
        if shape is formats.ABOUT:
            drafts.about = read
        elif shape is formats.DOCUMENT:
            drafts.documents.append(read)
        else:
            drafts.by_folder[relative.parts[1]].append(read)
    if drafts.about is None and not problems.errors:
        problems.error("no-rulebook", "no file `rules/rulebook.yaml` is here", Place(shown_name(folder)))
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
        self._finding_drafts: dict[Name, tuple[Draft, model.Sources]] = {}
        self._open_findings: list[Name] = []
        self._checked: set[str] = set()
        self.conditions = ConditionReader(self)

    def rulebook(self) -> model.Rulebook | None:
        about_draft = self.drafts.about
        assert about_draft is not None
        for draft in self.drafts.by_folder["authorities"]:
            for name, authority in draft.authorities.items():
                if self._new(name, self.authorities, "authority"):
                    self.authorities[name] = self._authority(name, authority)
        for draft in self.drafts.documents:
            if self._new(draft.document, self.documents, "document"):
                self.documents[draft.document] = self._document(draft)
        for document in self.documents.values():
            for proposition in document.propositions.values():
                if proposition.compare:
                    self.check_sources(proposition.compare.sources)
        for draft in self.drafts.by_folder["tables"]:
            if self._new(draft.table, self.tables, "table"):
                self.tables[draft.table] = self._table(draft)
        self._facts()
        for draft in self.drafts.by_folder["findings"]:
            self.check_sources(draft.sources)
            for name, finding in draft.findings.items():
                if self._new(name, self._finding_drafts, "finding"):
                    self._finding_drafts[name] = (finding, draft.sources)
        for name in self._finding_drafts:
            self.finding(name)
        avenues: dict[str, model.Avenue] = {}
        for draft in self.drafts.by_folder["avenues"]:
            if self._new(draft.avenue, avenues, "avenue"):
                avenue = self._avenue(draft)
                if avenue is not None:
                    avenues[avenue.id] = avenue
        about = self._about(about_draft, avenues)
        claims = self._claims()
        notes = self._notes(avenues)
        if self.problems.errors:
            return None
        ordered = sorted(avenues.values(), key=lambda avenue: (avenue.order, avenue.id))
        return model.Rulebook(
            about=about, sha256=self.drafts.sha256, topics=self.topics, facts=self.facts, findings=self.findings,
            avenues={avenue.id: avenue for avenue in ordered}, claims=claims, notes=notes, tables=self.tables,
            authorities=self.authorities, documents=self.documents, statements=self.statements,
        )

    # -- names and sources ------------------------------------------------------------------------

    def _new(self, name: Name, known: Mapping[Any, Any], what: str) -> bool:
        for other in known:
            if other == name:
                also = ((other.place, "first declared here"),) if isinstance(other, Name) else ()
                self.problems.error("duplicate-name", f"{what} `{name}` is declared twice", name.place, also=also)
                return False
        return True

    def _named(self, name: Name, known: Iterable[str], what: str) -> bool:
        names = list(known)
        if name in names:
            return True
        self.problems.error(f"unknown-{what}", f"no {what} is named `{name}`", name.place, help=did_you_mean(name, names))
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
                    help = did_you_mean(document, self.documents)
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
                help = did_you_mean(name, self.authorities)
            self.problems.error("unknown-source", f"no source is named `{reference}`", reference.place, help=help)

    def _sources(self, own: model.Sources, inherited: model.Sources, place: Place, what: str, practical: bool = False) -> model.Sources:
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
        return model.Authority(id=str(name), **{key: value for key, value in draft.items()})

    def _document(self, draft: Draft) -> model.Document:
        propositions = {}
        for name, one in draft.propositions.items():
            first, _, last = str(one.lines).partition("-")
            if last and int(last) < int(first):
                self.problems.error("wrong-form", f"lines `{one.lines}` run backwards", one.lines.place)
            compare = one.compare and model.Remark(f"{draft.document}#{name}", one.compare.text, one.compare.sources)
            propositions[str(name)] = model.Proposition(
                str(name), int(first), int(last or first), one.words, one.kind, one.says, one.said_by, compare, name.place
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
                elif isinstance(later.node, ScalarNode) and later.node.style is None and later.node.value in ("~", ""):
                    continue
                else:
                    value = formats.LABEL.read(later.node, later.at)
                    if value is not BAD:
                        row[str(column)] = value
            rows[str(key)] = row
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
            if self._new(draft.topic, topics, "topic"):
                topics[draft.topic] = draft
        about = self.drafts.about
        assert about is not None
        order = {name: at for at, name in enumerate(about.topics)}
        for name in about.topics:
            self._named(name, topics, "topic")
        for name in topics:
            if name not in order:
                self.problems.error(
                    "unknown-topic", f"topic `{name}` is not in `topics` of rulebook.yaml", name.place,
                    help=did_you_mean(name, order),
                )
        for name, draft in sorted(topics.items(), key=lambda item: order.get(item[0], 99)):
            self.check_sources(draft.sources)
            names = []
            for fact_name, fact in draft.facts.items():
                if fact_name.partition(".")[0] != name:
                    self.problems.error(
                        "bad-name", f"fact `{fact_name}` stands in topic `{name}`", fact_name.place, help=f"name it `{name}.…`"
                    )
                if self._new(fact_name, self.facts, "fact"):
                    made = self._fact(fact_name, fact, draft.sources, tuple(sorted(cuts.get(fact_name, ()))))
                    if made:
                        self.facts[fact_name] = made
                        names.append(str(fact_name))
            before = None
            if draft.before:
                sources = self._sources(draft.before.sources, draft.sources, draft.before.place, "this text", draft.before.practical)
                before = model.Remark(f"{name}.before", draft.before.text, sources, practical=draft.before.practical)
            self.topics[str(name)] = model.Topic(str(name), draft.title, before, tuple(names))

    def _fact(self, name: Name, draft: Draft, inherited: model.Sources, cuts: tuple[str, ...]) -> model.Fact | None:
        sources = self._sources(draft.sources, inherited, name.place, f"fact `{name}`")
        kinds = [key for key in ("kind", "choices", "choices_from") if draft[key]]
        if len(kinds) > 1:
            self.problems.error("contradiction", f"fact `{name}` has both `{kinds[0]}` and `{kinds[1]}`", name.place)
            return None
        options: tuple[model.Option, ...] = ()
        kind, table = draft.kind or "yes-no", ""
        if draft.choices:
            kind, options = "choice", tuple(model.Option(str(key), label) for key, label in draft.choices.items())
            reserved = {"yes", "no", "unknown", "disputed"} & {option.id for option in options}
            if len(options) < 2 or reserved:
                self.problems.error(
                    "bad-choices",
                    f"`{min(reserved)}` is an answer every question has" if reserved else "a choice needs at least two answers",
                    name.place,
                )
                return None
        elif draft.choices_from:
            if not self._named(draft.choices_from, self.tables, "table"):
                return None
            table = str(draft.choices_from)
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

    # -- findings ---------------------------------------------------------------------------------

    def finding(self, name: Name) -> model.Condition | None:
        """The condition of a finding, built when first needed; circular definitions are refused."""
        if name in self.findings:
            return self.findings[name].holds_when
        if name in self._open_findings:
            circle = self._open_findings[self._open_findings.index(name):]
            first = min(circle)
            self.problems.error(
                "circle", "these findings are defined by one another: " + " → ".join([*sorted(circle), first]), first.place,
                also=tuple((other.place, "part of the circle") for other in sorted(circle) if other != first),
            )
            return None
        declared = next((known for known in self._finding_drafts if known == name), None)
        if declared is None:
            self.problems.error(
                "unknown-finding", f"no finding is named `{name}`", name.place,
                help=did_you_mean(name, [*self._finding_drafts, *self.facts]),
            )
            return None
        draft, inherited = self._finding_drafts[declared]
        if not draft:
            return None
        sources = self._sources(draft.sources, inherited, declared.place, f"finding `{declared}`")
        self._open_findings.append(declared)
        condition = self.conditions.read(draft.holds_when, sources)
        self._open_findings.pop()
        if condition is None:
            # Said once, where it stands; whoever uses the finding stays silent.
            self._finding_drafts[declared] = (Draft(draft.place), ())
            return None
        self.findings[str(declared)] = model.Finding(
            str(declared), draft.title, draft.kind, condition, {key: str(text) for key, text in draft.says.items()},
            sources, draft.note, declared.place,
        )
        return condition

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
            remarks.append(model.Remark(
                str(one.id), one.text, sources, self._condition(one.when, sources), one.practical, one.get("title") or ""
            ))
        return tuple(remarks)

    def _avenue(self, draft: Draft) -> model.Avenue | None:
        self.check_sources(draft.sources)
        sources: model.Sources = draft.sources
        before = len(self.problems.errors)
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
                hurdles.append(model.Hurdle(
                    str(one.id), one.title, one.explains, one.effect, when, self._leanings(one, own), one.ground, own, one.id.place
                ))
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
                    "last-stage", f"stage `{one.id}` {'is the last and has' if last else 'is not the last and has no'} `done_when`",
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
        if len(self.problems.errors) > before:
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
            if (number == len(hurdle.leans)) != (one.when is None):
                self.problems.error(
                    "last-leaning", "the last leaning, and only the last, has no `when`", one.place
                )
            leanings.append(model.Leaning(one.leans, one.because, own, self._condition(one.when, own)))
        return tuple(leanings)

    def _claims(self) -> dict[str, model.Claim]:
        claims: dict[str, model.Claim] = {}
        for file in self.drafts.by_folder["claims"]:
            for name, draft in file.claims.items():
                if not self._new(name, claims, "claim"):
                    continue
                self.check_sources(draft.sources)
                speakers = []
                for speaker in draft.said_by:
                    self.check_sources(speaker.sources)
                    speakers.append(model.Speaker(speaker.who, str(speaker.when), speaker.sources))
                claims[name] = model.Claim(
                    str(name), draft.title, tuple(speakers), draft.verdict, draft.answer,
                    self._remarks(draft.in_this_case, draft.sources, "remark"), draft.sources,
                )
        return {str(name): claim for name, claim in claims.items()}

    def _notes(self, avenues: Mapping[str, model.Avenue]) -> dict[str, model.Note]:
        notes: dict[str, model.Note] = {}
        for file in self.drafts.by_folder["context"]:
            for name, draft in file.notes.items():
                if self._new(name, notes, "note"):
                    self.check_sources(draft.sources)
                    for avenue in draft.about:
                        self._avenue_named(avenue, avenues)
                    notes[name] = model.Note(
                        str(name), draft.title, draft.text, tuple(str(avenue) for avenue in draft.about), draft.sources
                    )
        return {str(name): note for name, note in notes.items()}

    def _avenue_named(self, name: Name, avenues: Mapping[str, model.Avenue]) -> None:
        declared = [str(draft.avenue) for draft in self.drafts.by_folder["avenues"]]
        self._named(name, declared, "avenue")

    def _about(self, draft: Draft, avenues: Mapping[str, model.Avenue]) -> model.About:
        items = []
        for one in draft.not_modelled:
            for avenue in one.about:
                self._avenue_named(avenue, avenues)
            items.append(model.NotModelled(str(one.id), one.text, tuple(str(avenue) for avenue in one.about)))
        return model.About(
            id=str(draft.rulebook), version=str(draft.version), title=draft.title, law_as_of=str(draft.law_as_of),
            reviewed_by_lawyer=draft.reviewed_by_lawyer, license=draft.license, notice=draft.notice,
            starts_with={str(key): text for key, text in draft.starts_with.items()},
            cautions=self._remarks(draft.cautions, (), "caution"), not_modelled=tuple(items),
        )


def split_pinpoint(reference: str) -> tuple[str, str]:
    """``usc:28/1346(b)(1)`` → ``("usc:28/1346", "(b)(1)")``."""
    at = reference.find("(")
    return (reference, "") if at < 0 else (reference[:at], reference[at:])


__all__ = ["Drafts", "build", "fingerprint", "replace", "rule_files", "split_pinpoint"]
