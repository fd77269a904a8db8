"""The decided cases that stand beside a rulebook, kept in short: to read dozens of files takes longer than a report.

What is kept is named by the bytes of those files and of the rules, as the compiled rules are; what is damaged or
stale is not believed, and where nothing can be written nothing is kept.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pathways.case.files import read_case
from pathways.case.model import Case, Decided, Expectation, Given
from pathways.rulebook import Rulebook
from pathways.rulebook.files import bytes_below, digest
from pathways.rulebook.kept import keep, kept_path, read_kept


def decided_cases(folder: Path, rulebook: Rulebook) -> tuple[Case, ...]:
    """Every decided case below a folder: its answers without who gave them, what was held, and what it expects.

    Raises :class:`~pathways.diagnostics.RefusedError` with the problems of one that cannot be read.
    """
    files = dict(sorted((path, data) for path, data in bytes_below(folder) if b"\ndecided:" in data))
    told = b"\0".join(part for path, data in files.items() for part in (os.fsencode(os.path.basename(path)), data))
    fingerprint = digest(rulebook.sha256.encode() + told).hex()
    path = kept_path("decided", fingerprint)
    short = _kept(path)
    if short is None:
        short = [_short(case) for case in (read_case(Path(path), rulebook) for path in files) if case.decided]
        if files:
            keep(path, marshal.dumps(short))
    return tuple(map(_case, short))


def _short(case: Case) -> list[Any]:
    decided = case.decided
    assert decided is not None
    answers = [(str(name), str(one.kind), tuple(map(str, one.options))) for name, one in case.answers.items()]
    expect = [(tuple(map(str, one.path)), str(one.expected)) for one in case.expect]
    return [str(case.title), str(decided.by), str(decided.holding), answers, expect]


def _case(short: Sequence[Any]) -> Case:
    title, by, holding, answers, expect = short
    return Case(
        title,
        answers={name: Given(kind, options) for name, kind, options in answers},
        expect=tuple(Expectation(path, expected) for path, expected in expect),
        decided=Decided(by, holding),
    )


def _kept(path: Path | None) -> list[list[Any]] | None:
    data = read_kept(path)
    try:
        found = marshal.loads(data) if data else None  # noqa: S302 - checksummed, and only plain values are used
    except (EOFError, ValueError, TypeError):
        return None
    return found if isinstance(found, list) else None
