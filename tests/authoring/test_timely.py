"""A time limit between a condition and the result: what some case shows, the search shows as well."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans

from pathways.authoring.coverage import coverage
from pathways.authoring.covering import gaps
from pathways.authoring.inventing import Invented
from pathways.authoring.scenarios import Scenarios
from pathways.authoring.telling import Search
from pathways.rulebook import Rulebook
from tests.authoring.timed import TODAY, cases, deadlines, made

BY_TABLE = {
    "id": "in-time", "title": "In time", "text": "Made up.", "of": "f.begun", "starts": "the first day",
    "within": {"column": "limit", "by": "f.place", "shortest": "1 year", "because": "Made up.", "sources": ["act:1"]},
    "met_by": "f.done-on", "met_when": "f.done", "weekend": "unsettled", "if_missed": "bars", "unless": "f.excuse",
}  # fmt: skip


def searches(rulebook: Rulebook) -> dict[tuple[str, bool], Search]:
    """What a search came to for each condition and way, without any scenario."""
    bare = Scenarios(rulebook, [], TODAY)
    found = gaps(bare, coverage(bare), Invented(rulebook))
    return {(str(one.covered.written.condition.place), one.holds): one.search for one in found}


@pytest.mark.parametrize("weekend", ["none", "forward", "unsettled"])
def test_a_limit_that_a_table_gives_is_over_only_with_row_day_and_act_at_once(tmp_path: Path, weekend: str) -> None:
    found = searches(made(tmp_path, {**BY_TABLE, "weekend": weekend}))
    assert found
    assert not [at for at, search in found.items() if search.case is None and not search.proved]
    assert len([at for at, search in found.items() if search.case]) >= 4


@given(deadlines(), booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_some_case_shows_the_search_shows_too(deadline: dict[str, Any], old_law: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rulebook = made(Path(folder), deadline, old_law=old_law)
        found = searches(rulebook)
        every = list(cases(rulebook))
        some = Scenarios(rulebook, random.Random(3).sample(every, min(800, len(every))), TODAY)
        for one in coverage(some):
            at = str(one.written.condition.place)
            for holds, file in ((True, one.holding), (False, one.failing)):
                if file:
                    case = next(case for case in some.cases if case.file == file)
                    assert found[at, holds].case is not None, (at, holds, found[at, holds], case.answers)
