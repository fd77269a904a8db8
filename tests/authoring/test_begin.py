"""Beginning a rule: a file that is right but for its blanks, and never harms one that is there."""

from __future__ import annotations

import re
import shutil
import stat
from pathlib import Path

import pytest

from pathways.rulebook.check import check_rulebook
from tests.authoring.editor import complaints
from tests.cli.process import Ended, inside
from tests.places import RULEBOOKS, SCHEMAS
from tests.rulebook.overlay import codes_of, problems_of

DEPOSIT = RULEBOOKS / "deposit"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A rulebook to add to."""
    return Path(shutil.copytree(DEPOSIT, tmp_path / "book"))


def new(book: Path, kind: str, name: str) -> Ended:
    return inside("rules", "new", kind, name, "--rules", book)


def files(book: Path) -> dict[str, bytes]:
    return {path.relative_to(book).as_posix(): path.read_bytes() for path in book.rglob("*") if path.is_file()}


BEGUN = [
    ("avenue", "insurance", "rules/avenues/insurance.yaml"),
    ("fact", "keys.returned", "rules/facts/keys.yaml"),
    ("fact", "home.keys", "rules/facts/home.yaml"),
    ("finding", "keys-kept", "rules/findings/keys-kept.yaml"),
]


@pytest.mark.parametrize(("kind", "name", "file"), BEGUN)
def test_nothing_but_the_blanks_is_wrong_with_a_new_file(book: Path, kind: str, name: str, file: str) -> None:
    done = new(book, kind, name)
    assert done.code == 0, done.err
    problems = problems_of(book)
    assert {problem.code for problem in problems} == {"unfilled-blank"}
    assert {problem.place.file for problem in problems} == {file}
    assert f"with {len(problems)} blanks." in done.out
    assert done.out.split(": ")[0].endswith(file)
    shown = inside("rules", "check", "--rules", book)
    assert shown.code == 2
    assert f"{len(problems)} errors in 1 file" in shown.out
    assert f"error[unfilled-blank]: {len(problems)} blanks are to be filled in" in shown.out
    assert len(shown.out.splitlines()) < len(problems) + 7


@pytest.mark.parametrize(("kind", "name", "file"), BEGUN)
def test_every_key_that_may_be_left_out_can_be_used(book: Path, kind: str, name: str, file: str) -> None:
    new(book, kind, name)
    path = book / file
    text = path.read_text(encoding="utf-8")
    # One space after the sign is an explanation; anything else is a key, or belongs to one.
    while (used := re.sub(r"^( *)#(?! \S)(?=.)", r"\1", text, flags=re.MULTILINE)) != text:
        text = used
    path.write_text(text, encoding="utf-8")
    assert text.count("___") > 2
    assert set(codes_of(book)) == {"unfilled-blank"}


@pytest.mark.parametrize(("kind", "name", "file"), BEGUN)
def test_an_editor_asks_for_the_same_blanks(book: Path, kind: str, name: str, file: str) -> None:
    new(book, kind, name)
    assert complaints(file.split("/")[1], book / file)


def test_a_new_avenue_that_is_filled_in_is_without_fault(book: Path) -> None:
    new(book, "avenue", "insurance")
    path = book / "rules/avenues/insurance.yaml"
    words = {
        "order": "40",
        "sources": '["act:1"]',
        "starts_with": "you",
        "scale": "rarely",
        "when": "request.made",
        "id": "it",
    }
    text = path.read_text(encoding="utf-8")
    filled = re.sub(
        r"^( *-? ?)(\w+): (\[?___\]?)$",
        lambda found: f"{found[1]}{found[2]}: {words.get(found[2], 'In words')}",
        text,
        flags=re.MULTILINE,
    )
    counted = iter(range(9))
    filled = re.sub(r"id: it$", lambda _: f"id: it-{next(counted)}", filled, flags=re.MULTILINE)
    path.write_text(filled, encoding="utf-8")
    assert check_rulebook(book)[1] == []
    assert "insurance" in inside("summary", "--rules", book, "--format", "json").out


@pytest.mark.parametrize(("kind", "name", "file"), BEGUN)
def test_what_is_there_stays_as_it_is(book: Path, kind: str, name: str, file: str) -> None:
    before = files(book)
    assert new(book, kind, name).code == 0
    after = files(book)
    assert {key: after[key] for key in before if key != file} == {key: before[key] for key in before if key != file}
    assert after[file].startswith(before.get(file, b""))
    again = new(book, kind, name)
    assert again.code == 2
    assert "is there already" in again.err
    assert files(book) == after


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("avenue", "claim", "avenue `claim` is there already"),
        ("fact", "home.report", "fact `home.report` is there already"),
        ("finding", "bad-faith", "finding `bad-faith` is there already"),
        ("avenue", "Another Way", "cannot name an avenue"),
        ("fact", "report", "cannot name a fact"),
        ("finding", "../../escape", "cannot name a finding"),
        *(("finding", word, f"`{word}` is a word of conditions") for word in ("all", "not", "passed", "always")),
        ("finding", "null", "is no name"),
        ("avenue", "null", "is no name"),
        ("fact", "null.thing", "is no name"),
        ("fact", f"home.{'a' * 200}", "at most 200"),
    ],
)
def test_a_name_that_is_none_or_is_taken_writes_nothing(book: Path, kind: str, name: str, said: str) -> None:
    before = files(book)
    done = new(book, kind, name)
    assert done.code == 2
    assert said in done.err.lower().replace("`another way`", "") or said in done.err
    assert "Traceback" not in done.err
    assert files(book) == before


def test_a_file_in_the_way_is_not_overwritten(book: Path) -> None:
    path = book / "rules/findings/keys-kept.yaml"
    path.write_text("# notes of mine\n", encoding="utf-8")
    done = new(book, "finding", "keys-kept")
    assert done.code == 2
    assert "a file of this name is there already" in done.err.lower()
    assert path.read_text(encoding="utf-8") == "# notes of mine\n"


def test_facts_that_stand_on_one_line_are_left_to_the_author(book: Path) -> None:
    path = book / "rules/facts/extra.yaml"
    path.write_text("topic: extra\ntitle: More\nfacts: {extra.one: {ask: A?, label: A}}\n", encoding="utf-8")
    done = new(book, "fact", "extra.two")
    assert done.code == 2
    assert "by hand" in done.err
    assert "extra.two" not in path.read_text(encoding="utf-8")


def test_one_can_be_begun_while_another_is_full_of_blanks(book: Path) -> None:
    for kind, name, _ in BEGUN:
        assert new(book, kind, name).code == 0
    assert set(codes_of(book)) == {"unfilled-blank"}


def test_the_author_is_told_to_list_a_new_topic_and_no_other(book: Path) -> None:
    assert "Add `keys` to `topics`" in new(book, "fact", "keys.returned").err
    assert "Add" not in new(book, "fact", "home.keys").err


def test_a_file_is_readable_like_any_other_and_nothing_is_left_beside_it(book: Path) -> None:
    new(book, "avenue", "insurance")
    neighbor = book / "rules/avenues/plain.yaml"
    neighbor.touch()
    mode = (book / "rules/avenues/insurance.yaml").stat().st_mode
    assert stat.S_IMODE(mode) == stat.S_IMODE(neighbor.stat().st_mode)
    assert sorted(path.name for path in neighbor.parent.iterdir() if path.name.startswith(".")) == []


def test_in_a_checkout_the_first_line_names_the_schema(book: Path) -> None:
    shutil.copytree(SCHEMAS, book / "docs" / "schema")
    new(book, "avenue", "insurance")
    first = (book / "rules/avenues/insurance.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../../docs/schema/rules/avenues.json"
    assert ((book / "rules/avenues") / first.partition("=")[2]).is_file()


def test_a_folder_without_rules_is_no_place_for_one(tmp_path: Path) -> None:
    done = new(tmp_path, "avenue", "insurance")
    assert done.code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("claim", "pathways rules schema claims"),
        ("cell", "rules/jurisdictions/"),
        ("hurdle", "under `hurdles` of its avenue"),
        ("topic", "rules new fact TOPIC.NAME"),
        ("avenu", "Did you mean `avenue`?"),
        ("zzz", "What it knows are `avenue`, `fact`, `finding`"),
    ],
)
def test_of_another_kind_it_is_said_what_to_do_instead(book: Path, kind: str, said: str) -> None:
    before = files(book)
    done = new(book, kind, "insurance")
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert files(book) == before
