"""The decided cases that come closest, and how they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.assessment import Standing, assess
from pathways.assessment.closest import closest_cases
from pathways.case import decided_cases, read_case
from pathways.rulebook.files import digest
from pathways.rulebook.kept import kept_path
from tests.places import ROOT, SCENARIOS, shipped_rulebook
from tests.report.making import decided, minneapolis, scenario

FOLDER = ROOT / "scenarios"


def test_shots_at_a_moving_car_come_closest_to_shots_at_a_moving_car() -> None:
    found = [one.case.title for one in closest_cases(minneapolis(), decided(), 10)]
    assert "Barnes v. Felix (2025)" in found
    assert "Torres v. Madrid (2021)" in found
    assert "Idaho v. Horiuchi (9th Cir., 5 June 2001, later vacated)" in found
    assert "Ali v. Federal Bureau of Prisons (2008)" not in found


def test_what_happened_makes_a_case_close_and_not_the_many_parts_of_an_avenue_that_may_not_apply() -> None:
    found = [one.case.title for one in closest_cases(minneapolis(), decided(), len(decided()))]
    jail = "Parada v. Anoka County (8th Cir. 2022)"  # A woman held in a jail on a paper of ICE: no shot, and no car.
    assert jail not in found[:5]
    assert found.index("Barnes v. Felix (2025)") < found.index(jail)


def test_a_case_without_answers_is_close_to_none() -> None:
    empty = assess(shipped_rulebook(), read_case(scenario("empty"), shipped_rulebook()))
    assert closest_cases(empty, decided(), 5) == ()


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_said_of_a_close_case_is_so(name: str) -> None:
    assessment = assess(shipped_rulebook(), read_case(scenario(name), shipped_rulebook()))
    results = {result.avenue.id: result for result in assessment.avenues}
    for one in closest_cases(assessment, decided(), 5):
        own, theirs = assessment.case.answers, one.case.answers
        assert one.hurdles
        assert one.alike
        assert all(part in results[avenue].decisive for avenue, part in one.hurdles)
        assert all(results[avenue].standing is not Standing.NOT_APPLICABLE for avenue, _ in one.hurdles)
        assert all(set(own[fact].options) == set(theirs[fact].options) for fact in one.alike)
        assert all(set(own[fact].options) != set(theirs[fact].options) for fact in one.otherwise)


def test_the_order_of_the_files_changes_nothing() -> None:
    forward = closest_cases(minneapolis(), decided(), 10)
    assert closest_cases(minneapolis(), decided()[::-1], 10) == forward


def test_a_case_is_not_close_to_itself() -> None:
    case = next(case for case in decided() if case.title.startswith("Barnes"))
    found = closest_cases(assess(shipped_rulebook(), case), decided(), 5)
    assert case.title not in [one.case.title for one in found]


class TestKept:
    def test_what_was_kept_is_what_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = decided_cases(FOLDER, shipped_rulebook())
        assert decided_cases(FOLDER, shipped_rulebook()) == first
        monkeypatch.setenv("PATHWAYS_NO_CACHE", "1")
        assert decided_cases(FOLDER, shipped_rulebook()) == first
        assert [case.title for case in first] == [case.title for case in decided()]
        assert [dict(case.logic(shipped_rulebook())) for case in first] == [
            dict(case.logic(shipped_rulebook())) for case in decided()
        ]

    @pytest.mark.parametrize("harm", [b"", b"short", None])
    def test_what_is_damaged_is_not_believed(self, tmp_path: Path, harm: bytes | None) -> None:
        # A folder of its own, so that no other test's file is touched.
        source = FOLDER / "decided" / "bivens.yaml"
        (tmp_path / "bivens.yaml").write_bytes(source.read_bytes())
        first = decided_cases(tmp_path, shipped_rulebook())
        told = b"\0".join((b"bivens.yaml", source.read_bytes()))
        kept = kept_path("decided", digest(shipped_rulebook().sha256.encode() + told).hex())
        if kept is None or not kept.exists():
            pytest.skip("nothing can be kept here")
        data = kept.read_bytes()
        kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if harm is None else harm)
        assert decided_cases(tmp_path, shipped_rulebook()) == first

    def test_a_file_that_has_changed_is_read_again(self, tmp_path: Path) -> None:
        text = (FOLDER / "decided" / "bivens.yaml").read_text(encoding="utf-8")
        file = tmp_path / "case.yaml"
        file.write_text(text, encoding="utf-8")
        before = decided_cases(tmp_path, shipped_rulebook())
        file.write_text(text.replace("case: Bivens", "case: Changed"), encoding="utf-8")
        after = decided_cases(tmp_path, shipped_rulebook())
        assert before[0].title.replace("Bivens", "Changed", 1) == after[0].title
