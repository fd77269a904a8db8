"""What stands on every page: not legal advice, the date of the law, what is not modelled."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.render.page import Page
from pathways.render.words import first_sentence, old_law

#: What is said before the list of what the rules do not hold.
NOT_HELD = "Law that these rules do not hold yet. It may open or close a way that is shown here otherwise."


def notices(page: Page, as_of: str = "") -> None:
    """Not legal advice, the date of the law, who has reviewed it; before all that, that the law is old."""
    about = page.rulebook.about
    if old := old_law(page.rulebook, as_of):
        page.para(old, tone="warning")
    page.para(about.notice, tone="warning")
    day = f"Assessed as of {as_of}. " if as_of else ""
    reviewed = "" if about.reviewed_by_lawyer else " No lawyer has reviewed these rules yet."
    page.para(
        f"{day}The law as of {about.law_as_of}, from the rules {about.id} {about.version}.{reviewed}", tone="quiet"
    )


def not_modelled(page: Page, avenues: Iterable[str] | None = None, full: bool = False) -> None:
    """What the rules do not hold yet, of what touches ``avenues``; in full, or each in its first sentence."""
    page.heading(2, "Not modelled yet")
    before = len(page.blocks)
    not_modelled_items(page, avenues, full)
    if len(page.blocks) == before:
        page.blocks.pop()


def not_modelled_items(page: Page, avenues: Iterable[str] | None = None, full: bool = False) -> None:
    """The same without its heading."""
    wanted = None if avenues is None else set(avenues)
    items = [
        item
        for item in page.rulebook.about.not_modelled
        if wanted is None or not item.about or wanted & set(item.about)
    ]
    if not items:
        return
    page.para(NOT_HELD, tone="warning")
    if full:
        for item in items:
            page.item(item.text)
    else:
        page.para(" · ".join(first_sentence(item.text).rstrip(".") for item in items) + ".")
