"""What is kept of a check changes how long it takes and nothing else; what is damaged or foreign is not believed."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pathways.cli.environment import Environment
from pathways.cli.guard import guarded
from pathways.cli.rules import check_rules
from pathways.diagnostics import Problems
from pathways.rulebook import citations, closed_days
from pathways.rulebook.kept import keep, kept_path, read_kept
from pathways.rulebook.locate import shipped
from pathways.rulebook.sources import Authority
from tests.deadlines.fines import FINES
from tests.rulebook.overlay import TODAY, tiny
from tests.rulebook.test_bad import BAD, CODES, PREPARED


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept in these tests."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.delenv("PATHWAYS_NO_CACHE", raising=False)
    return tmp_path / "kept"


@pytest.fixture
def parsers() -> None:
    """What the extra `check` brings."""
    pytest.importorskip("eyecite")
    pytest.importorskip("citeurl")


def said(folder: Path) -> tuple[int, str, str]:
    """The exit code and all that ``pathways rules check --no-prove`` says of the rules in a folder."""
    out, err = io.StringIO(), io.StringIO()
    environment = Environment(io.StringIO(), out, err, rules=folder)
    code = guarded(environment, lambda environment: check_rules(environment, "text", TODAY, prove=False))
    return int(code), out.getvalue(), err.getvalue()


def files(kept: Path, kind: str = "*") -> list[Path]:
    """All that is kept, or all of a kind."""
    return [path for path in kept.rglob(f"{kind}-*") if path.is_file()]


class TestTheSameWarm:
    @pytest.mark.parametrize("code", CODES)
    def test_every_bad_rulebook(self, code: str, tmp_path: Path) -> None:
        folder = tiny(tmp_path / "rulebook")
        shutil.copytree(BAD / code, folder, dirs_exist_ok=True)
        if prepare := PREPARED.get(code):
            prepare(folder)
        assert said(folder) == said(folder)

    @pytest.mark.usefixtures("parsers")
    def test_the_shipped_rules_and_a_change_in_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "rulebook"
        for name in ("rules", "seeds"):
            shutil.copytree(shipped(name), folder / name)
        cold = said(folder)
        assert said(folder) == cold
        path = next(path for path in (folder / "rules/authorities").glob("*.yaml") if "kind: case" in path.read_text())
        good = path.read_text(encoding="utf-8")
        year = next(line for line in good.split("\n") if line.strip().startswith("year: "))
        path.write_text(good.replace(year, year[:-4] + "1801", 1), encoding="utf-8")
        wrong = said(folder)
        assert "error[year-disagrees]" in wrong[1]
        assert said(folder) == wrong
        monkeypatch.setenv("PATHWAYS_NO_CACHE", "1")
        assert said(folder) == wrong
        path.write_text(good, encoding="utf-8")
        assert said(folder) == cold


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half of it": lambda data: data[: len(data) // 2],
    "a byte too many": lambda data: data + b"\0",
    "one bit": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "not what it should be": lambda data: b"# rules\n" * 100,
}


class TestDamaged:
    @pytest.mark.parametrize("how", DAMAGE)
    def test_what_is_damaged_is_worked_out_again_and_mended(self, how: str, kept: Path) -> None:
        cold = said(FINES)
        (path,) = files(kept, "days")
        good = path.read_bytes()
        path.write_bytes(DAMAGE[how](good))
        assert read_kept(path) is None
        assert said(FINES) == cold
        assert path.read_bytes() == good

    def test_days_of_another_length_are_not_believed(self) -> None:
        path = kept_path("days", "strange")
        keep(path, b"\1\2\3")
        assert bytes(read_kept(path) or b"") == b"\1\2\3"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(closed_days, "kept_path", lambda *_: path)
            assert len(closed_days.all_closed_days("US")) > 1000

    def test_where_nothing_can_be_kept_all_is_worked_out(self, kept: Path) -> None:
        cold = said(FINES)
        shutil.rmtree(kept)
        kept.write_text("a file where a folder should be")
        assert said(FINES) == cold

    def test_a_folder_that_may_only_be_read(self, kept: Path) -> None:
        cold = said(FINES)
        (path,) = files(kept, "days")
        path.unlink()
        path.parent.chmod(0o500)
        try:
            assert said(FINES) == cold
        finally:
            path.parent.chmod(0o700)

    def test_a_folder_in_the_place_of_a_file_does_no_harm(self, kept: Path) -> None:
        cold = said(FINES)
        (path,) = files(kept, "days")
        path.unlink()
        path.mkdir()
        assert said(FINES) == cold

    def test_without_leave_nothing_is_kept(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATHWAYS_NO_CACHE", "1")
        said(FINES)
        assert not files(kept)


@pytest.mark.usefixtures("parsers")
class TestCitations:
    def test_only_what_is_new_is_parsed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "rulebook"
        more = (BAD / "court-disagrees/rules/authorities/more.yaml").read_text(encoding="utf-8")
        more = more.partition("  case:b:")[0]
        right = more.replace("case:a:", "case:b:").replace("8th Cir.", "9th Cir.").partition("authorities:\n")[2]
        tiny(folder, {"rules/authorities/more.yaml": more + right})
        parsed: list[str] = []
        case = citations._case

        def noted(authority: Authority, problems: Problems) -> None:
            parsed.append(authority.id)
            case(authority, problems)

        monkeypatch.setattr(citations, "_case", noted)
        assert said(folder) == said(folder)
        assert parsed == ["case:a", "case:b", "case:a"], "what was wrong is parsed again"

    def test_of_too_many_those_of_the_rulebook_are_kept(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        said(shipped("rules").parent)
        (path,) = files(kept, "citations")
        size = path.stat().st_size
        monkeypatch.setattr(citations, "MOST_KNOWN", 3)
        said(FINES)
        (path,) = files(kept, "citations")
        assert path.stat().st_size < size
