"""What older versions of a rulebook called things: questions, answers and avenues that were renamed or dropped.

A case file that was saved long ago is read with these, so that no answer in it is lost without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pathways.diagnostics import Name, Problems
from pathways.record import made, record

if TYPE_CHECKING:
    from pathways.rulebook.drafting import Draft


@record
class Gone:
    """What became of a name: the new one, or (where that is empty) why it was dropped."""

    new: str
    reason: str = ""


@record
class Renamed:
    """Old names of questions, of the answers of today's questions, and of avenues."""

    facts: Mapping[str, Gone] = made(default_factory=dict)
    options: Mapping[str, Mapping[str, Gone]] = made(default_factory=dict)
    avenues: Mapping[str, Gone] = made(default_factory=dict)


def renamed_names(
    draft: Draft | None,
    facts: Mapping[str, Collection[str]],
    avenues: Collection[str],
    named: Callable[..., bool],
    problems: Problems,
) -> Renamed:
    """The old names that a rulebook declares; ``facts`` are today's questions, each with its answers.

    A new name that nothing has, and an old one that something still has, are problems.
    """
    if draft is None:
        return Renamed()
    options: dict[str, dict[str, Gone]] = {}
    for fact, answers in draft.options.items():
        if named(fact, facts, "fact"):
            options[str(fact)] = dict(
                _gone(answers, facts[fact], partial(named, known=facts[fact], what="option"), problems)
            )
    return Renamed(
        dict(_gone(draft.facts, facts, partial(named, known=facts, what="fact"), problems)),
        options,
        dict(_gone(draft.avenues, avenues, partial(named, known=avenues, what="avenue"), problems)),
    )


def _gone(
    names: Mapping[Name, Name | Draft], known: Collection[str], named: Callable[[Name], bool], problems: Problems
) -> Iterator[tuple[str, Gone]]:
    for old, new in names.items():
        if old in known:
            problems.error("duplicate-name", f"`{old}` is an old name here, and is still in use", old.place)
        elif not isinstance(new, Name):
            yield str(old), Gone("", new.dropped)
        elif named(new):
            yield str(old), Gone(str(new))
