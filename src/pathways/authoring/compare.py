"""What changes between two rulebooks: in meaning, in the cases that are run against both, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pathways.assessment import Assessment, assess
from pathways.authoring.listing import Listing, Part, listing
from pathways.authoring.matching import Matching
from pathways.authoring.meaning import Difference, differences
from pathways.authoring.merged import Merged, Question
from pathways.case import read_case
from pathways.diagnostics import RefusedError
from pathways.record import record
from pathways.rulebook import Rulebook


@record
class Stands:
    """How an avenue (by its new name) stands in a case: before and now; empty where it is not there."""

    avenue: str
    old: str
    new: str


@record
class CaseChange:
    """A case that comes out otherwise, or that only one of the rulebooks can read.

    ``refused`` says which cannot, ``old`` or ``new``, and what is wrong first.
    """

    file: str
    title: str
    stands: tuple[Stands, ...] = ()
    refused: str = ""
    problem: str = ""


@record
class Changes:
    """Everything that changes from an old rulebook to a new one.

    ``questions`` say what the variables in the patterns of ``differences`` are. ``cases`` are those that change, of the
    ``cases_run`` that one of the two can read, and those that neither can.
    """

    old: Rulebook
    new: Rulebook
    renamed: tuple[tuple[str, str, str], ...]
    differences: tuple[Difference, ...]
    questions: dict[str, Question]
    listing: Listing
    cases: tuple[CaseChange, ...]
    cases_run: int

    @property
    def avenues(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The avenues that were added and removed."""
        added, removed = (
            tuple(part for part in parts if part.kind == "avenue")
            for parts in (self.listing.added, self.listing.removed)
        )
        return added, removed

    @property
    def same_meaning(self) -> bool:
        """Whether every avenue is there in both and stands the same on all answers that both know."""
        return not (self.differences or any(self.avenues) or self.listing.counted)


def changes(old: Rulebook, new: Rulebook, cases: Iterable[tuple[Path, str]], as_of: str) -> Changes:
    """What changes; ``cases`` are files with the names to show. ``as_of`` is for those that name no day."""
    matching = Matching(old, new)
    merged = Merged(matching)
    found = [_case(path, shown, matching, as_of) for path, shown in cases]
    renamed = [
        (what, name, mine)
        for what, names in (("fact", matching.facts), ("avenue", matching.avenues))
        for name, mine in names.items()
        if name != mine
    ]
    renamed += [
        ("answer", f"{matching.facts[fact]}: {name}", mine)
        for fact in old.facts
        for name, mine in matching.answers(fact).items()
        if name != mine
    ]
    return Changes(
        old,
        new,
        tuple(renamed),
        tuple(differences(merged)),
        merged.questions,
        listing(matching),
        tuple(one for one in found if one.stands or one.refused),
        sum(one.refused != "both" for one in found),
    )


def _case(path: Path, shown: str, matching: Matching, as_of: str) -> CaseChange:
    """How a case stands before and now."""
    results: list[Assessment] = []
    refused: list[tuple[str, str]] = []
    for which, rulebook in (("old", matching.old), ("new", matching.new)):
        try:
            case = read_case(path, rulebook, shown)
            results.append(assess(rulebook, case, case.as_of or as_of))
        except RefusedError as error:
            refused.append((which, error.problems[0].message))
    if len(refused) == 1:
        title = results[0].case.title
        return CaseChange(shown, title, (), *refused[0])
    if refused:
        return CaseChange(shown, "", (), "both", refused[0][1])
    # What is new or gone as a whole is said once, and not of every case.
    both = {name for name in matching.avenues.values() if name in matching.new.avenues}
    before = {matching.avenues[one.avenue.id]: str(one.standing) for one in results[0].avenues}
    now = {one.avenue.id: str(one.standing) for one in results[1].avenues}
    stands = [
        Stands(name, before.get(name, ""), now.get(name, ""))
        for name in {**before, **now}
        if name in both and before.get(name) != now.get(name)
    ]
    return CaseChange(shown, results[1].case.title, tuple(stands))
