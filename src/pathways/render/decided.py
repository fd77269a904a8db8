"""Decided cases: what a court held, and whether the rules come to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.assessment import Assessment, Checked
from pathways.case import Decided
from pathways.render.page import Page, Tone, work_line
from pathways.rulebook import Rulebook
from pathways.rulebook.references import split_pinpoint
from pathways.rulebook.sources import Authority


def deciding(rulebook: Rulebook, decided: Decided) -> Authority | None:
    """The decision itself, if it is one of the authorities."""
    return rulebook.authorities.get(split_pinpoint(decided.by)[0])


def decided_rows(assessment: Assessment) -> Iterator[tuple[str, str, str, bool]]:
    """For each avenue that a court decided about: its name, what the court held, what came out, whether they agree."""
    by_avenue: dict[str, list[Checked]] = {}
    for check in assessment.checked:
        kind, _, rest = check.path.partition(".")
        by_avenue.setdefault(rest.partition(".")[0] if kind == "avenues" else kind, []).append(check)
    for avenue, checks in by_avenue.items():
        yield (
            avenue,
            _said(avenue, ((check.path, check.expected) for check in checks)),
            _said(avenue, ((check.path, check.actual) for check in checks)),
            all(check.met for check in checks),
        )


def _said(avenue: str, values: Iterator[tuple[str, str]]) -> str:
    """``closed: new-context`` or ``contested; removal yes``."""
    standing, because, others = "", [], []
    for path, value in values:
        last = path.removeprefix("avenues.").removeprefix(f"{avenue}.")
        if last == "standing":
            standing = value
        elif last == "because":
            because.append(value)
        else:
            others.append(f"{last.rpartition('.')[2]} {value}")
    first = f"{standing}: {', '.join(because)}" if because else standing
    return "; ".join(part for part in (first, *others) if part)


def decided_table(page: Page, assessments: Sequence[Assessment]) -> None:
    """Every decided case in a row: case, avenue, court, tool, agree."""
    rows, tones = [], []
    agreeing = 0
    for assessment in assessments:
        for number, (avenue, court, tool, agree) in enumerate(decided_rows(assessment)):
            rows.append(
                (
                    assessment.case.title if number == 0 else "",
                    avenue,
                    court,
                    "the same" if agree else tool,
                    "yes" if agree else "NO",
                )
            )
            tone: Tone = "" if agree else "warning"
            tones.append(tone)
            agreeing += agree
    page.table(("Case", "Avenue", "Court", "Tool", "Agree"), rows, tones)
    page.space()
    page.para(f"{agreeing} of {len(rows)} agree, in {len(assessments)} decided cases.")


def decided_head(page: Page, assessment: Assessment) -> None:
    """What a decided case was taken from: the decision, what it held, how it was checked, what became of it."""
    decided = assessment.case.decided
    if decided is None:
        return
    authority = deciding(page.rulebook, decided)
    if authority is not None:
        text, tone = work_line(page.rulebook, authority.id)
        level = f" {authority.court}, {authority.year}." if authority.court else ""
        page.para(f"{text}.{level}", (decided.by,), label="Decided by", tone=tone)
    page.para(decided.holding, (decided.by,), label="What the court held")
