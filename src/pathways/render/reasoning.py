"""An explanation as a page, as data, and as a graph for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from pathways.assessment import Assessment
from pathways.explanation.tree import Reasoning
from pathways.render.conditions import fact_words
from pathways.render.inert import inert
from pathways.render.page import Page, Tone
from pathways.render.words import GROUND, OPEN_IS_NOT_LIKELY, STANDING, VERDICT, standing_words, upper
from pathways.rulebook import Rulebook

_VALUES = {
    "element": {"yes": "holds", "no": "does not hold"},
    "hurdle": {"yes": "arises", "no": "does not arise"},
    "deadline": {"yes": "missed", "no": "not missed"},
    "remark": {"yes": "holds in this case", "no": "not in this case"},
}
_UNSETTLED = {"disputed": "disputed", "unknown": "not known"}
_GROUPS = {
    ("all", "yes"): "all of this is as it has to be",
    ("all", "no"): "each of these alone is enough against it",
    ("any", "yes"): "each of these alone is enough",
    ("any", "no"): "none of this is as one of it would have to be",
    ("not", ""): "it must not be that",
    ("clearly", ""): "it must be so without dispute",
    ("arguably", ""): "it is enough if it is so at least arguably",
    ("disputed", ""): "whether it is disputed",
    ("contestable", ""): "what a court would have to decide does not come up",
}
_JOINED = {"all": "all of these are needed", "any": "one of these is enough"}
_TONES: dict[str, Tone] = {"disputed": "contested", "unknown": "undetermined"}
_GRAPH_COLORS = {"yes": "#2e7d32", "no": "#b3261e", "disputed": "#8a6100", "unknown": "#00687a"}


def reasoning_page(assessment: Assessment, reasoning: Reasoning, whole: bool) -> Page:
    """An explanation to read."""
    rulebook = assessment.rulebook
    page = Page(rulebook)
    page.heading(1, f"Why: {reasoning.text}" if reasoning.kind == "avenue" else "Why")
    if reasoning.kind == "avenue":
        result = next(one for one in assessment.avenues if one.avenue.id == reasoning.id)
        page.para(f"{upper(standing_words(result))}.", reasoning.sources)
        if reasoning.value == "open":
            page.para(OPEN_IS_NOT_LIKELY)
    else:
        page.para(f"{value_words(reasoning)}: {reasoning.text}", reasoning.sources)
    page.para(
        f"{assessment.case.title}, as of {assessment.as_of}. "
        + ("Everything that the rules look at." if whole else "Only what decides; with --full, everything else too.")
        + " After each line stands whether it is fact, law or unsettled law.",
        tone="quiet",
    )
    if reasoning.below:
        page.space()
    for part in reasoning.below:
        _lines(page, rulebook, part, 0)
    if not reasoning.below:
        page.para("Nothing stands in the way and nothing more is needed on these answers.")
    page.list_sources()
    return page


def _lines(page: Page, rulebook: Rulebook, part: Reasoning, depth: int) -> None:
    tone = _TONES.get(part.value, "")
    ground = f" ({GROUND.get(part.ground, part.ground)})" if part.kind == "hurdle" and part.ground else ""
    plain = f" ({part.ground})" if part.ground and not ground else ""
    text = f"{_text(rulebook, part)}{ground or plain}"
    if part.kind == "group":
        page.item(f"{text}:", depth=depth, tone=tone)
    else:
        page.item(text, part.sources, label=value_words(part), depth=depth, tone=tone)
    for side in part.said:
        if side.note or (len(part.said) > 1 and side.by):
            who = f"{_option(rulebook, part, side.answer)}, says {side.by}" if side.by else side.answer
            page.item(f"{who}: {side.note}" if side.note else who, side.sources, depth=depth + 1, tone="quiet")
    for below in part.below:
        _lines(page, rulebook, below, depth + 1)


def _option(rulebook: Rulebook, part: Reasoning, option: str) -> str:
    return rulebook.facts[part.id].label_of(option)


def _text(rulebook: Rulebook, part: Reasoning) -> str:
    if part.kind == "group":
        return group_words(part)
    if part.kind == "answer":
        fact = rulebook.facts[part.id]
        says_so = part.value == "yes" and len(part.options) == 1 and fact.kind != "date"
        if not says_so and (fact.kind != "yes-no" or part.options != ("yes",)):
            asked = part.asked or fact_words(fact, part.options).removeprefix(f"{fact.label}: ")
            return f"{part.text} (asked: {asked})"
    return part.text


def group_words(part: Reasoning) -> str:
    """How the parts of a group go together, in words."""
    if part.joined.startswith("at_least"):
        return f"at least {part.joined.split()[1]} of these are needed"
    found = _GROUPS.get((part.joined, part.value)) or _GROUPS.get((part.joined, ""))
    return found or _JOINED[part.joined]


def value_words(part: Reasoning) -> str:
    """What a line comes to, in words."""
    if part.kind == "avenue":
        return STANDING[part.value]
    if part.kind == "claim":
        return upper(VERDICT[part.value])
    return _UNSETTLED.get(part.value) or _VALUES.get(part.kind, {}).get(part.value, part.value)


def reasoning_data(rulebook: Rulebook, part: Reasoning) -> dict[str, Any]:
    """An explanation as data, part by part."""
    found: dict[str, Any] = {"kind": part.kind}
    if part.id:
        found["id"] = part.id
    found["text"] = _text(rulebook, part)
    found["value"] = part.value
    if part.ground:
        found["ground"] = part.ground
    if part.joined:
        found["joined"] = part.joined
    if part.options:
        found["options"] = list(part.options)
    if part.said:
        found["said"] = [
            {"answer": side.answer, "by": side.by, "note": side.note, "sources": list(side.sources)}
            for side in part.said
        ]
    found["sources"] = list(part.sources)
    found["because"] = [reasoning_data(rulebook, below) for below in part.below]
    return found


def every_source(part: Reasoning) -> Iterator[str]:
    """Every source that an explanation names, in order."""
    yield from part.sources
    for side in part.said:
        yield from side.sources
    for below in part.below:
        yield from every_source(below)


def reasoning_dot(rulebook: Rulebook, reasoning: Reasoning) -> str:
    """An explanation in the language of Graphviz."""
    lines = [
        "digraph why {",
        "  graph [rankdir=LR];",
        '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    ]

    numbers = count(1)

    def add(part: Reasoning, above: str) -> None:
        name = f"n{next(numbers)}"
        said = f"{value_words(part)}: {_text(rulebook, part)}" if part.kind != "group" else _text(rulebook, part)
        color = _GRAPH_COLORS.get(part.value, "#333333")
        lines.append(f"  {name} [label={_quoted(said)}, color={_quoted(color)}];")
        if above:
            lines.append(f"  {above} -> {name};")
        for below in part.below:
            add(below, name)

    add(reasoning, "")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """A text as a quoted string of Graphviz, broken into lines; nothing in it is markup or an escape."""
    from textwrap import wrap

    plain = inert(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "\\n".join(wrap(plain, 36, break_long_words=False) or [""]) + '"'
