"""A folder that the system does not let be read is an error with its name, wherever files are looked for in folders."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pathways.rulebook.files import fingerprint, is_folder_unread, named_below, rule_files
from tests.cli.process import inside
from tests.places import GARDEN

CANNOT = ("cannot be read", "a directory, not a file")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The garden rulebook, with some of its files in a folder of their own."""
    folder = tmp_path / "book"
    shutil.copytree(GARDEN, folder)
    for within in ("rules/facts", "cases", "seeds"):
        (folder / within / "inner").mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def locked(book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same; no folder named ``inner`` can be looked into."""
    scandir = os.scandir

    def refusing(path: Any = ".") -> Any:
        if os.path.basename(os.fspath(path)) == "inner":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    return book


def test_it_stands_among_the_files(locked: Path) -> None:
    assert [path for path in rule_files(locked) if is_folder_unread(path)] == [
        locked / "rules/facts/inner",
        locked / "seeds/inner",
    ]
    assert [path for path in named_below(locked / "cases") if is_folder_unread(path)] == [locked / "cases/inner"]
    assert named_below(locked / "cases/inner") == [locked / "cases/inner"]
    assert named_below(locked / "nowhere") == []


def test_rules_with_such_a_folder_are_not_the_rules_without_it(locked: Path) -> None:
    with_it = fingerprint(locked)
    (locked / "rules/facts/inner").rmdir()
    (locked / "seeds/inner").rmdir()
    assert fingerprint(locked) != with_it


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        (("rules", "check"), "rules/facts/inner"),
        (("rules", "test"), "rules/facts/inner"),
        (("run", "cases"), "cases/inner"),
        (("run", "cases/inner"), "cases/inner"),
        (("case", "check", "cases"), "cases/inner"),
    ],
)
def test_a_command_names_it(
    command: tuple[str, ...], folder: str, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(locked)
    rules = locked if "rules" in folder else GARDEN
    done = inside(*command, "--rules", rules)
    assert done.code == 2
    said = done.out + done.err
    assert folder in said, said
    assert any(words in said for words in CANNOT)


@pytest.mark.parametrize("command", ["test", "coverage", "mutate"])
def test_scenarios_in_it_are_not_passed_over(command: str, locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for within in ("rules/facts", "seeds"):
        (locked / within / "inner").rmdir()
    monkeypatch.chdir(locked)
    done = inside("rules", command, "--rules", ".")
    assert (done.code, done.out) == (2, "")
    assert "cases/inner" in done.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look into every folder")
@pytest.mark.parametrize("within", ["rules", "rules/facts", "rules/facts/inner", "seeds"])
def test_a_folder_that_is_locked(within: str, book: Path) -> None:
    (book / within).chmod(0o000)
    try:
        done = inside("rules", "check", "--rules", book)
    finally:
        (book / within).chmod(0o755)
    assert done.code == 2
    assert f"{within}\n" in done.out
    assert "Permission denied" in done.out
    assert "no-rulebook" not in done.out


def test_an_empty_name_is_no_folder() -> None:
    done = inside("run", "")
    assert (done.code, done.out) == (2, "")
    assert "The name of a case is empty" in done.err
