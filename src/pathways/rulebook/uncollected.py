"""Reading without looking for garbage."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def uncollected(read: Callable[Given, Made]) -> Callable[Given, Made]:
    """A function that reads rules, while no garbage is looked for.

    Tens of thousands of values are made there and hardly one is thrown away: to look for garbage meanwhile is of no use
    and takes as long as to read. So does the first look afterwards, unless what was read counts as old.
    """

    @wraps(read)
    def reading(*given: Given.args, **named: Given.kwargs) -> Made:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return read(*given, **named)
        finally:
            # Both together let everything there is count as old, without looking through it.
            gc.freeze()
            gc.unfreeze()
            if collecting:
                gc.enable()

    return reading
