"""What a report tells beside the avenues: the facts as given, what to find out and keep, claims, decided cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pathways.assessment import Assessment, Standing
from pathways.assessment.closest import Closest
from pathways.assessment.grounds import most_settling
from pathways.assessment.reasons import answer_words
from pathways.case import Given
from pathways.record import record
from pathways.render import words
from pathways.render.notices import NOT_HELD
from pathways.render.page import Page, Table, Way, work_line
from pathways.render.report.audience import Audience
from pathways.render.report.days import Days
from pathways.render.result import answer_item
from pathways.render.words import count, first_sentence, upper
from pathways.rulebook.model import Claim, Fact, NotModelled, Remark, Topic
from pathways.rulebook.references import authority_of

#: So many answers are named that a decided case shares, and so many that it does not.
MOST_SHARED = 6
MOST_OTHERWISE = 4
#: So many decided cases stand in a brief report.
MOST_DECIDED = 3
#: So many questions to find out about are told in full.
MOST_ASKED = 15


def facts_section(page: Page, assessment: Assessment, audience: Audience, days: Days) -> None:
    """The story and every answer in its order; with each side and its sources, or in a line."""
    rulebook, case = assessment.rulebook, assessment.case
    if case.story:
        page.para(case.story)
    disputed = [name for name in case.answers if case.answers[name].kind == "disputed"]
    page.para(
        f"{count(len(case.answers), 'answer')}, {len(disputed)} of them disputed. "
        "A disputed answer is left to a court; an answer that is not known is not taken for a no."
    )
    for topic in rulebook.topics.values():
        answered = [name for name in topic.facts if name in case.answers]
        noted = [name for name in topic.facts if name in case.notes and name not in case.answers]
        plain = [name for name in answered if audience.brief and not (name in disputed or name in case.notes)]
        if plain:
            _together(page, topic, assessment, plain, days)
        elif answered or noted:
            page.para("", label=topic.title)
        others = [name for name in answered if name not in plain]
        if audience.brief:
            _alike(page, assessment, others, days)
        for name in () if audience.brief else others:
            fact, given, note = rulebook.facts[name], case.answers[name], case.notes.get(name, "")
            if fact.kind != "date":
                answer_item(page, fact, given, note)
            else:
                page.item(f"{upper(_said(fact, given, days))}.", _sources(given), label=fact.label)
                if note:
                    page.para(note, label="Note", depth=1)
        for name in noted:
            page.item("not answered.", label=rulebook.facts[name].label)
            page.para(case.notes[name], label="Note", depth=1)


def _together(page: Page, topic: Topic, assessment: Assessment, names: Sequence[str], days: Days) -> None:
    """Answers that nobody disputes, in a paragraph."""
    facts, answers = assessment.rulebook.facts, assessment.case.answers
    told = [f"{facts[name].label}: {_plain(facts[name], answers[name], days)}" for name in names]
    sources = [source for name in names for source in _sources(answers[name])]
    page.para("; ".join(told) + ".", sources, label=topic.title)


def _plain(fact: Fact, given: Given, days: Days) -> str:
    """An answer without who gave it, with its days in words."""
    if given.kind == "unknown":
        return "not known"
    said = words_of(fact, given)
    if fact.kind == "date":
        for option in given.options:
            said = said.replace(option, days.day(option))
    return said


def _alike(page: Page, assessment: Assessment, names: Sequence[str], days: Days) -> None:
    """Answers in a line with who gave them; those that were given in the same words by the same people in one."""
    facts, case = assessment.rulebook.facts, assessment.case
    found: dict[tuple[str, str], list[str]] = {}
    for name in names:
        found.setdefault((_said(facts[name], case.answers[name], days), case.notes.get(name, "")), []).append(name)
    for (said, note), alike in found.items():
        sources = [source for name in alike for source in _sources(case.answers[name])]
        page.item(f"{upper(said)}.", sources, label="; ".join(facts[name].label for name in alike))
        if note:
            page.para(note, label="Note", depth=1)


def _said(fact: Fact, given: Given, days: Days) -> str:
    said = answer_words(fact, given)
    if fact.kind == "date":
        for option in given.options:
            said = said.replace(option, days.day(option))
    return said


def _sources(given: Given) -> list[str]:
    return [source for side in given.said for source in side.sources]


@record
class Kept:
    """What is to be kept safe; apart from it what only avenues say of which it is not known that they apply.

    A step of which it is not known whether it was done already stands with the first.
    """

    certain: tuple[Remark, ...]
    unsure: tuple[Remark, ...]

    @property
    def texts(self) -> frozenset[str]:
        """What both say."""
        return frozenset(one.text for one in (*self.certain, *self.unsure))


def kept(assessment: Assessment) -> Kept:
    """What the avenues that still matter say is to be kept safe, first what the one that says most of it says."""
    said = [(result, [step for step in result.steps if step.keep]) for result in assessment.left]
    certain: dict[str, Remark] = {}
    unsure: dict[str, Remark] = {}
    for result, steps in sorted(said, key=lambda one: -len(one[1])):
        found = unsure if Standing.NOT_APPLICABLE in result.could_become else certain
        for step in steps:
            found.setdefault(step.text, step)
    return Kept(tuple(certain.values()), tuple(step for text, step in unsure.items() if text not in certain))


def keep_section(page: Page, assessment: Assessment, but: int = 0) -> None:
    """What is to be kept safe, without so much of it as the first page tells."""
    keep = kept(assessment)
    for remark in keep.certain[but:]:
        page.item(remark.text, remark.sources)
    if keep.unsure:
        page.para("", label="If this applies (not answered yet)")
        for remark in keep.unsure:
            page.item(remark.text, remark.sources, depth=1)


def ask_section(page: Page, assessment: Assessment, audience: Audience) -> None:
    """The questions that can still change something, first those that would settle most; and where to find out."""
    facts, answers = assessment.rulebook.facts, assessment.case.answers
    names = most_settling(assessment)
    if not names:
        page.para("No answer that is missing can change anything above.")
        return
    page.para("Questions whose answers can still change something in this report, first those that would settle most.")
    for at, name in enumerate(names[:MOST_ASKED], 1):
        asked = name in answers and answers[name].kind == "unknown"
        page.item(f"{facts[name].ask} {facts[name].find_out if asked else ''}".strip(), bullet=f"{at}.")
    others = names[MOST_ASKED:]
    if audience.brief and others:
        page.para(f"And {count(len(others), 'more question', 'more questions')} that would settle less.")
    elif others:
        page.para("", label="Questions that would settle less, by what they are about")
        for topic in assessment.rulebook.topics.values():
            labels = [facts[name].label for name in topic.facts if name in others]
            if labels:
                page.item("; ".join(labels) + ".", label=topic.title)


def claims_section(page: Page, assessment: Assessment, audience: Audience) -> None:
    """What is said in public about such cases, and what the sources say of it."""
    for name, remarks in assessment.claims.items():
        claim = assessment.rulebook.claims[name]
        if audience.brief:
            _claim_in_short(page, claim, remarks)
            continue
        page.para("", label=f"“{claim.title}”")
        if audience.speakers:
            for speaker in claim.said_by:
                page.item(
                    f"{speaker.who}{f', {speaker.when}' if speaker.when else ''}", speaker.sources, label="Said by"
                )
        answer = claim.answer if audience.speakers else first_sentence(claim.answer)
        page.para(answer, claim.sources, label=upper(words.VERDICT[claim.verdict]))
        for remark in remarks:
            page.para(remark.text, remark.sources, label="In this case")


def _claim_in_short(page: Page, claim: Claim, remarks: Sequence[Remark]) -> None:
    said = f"{upper(words.VERDICT[claim.verdict])}. {first_sentence(claim.answer)}"
    here = f" In this case: {' '.join(remark.text for remark in remarks)}" if remarks else ""
    sources = [source for remark in remarks for source in remark.sources]
    page.item(f"{said}{here}", (*claim.sources, *sources), label=f"“{claim.title}”")


def decided_section(page: Page, assessment: Assessment, audience: Audience, closest: Sequence[Closest]) -> None:
    """The decided cases that come closest: what each held, what it shares, and where it differs."""
    rulebook = assessment.rulebook
    page.para(
        "Chosen by the answers that they share with this one, from those that decided on something that it hangs on. "
        "Nobody has weighed them. A case that looks alike can come out otherwise."
    )
    for one in closest[:MOST_DECIDED] if audience.brief else closest:
        decided = one.case.decided
        assert decided is not None
        if audience.brief:
            like = "; ".join(_answer(assessment, name) for name in one.alike[:MOST_OTHERWISE])
            other = "; ".join(_there(assessment, one, name) for name in one.otherwise[:MOST_OTHERWISE])
            both = f" Alike: {like}.{f' Otherwise there: {other}.' if other else ''}"
            page.item(f"{decided.holding.rstrip('.')}.{both}", (decided.by,), label=one.case.title)
            continue
        page.para("", label=one.case.title)
        authority = authority_of(rulebook, decided.by)
        if authority is not None:
            text, tone = work_line(rulebook, authority.id, named=False)
            page.para(text, (decided.by,), tone=tone)
        page.para(decided.holding, (decided.by,), label="Held")
        for avenue in dict.fromkeys(avenue for avenue, _ in one.hurdles):
            titles = rulebook.avenues[avenue].titles
            shared = "; ".join(titles[part] for at, part in one.hurdles if at == avenue)
            page.para(f"{shared}.", label=f"Both hang on ({rulebook.avenues[avenue].short})")
        alike = "; ".join(_answer(assessment, name) for name in one.alike[:MOST_SHARED])
        page.para(f"{alike}{_more(len(one.alike) - MOST_SHARED)}.", label="Answers alike")
        if one.otherwise:
            otherwise = "; ".join(_there(assessment, one, name) for name in one.otherwise[:MOST_OTHERWISE])
            page.para(f"{otherwise}{_more(len(one.otherwise) - MOST_OTHERWISE)}.", label="Otherwise there")


def _answer(assessment: Assessment, name: str) -> str:
    fact = assessment.rulebook.facts[name]
    return f"{fact.label} ({words_of(fact, assessment.case.answers[name])})"


def _there(assessment: Assessment, other: Closest, name: str) -> str:
    fact = assessment.rulebook.facts[name]
    return f"{fact.label} ({words_of(fact, other.case.answers[name])} there)"


def words_of(fact: Fact, given: Given) -> str:
    """An answer without who gave it."""
    return "disputed" if given.kind == "disputed" else " or ".join(map(fact.label_of, given.options))


def _more(left: int) -> str:
    return f"; and {left} more" if left > 0 else ""


def not_modelled_section(page: Page, assessment: Assessment, order: Iterable[str], brief: bool) -> None:
    """What the rules do not hold yet, an item for each avenue in this order; ``brief``: in sentences."""
    left = [item for item in assessment.rulebook.about.not_modelled if item.about]
    everywhere = [item for item in assessment.rulebook.about.not_modelled if not item.about]
    may_apply = {one.avenue.id: one for one in assessment.avenues if one.standing is not Standing.NOT_APPLICABLE}
    told: list[tuple[str, list[NotModelled]]] = []
    for name in (name for name in order if name in may_apply):
        told.append((may_apply[name].avenue.short, [item for item in left if name in item.about]))
        left = [item for item in left if name not in item.about]
    told.append(("Everywhere", everywhere))
    if any(items for _, items in told):
        page.para(NOT_HELD, tone="warning")
    for label, items in told:
        texts = [first_sentence(item.text) if brief else item.text for item in items]
        if texts:
            page.item(texts[0] if len(texts) == 1 else "", label=label)
        for text in texts if len(texts) > 1 else ():
            page.item(text, depth=1)


def words_section(page: Page) -> None:
    """The terms of law that stand on the page so far, in plain words."""
    text = "\n".join(_texts(page)).casefold()
    found = [
        term
        for term in page.rulebook.terms.values()
        if any(
            name.casefold() in text and re.search(rf"(?<![\w-]){re.escape(name.casefold())}(?:s|es)?(?![\w-])", text)
            for name in term.names
        )
    ]
    for term in sorted(found, key=lambda term: term.term.casefold()):
        page.item(term.means, term.sources, label=upper(term.term))


def _texts(page: Page) -> list[str]:
    found = []
    for block in page.blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        elif isinstance(block, Way):
            found += [mark.text for mark in block.marks]
        else:
            found.append(getattr(block, "text", ""))
    return found
