"""What differs between assessments: of one case before and after, or of several cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pathways.assessment import Assessment, AvenueResult
from pathways.logic import value_word
from pathways.record import record


@record
class Difference:
    """Something that is not the same in all assessments.

    ``kind`` is ``standing``, ``element``, ``hurdle`` or ``deadline``; ``avenue`` and ``id`` name it, ``title`` says
    what it is. ``values`` has one entry for each assessment: a standing (of an undetermined avenue also what it can
    become), a value word, or of a deadline its state and days; empty where that assessment does not show it.
    """

    kind: str
    avenue: str
    id: str
    title: str
    values: tuple[tuple[str, ...], ...]


def differences(assessments: Sequence[Assessment]) -> tuple[Difference, ...]:
    """Standings, then elements, hurdles and deadlines that differ, in the order of the rules."""
    return tuple(
        difference
        for kind, read in _READ.items()
        for difference in _of_kind(kind, [read(one) for one in assessments])
        if len(set(difference.values)) > 1
    )


def standings(assessments: Sequence[Assessment]) -> tuple[Difference, ...]:
    """How every avenue stands in each of several assessments, the same or not."""
    return tuple(_of_kind("standing", [_standings(one) for one in assessments]))


#: A title and what stands there, by avenue and name.
Reading = Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]


def _of_kind(kind: str, readings: Sequence[Reading]) -> Iterator[Difference]:
    for key in dict.fromkeys(key for reading in readings for key in reading):
        title = next(reading[key][0] for reading in readings if key in reading)
        values = tuple(reading[key][1] if key in reading else () for reading in readings)
        yield Difference(kind, *key, title, values)


def _in_order(assessment: Assessment) -> list[AvenueResult]:
    return sorted(assessment.avenues, key=lambda result: (result.avenue.order, result.avenue.id))


def _standings(assessment: Assessment) -> Reading:
    return {
        (result.avenue.id, ""): (
            result.avenue.short,
            (result.standing.value,)
            if len(result.could_become) == 1
            else (result.standing.value, *(standing.value for standing in result.could_become)),
        )
        for result in _in_order(assessment)
    }


def _elements(assessment: Assessment) -> Reading:
    return {
        (result.avenue.id, part.id): (result.avenue.titles[part.id], (value_word(part.values),))
        for result in _in_order(assessment)
        for part in result.elements
    }


def _hurdles(assessment: Assessment) -> Reading:
    return {
        (result.avenue.id, part.id): (
            result.avenue.titles[part.id],
            (value_word(part.values), *([f"leans {part.leans}"] if part.leans else [])),
        )
        for result in _in_order(assessment)
        for part in result.hurdles
        if part.kind == "hurdle"
    }


def _deadlines(assessment: Assessment) -> Reading:
    return {
        (one.avenue, one.id): (
            one.deadline.title,
            (one.state, *(day for day in (one.last_safe, one.outer_limit) if day)),
        )
        for one in sorted(assessment.deadlines, key=lambda one: (one.avenue, one.id))
    }


_READ: Mapping[str, Callable[[Assessment], Reading]] = {
    "standing": _standings,
    "element": _elements,
    "hurdle": _hurdles,
    "deadline": _deadlines,
}
