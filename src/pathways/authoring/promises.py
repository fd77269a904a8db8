"""Whether the avenues of a rulebook keep what they promise: proved, or shown to be broken by a case that can be run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.assessment import assess
from pathways.authoring.asked import Asked
from pathways.authoring.examples import real_case
from pathways.case import Case
from pathways.case.model import Expectation
from pathways.case.write import case_text
from pathways.diagnostics import Place, Problem
from pathways.logic import value_word
from pathways.logic.possible import TooWideError
from pathways.record import record, replaced
from pathways.rulebook import Rulebook
from pathways.rulebook.check import walk
from pathways.rulebook.model import Avenue
from pathways.rulebook.promise import Promise

NOWHERE = Place("rules")


@record
class Broken:
    """A promise that is not kept or could not be proved, and the case that breaks it, where one was found."""

    problem: Problem
    avenue: str = ""
    promise: str = ""
    case: Case | None = None


def broken_promises(rulebook: Rulebook) -> list[Broken]:
    """Every promise of a rulebook that is not proved."""
    asked = Asked(rulebook)
    breaches = [
        (avenue, promise, asked.breaches(avenue, promise))
        for avenue in rulebook.avenues.values()
        for promise in avenue.promises
    ]
    found = (_broken(asked, *one) for one in breaches)
    return [one for one in found if one]


def _broken(asked: Asked, avenue: Avenue, promise: Promise, breaches: tuple[tuple[int, bool], ...]) -> Broken | None:
    place = promise.place or NOWHERE
    named = f"promise `{promise.id}` of avenue `{avenue.id}`"
    try:
        broken = [(breach, yes) for breach, yes in breaches if asked.possible.find(breach, yes=yes) is not None]
    except TooWideError:
        return Broken(
            Problem(
                "unproved-promise",
                f"{named} is too wide to be proved",
                place,
                "warning",
                help="give it a narrower `when:`, or fewer words about evidence",
                law=avenue.title,
            )
        )
    if not broken:
        return None
    for breach, must_be_yes in broken:
        title = f"Breaks {avenue.id}/{promise.id}"
        # A plain yes says more than a dispute; where there is none, a dispute breaks it too.
        for yes in (True,) if must_be_yes else (True, False):
            case = real_case(asked, title, breach, yes=yes)
            if case is not None:
                return _shown(asked.rulebook, avenue, promise, replaced(case, about=(avenue.id,)))
    return Broken(
        Problem(
            "unproved-promise",
            f"{named} is not proved, and no case was found that breaks it",
            place,
            "warning",
            help="what would break it takes for granted how a time limit comes out, or a cell that is empty",
            law=avenue.title,
        )
    )


def _shown(rulebook: Rulebook, avenue: Avenue, promise: Promise, case: Case) -> Broken:
    case = replaced(
        case, story=f"Against the promise: {promise.text}", expect=_expected(rulebook, avenue, promise, case)
    )
    problem = Problem(
        "broken-promise",
        f"promise `{promise.id}` of avenue `{avenue.id}` is not kept: {promise.text}",
        promise.place or NOWHERE,
        help="save the case below as a file and `pathways run` it; then mend the rules, or the promise",
        law=avenue.title,
        case=case_text(case),
    )
    return Broken(problem, avenue.id, promise.id, case)


def _expected(rulebook: Rulebook, avenue: Avenue, promise: Promise, case: Case) -> tuple[Expectation, ...]:
    """What the case comes to, of all that the promise speaks of."""
    result = assess(rulebook, case)
    stands = result.avenues[0]
    found: dict[tuple[str, ...], str] = {("avenues", avenue.id, "standing"): str(stands.standing)}
    arises: Mapping[str, int] = {one.id: one.values for one in stands.hurdles}
    for name in promise.together:
        found["avenues", avenue.id, "hurdles", name] = value_word(arises[name])
    found.update({("findings", name): value_word(result.findings[name]) for name in _findings(promise)})
    return tuple(Expectation(path, expected) for path, expected in found.items())


def _findings(promise: Promise) -> Iterator[str]:
    for condition in promise.conditions:
        yield from (part.name for part in walk(condition) if part.op == "finding")
