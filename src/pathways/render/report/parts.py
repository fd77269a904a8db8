"""The avenues in a report, one by one, as deep as its readers go."""

from __future__ import annotations

from collections.abc import Mapping

from pathways.assessment import Assessment, AvenueResult, Standing
from pathways.render import words
from pathways.render.avenue import avenue_facts, cautions, elements, hurdle_items, hurdles, steps, why
from pathways.render.page import Page
from pathways.render.report.audience import Audience
from pathways.render.report.days import Days
from pathways.render.report.limits import limit_words
from pathways.render.ways import way_of
from pathways.render.words import count, upper


def anchors_of(assessment: Assessment) -> Mapping[str, str]:
    """The anchor of each avenue's part."""
    return {result.avenue.id: f"part-{number}" for number, result in enumerate(assessment.avenues, 1)}


def parts_section(page: Page, assessment: Assessment, audience: Audience, days: Days) -> None:
    """Every avenue: where it stands and why, its way, time limits, cautions and steps."""
    anchors = anchors_of(assessment)
    said: dict[str, int] = {}
    for number, result in enumerate(assessment.avenues, 1):
        page.heading(3, f"{number}. {result.avenue.title}", result.standing.value, anchors[result.avenue.id])
        page.para(f"{upper(words.STANDING[result.standing])}.", tone=result.standing.value)
        page.para(result.avenue.what, result.avenue.sources)
        if result.standing is Standing.NOT_APPLICABLE:
            why(page, assessment, result)
        elif result.standing is Standing.CLOSED:
            _closed(page, assessment, result, audience)
        else:
            _live(page, assessment, result, audience, days, number, said)


def _closed(page: Page, assessment: Assessment, result: AvenueResult, audience: Audience) -> None:
    why(page, assessment, result)
    if audience.hurdles:
        avenue_facts(page, result.avenue)
    hurdle_items(page, result, [part for part in result.hurdles if part.decisive], "What the law says of it")


def _live(
    page: Page,
    assessment: Assessment,
    result: AvenueResult,
    audience: Audience,
    days: Days,
    number: int,
    said: dict[str, int],
) -> None:
    avenue = result.avenue
    if audience.hurdles:
        avenue_facts(page, avenue)
    else:
        _facts_in_short(page, result)
    page.blocks.append(way_of(result))
    why(page, assessment, result, named=False)
    certain = "" if result.stage_certain else " (not known whether this is already done)"
    stage = f"{result.stage.title}{certain}. {result.stage.text}".rstrip()
    page.para(stage, result.stage.sources, label="Where this stands")
    if audience.hurdles:
        elements(page, result)
        hurdles(page, result)
    _limits(page, assessment, result, days, audience)
    cautions(page, result, number, said)
    if result.not_hurdles:
        sources = [source for remark in result.not_hurdles for source in remark.sources] if audience.hurdles else []
        page.para("; ".join(one.title for one in result.not_hurdles) + ".", sources, label="Not in the way in law")
    if audience.steps:
        steps(page, result, brief=True)


def _facts_in_short(page: Page, result: AvenueResult) -> None:
    avenue, record = result.avenue, result.avenue.track_record
    page.para(avenue.who, label="Who")
    page.para(avenue.gets, label="What it can give")
    page.para(f"{upper(page.rulebook.about.starts_with[avenue.starts_with])}.", label="Who starts it")
    page.para(f"{upper(record.scale)}.", record.sources, label="Track record")


def _limits(page: Page, assessment: Assessment, result: AvenueResult, days: Days, audience: Audience) -> None:
    limits = [one for one in assessment.deadlines if one.avenue == result.avenue.id]
    shown = limits if audience.hurdles else [one for one in limits if one.last_safe]
    if limits:
        page.para("", label="Time limits")
    for one in shown:
        text = f"{limit_words(one, days)} {one.deadline.text}".strip()
        page.item(text, one.deadline.sources, label=one.deadline.title, depth=1)
        for note in one.notes:
            page.para(note.text, note.sources, depth=2)
    if len(shown) < len(limits):
        left = count(len(limits) - len(shown), "time limit")
        page.item(f"{left} without a day yet, listed with the other time limits.", depth=1)
