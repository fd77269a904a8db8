"""Terms of art, explained for whoever meets them in a question."""

from __future__ import annotations

from pathways.record import record
from pathways.rulebook.sources import Sources


@record
class Term:
    """A term of art in plain words; ``also`` are other words for it that may be typed or read."""

    id: str
    term: str
    also: tuple[str, ...]
    means: str
    sources: Sources

    @property
    def names(self) -> tuple[str, ...]:
        """Every word for it."""
        return (self.term, *self.also)
