"""The page for an assessed case: what is said where, in cases that are easy to get wrong."""

from __future__ import annotations

from pathways.assessment import assess
from pathways.case import Case, Given, Said
from pathways.render import words
from pathways.render.text import assessment_text
from tests.places import garden


def shown(**answers: str | Given) -> str:
    """The text for a case of the garden, one line a paragraph; ``tree_kind="oak"`` answers ``tree.kind``."""
    given = {
        name.replace("_", ".", 1).replace("_", "-"): answer if isinstance(answer, Given) else Given.known(answer)
        for name, answer in answers.items()
    }
    case = Case("A garden", as_of="2026-04-01", about=("cut-back",), answers=given)
    return assessment_text([assess(garden(), case)], 1000, False)


DISPUTED = Given("disputed", ("yes", "no"))
OVER_THE_FENCE: dict[str, str | Given] = {
    "tree_kind": "fruit",
    "tree_over_fence": "yes",
    "tree_line_known": "yes",
    "talk_late": "no",
    "tree_planted": "2000",
}


class TestWhy:
    def test_an_open_avenue_says_what_holds(self) -> None:
        assert "The branches trespass: the branches reach over the line" in shown(**OVER_THE_FENCE)

    def test_a_closed_one_says_what_closes_it_and_on_which_answer(self) -> None:
        text = shown(tree_kind="fruit", talk_late="yes", talk_away="no")
        assert "Too late: Asking within a year." in text
        assert "Asking within a year: missed on these answers. " in text
        assert "A year went by: yes" in text

    def test_an_undetermined_one_says_what_is_not_settled(self) -> None:
        text = shown(**{**OVER_THE_FENCE, "tree_line_known": Given("unknown")})
        assert "Not settled yet: The branches trespass; Nobody knows the line." in text
        assert "Is it known where the line between the gardens runs?" in text

    def test_one_that_may_not_apply_says_so(self) -> None:
        # All that is open is whether it is a hedge.
        text = shown(**{**OVER_THE_FENCE, "tree_kind": Given("one-of", ("fruit", "hedge"))})
        assert "Can still become: can be tried, a court must decide, does not apply here." in text
        assert "ot settled yet: Whether it applies here." in text

    def test_a_dispute_about_whether_it_applies_is_a_reason(self) -> None:
        text = shown(**{**OVER_THE_FENCE, "tree_kind": Given("disputed", ("fruit", "hedge"))})
        assert "Hangs on: whether it applies here." in text
        assert "What it is: disputed" in text

    def test_one_that_does_not_apply_says_why_and_no_more(self) -> None:
        text = shown(tree_kind="hedge")
        assert "What it is: a hedge" in text
        assert "What must hold" not in text


class TestTimeLimits:
    def test_not_known(self) -> None:
        assert "Asking within a year: Not known whether it began, was met or is over. Ask within a year" in shown()

    def test_not_missed(self) -> None:
        assert "Asking within a year: Not missed, on these answers. Ask within a year" in shown(talk_late="no")

    def test_missed(self) -> None:
        assert "Asking within a year: Missed on these answers. Ask within a year" in shown(
            talk_late="yes", talk_away="no"
        )

    def test_disputed(self) -> None:
        assert "Asking within a year: Disputed whether it was missed. Ask within a year" in shown(
            talk_late=DISPUTED, talk_away="no"
        )

    def test_missed_with_an_excuse(self) -> None:
        text = shown(**{**OVER_THE_FENCE, "talk_late": "yes", "talk_away": "yes"})
        assert "Missed on these answers, and a court must decide whether that closes the way." in text
        assert "Asking within a year: missed on these answers; a court must decide whether that closes the way." in text
        assert "Away that year: yes" in text

    def test_one_that_is_only_advice(self) -> None:
        assert "Before the winter: Ask before the winter" in shown()


class TestToFindOut:
    def test_what_was_asked_and_is_not_known_comes_with_where_to_look(self) -> None:
        assert "Is it known where the line between the gardens runs? The land office." in shown(
            tree_line_known=Given("unknown")
        )

    def test_what_can_change_nothing_any_more_is_not_listed(self) -> None:
        # The oak is protected, so it does not matter where the line runs.
        text = shown(tree_kind="oak", tree_planted="1950", tree_line_known=Given("unknown"))
        assert "Is it known where the line" not in text
        assert "What to find out" not in text


class TestAnswers:
    def test_who_says_what_stands_beside_a_disputed_answer(self) -> None:
        said = (Said("yes", "the photographs", "From the roof.", ("garden-talk#photographs",)), Said("no", "the owner"))
        text = shown(tree_over_fence=Given("disputed", ("yes", "no"), said))
        for part in ("the photographs", "From the roof.", "the owner"):
            assert part in text[text.index("The answers this rests on") :]


class TestHurdles:
    def test_leaning_that_the_answers_do_not_settle(self) -> None:
        text = shown(**{**OVER_THE_FENCE, "tree_line_known": "no", "talk_asked": "yes", "tree_planted": "2000"})
        assert words.LEANS["depends"] in text.lower()

    def test_leaning_that_they_settle_says_why(self) -> None:
        text = shown(**{**OVER_THE_FENCE, "tree_line_known": "no", "talk_asked": "yes", "tree_planted": "1980"})
        assert words.LEANS_UNDECIDED["against"] in text.lower()  # the bylaws of a garden are no decisions of a court
        assert "An old tree is taken to stand where it may." in text

    def test_what_only_informs_leans_nowhere(self) -> None:
        line = next(line for line in shown(tree_kind="fruit").splitlines() if "Whose fruit it is:" in line)
        assert "good to know (not checked)" in line
        assert not any(leans in line.lower() for leans in words.LEANS.values())
