"""Decided cases: what a court held, and whether the rules come to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.assessment import Assessment, Checked
from pathways.render.page import Page, Tone, work_line
from pathways.rulebook.references import authority_of


def decided_rows(assessment: Assessment) -> Iterator[tuple[str, str, str, bool]]:
    """For each avenue that a court decided about: its name, what the court held, what came out, whether they agree.

    Other points (findings, claims) have a row only where they differ, or where nothing else was decided.
    """
    by_avenue: dict[str, list[Checked]] = {}
    alone = not any(check.path.startswith("avenues.") for check in assessment.checked)
    for check in assessment.checked:
        kind, _, rest = check.path.partition(".")
        if kind == "avenues":
            by_avenue.setdefault(rest.partition(".")[0], []).append(check)
        elif alone or not check.met:
            yield rest, check.expected, "the same" if check.met else check.actual, check.met
    for avenue, checks in by_avenue.items():
        missed = [f"{_point(check)} {check.actual}" for check in checks if not check.met]
        yield avenue, _held(checks), "; ".join(missed) or "the same", not missed


def _held(checks: Sequence[Checked]) -> str:
    """``closed: new-context``; or where no standing was decided, the points that were.

    What else an avenue can become is the rules' own to say, and named only where nothing else is.
    """
    standing = [check.expected for check in checks if _point(check) == "standing"]
    because = [check.expected for check in checks if _point(check) == "because"]
    if standing:
        return ": ".join([*standing, *([", ".join(because)] if because else [])])
    decided = [check for check in checks if _point(check) != "could_become"] or checks
    return "; ".join(f"{_point(check)} {check.expected}" for check in decided)


def _point(check: Checked) -> str:
    """The last part of a path: ``standing``, or the name of an element or hurdle; of a deadline its name, too."""
    _, _, of_deadline = check.path.partition(".deadlines.")
    return of_deadline.replace(".", " ") or check.path.rpartition(".")[2]


def decided_table(page: Page, assessments: Sequence[Assessment]) -> None:
    """Every decided case: case, avenue, court, tool, agree."""
    rows, tones = [], []
    agreeing = points = 0
    for assessment in assessments:
        points += len(assessment.checked)
        for number, (avenue, court, tool, agree) in enumerate(decided_rows(assessment)):
            title = assessment.case.title if number == 0 else ""
            rows.append((title, avenue, court, tool, "yes" if agree else "NO"))
            tone: Tone = "" if agree else "warning"
            tones.append(tone)
            agreeing += agree
    page.table(("Case", "Avenue", "Court", "Tool", "Agree"), rows, tones)
    page.space()
    page.para(
        f"{agreeing} of {len(rows)} holdings agree, in {len(assessments)} decided cases; "
        f"{points} points were compared in all."
    )


def decided_head(page: Page, assessment: Assessment) -> None:
    """What a decided case was taken from: the decision, what it held, how it was checked, what became of it."""
    decided = assessment.case.decided
    if decided is None:
        return
    authority = authority_of(page.rulebook, decided.by)
    if authority is not None:
        text, tone = work_line(page.rulebook, authority.id)
        level = f" {authority.court}, {authority.year}." if authority.court else ""
        page.para(f"{text}.{level}", (decided.by,), label="Decided by", tone=tone)
    page.para(decided.holding, (decided.by,), label="What the court held")
