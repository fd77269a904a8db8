"""What ``assess`` makes of a case, told with a neighbor's tree: cutting it back, or asking the town to inspect it."""

from __future__ import annotations

import pytest

from pathways.assessment import Standing, assess
from pathways.case import Case, Given
from pathways.logic import DISPUTED as IN_DISPUTE
from pathways.logic import NO, UNKNOWN, YES
from tests.assessment.gardens import ALL_CLEAR, DISPUTED, assessed, avenue, case, cutting, hurdle
from tests.assessment.gardens import UNKNOWN as ASKED_AND_NOT_KNOWN
from tests.places import garden

OPEN, CONTESTED, UNDETERMINED, CLOSED, NOT_APPLICABLE = (
    Standing.OPEN,
    Standing.CONTESTED,
    Standing.UNDETERMINED,
    Standing.CLOSED,
    Standing.NOT_APPLICABLE,
)


class TestStandings:
    def test_open_when_every_element_holds_and_no_hurdle_arises(self) -> None:
        assert cutting().standing is OPEN

    def test_closed_when_an_element_fails(self) -> None:
        result = cutting(over_fence="no")
        assert result.standing is CLOSED
        assert result.closed_by == (("element", "trespass"),)

    def test_closed_when_a_hurdle_bars(self) -> None:
        result = cutting(kind="oak", planted="1950")
        assert result.standing is CLOSED
        assert result.closed_by == (("hurdle", "protected-oak"),)

    def test_closed_when_a_deadline_was_missed(self) -> None:
        result = cutting(late="yes", away="no")
        assert result.standing is CLOSED
        assert result.closed_by == (("deadline", "within-a-year"),)

    def test_everything_that_closes_it_is_named(self) -> None:
        result = cutting(over_fence="no", late="yes", away="no", kind="oak", planted="1950")
        assert {name for _, name in result.closed_by} == {"trespass", "protected-oak", "within-a-year"}

    def test_only_what_is_closed_is_closed_by_something(self) -> None:
        for result in (cutting(), cutting(line_known="no"), cutting(kind="hedge"), cutting(over_fence=None)):
            assert result.closed_by == ()

    def test_contested_when_an_element_is_disputed(self) -> None:
        assert cutting(over_fence=DISPUTED).standing is CONTESTED

    def test_contested_when_a_hurdle_contests(self) -> None:
        assert cutting(line_known="no").standing is CONTESTED

    def test_a_hurdle_that_contests_never_closes(self) -> None:
        assert CLOSED not in cutting(line_known=None).could_become

    @pytest.mark.parametrize(("change", "name"), [({"nest": "yes"}, "nesting"), ({"kind": "fruit"}, "whose-fruit")])
    def test_a_hurdle_that_delays_or_informs_changes_no_standing(self, change: dict[str, str], name: str) -> None:
        result = cutting(**change)
        assert hurdle(result, name).values == YES
        assert result.standing is OPEN

    def test_undetermined_when_an_answer_that_matters_is_missing(self) -> None:
        result = cutting(over_fence=None)
        assert result.standing is UNDETERMINED
        assert result.could_become == (OPEN, CONTESTED, CLOSED)

    def test_asked_and_not_known_is_no_answer(self) -> None:
        assert cutting(over_fence=ASKED_AND_NOT_KNOWN).could_become == cutting(over_fence=None).could_become

    def test_an_answer_that_does_not_matter_may_be_missing(self) -> None:
        assert cutting(over_fence="no", line_known=None, late=None, planted=None).standing is CLOSED

    def test_a_dispute_that_does_not_matter_changes_nothing(self) -> None:
        # Away or not, it was not missed.
        assert cutting(away=DISPUTED).standing is OPEN

    def test_options_that_come_out_the_same_are_as_good_as_one(self) -> None:
        assert cutting(kind=Given("one-of", ("fruit", "oak")), planted="2000").standing is OPEN
        assert cutting(kind=Given("disputed", ("fruit", "oak")), planted="2000").standing is OPEN

    def test_a_partial_date_may_be_enough(self) -> None:
        assert cutting(kind="oak", planted="1975").standing is CLOSED
        assert cutting(kind="oak", planted="1976").standing is OPEN

    def test_nothing_known_nothing_settled(self) -> None:
        for result in assessed().avenues:
            assert result.standing is UNDETERMINED
            assert len(result.could_become) > 1


class TestWhetherItApplies:
    def test_it_does_not_apply_where_the_situation_is_another(self) -> None:
        result = cutting(kind="hedge")
        assert result.standing is NOT_APPLICABLE
        assert [reason.text for reason in result.reasons] == ["What it is: a hedge"]

    def test_that_beats_whatever_else_stands_in_the_way(self) -> None:
        assert cutting(kind="hedge", over_fence="no").standing is NOT_APPLICABLE

    def test_not_knowing_whether_it_applies_keeps_both_ways(self) -> None:
        result = cutting(kind=Given("one-of", ("fruit", "hedge")))
        assert result.standing is UNDETERMINED
        assert result.could_become == (OPEN, CONTESTED, NOT_APPLICABLE)

    def test_a_dispute_about_it_is_for_a_court_and_is_named_as_the_reason(self) -> None:
        result = cutting(kind=Given("disputed", ("fruit", "hedge")))
        assert result.standing is CONTESTED
        assert result.reasons[0].text.startswith("What it is: disputed")

    def test_a_dispute_about_it_opens_nothing_that_is_closed(self) -> None:
        assert cutting(kind=Given("disputed", ("fruit", "hedge")), over_fence="no").standing is CLOSED


class TestDecisive:
    def test_a_contested_avenue_hangs_on_what_is_disputed(self) -> None:
        assert cutting(line_known="no").decisive == ("doubtful-line",)

    def test_an_undetermined_one_hangs_on_what_is_not_settled(self) -> None:
        assert set(cutting(late=None, over_fence=None).decisive) == {"trespass", "within-a-year"}

    def test_an_open_one_hangs_on_nothing(self) -> None:
        assert cutting().decisive == ()

    def test_what_a_closed_one_hangs_on_is_what_closes_it(self) -> None:
        result = cutting(over_fence="no", line_known="no")
        assert result.decisive == ("trespass",)


class TestReasons:
    def test_every_reason_has_a_source(self) -> None:
        for result in (
            cutting(),
            cutting(over_fence="no"),
            cutting(line_known="no"),
            cutting(kind="hedge"),
            cutting(late="yes", away="yes"),
        ):
            assert result.reasons
            assert all(reason.sources for reason in result.reasons)

    def test_a_closed_avenue_gives_the_answer_that_closes_it(self) -> None:
        assert [reason.text for reason in cutting(late="yes", away="no").reasons] == [
            "Asking within a year: missed on these answers.",
            "A year went by: yes",
            "Away that year: no",
        ]

    def test_a_missed_deadline_with_an_excuse_gives_both(self) -> None:
        assert [reason.text for reason in cutting(late="yes", away="yes").reasons] == [
            "Asking within a year: missed on these answers; a court must decide whether that closes the way.",
            "A year went by: yes",
            "Away that year: yes",
        ]

    def test_an_undetermined_avenue_gives_none(self) -> None:
        assert cutting(over_fence=None).reasons == ()


class TestStages:
    def test_too_early_is_a_stage_and_never_closed(self) -> None:
        result = cutting(asked="no")
        assert (result.stage.id, result.stage_certain, result.standing) == ("ask", True, OPEN)

    def test_a_stage_that_is_done_is_behind(self) -> None:
        assert (cutting(asked="yes").stage.id, cutting(asked="yes").stage_certain) == ("cut", True)

    @pytest.mark.parametrize("answer", [None, DISPUTED], ids=["not known", "disputed"])
    def test_a_stage_that_may_be_done_is_not_left(self, answer: Given | None) -> None:
        assert (cutting(asked=answer).stage.id, cutting(asked=answer).stage_certain) == ("ask", False)

    def test_a_stage_changes_no_standing(self) -> None:
        assert cutting(asked="no").standing is cutting(asked="yes").standing


class TestLeanings:
    """The first line that fits: for old trees against; where the office is open, for; else even."""

    def test_the_first_that_fits(self) -> None:
        part = hurdle(cutting(line_known="no", planted="1980"), "doubtful-line")
        assert part.leans == "against"
        assert part.leaning_reason is not None
        assert part.leaning_reason.text == "An old tree is taken to stand where it may."

    def test_the_next_where_the_first_does_not_fit(self) -> None:
        assert hurdle(cutting(line_known="no", planted="2000", district="HB"), "doubtful-line").leans == "for"

    def test_the_last_where_none_fits(self) -> None:
        assert hurdle(cutting(line_known="no", planted="2000", district="HL"), "doubtful-line").leans == "even"

    @pytest.mark.parametrize(
        "district", [None, Given("disputed", ("HB", "HL")), "MD"], ids=["not known", "disputed", "not checked"]
    )
    def test_depends_where_one_may_still_fit(self, district: Given | str | None) -> None:
        assert hurdle(cutting(line_known="no", planted="2000", district=district), "doubtful-line").leans == "depends"

    def test_without_any_it_leans_nowhere(self) -> None:
        assert hurdle(cutting(), "whose-fruit").leans == ""


class TestDeadlines:
    def test_not_missed(self) -> None:
        assert hurdle(cutting(late="no"), "within-a-year").values == NO

    def test_missed_closes(self) -> None:
        assert cutting(late="yes", away="no").standing is CLOSED

    def test_an_excuse_softens_closed_to_contested_and_never_to_open(self) -> None:
        result = cutting(late="yes", away="yes")
        assert result.standing is CONTESTED
        assert result.decisive == ("within-a-year",)
        assert OPEN not in cutting(late="yes", away=None).could_become

    def test_not_knowing_whether_there_is_an_excuse(self) -> None:
        assert cutting(late="yes", away=None).could_become == (CONTESTED, CLOSED)

    def test_disputed_whether_it_was_missed(self) -> None:
        result = cutting(late=DISPUTED, away="no")
        assert result.standing is CONTESTED
        assert hurdle(result, "within-a-year").values == IN_DISPUTE

    def test_advice_is_never_missed(self) -> None:
        part = hurdle(cutting(), "before-winter")
        assert (part.kind, part.effect, part.values, part.decisive) == ("deadline", "informs", NO, False)


class TestNotChecked:
    """An empty cell of a table is not known, and is not asked."""

    def test_is_neither_yes_nor_no(self) -> None:
        result = avenue(assessed({"talk.district": "MD"}), "town-inspection")
        assert result.standing is UNDETERMINED
        assert result.elements[0].values == UNKNOWN

    def test_is_never_asked(self) -> None:
        answers: dict[str, str | Given] = {"tree.kind": "hedge", "talk.district": "MD"}
        assert assessed(answers).open_questions == ()


class TestCautionsAndSteps:
    def test_are_shown_unless_it_is_settled_that_they_do_not_fit(self) -> None:
        assert [remark.id for remark in cutting(kind="fruit").cautions] == ["saw", "sap"]
        assert [remark.id for remark in cutting(kind=None).cautions] == ["saw", "sap"]
        assert [remark.id for remark in cutting(kind="oak", planted="2000").cautions] == ["saw"]

    def test_a_step_that_is_done_is_left_out(self) -> None:
        assert [remark.id for remark in cutting(asked="yes").steps] == ["cut"]
        assert [remark.id for remark in cutting(asked="no").steps] == ["write", "cut"]


class TestOrder:
    def test_what_can_still_lead_somewhere_comes_first(self) -> None:
        closed = assessed({"tree.over-fence": "no", "tree.kind": "oak", "talk.district": "HB"})
        assert [(result.avenue.id, result.standing) for result in closed.avenues] == [
            ("town-inspection", OPEN),
            ("cut-back", CLOSED),
        ]

    def test_what_is_closed_comes_before_what_does_not_apply(self) -> None:
        shown = assessed({"tree.kind": "hedge", "talk.district": "HL"})
        assert [result.standing for result in shown.avenues] == [CLOSED, NOT_APPLICABLE]

    def test_else_the_order_of_the_rulebook(self) -> None:
        assert [result.avenue.id for result in assessed().avenues] == ["cut-back", "town-inspection"]


class TestOpenQuestions:
    def test_are_in_the_order_of_the_story(self) -> None:
        story = [name for topic in garden().topics.values() for name in topic.facts]
        found = assessed()
        assert list(found.open_questions) == [name for name in story if name in found.open_questions]
        assert list(found.further_questions) == [name for name in story if name in found.further_questions]
        assert {*found.open_questions, *found.further_questions} == {*story}

    def test_leave_out_what_is_answered_and_what_was_asked_in_vain(self) -> None:
        asked = assessed({"tree.kind": "oak", "tree.line-known": ASKED_AND_NOT_KNOWN}).open_questions
        assert "tree.kind" not in asked
        assert "tree.line-known" not in asked

    def test_keep_a_question_of_which_some_answers_are_left(self) -> None:
        assert "talk.district" in assessed({"talk.district": Given("one-of", ("HB", "HL"))}).open_questions

    def test_leave_out_what_can_change_nothing_any_more(self) -> None:
        assert "talk.away" not in assessed({**ALL_CLEAR}).open_questions
        assert assessed({"tree.kind": "hedge", "talk.district": "HL"}).open_questions == ()

    def test_for_a_closed_avenue_nothing_is_asked(self) -> None:
        assert (
            assessed({"tree.kind": "oak", "talk.late": "yes", "talk.away": "no"}, about=("cut-back",)).open_questions
            == ()
        )

    def test_what_only_delays_can_be_asked_further_and_is_not_needed(self) -> None:
        found = assessed({**ALL_CLEAR})
        assert "tree.nest" in found.further_questions
        assert "tree.nest" not in found.open_questions

    def test_what_was_asked_in_vain_can_still_be_found_out_where_it_matters(self) -> None:
        matters = assessed({**ALL_CLEAR, "tree.line-known": ASKED_AND_NOT_KNOWN})
        assert "tree.line-known" in matters.to_find_out
        closed = assessed({**ALL_CLEAR, "tree.over-fence": "no", "tree.line-known": ASKED_AND_NOT_KNOWN})
        assert "tree.line-known" not in closed.to_find_out


class TestAbout:
    def test_limits_what_is_assessed(self) -> None:
        assert [result.avenue.id for result in assessed(about=("town-inspection",)).avenues] == ["town-inspection"]

    def test_limits_what_is_asked(self) -> None:
        assert assessed(about=("town-inspection",)).open_questions == ("talk.district",)


class TestClaims:
    def test_what_is_said_of_this_case_waits_until_it_is_settled(self) -> None:
        assert [remark.id for remark in assessed({"tree.kind": "oak"}).claims["all-mine"]] == ["oak"]
        assert assessed().claims["all-mine"] == ()
        assert assessed({"tree.kind": "fruit"}).claims["all-mine"] == ()

    def test_a_dispute_is_enough(self) -> None:
        assert assessed({"tree.kind": Given("disputed", ("oak", "fruit"))}).claims["all-mine"] != ()


class TestTheDay:
    def test_given_beats_the_file_which_beats_today(self) -> None:
        dated = Case("A garden", as_of="2026-03-03")
        assert assess(garden(), dated, "2026-05-05").as_of == "2026-05-05"
        assert assess(garden(), dated).as_of == "2026-03-03"
        assert len(assess(garden(), Case("A garden")).as_of) == 10


class TestFindings:
    def test_every_legal_test_is_valued(self) -> None:
        found = assessed({"tree.over-fence": "yes", "tree.line-known": "yes"}).findings
        assert found == {"branches-trespass": YES, "old-tree": UNKNOWN}

    def test_the_same_case_is_assessed_the_same_whatever_the_order_of_its_answers(self) -> None:
        backwards = dict(reversed(ALL_CLEAR.items()))
        assert (
            assess(garden(), case(backwards), "2026-04-01").avenues
            == assess(garden(), case(dict(ALL_CLEAR)), "2026-04-01").avenues
        )
