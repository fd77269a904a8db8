"""Regular expressions of other packages, compiled when they are first used.

To import the YAML package compiles some twenty expressions, most of which a run of this program never uses: they took
a tenth of a whole run (docs/decisions/0010). While such a package is imported its expressions are put off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_compile_now = re.compile


class _Later:
    """An expression that compiles itself when something is asked of it."""

    def __init__(self, *how: Any, **named: Any) -> None:
        self._how = how, named

    def __getattr__(self, name: str) -> Any:
        how, named = self._how
        compiled = _compile_now(*how, **named)
        # The next time it is found here without this detour.
        self.__dict__.update({one: getattr(compiled, one) for one in dir(compiled) if not one.startswith("__")})
        return getattr(compiled, name)


@contextmanager
def compiled_when_used() -> Iterator[None]:
    """Put off the compiling of every expression that is given to :func:`re.compile` meanwhile."""
    re.compile = _Later  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = _compile_now
