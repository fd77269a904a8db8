"""Compiled rules are exactly the rules: what is stale, damaged or of another program is never believed."""

from __future__ import annotations

import marshal
import shutil
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pathways.rulebook
from pathways.assessment import assess
from pathways.case import Case, Given, read_case
from pathways.record import names_of
from pathways.render.data import assessments_data
from pathways.rulebook import Rulebook, compiled, load_rulebook, read_rulebook
from pathways.rulebook import kept as kept_module
from pathways.rulebook.closed_days import FIRST_YEAR, LAST_YEAR
from pathways.rulebook.compiled import compiled_path, load_compiled
from pathways.rulebook.files import fingerprint, sha256_of
from tests.deadlines.fines import CASES, FINES
from tests.places import GARDEN

#: What deadlines and the law of places brought with them.
NEW_PARTS = ("closed_days", "calendar", "row_questions", "as_of_cuts", "clocks", "told")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled rules are kept in these tests."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.delenv("PATHWAYS_NO_CACHE", raising=False)
    return tmp_path / "kept"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of which rules are read from their files from now on."""
    found: list[Path] = []

    def reading(folder: Path) -> Rulebook:
        found.append(folder)
        return read_rulebook(folder)

    monkeypatch.setattr(pathways.rulebook, "read_rulebook", reading)
    return found


def file_of(folder: Path) -> Path:
    """The compiled form of the rules in ``folder``."""
    path = compiled_path(fingerprint(folder))
    assert path is not None
    return path


def without_places(value: Any) -> Any:
    """A part of a rulebook as plain values, without where it stands in files."""
    if names := [name for name in getattr(type(value), "__match_args__", ()) if name != "place"]:
        return (type(value).__name__, *(without_places(getattr(value, name)) for name in names))
    if isinstance(value, dict) or hasattr(value, "keys"):
        return {key: without_places(value[key]) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return tuple(without_places(one) for one in value)
    return value


def told(rulebook: Rulebook) -> list[Any]:
    """What the rules make of every case of the rulebook."""
    return [
        assessments_data([assess(rulebook, read_case(path, rulebook, path.stem))]) for path in sorted(CASES.glob("*"))
    ]


class TestKept:
    def test_what_is_read_back_is_what_was_read_from_the_files(self, reads: list[Path]) -> None:
        first, second = load_rulebook(FINES), load_rulebook(FINES)
        assert reads == [FINES]
        for name in [name for name in names_of(Rulebook) if name != "statements"]:
            assert without_places(getattr(first, name)) == without_places(getattr(second, name)), name
        for name in NEW_PARTS:
            assert without_places(getattr(first, name)) == without_places(getattr(second, name)) != (), name
        assert told(first) == told(second)

    def test_holds_the_parts_of_deadlines_and_towns(self) -> None:
        load_rulebook(FINES)
        rulebook = load_rulebook(FINES)
        assert rulebook.calendar == ("US", FIRST_YEAR, LAST_YEAR)
        assert rulebook.as_of_cuts == ("2023-06-01", "2025-01-01", "2025-06-01")
        assert rulebook.row_questions == {"fine.town": "towns"}
        assert str(rulebook.clocks["objection/object"].period) == "14 days"
        assert rulebook.clocks["appeal/silence"].starts_when is not None
        cell = rulebook.tables["towns"].cells["AB"]["appeal-within"]
        assert (cell.value, cell.sources, cell.checked) == ("2 months", ("town:abbey/1",), True)
        assert rulebook.tables["towns"].columns["appeal-within"].kind == "period"

    def test_without_leave_nothing_is_kept(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATHWAYS_NO_CACHE", "1")
        load_rulebook(FINES)
        assert not kept.exists()

    def test_where_nothing_can_be_kept_the_rules_are_read_all_the_same(self, kept: Path, reads: list[Path]) -> None:
        kept.write_text("a file where a folder should be")
        assert told(load_rulebook(FINES)) == told(load_rulebook(FINES))
        assert reads == [FINES, FINES]

    def test_only_the_newest_few_are_kept(self, tmp_path: Path) -> None:
        shutil.copytree(GARDEN, tmp_path / "rules")
        about = tmp_path / "rules" / "rules" / "rulebook.yaml"
        for number in range(compiled.KEPT + 3):
            about.write_text(f"{about.read_text()}\n# {number}\n")
            load_rulebook(tmp_path / "rules")
        folder = file_of(tmp_path / "rules").parent
        assert len(list(folder.glob("rules-*"))) == compiled.KEPT
        assert file_of(tmp_path / "rules").exists()


class TestStale:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        shutil.copytree(FINES, tmp_path / "fines")
        return tmp_path / "fines"

    @staticmethod
    def limit(folder: Path) -> str:
        """The outer limit of an objection, by the rules in a folder."""
        answers = {"fine.placed-on": Given.known("2026-01-06")}
        found = assess(load_rulebook(folder), Case("A fine", answers=answers), "2026-01-07").deadlines
        return next(one.outer_limit for one in found if one.id == "object")

    @pytest.mark.parametrize(
        ("name", "old", "new", "limit"),
        [
            ("avenues/objection.yaml", "within: 14 days", "within: 15 days", "2026-01-21"),
            ("avenues/objection.yaml", "within: 14 days", "within: 10 working days", "2026-01-21"),
            ("avenues/objection.yaml", "within: 14 days", "within: 13 days", "2026-01-20"),
            ("rulebook.yaml", "closed_days: US\n", "", "2026-01-20"),
        ],
    )
    def test_a_change_in_the_files_is_seen_at_once(
        self, folder: Path, name: str, old: str, new: str, limit: str
    ) -> None:
        assert self.limit(folder) == "2026-01-20"
        path = folder / "rules" / name
        path.write_text(path.read_text().replace(old, new))
        assert self.limit(folder) == limit

    def test_a_town_that_is_added_is_seen_at_once(self, folder: Path) -> None:
        assert load_rulebook(folder).tables["towns"].cells["EF"] == {}
        (folder / "rules" / "jurisdictions" / "ef.yaml").write_text(
            'table: towns\nrow: EF\ncells: {appeal-within: {value: 1 year, sources: ["code:3"]}}\n'
        )
        assert load_rulebook(folder).tables["towns"].cells["EF"]["appeal-within"].value == "1 year"

    def test_another_version_of_the_program_reads_anew(
        self, monkeypatch: pytest.MonkeyPatch, reads: list[Path]
    ) -> None:
        load_rulebook(FINES)
        monkeypatch.setattr(kept_module, "__version__", "0.0.0")
        load_rulebook(FINES)
        assert reads == [FINES, FINES]


def sealed(payload: bytes) -> bytes:
    """With a checksum that is right."""
    return zlib.crc32(payload).to_bytes(4, "little") + payload


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "a checksum and no more": lambda data: data[:4],
    "a checksum and a length": lambda data: data[:8],
    "half of it": lambda data: data[: len(data) // 2],
    "a byte too few": lambda data: data[:-1],
    "a byte too many": lambda data: data + b"\0",
    "one bit": lambda data: data[:1000] + bytes([data[1000] ^ 1]) + data[1001:],
    "another checksum": lambda data: bytes(4) + data[4:],
    "not what it should be": lambda data: b"# rules\n" * 100,
}
STRANGE: dict[str, Callable[[str, list[Any]], Any]] = {
    "a number": lambda made_from, rules: 5,
    "a text": lambda made_from, rules: "rules",
    "nothing": lambda made_from, rules: None,
    "no rules": lambda made_from, rules: (made_from, []),
    "rules alone": lambda made_from, rules: rules,
    "without their last part": lambda made_from, rules: (made_from, rules[:-1]),
    "without the parts for time limits": lambda made_from, rules: (made_from, rules[:-4]),
    "with a part too many": lambda made_from, rules: (made_from, [*rules, ()]),
    "of another kind": lambda made_from, rules: (made_from, [1, *rules[1:]]),
    "of other rules": lambda made_from, rules: ("0" * 64, rules),
}


class TestDamaged:
    @pytest.mark.parametrize("how", DAMAGE)
    def test_what_fails_its_checksum_is_read_anew_and_mended(self, how: str, reads: list[Path]) -> None:
        whole = told(load_rulebook(FINES))
        path = file_of(FINES)
        good = path.read_bytes()
        path.write_bytes(DAMAGE[how](good))
        assert load_compiled(fingerprint(FINES)) is None
        assert told(load_rulebook(FINES)) == whole
        assert reads == [FINES, FINES]
        assert path.read_bytes() == good

    @pytest.mark.parametrize("how", STRANGE)
    def test_what_is_whole_and_of_another_shape_is_read_anew(self, how: str, reads: list[Path]) -> None:
        whole = told(load_rulebook(FINES))
        path = file_of(FINES)
        payload = path.read_bytes()[4:]
        end = 4 + int.from_bytes(payload[:4], "little")
        strange = marshal.dumps(STRANGE[how](*marshal.loads(payload[4:end])))
        path.write_bytes(sealed(len(strange).to_bytes(4, "little") + strange + payload[end:]))
        assert load_compiled(fingerprint(FINES)) is None
        assert told(load_rulebook(FINES)) == whole
        assert reads == [FINES, FINES]

    def test_a_folder_in_its_place_does_no_harm(self) -> None:
        path = file_of(FINES)
        path.mkdir(parents=True)
        assert load_rulebook(FINES).sha256 == sha256_of(FINES)

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_no_byte_can_be_changed_unseen(self, data: st.DataObject) -> None:
        load_rulebook(GARDEN)
        path = file_of(GARDEN)
        good = path.read_bytes()
        at = data.draw(st.integers(0, len(good) - 1))
        change = data.draw(st.integers(1, 255))
        try:
            path.write_bytes(good[:at] + bytes([good[at] ^ change]) + good[at + 1 :])
            assert load_compiled(fingerprint(GARDEN)) is None
        finally:
            path.write_bytes(good)
