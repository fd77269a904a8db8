"""What the reader of conditions has to know of the rulebook that is being built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pathways.diagnostics import Name
from pathways.logic import Statements
from pathways.rulebook.model import Condition, Fact, Sources
from pathways.rulebook.sources import Table


class Known(Protocol):
    """What a condition may speak of."""

    statements: Statements
    #: Facts that were declared and could not be read; what is wrong with them was said there.
    unread_facts: set[str]

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts declared."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables declared."""

    @property
    def clock_names(self) -> tuple[str, ...]:
        """Every deadline and waiting period that is computed, as ``avenue/id``."""

    @property
    def told_clocks(self) -> set[str]:
        """Those of which an answer says whether they were missed, where dates do not."""

    def cuts_of(self, fact: str) -> tuple[str, ...]:
        """The days at which a date, or the day of assessment, is divided."""

    def no_clock(self, name: Name, near: str) -> None:
        """Add the problem that a deadline is unknown."""

    def finding(self, name: Name) -> Condition | None:
        """The condition of a finding; None, with a problem added, when it is unknown or circular."""

    def check_sources(self, sources: Sources) -> None:
        """Add a problem for every reference that leads nowhere."""
