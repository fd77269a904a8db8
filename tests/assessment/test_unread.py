"""A result that hangs on a cell which nobody filled: no answer can settle it, and that is said."""

from __future__ import annotations

from pathways.assessment import Standing
from pathways.case import Given
from pathways.explanation.tree import Reasoning, explain_avenue
from pathways.render.words import ONLY_UNREAD, standing_words
from pathways.rulebook.sources import stands_for_cell
from tests.assessment.gardens import assessed, avenue
from tests.places import garden


def inspecting(district: str | Given | None) -> tuple[Reasoning, list[str]]:
    """Why the town inspects or not, and the short reasons, for a district."""
    assessment = assessed({} if district is None else {"talk.district": district})
    result = avenue(assessment, "town-inspection")
    return explain_avenue(assessment, result), [reason.text for reason in result.reasons]


def test_an_empty_cell_is_no_unanswered_question() -> None:
    assessment = assessed({"talk.district": "MD"})
    result = avenue(assessment, "town-inspection")
    assert result.standing is Standing.UNDETERMINED
    assert result.only_unread
    assert standing_words(result) == ONLY_UNREAD
    (reason,) = result.reasons
    assert (
        reason.text == "Not known for Meadow: nobody has checked it (Garden office). No answer of yours can settle it."
    )


def test_without_a_place_it_is_the_place_that_is_missing() -> None:
    for nowhere in (None, Given("unknown"), Given("one-of", ("MD", "HB"))):
        assessment = assessed({} if nowhere is None else {"talk.district": nowhere})
        result = avenue(assessment, "town-inspection")
        assert result.standing is Standing.UNDETERMINED
        assert not result.unread
        assert "not enough answers" in standing_words(result)


def test_what_a_cell_says_is_law_with_its_own_source() -> None:
    for district, said, value in (("HB", "Garden office, Harbor: open", "yes"), ("HL", "Garden office, Hill", "no")):
        explained, _ = inspecting(district)
        ((line,),) = (part.below for part in explained.below)
        assert line.text.startswith(said)
        assert (line.kind, line.ground, line.value) == ("law", "law", value)
        assert line.sources == garden().tables["districts"].sources


def test_what_is_asked_is_named_where_a_cell_says_something_else_or_nothing() -> None:
    for district, said in (("HL", "closed (asked: open)"), ("MD", "nobody has checked it (asked: open)")):
        explained, _ = inspecting(district)
        ((line,),) = (part.below for part in explained.below)
        assert said in line.text


def test_variables_of_cells_are_told_from_all_others() -> None:
    rulebook = garden()
    cells = [one.name for one in rulebook.statements.variables if stands_for_cell(one.name)]
    assert cells == ["districts: office"]
