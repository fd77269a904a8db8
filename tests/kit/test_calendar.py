"""Calendar files: read by a second, independent parser; true to the assessment; safe to import again."""

from __future__ import annotations

import re
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from pathways.assessment import Assessment
from pathways.case import Given, save_case
from pathways.cli.dates_file import write_calendar
from pathways.cli.exits import Exit
from pathways.record import replaced
from pathways.render.calendar import LEADS, NEUTRAL, NotOursError, OtherCaseError, calendar_bytes, undated
from tests.kit.cases import DAY, FINES, HOSTILE, assessed, fined, ran, shot
from tests.places import SCENARIOS, shipped_rulebook

TITLE = re.compile(
    r"Legal date [1-9]\d* of [1-9]\d*: "
    r"(last safe day|outer limit, not for planning|too early before this day)(, for others to meet)?(, over)?"
    r"(; NOT CERTAIN)?"
)


def events(data: bytes) -> dict[str, Any]:
    """The events of a file by UID, as the library that made it reads them."""
    found = Calendar.from_ical(data).walk("VEVENT")
    named = {str(event["uid"]): event for event in found}
    assert len(named) == len(found), "every event has a name of its own"
    return named


def seconds(data: bytes) -> list[Any]:
    """The events of a file, as a second parser reads them."""
    (calendar,) = vobject.readComponents(data.decode())
    assert str(calendar.version.value) == "2.0"
    return list(calendar.contents.get("vevent", ()))


def events_of(assessment: Assessment) -> list[Any]:
    """The events of a case; none where it has no day."""
    data = calendar_bytes(assessment)
    return list(events(data).values()) if data else []


def title_of(event: Any) -> str:
    return str(event["summary"])


def titles(data: bytes) -> list[str]:
    return [title_of(event) for event in events(data).values()]


def of_claim(which: str, as_of: str = DAY) -> Any:
    """The event of the two years for a claim that is about this day (``last safe day`` …)."""
    found = events(calendar_bytes(assessed(shot(), as_of), full_titles=True)).values()
    (event,) = [one for one in found if f"must receive a written claim within two years: {which}" in title_of(one)]
    return event


def alarms(event: Any) -> list[timedelta]:
    return [alarm["trigger"].dt for alarm in event.walk("VALARM")]


def cases() -> list[Any]:
    """Everything with days, of two rulebooks."""
    from pathways.case import read_case
    from pathways.rulebook.locate import shipped

    rulebook = shipped_rulebook()
    found = [
        pytest.param(lambda name=name: assessed_scenario(name, read_case, rulebook, shipped), id=name)
        for name in SCENARIOS
        if name != "empty"
    ]
    return [
        *found,
        *(pytest.param(lambda name=name: fined(name), id=f"fines {name}") for name in ("waiting", "missed", "refused")),
    ]


def assessed_scenario(name: str, read_case: Any, rulebook: Any, shipped: Any) -> Assessment:
    return assessed(read_case(shipped("scenarios") / f"{name}.yaml", rulebook), DAY)


@pytest.mark.parametrize("made", cases())
@pytest.mark.parametrize("full", [False, True])
def test_a_second_parser_reads_the_same_events(made: Any, full: bool) -> None:
    assessment = made()
    data = calendar_bytes(assessment, full)
    if not data:
        assert not any(one.last_safe for one in assessment.deadlines)
        return
    ours = {(str(one["uid"]), one["dtstart"].dt, str(one["summary"])) for one in events(data).values()}
    theirs = {(one.uid.value, one.dtstart.value, one.summary.value) for one in seconds(data)}
    assert theirs == ours
    for one in seconds(data):
        assert one.dtend.value == one.dtstart.value + timedelta(days=1)
        assert one.contents["class"][0].value == "PRIVATE"
        assert one.transp.value == "TRANSPARENT"
        assert one.dtstamp.value.date().isoformat() == assessment.as_of


@pytest.mark.parametrize("made", cases())
def test_every_line_ends_and_folds_as_the_standard_says(made: Any) -> None:
    data = calendar_bytes(made())
    assert data.replace(b"\r\n", b"").count(b"\n") == data.replace(b"\r\n", b"").count(b"\r") == 0
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("made", cases())
def test_every_day_of_the_assessment_is_there_and_no_other(made: Any) -> None:
    assessment = made()
    found = (
        sorted(event["dtstart"].dt.isoformat() for event in events(calendar_bytes(assessment)).values())
        if calendar_bytes(assessment)
        else []
    )
    limits = [day for one in assessment.deadlines for day in (one.last_safe, one.outer_limit) if one.last_safe and day]
    assert found == sorted([*limits, *(one.earliest for one in assessment.waits if one.earliest)])


@pytest.mark.parametrize("made", cases())
def test_what_is_not_certain_never_reads_as_certain(made: Any) -> None:
    assessment = made()
    uncertain = {f"{one.avenue}/{one.id}" for one in assessment.deadlines if one.last_safe and not one.certain}
    uncertain |= {f"{one.avenue}/{one.id}" for one in assessment.waits if one.earliest and not one.certain}
    for event in events_of(assessment):
        marked = str(event["summary"]).endswith("; NOT CERTAIN")
        assert (str(event["status"]) == "TENTATIVE") == marked
        assert ("NOT CERTAIN" in str(event["description"])) == marked
    assert any(title.endswith("; NOT CERTAIN") for title in map(title_of, events_of(assessment))) == bool(uncertain)


@pytest.mark.parametrize(
    "more",
    [
        {"incident__date": "2026-01"},
        {"incident__date": Given("one-of", ("2026-01-07", "2026-01-08"))},
        {"incident__date": Given("disputed", ("2026-01-07", "2026-01-08"))},
    ],
    ids=["a month", "one of two days", "disputed"],
)
def test_a_start_that_is_not_known_exactly_is_no_certain_day_and_has_no_outer_limit(more: Any) -> None:
    found = titles(calendar_bytes(assessed(shot(**more))))
    ours = [title for title in found if "last safe day" in title and "others" not in title]
    assert ours
    assert all("NOT CERTAIN" in title for title in ours)
    assert not [title for title in found if "outer limit" in title]


def test_a_period_that_is_only_assumed_is_not_certain() -> None:
    case = shot(officer__agency="local")
    nowhere = {name: given for name, given in case.answers.items() if name != "incident.state"}
    data = calendar_bytes(assessed(replaced(case, about=("section-1983",), answers=nowhere)))
    said = [str(event["description"]) for event in events(data).values()]
    assert any("shortest period it may be" in text and "NOT CERTAIN" in text for text in said)


class TestTitles:
    def test_they_name_nothing_unless_that_is_asked_for(self) -> None:
        data = calendar_bytes(assessed(shot()))
        assert all(TITLE.fullmatch(title) for title in titles(data))
        assert str(Calendar.from_ical(data)["x-wr-calname"]) == NEUTRAL

    def test_an_alarm_says_no_more_than_the_title(self) -> None:
        for event in events(calendar_bytes(assessed(shot()))).values():
            assert {str(alarm["description"]) for alarm in event.walk("VALARM")} <= {str(event["summary"])}

    def test_in_full_they_name_the_way_and_the_limit(self) -> None:
        data = calendar_bytes(assessed(shot()), full_titles=True)
        limit = "The agency must receive a written claim within two years"
        assert f"Claim against the United States: {limit}: last safe day" in titles(data)
        assert str(Calendar.from_ical(data)["x-wr-calname"]) == "A case"

    def test_the_days_of_one_limit_have_one_number_and_the_numbers_run_on(self) -> None:
        numbers = [int(title.split()[2]) for title in titles(calendar_bytes(assessed(shot())))]
        assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
        assert numbers == sorted(numbers)


class TestAlarms:
    def test_they_ring_in_the_morning_before_a_last_safe_day_and_on_it(self) -> None:
        event = of_claim("last safe day")
        assert event["dtstart"].dt == date(2028, 1, 6)
        assert alarms(event) == [timedelta(hours=9) - timedelta(days=lead) for lead in LEADS]

    def test_those_that_would_lie_in_the_past_are_left_out(self) -> None:
        event = of_claim("last safe day", "2027-12-27")
        assert alarms(event) == [timedelta(hours=9) - timedelta(days=lead) for lead in (7, 1, 0)]

    def test_time_limits_of_others_have_none(self) -> None:
        found = [e for e in events(calendar_bytes(assessed(shot()))).values() if "others" in str(e["summary"])]
        assert found
        assert not [event for event in found if alarms(event)]
        assert all("you cannot meet it for them" in str(event["description"]) for event in found)

    def test_between_the_last_safe_day_and_the_outer_limit_the_outer_limit_has_one(self) -> None:
        outer, safe = (of_claim(which, "2028-01-07") for which in ("outer limit", "last safe day"))
        assert (alarms(outer), alarms(safe)) == ([timedelta(hours=9)], [])

    def test_what_is_over_is_marked_and_has_none(self) -> None:
        found = [e for e in events(calendar_bytes(fined("missed"))).values() if str(e["summary"]).endswith(", over")]
        assert found
        assert not [event for event in found if alarms(event)]


def test_an_event_says_what_a_reader_must_know() -> None:
    event = of_claim("last safe day")
    said = str(event["description"])
    for words in (
        "Whose time limit: yours",
        "Period: 2 years from the day of the event",
        "(2026-01-07)",
        "28 U.S.C. § 2401(b): read in the primary text, checked on",
        "28 C.F.R. § 14.2(a): read in part in the primary text",
        "No complaint, review or request stops any of these clocks.",
        "Have a lawyer compute each day anew.",
        "No lawyer has reviewed these rules.",
    ):
        assert words in said, words


class TestImportedAgain:
    def test_the_same_case_and_day_are_the_same_bytes(self) -> None:
        once = calendar_bytes(assessed(shot()))
        assert calendar_bytes(assessed(shot())) == once
        assert calendar_bytes(assessed(shot()), before=once) == once

    def test_a_limit_keeps_its_name_whatever_its_day(self) -> None:
        before = events(calendar_bytes(assessed(shot())))
        after = events(calendar_bytes(assessed(shot(incident__date="2026-01-14"), "2026-02-01")))
        assert before.keys() == after.keys()
        assert all(after[uid]["dtstart"].dt != event["dtstart"].dt for uid, event in before.items())
        assert all(int(after[uid]["sequence"]) > int(event["sequence"]) for uid, event in before.items())

    def test_a_change_on_the_same_day_counts_as_newer_and_nothing_else_does(self) -> None:
        first = calendar_bytes(assessed(shot()))
        moved = events(calendar_bytes(assessed(shot(incident__date="2026-01-14")), before=first))
        assert all(int(moved[uid]["sequence"]) == int(event["sequence"]) + 1 for uid, event in events(first).items())

    def test_what_is_gone_is_called_off(self) -> None:
        first = calendar_bytes(assessed(shot()))
        met = assessed(shot(claim__presented="yes", claim__received_on="2026-01-15"))
        second = calendar_bytes(met, before=first)
        gone = [event for event in events(second).values() if str(event["status"]) == "CANCELLED"]
        assert events(first).keys() <= events(second).keys()
        assert gone
        for event in gone:
            assert int(event["sequence"]) > int(events(first)[str(event["uid"])]["sequence"])
            assert not alarms(event)
            assert "Ask a lawyer" in str(event["description"])
        assert calendar_bytes(met, before=second) == second
        again = events(calendar_bytes(assessed(shot()), before=second))
        assert all(str(again[str(event["uid"])]["status"]) != "CANCELLED" for event in gone)
        assert all(int(again[str(event["uid"])]["sequence"]) > int(event["sequence"]) for event in gone)

    def test_cases_with_files_or_titles_of_their_own_do_not_meet(self) -> None:
        names = [
            set(events(calendar_bytes(assessed(replaced(shot(), **change)))))
            for change in ({}, {"file": "mother.yaml"}, {"title": "Another"})
        ]
        assert not names[0] & names[1] | names[0] & names[2] | names[1] & names[2]

    def test_a_name_says_nothing_of_the_case(self) -> None:
        assert all(
            re.fullmatch(r"[0-9a-f]{40}@pathways\.invalid", uid) for uid in events(calendar_bytes(assessed(shot())))
        )

    @pytest.mark.parametrize(
        "before",
        [
            b"",
            b"case: Mine\n",
            b"\xff\xfe\x00",
            b"BEGIN:VCALENDAR\r\nPRODID:-//else//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
            b"BEGIN:VCALENDAR\r\nPRODID:-//pathways//time limits//EN\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        ],
        ids=["empty", "a case", "bytes", "another's", "broken"],
    )
    def test_what_is_no_calendar_made_here_is_refused(self, before: bytes) -> None:
        with pytest.raises(NotOursError):
            calendar_bytes(assessed(shot()), before=before)

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.dates(date(2025, 6, 1), date(2026, 1, 19)).map(date.isoformat),
                st.dates(date(2026, 1, 20), date(2028, 6, 1)).map(date.isoformat),
            ),
            min_size=2,
            max_size=4,
        )
    )
    def test_whatever_is_exported_in_turn_no_event_is_lost_and_none_grows_older(
        self, turns: list[tuple[str, str]]
    ) -> None:
        before: bytes | None = None
        for happened, day in turns:
            made = calendar_bytes(assessed(shot(incident__date=happened), day), before=before)
            if before is not None:
                old, new = events(before), events(made)
                assert old.keys() <= new.keys()
                assert all(int(new[uid]["sequence"]) >= int(event["sequence"]) for uid, event in old.items())
            assert len(seconds(made)) == len(events(made))
            before = made


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("full", [False, True])
def test_text_of_a_case_is_never_a_property(text: str, full: bool) -> None:
    plain = calendar_bytes(assessed(shot()), full)
    data = calendar_bytes(assessed(replaced(shot(), title=text, story=text, file=text)), full)
    assert len(seconds(data)) == len(seconds(plain))
    names = {line.partition(b":")[0].partition(b";")[0] for line in data.replace(b"\r\n ", b"").split(b"\r\n")}
    assert names == {line.partition(b":")[0].partition(b";")[0] for line in plain.replace(b"\r\n ", b"").split(b"\r\n")}
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", data)
    assert "\u202e" not in data.decode()
    if not full:
        assert text[:20].encode("utf-8", "replace") not in data


class TestCommand:
    def test_it_writes_a_file_of_its_owner_alone_and_says_what_is_not_in_it(self, tmp_path: Path) -> None:
        file = tmp_path / "days.ics"
        done = ran(lambda environment: write_calendar(environment, "minneapolis-2026", file, False, None))
        assert done.code is Exit.DONE
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert f"{len(events(file.read_bytes()))} events, as of 2026-01-20" in done.out
        assert "time limits and waiting periods have no day yet" in done.err
        assert "calendar of its own" in done.err
        assert [path.name for path in tmp_path.iterdir()] == ["days.ics"]

    def test_an_earlier_export_is_brought_up_to_date(self, tmp_path: Path) -> None:
        file, written = tmp_path / "days.ics", tmp_path / "my.yaml"
        for met in ({}, {"claim__presented": "yes", "claim__received_on": "2026-01-15"}):
            save_case(shot(**met), written)
            assert (
                ran(lambda environment: write_calendar(environment, str(written), file, False, DAY)).code is Exit.DONE
            )
        assert "Legal date: called off" in titles(file.read_bytes())

    def test_what_is_called_off_is_counted_apart(self, tmp_path: Path) -> None:
        file, written = tmp_path / "days.ics", tmp_path / "my.yaml"
        save_case(shot(), written)
        first = ran(lambda environment: write_calendar(environment, str(written), file, False, DAY))
        assert "called off" not in first.out
        save_case(shot(claim__presented="yes", claim__received_on="2026-01-15"), written)
        said = ran(lambda environment: write_calendar(environment, str(written), file, False, DAY)).out
        every = [str(event["status"]) for event in events(file.read_bytes()).values()]
        off = every.count("CANCELLED")
        assert off
        assert f"{len(every) - off} events, {off} called off, as of {DAY}" in said

    @pytest.mark.parametrize("others", ["shot", "minneapolis-2026"])
    def test_a_calendar_of_another_case_is_left_as_it_is(self, others: str, tmp_path: Path) -> None:
        file, mine, other = tmp_path / "days.ics", tmp_path / "my.yaml", tmp_path / "other.yaml"
        save_case(shot(), mine)
        save_case(shot(), other)
        assert ran(lambda environment: write_calendar(environment, str(mine), file, False, DAY)).code is Exit.DONE
        before = file.read_bytes()
        name = str(other) if others == "shot" else others
        done = ran(lambda environment: write_calendar(environment, name, file, False, DAY))
        assert (done.code, done.out) == (Exit.BAD_INPUT, "")
        assert "error[taken]" in done.err
        assert "the time limits of another case" in " ".join(done.err.split())
        assert "name another file" in " ".join(done.err.split())
        assert file.read_bytes() == before

    def test_it_goes_to_a_file_and_not_to_one_named_like_standard_output(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        done = ran(lambda environment: write_calendar(environment, "minneapolis-2026", Path("-"), False, None))
        assert (done.code, done.out) == (Exit.BAD_INPUT, "")
        assert "error[no-file]" in done.err
        assert not list(tmp_path.iterdir())

    def test_a_case_without_a_day_does_not_call_off_another(self, tmp_path: Path) -> None:
        file = tmp_path / "days.ics"
        ran(lambda environment: write_calendar(environment, "minneapolis-2026", file, False, None))
        before = file.read_bytes()
        done = ran(lambda environment: write_calendar(environment, "empty", file, False, DAY))
        assert (done.code, file.read_bytes()) == (Exit.BAD_INPUT, before)
        assert "another case" in done.err

    def test_a_case_of_which_all_was_called_off_can_come_back(self) -> None:
        gone = calendar_bytes(assessed(replaced(shot(), answers={})), before=calendar_bytes(assessed(shot())))
        assert {str(event["status"]) for event in events(gone).values()} == {"CANCELLED"}
        assert "CONFIRMED" in {str(e["status"]) for e in events(calendar_bytes(assessed(shot()), before=gone)).values()}

    def test_a_calendar_that_another_case_took_over_once_is_still_that_ones(self) -> None:
        mine, other = assessed(shot()), assessed(replaced(shot(), file="other.yaml"))
        off = calendar_bytes(assessed(replaced(shot(), answers={})), before=calendar_bytes(mine))
        _, begin, standing = calendar_bytes(other).partition(b"BEGIN:VEVENT")
        both = off.replace(b"END:VCALENDAR\r\n", begin + standing)
        with pytest.raises(OtherCaseError):
            calendar_bytes(mine, before=both)
        calendar_bytes(other, before=both)

    def test_without_a_day_nothing_is_written(self, tmp_path: Path) -> None:
        done = ran(lambda environment: write_calendar(environment, "empty", tmp_path / "days.ics", False, DAY))
        assert done.code is Exit.BAD_INPUT
        assert "No day can be computed" in done.err
        assert list(tmp_path.iterdir()) == []

    def test_another_file_is_never_written_over(self, tmp_path: Path) -> None:
        file = tmp_path / "my-case.yaml"
        save_case(shot(), file)
        before = file.read_bytes()
        done = ran(lambda environment: write_calendar(environment, str(file), file, False, DAY))
        assert done.code is Exit.BAD_INPUT
        assert "no calendar made here" in done.err
        assert file.read_bytes() == before

    @pytest.mark.parametrize("name", ["no-such-case", str(FINES / "cases")])
    def test_it_takes_one_case(self, name: str, tmp_path: Path) -> None:
        done = ran(lambda environment: write_calendar(environment, name, tmp_path / "days.ics", False, DAY))
        assert done.code is Exit.BAD_INPUT
        assert list(tmp_path.iterdir()) == []

    def test_a_second_rulebook_works_as_well(self, tmp_path: Path) -> None:
        case_file, file = str(FINES / "cases" / "waiting.yaml"), tmp_path / "days.ics"
        done = ran(lambda environment: write_calendar(environment, case_file, file, True, None), rules=FINES)
        assert done.code is Exit.DONE
        assert any(title.startswith("Appeal: Waiting for the town: too early") for title in titles(file.read_bytes()))


def test_what_has_no_day_is_counted() -> None:
    assessment = assessed(shot())
    dated = sum(1 for one in assessment.deadlines if one.last_safe) + sum(1 for one in assessment.waits if one.earliest)
    assert undated(assessment) == len(assessment.deadlines) + len(assessment.waits) - dated > 0
