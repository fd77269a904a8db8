"""The report on one case as a page: its sections in the order of its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pathways.assessment import NO_WAY, Assessment, AvenueResult, Standing
from pathways.assessment.closest import Closest
from pathways.case import Removed
from pathways.render import words
from pathways.render.page import Page
from pathways.render.report.audience import Audience, Section
from pathways.render.report.days import Days, days_of, to_the_month
from pathways.render.report.limits import limits_section, next_days, urgent_limits
from pathways.render.report.parts import anchors_of, parts_section, ways_left
from pathways.render.report.told import (
    ask_section,
    claims_section,
    decided_section,
    facts_section,
    keep_section,
    kept,
    not_modelled_section,
    words_section,
)
from pathways.render.result import hinge, tests_section
from pathways.render.times import local_items
from pathways.render.words import old_law, upper

#: Sections that make their own headings.
OWN_HEADINGS = ("first", "avenues")
#: So many sources are named of one statement in a brief report.
MOST_CITED = 5
#: So much to keep safe stands on the first page.
MOST_TO_KEEP = 3


def report_page(
    assessment: Assessment, audience: Audience, closest: Sequence[Closest] = (), removed: Removed | None = None
) -> Page:
    """One case for some readers. With ``removed``, what was taken out of it is said, and days are told to the month."""
    page = Page(assessment.rulebook, pinpoints=audience.pinpoints, most_cited=MOST_CITED if audience.brief else 0)
    days = Days(exact=removed is None)
    page.heading(1, assessment.case.title)
    _head(page, assessment, audience, days)
    if removed is not None:
        page.para(_removed_words(removed), label="Removed for sharing", tone="warning")
    anchors = anchors_of(assessment, audience)
    make: dict[Section, Callable[[], None]] = {
        "first": lambda: _first(page, assessment, audience, days, anchors),
        "overview": lambda: _overview(page, assessment, days, anchors),
        "cautions": lambda: _cautions(page),
        "facts": lambda: facts_section(page, assessment, audience, days),
        "limits": lambda: limits_section(page, assessment, days, anchors, told=audience.brief),
        "avenues": lambda: parts_section(page, assessment, audience, days),
        "place": lambda: local_items(page, assessment),
        "tests": lambda: tests_section(page, assessment),
        "keep": lambda: keep_section(page, assessment, MOST_TO_KEEP if "first" in audience.sections else 0),
        "ask": lambda: ask_section(page, assessment, audience),
        "claims": lambda: claims_section(page, assessment, audience),
        "decided": lambda: decided_section(page, assessment, audience, closest),
        "words": lambda: words_section(page),
        "not-modelled": lambda: not_modelled_section(page, assessment, anchors, audience.brief),
    }
    there = _there(assessment, closest)
    for section, title in audience.sections.items():
        if not there.get(section, True):
            continue
        if section not in OWN_HEADINGS:
            page.heading(2, title, anchor=section)
        before = len(page.blocks)
        make[section]()
        if len(page.blocks) == before and section not in OWN_HEADINGS:
            page.blocks.pop()
    page.list_sources(in_full=audience.sides)
    if removed is not None:
        page.blocks = list(to_the_month(page.blocks, days_of(assessment)))
    return page


def _head(page: Page, assessment: Assessment, audience: Audience, days: Days) -> None:
    """What stands on every report: not legal advice, the day, the date of the law, who has reviewed it."""
    about = page.rulebook.about
    if old := old_law(page.rulebook, assessment.as_of):
        page.para(old, tone="warning")
    page.para(about.notice, tone="warning")
    reviewed = "" if about.reviewed_by_lawyer else " No lawyer has reviewed these rules yet."
    page.para(
        f"Report {audience.called}. As of {days.day(assessment.as_of)}: days left are counted from then, and fewer are "
        f"left if you read this later. The law as of {Days().day(about.law_as_of)}, "
        f"from the rules {about.id} {about.version}.{reviewed}",
        tone="quiet",
    )


def _there(assessment: Assessment, closest: Sequence[Closest]) -> dict[Section, bool]:
    """Which sections have anything to say; those not named always have."""
    return {
        "limits": bool(assessment.deadlines or assessment.waits),
        "place": bool(assessment.local),
        "tests": bool(assessment.tests),
        "keep": bool(kept(assessment).texts),
        "claims": bool(assessment.claims),
        "decided": bool(closest),
        "facts": bool(assessment.case.answers or assessment.case.story or assessment.case.notes),
        "cautions": bool(assessment.rulebook.about.cautions),
    }


def _first(page: Page, assessment: Assessment, audience: Audience, days: Days, anchors: Mapping[str, str]) -> None:
    """The page that a family reads: what can be tried, what is urgent, what to keep safe, what to be careful of."""
    page.heading(2, "What can be tried", anchor="first")
    _standings(page, assessment, anchors)
    urgent, keep = assessment.urgent_steps, kept(assessment).certain
    if urgent or keep or any(one.last_safe for one in assessment.deadlines):
        page.heading(2, "What is urgent", anchor="urgent")
    for result, step in urgent:
        page.item(step.text, step.sources, label=f"Today: {result.avenue.short}", tone="warning")
    if keep:
        page.para("", label="Keep safe")
    for remark in keep[:MOST_TO_KEEP]:
        page.item(remark.text, remark.sources, depth=1)
    urgent_limits(page, assessment, days, audience.sections["limits"])
    cautions = page.rulebook.about.cautions
    if cautions:
        page.heading(2, "Be careful", anchor="careful")
        _cautions(page)


def _standings(page: Page, assessment: Assessment, anchors: Mapping[str, str]) -> None:
    """The ways that the one who asks can start; then by name those of others, and those that are closed."""
    ways = ways_left(assessment)
    if ways.mine:
        page.table(
            ("Ways that you can start", "On these answers", "Track record"),
            [
                (one.avenue.short, upper(words.standing_words(one)), upper(one.avenue.track_record.scale))
                for one in ways.mine
            ],
            [one.standing.value for one in ways.mine],
            [anchors[one.avenue.id] for one in ways.mine],
            (2.2, 1.8, 1.2),
        )
    _named(
        page,
        "You can start these too, if they apply here; that is not known yet",
        ways.mine_perhaps,
    )
    parts = []
    for stands in dict.fromkeys(map(words.standing_words, ways.of_others)):
        shorts = "; ".join(one.avenue.short for one in ways.of_others if words.standing_words(one) == stands)
        parts.append(f"{upper(stands)}: {shorts}.")
    if parts:
        page.para(" ".join(parts), label="Others have to start these")
    for standing in NO_WAY:
        several = [one for one in assessment.avenues if one.standing is standing]
        _named(page, upper(words.STANDING[standing]), several)
    page.para(words.OPEN_IS_NOT_LIKELY)


def _named(page: Page, label: str, several: Sequence[AvenueResult]) -> None:
    if several:
        page.para("; ".join(one.avenue.short for one in several) + ".", label=label)


def _overview(page: Page, assessment: Assessment, days: Days, anchors: Mapping[str, str]) -> None:
    starts = page.rulebook.about.starts_with
    shown = [result for result in assessment.avenues if result.standing is not Standing.NOT_APPLICABLE]
    page.table(
        ("Avenue", "On these answers", "Because, or still to become", "Who starts it; track record"),
        [
            (
                result.avenue.short,
                upper(words.standing_words(result)),
                hinge(result),
                f"{upper(starts[result.avenue.starts_with].rstrip('.'))}; {result.avenue.track_record.scale}",
            )
            for result in shown
        ],
        [result.standing.value for result in shown],
        [anchors[result.avenue.id] for result in shown],
        (2.15, 1.55, 3.1, 1.85),
    )
    absent = [result for result in assessment.avenues if result not in shown]
    _named(page, upper(words.STANDING[Standing.NOT_APPLICABLE]), absent)
    next_days(page, assessment, days)
    page.para(words.OPEN_IS_NOT_LIKELY)


def _cautions(page: Page) -> None:
    for caution in page.rulebook.about.cautions:
        page.item(caution.text, caution.sources)


def _removed_words(removed: Removed) -> str:
    parts = ", ".join(_counted(removed))
    return (
        f"{upper(parts)}. Days are told to the month. The answers themselves are left as they are, such as the state, "
        "the agency and what happened: whoever knows of the event may still recognize it."
    )


def _counted(removed: Removed) -> Iterator[str]:
    yield "the title" + (" and the story" if removed.story else "")
    for number, one in (
        (removed.names, "name of somebody who said something"),
        (removed.remarks, "remark beside an answer"),
        (removed.notes, "note"),
        (removed.sources, "source of an answer"),
    ):
        if number:
            head, _, tail = one.partition(" ")
            yield f"{number} {head}{'s' if number > 1 else ''}{f' {tail}' if tail else ''}"
