"""Intake records made up for benchmarks: random, the same for the same seed, written as Parquet."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact

#: Events of so many days before this one.
LAST_DAY = date(2026, 6, 30)
DAYS = 540
ROWS = 1 << 16


def form(rulebook: Rulebook, size: int) -> list[str]:
    """The questions of an intake form: those on which the most avenues rest, and what their clocks start from."""
    weight: Counter[str] = Counter()
    variables = rulebook.statements.variables
    for avenue in rulebook.avenues.values():
        for index in rulebook.decider.variables_of(avenue.value):
            name = variables[index].name
            if name in rulebook.facts:
                weight[name] += 1
            elif name in rulebook.clocks:
                clock = rulebook.clocks[name]
                weight.update(one for one in (clock.of, clock.by) if one)
    order = list(rulebook.facts)
    return sorted(sorted(weight, key=lambda name: (-weight[name], order.index(name)))[:size], key=order.index)


def write_intake(
    path: Path, rulebook: Rulebook, names: list[str], count: int, gaps: float = 0, disputes: float = 0, seed: int = 1
) -> None:
    """Records in a Parquet file: each cell one of the answers, left empty or disputed with some probability."""
    random = Random(seed)
    schema = pa.schema([pa.field(name, pa.dictionary(pa.int16(), pa.string())) for name in names])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, count, ROWS):
            rows = min(ROWS, count - start)
            columns = [_column(rulebook.facts[name], rows, gaps, disputes, random) for name in names]
            writer.write_table(pa.table(columns, schema=schema))


def _column(fact: Fact, rows: int, gaps: float, disputes: float, random: Random) -> pa.Array:
    if fact.kind == "date":
        texts = [(LAST_DAY - timedelta(days=at)).isoformat() for at in range(DAYS)]
    else:
        texts = [*fact.answers, "disputed"]
    answers = len(texts) - (fact.kind != "date")
    codes: list[int | None] = random.choices(range(answers), k=rows)  # type: ignore[assignment]
    if disputes and fact.kind != "date":
        codes = [answers if random.random() < disputes else code for code in codes]
    if gaps:
        codes = [None if random.random() < gaps else code for code in codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int16()), pa.array(texts))
