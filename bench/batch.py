"""How many records a second: ``python bench/batch.py [--quick]`` prints one table. See bench/README.md."""

from __future__ import annotations

import os

# Before a library is loaded that would start more threads than one.
os.environ["POLARS_MAX_THREADS"] = "1"

import argparse
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from intake import form, write_intake
from peers import Peers
from pyarrow import csv

from pathways.batch.records import assess_records
from pathways.batch.standings import Batch
from pathways.batch.tables import ROWS
from pathways.rulebook import Rulebook, load_rulebook

AS_OF = "2026-07-01"
FORM = 60
TARGET = 1_000_000
#: A file is read so many times: the machine may be shared, and the least says most.
RUNS = 5

Row = tuple[str, str, str]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer records: less to be relied on")
    quick = parser.parse_args().quick
    rulebook = load_rulebook()
    print(f"{platform.machine()}, Python {platform.python_version()}, pyarrow {pa.__version__}; processor time\n")
    print("| What | Measured | Target |\n|---|---|---|")
    with TemporaryDirectory() as folder:
        for rows in (
            whole(rulebook, Path(folder), quick),
            alone(rulebook, Path(folder), quick),
            peers(rulebook, quick),
        ):
            for row in rows:
                print(f"| {' | '.join(row)} |", flush=True)


def _timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _batch(rulebook: Rulebook) -> Batch:
    return Batch(rulebook, AS_OF, tuple(rulebook.avenues.values()))


def _runs(rulebook: Rulebook, source: Path) -> list[float]:
    """Seconds of some runs."""
    return [_timed(lambda: _run(rulebook, source)) for _ in range(RUNS)]


def _run(rulebook: Rulebook, source: Path) -> None:
    target = source.with_name("standings.parquet")
    assess_records(_batch(rulebook), source, target, "", source.name, lambda _: None)


def whole(rulebook: Rulebook, folder: Path, quick: bool) -> Iterator[Row]:
    """From a Parquet file to a Parquet file: one file, and what each further record costs in a longer one."""
    count = 100_000 if quick else 300_000
    every = [name for name, fact in rulebook.facts.items() if name in form(rulebook, len(rulebook.facts))]
    for what, names, gaps, disputes, records in (
        (f"form of {FORM} questions, all answered", form(rulebook, FORM), 0, 0, count),
        (f"every question that decides ({len(every)}), all answered", every, 0, 0, count),
        (f"form of {FORM}, 2 % left empty", form(rulebook, FORM), 0.02, 0, count // 4),
        (f"form of {FORM}, 10 % left empty, 0.5 % disputed", form(rulebook, FORM), 0.1, 0.005, count // 10),
    ):
        short, long = folder / "short.parquet", folder / "long.parquet"
        write_intake(short, rulebook, names, records, gaps, disputes)
        write_intake(long, rulebook, names, 3 * records, gaps, disputes)
        one, three = (_runs(rulebook, file) for file in (short, long))
        further = 2 * records / (min(three) - min(one))
        speed = 3 * records / min(three)
        yield (
            f"Parquet to Parquet: {what}",
            f"{speed:,.0f} a second for {3 * records:,} (median {3 * records / median(three):,.0f}), "
            f"{records / min(one):,.0f} for {records:,}; {further:,.0f} for each further one",
            f"{TARGET:,}: {_verdict(speed)}" if records == count and len(names) == FORM else "",
        )
    yield "most memory so far", _memory(), ""
    yield from _from_csv(rulebook, folder, count)


def _from_csv(rulebook: Rulebook, folder: Path, records: int) -> Iterator[Row]:
    """The same from CSV."""
    made, source = folder / "made.parquet", folder / "records.csv"
    for columns in (FORM, 5):
        write_intake(made, rulebook, form(rulebook, columns), records)
        table = pq.read_table(made)
        csv.write_csv(table.cast(pa.schema([(name, pa.string()) for name in table.schema.names])), source)
        least = min(_runs(rulebook, source))
        yield f"CSV to Parquet: form of {columns}, all answered", f"{records / least:,.0f} a second for {records:,}", ""
    yield "most memory so far", _memory(), ""


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"


def _verdict(speed: float) -> str:
    return "met" if speed >= TARGET else "**missed**"


def alone(rulebook: Rulebook, folder: Path, quick: bool) -> Iterator[Row]:
    """From columns in memory to columns of standings, in a process that has assessed a block before."""
    count = 5 * ROWS if quick else 16 * ROWS
    for what, gaps in (("all answered", 0.0), ("2 % left empty", 0.02)):
        source = folder / "memory.parquet"
        write_intake(source, rulebook, form(rulebook, FORM), count, gaps)
        blocks = list(pq.ParquetFile(source, read_dictionary=[]).iter_batches(batch_size=ROWS))
        columns = [dict(zip(block.schema.names, block.columns, strict=True)) for block in blocks]
        batch = _batch(rulebook)
        batch.assess(columns[0], len(blocks[0]))
        work = partial(_assess_all, batch, columns)
        took = min(_timed(work) for _ in range(5))
        speed = count / took
        target = ""
        if not gaps:
            target = f"{TARGET:,}: {_verdict(speed)}"
        yield f"columns in memory to standings: form of {FORM}, {what}", f"{speed:,.0f} a second", target


def _assess_all(batch: Batch, blocks: Sequence[dict[str, pa.DictionaryArray]]) -> None:
    for columns in blocks:
        batch.assess(columns, len(next(iter(columns.values()))))


def peers(rulebook: Rulebook, quick: bool) -> Iterator[Row]:
    """The same records by the same rules in DuckDB and Polars, one thread each."""
    count = ROWS // 4 if quick else 2 * ROWS
    names = form(rulebook, len(rulebook.facts))
    with TemporaryDirectory() as folder:
        for what, gaps, disputes in (("all answered", 0.0, 0.0), ("10 % left empty, 2 % disputed", 0.1, 0.02)):
            source = Path(folder, "records.parquet")
            write_intake(source, rulebook, names, count, gaps, disputes)
            table = pq.read_table(source)
            made = Peers(_batch(rulebook), table)
            mine = made.ours()
            for name, work in (("DuckDB", made.duckdb), ("Polars", made.polars)):
                work()
                took = _timed(work)
                equal = work() == mine
                yield f"{name}, plain evaluation: {count:,} records, {what}", f"{count / took:,.0f} a second", ""
                yield f"{name} and we say the same of every avenue in every record", "yes" if equal else "**no**", "yes"
            took = _timed(made.ours)
            yield f"ours, plain evaluation: {what}", f"{count / took:,.0f} a second", ""


if __name__ == "__main__":
    sys.exit(main())
