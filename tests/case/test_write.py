"""Writing a case: what was said reads back the same, the file is its owner's alone, and no failure costs an answer."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways.case import Case, Expectation, Given, Said, case_text, read_case, save_case
from pathways.case.read import parse_case
from pathways.diagnostics import Problems
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.model import Fact
from pathways.yamlfile import compose_text, forbidden_character
from tests.rulebook.overlay import TINY

RULEBOOK = read_rulebook(TINY)
SOURCES = ["leaflet#refunds", "history#coaches", "law:parcels/1", "law:parcels/2(a)"]


def read_back(text: str, rulebook: Rulebook = RULEBOOK) -> Case:
    problems = Problems()
    file = compose_text(text, "", problems)
    case = parse_case(file, rulebook, problems) if file is not None else None
    assert case is not None, (problems.found, text)
    return case


def as_one_line(text: str) -> str:
    return " ".join(text.split())


AWKWARD = st.text(st.sampled_from("ab -?:,[]{}#&*!|>'\"%@`\\~.=<\t\u00a0é漢🙂"), max_size=30)
PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cn"]).filter(lambda sign: not forbidden_character(sign)), max_size=30
)
TEXTS = st.one_of(AWKWARD, PRINTABLE).map(as_one_line)
SAID_TEXTS = st.one_of(st.just(""), TEXTS)


def options(fact: Fact) -> st.SearchStrategy[str]:
    if fact.kind == "date":
        return st.sampled_from(["2019", "2020-02", "2024-02-29", "2020-01-01", "1789"])
    return st.sampled_from(fact.answers)


def said(fact: Fact, answer: str) -> st.SearchStrategy[Said]:
    return st.builds(
        Said, st.just(answer), SAID_TEXTS, SAID_TEXTS, st.lists(st.sampled_from(SOURCES), max_size=2).map(tuple)
    )


def answers(fact: Fact) -> st.SearchStrategy[Given]:
    several = st.lists(options(fact), min_size=2, max_size=3, unique=True).map(tuple)
    kinds = [
        st.just(Given("unknown")),
        said(fact, "unknown").map(lambda one: Given("unknown", said=(one,))),
        options(fact).map(Given.known),
        options(fact).flatmap(lambda option: said(fact, option).map(lambda one: Given("known", (option,), (one,)))),
        several.map(lambda chosen: Given("one-of", chosen)),
        several.flatmap(
            lambda chosen: st.tuples(*(said(fact, option) for option in chosen)).map(
                lambda sides: Given("disputed", chosen, sides)
            )
        ),
    ]
    if fact.kind != "date":
        kinds.append(st.just(Given("disputed", fact.answers)))
    return st.one_of(kinds)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    facts = draw(st.lists(st.sampled_from(sorted(RULEBOOK.facts)), unique=True))
    expected = [
        Expectation(("avenues", "refund", "standing"), "open"),
        Expectation(("avenues", "refund", "stage"), "letter"),
        Expectation(("avenues", "refund", "could_become"), "open, closed"),
        Expectation(("avenues", "refund", "because"), "lost"),
        Expectation(("avenues", "refund", "hurdles", "warning"), "no"),
        Expectation(("avenues", "refund", "elements", "covered"), "disputed"),
        Expectation(("findings", "covered"), "unknown"),
        Expectation(("claims", "never-pays"), "refuted"),
    ]
    kept = draw(st.lists(st.booleans(), min_size=len(expected), max_size=len(expected)))
    return Case(
        title=draw(TEXTS.filter(bool)),
        story=draw(SAID_TEXTS),
        as_of=draw(st.sampled_from(["", "2026-01-20", "2024-02-29"])),
        about=draw(st.sampled_from([(), ("refund",)])),
        answers={name: draw(answers(RULEBOOK.facts[name])) for name in facts},
        expect=tuple(one for one, keep in zip(expected, kept, strict=True) if keep),
    )


@settings(max_examples=300, deadline=None)
@given(case=cases())
def test_a_case_reads_back_the_same(case: Case) -> None:
    assert read_back(case_text(case)) == case


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=40))
@example("<:?")
@example("- a")
@example("a: b")
@example("a:\tb")
@example("a\t#b")
@example("a #b")
@example("'quoted'")
@example('"')
@example("\\")
@example("null")
@example("~")
@example("=")
@example("a\nb")
@example("---")
@example("\x1b[31m")
@example("\ud800")
@example("   ")
def test_whatever_a_person_types_can_be_read_again(text: str) -> None:
    given_answer = Given("known", ("yes",), (Said("yes", by=text, note=text),))
    case = Case(title=text, story=text, answers={"parcel.lost": given_answer})
    again = read_back(case_text(case))
    shown = "".join("\ufffd" if forbidden_character(sign) else sign for sign in as_one_line(text))
    assert again.answers["parcel.lost"].said[0] == Said("yes", shown, shown)
    assert (again.story, again.title) == (shown, shown or "Untitled")


@pytest.mark.parametrize("text", ["yes", "no", "on", "1e3", "2024-01-02", "0x10", "1:30", "012"])
def test_what_another_reader_of_yaml_takes_for_something_else_is_still_this_text_here(text: str) -> None:
    assert read_back(case_text(Case(title=text))).title == text


def test_answers_stand_in_the_order_in_which_they_were_given() -> None:
    case = Case("A").with_answer("parcel.lost", Given.known("yes")).with_answer("carrier.warned", Given("unknown"))
    again = case.with_answer("parcel.lost", Given.known("no"))
    assert list(read_back(case_text(again)).answers) == ["carrier.warned", "parcel.lost"]
    assert list(read_back(case_text(again.with_answer("parcel.lost", None))).answers) == ["carrier.warned"]


# -- the file -------------------------------------------------------------------------------------

OLD, NEW = Case("Old"), Case("New")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_a_new_file_is_its_owners_alone(mask: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        save_case(NEW, tmp_path / "case.yaml")
    finally:
        os.umask(before)
    assert mode(tmp_path / "case.yaml") == 0o600
    assert read_case(tmp_path / "case.yaml", RULEBOOK).title == "New"


def test_an_old_file_that_others_could_read_becomes_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: Old\n")
    path.chmod(0o644)
    save_case(NEW, path)
    assert (mode(path), read_case(path, RULEBOOK).title) == (0o600, "New")


@pytest.mark.parametrize("step", ["fsync", "replace", "fdopen"])
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    step: str, failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.yaml"
    save_case(OLD, path)

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(f"pathways.case.write.os.{step}", fail)
    with pytest.raises(type(failure)):
        save_case(NEW, path)
    monkeypatch.undo()
    assert read_case(path, RULEBOOK).title == "Old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.yaml"]


def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        flush(handle)

    monkeypatch.setattr("pathways.case.write.os.fsync", fsync)
    save_case(NEW, tmp_path / "case.yaml")
    assert read_case(tmp_path / "case.yaml", RULEBOOK).title == "New"


def test_a_symbolic_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "case.yaml", tmp_path / "link.yaml"
    target.parent.mkdir()
    save_case(OLD, target)
    link.symlink_to(target)
    save_case(NEW, link)
    assert link.is_symlink()
    assert not target.is_symlink()
    assert (read_case(target, RULEBOOK).title, mode(target)) == ("New", 0o600)


def test_a_link_to_a_file_that_is_not_there_yet_makes_that_file(tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("case.yaml")
    save_case(NEW, link)
    assert link.is_symlink()
    assert read_case(tmp_path / "case.yaml", RULEBOOK).title == "New"


@pytest.mark.parametrize(
    "kind", ["a directory", "a pipe", "a link to itself", "a missing folder", "a file as a folder"]
)
def test_what_is_not_a_file_is_left_as_it_is(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    if kind == "a directory":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link to itself":
        path.symlink_to("case.yaml")
    elif kind == "a missing folder":
        path = tmp_path / "nowhere" / "case.yaml"
    else:
        path.write_text("case: Old\n")
        path = path / "case.yaml"
    before = [(entry.name, entry.lstat().st_mode) for entry in tmp_path.iterdir()]
    with pytest.raises(OSError):  # noqa: PT011
        save_case(NEW, path)
    assert [(entry.name, entry.lstat().st_mode) for entry in tmp_path.iterdir()] == before


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(OSError, match="not a file"):
        save_case(NEW, Path("/dev/null"))
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
