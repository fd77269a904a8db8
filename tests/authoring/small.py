"""Rulebooks of one avenue and four questions, made up at random and written as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pathways.rulebook import Rulebook, read_rulebook

#: Yes/no questions, a choice of three and a date.
FACTS: dict[str, dict[str, Any]] = {
    "f.a": {"ask": "A?", "label": "A"},
    "f.b": {"ask": "B?", "label": "B"},
    "f.c": {"ask": "C?", "label": "C", "choices": {"x": "X", "y": "Y", "z": "Z"}},
    "f.d": {"ask": "D?", "label": "D", "kind": "date"},
}
SOURCE = ["act:1"]
LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["f.a", "f.b"]),
    st.sampled_from([["x"], ["y"], ["x", "z"]]).map(lambda options: {"f.c": options}),
    st.sampled_from([{"from": "2020-01-01"}, {"before": "2022-01-01"}, {"from": "2021-01-01"}]).map(
        lambda ends: {"f.d": ends}
    ),
)


def _whole(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda some: {"all": some}),
        several.map(lambda some: {"any": some}),
        parts.map(lambda one: {"not": one}),
        st.tuples(st.sampled_from(["clearly", "arguably", "disputed"]), parts).map(lambda two: {two[0]: two[1]}),
        parts.map(lambda one: {"contestable": {"that": one, "because": "Nobody knows."}}),
        several.map(lambda some: {"at_least": {"of": 2, "these": some}}),
    )


CONDITIONS = st.recursive(LEAVES, _whole, max_leaves=5)


@st.composite
def avenues(draw: st.DrawFn) -> dict[str, Any]:
    """An avenue: what must hold, what may arise, and when it applies."""
    return {
        "applies": draw(st.none() | CONDITIONS),
        "element": draw(CONDITIONS),
        "hurdle": draw(CONDITIONS),
        "effect": draw(st.sampled_from(["bars", "contests", "informs"])),
    }


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """An avenue, and the same with something in it changed, or with nothing."""
    old, other = draw(avenues()), draw(avenues())
    changed = draw(st.sets(st.sampled_from(sorted(old)), max_size=2))
    return old, {key: (other if key in changed else old)[key] for key in old}


def write(folder: Path, avenue: dict[str, Any]) -> Path:
    """The rulebook as files."""
    what = dict.fromkeys(("what", "who", "against", "where", "gets"), "Made up.")
    files: dict[str, Any] = {
        "rulebook": {
            "rulebook": "small", "version": "1.0", "title": "Small", "law_as_of": "2026-01-01",
            "reviewed_by_lawyer": "no", "license": "CC0", "notice": "Made up.", "topics": ["f"],
            "starts_with": {"you": "You start it"},
        },
        "authorities/act": {
            "authorities": {
                "act:1": {
                    "cite": "Act § 1", "title": "Act", "kind": "statute", "provides": "Made up.", "seen": "primary",
                    "seen_where": "made up", "checked": "2026-01-01",
                }
            }
        },
        "facts/f": {"topic": "f", "title": "F", "sources": SOURCE, "facts": FACTS},
        "avenues/way": {
            "avenue": "way", "title": "The way", "short": "Way", "order": 1, "reviewed_by_lawyer": "no",
            "sources": SOURCE, **what, **({"applies_when": avenue["applies"]} if avenue["applies"] else {}),
            "starts_with": "you", "track_record": {"scale": "sometimes", "text": "Made up."},
            "requires": [{"id": "one", "title": "One", "explains": "Made up.", "when": avenue["element"]}],
            "hurdles": [
                {
                    "id": "two", "title": "Two", "explains": "Made up.", "effect": avenue["effect"],
                    "arises_when": avenue["hurdle"], "ground": "fact",
                }
            ],
            "stages": [{"id": "go", "title": "Go"}],
            "cautions": [{"id": "care", "text": "Take care.", "practical": "yes"}],
            "steps": [{"id": "step", "text": "Step.", "practical": "yes"}],
        },
    }  # fmt: skip
    for name, data in files.items():
        path = folder / "rules" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data), encoding="utf-8")
    (folder / "seeds").mkdir(exist_ok=True)
    return folder


def made(folder: Path, avenue: dict[str, Any]) -> Rulebook:
    """The rulebook."""
    return read_rulebook(write(folder, avenue))
