"""What deadlines and waiting periods come to on the dates of a case, told with parking fines."""

from __future__ import annotations

from typing import ClassVar

import pytest

from pathways.assessment import Standing
from pathways.case import Given, Said
from pathways.logic import DISPUTED as IN_DISPUTE
from pathways.logic import NO, YES, ValueSet
from pathways.logic import UNKNOWN as NOT_KNOWN
from pathways.rulebook import Rulebook
from tests.deadlines.fines import (
    DISPUTED,
    REFUSED,
    TICKET,
    UNKNOWN,
    Answers,
    assessed,
    avenue,
    fines,
    limit,
    notes,
    shown,
    wait,
)

OPEN, CONTESTED, UNDETERMINED, CLOSED, NOT_APPLICABLE = (
    Standing.OPEN,
    Standing.CONTESTED,
    Standing.UNDETERMINED,
    Standing.CLOSED,
    Standing.NOT_APPLICABLE,
)
OBJECT, PHOTO, FILE, ASK = "objection/object", "objection/photo-in-time", "appeal/file", "instalments/ask"
NOT_SENT: Answers = {**TICKET, "objection.sent": "no"}


def missed(answers: Answers, as_of: str, name: str, rulebook: Rulebook | None = None) -> ValueSet:
    """Whether a time limit was missed, as far as that is settled."""
    of, _, deadline = name.partition("/")
    return next(part.values for part in avenue(answers, as_of, of, rulebook).hurdles if part.id == deadline)


class TestRunning:
    def test_shows_the_last_safe_day_the_outer_limit_and_the_days_left(self) -> None:
        one = shown(NOT_SENT, "2026-01-07", OBJECT)
        assert (one.state, one.start, one.last_safe, one.outer_limit, one.days_left) == (
            "running",
            "2026-01-06",
            "2026-01-16",
            "2026-01-20",
            9,
        )
        assert one.notes == ()
        assert missed(NOT_SENT, "2026-01-07", OBJECT) == NO

    def test_on_the_last_safe_day_itself_no_day_is_left(self) -> None:
        one = shown(NOT_SENT, "2026-01-16", OBJECT)
        assert (one.state, one.days_left, one.notes) == ("running", 0, ())

    def test_after_the_last_safe_day_a_warning_and_not_the_end(self) -> None:
        for day, left in (("2026-01-17", -1), ("2026-01-20", -4)):
            one = shown(NOT_SENT, day, OBJECT)
            assert (one.state, one.days_left) == ("running", left)
            assert notes(one) == "The last safe day is over. It may still be in time: see a lawyer today."
            assert missed(NOT_SENT, day, OBJECT) == NO

    def test_while_it_runs_nothing_more_need_be_known(self) -> None:
        result = avenue({**TICKET, "objection.sent": UNKNOWN}, "2026-01-07", "objection")
        assert (result.standing, result.asks) == (OPEN, ())

    def test_it_runs_for_an_act_that_is_disputed(self) -> None:
        assert shown({**TICKET, "objection.sent": DISPUTED}, "2026-01-07", OBJECT).state == "running"


class TestPassed:
    def test_the_day_after_the_outer_limit(self) -> None:
        result = avenue(NOT_SENT, "2026-01-21", "objection")
        assert result.could_become == (CONTESTED, CLOSED), "whether you were ill is not answered"
        assert missed(NOT_SENT, "2026-01-21", OBJECT) == YES
        assert avenue({**NOT_SENT, "objection.ill": "no"}, "2026-01-21", "objection").closed_by == (
            ("deadline", "object"),
        )

    def test_the_reason_names_the_day(self) -> None:
        result = avenue({**NOT_SENT, "objection.ill": "no"}, "2026-01-21", "objection")
        assert [reason.text for reason in result.reasons] == [
            "Objecting within two weeks: missed on these answers.",
            "Ticket on the car: 2026-01-06; the period of 14 days ended on 2026-01-20",
            "Ill in those two weeks: no",
        ]
        assert all(reason.sources for reason in result.reasons)

    def test_an_excuse_softens_it_to_contested_and_it_stays_in_sight(self) -> None:
        answers = {**NOT_SENT, "objection.ill": "yes"}
        assert avenue(answers, "2026-01-21", "objection").standing is CONTESTED
        one = shown(answers, "2026-01-21", OBJECT)
        assert (one.state, one.days_left) == ("passed", -5)

    def test_one_that_only_informs_closes_nothing(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-13"}
        assert shown(answers, "2026-01-22", PHOTO).state == "passed"
        assert avenue(answers, "2026-01-22", "objection").standing is OPEN

    def test_of_a_closed_avenue_no_time_limit_is_shown(self) -> None:
        assert limit({**NOT_SENT, "objection.ill": "no"}, "2026-01-21", OBJECT) is None


class TestTheAct:
    def test_done_in_time_the_limit_is_met_and_out_of_sight(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-20"}
        for as_of in ("2026-01-20", "2030-01-01"):
            assert limit(answers, as_of, OBJECT) is None
            assert missed(answers, as_of, OBJECT) == NO
            assert avenue(answers, as_of, "objection").standing is OPEN

    def test_done_late_it_is_passed_even_if_nobody_asks_before_years_later(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-21", "objection.ill": "no"}
        for as_of in ("2026-01-21", "2030-01-01"):
            assert avenue(answers, as_of, "objection").closed_by == (("deadline", "object"),)

    def test_done_on_a_day_not_known_before_the_limit_it_is_met_and_after_it_the_day_is_asked(self) -> None:
        answers = {**TICKET, "objection.sent": "yes"}
        assert limit(answers, "2026-01-20", OBJECT) is None
        result = avenue(answers, "2026-01-21", "objection")
        assert result.standing is UNDETERMINED
        assert "objection.sent-on" in result.asks
        assert shown(answers, "2026-01-21", OBJECT).state == "unsettled"

    def test_where_its_day_can_not_be_found_out_nothing_is_closed_and_it_is_not_asked_again(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": UNKNOWN}
        assert missed(answers, "2026-01-21", OBJECT) == NOT_KNOWN
        assert "objection.sent-on" not in avenue(answers, "2026-01-21", "objection").asks

    def test_not_known_whether_it_was_done_that_is_asked_first(self) -> None:
        result = avenue(TICKET, "2026-01-21", "objection")
        assert "objection.sent" in result.asks
        assert "objection.sent-on" not in result.asks

    @pytest.mark.parametrize("answer", [UNKNOWN, DISPUTED], ids=["not known", "disputed"])
    def test_what_is_asked_in_vain_leaves_everything_possible(self, answer: Given) -> None:
        assert missed({**TICKET, "objection.sent": answer}, "2026-01-21", OBJECT) == NOT_KNOWN

    @pytest.mark.parametrize(
        ("sent_on", "as_of", "value"),
        [
            ("2026-01", "2026-03-01", NOT_KNOWN),
            ("2025-12", "2026-03-01", NO),
            ("2026-02", "2026-03-01", NOT_KNOWN),
        ],
    )
    def test_a_month_meets_the_limit_where_all_its_days_do_and_never_misses_it(
        self, sent_on: str, as_of: str, value: ValueSet
    ) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": sent_on}
        assert missed(answers, as_of, OBJECT) == value

    def test_a_dispute_about_its_day_is_decided_only_where_every_side_comes_out_in_time(self) -> None:
        def on(*days: str) -> Answers:
            said = Given("disputed", days, tuple(Said(day) for day in days))
            return {**TICKET, "objection.sent": "yes", "objection.sent-on": said}

        assert missed(on("2026-01-12", "2026-01-15"), "2026-03-01", OBJECT) == NO
        assert missed(on("2026-01-12", "2026-01-25"), "2026-03-01", OBJECT) == NOT_KNOWN
        assert missed(on("2026-01-24", "2026-01-25"), "2026-03-01", OBJECT) == NOT_KNOWN

    def test_not_done_its_day_says_nothing(self) -> None:
        answers = {**NOT_SENT, "objection.sent-on": "2026-01-13"}
        assert missed(answers, "2026-01-21", OBJECT) == YES


class TestAnActWithADayAndNoQuestionWhetherItWasDone:
    """``met_by`` without ``met_when``."""

    @staticmethod
    def rules() -> Rulebook:
        return fines(("avenues/objection.yaml", "    met_when: objection.sent\n", ""))

    def test_with_its_day_it_is_done(self) -> None:
        answers = {**TICKET, "objection.sent-on": "2026-01-13"}
        assert missed(answers, "2026-02-01", OBJECT, self.rules()) == NO

    def test_where_the_day_is_not_known_it_may_not_have_been_done_and_the_limit_stays_in_sight(self) -> None:
        answers = {**TICKET, "objection.sent-on": UNKNOWN}
        assert shown(answers, "2026-01-07", OBJECT, self.rules()).state == "running"
        assert missed(answers, "2026-02-01", OBJECT, self.rules()) == NOT_KNOWN

    def test_after_the_limit_the_day_is_asked(self) -> None:
        assert "objection.sent-on" in avenue(TICKET, "2026-02-01", "objection", self.rules()).asks


class TestAnActOfWhichALegalTestSaysWhetherItWasDone:
    @staticmethod
    def rules() -> Rulebook:
        return fines(
            ("avenues/objection.yaml", "met_when: objection.sent", "met_when: {all: [objection.sent, sent-well]}"),
            (
                "findings/letters.yaml",
                "",
                "sources: ['code:2']\nfindings:\n  sent-well:\n    title: The letter was good\n    kind: state law\n"
                "    holds_when: {not: objection.ill}\n    says: {yes: Good., no: Bad., disputed: Disputed.}\n",
            ),
        )

    def test_what_it_rests_on_is_asked(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-13"}
        late = {**TICKET, "objection.sent": "yes"}
        assert {"objection.ill"} <= set(avenue(late, "2026-02-01", "objection", self.rules()).asks)
        assert missed({**answers, "objection.ill": "no"}, "2026-02-01", OBJECT, self.rules()) == NO
        assert missed({**answers, "objection.ill": "yes"}, "2026-02-01", OBJECT, self.rules()) == YES


class TestTheDayThatStartsIt:
    def test_not_asked_yet_it_is_asked_and_no_day_is_shown(self) -> None:
        answers = {name: answer for name, answer in NOT_SENT.items() if name != "fine.placed-on"}
        one = shown(answers, "2026-01-21", OBJECT)
        assert (one.state, one.start, one.last_safe, one.outer_limit, one.days_left) == ("unsettled", "", "", "", None)
        assert "fine.placed-on" in avenue(answers, "2026-01-21", "objection").asks

    def test_asked_in_vain_it_closes_nothing_and_is_not_asked_again(self) -> None:
        answers = {**NOT_SENT, "fine.placed-on": UNKNOWN, "objection.ill": "no"}
        assert missed(answers, "2030-01-01", OBJECT) == NOT_KNOWN
        assert "fine.placed-on" not in avenue(answers, "2030-01-01", "objection").asks

    @pytest.mark.parametrize("placed", ["2026", "2026-01", "2020"])
    @pytest.mark.parametrize("as_of", ["2026-02-28", "2040-01-01"])
    def test_known_only_in_part_it_never_ends_anything(self, placed: str, as_of: str) -> None:
        answers = {**NOT_SENT, "fine.placed-on": placed, "objection.ill": "no"}
        assert missed(answers, as_of, OBJECT) == NOT_KNOWN

    def test_known_only_in_part_the_earliest_is_counted_and_no_outer_limit_is_shown(self) -> None:
        one = shown({**NOT_SENT, "fine.placed-on": "2026-01"}, "2026-01-10", OBJECT)
        assert (one.state, one.start, one.last_safe, one.outer_limit) == ("running", "", "2026-01-14", "")
        assert notes(one) == (
            "The day that starts it is not known exactly: it lies from 2026-01-01 to 2026-01-31, and the earliest is "
            "counted."
        )

    def test_known_only_in_part_it_says_when_it_may_have_passed(self) -> None:
        one = shown({**NOT_SENT, "fine.placed-on": "2026-01"}, "2026-01-20", OBJECT)
        assert one.state == "unsettled"
        assert notes(one).endswith("It may already have passed.")

    def test_an_act_before_the_earliest_limit_meets_it_even_then(self) -> None:
        answers = {**TICKET, "fine.placed-on": "2026-01", "objection.sent": "yes", "objection.sent-on": "2026-01-15"}
        assert limit(answers, "2026-03-01", OBJECT) is None
        assert missed(answers, "2026-03-01", OBJECT) == NO

    def test_two_days_that_are_said_are_as_good_as_the_time_between(self) -> None:
        two = Given("disputed", ("2026-01-06", "2026-01-08"), (Said("2026-01-06"), Said("2026-01-08")))
        answers = {**NOT_SENT, "fine.placed-on": two}
        assert shown(answers, "2026-01-10", OBJECT).last_safe == "2026-01-16"
        assert missed(answers, "2030-01-01", OBJECT) == NOT_KNOWN

    def test_a_day_that_has_not_come_starts_a_time_that_runs(self) -> None:
        assert shown({**NOT_SENT, "fine.placed-on": "2026-02-02"}, "2026-01-21", OBJECT).days_left == 23


class TestNotStarted:
    def test_what_starts_it_did_not_happen(self) -> None:
        one = shown({**REFUSED, "objection.refused": "no"}, "2030-01-01", FILE)
        assert (one.state, one.last_safe, one.days_left) == ("not_started", "", None)
        assert avenue({**REFUSED, "objection.refused": "no"}, "2030-01-01", "appeal").standing is OPEN

    def test_nobody_said_that_it_happened(self) -> None:
        answers = {name: answer for name, answer in REFUSED.items() if not name.startswith("objection.refused")}
        assert shown(answers, "2026-03-01", FILE).state == "not_started"

    def test_it_happened_on_a_day_that_is_not_known(self) -> None:
        answers = {**REFUSED, "objection.refused-on": UNKNOWN}
        assert shown(answers, "2026-03-01", FILE).state == "unsettled"

    def test_disputed_whether_it_happened_is_disputed_whether_it_was_missed(self) -> None:
        answers = {**REFUSED, "objection.refused": DISPUTED, "appeal.filed": "no"}
        assert missed(answers, "2030-01-01", FILE) == IN_DISPUTE

    def test_those_that_have_not_started_are_shown_last(self) -> None:
        shown_ones = assessed({**REFUSED, "objection.refused": "no"}, "2026-01-15").deadlines
        assert [one.id for one in shown_ones] == ["photo-in-time", "ask", "file"]


class TestByTown:
    """Abbey gives two months (read in its bylaws), Cliffdale three (a newspaper says), Eastfield is not looked up."""

    @staticmethod
    def appeal(town: str | Given | None, **more: str) -> Answers:
        answers: dict[str, str | Given] = {**REFUSED, "appeal.filed": "no", **more}
        answers.pop("fine.town")
        return answers if town is None else {**answers, "fine.town": town}

    def test_a_period_that_was_read_in_the_law_is_used(self) -> None:
        one = shown(self.appeal("AB"), "2026-03-02", FILE)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-04-09", "2026-04-10")
        assert [(note.text, note.sources) for note in one.notes] == [("The period is 2 months.", ("town:abbey/1",))]
        assert avenue(self.appeal("AB"), "2026-04-11", "appeal").closed_by == (("deadline", "file"),)

    @pytest.mark.parametrize(
        "town",
        ["CD", "EF", "JK", UNKNOWN, Given("one-of", ("AB", "CD")), None],
        ids=["not read in the law", "empty", "without a value", "not known", "one of two", "not asked"],
    )
    def test_any_other_gives_a_warning_by_the_shortest_and_is_never_passed(self, town: str | Given | None) -> None:
        one = shown(self.appeal(town), "2026-03-02", FILE)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-03-09", "")
        assert [(note.text, note.sources) for note in one.notes] == [
            ("Computed from the shortest period it may be, 1 month. No town gives less.", ("code:3(b)",))
        ]
        late = shown(self.appeal(town), "2040-01-01", FILE)
        assert late.state == "unsettled"
        assert notes(late).endswith("It may already have passed.")
        assert missed(self.appeal(town), "2040-01-01", FILE) == NOT_KNOWN

    def test_where_the_town_was_not_asked_it_is_asked_once_it_matters(self) -> None:
        assert "fine.town" not in avenue(self.appeal(None), "2026-03-02", "appeal").asks
        assert "fine.town" in avenue(self.appeal(None), "2026-04-02", "appeal").asks

    def test_an_answer_that_it_was_missed_does_not_stand_in_for_the_town_while_that_can_be_asked(self) -> None:
        rules = fines(("avenues/appeal.yaml", "    weekend: unsettled\n", "    missed_when: appeal.instalments-late\n"))
        said = {"appeal.instalments-late": "yes"}
        assert missed(self.appeal(None, **said), "2026-04-02", FILE, rules) == NOT_KNOWN
        assert missed(self.appeal("EF", **said), "2026-04-02", FILE, rules) == YES
        assert missed(self.appeal("AB", **said), "2026-04-02", FILE, rules) == NO

    def test_a_town_without_a_limit_has_none(self) -> None:
        one = shown(self.appeal("GH"), "2040-01-01", FILE)
        assert (one.state, one.last_safe) == ("running", "")
        assert [(note.text, note.sources) for note in one.notes] == [
            ("No limit in time, as far as the table of these rules says.", ("town:greenhill/1",))
        ]
        assert avenue(self.appeal("GH"), "2040-01-01", "appeal").standing is OPEN

    def test_an_act_before_the_shortest_is_over_meets_it_everywhere(self) -> None:
        answers = self.appeal("EF", **{"appeal.filed": "yes", "appeal.filed-on": "2026-03-10"})
        assert missed(answers, "2040-01-01", FILE) == NO

    def test_an_act_after_the_shortest_may_be_in_time(self) -> None:
        answers = self.appeal("EF", **{"appeal.filed": "yes", "appeal.filed-on": "2026-03-11"})
        assert missed(answers, "2040-01-01", FILE) == NOT_KNOWN


class TestWhatACellSaysOfItsPeriod:
    """``careful`` (a shorter one to plan with), ``from`` (since when it is law), ``seen`` (how it was checked)."""

    @staticmethod
    def rules(cell: str) -> Rulebook:
        return fines(("jurisdictions/ab.yaml", "{value: 2 months,", f"{{{cell},"))

    @staticmethod
    def appeal(refused_on: str = "2026-02-10") -> Answers:
        return {**REFUSED, "objection.refused-on": refused_on, "appeal.filed": "no"}

    def test_the_last_safe_day_is_counted_by_the_careful_period_and_the_limit_by_the_whole(self) -> None:
        rules = self.rules("value: 2 months, careful: 1 month")
        one = shown(self.appeal(), "2026-03-02", FILE, rules)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-03-09", "2026-04-10")
        assert "1 month: the last safe day is counted by the shorter one." in notes(one)
        assert shown(self.appeal(), "2026-04-10", FILE, rules).state == "running"
        assert avenue(self.appeal(), "2026-04-11", "appeal", rules).standing is CLOSED

    @pytest.mark.parametrize(("about", "safe"), [("appeal", "2026-03-09"), ("objection", "2026-04-09")])
    def test_a_careful_period_counts_only_beside_the_avenues_that_it_is_about(self, about: str, safe: str) -> None:
        rules = self.rules(f"value: 2 months, careful: 1 month, careful_about: [{about}]")
        one = shown(self.appeal(), "2026-03-02", FILE, rules)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", safe, "2026-04-10")
        assert ("counted by the shorter one" in notes(one)) == (about == "appeal")

    def test_where_there_is_no_limit_a_careful_period_warns_and_never_ends_anything(self) -> None:
        rules = self.rules("value: none, careful: 1 month")
        one = shown(self.appeal(), "2026-03-02", FILE, rules)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-03-09", "")
        assert "Counted by the shortest period that may apply, 1 month." in notes(one)
        assert missed(self.appeal(), "2040-01-01", FILE, rules) == NOT_KNOWN

    @pytest.mark.parametrize(
        ("refused_on", "used"), [("2026-02-10", True), ("2026-02-09", False), ("2026-02", False), ("2026-03", True)]
    )
    def test_a_period_that_is_law_since_a_day_is_used_for_what_began_then_or_later(
        self, refused_on: str, used: bool
    ) -> None:
        one = shown(self.appeal(refused_on), "2026-03-02", FILE, self.rules("value: 2 months, from: 2026-02-10"))
        assert ("The period is 2 months." in notes(one)) == used
        assert ("Computed from the shortest period it may be" in notes(one)) != used

    @pytest.mark.parametrize(("seen", "used"), [("primary", True), ("primary in part", False), ("secondary", False)])
    def test_only_what_was_read_in_the_law_itself_is_used(self, seen: str, used: bool) -> None:
        one = shown(self.appeal(), "2026-03-02", FILE, self.rules(f"value: 2 months, seen: {seen}"))
        assert bool(one.outer_limit) == used

    @pytest.mark.parametrize(("seen", "used"), [("", False), ("seen: primary, ", True)])
    def test_what_the_cell_says_of_itself_beats_what_its_weakest_source_says(self, seen: str, used: bool) -> None:
        two = ('["town:cliffdale/1"]}', '["code:1", "town:cliffdale/1"]}')
        rules = fines(
            ("jurisdictions/cd.yaml", "{value: 3 months,", f"{{value: 3 months, {seen}"),
            ("jurisdictions/cd.yaml", *two),
        )
        one = shown({**self.appeal(), "fine.town": "CD"}, "2026-03-02", FILE, rules)
        assert one.outer_limit == ("2026-05-10" if used else "")


class TestAtTheWeekend:
    def test_forward_the_next_business_day_counts(self) -> None:
        # Saturday the 17th; Monday the 19th is a public holiday.
        answers = {**NOT_SENT, "fine.placed-on": "2026-01-03"}
        one = shown(answers, "2026-01-20", OBJECT)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-01-16", "2026-01-20")
        assert missed(answers, "2026-01-21", OBJECT) == YES

    def test_unsettled_it_is_open_until_the_next_business_day_is_over(self) -> None:
        # Saturday the 11th of April.
        answers: Answers = {**REFUSED, "objection.refused-on": "2026-02-11", "appeal.filed": "no"}
        assert shown(answers, "2026-04-11", FILE).state == "running"
        one = shown(answers, "2026-04-13", FILE)
        assert (one.state, one.last_safe, one.outer_limit) == ("unsettled", "2026-04-10", "2026-04-11")
        assert "Whether the next business day still counts is not settled." in notes(one)
        assert avenue(answers, "2026-04-14", "appeal").standing is CLOSED

    def test_unsettled_an_act_on_the_next_business_day_may_be_in_time(self) -> None:
        def filed(day: str) -> Answers:
            dates = {"objection.refused-on": "2026-02-11", "appeal.filed": "yes", "appeal.filed-on": day}
            return {**REFUSED, **dates}

        assert [missed(filed(day), "2026-05-01", FILE) for day in ("2026-04-11", "2026-04-13", "2026-04-14")] == [
            NO,
            NOT_KNOWN,
            YES,
        ]

    def test_none_the_last_day_is_the_last_day(self) -> None:
        # Saturday the 7th of February.
        answers = {**TICKET, "fine.placed-on": "2026-01-08"}
        one = shown(answers, "2026-02-07", ASK)
        assert (one.state, one.last_safe, one.outer_limit) == ("running", "2026-02-06", "2026-02-07")
        assert avenue(answers, "2026-02-08", "instalments").standing is CLOSED

    def test_where_the_rules_name_no_country_a_public_holiday_is_a_day_like_others(self) -> None:
        rules = fines(("rulebook.yaml", "closed_days: US\n", ""))
        assert shown(NOT_SENT, "2026-01-07", OBJECT, rules).last_safe == "2026-01-19"


class TestToldByAnAnswer:
    """Where dates do not settle it, an answer says whether the thirty days to pay in parts are over."""

    @pytest.mark.parametrize(
        ("said", "standing"),
        [("yes", CLOSED), ("no", OPEN), (DISPUTED, CONTESTED), (UNKNOWN, UNDETERMINED), (None, UNDETERMINED)],
        ids=["yes", "no", "disputed", "not known", "not asked"],
    )
    @pytest.mark.parametrize("placed", ["2026-01", UNKNOWN], ids=["known in part", "not known"])
    def test_it_decides_where_the_day_is_not_known_exactly(
        self, placed: str | Given, said: str | Given | None, standing: Standing
    ) -> None:
        answers: dict[str, str | Given] = {**TICKET, "fine.placed-on": placed}
        if said is not None:
            answers["appeal.instalments-late"] = said
        assert avenue(answers, "2026-03-15", "instalments").standing is standing

    def test_it_is_asked_there_and_only_there(self) -> None:
        vague = avenue({**TICKET, "fine.placed-on": UNKNOWN}, "2026-01-15", "instalments")
        assert vague.asks == ("appeal.instalments-late",)
        assert avenue(TICKET, "2026-01-15", "instalments").standing is OPEN

    @pytest.mark.parametrize(("as_of", "standing"), [("2026-02-05", OPEN), ("2026-02-06", CLOSED)])
    @pytest.mark.parametrize("said", ["yes", "no"])
    def test_an_exact_day_beats_it(self, as_of: str, standing: Standing, said: str) -> None:
        answers = {**TICKET, "appeal.instalments-late": said}
        assert avenue(answers, as_of, "instalments").standing is standing

    def test_its_answer_is_the_reason(self) -> None:
        answers = {**TICKET, "fine.placed-on": UNKNOWN, "appeal.instalments-late": "yes"}
        assert [reason.text for reason in avenue(answers, "2026-01-15", "instalments").reasons] == [
            "Asking within thirty days: missed on these answers.",
            "Too late to pay in parts: yes",
        ]


class TestWaiting:
    """Three months from the objection; the day after them, and no weekend, is the first that is not too early."""

    @staticmethod
    def too_early(answers: Answers, as_of: str) -> ValueSet:
        result = avenue(answers, as_of, "appeal")
        return next(part.values for part in result.hurdles if part.id == "too-early")

    SENT: ClassVar[Answers] = {**REFUSED, "objection.refused": "no"}

    def test_running(self) -> None:
        # The 13th of April is a Monday: the first day after it is the 14th.
        one = wait(self.SENT, "2026-04-13")
        assert (one.state, one.start, one.earliest, one.days_left) == ("running", "2026-01-13", "2026-04-14", 1)
        assert self.too_early(self.SENT, "2026-04-13") == YES

    def test_over(self) -> None:
        one = wait(self.SENT, "2026-04-14")
        assert (one.state, one.days_left) == ("passed", 0)
        assert self.too_early(self.SENT, "2026-04-14") == NO

    def test_at_the_weekend_it_is_over_on_the_next_business_day(self) -> None:
        answers = {**self.SENT, "objection.sent-on": "2026-01-09"}
        assert wait(answers, "2026-03-01").earliest == "2026-04-10"
        assert wait({**answers, "objection.sent-on": "2026-01-10"}, "2026-03-01").earliest == "2026-04-13"

    def test_too_early_closes_nothing(self) -> None:
        assert avenue(self.SENT, "2026-02-01", "appeal").standing is OPEN

    @pytest.mark.parametrize(
        ("as_of", "state"), [("2026-04-01", "running"), ("2026-04-02", "unsettled"), ("2030-01-01", "unsettled")]
    )
    def test_from_a_day_that_is_known_only_in_part_the_latest_is_counted_and_it_is_never_over(
        self, as_of: str, state: str
    ) -> None:
        one = wait({**self.SENT, "objection.sent-on": "2026-01"}, as_of)
        assert (one.state, one.start, one.earliest) == (state, "", "2026-05-01")

    def test_from_a_day_that_is_not_known_it_can_not_be_told(self) -> None:
        one = wait({**self.SENT, "objection.sent-on": UNKNOWN}, "2030-01-01")
        assert (one.state, one.earliest, one.days_left) == ("unsettled", "", None)
        assert self.too_early({**self.SENT, "objection.sent-on": UNKNOWN}, "2030-01-01") == NOT_KNOWN

    def test_not_started(self) -> None:
        answers = {name: answer for name, answer in self.SENT.items() if not name.startswith("objection.sent")}
        assert wait(answers, "2026-03-01").state == "not_started"

    def test_where_the_day_was_not_asked_it_is_asked(self) -> None:
        answers = {name: answer for name, answer in self.SENT.items() if name != "objection.sent-on"}
        assert "objection.sent-on" in assessed(answers, "2026-03-01").open_questions

    def test_one_that_is_too_long_for_the_calendar_is_never_over(self) -> None:
        rules = fines(("avenues/appeal.yaml", "at_least: 3 months", "at_least: 9999 years"))
        assert wait(self.SENT, "2100-01-01", rules).state == "running"


class TestOrder:
    def test_the_most_urgent_first(self) -> None:
        found = assessed({**REFUSED, "appeal.filed": "no"}, "2026-01-14").deadlines
        days = [one.last_safe for one in found]
        assert days == sorted(days) != []

    def test_what_does_not_apply_is_left_out(self) -> None:
        # The ten working days for a photo are law since 2024.
        assert limit({**TICKET, "fine.placed-on": "2023-12-31"}, "2024-01-02", PHOTO) is None
        assert limit({**TICKET, "fine.placed-on": "2024-01-01"}, "2024-01-02", PHOTO) is not None


class TestLocalLaw:
    def test_stands_beside_the_avenues_it_is_about_while_they_matter(self) -> None:
        cells = assessed(REFUSED, "2026-03-01").local
        assert [(one.column.id, one.avenues, one.checked) for one in cells] == [
            ("appeal-within", ("appeal",), True),
            ("appeal-form", ("appeal",), True),
        ]
        assert assessed(TICKET, "2026-03-01").local != ()
        assert assessed({**TICKET, "objection.sent": "no"}, "2026-03-01").local == ()

    def test_a_cell_that_is_empty_is_there_and_not_checked(self) -> None:
        cells = assessed({**REFUSED, "fine.town": "EF"}, "2026-03-01").local
        assert [(one.cell, one.checked) for one in cells] == [(None, False), (None, False)]

    def test_a_cell_that_was_not_read_in_the_law_says_so(self) -> None:
        first, _ = assessed({**REFUSED, "fine.town": "CD"}, "2026-03-01").local
        assert first.cell is not None
        assert (first.cell.value, first.checked) == ("3 months", False)

    @pytest.mark.parametrize("town", [UNKNOWN, Given("one-of", ("AB", "CD")), Given("disputed", ("AB", "CD"))])
    def test_without_one_town_there_is_none(self, town: Given) -> None:
        assert assessed({**REFUSED, "fine.town": town}, "2026-03-01").local == ()
