"""The avenues in a report, one by one, as deep as its readers go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathways.assessment import NO_WAY, Assessment, AvenueResult, Standing
from pathways.assessment.grounds import most_settling
from pathways.record import record
from pathways.render import words
from pathways.render.avenue import avenue_facts, cautions, elements, hurdle_items, hurdles, steps
from pathways.render.page import Page
from pathways.render.report.audience import Audience
from pathways.render.report.days import Days
from pathways.render.report.limits import avenue_limits, limit_days
from pathways.render.report.told import MOST_ASKED, kept
from pathways.render.result import hinge
from pathways.render.ways import way_of
from pathways.render.words import first_sentence, upper
from pathways.rulebook.model import Remark

#: So many steps stand in a short part.
MOST_STEPS = 3

SHORTER = (
    "The ways that you can start are told in full, the others in short. What is left out, such as every hurdle with "
    "where courts lean, further steps and sources, stands in the report for a lawyer. The program writes it with: "
    "pathways report CASE --for lawyer."
)


@record
class Group:
    """Avenues under one heading, told in full or in short."""

    title: str
    anchor: str
    results: tuple[AvenueResult, ...]
    whole: bool


def groups_of(assessment: Assessment, audience: Audience) -> tuple[Group, ...]:
    """The avenues in the order of a report: all together, or in a brief one first what its reader can start."""
    title = audience.sections["avenues"]
    if not audience.brief:
        return (Group(title, "avenues", assessment.avenues, whole=True),)
    ways = ways_left(assessment)
    made = [
        Group(title, "avenues", ways.mine, whole=True),
        Group("Ways that you can start, if they apply here", "may-apply", ways.mine_perhaps, whole=False),
        Group("Ways that others start", "others", ways.of_others, whole=False),
    ]
    for standing in NO_WAY:
        several = tuple(one for one in assessment.avenues if one.standing is standing)
        made.append(Group(upper(words.STANDING[standing]), standing.value, several, whole=False))
    return tuple(group for group in made if group.results)


@record
class WaysLeft:
    """The avenues that still matter: those of whoever asks, those of them that may not apply, those of others."""

    mine: tuple[AvenueResult, ...]
    mine_perhaps: tuple[AvenueResult, ...]
    of_others: tuple[AvenueResult, ...]


def ways_left(assessment: Assessment) -> WaysLeft:
    """The avenues that still matter, by who starts them. The first starter of a rulebook is the one who asks."""
    asker = next(iter(assessment.rulebook.about.starts_with))
    sorts: dict[str, list[AvenueResult]] = {"mine": [], "mine_perhaps": [], "of_others": []}
    for one in assessment.left:
        applies = Standing.NOT_APPLICABLE not in one.could_become
        mine = "mine" if applies else "mine_perhaps"
        sorts[mine if one.avenue.starts_with == asker else "of_others"].append(one)
    return WaysLeft(**{name: tuple(several) for name, several in sorts.items()})


def anchors_of(assessment: Assessment, audience: Audience) -> Mapping[str, str]:
    """The anchor of each avenue's part."""
    results = (result for group in groups_of(assessment, audience) for result in group.results)
    return {result.avenue.id: f"part-{number}" for number, result in enumerate(results, 1)}


@record
class _Telling:
    """What the parts of a report have in common: their page and case, their readers, and what was said in which part.

    ``kept``: what is told under evidence to keep, and not again. ``questions``: those that are left, in their order.
    """

    page: Page
    assessment: Assessment
    audience: Audience
    days: Days
    kept: frozenset[str]
    questions: tuple[str, ...]
    said: dict[str, int]


def parts_section(page: Page, assessment: Assessment, audience: Audience, days: Days) -> None:
    """Every avenue: where it stands and why, its way, time limits, cautions and steps."""
    telling = _Telling(page, assessment, audience, days, kept(assessment).texts, most_settling(assessment), {})
    number = 0
    for at, group in enumerate(groups_of(assessment, audience)):
        page.heading(2, group.title, anchor=group.anchor)
        if audience.brief and not at:
            page.para(SHORTER, tone="quiet")
        for result in group.results:
            number += 1
            page.heading(
                3,
                f"{number}. {result.avenue.title}",
                result.standing.value,
                f"part-{number}",
                f"{number}. {result.avenue.short}",
            )
            stands = upper(words.standing_words(result))
            if stands != group.title:
                page.para(f"{stands}.", tone=result.standing.value)
            if result.standing in NO_WAY:
                _no_way(telling, result)
            elif group.whole:
                _whole(telling, result, number)
            else:
                _short(telling, result, number)


def _no_way(telling: _Telling, result: AvenueResult) -> None:
    page, audience = telling.page, telling.audience
    what = first_sentence(result.avenue.what) if audience.brief else result.avenue.what
    page.para(what, result.avenue.sources[:1] if audience.brief else result.avenue.sources)
    _why(telling, result, every=True)
    if result.standing is Standing.NOT_APPLICABLE:
        return
    if audience.hurdles:
        avenue_facts(page, result.avenue)
    hurdle_items(page, result, [part for part in result.hurdles if part.decisive], "What the law says of it")


def _whole(telling: _Telling, result: AvenueResult, number: int) -> None:
    page, avenue, audience = telling.page, result.avenue, telling.audience
    page.para(avenue.what, avenue.sources)
    _way(page, result)
    if audience.hurdles:
        avenue_facts(page, avenue)
    else:
        page.para(avenue.who, label="Who")
        page.para(avenue.gets, label="What it can give")
        _starter(page, result)
    _why(telling, result, every=audience.hurdles)
    _open_questions(telling, result)
    page.para(f"{_stage_title(result)} {result.stage.text}".rstrip(), result.stage.sources, label="Where this stands")
    if audience.hurdles:
        elements(page, result)
        hurdles(page, result)
        avenue_limits(page, telling.assessment, result, telling.days)
    elif days := _limit_days(telling, result):
        page.para(days, label="Time limits")
    if audience.steps:
        cautions(page, result, number, telling.said)
        telling.said.update(_first_said(telling.said, result.cautions, number))
    else:
        _short_cautions(telling, result, number)
    if result.not_hurdles:
        sources = [source for remark in result.not_hurdles for source in remark.sources] if audience.hurdles else []
        page.para("; ".join(one.title for one in result.not_hurdles) + ".", sources, label="Not in the way in law")
    if audience.steps:
        steps(page, result, brief=audience.brief, but=telling.kept)
        telling.said.update(_first_said(telling.said, result.steps, number))


def _short(telling: _Telling, result: AvenueResult, number: int) -> None:
    """What a reader needs who cannot start it, or to whom it may not apply: the rest stands in a longer report."""
    page, avenue = telling.page, result.avenue
    page.para(avenue.what, avenue.sources)
    may_not_apply = Standing.NOT_APPLICABLE in result.could_become
    if not may_not_apply:
        _way(page, result)
    _starter(page, result, f"It can give: {avenue.gets}")
    _why(telling, result, every=False)
    if may_not_apply:
        titles = [result.avenue.titles[name] for name in result.decisive]
        page.para("; ".join(["Whether it applies here", *titles]) + ".", label="It hangs on")
    _open_questions(telling, result)
    days = _limit_days(telling, result)
    page.para(f"{_stage_title(result)} {days}".rstrip(), result.stage.sources, label="Where this stands")
    _short_cautions(telling, result, number)
    told = [step for step in result.steps if step.text not in telling.kept]
    certain = [step for step in told if step.id not in result.unsure]
    unsure = [step for step in told if step.id in result.unsure]
    _in_short(telling, certain[:MOST_STEPS], "What can be done", number)
    if not certain:
        _in_short(telling, unsure[:MOST_STEPS], "What can be done, if it applies (not answered yet)", number)


def _way(page: Page, result: AvenueResult) -> None:
    """The picture of a way, where something is left on which its standing hangs."""
    if result.decisive:
        page.blocks.append(way_of(result))


def _starter(page: Page, result: AvenueResult, more: str = "") -> None:
    record = result.avenue.track_record
    who = upper(page.rulebook.about.starts_with[result.avenue.starts_with].rstrip("."))
    text = f"{who}. Track record: {record.scale}. {more}".rstrip()
    page.para(text, record.sources[:MOST_OF_A_RECORD], label="Who starts it")


#: So many sources of a track record are named where only its word is told.
MOST_OF_A_RECORD = 3


def _stage_title(result: AvenueResult) -> str:
    certain = "" if result.stage_certain else " (not known whether this is already done)"
    return f"{result.stage.title}{certain}."


def _why(telling: _Telling, result: AvenueResult, every: bool) -> None:
    """The reasons; but for ``every`` one, without what the picture and the list of answers say already."""
    titles = {f"{name}:" for name in result.avenue.titles.values()}
    reasons = [
        reason
        for reason in result.reasons
        if every or not (reason.answer or any(reason.text.startswith(title) for title in titles))
    ]
    new = {reason.text: reason for reason in reasons}.values()
    if telling.audience.brief and new:
        # What is missing or in the way is named in a word; the other reasons say the rest.
        closed = result.standing is Standing.CLOSED
        rest = [reason for reason in new if not (closed and reason.text.startswith(tuple(titles)))]
        told = [hinge(result)] * closed + [f"{reason.text.rstrip('.')}." for reason in rest]
        telling.page.para(" ".join(told), [source for one in (*rest, *new) for source in one.sources], label="Why")
    elif new:
        telling.page.para("", label="Why")
        for reason in new:
            telling.page.item(reason.text, reason.sources, depth=1)


def _open_questions(telling: _Telling, result: AvenueResult) -> None:
    """What can still become of it, and which of the questions to find out would help, by their numbers there."""
    if result.standing is not Standing.UNDETERMINED:
        return
    become = ", ".join(words.STANDING[standing] for standing in result.could_become)
    names = telling.questions
    numbers = [str(at) for at, name in enumerate(names[:MOST_ASKED], 1) if name in result.asks]
    more = sum(name in result.asks for name in names[MOST_ASKED:])
    parts = [_listed("question", numbers)] if numbers else []
    parts += [f"{more} more that would settle less"] if more and numbers else []
    helps = f" See {' and '.join(parts)} under “{telling.audience.sections['ask']}”." if parts else ""
    telling.page.para(f"{become}.{helps}", label="Can still become")


def _listed(what: str, numbers: Sequence[str]) -> str:
    return f"{what}{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _limit_days(telling: _Telling, result: AvenueResult) -> str:
    said = limit_days(telling.assessment, result, telling.days)
    return f"{said} See “{telling.audience.sections['limits']}”." if said else ""


def _short_cautions(telling: _Telling, result: AvenueResult, number: int) -> None:
    _in_short(telling, result.cautions, "Be careful", number)


def _first_said(said: Mapping[str, int], remarks: Iterable[Remark], number: int) -> dict[str, int]:
    """The first sentences of remarks, with the part in which each was said first."""
    sentences = (first_sentence(remark.text) for remark in remarks)
    return {sentence: said.get(sentence, number) for sentence in sentences}


def _one_of_each(remarks: Iterable[Remark]) -> tuple[list[str], list[str]]:
    """A source of each remark, each once; and the others."""
    several = [list(map(str, remark.sources)) for remark in remarks if remark.sources]
    return list(dict.fromkeys(one[0] for one in several)), [source for one in several for source in one[1:]]


def _in_short(telling: _Telling, remarks: Sequence[Remark], label: str, number: int) -> None:
    """Remarks in a sentence each, in a paragraph; what was said already, by its part."""
    said, page = telling.said, telling.page
    sentences = {first_sentence(remark.text): remark for remark in remarks}
    new = {sentence: remark for sentence, remark in sentences.items() if sentence not in said}
    again = [str(part) for part in sorted({said[sentence] for sentence in sentences if sentence in said})]
    text = " ".join(new)
    if again:
        text = f"{text} See also {_listed('part', again)}.".strip()
    if text:
        firsts, others = _one_of_each(new.values())
        page.para(text, firsts + others, label=label, least_cited=len(firsts))
    said.update(dict.fromkeys(new, number))
