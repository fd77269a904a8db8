"""Rulebooks of one avenue whose time limit is made up at random, by a table or fixed, and cases on many days."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pathways.case import Case, Given
from pathways.rulebook import Rulebook, read_rulebook
from tests.authoring.small import SOURCE, write

TODAY = "2026-01-02"
FACTS: dict[str, dict[str, Any]] = {
    "f.place": {"ask": "Where?", "label": "Place", "choices_from": "places"},
    "f.begun": {"ask": "Begun when?", "label": "Begun", "kind": "date"},
    "f.done": {"ask": "Done?", "label": "Done"},
    "f.done-on": {"ask": "Done when?", "label": "Done on", "kind": "date"},
    "f.excuse": {"ask": "An excuse?", "label": "Excuse"},
    "f.late": {"ask": "Too late?", "label": "Late"},
}
ROWS = ("NN", "AA", "BB")
DAYS = ("2018-05-01", "2022-06-01", "2024-06-03", "2025-12-01")


@st.composite
def deadlines(draw: st.DrawFn) -> dict[str, Any]:
    """A deadline that bars, with or without each of the things that can change what its clock says."""
    by_table = {"column": "limit", "by": "f.place", "shortest": "1 year", "because": "Made up.", "sources": SOURCE}
    met = draw(st.sampled_from([{}, {"met_by": "f.done-on"}, {"met_by": "f.done-on", "met_when": "f.done"}]))
    more = {
        "missed_when": draw(st.sampled_from([None, "f.late"])),
        "unless": draw(st.sampled_from([None, "f.excuse"])),
        "applies_when": draw(st.sampled_from([None, {"f.begun": {"from": "2020-01-01"}}])),
        "starts_when": draw(st.sampled_from([None, {"not": "f.excuse"}])),
    }
    return {
        "id": "in-time", "title": "In time", "text": "Made up.", "within": draw(st.sampled_from([by_table, "2 years"])),
        "of": "f.begun", "starts": "the first day", "if_missed": "bars", **met,
        "weekend": draw(st.sampled_from(["none", "forward", "unsettled"])),
        **{key: value for key, value in more.items() if value is not None},
    }  # fmt: skip


#: What barred the way until a day in the past: the solver then chooses in which stretch of time it begins.
OLD_LAW = {
    "id": "old", "title": "Old law", "explains": "Made up.", "effect": "bars", "arises_when": "always",
    "in_force": {"until": "2019-12-31", "on": "f.begun"}, "ground": "fact",
}  # fmt: skip


def made(folder: Path, deadline: dict[str, Any], *, old_law: bool = True) -> Rulebook:
    """A rulebook whose one avenue has one deadline."""
    write(folder, {"applies": None, "element": "always", "hurdle": "never", "effect": "informs"})
    path = folder / "rules" / "avenues" / "way.yaml"
    avenue = {**json.loads(path.read_text(encoding="utf-8")), "deadlines": [deadline]}
    avenue["hurdles"] = [OLD_LAW] if old_law else []
    cells = {"value": "3 years", "text": "Made up.", "sources": SOURCE}
    files: dict[str, Any] = {
        "avenues/way": avenue,
        "facts/f": {"topic": "f", "title": "F", "sources": SOURCE, "facts": FACTS},
        "tables/places": {
            "table": "places",
            "columns": {"name": "Name", "limit": {"title": "Limit", "kind": "period", "if_empty": "Nobody looked."}},
            "sources": SOURCE,
            "rows": {row: {"name": row} for row in ROWS},
        },
        "jurisdictions/a": {"table": "places", "row": "AA", "reviewed_by_lawyer": "no", "cells": {"limit": cells}},
        "jurisdictions/b": {
            "table": "places", "row": "BB", "reviewed_by_lawyer": "no",
            "cells": {"limit": {**cells, "value": "6 months", "seen": "secondary"}},
        },
    }  # fmt: skip
    for name, data in files.items():
        at = folder / "rules" / f"{name}.yaml"
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(json.dumps(data), encoding="utf-8")
    return read_rulebook(folder)


def cases(rulebook: Rulebook) -> Iterator[Case]:
    """Every case of some answers to each question that the rules ask, not answering among them."""
    offered = {
        name: [None, *(map(Given.known, DAYS if fact.kind == "date" else fact.answers))]
        for name, fact in rulebook.facts.items()
    }
    for number, given in enumerate(itertools.product(*offered.values())):
        answers = {name: one for name, one in zip(offered, given, strict=True) if one is not None}
        yield Case(f"Case {number}", file=f"case-{number}", as_of=TODAY, answers=answers)
