"""Cases of the small rulebook on another subject, and random cases of any rulebook."""

from __future__ import annotations

from hypothesis import strategies as st

from pathways.assessment import Assessment, AvenueResult, HurdleResult, assess
from pathways.case import Case, Given, Said
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact
from tests.places import garden

UNKNOWN = Given("unknown")
DISPUTED = Given("disputed", ("yes", "no"))

#: Answers on which nothing is in the way of cutting the branches back.
ALL_CLEAR: dict[str, str | Given] = {
    "tree.kind": "fruit",
    "tree.over-fence": "yes",
    "tree.line-known": "yes",
    "tree.planted": "2000",
    "talk.asked": "yes",
    "talk.late": "no",
}


def case(answers: dict[str, str | Given] | None = None, **parts: tuple[str, ...]) -> Case:
    """A case with these answers; a plain text is a plain answer."""
    given = {
        name: answer if isinstance(answer, Given) else Given.known(answer) for name, answer in (answers or {}).items()
    }
    return Case("A garden", answers=given, **parts)  # type: ignore[arg-type]


def assessed(answers: dict[str, str | Given] | None = None, **parts: tuple[str, ...]) -> Assessment:
    """What the small rulebook makes of these answers."""
    return assess(garden(), case(answers, **parts), "2026-04-01")


def cutting(**changes: str | Given | None) -> AvenueResult:
    """How cutting the branches back stands when all is clear but for some changes; None takes an answer away.

    ``line_known="no"`` changes whichever answer ends so.
    """
    answers = dict(ALL_CLEAR)
    for short, answer in changes.items():
        (name,) = (fact for fact in garden().facts if fact.partition(".")[2] == short.replace("_", "-"))
        if answer is None:
            answers.pop(name, None)
        else:
            answers[name] = answer
    return avenue(assessed(answers), "cut-back")


def avenue(assessment: Assessment, name: str) -> AvenueResult:
    """One avenue of an assessment."""
    return next(result for result in assessment.avenues if result.avenue.id == name)


def hurdle(result: AvenueResult, name: str) -> HurdleResult:
    """One hurdle or deadline of an avenue."""
    return next(part for part in result.hurdles if part.id == name)


def days(fact: Fact) -> list[str]:
    """Days on each side of every cut that the rules make, and years and months across it."""
    return [
        "1900",
        "2031-01-01",
        *(part for cut in fact.cuts for part in (cut, cut[:7], cut[:4], f"{int(cut[:4]) - 1}-12-31")),
    ]


def answers(fact: Fact, settled: bool = False) -> st.SearchStrategy[Given]:
    """Any answer to a question; with ``settled``, one that leaves nothing to ask."""
    options = (
        ["yes", "no"]
        if fact.kind == "yes-no"
        else days(fact)
        if fact.kind == "date"
        else [option.id for option in fact.options]
    )
    several = st.lists(st.sampled_from(options), min_size=2, max_size=3, unique=True).map(tuple)
    known = st.sampled_from(options).map(Given.known)
    disputed = several.map(lambda two: Given("disputed", two, tuple(Said(option) for option in two)))
    if settled:
        return known | disputed
    return (
        known
        | disputed
        | st.just(UNKNOWN)
        | several.map(lambda two: Given("one-of", two) if fact.kind == "choice" else Given.known(two[0]))
    )


@st.composite
def cases(draw: st.DrawFn, rulebook: Rulebook) -> Case:
    """A case with some questions answered."""
    names = draw(st.lists(st.sampled_from(sorted(rulebook.facts)), unique=True, max_size=len(rulebook.facts)))
    return Case("Random", answers={name: draw(answers(rulebook.facts[name])) for name in names})
