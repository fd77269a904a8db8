"""The page for what a case file holds: the answers, who said so, the notes, and what came from elsewhere."""

from __future__ import annotations

from pathways.case import Case
from pathways.render.page import Page
from pathways.render.result import answer_item
from pathways.render.words import count
from pathways.rulebook import Rulebook


def case_page(rulebook: Rulebook, case: Case, still_open: int) -> Page:
    """Everything in a case file, in the order of the story; ``still_open`` is how many questions are not answered."""
    page = Page(rulebook)
    page.heading(1, case.title)
    if case.story:
        page.para(case.story)
        page.space()
    page.para(case.file, label="File")
    page.para(case.saved_with or "not said", label="Saved with the rules")
    if case.as_of:
        page.para(case.as_of, label="Assessed as of")
    if case.about:
        page.para("; ".join(rulebook.avenues[name].short for name in case.about), label="Only about")
    if case.based_on:
        page.para(f"{case.based_on} ({count(len(case.inherited), 'answer')} from there)", label="Based on")
    questions = f"{count(still_open, 'question')} can still change something"
    page.para(f"{count(len(case.answers), 'answer')}; {questions}.", label="So far")
    _answers(page, case)
    if case.set_aside:
        page.heading(2, "Set aside: answers to questions that are not asked any more")
        for name, text in case.set_aside.items():
            page.item(text, label=name)
    page.list_sources()
    return page


def _answers(page: Page, case: Case) -> None:
    for topic in page.rulebook.topics.values():
        answered = [name for name in topic.facts if name in case.answers]
        noted = [name for name in topic.facts if name in case.notes and name not in case.answers]
        if not answered and not noted:
            continue
        page.heading(2, topic.title)
        for name in answered:
            answer_item(page, page.rulebook.facts[name], case.answers[name], case.notes.get(name, ""))
            if name in case.inherited:
                page.para(f"From {case.based_on}.", depth=1, tone="quiet")
        for name in noted:
            page.item("not answered.", label=page.rulebook.facts[name].label)
            page.para(case.notes[name], label="Note", depth=1)
