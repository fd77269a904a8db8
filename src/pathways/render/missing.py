"""What is said when a format needs a library that is not installed."""

from __future__ import annotations


class MissingLibraryError(Exception):
    """A library is not installed; ``extra`` is the extra of this package that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        self.library = library
        self.extra = extra
        super().__init__(f"{library} is not installed")
