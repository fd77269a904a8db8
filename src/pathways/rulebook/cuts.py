"""How the rules divide time: the days at which some condition or law begins or ends, and the stretches between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode

DATE_ENDS = ("from", "before")
#: The day for which a case is assessed, as a variable of the logic; no fact has such a name.
AS_OF = "as-of"


def date_ends(node: Node, usual: str) -> Iterator[tuple[str, str]]:
    """Every (fact, day) at which some condition below ``node``, or law in force, divides time.

    ``usual`` is the fact by which law is in force where nothing else is said.
    """
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and isinstance(value, MappingNode):
                    yield from _ends_in(key.value, value, usual)
                waiting.append(value)
        elif isinstance(node, SequenceNode):
            waiting += node.value


def _ends_in(key: str, node: MappingNode, usual: str) -> Iterator[tuple[str, str]]:
    """The same for one mapping, by the key under which it stands."""
    if key not in ("in_force", "as_of") and "." not in key:
        return
    written = [(end, day) for end, day in node.value if isinstance(end, ScalarNode)]
    ends = {end.value: day.value for end, day in written if isinstance(day, ScalarNode)}
    if key == "in_force":
        for _, day in in_force_ends(ends):
            yield ends.get("on", usual), day
    else:
        for end in DATE_ENDS:
            if end in ends:
                yield AS_OF if key == "as_of" else key, first_day(ends[end])


def in_force_ends(ends: dict[str, str]) -> Iterator[tuple[str, str]]:
    """``from`` and ``before`` of law in force: ``until`` is the last day, month or year in which it is."""
    if "from" in ends:
        yield "from", first_day(ends["from"])
    if "until" in ends and (after := day_after(ends["until"])):
        yield "before", after


def first_day(day: str) -> str:
    """The first day of a date that may be partial: a stretch of time begins there, or ends before it."""
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01" if len(day) == 7 else day


def day_after(day: str) -> str:
    """The day after a date that may be partial; empty where that is no date."""
    try:
        start = date.fromisoformat(first_day(day))
    except ValueError:
        return ""
    if len(day) == 4:
        return f"{start.year + 1:04}-01-01"
    if len(day) == 7:
        return date(start.year + start.month // 12, start.month % 12 + 1, 1).isoformat()
    return (start + timedelta(days=1)).isoformat()


def segments(cuts: tuple[str, ...]) -> tuple[str, ...]:
    """The stretches of time between cuts, as options of a date question."""
    if not cuts:
        return ()
    return (f"before {cuts[0]}", *(f"{a} to {b}" for a, b in pairwise(cuts)), f"from {cuts[-1]}")


def stretch_words(options: Iterable[str]) -> str:
    """Stretches of time in words, those that follow on one another as one: ``before 1974-03-16``."""
    runs: list[tuple[str, str]] = []
    for option in options:
        start = "" if option.startswith("before ") else option.removeprefix("from ").partition(" to ")[0]
        end = option.removeprefix("before ").rpartition(" to ")[2] if not option.startswith("from ") else ""
        if runs and runs[-1][1] == start and start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    words = {(True, True): "{0} to before {1}", (True, False): "since {0}", (False, True): "before {1}"}
    return " or ".join(words.get((bool(start), bool(end)), "at any time").format(start, end) for start, end in runs)


def stretches(cuts: tuple[str, ...], start: str, stop: str) -> tuple[str, ...]:
    """The stretches between cuts that lie from ``start`` until before ``stop``."""
    return tuple(
        name for name, first in zip(segments(cuts), ("", *cuts), strict=True) if start <= first < (stop or "9999")
    )
