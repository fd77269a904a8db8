"""A case that tells rules from the same rules with a change: found by a solver, or proved not to be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain

from pathways.authoring.examples import found_case
from pathways.authoring.timely import timely
from pathways.case import Case, Given
from pathways.logic import Answer
from pathways.logic.apart import Apart, Moved, Pair, disputable
from pathways.logic.possible import TooWideError
from pathways.record import record
from pathways.rulebook import Rulebook


@record
class Sought:
    """What a case is sought for: that one of the ``pairs`` comes out otherwise after a change, so that it ``shows``.

    The statements of ``after`` are those ``before`` and some more. ``where`` are statements that hold at
    least arguably (True) or not at all (False) in the case; ``moved`` an answer that is another after the change.
    ``days`` gives the case with other days, to be tried one after another. ``about`` is the avenue that is looked at.
    Without ``provable`` the change does more than the statements say, so that nothing can be proved of it.
    """

    title: str
    before: Rulebook
    after: Rulebook
    pairs: Sequence[Pair]
    shows: Callable[[Case], bool]
    about: tuple[str, ...] = ()
    where: tuple[tuple[int, bool], ...] = ()
    moved: Moved | None = None
    days: Callable[[Case], Iterator[Case]] | None = None
    provable: bool = True


class Why(StrEnum):
    """Why neither a case was found nor a proof that there is none."""

    CLOCK = "what a clock says stands between; no days that were tried show it"
    WIDE = "disputes at too many questions meet below a word about evidence"
    UNMET = "answers were found, but with no days and cells that were tried do they show what a scenario can expect"


@record
class Search:
    """A case that shows what was looked for; or that it is ``proved`` that none does; or ``why`` neither is known."""

    case: Case | None = None
    why: Why | None = None

    @property
    def proved(self) -> bool:
        """Whether it is proved that no case shows it."""
        return self.case is None and self.why is None


def telling_case(sought: Sought) -> Search:
    """Look for a case that shows what is sought.

    Plain answers are tried first, then disputes at all questions together, and where these are too many at one
    question at a time: then nothing is proved.
    """
    before, after = sought.before, sought.after
    statements, meaning = after.statements, before.repeats
    same_meaning = before.repeats == after.repeats
    pairs = [pair for pair in sought.pairs if sought.moved or not same_meaning or pair.before != pair.after]
    why = None if sought.provable else Why.CLOCK
    if not pairs:
        return Search(why=why)
    open_ways = disputable(statements, pairs, meaning, sought.where)
    for disputes in _trials(open_ways, one_by_one=sought.moved is None):
        try:
            apart = Apart(
                statements,
                pairs,
                meaning,
                meaning_after=after.repeats,
                sought=sought.where,
                moved=sought.moved,
                disputes=disputes,
            )
        except TooWideError:
            why = why or Why.WIDE
            continue
        case, none = _found(sought, apart)
        if case is not None:
            return Search(case)
        if not none:
            why = Why.UNMET
        elif disputes == sum(open_ways.values()):
            break
    return Search(why=why)


def _found(sought: Sought, apart: Apart) -> tuple[Case | None, bool]:
    """A case that shows what is looked for, and whether the solver found no answers at all."""
    answers: Mapping[int, Answer] | None = None
    none = True

    def find(tried: list[Mapping[int, Answer]]) -> Mapping[int, Answer] | None:
        nonlocal answers, none
        answers = apart.find(tried)
        none = none and answers is None
        return answers

    def shown(case: Case) -> Case | None:
        cases = sought.days(case) if sought.days else _with_days_not_known(sought.before, case)
        timed = () if sought.days else timely(sought.before, case, answers or {})
        return next((one for one in chain(cases, timed) if sought.shows(one)), None)

    case = found_case(sought.before, sought.title, find, shown)
    apart.close()
    return case, none


def _with_days_not_known(rulebook: Rulebook, case: Case) -> Iterator[Case]:
    """The case, and the case where nobody knows a day that a clock runs from: answers say then what it cannot."""
    yield case
    for name in dict.fromkeys(clock.of for clock in rulebook.clocks.values()):
        if name in case.answers:
            yield case.with_answer(name, Given("unknown"))


def _trials(open_ways: Mapping[int, int], *, one_by_one: bool) -> Iterator[int]:
    """The leaves at which answers may be disputed, one trial after another."""
    yield 0
    if open_ways:
        yield sum(open_ways.values())
        yield from open_ways.values() if one_by_one else ()
