"""A filled letter on a page: the draft between two marks, and below it what to read before it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.letters import FilledLetter
from pathways.letters.fill import CHECK, FILL_IN, MARKS, NOT_KNOWN
from pathways.render.docx import Draft
from pathways.render.notices import notices
from pathways.render.page import Page
from pathways.render.words import upper
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Remark

TOP = "DRAFT. Not sent, and not legal advice. Fill in what is marked, and let a lawyer read it first."
BOTTOM = "END OF THE DRAFT. What stands below is for you, and no part of the letter."
NOT_OF_USE = "On these answers this letter does not seem to fit the case. Ask a lawyer before you use it."
AFTER = "Before you send this"
DRAFT = Draft(TOP, AFTER, rf"\[(?:{'|'.join(MARKS)})[^\[\]]*\]")


def letter_page(rulebook: Rulebook, filled: FilledLetter) -> Page:
    """The draft, then what to read before it is sent."""
    page = Page(rulebook)
    page.heading(1, filled.letter.title)
    page.para(TOP, tone="warning")
    if not filled.of_use:
        page.para(NOT_OF_USE, tone="warning")
    page.space()
    _draft(page, filled)
    page.space()
    page.para(BOTTOM, tone="warning")
    _before_sending(page, filled)
    return page


def _draft(page: Page, filled: FilledLetter) -> None:
    _lines(page, filled.sender)
    page.para(f"[{FILL_IN}: the date]")
    page.space()
    _lines(page, filled.to)
    page.para(filled.subject, label="Re")
    for passage in filled.passages:
        if filled.letter.headings:
            page.heading(3, passage.title)
        else:
            page.space()
        page.para(passage.text)
        for item in passage.items:
            page.item(item)
        for label, note in passage.notes:
            page.item(note, label=f"Your note on “{label}”")


def _lines(page: Page, lines: Iterable[str]) -> None:
    for line in lines:
        page.para(line)
    page.space()


def _before_sending(page: Page, filled: FilledLetter) -> None:
    page.heading(2, AFTER)
    notices(page, filled.as_of)
    if not filled.letter.reviewed_by_lawyer:
        page.para("No lawyer has reviewed this letter.", tone="warning")
    page.space()
    page.para("", label="Take care")
    for remark in sorted(filled.before_sending, key=lambda remark: not remark.urgent):
        _remark(page, filled, remark)
    page.para("", label="What the law asks of it")
    for remark in filled.needs:
        _remark(page, filled, remark)
    if any(passage.sources for passage in filled.passages):
        page.para("", label="Where its parts come from")
        for passage in filled.passages:
            if passage.sources:
                page.item(passage.title, passage.sources, depth=1)
    _left(page, "Still to fill in", f"marked {FILL_IN}", ("the date", *filled.blanks))
    _left(page, "Asked, and not known yet", f"marked {NOT_KNOWN}", filled.not_known)
    _left(page, "Disputed, and said so in the letter", "take out what need not be said", filled.disputed)
    page.para(
        f"Parts marked {CHECK} apply only in some cases: keep them or take them out, and take out every mark.",
        tone="quiet",
    )
    page.list_sources()


def _remark(page: Page, filled: FilledLetter, remark: Remark) -> None:
    doubt = " (It is not settled on these answers whether this applies.)" if remark.id in filled.unsure else ""
    tone = "warning" if remark.urgent else ""
    page.item(f"{remark.text}{doubt}", remark.sources, label=remark.title, depth=1, tone=tone)  # type: ignore[arg-type]


def _left(page: Page, label: str, how: str, names: Iterable[str]) -> None:
    """What is left open, if there is anything."""
    listed = list(names)
    if listed:
        page.para(f"{'; '.join(listed)}.", label=f"{label} ({how})")


def letters_page(rulebook: Rulebook) -> Page:
    """Which letters there are, and for what."""
    page = Page(rulebook)
    page.heading(1, "Letters")
    notices(page)
    page.para(
        "Each is a draft with blanks, filled from your case where you have answered: "
        "pathways letter NAME my-case.yaml. Nothing is sent."
    )
    page.space()
    for letter in rulebook.letters.values():
        page.item(letter.title, label=letter.id)
        page.para(letter.purpose, depth=1)
        served = "; ".join(rulebook.avenues[name].short for name in letter.about)
        page.para(f"{upper(served)}.", label="Serves", depth=1)
    if not rulebook.letters:
        page.para("These rules hold no letters.")
    return page
