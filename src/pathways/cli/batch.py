"""``pathways batch``: where every avenue stands in many records."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError
from pathways.cli.show import chosen
from pathways.diagnostics import Problem, RefusedError
from pathways.record import replaced
from pathways.render.inert import inert
from pathways.render.words import count

if TYPE_CHECKING:
    from pathways.batch.records import Report

#: So often is said at a terminal how far it is.
SECONDS = 2
NOT_INSTALLED = "`pathways batch` needs pyarrow. It comes with: pip install 'accountability-pathways[batch]'"


def assess_file(
    environment: Environment, file: Path, out: Path, id_column: str, avenues: Sequence[str], as_of: str | None
) -> Exit:
    """Assess every record of a file. Exit 1 if some are bad; the others are written all the same."""
    day = as_of_date(as_of) or date.today().isoformat()
    try:
        from pathways.batch.records import assess_records
        from pathways.batch.standings import Batch
        from pathways.batch.tables import SUFFIXES
    except ModuleNotFoundError as missing:
        if missing.name != "pyarrow":
            raise
        raise WrongNameError([NOT_INSTALLED]) from None
    rulebook = environment.rulebook
    wrong = [
        f"{inert(str(path))}: expected a name that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}."
        for path in (file, out)
        if path.suffix.lower() not in SUFFIXES
    ]
    if wrong:
        raise WrongNameError(wrong)
    _usable(file, out)
    about = chosen(avenues, rulebook.avenues, "avenue")
    batch = Batch(rulebook, day, about)
    if id_column in {avenue.id for avenue in about}:
        raise WrongNameError([f"`{inert(id_column)}` is an avenue: its standing goes in a column of that name."])
    try:
        report = assess_records(batch, file, out, id_column, str(file), _progress(environment))
    except RefusedError as refused:
        environment.complain(_lines(refused.problems))
        return Exit.BAD_INPUT
    return _tell(environment, report, file, out)


def _usable(file: Path, out: Path) -> None:
    """Refuse an input that is a pipe or the like (to open it would be to wait), and an output that cannot be written.

    Nothing was read before, and the output is not the input.
    """
    if os.path.exists(file) and not os.path.isfile(file):
        raise OSError(errno.EINVAL, "not a file", str(file))
    if not os.path.isdir(out.parent):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(out.parent))
    if os.path.exists(out) and not os.path.isfile(out):
        raise OSError(errno.EINVAL, "not a file", str(out))
    if os.path.exists(out) and os.path.exists(file) and os.path.samefile(file, out):
        raise WrongNameError([f"{inert(str(out))} is the file that is read: give the result another name."])


def _progress(environment: Environment) -> Callable[[int], None]:
    """Says now and then at a terminal how many records were read; elsewhere nothing."""
    last = time.monotonic()

    def tell(read: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS and environment.stderr.isatty():
            environment.say(f"{read:,} records read.")
            environment.stderr.flush()
            last = now

    return tell


def _lines(problems: Iterable[Problem]) -> str:
    """One line for each problem: to show the line of the file as well, all of the file would have to be read."""
    from pathways.render.problems import problems_text

    said = (replaced(one, message=f"{one.message} ({one.help})" if one.help else one.message) for one in problems)
    return problems_text(said, "short")


def _tell(environment: Environment, report: Report, file: Path, out: Path) -> Exit:
    for change in report.changes:
        from pathways.interview.wording import changed

        environment.complain(f"note: {inert(str(file))}: {inert(changed(change))}")
    if report.shown:
        environment.complain(_lines(report.shown))
    bad = report.read - report.written
    if bad:
        places = [
            f"{inert(name) or 'lines that hold no record'}: {number:,}"
            for name, number in report.by_column.most_common()
        ]
        environment.complain(f"{count(bad, 'bad record')} left out. Wrong cells by column: {'; '.join(places)}.")
    environment.say(f"{report.read:,} records read, {report.written:,} written to {inert(str(out))}.")
    return Exit.FAILED if bad else Exit.DONE
