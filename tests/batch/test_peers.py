"""The same rules in DuckDB and Polars come to the same, as bench/batch.py measures them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pathways.assessment import Standing
from pathways.batch.bitmaps import codes_of
from pathways.batch.standings import STANDINGS, Batch
from pathways.rulebook import Rulebook
from tests.deadlines.fines import fines
from tests.places import ROOT, garden, shipped_rulebook

COUNT = 200
RULEBOOKS = {"garden": garden, "fines": fines, "shipped": shipped_rulebook}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The modules of bench/."""
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    import intake  # type: ignore[import-not-found]
    import peers  # type: ignore[import-not-found]

    yield intake, peers
    for name in ("intake", "peers"):
        sys.modules.pop(name, None)


def _peers(bench: Any, rulebook: Rulebook, folder: Path, gaps: float, disputes: float) -> tuple[Any, Batch, Any]:
    intake, peers = bench
    intake.write_intake(folder / "in.parquet", rulebook, list(rulebook.facts), COUNT, gaps, disputes)
    table = pq.read_table(folder / "in.parquet")
    batch = Batch(rulebook, "2026-07-01", tuple(rulebook.avenues.values()))
    return peers.Peers(batch, table), batch, table


@pytest.mark.parametrize("name", RULEBOOKS)
@pytest.mark.parametrize(("gaps", "disputes"), [(0.0, 0.0), (0.2, 0.1)])
def test_every_avenue_in_every_record(name: str, gaps: float, disputes: float, bench: Any, tmp_path: Path) -> None:
    made, _, _ = _peers(bench, RULEBOOKS[name](), tmp_path, gaps, disputes)
    ours = made.ours()
    assert any(ours.values())
    assert made.duckdb() == ours
    assert made.polars() == ours


@pytest.mark.parametrize("name", RULEBOOKS)
def test_where_all_is_answered_plain_evaluation_is_the_standing(name: str, bench: Any, tmp_path: Path) -> None:
    rulebook = RULEBOOKS[name]()
    made, batch, table = _peers(bench, rulebook, tmp_path, 0, 0)
    found = batch.assess({one: table[one].combine_chunks() for one in table.column_names}, COUNT)
    said = made.duckdb()
    for avenue in rulebook.avenues.values():
        if avenue.applies_when is not None:
            continue
        no, half, yes = (said[f"s{avenue.value}_{word}"] for word in ("no", "half", "yes"))
        alone = {
            STANDINGS.index(Standing.CLOSED): no & ~half & ~yes,
            STANDINGS.index(Standing.CONTESTED): half & ~no & ~yes,
            STANDINGS.index(Standing.OPEN): yes & ~no & ~half,
        }
        codes, expected = found.standings[avenue.id].to_pylist(), codes_of(alone, COUNT).to_pylist()
        single = [sum(plane >> at & 1 for plane in (no, half, yes)) == 1 for at in range(COUNT)]
        assert any(single)
        assert [code for code, one in zip(codes, single, strict=True) if one] == [
            code for code, one in zip(expected, single, strict=True) if one
        ]
