"""One avenue on the page of an assessed case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pathways.assessment import Assessment, AvenueResult, HurdleResult, Reason, Standing
from pathways.logic import DISPUTED, NO, YES
from pathways.record import replaced
from pathways.render import words
from pathways.render.page import Page
from pathways.render.times import deadline_line
from pathways.render.words import upper
from pathways.rulebook import Rulebook
from pathways.rulebook.model import CHANGING, WEIGHING, Avenue, Hurdle, Remark

#: So many questions are named as those that would settle most.
MOST_ASKED = 5


def avenue_section(page: Page, assessment: Assessment, result: AvenueResult, number: int, said: dict[str, int]) -> None:
    """Everything about one avenue. ``said`` keeps the section in which a caution was first said: it is said once."""
    avenue = result.avenue
    page.heading(2, f"{number}. {avenue.title}")
    page.para(upper(words.standing_words(result)), tone=result.standing.value)
    page.para(avenue.what, avenue.sources)
    avenue_facts(page, avenue)
    why(page, assessment, result)
    if result.standing is Standing.NOT_APPLICABLE:
        return
    if result.standing is Standing.CLOSED:
        hurdle_items(page, result, [part for part in result.hurdles if part.decisive], "What the law says of it")
        _deadlines(page, assessment, result, [part for part in result.hurdles if part.decisive])
        return
    certain = "" if result.stage_certain else " (not known whether this is already done)"
    page.para(
        f"{result.stage.title}{certain}. {result.stage.text}".rstrip(), result.stage.sources, label="Where this stands"
    )
    elements(page, result)
    hurdles(page, result)
    _deadlines(page, assessment, result, result.hurdles)
    cautions(page, result, number, said)
    if result.not_hurdles:
        named = "; ".join(remark.title for remark in result.not_hurdles)
        page.para(
            f"{named}. The summary of this avenue says why: pathways summary {avenue.id}.",
            label="Not in the way in law",
        )
    steps(page, result)


def avenue_facts(page: Page, avenue: Avenue) -> None:
    """Who, against whom, where, what it gives, who starts it, and its track record."""
    page.para(avenue.who, label="Who")
    page.para(avenue.against, label="Against")
    page.para(avenue.where, label="Where")
    page.para(avenue.gets, label="What it can give")
    page.para(upper(page.rulebook.about.starts_with[avenue.starts_with]) + ".", label="Who starts it")
    record = avenue.track_record
    page.para(f"{upper(record.scale)}. {record.text}", record.sources, label="Track record")


def why(page: Page, assessment: Assessment, result: AvenueResult) -> None:
    """Why an avenue stands as it does; of one that is not settled what it can become and what would settle it."""
    if result.reasons:
        page.para("", label="Why")
        for reason in result.reasons:
            page.item(reason.text, reason.sources, depth=1)
    if result.standing is not Standing.UNDETERMINED:
        return
    if not result.only_unread:
        becomes = ", ".join(words.STANDING[standing] for standing in result.could_become)
        page.para(f"{becomes}.", label="Can still become")
    titles = result.avenue.titles
    unsettled = [titles[name] for name in result.decisive]
    if Standing.NOT_APPLICABLE in result.could_become:
        unsettled.insert(0, "Whether it applies here")
    page.para(f"{'; '.join(unsettled)}.", label="Not settled yet")
    # One that follows a question that is not known is listed only when that one is.
    asked = [name for name in result.asks if name in assessment.to_find_out]
    if asked:
        page.para("", label="Questions that would help to settle it")
        facts = assessment.rulebook.facts
        for name in asked[:MOST_ASKED]:
            page.item(facts[name].ask, depth=1)
        if len(asked) > MOST_ASKED:
            page.item(f"and {len(asked) - MOST_ASKED} more, listed under “What to find out”", depth=1)


def elements(page: Page, result: AvenueResult) -> None:
    """Elements that hold by name; the others with what they ask."""
    parts = list(zip(result.avenue.requires, result.elements, strict=True))
    held = [element for element, part in parts if part.values == YES]
    if held:
        sources = [source for element in held for source in element.sources]
        page.para("; ".join(element.title for element in held) + ".", sources, label="Holds on these answers")
    others = [(element, part) for element, part in parts if part.values != YES]
    if others:
        page.para("", label="Must hold too")
    for element, part in others:
        page.item(
            f"{words.element_words(part.values)}. {element.explains}", element.sources, label=element.title, depth=1
        )


def hurdles(page: Page, result: AvenueResult) -> None:
    """What stands in the way in full; what only may delay or inform by name; what was looked at and does not arise."""
    parts = [part for part in result.hurdles if part.kind == "hurdle"]
    unknown = [part for part in parts if part.values not in (YES, NO, DISPUTED)]
    shown = [part for part in parts if part.values in (YES, DISPUTED)]
    hurdle_items(
        page,
        result,
        [*shown, *(part for part in unknown if part.effect in CHANGING)],
        "What stands in the way, or changes the way",
    )
    by_name = {hurdle.id: hurdle for hurdle in result.avenue.hurdles}
    minor = [by_name[part.id].title for part in unknown if part.effect not in CHANGING]
    if minor:
        page.para("; ".join(minor) + ".", label="May come up too")
    absent = [part for part in parts if part.values == NO and part.effect in CHANGING]
    if absent:
        page.para("", label="Looked at, and not in the way on these answers")
    alike: dict[Reason, list[str]] = {}
    for part in absent:
        hurdle = by_name[part.id]
        reason = part.reasons[0] if part.reasons else Reason("does not arise.", hurdle.sources)
        alike.setdefault(reason, []).append(hurdle.title)
    for reason, titles in alike.items():
        page.item(reason.text, reason.sources, label="; ".join(titles), depth=1)


def hurdle_items(page: Page, result: AvenueResult, parts: Sequence[HurdleResult], label: str) -> None:
    """Hurdles with how they stand, what they are, and where courts lean."""
    by_name = {hurdle.id: hurdle for hurdle in result.avenue.hurdles}
    chosen = [(part, by_name[part.id]) for part in parts if part.kind == "hurdle"]
    if chosen:
        page.para("", label=label)
    for part, hurdle in chosen:
        page.item(_hurdle_text(page.rulebook, part, hurdle), hurdle.sources, label=hurdle.title, depth=1)
        if part.leaning_reason:
            page.para(part.leaning_reason.text, part.leaning_reason.sources, depth=2)


def _hurdle_text(rulebook: Rulebook, part: HurdleResult, hurdle: Hurdle) -> str:
    weighs = part.effect in WEIGHING
    reason = part.leaning_reason
    leaning = words.leans_words(rulebook, part.leans, reason.sources if reason else hurdle.sources) if weighs else ""
    lean = f" {upper(leaning)}." if leaning else ""
    ground = f" ({words.GROUND[part.ground]})" if weighs or part.ground == "not checked" else ""
    return f"{words.hurdle_words(part.effect, part.values)}{ground}.{lean} {hurdle.explains}"


def _deadlines(page: Page, assessment: Assessment, result: AvenueResult, parts: Iterable[HurdleResult]) -> None:
    deadlines = {deadline.id: deadline for deadline in result.avenue.deadlines}
    computed = {one.deadline.id: one for one in assessment.deadlines if one.avenue == result.avenue.id}
    chosen = [(part, deadlines[part.id]) for part in parts if part.kind == "deadline" and part.applies]
    if chosen:
        page.para("", label="Time limits")
    for part, deadline in chosen:
        state = ""
        one = computed.get(deadline.id)
        if one and deadline.clock:
            state = deadline_line(one)
        elif deadline.can_be_missed:
            state = words.missed_words(part.values, part.decisive and result.standing is Standing.CONTESTED)
        page.item(f"{state} {deadline.text}".strip(), deadline.sources, label=deadline.title, depth=1, tone="warning")
        for note in one.notes if one else ():
            page.para(note.text, note.sources, depth=2)


def cautions(page: Page, result: AvenueResult, number: int, said: dict[str, int]) -> None:
    """What may hurt the one who tries it; what was said already (``said``: in which part) only by the part."""
    new = [remark for remark in result.cautions if remark.text not in said]
    certain = [remark for remark in new if remark.id not in result.unsure]
    unsure = [remark for remark in new if remark.id in result.unsure]
    _remarks(page, "Be careful", certain)
    _remarks(page, "Be careful, if this applies (not answered yet)", unsure)
    again = sorted({said[remark.text] for remark in result.cautions if remark.text in said})
    if again:
        parts = f"part{'s' if len(again) > 1 else ''} {', '.join(map(str, again))}"
        page.para(f"what is said under “Be careful” in {parts}.", label="Holds here too")
    said.update({remark.text: number for remark in new})


def steps(page: Page, result: AvenueResult, brief: bool = False, but: Collection[str] = ()) -> None:
    """What to do next, in order; apart from it what may not apply, with ``brief`` in a sentence each.

    ``but``: texts that are told elsewhere.
    """
    certain = [step for step in result.steps if step.id not in result.unsure and step.text not in but]
    unsure = [step for step in result.steps if step.id in result.unsure and step.text not in but]
    if certain:
        page.para("", label="Next steps")
        for at, step in enumerate(certain, 1):
            page.item(step.text, step.sources, bullet=f"{at}.", depth=1)
    if brief:
        unsure = [replaced(step, text=words.first_sentence(step.text)) for step in unsure]
    _remarks(page, "If this applies (not answered yet)", unsure)


def _remarks(page: Page, label: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    page.para("", label=label)
    for remark in remarks:
        page.item(remark.text, remark.sources, label=remark.title, depth=1)
