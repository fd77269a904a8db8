"""What a report tells beside the avenues: the facts as given, what to find out and keep, claims, decided cases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathways.assessment import NO_WAY, Assessment
from pathways.assessment.closest import Closest
from pathways.assessment.grounds import most_settling
from pathways.assessment.reasons import answer_words
from pathways.case import Given
from pathways.render import words
from pathways.render.page import Page, Table, Way, work_line
from pathways.render.report.audience import Audience
from pathways.render.report.days import Days
from pathways.render.result import answer_item
from pathways.render.words import count, first_sentence, upper
from pathways.rulebook.model import Fact, Remark
from pathways.rulebook.references import authority_of

#: So many answers are named that a decided case shares, and so many that it does not.
MOST_SHARED = 6
MOST_OTHERWISE = 4
#: So many questions to find out about stand in a brief report.
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
        if answered or noted:
            page.para("", label=topic.title)
        for name in answered:
            fact, given, note = rulebook.facts[name], case.answers[name], case.notes.get(name, "")
            if audience.sides and fact.kind != "date":
                answer_item(page, fact, given, note)
            else:
                _in_a_line(page, fact, given, days)
                if note:
                    page.para(note, label="Note", depth=1)
        for name in noted:
            page.item("not answered.", label=rulebook.facts[name].label)
            page.para(case.notes[name], label="Note", depth=1)


def _in_a_line(page: Page, fact: Fact, given: Given, days: Days) -> None:
    sources = [source for side in given.said for source in side.sources]
    said = answer_words(fact, given)
    if fact.kind == "date":
        for option in given.options:
            said = said.replace(option, days.day(option))
    page.item(f"{upper(said)}.", sources, label=fact.label)


def kept(assessment: Assessment) -> list[Remark]:
    """What the avenues that still matter say is to be kept safe, first what the one that says most of it says."""
    said = {
        result.avenue.id: [step for step in result.steps if step.keep]
        for result in assessment.avenues
        if result.standing not in NO_WAY
    }
    order = sorted(said, key=lambda name: -len(said[name]))
    return list({step.text: step for name in order for step in said[name]}.values())


def keep_section(page: Page, assessment: Assessment) -> None:
    """What is to be kept safe."""
    for remark in kept(assessment):
        page.item(remark.text, remark.sources)


def ask_section(page: Page, assessment: Assessment, audience: Audience) -> None:
    """The questions that can still change something, first those that would settle most; and where to find out."""
    facts, answers = assessment.rulebook.facts, assessment.case.answers
    names = most_settling(assessment)
    if not names:
        page.para("No answer that is missing can change anything above.")
        return
    page.para("Questions whose answers can still change something in this report, first those that would settle most.")
    for name in names[:MOST_ASKED] if audience.brief else names:
        asked = name in answers and answers[name].kind == "unknown"
        page.item(f"{facts[name].ask} {facts[name].find_out if asked else ''}".strip())
    if audience.brief and len(names) > MOST_ASKED:
        page.item(f"and {len(names) - MOST_ASKED} more, which would settle less.")


def claims_section(page: Page, assessment: Assessment, audience: Audience) -> None:
    """What is said in public about such cases, and what the sources say of it."""
    for name, remarks in assessment.claims.items():
        claim = assessment.rulebook.claims[name]
        page.para("", label=f"“{claim.title}”")
        if audience.sides:
            for speaker in claim.said_by:
                page.item(
                    f"{speaker.who}{f', {speaker.when}' if speaker.when else ''}", speaker.sources, label="Said by"
                )
        answer = first_sentence(claim.answer) if audience.brief else claim.answer
        page.para(answer, claim.sources, label=upper(words.VERDICT[claim.verdict]))
        for remark in remarks:
            page.para(remark.text, remark.sources, label="In this case")


def decided_section(page: Page, assessment: Assessment, closest: Sequence[Closest]) -> None:
    """The decided cases that come closest: what each held, what it shares, and where it differs."""
    rulebook = assessment.rulebook
    page.para(
        "Chosen by the answers that they share with this one and by the hurdles that stand in the way of both; "
        "nobody has weighed them. A case that looks alike can come out otherwise."
    )
    for one in closest:
        decided = one.case.decided
        assert decided is not None
        page.para("", label=one.case.title)
        authority = authority_of(rulebook, decided.by)
        if authority is not None:
            text, tone = work_line(rulebook, authority.id, named=False)
            page.para(text, (decided.by,), tone=tone)
        page.para(decided.holding, (decided.by,), label="Held")
        for avenue in dict.fromkeys(avenue for avenue, _ in one.hurdles):
            titles = rulebook.avenues[avenue].titles
            shared = "; ".join(titles[part] for at, part in one.hurdles if at == avenue)
            page.para(f"{shared}.", label=f"In the way of both ({rulebook.avenues[avenue].short})")
        alike = "; ".join(_answer(assessment, name) for name in one.alike[:MOST_SHARED])
        page.para(f"{alike}{_more(len(one.alike) - MOST_SHARED)}.", label="Answers alike")
        if one.otherwise:
            otherwise = "; ".join(
                f"{rulebook.facts[name].label} ({words_of(rulebook.facts[name], one.case.answers[name])} there)"
                for name in one.otherwise[:MOST_OTHERWISE]
            )
            page.para(f"{otherwise}{_more(len(one.otherwise) - MOST_OTHERWISE)}.", label="Otherwise there")


def _answer(assessment: Assessment, name: str) -> str:
    fact = assessment.rulebook.facts[name]
    return f"{fact.label} ({words_of(fact, assessment.case.answers[name])})"


def words_of(fact: Fact, given: Given) -> str:
    """An answer without who gave it."""
    return "disputed" if given.kind == "disputed" else " or ".join(map(fact.label_of, given.options))


def _more(left: int) -> str:
    return f"; and {left} more" if left > 0 else ""


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
