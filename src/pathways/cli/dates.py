"""Dates given on the command line."""

from __future__ import annotations

import re
from datetime import date

from pathways.diagnostics import Place, Problem, RefusedError
from pathways.patterns import DATE, out_of_range


def as_of_date(text: str | None) -> str | None:
    """The day to take as today, as it was typed; None where none was.

    Raises :class:`~pathways.diagnostics.RefusedError` for what is not a real day in ISO form.
    """
    if text is None:
        return None
    if said := out_of_range(text):
        raise _refused(said, "")
    if not re.fullmatch(DATE.pattern, text):
        raise _refused(f"expected {DATE.expected}, found `{text}`", _nearest(text))
    try:
        date.fromisoformat(text)
    except ValueError:
        raise _refused(f"there is no day `{text}`", "") from None
    return text


def _nearest(text: str) -> str:
    """Help where the text is a date in another form."""
    from pathways.interview.dates import NotADateError, read_date

    try:
        found = read_date(text)
    except NotADateError:
        return ""
    return f"did you mean `{found}`?" if len(found) == 10 else ""


def _refused(message: str, help: str) -> RefusedError:
    return RefusedError([Problem("wrong-form", message, Place("--as-of"), help=help)])
