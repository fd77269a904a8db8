"""What the rules of an avenue promise to keep in every case, so that it can be proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathways.diagnostics import Place
from pathways.record import record

if TYPE_CHECKING:
    from pathways.rulebook.model import Condition

#: What a promise can say of an avenue's standing.
STANDINGS = ("open", "closed", "never open", "never closed")
#: What a promise can say; each says one of these.
KEYS = ("never", "always", "never_together", "standing")


@record
class Promise:
    """Something that holds in every case to which its avenue applies, and in which ``when`` is yes.

    One of these is given: ``never`` is not even disputed; ``always`` is yes; of the hurdles and deadlines in
    ``together`` no two arise; ``standing`` is what the avenue is, or never is.
    """

    id: str
    text: str
    when: Condition | None = None
    never: Condition | None = None
    always: Condition | None = None
    together: tuple[str, ...] = ()
    standing: str = ""
    place: Place | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that stand in it."""
        return tuple(one for one in (self.when, self.never, self.always) if one)
