"""The result of an assessment, as values. Rendering shows them and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pathways.case import Case
from pathways.logic import ValueSet
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue, Deadline, Remark, Stage, Wait
from pathways.rulebook.sources import Cell, Column


class Standing(StrEnum):
    """Where an avenue stands on the answers given."""

    OPEN = "open"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"
    CLOSED = "closed"
    NOT_APPLICABLE = "not-applicable"


#: Where nothing is asked any more, no time limit is shown and no source is listed.
NO_WAY = (Standing.CLOSED, Standing.NOT_APPLICABLE)


@record
class Reason:
    """A sentence that says why, and where it comes from.

    ``about`` names the element, hurdle or deadline it speaks of (``element:id`` …), or is empty. ``answer`` names the
    question whose answer it repeats, where it says no more than that.
    """

    text: str
    sources: tuple[str, ...]
    about: str = ""
    answer: str = ""


@record
class PartResult:
    """An element: what it can still be, and whether the standing hangs on it."""

    id: str
    values: ValueSet
    decisive: bool


@record
class HurdleResult:
    """A hurdle or a deadline: whether it arises, and where courts usually come out.

    ``leans`` is ``for``, ``against``, ``even``, or ``depends`` where the answers do not settle it; empty where the
    rules do not say. ``kind`` is ``hurdle`` or ``deadline``. ``reasons`` say why one that could weigh does not arise.
    ``applies`` is whether a deadline can concern this case at all.
    """

    id: str
    kind: str
    effect: str
    values: ValueSet
    leans: str
    leaning_reason: Reason | None
    ground: str
    decisive: bool
    reasons: tuple[Reason, ...] = ()
    applies: bool = True


@record
class Unread:
    """An empty cell on which a standing hangs: the row as it is called, the column, and a cell that has only a text."""

    place: str
    column: Column
    cell: Cell | None = None


@record
class AvenueResult:
    """One avenue for one case.

    ``unsure`` names the cautions and steps of which it is not settled that they apply; ``asks`` the questions whose
    answers can still change the standing. ``unread`` are empty cells of the case's place on which it still hangs.
    """

    avenue: Avenue
    standing: Standing
    could_become: tuple[Standing, ...]
    closed_by: tuple[tuple[str, str], ...]
    stage: Stage
    stage_certain: bool
    reasons: tuple[Reason, ...]
    elements: tuple[PartResult, ...]
    hurdles: tuple[HurdleResult, ...]
    cautions: tuple[Remark, ...]
    steps: tuple[Remark, ...]
    not_hurdles: tuple[Remark, ...]
    unsure: frozenset[str]
    asks: tuple[str, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def only_unread(self) -> bool:
        """Whether only empty cells keep the standing open, so that no answer can settle it."""
        return bool(self.unread) and not self.asks

    @property
    def decisive(self) -> tuple[str, ...]:
        """The names of the elements, hurdles and deadlines on which the standing hangs."""
        return tuple(part.id for part in self.elements if part.decisive) + tuple(
            part.id for part in self.hurdles if part.decisive
        )


@record
class DeadlineResult:
    """A time limit of an avenue that still matters.

    ``state`` is ``not_started``, ``running``, ``passed`` or ``unsettled``. Days are ISO dates, empty where they are not
    known: ``last_safe`` is ours, ``outer_limit`` the law's as it is usually counted. ``days_left`` until the last safe
    day, negative after it. ``notes`` are warnings, each with its sources. ``certain`` says that nothing in it is
    assumed or left open: it concerns this case, its start is one day, and one period applies that was read in the law.
    """

    id: str
    avenue: str
    deadline: Deadline
    state: str
    missed: ValueSet
    start: str
    last_safe: str
    outer_limit: str
    days_left: int | None
    notes: tuple[Reason, ...] = ()
    certain: bool = False


@record
class WaitResult:
    """A waiting period: ``state`` and ``certain`` as of a deadline; ``earliest`` is the ISO date from which it is not
    too early.
    """

    id: str
    avenue: str
    wait: Wait
    state: str
    start: str
    earliest: str
    days_left: int | None
    certain: bool = False


@record
class LocalCell:
    """What a table says for the place of the case, beside some avenues; ``cell`` is None where it is empty."""

    table: str
    row: str
    column: Column
    cell: Cell | None
    avenues: tuple[str, ...]
    checked: bool


@record
class Checked:
    """An expectation of a scenario, and what came out."""

    path: str
    expected: str
    actual: str
    met: bool


@record
class Assessment:
    """Everything about one case, in the order in which it is shown.

    ``open_questions`` are the facts that were not asked (or not answered to one option) and can still change how an
    avenue stands, ``further_questions`` those that can change only what is shown beside it; ``to_find_out`` are these
    and those that were asked and are not known. ``deadlines`` and ``waits`` are those of the
    avenues that still matter, the most urgent first; ``local`` is what tables say for the place of the case.
    """

    rulebook: Rulebook
    case: Case
    as_of: str
    avenues: tuple[AvenueResult, ...]
    deadlines: tuple[DeadlineResult, ...]
    waits: tuple[WaitResult, ...]
    local: tuple[LocalCell, ...]
    findings: Mapping[str, ValueSet]
    claims: Mapping[str, tuple[Remark, ...]]
    open_questions: tuple[str, ...]
    further_questions: tuple[str, ...]
    to_find_out: tuple[str, ...]
    tests: tuple[str, ...]
    checked: tuple[Checked, ...]

    @property
    def left(self) -> tuple[AvenueResult, ...]:
        """The avenues that still matter: neither closed nor out of place on these answers."""
        return tuple(result for result in self.avenues if result.standing not in NO_WAY)

    @property
    def urgent_steps(self) -> tuple[tuple[AvenueResult, Remark], ...]:
        """The steps that cannot wait, of the avenues that still matter."""
        return tuple(
            (result, step)
            for result in self.left
            for step in result.steps
            if step.urgent and step.id not in result.unsure
        )

    @property
    def met(self) -> bool:
        """Whether every expectation came out."""
        return all(check.met for check in self.checked)
