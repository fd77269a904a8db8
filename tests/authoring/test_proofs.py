"""What is proved of rules, and the cases that show that a promise is broken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pathways.assessment import assess
from pathways.authoring.promises import broken_promises
from pathways.authoring.proofs import prove
from pathways.case import read_case
from pathways.cli.environment import Environment
from pathways.cli.guard import guarded
from pathways.cli.rules import check_rules
from pathways.rulebook import Rulebook, read_rulebook
from tests.places import GARDEN, RULEBOOKS, shipped_rulebook
from tests.rulebook.overlay import TINY, changed, standing_in, tiny

AVENUE = "rules/avenues/refund.yaml"
LAST = "    text: Write to the carrier.\n"
HURDLE = """  - id: again
    title: Another hurdle
    explains: It may stand in the way.
    effect: bars
    arises_when: {condition}
    ground: fact
"""
CLOCK = """deadlines:
  - id: in-time
    title: In time
    text: It has to be in time.
    within: 2 years
    of: parcel.sent
    starts: the day of sending
    if_missed: bars
  - id: notice
    title: Notice
    text: Say soon that it is gone.
    within: 1 year
    of: parcel.sent
    starts: the day of sending
    if_missed: informs
"""


def rules(folder: Path, promise: str = "", hurdle: str = "", clock: str = "", lost: str = "") -> Rulebook:
    """The tiny rulebook with a promise (a flow mapping without id and text), a hurdle, time limits, another element."""
    text = (TINY / AVENUE).read_text(encoding="utf-8")
    if promise:
        text += f"promises:\n  - {{id: kept, text: So it is., {promise}}}\n"
    if hurdle:
        text = text.replace("stages:\n", HURDLE.replace("{condition}", hurdle) + "stages:\n")
    if clock:
        text = text.replace("stages:\n", clock + "stages:\n")
    if lost:
        text = text.replace("    when: parcel.lost\n", f"    when: {lost}\n")
    return read_rulebook(tiny(folder, {AVENUE: text}))


def found(rulebook: Rulebook) -> list[str]:
    """The codes of what is proved."""
    return [problem.code for problem in prove(rulebook)]


@pytest.mark.parametrize("folder", [TINY, GARDEN, RULEBOOKS / "library", RULEBOOKS / "fines"], ids=lambda one: one.name)
def test_rules_without_fault_have_none_proved(folder: Path) -> None:
    assert found(read_rulebook(folder)) == []


def test_the_shipped_rules_hold_nothing_that_is_always_or_never_so_and_keep_their_promises() -> None:
    assert [problem.message for problem in prove(shipped_rulebook())] == []
    assert [one.problem.message for one in broken_promises(shipped_rulebook())] == []


class TestProofs:
    def test_parts_in_different_places_exclude_each_other_through_a_finding(self, tmp_path: Path) -> None:
        assert found(rules(tmp_path, lost="{all: [covered, {parcel.contents: animals}]}")) == ["never-true"]

    def test_two_elements_that_exclude_each_other_close_the_avenue_and_both_are_shown(self, tmp_path: Path) -> None:
        (problem,) = prove(rules(tmp_path, lost="{parcel.contents: animals}"))
        assert problem.code == "never-open"
        assert [place.line for place, _ in problem.also] == [20, 24]

    def test_a_hurdle_that_bars_what_an_element_asks_for_is_shown_with_it(self, tmp_path: Path) -> None:
        (problem,) = prove(rules(tmp_path, hurdle="parcel.lost"))
        assert problem.code == "never-open"
        assert len(problem.also) == 2

    def test_an_avenue_that_a_court_decides_whatever_comes_is_no_fault(self, tmp_path: Path) -> None:
        contested = "{contestable: {that: parcel.lost, because: Nobody knows.}}"
        assert found(rules(tmp_path, lost=contested)) == []

    def test_a_condition_that_only_a_dispute_meets_can_arise(self, tmp_path: Path) -> None:
        assert found(rules(tmp_path, hurdle="{disputed: carrier.warned}")) == []

    def test_a_condition_that_not_even_a_dispute_meets_never_arises(self, tmp_path: Path) -> None:
        both = "{all: [{disputed: carrier.warned}, {clearly: carrier.warned}]}"
        assert found(rules(tmp_path, hurdle=both)) == ["never-arises"]

    def test_one_root_cause_is_said_once(self, tmp_path: Path) -> None:
        inner = "{any: [{all: [covered, {parcel.contents: animals}]}, {all: [covered, {not: covered}]}]}"
        (one, other) = prove(rules(tmp_path, hurdle=inner))
        assert one.code == other.code == "never-true"
        assert one.place != other.place


KEPT = {
    "when: {not: parcel.lost}, standing: closed": "",
    "when: carrier.warned, standing: never open": "",
    "when: {all: [parcel.lost, covered]}, standing: never closed": "",
    "when: {all: [parcel.lost, covered, {not: carrier.warned}]}, standing: open": "",
    "never: {all: [covered, {parcel.contents: animals}]}": "",
    "when: {parcel.contents: animals}, always: {not: covered}": "",
    "never_together: [warning, again]": "{all: [covered, {not: carrier.warned}]}",
}
BROKEN = {
    "standing: never open": "",
    "standing: open": "",
    "standing: closed": "",
    "standing: never closed": "",
    "never: covered": "",
    "always: covered": "",
    "when: {parcel.contents: papers}, never: {clearly: covered}": "",
    "never: {disputed: covered}": "",
    "never_together: [warning, again]": "{all: [covered, {parcel.contents: goods}]}",
}


class TestPromises:
    @pytest.mark.parametrize("promise", KEPT)
    def test_one_that_is_kept_is_proved(self, promise: str, tmp_path: Path) -> None:
        assert broken_promises(rules(tmp_path, promise, KEPT[promise])) == []

    @pytest.mark.parametrize("promise", BROKEN)
    def test_one_that_is_broken_gives_a_case_that_comes_out_as_it_says(self, promise: str, tmp_path: Path) -> None:
        rulebook = rules(tmp_path, promise, BROKEN[promise])
        (broken,) = broken_promises(rulebook)
        assert broken.problem.code == "broken-promise"
        file = tmp_path / "shown.yaml"
        file.write_text(broken.problem.case, encoding="utf-8")
        result = assess(rulebook, read_case(file, rulebook))
        assert result.checked
        assert result.met
        standing = str(result.avenues[0].standing)
        said = promise.partition("standing: ")[2]
        if said.startswith("never "):
            assert standing == said.removeprefix("never ")
        elif said:
            assert standing in ("open", "contested", "closed")
            assert standing != said

    def test_a_case_holds_no_answer_that_it_needs_not(self, tmp_path: Path) -> None:
        (broken,) = broken_promises(rules(tmp_path, "never: {any: [{parcel.contents: animals}, {not: covered}]}"))
        assert broken.case is not None
        assert set(broken.case.answers) == {"parcel.contents"}

    @pytest.mark.parametrize("what", ["in-time", "notice"])
    def test_days_are_found_that_bring_about_a_time_limit(self, what: str, tmp_path: Path) -> None:
        rulebook = rules(tmp_path, f"never: {{passed: {what}}}", clock=CLOCK)
        (broken,) = broken_promises(rulebook)
        assert broken.case is not None
        assert "parcel.sent" in broken.case.answers
        result = assess(rulebook, broken.case)
        assert {one.id: one.state for one in result.deadlines}.get(what, "passed") == "passed"

    def test_days_are_found_for_two_time_limits_together(self, tmp_path: Path) -> None:
        promise = "when: {passed: notice}, standing: never open"
        rulebook = rules(tmp_path, promise, clock=CLOCK)
        (broken,) = broken_promises(rulebook)
        assert broken.case is not None
        result = assess(rulebook, broken.case)
        assert str(result.avenues[0].standing) == "open"
        assert {one.id: one.state for one in result.deadlines} == {"in-time": "running", "notice": "passed"}

    def test_what_no_days_bring_about_is_neither_proved_nor_shown_broken(self, tmp_path: Path) -> None:
        (broken,) = broken_promises(rules(tmp_path, "when: {passed: in-time}, always: {passed: notice}", clock=CLOCK))
        assert broken.problem.code == "unproved-promise"
        assert broken.case is None

    def test_an_empty_cell_is_taken_for_neither_yes_nor_no(self, tmp_path: Path) -> None:
        (broken,) = broken_promises(
            rules(tmp_path, "when: {carrier.place: EF}, never: {carrier.place: {region: north}}")
        )
        assert broken.problem.code == "unproved-promise"

    def test_a_full_cell_gives_a_case(self, tmp_path: Path) -> None:
        (broken,) = broken_promises(rules(tmp_path, "never: {carrier.place: {region: north}}"))
        assert broken.case is not None
        assert broken.case.answers["carrier.place"].options == ("AB",)


class TestCommand:
    def run(self, folder: Path, prove: bool = True, cases: Path | None = None) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        environment = Environment(io.StringIO(), out, err, rules=Path("."))
        with standing_in(folder):
            code = guarded(environment, lambda one: check_rules(one, "text", "2026-11-22", prove=prove, cases=cases))
        return int(code), out.getvalue(), err.getvalue()

    def test_the_case_that_is_printed_is_the_one_that_is_written(self, tmp_path: Path) -> None:
        rules(tmp_path, "never: covered")
        code, printed, _ = self.run(tmp_path, cases=tmp_path / "shown")
        assert code == 1
        (file,) = (tmp_path / "shown").iterdir()
        assert file.name == "refund-kept.yaml"
        assert file.read_text(encoding="utf-8") in printed
        assert file.stat().st_mode & 0o777 == 0o600

    def test_without_proofs_nothing_is_proved_and_that_is_said(self, tmp_path: Path) -> None:
        rules(tmp_path, "never: covered", hurdle="parcel.lost")
        code, printed, said = self.run(tmp_path, prove=False)
        assert (code, printed) == (0, "")
        assert "--no-prove" in said

    def test_to_write_cases_and_prove_nothing_is_refused(self, tmp_path: Path) -> None:
        tiny(tmp_path)
        code, printed, said = self.run(tmp_path, prove=False, cases=tmp_path / "shown")
        assert (code, printed) == (2, "")
        assert "--cases" in said

    def test_a_promise_about_a_hurdle_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        tiny(
            tmp_path,
            changed(AVENUE, LAST, LAST + "promises:\n  - {id: a, text: A., never_together: [warning, warnin]}\n"),
        )
        code, printed, _ = self.run(tmp_path)
        assert code == 2
        assert "did you mean `warning`?" in printed


def test_what_was_tried_for_one_promise_is_not_left_out_for_the_next(tmp_path: Path) -> None:
    promises = """promises:
  - {id: first, text: So it is., when: {passed: in-time}, always: {passed: notice}}
  - {id: second, text: So it is., never: {passed: in-time}}
"""
    text = (TINY / AVENUE).read_text(encoding="utf-8").replace("stages:\n", CLOCK + "stages:\n") + promises
    rulebook = read_rulebook(tiny(tmp_path, {AVENUE: text}))
    assert [one.problem.code for one in broken_promises(rulebook)] == ["unproved-promise", "broken-promise"]
