"""Explanations: cut to what decides, whole with --full, and the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.assessment import Standing, assess
from pathways.case import Given
from pathways.case.model import Said
from pathways.explanation.tree import Reasoning, explain_avenue, explain_claim, explain_finding
from pathways.logic import value_word
from pathways.record import replaced
from pathways.render.reasoning import reasoning_data, reasoning_dot
from pathways.rulebook.references import resolve
from tests.assessment.gardens import ALL_CLEAR, assessed, cases
from tests.cli.process import in_garden, inside
from tests.places import GARDEN_CASES, garden, shipped_rulebook

RULEBOOKS = {"garden": garden, "shipped": shipped_rulebook}
OAK, QUARREL = GARDEN_CASES / "oak.yaml", GARDEN_CASES / "quarrel.yaml"


def lines(part: Reasoning) -> Iterator[Reasoning]:
    yield part
    for below in part.below:
        yield from lines(below)


def explained(answers: dict[str, str | Given], whole: bool = False, avenue: str = "cut-back") -> Reasoning:
    assessment = assessed(answers)
    result = next(one for one in assessment.avenues if one.avenue.id == avenue)
    return explain_avenue(assessment, result, whole)


def answers_in(part: Reasoning) -> set[str]:
    return {one.id for one in lines(part) if one.kind == "answer"}


def test_of_what_must_all_hold_only_what_does_not_is_shown() -> None:
    found = explained({**ALL_CLEAR, "tree.over-fence": "no"})
    assert found.value == "closed"
    assert [(part.kind, part.id, part.value) for part in found.below] == [("element", "trespass", "no")]
    assert answers_in(found) == {"tree.over-fence"}


def test_of_what_is_enough_alone_what_lifts_it_is_shown() -> None:
    found = explained({**ALL_CLEAR, "tree.kind": "oak", "tree.planted": "1950"})
    assert [(part.kind, part.id, part.value) for part in found.below] == [("hurdle", "protected-oak", "yes")]
    assert answers_in(found) == {"tree.kind", "tree.planted"}


def test_what_does_not_apply_says_what_keeps_it_from_applying() -> None:
    found = explained({"tree.kind": "hedge"})
    assert found.value == "not-applicable"
    assert [part.kind for part in found.below] == ["situation"]
    assert answers_in(found) == {"tree.kind"}


def test_what_is_not_settled_shows_what_it_still_hangs_on() -> None:
    found = explained({name: given for name, given in ALL_CLEAR.items() if name != "tree.line-known"})
    assert found.value == "undetermined"
    assert "tree.line-known" in answers_in(found)
    assert "tree.kind" not in answers_in(found)


def test_with_full_what_does_not_decide_is_there_too() -> None:
    cut, whole = (explained({**ALL_CLEAR, "tree.over-fence": "no"}, whole) for whole in (False, True))
    assert answers_in(cut) < answers_in(whole)
    assert {part.id for part in whole.below} > {part.id for part in cut.below}


def test_a_dispute_shows_both_sides_with_what_they_say() -> None:
    sides = (Said("yes", "the one", "seen from the roof"), Said("no", "the other", "never"))
    found = explained({**ALL_CLEAR, "tree.over-fence": Given("disputed", ("yes", "no"), sides)})
    (answer,) = (one for one in lines(found) if one.id == "tree.over-fence")
    assert answer.said == sides
    assert answer.value == "disputed"


def test_fact_law_and_unsettled_law_are_told_apart() -> None:
    found = in_garden("explain", QUARREL, "cut-back").out
    for ground in ("(fact)", "(law)", "(the law is unsettled)"):
        assert ground in found


@pytest.mark.parametrize("name", RULEBOOKS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_line_says_what_the_assessment_says_and_names_real_sources(name: str, data: st.DataObject) -> None:
    rulebook = RULEBOOKS[name]()
    assessment = assess(rulebook, replaced(data.draw(cases(rulebook)), about=()), "2026-04-01")
    for result in assessment.avenues:
        found = explain_avenue(assessment, result)
        assert found.value == result.standing
        for one in lines(found):
            assert one.value
            for source in one.sources:
                resolve(rulebook, source)
            if one.kind == "finding":
                assert one.value == value_word(assessment.findings[one.id])
        if result.standing in (Standing.CLOSED, Standing.CONTESTED):
            assert {part.id for part in found.below if part.id} == set(result.decisive)


def test_a_legal_test_and_a_claim_can_be_explained() -> None:
    assessment = assessed({**ALL_CLEAR})
    rulebook = garden()
    finding = explain_finding(assessment, rulebook.findings["branches-trespass"])
    assert (finding.kind, finding.value) == ("finding", "yes")
    for claim in rulebook.claims.values():
        whole = explain_claim(assessment, claim, whole=True)
        assert [part.id for part in whole.below] == [remark.id for remark in claim.in_this_case]


@pytest.mark.parametrize("subject", ["cut-back", "branches-trespass", "all-mine"])
@pytest.mark.parametrize("style", ["text", "json", "markdown", "dot"])
def test_each_subject_in_each_format(subject: str, style: str) -> None:
    done = in_garden("explain", OAK, subject, "--format", style)
    assert done.code == 0, done.err
    assert done.out.strip()


def test_the_data_holds_the_tree_and_the_sources_cited() -> None:
    data = in_garden("explain", OAK, "cut-back", "--format", "json").data
    assert data["reasoning"]["value"] == "closed"
    decisive = {part["id"] for part in data["reasoning"]["because"]}
    (result,) = (
        one for one in in_garden("run", OAK, "--format", "json").data["cases"][0]["avenues"] if one["id"] == "cut-back"
    )
    assert decisive == {one["id"] for one in result["closed_by"]}
    cited = set(data["reasoning"]["sources"])
    assert cited <= set(data["sources"])


def test_what_a_case_says_is_no_markup_in_a_graph() -> None:
    hostile = 'x"]; evil [label="\\n<b>'
    part = Reasoning("answer", "tree.kind", hostile, "yes", "fact", options=("oak",))
    text = reasoning_dot(garden(), part)
    (line,) = (line for line in text.splitlines() if line.startswith("  n1 "))
    assert line.replace('\\"', "").count('"') == 4
    assert '\\"]; evil' in line
    assert reasoning_data(garden(), part)["text"] == hostile


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((OAK, "cut-bak"), "Did you mean `cut-back`?"),
        ((OAK, "zzzzz"), "No avenue, finding or claim is named `zzzzz`."),
        (("nowhere", "cut-back"), "is no file, no folder and no shipped scenario"),
        ((GARDEN_CASES, "cut-back"), "holds 4 case files. Name one of them."),
    ],
)
def test_a_wrong_name_is_said_with_what_is_near(arguments: tuple[str, str], said: str) -> None:
    done = in_garden("explain", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not done.out


def test_the_shipped_case_can_be_explained_whole() -> None:
    for avenue in shipped_rulebook().avenues:
        done = inside("explain", "minneapolis-2026", avenue, "--full")
        assert done.code == 0, done.err
