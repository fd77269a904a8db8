"""The page for assessed cases: an overview first, then avenue by avenue, then what else bears on them, then the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pathways.assessment import Assessment, AvenueResult, Standing
from pathways.assessment.reasons import answer_words
from pathways.logic import DISPUTED, NO, YES
from pathways.render import words
from pathways.render.page import Page, Tone
from pathways.case import Given
from pathways.rulebook.model import Avenue, Fact, Remark

_QUIET = (Standing.CLOSED, Standing.NOT_APPLICABLE)


def result_page(assessments: Sequence[Assessment]) -> Page:
    """One case in full, or several in overview."""
    page = Page(assessments[0].rulebook)
    for number, assessment in enumerate(assessments):
        if number:
            page.space()
        _head(page, assessment)
        _overview(page, assessment)
        _expectations(page, assessment)
        if len(assessments) == 1:
            _detail(page, assessment)
    if len(assessments) > 1:
        page.space()
        page.para("Run one case alone to see its reasons, hurdles, cautions, steps and sources.", tone="quiet")
        not_modelled(page)
    page.list_sources()
    return page


def notices(page: Page, as_of: str = "") -> None:
    """Not legal advice, the date of the law, who has reviewed it."""
    about = page.rulebook.about
    page.para(about.notice, tone="warning")
    day = f"Assessed as of {as_of}. " if as_of else ""
    reviewed = "" if about.reviewed_by_lawyer else " No lawyer has reviewed these rules yet."
    page.para(f"{day}The law as of {about.law_as_of}, from the rules {about.id} {about.version}.{reviewed}", tone="quiet")


def not_modelled(page: Page, avenues: Iterable[str] | None = None, full: bool = False) -> None:
    """What the rules do not hold yet."""
    wanted = None if avenues is None else set(avenues)
    items = [
        item for item in page.rulebook.about.not_modelled if wanted is None or not item.about or wanted & set(item.about)
    ]
    if items:
        page.heading(2, "Not modelled yet")
        page.para("Law that these rules do not hold yet. It may open or close a way that is shown here otherwise.", tone="warning")
        if full:
            for item in items:
                page.item(item.text)
        else:
            page.para(" · ".join(item.text.partition(". ")[0].rstrip(".") for item in items) + ".")


def _head(page: Page, assessment: Assessment) -> None:
    page.heading(1, assessment.case.title)
    notices(page, assessment.as_of)
    if assessment.case.story:
        page.space()
        page.para(assessment.case.story)


def _overview(page: Page, assessment: Assessment) -> None:
    page.heading(2, "Overview")
    starts = page.rulebook.about.starts_with
    for standing in Standing:
        results = [result for result in assessment.avenues if result.standing is standing]
        if results:
            page.para(_upper(words.STANDING[standing]) + ":", tone=_tone(standing))
        for result in results:
            avenue = result.avenue
            who = starts[avenue.starts_with].rstrip(".")
            page.item(f"{avenue.short} ({who}; track record: {avenue.track_record.scale}). {_hinge(result)}".strip(), depth=1)
    page.space()
    page.para(words.OPEN_IS_NOT_LIKELY)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tone(standing: Standing) -> Tone:
    return standing.value


def _hinge(result: AvenueResult) -> str:
    """What the standing hangs on, in a few words."""
    titles = result.avenue.titles
    decisive = [titles[name] for name in result.decisive] or ["whether it applies here"]
    if result.standing is Standing.CLOSED:
        return f"Closed by: {'; '.join(decisive)}. "
    if result.standing is Standing.CONTESTED:
        return f"Hangs on: {'; '.join(decisive)}. "
    if result.standing is Standing.UNDETERMINED:
        return f"Can still become: {', '.join(words.STANDING[standing] for standing in result.could_become)}. "
    return ""


def _expectations(page: Page, assessment: Assessment) -> None:
    if not assessment.checked:
        return
    missed = [check for check in assessment.checked if not check.met]
    page.space()
    if not missed:
        page.para(f"All {len(assessment.checked)} expectations of this scenario are met.", tone="quiet")
        return
    page.para(f"{len(missed)} of {len(assessment.checked)} expectations are not met:", tone="warning")
    for check in missed:
        page.item(f"{check.path}: expected {check.expected}, came out {check.actual}", tone="warning", depth=1)


def _detail(page: Page, assessment: Assessment) -> None:
    about = page.rulebook.about
    if about.cautions:
        page.heading(2, "Before anything else")
        for caution in about.cautions:
            page.item(caution.text, caution.sources)
    for number, result in enumerate(assessment.avenues, 1):
        _avenue(page, assessment, result, number)
    _facts(page, assessment)
    _to_find_out(page, assessment)
    _claims(page, assessment)
    _notes(page, assessment)
    not_modelled(page, [result.avenue.id for result in assessment.avenues])


def _avenue(page: Page, assessment: Assessment, result: AvenueResult, number: int) -> None:
    avenue = result.avenue
    page.heading(2, f"{number}. {avenue.title}")
    page.para(_upper(words.STANDING[result.standing]), tone=_tone(result.standing))
    if result.standing is Standing.UNDETERMINED:
        page.para(", ".join(words.STANDING[standing] for standing in result.could_become) + ".", label="Can still become")
    page.para(avenue.what, avenue.sources)
    avenue_facts(page, avenue)
    if result.reasons:
        page.para("", label="Why")
        for reason in result.reasons:
            page.item(reason.text, reason.sources, depth=1)
    elif result.standing is Standing.UNDETERMINED:
        titles = avenue.titles
        unsettled = [titles[name] for name in result.decisive]
        if Standing.NOT_APPLICABLE in result.could_become:
            unsettled.insert(0, "whether it applies here")
        page.para(f"not settled yet: {'; '.join(unsettled)}.", label="Why")
    if result.standing is Standing.NOT_APPLICABLE:
        return
    if result.standing is not Standing.CLOSED:
        certain = "" if result.stage_certain else " (not known whether this is already done)"
        page.para(f"{result.stage.title}{certain}. {result.stage.text}".rstrip(), result.stage.sources, label="Where this stands")
    _elements(page, result)
    _hurdles(page, result)
    _remarks(page, "Be careful", result.cautions)
    if result.standing is Standing.CLOSED:
        return
    if avenue.not_hurdles:
        named = "; ".join(remark.title for remark in avenue.not_hurdles)
        page.para(f"{named}. The summary of this avenue says why: pathways summary {avenue.id}.", label="Not in the way")
    if result.steps:
        page.para("", label="Next steps")
        for at, step in enumerate(result.steps, 1):
            page.item(step.text, step.sources, bullet=f"{at}.", depth=1)


def avenue_facts(page: Page, avenue: Avenue) -> None:
    """Who, against whom, where, what it gives, who starts it, and its track record."""
    page.para(avenue.who, label="Who")
    page.para(avenue.against, label="Against")
    page.para(avenue.where, label="Where")
    page.para(avenue.gets, label="What it can give")
    page.para(page.rulebook.about.starts_with[avenue.starts_with] + ".", label="Who starts it")
    record = avenue.track_record
    page.para(f"{record.scale}. {record.text}", record.sources, label="Track record")


def _elements(page: Page, result: AvenueResult) -> None:
    page.para("", label="What must hold")
    for element, part in zip(result.avenue.requires, result.elements, strict=True):
        explains = "" if part.values == YES else f" {element.explains}"
        page.item(f"{words.element_words(part.values)}.{explains}", element.sources, label=element.title, depth=1)


def _hurdles(page: Page, result: AvenueResult) -> None:
    """Hurdles that arise in full, those that still may by name."""
    hurdles = {hurdle.id: hurdle for hurdle in result.avenue.hurdles}
    parts = [part for part in result.hurdles if part.kind == "hurdle"]
    shown = [part for part in parts if part.values in (YES, DISPUTED)]
    if shown:
        page.para("", label="What stands in the way, or changes the way")
    for part in shown:
        hurdle = hurdles[part.id]
        state = words.hurdle_words(part.effect, part.values)
        weighs = part.effect in ("bars", "contests")
        leaning = words.LEANS.get(part.leans, "") if weighs else ""
        lean = f" {leaning[0].upper()}{leaning[1:]}." if leaning else ""
        ground = f" ({words.GROUND[part.ground]})" if weighs or part.ground == "not checked" else ""
        page.item(f"{state}{ground}.{lean} {hurdle.explains}", hurdle.sources, label=hurdle.title, depth=1)
        if part.leaning_reason:
            page.para(part.leaning_reason.text, part.leaning_reason.sources, depth=2)
    open_parts = [hurdles[part.id] for part in parts if part.values not in (YES, DISPUTED, NO)]
    if open_parts:
        page.para("; ".join(hurdle.title for hurdle in open_parts) + ".", label="May still arise, depending on answers not given")
    _deadlines(page, result)


def _deadlines(page: Page, result: AvenueResult) -> None:
    deadlines = {deadline.id: deadline for deadline in result.avenue.deadlines}
    parts = [part for part in result.hurdles if part.kind == "deadline"]
    if not parts:
        return
    page.para("", label="Time limits")
    for part in parts:
        deadline = deadlines[part.id]
        state = ""
        if deadline.missed_when:
            state = f"{words.missed_words(part.values, part.decisive and result.standing is Standing.CONTESTED)} "
        page.item(f"{state}{deadline.text}", deadline.sources, label=deadline.title, depth=1, tone="warning")


def _remarks(page: Page, label: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    page.para("", label=label)
    for remark in remarks:
        page.item(remark.text, remark.sources, label=remark.title, depth=1)


def _facts(page: Page, assessment: Assessment) -> None:
    rulebook, case = assessment.rulebook, assessment.case
    if not case.answers:
        return
    page.heading(2, "The answers this rests on")
    for name in (name for topic in rulebook.topics.values() for name in topic.facts if name in case.answers):
        _answer(page, rulebook.facts[name], case.answers[name])


def _answer(page: Page, fact: Fact, given: Given) -> None:
    """One answer; of a dispute, each side with who says it."""
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


def _to_find_out(page: Page, assessment: Assessment) -> None:
    rulebook, case = assessment.rulebook, assessment.case
    asked = [name for name in case.answers if case.answers[name].kind == "unknown"]
    names = assessment.to_find_out
    if not names:
        return
    page.heading(2, "What to find out")
    page.para("Questions whose answers can still change something above, in the order of the story.")
    for name in names:
        fact = rulebook.facts[name]
        page.item(f"{fact.ask} {fact.find_out if name in asked else ''}".strip())


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
    shown = {result.avenue.id for result in assessment.avenues if result.standing not in _QUIET}
    notes = [note for note in assessment.rulebook.notes.values() if shown & set(note.about)]
    if notes:
        page.heading(2, "Background")
        bear = "bears" if len(notes) == 1 else "bear"
        page.para(
            f"{words.count(len(notes), 'note')} on history and practice {bear} on these avenues. "
            "Read them with: pathways summary AVENUE."
        )
