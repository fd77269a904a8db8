"""Law that is in force for a time: each part of an avenue, from its first day to its last, by a date or by the day."""

from __future__ import annotations

import pytest

from pathways.assessment import AvenueResult, Standing
from pathways.case import Given, Said
from pathways.logic import DISPUTED as IN_DISPUTE
from pathways.logic import NO, UNKNOWN, YES, ValueSet
from pathways.rulebook import Rulebook
from tests.assessment.gardens import hurdle
from tests.deadlines.fines import TICKET, Answers, assessed, avenue, fines, limit

AS_OF = "2026-01-07"
OBJECTION, INSTALMENTS = "avenues/objection.yaml", "avenues/instalments.yaml"


def objection(placed: str | Given, as_of: str = AS_OF, **more: str) -> AvenueResult:
    """How an objection stands with the ticket on the car on a day; ``paid="yes"`` answers ``fine.paid``."""
    answers = {**TICKET, "fine.placed-on": placed, **{f"fine.{name}": answer for name, answer in more.items()}}
    return avenue(answers, as_of, "objection")


class TestByTheDateOfTheFine:
    """The rulebook says ``in_force_by: fine.placed-on``."""

    @pytest.mark.parametrize(
        ("placed", "value"),
        [("2023-12-31", YES), ("2023", YES), ("2024-01-01", NO), ("2024", NO), ("2024-02", NO)],
    )
    def test_an_element_is_asked_for_from_its_first_day_on(self, placed: str, value: ValueSet) -> None:
        (element,) = (part for part in objection(placed, photo="no").elements if part.id == "photo")
        assert element.values == value

    @pytest.mark.parametrize(
        ("placed", "value"), [("2022-12-31", YES), ("2022", YES), ("2023-01-01", NO), ("2022-12", YES), ("2023", NO)]
    )
    def test_a_hurdle_arises_until_its_last_day(self, placed: str, value: ValueSet) -> None:
        assert hurdle(objection(placed, repeat="yes"), "second-fine").values == value

    @pytest.mark.parametrize(("placed", "shown"), [("2023-12-31", False), ("2024-01-01", True)])
    def test_a_deadline(self, placed: str, shown: bool) -> None:
        answers = {**TICKET, "fine.placed-on": placed}
        assert (limit(answers, placed, "objection/photo-in-time") is not None) == shown
        late = avenue({**answers, "fine.photo-late": "yes"}, AS_OF, "objection")
        assert hurdle(late, "photo-in-time").values == (YES if shown else NO)

    @pytest.mark.parametrize("until", ["2022", "2022-12", "2022-12-31"])
    def test_its_last_day_may_be_written_as_a_month_or_a_year(self, until: str) -> None:
        rules = fines((OBJECTION, "in_force: {until: 2022}", f"in_force: {{until: {until}}}"))
        for placed, value in (("2022-12-31", YES), ("2023-01-01", NO)):
            answers = {**TICKET, "fine.placed-on": placed, "fine.repeat": "yes"}
            assert hurdle(avenue(answers, AS_OF, "objection", rules), "second-fine").values == value

    @pytest.mark.parametrize(
        ("placed", "shown"),
        [("2024-12-31", False), ("2025-01-01", True), ("2025-06-30", True), ("2025-07-01", False), ("2025", True)],
    )
    def test_a_caution_within_its_months_of_which_the_last_counts_whole(self, placed: str, shown: bool) -> None:
        assert ("stamp" in {remark.id for remark in objection(placed).cautions}) == shown

    def test_a_caution_of_which_it_is_not_known_is_shown_as_not_sure(self) -> None:
        result = objection("2025")
        assert "stamp" in result.unsure

    @pytest.mark.parametrize(("placed", "shown"), [("2023-12-31", False), ("2024-01-01", True)])
    def test_a_step(self, placed: str, shown: bool) -> None:
        assert ("photo" in {remark.id for remark in objection(placed).steps}) == shown

    @pytest.mark.parametrize(("placed", "leans"), [("2023-12-31", "for"), ("2024-01-01", "against")])
    def test_a_leaning(self, placed: str, leans: str) -> None:
        part = hurdle(objection(placed, repeat="yes"), "known-place")
        assert part.leans == leans
        assert (part.leaning_reason is not None) == (leans == "for")

    @pytest.mark.parametrize(
        ("placed", "standing"), [("2025-02-28", Standing.NOT_APPLICABLE), ("2025-03-01", Standing.OPEN)]
    )
    def test_a_whole_avenue_does_not_apply_before_its_first_day(self, placed: str, standing: Standing) -> None:
        answers = {**TICKET, "fine.placed-on": placed, "fine.camera": "yes"}
        assert avenue(answers, AS_OF, "camera-review").standing is standing

    def test_a_part_with_a_condition_of_its_own_needs_both(self) -> None:
        assert hurdle(objection("2022-06-01", repeat="no"), "second-fine").values == NO
        assert hurdle(objection("2023-06-01", repeat="yes"), "second-fine").values == NO

    def test_where_the_date_is_not_known_neither_is_the_law(self) -> None:
        assert hurdle(objection(Given("unknown"), repeat="yes"), "second-fine").values == UNKNOWN
        answers = {**TICKET, "fine.camera": "yes"}
        answers.pop("fine.placed-on")
        result = avenue(answers, AS_OF, "camera-review")
        assert result.could_become == (Standing.OPEN, Standing.CONTESTED, Standing.NOT_APPLICABLE)
        assert result.asks == ("fine.placed-on",)

    def test_a_dispute_about_the_date_is_one_about_the_law(self) -> None:
        days = ("2022-12-31", "2023-01-01")
        placed = Given("disputed", days, tuple(Said(day) for day in days))
        assert hurdle(objection(placed, repeat="yes"), "second-fine").values == IN_DISPUTE

    def test_two_months_around_the_first_day_of_a_law_leave_everything_possible(self) -> None:
        placed = Given("one-of", ("2023-12", "2024-01"))
        answers: Answers = {**TICKET, "fine.placed-on": placed, "fine.photo": "no"}
        (element,) = (part for part in avenue(answers, AS_OF, "objection").elements if part.id == "photo")
        assert element.values == UNKNOWN


class TestByTheDayOfAssessment:
    """What a court has said counts for every case decided after it, whenever the ticket was written."""

    @pytest.mark.parametrize(("as_of", "value"), [("2025-05-31", NO), ("2025-06-01", YES), ("2026-01-07", YES)])
    @pytest.mark.parametrize("placed", ["2023-05-01", "2025-12-01"])
    def test_a_doctrine_counts_from_the_day_of_the_decision(self, as_of: str, placed: str, value: ValueSet) -> None:
        assert hurdle(objection(placed, as_of, repeat="yes"), "known-place").values == value

    @pytest.mark.parametrize(("as_of", "standing"), [("2023-05-31", Standing.CLOSED), ("2023-06-01", Standing.OPEN)])
    def test_a_condition_on_the_day(self, as_of: str, standing: Standing) -> None:
        answers = {**TICKET, "fine.placed-on": "2023-05-20"}
        result = avenue(answers, as_of, "instalments")
        assert result.standing is standing

    @pytest.mark.parametrize(("as_of", "shown"), [("2024-12-31", False), ("2025-01-01", True)])
    def test_a_caution_on_the_day(self, as_of: str, shown: bool) -> None:
        answers = {**TICKET, "objection.sent": "yes"}
        found = {remark.id for remark in avenue(answers, as_of, "appeal").cautions}
        assert ("costs" in found) == shown

    def test_it_is_known_always_and_never_asked(self) -> None:
        for as_of in ("1999-01-01", "2023-06-01", "2150-12-31"):
            assert hurdle(avenue(TICKET, as_of, "instalments"), "no-cashier").values in (YES, NO)
            assert all("." in name for name in assessed({}, as_of).open_questions)


class TestByAnotherDate:
    @staticmethod
    def rules() -> Rulebook:
        return fines(
            (OBJECTION, "in_force: {until: 2022}", "in_force: {until: 2022, on: objection.sent-on}"),
            (INSTALMENTS, "when: fine.poor", "in_force: {from: 2026-01-10, on: as-of}\n    when: fine.poor"),
        )

    @pytest.mark.parametrize(
        ("sent_on", "value"), [("2022-12-31", YES), ("2023-01-01", NO), (Given("unknown"), UNKNOWN)]
    )
    def test_a_law_may_go_by_the_date_of_something_else(self, sent_on: str | Given, value: ValueSet) -> None:
        answers: Answers = {**TICKET, "fine.repeat": "yes", "objection.sent": "yes", "objection.sent-on": sent_on}
        assert hurdle(avenue(answers, AS_OF, "objection", self.rules()), "second-fine").values == value

    @pytest.mark.parametrize(("as_of", "value"), [("2026-01-09", YES), ("2026-01-10", NO)])
    def test_an_element_may_go_by_the_day_of_assessment(self, as_of: str, value: ValueSet) -> None:
        answers = {**TICKET, "fine.poor": "no"}
        assert avenue(answers, as_of, "instalments", self.rules()).elements[0].values == value


class TestPassed:
    """The word ``passed`` in conditions: a deadline that is over, or a waiting period."""

    @staticmethod
    def rules(condition: str) -> Rulebook:
        """The rules with a caution that is shown under a condition beside paying in parts."""
        text = f"cautions:\n  - {{id: gone, text: Gone., when: {condition}}}\n"
        return fines(
            (INSTALMENTS, "cautions:\n", text), (INSTALMENTS, "    if_missed: bars\n", "    if_missed: informs\n")
        )

    def value(self, condition: str, as_of: str, answers: Answers) -> ValueSet:
        rules = self.rules(condition)
        result = avenue(answers, as_of, "instalments", rules)
        shown = "gone" in {remark.id for remark in result.cautions}
        return (UNKNOWN if "gone" in result.unsure else YES) if shown else NO

    @pytest.mark.parametrize(("as_of", "value"), [("2026-02-05", NO), ("2026-02-06", YES)])
    @pytest.mark.parametrize("name", ["ask", "instalments/ask"])
    def test_a_deadline_of_the_same_avenue_may_be_named_without_it(
        self, name: str, as_of: str, value: ValueSet
    ) -> None:
        assert self.value(f"{{passed: {name}}}", as_of, TICKET) == value

    @pytest.mark.parametrize(("as_of", "value"), [("2026-04-13", NO), ("2026-04-14", YES)])
    def test_a_waiting_period_of_another_avenue(self, as_of: str, value: ValueSet) -> None:
        answers = {**TICKET, "objection.sent-on": "2026-01-13"}
        assert self.value("{passed: appeal/silence}", as_of, answers) == value

    def test_a_deadline_that_was_met_is_not_passed(self) -> None:
        answers = {**TICKET, "objection.sent": "yes", "objection.sent-on": "2026-01-13"}
        assert self.value("{passed: objection/object}", "2030-01-01", answers) == NO

    def test_where_the_day_is_not_known_it_is_not_known(self) -> None:
        answers = {**TICKET, "fine.placed-on": Given("unknown"), "objection.sent": "no"}
        assert self.value("{passed: objection/object}", "2030-01-01", answers) == UNKNOWN
        assert self.value("{not: {passed: objection/object}}", "2030-01-01", answers) == UNKNOWN

    @pytest.mark.parametrize("placed", ["2026", Given("unknown")], ids=["known in part", "not known"])
    @pytest.mark.parametrize(
        ("said", "value", "opposite"),
        [("yes", YES, NO), ("no", NO, YES), (Given("unknown"), UNKNOWN, UNKNOWN), (None, UNKNOWN, UNKNOWN)],
        ids=["yes", "no", "not known", "not asked"],
    )
    def test_where_dates_do_not_settle_it_the_answer_that_says_so_does(
        self, placed: str | Given, said: str | Given | None, value: ValueSet, opposite: ValueSet
    ) -> None:
        answers: dict[str, str | Given] = {**TICKET, "fine.placed-on": placed}
        if said is not None:
            answers["appeal.instalments-late"] = said
        assert self.value("{passed: ask}", "2026-02-10", answers) == value
        assert self.value("{not: {passed: ask}}", "2026-02-10", answers) == opposite

    def test_the_reason_gives_the_day_and_says_whether_it_is_over(self) -> None:
        rules = fines((INSTALMENTS, "when: fine.poor", "when: {not: {passed: ask}}"))
        (running,) = avenue(TICKET, "2026-01-08", "instalments", rules).reasons
        assert running.text.endswith("ticket on the car: 2026-01-06; the period of 30 days ends on 2026-02-05")
        over = avenue(TICKET, "2026-02-08", "instalments", rules).reasons
        assert "Ticket on the car: 2026-01-06; the period of 30 days ended on 2026-02-05" in {one.text for one in over}

    def test_the_reason_of_a_wait_gives_the_day_from_which_it_is_over(self) -> None:
        rules = fines((INSTALMENTS, "when: fine.poor", "when: {passed: appeal/silence}"))
        answers = {**TICKET, "objection.sent-on": "2026-01-13"}
        first, *_ = avenue({**answers, "fine.placed-on": "2026-04-10"}, "2026-04-20", "instalments", rules).reasons
        assert first.text.endswith("day of the objection: 2026-01-13; the wait of 3 months is over from 2026-04-14")

    def test_where_an_answer_says_so_the_answer_is_a_reason(self) -> None:
        rules = fines((INSTALMENTS, "when: fine.poor", "when: {not: {passed: ask}}"))
        answers = {**TICKET, "fine.placed-on": Given("unknown"), "appeal.instalments-late": "yes"}
        texts = {one.text for one in avenue(answers, "2026-01-08", "instalments", rules).reasons}
        assert {"Ticket on the car: not known", "Too late to pay in parts: yes"} <= texts
