"""The picture of an avenue's way: what must hold, what stands in it, and on what the standing hangs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.assessment import AvenueResult, HurdleResult
from pathways.logic import DISPUTED, NO, YES, ValueSet
from pathways.render import words
from pathways.render.page import Mark, Sign, Way
from pathways.render.words import count
from pathways.rulebook.model import CHANGING, WEIGHING


def way_of(result: AvenueResult) -> Way:
    """The stations of an avenue's way in its own order: those on which its standing hangs, and what else is not clear.

    What is clear is one station, and what is open but changes nothing another, so that nothing hides what matters.
    """
    titles = result.avenue.titles
    marks = [
        Mark(_element_sign(part.values), titles[part.id], words.element_words(part.values), part.decisive)
        for part in result.elements
    ]
    changing = [part for part in result.hurdles if part.effect in CHANGING and part.applies]
    standing = [part for part in changing if part.values != NO and (part.kind == "hurdle" or _counts(part))]
    marks += [Mark(_hurdle_sign(part), titles[part.id], _state(part), part.decisive) for part in standing]
    absent = sum(part.values == NO for part in changing if part.kind == "hurdle")
    return Way(result.avenue.title, tuple(_folded(marks, absent)), words.standing_words(result), result.standing.value)


def _folded(marks: Sequence[Mark], absent: int) -> Iterator[Mark]:
    minor = [mark for mark in marks if not mark.here and mark.sign == "unknown"]
    clear = [mark for mark in marks if not mark.here and mark.sign == "clear"]
    for mark in marks:
        if mark not in clear and (mark not in minor or len(minor) == 1):
            yield mark
    if len(minor) > 1:
        yield Mark(
            "unknown", "; ".join(mark.text for mark in minor), "not known yet; the result does not hang on these"
        )
    said = [mark.text for mark in clear]
    if absent:
        said.append(f"{count(absent, 'point')} that could stand in the way")
    if said:
        yield Mark("clear", "; ".join(said), CLEAR if absent else "holds" if len(said) == 1 else "hold")


#: How that stands what holds, and what is not in the way.
CLEAR = "looked at and clear"


def _counts(part: HurdleResult) -> bool:
    """Whether a time limit belongs in the picture: where it is over, or the standing hangs on it."""
    return part.decisive or part.values in (YES, DISPUTED)


def _element_sign(values: ValueSet) -> Sign:
    return "clear" if values == YES else "stop" if values == NO else "decide" if values == DISPUTED else "unknown"


def _hurdle_sign(part: HurdleResult) -> Sign:
    if part.values not in (YES, DISPUTED):
        return "unknown"
    if part.effect not in WEIGHING:
        return "moves"
    return "stop" if part.effect == "bars" and part.values == YES and part.decisive else "decide"


def _state(part: HurdleResult) -> str:
    if part.kind == "deadline":
        missed = words.missed_words(part.values).rstrip(".")
        return missed[0].lower() + missed[1:]
    return words.hurdle_words(part.effect, part.values)
