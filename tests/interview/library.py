"""A small rulebook on another subject, so that these tests do not depend on the shipped law."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from pathways.case import Given
from pathways.case.model import Said
from pathways.interview import Interview, begin, new_case
from pathways.interview.dispute import dispute_of, plain_dispute
from pathways.rulebook import Rulebook, load_rulebook
from pathways.rulebook.model import Fact

LIBRARY = Path(__file__).parent.parent / "rulebooks" / "library"


@cache
def library() -> Rulebook:
    """May a book be borrowed?"""
    return load_rulebook(LIBRARY)


def start() -> Interview:
    """An interview at its first question."""
    return begin(library(), new_case("A book"), "2026-02-01")


def fact(name: str) -> Fact:
    """A question of the small rulebook."""
    return library().facts[name]


def answers(of: Fact) -> st.SearchStrategy[Given]:
    """Every kind of answer that a person can give to a question."""
    kinds = [st.just(Given("unknown"))]
    if of.kind == "date":
        days = st.sampled_from(["2025", "2025-12-31", "2026", "2026-01", "2026-01-01"])
        kinds.append(days.map(Given.known))
        kinds.append(st.lists(days, min_size=2, max_size=2, unique=True).map(lambda two: _between(of, two)))
        return st.one_of(kinds)
    options = ["yes", "no"] if of.kind == "yes-no" else [option.id for option in of.options]
    plain = plain_dispute(of)
    assert plain is not None
    kinds += [st.sampled_from(options).map(Given.known), st.just(plain)]
    if len(options) > 2:
        pairs = st.lists(st.sampled_from(options), min_size=2, max_size=2, unique=True)
        kinds.append(pairs.map(lambda two: _between(of, two)))
    return st.one_of(kinds)


def _between(of: Fact, options: list[str]) -> Given:
    made = dispute_of(of, [Said(option) for option in options])
    assert made is not None
    return made


@st.composite
def interviews(draw: st.DrawFn) -> Interview:
    """An interview on its way, at an open question or at the end."""
    interview = start()
    for _ in range(draw(st.integers(0, 8))):
        asked = interview.question
        if asked is None:
            break
        interview = interview.answer(draw(answers(asked)))
    return interview
