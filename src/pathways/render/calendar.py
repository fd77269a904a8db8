"""Time limits and waiting periods as a calendar file (RFC 5545), made with icalendar.

Calendars are synced to phones and shared at work: titles name nothing unless that is asked for, and every event is
marked private. The file says the same for the same case and day: no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from pathways.assessment import Assessment, DeadlineResult, WaitResult
from pathways.assessment.times import PASSED
from pathways.record import record
from pathways.render.inert import inert
from pathways.render.times import NOT_FOR_PLANNING, STATE
from pathways.render.words import SEEN
from pathways.rulebook.files import digest
from pathways.rulebook.references import resolve

if TYPE_CHECKING:
    from icalendar import Calendar, Event

#: So many days before a last safe day an alarm is set, at :data:`HOUR` in the morning; the last one on the day itself.
LEADS = (60, 30, 14, 7, 1, 0)
HOUR = 9

PRODUCT = "-//pathways//time limits//EN"
LAST_SAFE, OUTER, EARLIEST = "last safe day", "outer limit, not for planning", "too early before this day"
#: The days of a time limit or waiting period that are events: the end of the key of an entry.
DAYS = SAFE_DAY, OUTER_DAY, EARLIEST_DAY = ("last-safe", "outer-limit", "earliest")
CALLED_OFF = "CANCELLED"
#: What the calendar is called where titles name nothing, and what an event says that has gone.
NEUTRAL = "Legal dates"
GONE = (
    "This date is no longer among those that can be computed from the answers of the case. That can be because it was "
    "met, because an answer has changed, or because the rules have. Ask a lawyer before you take it for gone."
)
NOT_CERTAIN = (
    "NOT CERTAIN: it is not settled that this limit concerns the case, or its start or its period is not known "
    "exactly. The day shown is the careful one."
)
WAIT_NOT_CERTAIN = "NOT CERTAIN: the day that starts it, or whether it runs, is not settled."
NO_LIMIT = "This is no day by which something must be done, and it stops no time limit. Have a lawyer compute it anew."
#: From this day on the days count that give an event its number, so that a later export is always the newer one.
_FIRST = date(2000, 1, 1)
_DAY = timedelta(days=1)


class NotOursError(Exception):
    """A file that is there and is no calendar made here."""


class OtherCaseError(Exception):
    """A calendar made here that holds the time limits of another case."""


@record
class Entry:
    """One event: ``key`` names it within the case, ``what`` says which day it is, ``leads`` when alarms go off."""

    key: str
    day: date
    what: str
    about: str
    description: str
    certain: bool
    leads: tuple[int, ...]


def calendar_bytes(assessment: Assessment, full_titles: bool = False, before: bytes | None = None) -> bytes:
    """The calendar file of a case; empty if it has no day to show.

    ``before`` is what an earlier export holds, if the file is there: what is in it and no longer here is called off,
    and what has changed counts as newer. Raises :class:`NotOursError` if that is no calendar made here, and
    :class:`OtherCaseError` if it is one of another case: its events would be called off.
    """
    from icalendar import Calendar

    old = _events(before) if before is not None else {}
    if old and not _of_this_case(old, assessment):
        raise OtherCaseError
    entries = list(_entries(assessment))
    if not entries and not old:
        return b""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", inert(assessment.case.title) if full_titles else NEUTRAL)
    here = {}
    numbers = {key: at for at, key in enumerate(dict.fromkeys(_group(entry) for entry in entries), 1)}
    for entry in entries:
        title = f"Legal date {numbers[_group(entry)]} of {len(numbers)}: {_what(entry)}"
        if full_titles:
            title = inert(f"{entry.about}: {_what(entry)}")
        event = _event(assessment, entry, title)
        here[str(event["uid"])] = event
    for uid, event in here.items():
        _number(event, old.get(uid), assessment.as_of)
        calendar.add_component(event)
    for uid, event in old.items():
        if uid not in here:
            calendar.add_component(_called_off(event, assessment.as_of))
    made: bytes = calendar.to_ical()
    return made


def event_counts(data: bytes) -> tuple[int, int]:
    """How many events of a calendar made here stand, and how many are called off."""
    off = data.count(f"\r\nSTATUS:{CALLED_OFF}\r\n".encode())
    return data.count(b"\r\nBEGIN:VEVENT\r\n") - off, off


def undated(assessment: Assessment) -> int:
    """How many time limits and waiting periods have no day yet, and so are in no calendar."""
    return sum(not one.last_safe for one in assessment.deadlines) + sum(not one.earliest for one in assessment.waits)


def _entries(assessment: Assessment) -> Iterator[Entry]:
    """The events of a case, by their day; the last safe day of a limit always before its outer limit."""
    asker = next(iter(assessment.rulebook.about.starts_with))
    starters = {result.avenue.id: result.avenue for result in assessment.avenues}
    found: list[Entry] = []
    for one in assessment.deadlines:
        if one.last_safe:
            avenue = starters[one.avenue]
            found += _of_deadline(assessment, one, avenue.short, own=avenue.starts_with == asker)
    for wait in assessment.waits:
        if wait.earliest:
            about = f"{starters[wait.avenue].short}: {wait.wait.title}"
            leads = () if wait.state == PASSED else (0,)
            said = _wait_words(assessment, wait, about)
            day, key = date.fromisoformat(wait.earliest), f"{wait.avenue}/{wait.id}/{EARLIEST_DAY}"
            found.append(Entry(key, day, EARLIEST, about, said, wait.certain, leads))
    first: dict[str, date] = {}
    for entry in found:
        first.setdefault(_group(entry), entry.day)
    return iter(sorted(found, key=lambda entry: (first[_group(entry)], _group(entry), entry.day, entry.key)))


def _of_deadline(assessment: Assessment, one: DeadlineResult, short: str, own: bool) -> Iterator[Entry]:
    """The last safe day and, where it is known, the outer limit. Alarms go only to whoever has to meet it."""
    about = f"{short}: {one.deadline.title}"
    whose = "" if own else ", for others to meet"
    over = ", over" if one.state == PASSED else ""
    said = _deadline_words(assessment, one, about, own)
    alarmed = own and one.state != PASSED
    late = (one.days_left or 0) < 0
    key = f"{one.avenue}/{one.id}"
    safe = date.fromisoformat(one.last_safe)
    leads = tuple(lead for lead in LEADS if one.days_left is not None and lead <= one.days_left)
    yield Entry(
        f"{key}/{SAFE_DAY}", safe, f"{LAST_SAFE}{whose}{over}", about, said, one.certain, leads if alarmed else ()
    )
    if one.outer_limit:
        outer = date.fromisoformat(one.outer_limit)
        leads = (0,) if alarmed and late else ()
        yield Entry(f"{key}/{OUTER_DAY}", outer, f"{OUTER}{whose}{over}", about, said, one.certain, leads)


def _group(entry: Entry) -> str:
    return entry.key.rpartition("/")[0]


def _what(entry: Entry) -> str:
    return entry.what if entry.certain else f"{entry.what}; NOT CERTAIN"


# -- what an event says -------------------------------------------------------------------------------


def _deadline_words(assessment: Assessment, one: DeadlineResult, about: str, own: bool) -> str:
    clock = one.deadline.clock
    assert clock is not None, "only a deadline with a clock has a day"
    starter = assessment.rulebook.about.starts_with[
        next(result.avenue.starts_with for result in assessment.avenues if result.avenue.id == one.avenue)
    ]
    start = f" ({one.start})" if one.start else ""
    whose = "yours, if you choose this way" if own else "of others; you cannot meet it for them"
    runs = f"{clock.period} from {clock.starts}" if clock.period else f"From {clock.starts}"
    return "\n".join(
        [
            f"{about}.",
            f"Whose time limit: {whose}. Who starts this way: {starter}.",
            f"What must be done: {one.deadline.text}",
            f"Period: {runs}{start}. {STATE[one.state]}",
            *(f"Note: {note.text}" for note in one.notes),
            *([] if one.certain else [NOT_CERTAIN]),
            NOT_FOR_PLANNING,
            *_sources(assessment, [*one.deadline.sources, *(source for note in one.notes for source in note.sources)]),
        ]
    )


def _wait_words(assessment: Assessment, wait: WaitResult, about: str) -> str:
    clock = wait.wait.clock
    start = f" ({wait.start})" if wait.start else ""
    return "\n".join(
        [
            f"{about}.",
            f"Waiting period: {clock.period} from {clock.starts}{start}. Before this day it is too early.",
            wait.wait.text,
            *([] if wait.certain else [WAIT_NOT_CERTAIN]),
            NO_LIMIT,
            *_sources(assessment, wait.wait.sources),
        ]
    )


def _sources(assessment: Assessment, sources: Sequence[str]) -> Iterator[str]:
    """Where a time comes from and how that was checked, and which rules said so."""
    rulebook = assessment.rulebook
    yield "Sources:"
    for name in dict.fromkeys(sources):
        source = resolve(rulebook, name)
        checked = f", checked on {source.checked}" if source.checked else ""
        history = f" History: {source.history}" if source.history else ""
        yield f"- {source.cite}: {SEEN[source.seen]}{checked}.{history}"
    about = rulebook.about
    reviewed = "" if about.reviewed_by_lawyer else " No lawyer has reviewed these rules."
    yield f"The law as of {about.law_as_of}, from the rules {about.id} {about.version}.{reviewed}"
    yield about.notice


# -- events -------------------------------------------------------------------------------------------


def _event(assessment: Assessment, entry: Entry, title: str) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", _uid(assessment, entry.key))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _DAY)
    event.add("summary", title)
    event.add("description", "\n".join(inert(line) for line in entry.description.split("\n")))
    event.add("status", "CONFIRMED" if entry.certain else "TENTATIVE")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for lead in entry.leads:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(hours=HOUR) - timedelta(days=lead))
        event.add_component(alarm)
    return event


def _uid(assessment: Assessment, key: str) -> str:
    """The same limit of the same case is the same event whatever its day; the name says nothing to whoever reads it."""
    case = assessment.case
    name = "\n".join((assessment.rulebook.about.id, PurePath(case.file).stem, case.title, key))
    return f"{digest(name.encode('utf-8', 'surrogatepass')).hex()[:40]}@pathways.invalid"


def _of_this_case(old: Mapping[str, Event], assessment: Assessment) -> bool:
    """Whether an event that stands in an earlier export (or was called off, where all were) can be one of this case.

    One is enough: of the others the rules may have changed the names.
    """
    standing = {uid for uid, event in old.items() if str(event.get("status")) != CALLED_OFF} or set(old)
    ours = {
        _uid(assessment, f"{avenue.id}/{time}/{which}")
        for avenue in assessment.rulebook.avenues.values()
        for time in [one.id for one in avenue.deadlines] + [one.id for one in avenue.waits]
        for which in DAYS
    }
    return not ours.isdisjoint(standing)


def _number(event: Event, old: Event | None, as_of: str) -> None:
    """Date an event and number it, so that whoever imports it takes the newer one.

    Numbers grow with the day of the assessment; on the same day with every change.
    """
    number = (date.fromisoformat(as_of) - _FIRST).days
    if old is not None:
        before = int(old.get("sequence", 0))
        number = max(number, before if _content(event) == _content(old) else before + 1)
    for name in ("sequence", "dtstamp", "last-modified"):
        event.pop(name, None)
    event.add("sequence", max(0, number))
    for name in ("dtstamp", "last-modified"):
        event.add(name, datetime.combine(date.fromisoformat(as_of), datetime.min.time(), UTC))


def _called_off(old: Event, as_of: str) -> Event:
    """What was exported and is no longer there: calendars do not take away what a file does not name."""
    from icalendar import Event

    event = Event()
    for name in ("uid", "dtstart", "dtend", "class"):
        if name in old:
            event[name] = old[name]
    event.add("summary", "Legal date: called off")
    event.add("description", GONE)
    event.add("status", CALLED_OFF)
    event.add("transp", "TRANSPARENT")
    _number(event, old, as_of)
    return event


def _content(event: Event) -> bytes:
    """What an event says, without when it was said."""
    stamps = {b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE"}
    unfolded = event.to_ical().replace(b"\r\n ", b"").split(b"\r\n")
    return b"\n".join(line for line in unfolded if line.partition(b":")[0] not in stamps)


def _events(before: bytes) -> dict[str, Event]:
    """The events of an earlier export by their names."""
    from icalendar import Calendar

    try:
        old: Calendar = Calendar.from_ical(before)
        if str(old.get("prodid")) != PRODUCT:
            raise NotOursError
        return {str(event["uid"]): event for event in old.walk("VEVENT")}
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise NotOursError from error
