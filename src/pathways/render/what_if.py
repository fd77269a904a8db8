"""What would change a case, and how cases differ: pages and data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathways.assessment import Assessment, Standing
from pathways.assessment.reasons import answer_words
from pathways.assessment.unread import unread_reason
from pathways.explanation.differences import Difference, differences, standings
from pathways.explanation.sensitivity import Weight
from pathways.explanation.sidebyside import Change
from pathways.explanation.whynot import Way, WhyNot
from pathways.record import replaced
from pathways.render.page import Page
from pathways.render.words import OPEN_IS_NOT_LIKELY, STANDING, count, upper
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import stretch_words

NOT_WHAT_TO_SAY = (
    "This shows what the result hangs on, not what to say: an answer has to be what happened, and what can be shown."
)
_RANKS = {3: "Could then be tried", 2: "A court would then have to decide", 1: "Would then not be closed any more"}
_OUTCOMES = {
    "running": "has not run out",
    "passed": "has run out",
    "unsettled": "is not settled",
    "waiting": "is not over",
    "over": "is over",
}
_KINDS = {
    "standing": "How the avenues stand",
    "element": "What has to hold",
    "hurdle": "Hurdles",
    "deadline": "Time limits",
}
_VALUES = {
    "element": {"yes": "holds", "no": "does not hold", "unknown": "not known"},
    "hurdle": {"yes": "arises", "no": "does not arise", "unknown": "not known"},
    "deadline": {"not_started": "not started", "unsettled": "not settled"},
}
#: So many ways are shown of each kind, and so many answers are named, before "and more".
MOST_WAYS = 12
MOST_ANSWERS = 6


# -- why not ---------------------------------------------------------------------------------------


def why_not_page(assessment: Assessment, found: WhyNot, everything: bool) -> Page:
    """The smallest sets of other answers after which an avenue stands better."""
    avenue = found.avenue
    page = Page(assessment.rulebook)
    page.heading(1, f"What would change it: {avenue.title}")
    now = " or ".join(STANDING[standing] for standing in found.could_become)
    page.para(f"Now: {upper(now)}.", avenue.sources)
    page.para(f"{assessment.case.title}, as of {assessment.as_of}.", tone="quiet")
    page.para(NOT_WHAT_TO_SAY)
    if found.could_become == (Standing.OPEN,):
        page.para(f"It can be tried already: no change is needed. {OPEN_IS_NOT_LIKELY}")
    elif not found.ways:
        _no_way(page, found)
    by_evidence = [way for way in found.ways if not way.fixed]
    fixed = [way for way in found.ways if way.fixed]
    settled = {name for way in fixed for name in _fixed_facts(assessment, way)}
    dated = [way for way in fixed if everything or not _fixed_facts(assessment, way)]
    for rank, title in _RANKS.items():
        _ways(page, assessment, title, [way for way in by_evidence if way.rank == rank], everything)
    if found.ways and not by_evidence:
        page.para("No change of what evidence can show does it, at least not of up to three answers.")
    others = "what is settled" if everything and settled else "dates"
    _ways(page, assessment, f"Only if {others} were otherwise, which no evidence changes", dated, everything)
    if len(dated) < len(fixed):
        labels = "; ".join(fact.label for name, fact in assessment.rulebook.facts.items() if name in settled)
        page.para(
            f"{count(len(fixed) - len(dated), 'more set asks', 'more sets ask')} for an answer that cannot become "
            f"another: {labels}. --all shows them.",
            tone="quiet",
        )
    for result in assessment.avenues:
        for cell in result.unread if result.avenue.id == avenue.id else ():
            reason = unread_reason(cell, settles=False)
            page.para(f"{reason.text} No answer changes that.", reason.sources)
    if found.by_law and found.ways:
        _by_law(page, found)
    if any(Standing.OPEN in way.could_become for way in found.ways):
        page.para(OPEN_IS_NOT_LIKELY)
    if found.tried:
        page.para(
            f"All {found.tried:,} sets of up to three other answers were tried. A set is listed if no part of it does "
            "as much. What is not answered was left open in each.",
            tone="quiet",
        )
    page.list_sources()
    return page


def _fixed_facts(assessment: Assessment, way: Way) -> list[str]:
    """What a way asks to be otherwise that the rules call fixed."""
    facts = assessment.rulebook.facts
    return [one.fact for one in way.changes if one.fixed and one.fact in facts and facts[one.fact].fixed]


def _no_way(page: Page, found: WhyNot) -> None:
    if found.by_law:
        _by_law(page, found)
    else:
        page.para(
            "No change of up to three answers does it. More together would: "
            + " or ".join(STANDING[standing] for standing in found.at_best)
            + " are all possible if nothing were answered."
        )


def _by_law(page: Page, found: WhyNot) -> None:
    best = "no other answer does" if Standing.CONTESTED not in found.at_best else "at best a court must decide"
    page.heading(2, "What the law itself puts in the way")
    page.para(f"No change of facts opens this: {best}. Whatever the answers, this stays:")
    parts = {f"{kind}:{part.id}": part for kind, part in _parts(found)}
    for key in found.by_law:
        part = parts[key]
        page.item(f"{part.title}. {getattr(part, 'explains', '') or getattr(part, 'text', '')}".strip(), part.sources)


def _parts(found: WhyNot) -> Iterable[tuple[str, Any]]:
    avenue = found.avenue
    yield from (("element", part) for part in avenue.requires)
    yield from (("hurdle", part) for part in avenue.hurdles)
    yield from (("deadline", part) for part in avenue.deadlines)


def _ways(page: Page, assessment: Assessment, title: str, ways: Sequence[Way], everything: bool) -> None:
    if not ways:
        return
    page.heading(2, title)
    for way in ways if everything else ways[:MOST_WAYS]:
        lines = [_change(assessment, change) for change in way.changes]
        if len(lines) == 1:
            page.item(lines[0])
        else:
            page.item("together:")
            for line in lines:
                page.item(line, depth=1)
    if not everything and len(ways) > MOST_WAYS:
        page.item(f"and {len(ways) - MOST_WAYS} more: --all shows them")


def _change(assessment: Assessment, change: Change) -> str:
    rulebook = assessment.rulebook
    clock = rulebook.clocks.get(change.fact)
    if clock is not None:
        avenue, _, part = change.fact.partition("/")
        title = rulebook.avenues[avenue].titles[part]
        return f"{title}: if it {' or '.join(_OUTCOMES[one] for one in change.options)}"
    fact = rulebook.facts[change.fact]
    given = assessment.case.answers.get(fact.id)
    now = answer_words(fact, replaced(given, said=()) if given else None)
    if fact.kind == "date":
        return f"{fact.label}: {stretch_words(change.options)} (now: {now})"
    return f"{fact.label}: {_listed([fact.label_of(option) for option in change.options])} (now: {now})"


def _listed(names: Sequence[str]) -> str:
    shown = names[:MOST_ANSWERS]
    more = [f"{len(names) - MOST_ANSWERS} more"] if len(names) > MOST_ANSWERS else []
    return " or ".join([*shown, *more])


def why_not_data(found: WhyNot) -> dict[str, Any]:
    """The same as data."""
    return {
        "avenue": found.avenue.id,
        "becomes": list(found.could_become),
        "at_best": list(found.at_best),
        "by_law": list(found.by_law),
        "tried": found.tried,
        "ways": [
            {
                "becomes": list(way.could_become),
                "by_evidence": not way.fixed,
                "changes": [
                    {"name": change.fact, "options": list(change.options), "against_an_answer": change.against}
                    for change in way.changes
                ],
            }
            for way in found.ways
        ],
    }


# -- what if, compare ------------------------------------------------------------------------------


def what_if_page(before: Assessment, after: Assessment, changes: Sequence[str]) -> Page:
    """What differs after some answers (or the day, or the rules) are changed."""
    page = Page(after.rulebook)
    page.heading(1, f"What if: {before.case.title}")
    for change in changes:
        page.item(change)
    page.para(NOT_WHAT_TO_SAY)
    found = differences([before, after])
    if not found:
        page.para("Nothing that is shown changes.")
    for kind, title in _KINDS.items():
        _table(
            page, title, [one for one in found if one.kind == kind], ["Now", "Then"], before.rulebook, after.rulebook
        )
    if any(Standing.OPEN.value in value for one in found if one.kind == "standing" for value in one.values):
        page.para(OPEN_IS_NOT_LIKELY)
    return page


def compare_page(assessments: Sequence[Assessment]) -> Page:
    """Several cases side by side: how every avenue stands, and the time limits and answers that differ."""
    rulebook = assessments[0].rulebook
    page = Page(rulebook)
    page.heading(1, "Cases side by side")
    names = [f"Case {number}" for number in range(1, len(assessments) + 1)]
    for name, assessment in zip(names, assessments, strict=True):
        page.item(f"{assessment.case.title}, as of {assessment.as_of}", label=name)
    rulebooks = [assessment.rulebook for assessment in assessments]
    shown = [replaced(one, values=tuple(value[:1] for value in one.values)) for one in standings(assessments)]
    _table(page, _KINDS["standing"], shown, names, *rulebooks)
    deadlines = [one for one in differences(assessments) if one.kind == "deadline"]
    _table(page, "Time limits that differ", deadlines, names, *rulebooks)
    rows = [
        [fact.label, *(answer_words(fact, given) for given in answers)]
        for fact in (rulebook.facts[name] for name in rulebook.story_order)
        if len(set(answers := [one.case.answers.get(fact.id) for one in assessments])) > 1
    ]
    if rows:
        page.heading(2, "Answers that differ")
        page.table(["", *names], rows)
    page.para(OPEN_IS_NOT_LIKELY)
    return page


def _table(page: Page, title: str, found: Sequence[Difference], columns: Sequence[str], *rulebooks: Rulebook) -> None:
    if not found:
        return
    page.heading(2, title)
    rows = []
    for one in found:
        avenue = next((book.avenues[one.avenue].short for book in rulebooks if one.avenue in book.avenues), one.avenue)
        named = one.title if one.kind == "standing" else f"{avenue}: {one.title}"
        # Beside each other, what an avenue can still become is told only where that is the difference.
        same = one.kind == "standing" and len({value[:1] for value in one.values}) == 1
        values = one.values if same or one.kind != "standing" else [value[:1] for value in one.values]
        rows.append([named, *(_value(one.kind, value) for value in values)])
    page.table(["", *columns], rows)


def _value(kind: str, value: tuple[str, ...]) -> str:
    if not value:
        return "not shown"
    if kind == "standing":
        first, *rest = value
        could = f" (could become: {', '.join(STANDING[one] for one in rest)})" if rest else ""
        return f"{STANDING[first]}{could}"
    words = _VALUES[kind]
    first = words.get(value[0], value[0])
    if kind == "deadline" and len(value) > 1:
        limit = f", outer limit {value[2]}" if len(value) > 2 else ""
        return f"{first}; last safe day {value[1]}{limit}"
    return "; ".join([first, *value[1:]])


def differences_data(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Differences as data; one entry of ``values`` for each assessment."""
    return [
        {
            "kind": one.kind,
            "avenue": one.avenue,
            **({"id": one.id} if one.id else {}),
            "title": one.title,
            "values": [list(value) for value in one.values],
        }
        for one in found
    ]


# -- sensitivity -----------------------------------------------------------------------------------


def sensitivity_page(assessment: Assessment, weights: Sequence[Weight], everything: bool) -> Page:
    """The open and disputed questions by what hangs on them."""
    page = Page(assessment.rulebook)
    page.heading(1, "What matters most")
    page.para(f"{assessment.case.title}, as of {assessment.as_of}.", tone="quiet")
    page.para(
        "The questions that are open or disputed, first those whose answers would settle most avenues. What is not "
        f"listed changes no standing by itself. {NOT_WHAT_TO_SAY}"
    )
    if not weights:
        page.para("No single answer to an open or disputed question changes how an avenue stands.")
    shorts = {result.avenue.id: result.avenue.short for result in assessment.avenues}
    for weight in weights if everything else weights[:MOST_WAYS]:
        given = assessment.case.answers.get(weight.fact.id)
        avenues = count(len(weight.avenues), "avenue")
        page.item(
            f"{answer_words(weight.fact, given)}. {upper(avenues)} can change; "
            f"an answer settles {weight.settled:.1f} on average.",
            label=weight.fact.label,
        )
        for outcome in weight.outcomes:
            by_standing: dict[tuple[Standing, ...], list[str]] = {}
            for avenue, could_become in outcome.becomes:
                by_standing.setdefault(could_become, []).append(shorts[avenue])
            said = "; ".join(
                f"{' or '.join(STANDING[one] for one in could_become)}: {', '.join(names)}"
                for could_become, names in by_standing.items()
            )
            page.item(f"{said}.", label=_listed(outcome.answers), depth=1)
    if not everything and len(weights) > MOST_WAYS:
        page.item(f"and {len(weights) - MOST_WAYS} more: --all shows them")
    page.para(OPEN_IS_NOT_LIKELY, tone="quiet")
    return page


def sensitivity_data(weights: Iterable[Weight]) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            "fact": weight.fact.id,
            "settled": round(weight.settled, 3),
            "narrowed": round(weight.narrowed, 3),
            "outcomes": [
                {
                    "answers": list(outcome.answers),
                    "becomes": {avenue: list(found) for avenue, found in outcome.becomes},
                }
                for outcome in weight.outcomes
            ],
        }
        for weight in weights
    ]
