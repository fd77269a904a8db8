"""The page for assessed cases: overview, avenue by avenue, what else bears on them, and the sources."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.assessment import Assessment, AvenueResult, Standing
from pathways.assessment.grounds import most_settling
from pathways.assessment.reasons import answer_words
from pathways.case import Given
from pathways.logic import value_word
from pathways.render import words
from pathways.render.avenue import avenue_section
from pathways.render.decided import decided_head, decided_table
from pathways.render.notices import not_modelled, notices
from pathways.render.page import Page, Tone
from pathways.render.times import deadlines_section, local_section
from pathways.render.words import upper
from pathways.rulebook.model import Fact

#: So many questions to find out about stand on the short page.
MOST_TO_FIND_OUT = 6


def result_page(assessments: Sequence[Assessment]) -> Page:
    """One case in full, or several in overview."""
    page = Page(assessments[0].rulebook)
    decided = [assessment for assessment in assessments if assessment.case.decided] if len(assessments) > 1 else []
    if decided:
        page.heading(1, "Decided cases, held against the rules")
        notices(page)
        page.para("Each case is assessed by the law of the day of its decision.", tone="quiet")
        page.space()
        decided_table(page, decided)
    others = [assessment for assessment in assessments if assessment not in decided]
    for number, assessment in enumerate(others):
        if number or decided:
            page.space()
        _head(page, assessment, first=number == 0 and not decided)
        _overview(page, assessment)
        if len(assessments) == 1:
            _urgent(page, assessment)
            deadlines_section(page, assessment)
        _expectations(page, assessment)
        if len(assessments) == 1:
            _detail(page, assessment)
    if len(assessments) > 1:
        page.space()
        page.para("Run one case alone to see its facts, reasons, hurdles, cautions, steps and sources.", tone="quiet")
        not_modelled(page)
    page.list_sources()
    if len(assessments) == 1:
        page.para("The overview and the time limits stand at the beginning.", tone="quiet")
    return page


def brief_page(assessment: Assessment) -> Page:
    """One case on about a page, without reasons and sources: what a person reads first."""
    page = Page(assessment.rulebook)
    _head(page, assessment, first=True)
    _overview(page, assessment, brief=True)
    _urgent(page, assessment)
    deadlines_section(page, assessment, brief=True)
    _general_cautions(page, cited=False)
    _to_find_out(page, assessment, most=MOST_TO_FIND_OUT)
    return page


def _head(page: Page, assessment: Assessment, first: bool) -> None:
    page.heading(1, assessment.case.title)
    if first:
        notices(page, assessment.as_of)
    else:
        page.para(f"Assessed as of {assessment.as_of}. Not legal advice, as said above.", tone="quiet")
    if assessment.case.story:
        page.space()
        page.para(assessment.case.story)
    decided_head(page, assessment)


def _overview(page: Page, assessment: Assessment, brief: bool = False) -> None:
    """The avenues by standing; what is most useful first, what is closed last."""
    page.heading(2, "Overview")
    starts = page.rulebook.about.starts_with
    kinds = dict.fromkeys((result.standing, words.standing_words(result)) for result in assessment.avenues)
    for standing, said in kinds:
        tone: Tone = standing.value
        if standing is Standing.NOT_APPLICABLE:
            named = [result.avenue.short for result in assessment.avenues if result.standing is standing]
            page.para(f"{upper(said)}: {'; '.join(named)}.", tone=tone)
            continue
        page.para(upper(said) + ":", tone=tone)
        for result in assessment.avenues:
            if words.standing_words(result) == said:
                avenue = result.avenue
                who = starts[avenue.starts_with].rstrip(".")
                record = avenue.track_record.scale
                because = "" if brief and standing is Standing.UNDETERMINED else hinge(result)
                page.item(f"{avenue.short} ({who}; track record: {record}). {because}".strip(), depth=1)
    page.space()
    page.para(words.OPEN_IS_NOT_LIKELY)


def hinge(result: AvenueResult) -> str:
    """What a standing hangs on, in a few words."""
    titles = result.avenue.titles
    decisive = [titles[name] for name in result.decisive] or ["whether it applies here"]
    if result.standing is Standing.CLOSED:
        said = {"element": "Missing", "hurdle": "In the way", "deadline": "Too late"}
        parts = {kind: [titles[name] for one, name in result.closed_by if one == kind] for kind in said}
        return " ".join(f"{said[kind]}: {'; '.join(named)}." for kind, named in parts.items() if named)
    if result.standing is Standing.CONTESTED:
        return f"Hangs on: {'; '.join(decisive)}."
    if result.only_unread:
        return " ".join(f"Not checked for {one.place}: {one.column.title}." for one in result.unread)
    if result.standing is Standing.UNDETERMINED:
        return f"Can still become: {', '.join(words.STANDING[standing] for standing in result.could_become)}."
    return ""


def _urgent(page: Page, assessment: Assessment) -> None:
    """What cannot wait, of the avenues that still matter."""
    if assessment.urgent_steps:
        page.heading(2, "Today")
        for result, step in assessment.urgent_steps:
            page.item(step.text, label=result.avenue.short, tone="warning")


def _expectations(page: Page, assessment: Assessment) -> None:
    missed = [check for check in assessment.checked if not check.met]
    if not missed:
        return
    page.space()
    page.para(f"{len(missed)} of {len(assessment.checked)} expectations are not met:", tone="warning")
    for check in missed:
        page.item(f"{check.path}: expected {check.expected}; came out {check.actual}", tone="warning", depth=1)


def _detail(page: Page, assessment: Assessment) -> None:
    _general_cautions(page)
    said: dict[str, int] = {}
    for number, result in enumerate(assessment.avenues, 1):
        avenue_section(page, assessment, result, number, said)
    local_section(page, assessment)
    if assessment.tests:
        page.heading(2, "The legal tests on these answers")
    tests_section(page, assessment)
    _facts(page, assessment)
    _to_find_out(page, assessment)
    _claims(page, assessment)
    _notes(page, assessment)
    not_modelled(page, [result.avenue.id for result in assessment.avenues])


def _general_cautions(page: Page, cited: bool = True) -> None:
    cautions = page.rulebook.about.cautions
    if cautions:
        page.heading(2, "Before anything else")
        for caution in cautions:
            page.item(caution.text, caution.sources if cited else ())


def tests_section(page: Page, assessment: Assessment) -> None:
    """The legal tests that the answers speak to, constitutional limits apart from agency rules and state law."""
    tests = [assessment.rulebook.findings[name] for name in assessment.tests]
    if not tests:
        return
    for kind in dict.fromkeys(finding.kind for finding in tests):
        page.para("", label=upper(kind))
        for finding in tests:
            if finding.kind == kind:
                page.item(
                    finding.says[value_word(assessment.findings[finding.id])],
                    finding.sources,
                    label=finding.title,
                    depth=1,
                )


def _facts(page: Page, assessment: Assessment) -> None:
    rulebook, case = assessment.rulebook, assessment.case
    if not case.answers:
        return
    page.heading(2, "The answers this rests on")
    for name in (name for topic in rulebook.topics.values() for name in topic.facts if name in case.answers):
        answer_item(page, rulebook.facts[name], case.answers[name], case.notes.get(name, ""))


def answer_item(page: Page, fact: Fact, given: Given, note: str = "") -> None:
    """One answer; of a dispute, each side with who says it; and the person's own note."""
    _answer(page, fact, given)
    if note:
        page.para(note, label="Note", depth=1)


def _answer(page: Page, fact: Fact, given: Given) -> None:
    if given.kind != "disputed" or not given.said:
        notes = "".join(f" {said.note}" for said in given.said if said.note)
        sources = [source for said in given.said for source in said.sources]
        page.item(f"{answer_words(fact, given)}.{notes}", sources, label=fact.label)
        return
    page.item("disputed.", label=fact.label)
    for said in given.said:
        by = f", according to {said.by}" if said.by else ""
        note = f" {said.note}" if said.note else ""
        page.item(f"{fact.label_of(said.answer)}{by}.{note}", said.sources, depth=1)


def _to_find_out(page: Page, assessment: Assessment, most: int | None = None) -> None:
    rulebook, case = assessment.rulebook, assessment.case
    asked = [name for name in case.answers if case.answers[name].kind == "unknown"]
    names = most_settling(assessment)
    if not names:
        return
    page.heading(2, "What to find out")
    if most is None:
        page.para("Questions whose answers can still change something above, first those that would settle most.")
    for name in names[:most]:
        fact = rulebook.facts[name]
        page.item(f"{fact.ask} {fact.find_out if name in asked else ''}".strip())
    if most is not None and len(names) > most:
        page.item(f"and {len(names) - most} more")


def _claims(page: Page, assessment: Assessment) -> None:
    if not assessment.claims:
        return
    page.heading(2, "Heard in public")
    for name, remarks in assessment.claims.items():
        claim = assessment.rulebook.claims[name]
        page.item(f"{words.VERDICT[claim.verdict]}.", claim.sources[:3], label=f"“{claim.title}”")
        for remark in remarks:
            page.para(f"In this case: {remark.text}", remark.sources, depth=1)
    page.para("Who said it, and what the sources say: pathways claims.", tone="quiet")


def _notes(page: Page, assessment: Assessment) -> None:
    shown = {result.avenue.id for result in assessment.left}
    notes = [note for note in assessment.rulebook.notes.values() if shown & set(note.about)]
    if notes:
        page.heading(2, "Background")
        bear = "bears" if len(notes) == 1 else "bear"
        page.para(
            f"{words.count(len(notes), 'note')} on history and practice {bear} on these avenues. "
            "Read them with: pathways summary AVENUE."
        )
