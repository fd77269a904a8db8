"""A case without what tells who it is about: for a report that others are to see."""

from __future__ import annotations

from pathways.case.model import Case, Given, Said
from pathways.record import record, replaced

UNNAMED = "Case, name removed"
SOMEBODY = "[name removed]"


@record
class Removed:
    """How much was taken out of a case: names of who said something, remarks beside answers, notes, sources."""

    names: int
    remarks: int
    notes: int
    sources: int
    story: bool


def redacted_case(case: Case) -> tuple[Case, Removed]:
    """The case with the same answers and no title, story, names, remarks, notes and sources; and what was removed.

    Days stay as they are: the result is computed from them. Whoever shows it must not show them.
    """
    said = [side for given in case.answers.values() for side in given.said]
    removed = Removed(
        names=len({side.by for side in said} - {""}),
        remarks=sum(bool(side.note) for side in said),
        notes=len(case.notes),
        sources=len({source for side in said for source in side.sources}),
        story=bool(case.story),
    )
    answers = {name: _unnamed(given) for name, given in case.answers.items()}
    bare = replaced(case, title=UNNAMED, file="", story="", answers=answers, notes={}, set_aside={}, based_on="")
    return replaced(bare, decided=None, expect=()), removed


def _unnamed(given: Given) -> Given:
    sides = tuple(Said(side.answer, SOMEBODY if side.by else "") for side in given.said)
    return Given(given.kind, given.options, sides)
