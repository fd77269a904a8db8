"""From files to a :class:`~pathways.rulebook.model.Rulebook`: read, declare, cross-reference.

Everything that makes meaning uncertain is refused here, all at once (:class:`~pathways.diagnostics.RefusedError`).
What is merely unwise is found by :mod:`pathways.rulebook.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pathways.diagnostics import Name, Place, Problems, unique
from pathways.logic.structure import Structure
from pathways.rulebook import model, weigh
from pathways.rulebook.build_letters import LetterBuilder
from pathways.rulebook.build_promises import PromiseBuilder
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.drafting import CONDITION, Draft
from pathways.rulebook.drafts import read_drafts
from pathways.rulebook.renamed import Renamed, renamed_names
from pathways.rulebook.term import Term
from pathways.rulebook.uncollected import uncollected
from pathways.yamlfile import shown_name


@uncollected
def build(folder: Path, problems: Problems) -> model.Rulebook | None:
    """The rulebook in ``folder``; None with problems added where it cannot be built."""
    drafts = read_drafts(folder, problems)
    if drafts.about is None:
        return None
    # Names are looked up even if not every file could be read, so that one run finds as much as it can.
    before = len(problems.found)
    rulebook = _Builder(drafts, problems).rulebook()
    if not drafts.documented and any(drafts.names_document(problem) for problem in problems.found[before:]):
        problems.error(
            "no-seeds",
            "this folder has no seeds/, and its rules cite documents",
            Place(shown_name(folder)),
            help="copy rules/ and seeds/ side by side",
        )
    problems.withdraw(before, drafts.explain)
    return rulebook


class _Builder(LetterBuilder, PromiseBuilder):
    """The last layer: what refers to sources and tests."""

    def rulebook(self) -> model.Rulebook | None:
        about_draft = self.drafts.about
        assert about_draft is not None
        self.declare_sources()
        self.declare_questions()
        if about_draft.in_force_by:
            self.is_date(about_draft.in_force_by)
        avenues: dict[str, model.Avenue] = {}
        for draft in self.drafts.by_folder["avenues"]:
            if self.new(draft.avenue, "avenue"):
                avenue = self._avenue(draft)
                if avenue is not None:
                    avenues[avenue.id] = avenue
        self.conditions.avenue = ""
        about = self._about(about_draft)
        claims = self._claims()
        notes = self._notes()
        terms = self._terms()
        letters = self.letters(self._remarks, self._avenue_named)
        for table in self.drafts.by_folder["tables"]:
            for column in table.columns.values():
                for name in () if isinstance(column, str) else column.about:
                    self._avenue_named(name)
        for row in self.drafts.by_folder["jurisdictions"]:
            for cell in row.cells.values():
                for name in cell.careful_about:
                    self._avenue_named(name)
        self._unread_files(about_draft)
        closed: tuple[frozenset[int], tuple[str, int, int]] = (frozenset(), ("", 0, 0))
        if about_draft.closed_days:
            closed = self.closed_days(str(about_draft.closed_days), about_draft.closed_days.place)
        if self.problems.error_count:
            return None
        self.undeclared_words(self.conditions.columns)
        ordered = sorted(avenues.values(), key=lambda avenue: (avenue.order, avenue.id))
        return model.Rulebook(
            about=about,
            sha256=self.drafts.sha256,
            topics=self.topics,
            facts=self.facts,
            findings=self.findings,
            avenues={avenue.id: avenue for avenue in ordered},
            claims=claims,
            notes=notes,
            terms=terms,
            letters=letters,
            tables=self.tables,
            authorities=self.authorities,
            documents=self.documents,
            statements=self.statements,
            tests_of={avenue.id: tuple(self._tests(avenue)) for avenue in ordered},
            row_questions={fact.id: fact.table for fact in self.facts.values() if fact.table},
            closed_days=closed[0],
            calendar=closed[1],
            as_of_cuts=self.cuts_of(AS_OF),
            found=Structure(self.statements).found,
        )

    def _tests(self, avenue: model.Avenue) -> Iterator[str]:
        """The legal tests that an avenue rests on, in its conditions or below them."""
        waiting = list(avenue.conditions)
        seen: set[str] = set()
        while waiting:
            condition = waiting.pop()
            if condition.op == "finding" and condition.name not in seen:
                seen.add(condition.name)
                finding = self.findings[condition.name]
                waiting.append(finding.holds_when)
                if finding.is_test:
                    yield finding.id
            waiting.extend(condition.parts)

    def _unread_files(self, about: Draft) -> None:
        """Look up what files refer to that cannot be read otherwise, so that one run finds those problems too."""
        known = {
            "avenue": self._declared.get("avenue", {}),
            "fact": {*self.facts, *self.unread_facts},
            "table": self.tables,
            "starter": about.starts_with,
        }
        for unread in self.drafts.unread:
            if unread.refers is None:
                continue
            for what, name in unread.refers.names:
                if what == "source":
                    self.check_sources((name,))
                else:
                    self.named(name, known[what], what)
            for later in unread.refers.kept:
                if later.expected == CONDITION.expected:
                    self.conditions.read(later, ())

    # -- avenues, claims, notes -------------------------------------------------------------------

    def _remarks(self, drafts: Iterable[Draft], inherited: model.Sources, what: str) -> tuple[model.Remark, ...]:
        remarks = []
        first: dict[str, Name] = {}
        for one in drafts:
            if one.id in first:
                self.problems.error(
                    "duplicate-name",
                    f"{what} `{one.id}` is declared twice",
                    one.id.place,
                    also=((first[one.id].place, "first declared here"),),
                )
            first[one.id] = one.id
            sources = self.sources(one.sources, inherited, one.id.place, f"{what} `{one.id}`", one.practical)
            remarks.append(
                model.Remark(
                    str(one.id),
                    one.text,
                    sources,
                    self.while_in_force(one, one.when, sources),
                    one.practical,
                    one.get("title") or "",
                    one.get("urgent") or False,
                    one.get("keep") or False,
                )
            )
        return tuple(remarks)

    def _avenue(self, draft: Draft) -> model.Avenue | None:
        self.conditions.avenue = str(draft.avenue)
        self.check_sources(draft.sources)
        sources: model.Sources = draft.sources
        before, found_before = self.problems.error_count, len(self.problems.found)
        about = self.drafts.about
        assert about is not None
        self.named(draft.starts_with, about.starts_with, "starter")
        names: dict[str, Name] = {}
        for part in (*draft.requires, *draft.hurdles, *draft.deadlines, *draft.waits, *draft.stages):
            if part.id in names:
                self.problems.error(
                    "duplicate-name",
                    f"`{part.id}` is declared twice in avenue `{draft.avenue}`",
                    part.id.place,
                    also=((names[part.id].place, "first declared here"),),
                )
            names[part.id] = part.id
        elements, hurdles, stages = [], [], []
        for one in draft.requires:
            own = self.sources(one.sources, sources, one.id.place, f"element `{one.id}`")
            when = self.unless_out_of_force(one, one.when, own)
            if when:
                elements.append(model.Element(str(one.id), one.title, one.explains, when, own, one.id.place))
        for one in draft.hurdles:
            own = self.sources(one.sources, sources, one.id.place, f"hurdle `{one.id}`")
            when = self.while_in_force(one, one.arises_when, own)
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
        deadlines = self.deadlines(draft.avenue, draft.deadlines, sources)
        waits = self.waits(draft.avenue, draft.waits, sources)
        for number, one in enumerate(draft.stages, 1):
            own = self.sources(one.sources, sources, one.id.place, f"stage `{one.id}`")
            last = number == len(draft.stages)
            if last != (one.done_when is None):
                self.problems.error(
                    "last-stage",
                    f"stage `{one.id}` {'is the last and has' if last else 'is not the last and has no'} `done_when`",
                    one.id.place,
                )
            stages.append(model.Stage(str(one.id), one.title, one.text, self.condition(one.done_when, own), own))
        applies = self.while_in_force(draft, draft.applies_when, sources)
        remarks = {
            key: self._remarks(draft[key], sources, what)
            for key, what in (("not_hurdles", "remark"), ("cautions", "caution"), ("steps", "step"))
        }
        promises = self.promises(draft.promises, [one.id for one in (*draft.hurdles, *draft.deadlines)], sources)
        record = draft.track_record
        record_sources = self.sources(record.sources, sources, record.place, "the track record")
        self._stands_under(found_before, draft.title, sources)
        if self.problems.error_count > before:
            return None
        components = weigh.components(self.statements, elements, hurdles, deadlines)
        return model.Avenue(
            id=str(draft.avenue),
            title=draft.title,
            short=draft.short,
            order=draft.order,
            reviewed_by_lawyer=draft.reviewed_by_lawyer,
            what=draft.what,
            who=draft.who,
            against=draft.against,
            where=draft.where,
            gets=draft.gets,
            starts_with=str(draft.starts_with),
            track_record=model.TrackRecord(record.scale, record.text, record_sources),
            applies_when=applies,
            requires=tuple(elements),
            hurdles=tuple(hurdles),
            deadlines=tuple(deadlines),
            waits=tuple(waits),
            stages=tuple(stages),
            sources=sources,
            value=self.statements.all(components.values()),
            components=components,
            place=draft.avenue.place,
            promises=tuple(promises),
            **remarks,
        )

    def _leanings(self, hurdle: Draft, sources: model.Sources) -> tuple[model.Leaning, ...]:
        if isinstance(hurdle.leans, str):
            return (model.Leaning(hurdle.leans, "", sources),)  # type: ignore[arg-type]
        leanings = []
        for number, one in enumerate(hurdle.leans, 1):
            own = self.sources(one.sources, sources, one.place, "this leaning")
            last = number == len(hurdle.leans)
            if last != (one.when is None and one.in_force is None):
                self.problems.error(
                    "last-leaning",
                    f"this leaning {'is the last and has' if last else 'is not the last and has no'} "
                    f"`{'in_force' if last and one.when is None else 'when'}`",
                    one.place,
                    help="the last one says what holds otherwise",
                )
            leanings.append(model.Leaning(one.leans, one.because, own, self.while_in_force(one, one.when, own)))
        return tuple(leanings)

    def _claims(self) -> dict[str, model.Claim]:
        claims: dict[str, model.Claim] = {}
        for file in self.drafts.by_folder["claims"]:
            for name, draft in file.claims.items():
                if not self.new(name, "claim"):
                    continue
                found_before = len(self.problems.found)
                self.check_sources(draft.sources)
                speakers = []
                for speaker in draft.said_by:
                    self.check_sources(speaker.sources)
                    speakers.append(model.Speaker(speaker.who, str(speaker.when), speaker.sources))
                claims[name] = model.Claim(
                    str(name),
                    draft.title,
                    tuple(speakers),
                    draft.verdict,
                    draft.answer,
                    self._remarks(draft.in_this_case, draft.sources, "remark"),
                    draft.sources,
                )
                self._stands_under(found_before, draft.title, draft.sources)
        return {str(name): claim for name, claim in claims.items()}

    def _notes(self) -> dict[str, model.Note]:
        notes: dict[str, model.Note] = {}
        for file in self.drafts.by_folder["context"]:
            for name, draft in file.notes.items():
                if self.new(name, "note"):
                    self.check_sources(draft.sources)
                    for avenue in draft.about:
                        self._avenue_named(avenue)
                    notes[name] = model.Note(
                        str(name), draft.title, draft.text, tuple(str(avenue) for avenue in draft.about), draft.sources
                    )
        return {str(name): note for name, note in notes.items()}

    def _terms(self) -> dict[str, Term]:
        terms: dict[str, Term] = {}
        words: list[Name] = []
        for file in self.drafts.by_folder["glossary"]:
            for name, draft in file.terms.items():
                if self.new(name, "term"):
                    self.check_sources(draft.sources)
                    words += [Name(word.casefold(), name.place) for word in (draft.term, *draft.also)]
                    terms[str(name)] = Term(str(name), draft.term, tuple(draft.also), draft.means, draft.sources)
        unique(words, "term", self.problems)
        return terms

    def _avenue_named(self, name: Name) -> None:
        self.named(name, self._declared.get("avenue", {}), "avenue")

    def _about(self, draft: Draft) -> model.About:
        items = []
        unique((one.id for one in draft.not_modelled), "item", self.problems)
        for one in draft.not_modelled:
            for avenue in one.about:
                self._avenue_named(avenue)
            items.append(model.NotModelled(str(one.id), one.text, tuple(str(avenue) for avenue in one.about)))
        return model.About(
            id=str(draft.rulebook),
            version=str(draft.version),
            title=draft.title,
            law_as_of=str(draft.law_as_of),
            reviewed_by_lawyer=draft.reviewed_by_lawyer,
            license=draft.license,
            notice=draft.notice,
            starts_with={str(key): text for key, text in draft.starts_with.items()},
            cautions=self._remarks(draft.cautions, (), "caution"),
            not_modelled=tuple(items),
            renamed=self._renamed(draft),
        )

    def _renamed(self, about: Draft) -> Renamed:
        options = {fact.id: fact.answers for fact in self.facts.values()}
        return renamed_names(about.renamed, options, self._declared.get("avenue", {}), self.named, self.problems)
