"""Building, third layer: law that is in force for a time, deadlines and waiting periods."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.diagnostics import Name, Place
from pathways.rulebook import model, weigh
from pathways.rulebook.build_questions import QuestionBuilder
from pathways.rulebook.clock import Clock, Period
from pathways.rulebook.cuts import AS_OF, in_force_ends
from pathways.rulebook.drafting import Draft
from pathways.shapes import Later

_CLOCK_KEYS = {
    "within": "`within:` says how long it runs",
    "of": "`of:` names the date question whose day starts it",
    "starts": "`starts:` says in words which day that is",
}


class TimeBuilder(QuestionBuilder):
    """Reads conditions with the time in which they are law, and everything that runs on a clock."""

    # -- law in force -----------------------------------------------------------------------------

    def condition(self, later: Later | None, sources: model.Sources) -> model.Condition | None:
        """A condition that may be left out."""
        return self.conditions.read(later, sources) if later is not None else None

    def in_force(self, draft: Draft) -> model.Condition | None:
        """The condition that a part of the law is in force, or None where it always is."""
        written: Draft | None = draft.in_force
        if written is None:
            return None
        about = self.drafts.about
        assert about is not None
        by = str(written.on or about.in_force_by or "")
        if not by:
            self.problems.error(
                "missing-key",
                "`in_force` does not say by which date",
                written.place,
                help="give `on:` here, or `in_force_by:` in rulebook.yaml",
            )
            return None
        if by != AS_OF and not self.is_date(written.on or about.in_force_by):
            return None
        ends = {key: str(written[key]) for key in ("from", "until") if written[key]}
        if not ends:
            self.problems.error("missing-key", "`in_force` has neither `from` nor `until`", written.place)
            return None
        condition = self.conditions.between(by, dict(in_force_ends(ends)), written.place)
        if not condition.options:
            self.problems.error("empty-stretch", "no day lies in this stretch of time", written.place)
            return None
        return condition

    def is_date(self, name: Name) -> bool:
        """Whether a name is that of a date question; if not, a problem is added."""
        fact = self.facts.get(name)
        if fact is None:
            if name not in self.unread_facts:
                self.named(name, self.facts, "fact")
            return False
        if fact.kind != "date":
            self.problems.error(
                "not-a-date", f"`{name}` does not ask for a date", name.place, help="name a fact of `kind: date`"
            )
            return False
        return True

    def while_in_force(self, draft: Draft, later: Later | None, sources: model.Sources) -> model.Condition | None:
        """What is said of ``draft`` holds only while it is in force."""
        condition = self.condition(later, sources)
        force = self.in_force(draft)
        if force is None or (later is not None and condition is None):
            return condition
        if condition is None:
            return force
        both = self.statements.all([force.statement, condition.statement])
        return model.Condition("all", both, (force, condition), place=condition.place)

    def unless_out_of_force(self, draft: Draft, later: Later, sources: model.Sources) -> model.Condition | None:
        """What ``draft`` asks for is asked only while it is in force."""
        condition = self.condition(later, sources)
        force = self.in_force(draft)
        if force is None or condition is None:
            return condition
        out = model.Condition("not", self.statements.negation(force.statement), (force,), place=force.place)
        either = self.statements.any([out.statement, condition.statement])
        return model.Condition("any", either, (out, condition), place=condition.place)

    # -- deadlines and waiting periods ------------------------------------------------------------

    def deadlines(self, avenue: Name, drafts: Iterable[Draft], inherited: model.Sources) -> list[model.Deadline]:
        """The time limits of an avenue."""
        return [self._deadline(avenue, one, inherited) for one in drafts]

    def _deadline(self, avenue: Name, draft: Draft, inherited: model.Sources) -> model.Deadline:
        sources = self.sources(draft.sources, inherited, draft.id.place, f"deadline `{draft.id}`")
        missed_when = self.condition(draft.missed_when, sources)
        applies_when = self.while_in_force(draft, draft.applies_when, sources)
        clock = self._clock(avenue, draft, sources)
        if draft.if_missed == "bars" and draft.missed_when is None and not (draft.of or draft.within):
            self.problems.error(
                "missing-key",
                f"deadline `{draft.id}` bars, but has no `missed_when`",
                draft.id.place,
                help="give `missed_when:`, or `within:` and `of:`",
            )
        return model.Deadline(
            id=str(draft.id),
            title=draft.title,
            text=draft.text,
            missed=weigh.missed(self.statements, clock, missed_when, applies_when),
            if_missed=draft.if_missed,
            unless=self.condition(draft.unless, sources),
            sources=sources,
            clock=clock,
            missed_when=missed_when,
            applies_when=applies_when,
            place=draft.id.place,
        )

    def waits(self, avenue: Name, drafts: Iterable[Draft], inherited: model.Sources) -> list[model.Wait]:
        """The waiting periods of an avenue."""
        found = []
        for draft in drafts:
            sources = self.sources(draft.sources, inherited, draft.id.place, f"waiting period `{draft.id}`")
            starts_when = self.condition(draft.starts_when, sources)
            if not self.is_date(draft.of):
                continue
            clock = Clock(
                variable=f"{avenue}/{draft.id}",
                of=str(draft.of),
                starts=draft.starts,
                period=draft.at_least,
                starts_when=starts_when,
                weekend="forward",
            )
            over = weigh.over(self.statements, clock)
            found.append(model.Wait(str(draft.id), draft.title, draft.text, clock, over, sources, place=draft.id.place))
        return found

    def _clock(self, avenue: Name, draft: Draft, sources: model.Sources) -> Clock | None:
        """How a deadline is computed, or None where it is only told."""
        if draft.within and not draft.of:
            self.problems.error(
                "no-start",
                f"deadline `{draft.id}` has `within` and no day from which it runs",
                draft.id.place,
                help=_CLOCK_KEYS["of"],
            )
            return None
        needed = (("of", "within"), ("of", "starts"))
        for key, needs in (*needed, *((key, "of") for key in ("starts_when", "met_by", "met_when"))):
            if draft[key] and not draft[needs]:
                self.problems.error(
                    "missing-key",
                    f"deadline `{draft.id}` has `{key}` and no `{needs}`",
                    draft.id.place,
                    help=_CLOCK_KEYS[needs],
                )
                return None
        if not draft.of:
            return None
        good = self.is_date(draft.of) & (draft.met_by is None or self.is_date(draft.met_by))
        if isinstance(draft.within, Period):
            where: dict[str, object] = {"period": draft.within}
        else:
            where = self._by_table(draft.within, sources)
        if not good or not where:
            return None
        return Clock(
            variable=f"{avenue}/{draft.id}",
            of=str(draft.of),
            starts=draft.starts,
            starts_when=self.condition(draft.starts_when, sources),
            met_by=str(draft.met_by or ""),
            met_when=self.condition(draft.met_when, sources),
            weekend=str(draft.weekend),
            told=draft.missed_when is not None,
            planned=draft.planned,
            **where,  # type: ignore[arg-type]
        )

    def _by_table(self, draft: Draft, sources: model.Sources) -> dict[str, object]:
        """A period that a table gives: the table with that column, and the question that chooses its row."""
        tables = [table for table in self.tables.values() if draft.column in table.columns]
        if len(tables) > 1:
            self.problems.error(
                "duplicate-name",
                f"{len(tables)} tables have a column `{draft.column}`: "
                f"{', '.join(f'`{table.id}`' for table in tables)}",
                draft.column.place,
                help="give the columns different names",
            )
            return {}
        if not tables:
            self.named(draft.column, [name for table in self.tables.values() for name in table.columns], "column")
            return {}
        table = tables[0]
        if table.columns[str(draft.column)].kind != "period":
            self.problems.error(
                "wrong-type",
                f"column `{draft.column}` does not hold periods",
                draft.column.place,
                help="give it `kind: period` where the table is declared",
            )
            return {}
        # Where several questions choose a row, the first in the story is meant.
        askers = [name for topic in self.topics.values() for name in topic.facts if self.facts[name].table == table.id]
        if draft.by is not None and (draft.by in self.unread_facts or not self.named(draft.by, askers, "fact")):
            return {}
        if not askers:
            if not self.unread_facts:
                self.problems.error("unknown-fact", f"no question asks for a row of table `{table.id}`", draft.place)
            return {}
        own = self.sources(draft.sources, sources, draft.place, "this period")
        return {
            "table": table.id,
            "column": str(draft.column),
            "by": str(draft.by or askers[0]),
            "shortest": draft.shortest,
            "because": draft.because,
            "shortest_sources": own,
        }

    # -- the days on which no business is done ----------------------------------------------------

    def closed_days(self, country: str, place: Place) -> tuple[frozenset[int], tuple[str, int, int]]:
        """The public holidays of a country, worked out once and kept with the rules."""
        from pathways.rulebook.closed_days import FIRST_YEAR, LAST_YEAR, all_closed_days

        try:
            return all_closed_days(country), (country, FIRST_YEAR, LAST_YEAR)
        except ValueError:
            self.problems.error(
                "unknown-country",
                f"the public holidays of `{country}` are not known",
                place,
                help="give a country's code such as `US`; without `closed_days` only weekends are closed",
            )
            return frozenset(), ("", 0, 0)
