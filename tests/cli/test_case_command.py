"""``pathways case``: showing, checking and erasing a case file."""

from __future__ import annotations

import os
from pathlib import Path

import pexpect
import pytest

from pathways.cli.exits import Exit
from tests.cli.asking import environment
from tests.cli.inside import talk
from tests.cli.process import COMMAND, Ended, inside
from tests.interview.library import LIBRARY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case file with a little of everything."""
    path = tmp_path / "case.yaml"
    talk(["OM", "u", "n her own card", "1", "d", "Ann", "a letter", "Ben", "", "q"], path)
    return path


def show(path: Path) -> Ended:
    return inside("case", "show", "--rules", LIBRARY, path)


def test_show_tells_everything_in_the_order_of_the_story(file: Path) -> None:
    done = show(file)
    assert (done.code, done.err) == (Exit.DONE, "")
    words = " ".join(done.out.split())
    assert f"File: {file}" in words
    assert "Saved with the rules: town-library 1.0" in words
    assert "4 answers; " in words
    assert "Branch: Old Market." in words
    assert "Day of the visit: not known." in words
    assert "Note: her own card" in words
    assert "yes, according to Ann. a letter" in words
    assert words.index("Branch") < words.index("Who asks") < words.index("Unpaid fines")


def test_show_knows_shipped_scenarios_by_name() -> None:
    done = inside("case", "show", "minneapolis-2026")
    assert (done.code, done.err) == (Exit.DONE, "")
    assert "Minneapolis, January 2026" in done.out
    wrong = inside("case", "show", "minneapolis-2025")
    assert (wrong.code, "Did you mean `minneapolis-2026`?" in wrong.err) == (Exit.BAD_INPUT, True)


def test_show_tells_what_came_from_elsewhere_and_what_was_set_aside(file: Path) -> None:
    other = file.with_name("other.yaml")
    other.write_text("case: Other\nbased_on: case.yaml\nset_aside:\n  old.name: yes\nnotes:\n  book.rare: ask\n")
    words = " ".join(show(other).out.split())
    assert "Based on: case.yaml (4 answers from there)" in words
    assert "From case.yaml." in words
    assert "old.name: yes" in words
    assert "Rare book: not answered. Note: ask" in words


def test_text_from_a_file_is_inert(file: Path) -> None:
    file.write_text(file.read_text().replace("her own card", "'[bold]x[/] $(rm)'"))
    assert "[bold]x[/] $(rm)" in show(file).out


def test_check_counts_and_names_what_is_wrong_in_all_files(file: Path) -> None:
    done = inside("case", "check", "--rules", LIBRARY, file)
    assert done.code == Exit.DONE
    assert done.out.startswith(f"{file}: can be read. 4 answers; ")
    bad = file.with_name("bad.yaml")
    bad.write_text("case: Bad\nanswers:\n  book.rar: yes\n")
    both = inside("case", "check", "--rules", LIBRARY, file.parent)
    assert both.code == Exit.BAD_INPUT
    assert "can be read" in both.out
    assert "error[unknown-fact]" in both.err


def test_erase_asks_nothing_with_yes_and_says_what_it_cannot_promise(file: Path) -> None:
    done = inside("case", "erase", "--yes", file)
    assert (done.code, done.out) == (Exit.DONE, f"{file} is erased.\n")
    words = " ".join(done.err.split())
    for where in ("snapshots", "synced", "flash drive", "history of your shell"):
        assert where in words
    assert list(file.parent.iterdir()) == []


def test_erase_through_a_pipe_needs_yes(file: Path) -> None:
    done = inside("case", "erase", file)
    assert done.code == Exit.BAD_INPUT
    assert "add --yes" in done.err
    assert file.exists()


@pytest.mark.parametrize("typed", ["yes", "", "no", "q", "EOF"])
def test_erase_asks_at_a_terminal(file: Path, typed: str) -> None:
    child = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "case", "erase", str(file)],
        env=environment(),
        encoding="utf-8",
        dimensions=(50, 80),
        timeout=30,
    )
    child.expect_exact("\r\n> ")
    if typed == "EOF":
        child.sendeof()
    else:
        child.sendline(typed)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == Exit.DONE
    assert file.exists() == (typed != "yes")
    assert ("is erased" if typed == "yes" else "is left as it is") in " ".join(str(child.before).split())


@pytest.mark.parametrize("text", ["precious\n", "rulebook: x\n", "", "# case: in a comment\n"])
def test_erase_leaves_alone_what_is_no_case(tmp_path: Path, text: str) -> None:
    path = tmp_path / "precious.yaml"
    path.write_text(text)
    done = inside("case", "erase", "--yes", path)
    assert done.code == Exit.BAD_INPUT
    assert "is no case file, and is left as it is" in done.err
    assert path.read_text() == text
    assert "is not there" in inside("case", "erase", "--yes", tmp_path / "nowhere.yaml").err
    assert inside("case", "erase", "--yes", tmp_path).code == Exit.BAD_INPUT


def test_a_damaged_case_can_be_erased(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"case: Mine\nanswers: [\n\xff")
    assert inside("case", "erase", "--yes", path).code == Exit.DONE
    assert not path.exists()


def test_erase_follows_a_link_and_warns_of_files_that_need_this_one(file: Path) -> None:
    link, other = file.with_name("link.yaml"), file.with_name("other.yaml")
    link.symlink_to(file.name)
    other.write_text("case: Other\nbased_on: case.yaml\n")
    done = inside("case", "erase", "--yes", link)
    assert f"warning: {other} is based on {link}" in done.err
    assert sorted(os.listdir(file.parent)) == ["other.yaml"]
