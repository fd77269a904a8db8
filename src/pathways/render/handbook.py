"""Pages about the rulebook itself: what each avenue is, what is said in public, what the sources say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pathways.render import words
from pathways.render.avenue import avenue_facts
from pathways.render.conditions import condition_words
from pathways.render.notices import not_modelled, not_modelled_items, notices
from pathways.render.page import Page, split_work
from pathways.render.words import upper
from pathways.rulebook import Rulebook
from pathways.rulebook.model import AUTHORITY_KINDS, WEIGHING, Avenue, Claim, Condition, Hurdle, Leaning, Remark
from pathways.rulebook.references import resolve


def summary_page(rulebook: Rulebook, avenues: Sequence[Avenue], whole: bool) -> Page:
    """What each avenue is; all of them in short, or the chosen ones in full (``whole``)."""
    page = Page(rulebook)
    page.heading(1, rulebook.about.title)
    notices(page)
    if not whole:
        page.space()
        page.para("One of them in full: pathways summary AVENUE. Names are given in parentheses.", tone="quiet")
    for avenue in avenues:
        page.heading(2, f"{avenue.title} ({avenue.id})")
        page.para(avenue.what, avenue.sources)
        avenue_facts(page, avenue)
        if whole:
            _avenue_in_full(page, avenue)
        else:
            _avenue_in_short(page, avenue)
    not_modelled(page, [avenue.id for avenue in avenues], full=True)
    if whole:
        page.list_sources()
    return page


def handbook_page(rulebook: Rulebook, avenues: Sequence[Avenue]) -> Page:
    """The map of the avenues as a book: each in full, what is not modelled, an index of authorities, the sources."""
    page = Page(rulebook)
    page.heading(1, rulebook.about.title)
    notices(page)
    for number, avenue in enumerate(avenues, 1):
        page.heading(2, f"{number}. {avenue.title}", anchor=f"part-{number}", short=f"{number}. {avenue.short}")
        page.para(avenue.what, avenue.sources)
        avenue_facts(page, avenue)
        _avenue_in_full(page, avenue)
    page.heading(2, "What these rules do not hold yet", anchor="not-modelled")
    not_modelled_items(page, [avenue.id for avenue in avenues], full=True)
    _index(page, avenues)
    page.list_sources(in_full=True)
    return page


def _index(page: Page, avenues: Sequence[Avenue]) -> None:
    """Every authority that an avenue rests on, by kind and name, with the places in it and the avenues' numbers."""
    found: dict[str, dict[str, list[int]]] = {}
    for number, avenue in enumerate(avenues, 1):
        for reference in dict.fromkeys(map(str, _references(avenue))):
            work, pinpoint = split_work(reference)
            if work in page.rulebook.authorities:
                numbers = found.setdefault(work, {}).setdefault(pinpoint, [])
                numbers.append(number)
    if not found:
        return
    page.heading(2, "Index of authorities", anchor="index")
    page.para("After each authority stand the numbers of the avenues that rest on it, by the place in it.")
    authorities = sorted((page.rulebook.authorities[work] for work in found), key=lambda one: _by_number(one.cite))
    for kind in AUTHORITY_KINDS:
        several = [authority for authority in authorities if authority.kind == kind]
        if several:
            page.para("", label={"constitution": "Constitution", "policy": "Policies"}.get(kind, f"{upper(kind)}s"))
        for authority in several:
            places = sorted(found[authority.id].items())
            text = "; ".join(f"{place} {', '.join(map(str, numbers))}".strip() for place, numbers in places)
            page.item(f"{text}.", label=authority.cite, depth=1)


def _by_number(cite: str) -> list[tuple[int, str]]:
    """A key that puts section 111 before section 1001, as a reader looks for them."""
    parts = re.split(r"([0-9]+)", cite.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts if part]


def _references(avenue: Avenue) -> Iterable[str]:
    """Every reference that an avenue makes."""
    yield from (*avenue.sources, *avenue.track_record.sources)
    for part in avenue.parts:
        yield from part.sources
    for hurdle in avenue.hurdles:
        for leaning in hurdle.leans:
            yield from leaning.sources


def _avenue_in_short(page: Page, avenue: Avenue) -> None:
    page.para("; ".join(element.title for element in avenue.requires) + ".", label="What must hold")
    for label, hurdles in _by_effect(avenue.hurdles):
        page.para("; ".join(hurdle.title for hurdle in hurdles) + ".", label=label)
    if avenue.deadlines:
        page.para("; ".join(deadline.title for deadline in avenue.deadlines) + ".", label="Time limits")


def _by_effect(hurdles: Iterable[Hurdle]) -> list[tuple[str, list[Hurdle]]]:
    labels = {
        "bars": "What closes it",
        "contests": "What a court must decide",
        "moves": "What moves it",
        "delays": "What delays it",
        "informs": "Good to know",
    }
    known = list(hurdles)
    return [(label, found) for effect, label in labels.items() if (found := [h for h in known if h.effect == effect])]


def _avenue_in_full(page: Page, avenue: Avenue) -> None:
    page.para("", label="What must hold")
    for element in avenue.requires:
        page.item(element.explains, element.sources, label=element.title, depth=1)
        _condition(page, element.when)
    for label, hurdles in _by_effect(avenue.hurdles):
        page.para("", label=label)
        for hurdle in hurdles:
            page.item(f"{hurdle.explains} ({words.GROUND[hurdle.ground]})", hurdle.sources, label=hurdle.title, depth=1)
            if hurdle.effect in WEIGHING:
                for leaning in hurdle.leans:
                    text = _leaning_words(page, leaning, alone=len(hurdle.leans) == 1)
                    page.para(text, leaning.sources, depth=2)
    if avenue.deadlines:
        page.para("", label="Time limits")
        for deadline in avenue.deadlines:
            page.item(deadline.text, deadline.sources, label=deadline.title, depth=1, tone="warning")
    page.para("", label="Stages")
    for number, stage in enumerate(avenue.stages, 1):
        page.item(
            stage.text or stage.title,
            stage.sources,
            bullet=f"{number}.",
            label=stage.title if stage.text else "",
            depth=1,
        )
    for label, remarks in (
        ("Not in the way", avenue.not_hurdles),
        ("Be careful", avenue.cautions),
        ("Steps", avenue.steps),
    ):
        _remarks(page, label, remarks)
    notes = [note for note in page.rulebook.notes.values() if avenue.id in note.about]
    if notes:
        page.para("", label="Background")
        for note in notes:
            page.item(note.text, note.sources, label=note.title, depth=1)


def _leaning_words(page: Page, leaning: Leaning, alone: bool) -> str:
    """When a leaning fits, which way it goes, and why."""
    when = condition_words(page.rulebook, leaning.when) if leaning.when else "" if alone else "Otherwise"
    lean = words.leans_words(page.rulebook, leaning.leans, leaning.sources)
    # A condition with a colon of its own is a sentence of its own.
    if when and ":" not in when:
        said = f"{upper(when)}: {lean}."
    else:
        said = f"{upper(when.rstrip('.') + '. ') if when else ''}{upper(lean)}."
    return f"{said} {leaning.because}".strip()


def _condition(page: Page, condition: Condition) -> None:
    """The test behind an element, when it is a finding of its own."""
    if condition.op == "finding":
        finding = page.rulebook.findings[condition.name]
        if finding.note:
            page.para(finding.note, finding.sources, depth=2)


def _remarks(page: Page, label: str, remarks: Iterable[Remark]) -> None:
    shown = list(remarks)
    if shown:
        page.para("", label=label)
        for remark in shown:
            page.item(remark.text, remark.sources, label=remark.title, depth=1)


def claims_page(rulebook: Rulebook, claims: Sequence[Claim]) -> Page:
    """What is said in public, by whom, and what the sources say of it."""
    page = Page(rulebook)
    page.heading(1, "Heard in public, and checked")
    notices(page)
    for claim in claims:
        page.heading(2, f"“{claim.title}” ({claim.id})")
        verdict = words.VERDICT[claim.verdict]
        page.para(f"{upper(verdict)}.", tone="warning")
        for speaker in claim.said_by:
            page.item(speaker.who + (f", {speaker.when}" if speaker.when else ""), speaker.sources, label="Said by")
        page.para(claim.answer, claim.sources)
    page.list_sources()
    return page


def sources_page(rulebook: Rulebook, references: Sequence[str], whole: bool) -> Page:
    """The sources and how each was checked; with ``whole`` also what each says."""
    page = Page(rulebook)
    page.heading(1, "Sources")
    notices(page)
    group = ""
    for reference in references:
        source = resolve(rulebook, reference)
        heading = (
            source.title
            if source.kind == "document"
            else {"constitution": "Constitution", "policy": "Policies"}.get(source.kind, f"{source.kind.capitalize()}s")
        )
        if heading != group:
            group = heading
            page.heading(2, heading)
            if source.kind == "document":
                page.para(source.note)
        if source.kind == "document":
            by = f"{source.said_by}: " if source.said_by else ""
            page.item(f"{by}{source.says}", label=f"{reference} ({source.cite.rpartition(', ')[2]})")
            if source.compare and whole:
                page.para(f"Compare: {source.compare} {' '.join(source.compare_sources)}", depth=1)
            continue
        page.item(f"{words.SEEN[source.seen]}, {source.checked}.", label=f"{source.cite} ({reference})")
        if whole:
            page.para(f"{source.title}. {source.says}", depth=1)
            page.para(source.seen_where, label="Checked", depth=1)
        for label, text in (
            ("History", source.history),
            ("Note", source.note if whole else ""),
            ("Link", source.link if whole else ""),
        ):
            if text:
                page.para(text, label=label, depth=1)
    return page
