"""How times are computed: lengths of time, and the clocks of deadlines and waiting periods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathways.record import record
from pathways.rulebook.sources import Sources

if TYPE_CHECKING:
    from pathways.rulebook.model import Condition

#: The outcomes of a clock, as options of its variable: of a deadline, and of a waiting period.
RUNNING, PASSED, UNSETTLED = DEADLINE_OPTIONS = ("running", "passed", "unsettled")
WAITING, OVER = WAIT_OPTIONS = ("waiting", "over")
#: What a table says where there is no limit in time.
NO_LIMIT = "none"


#: Twelfths of a day in each unit; seven days hold five working days.
_TWELFTHS = {"years": 12 * 365, "months": 365, "days": 12, "working days": 17}


@record
class Period:
    """A length of time. ``unit`` is ``years``, ``months``, ``days`` or ``working days``."""

    count: int
    unit: str

    def is_shorter(self, other: Period) -> bool:
        """Whether it is shorter than another, as far as months and years are of one length."""
        return self.count * _TWELFTHS[self.unit] < other.count * _TWELFTHS[other.unit]

    @property
    def days(self) -> int:
        """So many days it has, about."""
        return self.count * _TWELFTHS[self.unit] // 12

    def __str__(self) -> str:
        return f"{self.count} {self.unit.removesuffix('s') if self.count == 1 else self.unit}"


@record
class Clock:
    """How a time is computed.

    It runs for ``period``, or for what column ``column`` of ``table`` says of the row that fact ``by`` answers; where
    that cell is empty or was not read in the law itself, ``shortest`` is the shortest it may be, and ``because`` says
    why. It starts on the day that fact ``of`` answers (``starts``, in words), once ``starts_when`` holds. The act that
    meets it is done on the day of fact ``met_by``, if ``met_when`` holds. ``weekend`` says what follows when the last
    day is no business day: ``forward`` (the next one counts too), ``unsettled`` or ``none``. ``variable`` is its name
    in the logic; ``told`` that an answer says whether it was missed where dates do not; ``planned`` that the period is
    one to plan with and no limit that was read.
    """

    variable: str
    of: str
    starts: str
    period: Period | None = None
    table: str = ""
    column: str = ""
    by: str = ""
    shortest: Period | None = None
    because: str = ""
    shortest_sources: Sources = ()
    starts_when: Condition | None = None
    met_by: str = ""
    met_when: Condition | None = None
    weekend: str = "none"
    told: bool = False
    planned: bool = False

    @property
    def avenue(self) -> str:
        """The avenue whose time it is."""
        return self.variable.partition("/")[0]

    @property
    def facts(self) -> tuple[str, ...]:
        """The questions it is computed from."""
        done = self.met_when.facts if self.met_when else ()
        return tuple(name for name in (self.of, self.by, *done, self.met_by) if name)


def told(variable: str) -> str:
    """The variable of what an answer says of a deadline that dates do not settle; no fact has such a name."""
    return f"{variable}: told"


_PERIOD = re.compile(r"([1-9][0-9]{0,3}) (working day|day|month|year)s?")


def period(text: str) -> Period | None:
    """``2 years`` as a period; None for any other text."""
    written = _PERIOD.fullmatch(text)
    return Period(int(written[1]), f"{written[2]}s") if written else None
