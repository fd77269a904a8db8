"""Letters filled from a case: drafts that a person reads, changes and decides about."""

from pathways.letters.fill import FilledLetter, FilledPassage, fill

__all__ = ["FilledLetter", "FilledPassage", "fill"]
