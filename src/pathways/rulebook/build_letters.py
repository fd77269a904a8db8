"""Building, fourth layer: letters, with the words for the answers that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from pathways.diagnostics import Name, did_you_mean, unique
from pathways.rulebook import model
from pathways.rulebook.build_time import TimeBuilder
from pathways.rulebook.drafting import Draft
from pathways.rulebook.letter import HERE, Blank, Insert, Item, Letter, Passage, Template, Wording


class Remarks(Protocol):
    """Makes the remarks of a list: what it is given, the sources of what it stands in, and what one is called."""

    def __call__(self, drafts: Iterable[Draft], inherited: model.Sources, what: str, /) -> tuple[model.Remark, ...]: ...


class LetterBuilder(TimeBuilder):
    """Reads letters, once every question and avenue is declared."""

    def letters(self, remarks: Remarks, is_avenue: Callable[[Name], object]) -> dict[str, Letter]:
        """Every letter, in the order in which they are shown."""
        made: list[Letter] = []
        for draft in self.drafts.by_folder["letters"]:
            if self.new(draft.letter, "letter"):
                found_before = len(self.problems.found)
                self.check_sources(draft.sources)
                for avenue in draft.about:
                    is_avenue(avenue)
                made.append(self._letter(draft, remarks))
                self._stands_under(found_before, draft.title, draft.sources)
        return {letter.id: letter for letter in sorted(made, key=lambda letter: (letter.order, letter.id))}

    def _letter(self, draft: Draft, remarks: Remarks) -> Letter:
        sources: model.Sources = draft.sources
        wordings = {str(name): self._wording(name, wording) for name, wording in draft.answers.items()}
        unique((passage.id for passage in draft.passages), "passage", self.problems)
        inserted = _Inserted(self, draft.letter, wordings)
        return Letter(
            id=str(draft.letter),
            title=draft.title,
            order=draft.order,
            reviewed_by_lawyer=draft.reviewed_by_lawyer,
            purpose=draft["for"],
            about=tuple(map(str, draft.about)),
            useful_when=self.condition(draft.useful_when, sources),
            headings=draft.headings,
            sender=tuple(map(inserted.template, draft["from"])),
            to=tuple(map(inserted.template, draft.to)),
            subject=inserted.template(draft.subject),
            wordings=wordings,
            passages=tuple(self._passage(passage, sources, inserted) for passage in draft.passages),
            needs=remarks(draft.needs, sources, "requirement"),
            before_sending=remarks(draft.before_sending, sources, "warning"),
            sources=sources,
        )

    def _passage(self, draft: Draft, inherited: model.Sources, inserted: _Inserted) -> Passage:
        sources = self.sources(draft.sources, inherited, draft.id.place, f"passage `{draft.id}`", draft.practical)
        unique((item.id for item in draft["items"]), "item", self.problems)
        items = []
        for one in draft["items"]:
            practical = one.practical or draft.practical
            own = self.sources(one.sources, sources, one.id.place, f"item `{one.id}`", practical)
            text = inserted.template(one.text)
            items.append(Item(str(one.id), text, own, self.condition(one.when, own), practical))
        return Passage(
            str(draft.id),
            draft.title,
            inserted.template(draft.text),
            tuple(items),
            sources,
            self.condition(draft.when, sources),
            draft.practical,
        )

    def _wording(self, name: Name, draft: Draft) -> Wording:
        """How an answer reads; a yes/no question needs words for both, any other has its labels."""
        fact = self.facts.get(name)
        if fact is None:
            if name not in self.unread_facts:
                self.named(name, self.facts, "fact")
            return Wording(str(name), draft.asks, {}, HERE, name.place)
        says = draft.says or {}
        if isinstance(says, str):
            if fact.kind == "yes-no":
                self.problems.error(
                    "missing-key", f"`says` of `{name}` has no words for `yes` and for `no`", name.place
                )
            return Wording(str(name), draft.asks, {}, str(says), name.place)
        for option in says:
            if option not in fact.answers:
                listed = ", ".join(f"`{answer}`" for answer in fact.answers[:12])
                self.problems.error(
                    "unknown-option",
                    f"`{name}` has no answer `{option}`",
                    option.place,
                    help=did_you_mean(option, fact.answers, f"its answers are {listed}" if listed else ""),
                )
        for option in ("yes", "no"):
            if fact.kind == "yes-no" and option not in says:
                self.problems.error("missing-key", f"`says` of `{name}` has no words for `{option}`", name.place)
        return Wording(str(name), draft.asks, {str(option): words for option, words in says.items()}, HERE, name.place)


class _Inserted:
    """The answers that the texts of one letter hold: each needs its words."""

    def __init__(self, builder: LetterBuilder, letter: Name, wordings: dict[str, Wording]) -> None:
        self._builder, self._letter, self._wordings = builder, letter, wordings

    def template(self, pieces: Iterable[str | Blank | Name]) -> Template:
        """A text with its answers, each known and with words of its own."""
        return tuple(self._insert(piece) if isinstance(piece, Name) else piece for piece in pieces)

    def _insert(self, name: Name) -> Insert:
        builder = self._builder
        known = name in builder.facts or name in builder.unread_facts or builder.named(name, builder.facts, "fact")
        if known and name not in self._wordings:
            builder.problems.error(
                "missing-key",
                f"letter `{self._letter}` has no `answers` for `{name}`",
                name.place,
                help="say there what it `asks`, and how its answers read",
            )
        return Insert(str(name))
