"""Results as JSON. The schema stands in docs/schema/; a test holds every output against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathways import __version__
from pathways.assessment import Assessment, AvenueResult, DeadlineResult, LocalCell, WaitResult
from pathways.logic import ValueSet, value_names, value_word
from pathways.render.json_text import to_json
from pathways.render.words import old_law
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Remark
from pathways.rulebook.references import authority_of, resolve

SCHEMA_VERSION = "1.0"

__all__ = [
    "SCHEMA_VERSION",
    "assessments_data",
    "head",
    "not_modelled_data",
    "remark_data",
    "sources_data",
    "to_json",
    "values_data",
]


def assessments_data(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """The result of ``run`` as data. ``as_of`` is the day of all cases, or null where each has its own."""
    rulebook = assessments[0].rulebook
    days = {assessment.as_of for assessment in assessments}
    cited = dict.fromkeys(source for caution in rulebook.about.cautions for source in caution.sources)
    cases = [_case(assessment, cited) for assessment in assessments]
    return {
        **head(rulebook, max(days)),
        "as_of": days.pop() if len(days) == 1 else None,
        "cautions": [remark_data(caution) for caution in rulebook.about.cautions],
        "cases": cases,
        "not_modelled": not_modelled_data(rulebook),
        "sources": sources_data(rulebook, cited),
    }


def head(rulebook: Rulebook, as_of: str = "") -> dict[str, Any]:
    """What every output begins with; ``as_of`` is the day assessed, else today."""
    about = rulebook.about
    return {
        "schema_version": SCHEMA_VERSION,
        "pathways": __version__,
        "rulebook": {
            "id": about.id,
            "version": about.version,
            "sha256": rulebook.sha256,
            "law_as_of": about.law_as_of,
            "reviewed_by_lawyer": about.reviewed_by_lawyer,
        },
        "notice": about.notice,
        "law_is_old": old_law(rulebook, as_of) or None,
    }


def sources_data(rulebook: Rulebook, references: Iterable[str]) -> dict[str, Any]:
    """Sources by reference, with how each was checked; with them the sources that these are compared with."""
    found: dict[str, Any] = {}
    waiting = list(dict.fromkeys(map(str, references)))
    for reference in waiting:
        source = resolve(rulebook, reference)
        if source.compare:
            waiting.extend(other for other in map(str, source.compare_sources) if other not in waiting)
        found[reference] = {
            "kind": source.kind,
            "cite": source.cite,
            "title": source.title,
            "says": source.says,
            "seen": source.seen,
            "seen_where": source.seen_where,
            "checked": source.checked or None,
            "link": source.link or None,
            "history": source.history or None,
            "said_by": source.said_by or None,
            "differs": {"text": source.compare, "sources": list(source.compare_sources)} if source.compare else None,
        }
    return found


def not_modelled_data(rulebook: Rulebook) -> list[dict[str, Any]]:
    """What the rules do not hold yet."""
    return [{"id": item.id, "text": item.text, "about": list(item.about)} for item in rulebook.about.not_modelled]


def values_data(values: ValueSet) -> dict[str, Any]:
    """A value, and what remains possible."""
    return {"value": value_word(values), "could_be": value_names(values)}


def remark_data(remark: Remark) -> dict[str, Any]:
    """A sentence with its sources."""
    return {"id": remark.id, "text": remark.text, "sources": list(remark.sources)}


def _case(assessment: Assessment, cited: dict[str, None]) -> dict[str, Any]:
    return {
        "case": assessment.case.title,
        "file": assessment.case.file or None,
        "as_of": assessment.as_of,
        "decided": _decided(assessment, cited),
        "avenues": [_avenue(result, cited) for result in assessment.avenues],
        "deadlines": [_deadline(one, cited) for one in assessment.deadlines],
        "waits": [_wait(one, cited) for one in assessment.waits],
        "local": [_local(one, cited) for one in assessment.local],
        "findings": {name: values_data(values) for name, values in assessment.findings.items()},
        "claims": {name: assessment.rulebook.claims[name].verdict for name in assessment.claims},
        "open_questions": list(assessment.open_questions),
        "further_questions": list(assessment.further_questions),
        "expectations": [
            {"path": check.path, "expected": check.expected, "actual": check.actual, "met": check.met}
            for check in assessment.checked
        ],
    }


def _decided(assessment: Assessment, cited: dict[str, None]) -> dict[str, Any] | None:
    decided = assessment.case.decided
    if decided is None:
        return None
    cited[decided.by] = None
    authority = authority_of(assessment.rulebook, decided.by)
    return {
        "by": decided.by,
        "holding": decided.holding,
        "court": (authority.court or None) if authority else None,
        "year": (authority.year or None) if authority else None,
        "level": (authority.level or None) if authority else None,
        "history": (authority.history or None) if authority else None,
        "seen": authority.seen if authority else None,
    }


def _deadline(one: DeadlineResult, cited: dict[str, None]) -> dict[str, Any]:
    clock = one.deadline.clock
    cited.update(dict.fromkeys((*one.deadline.sources, *(source for note in one.notes for source in note.sources))))
    return {
        "id": one.id,
        "avenue": one.avenue,
        "what": one.deadline.title,
        "starts": clock.starts if clock else None,
        "starts_on": one.start or None,
        "last_safe": one.last_safe or None,
        "outer_limit": one.outer_limit or None,
        "days_left": one.days_left,
        "state": one.state,
        "notes": [{"text": note.text, "sources": list(note.sources)} for note in one.notes],
        "sources": list(one.deadline.sources),
    }


def _wait(one: WaitResult, cited: dict[str, None]) -> dict[str, Any]:
    cited.update(dict.fromkeys(one.wait.sources))
    return {
        "id": one.id,
        "avenue": one.avenue,
        "what": one.wait.title,
        "starts": one.wait.clock.starts,
        "starts_on": one.start or None,
        "earliest": one.earliest or None,
        "days_left": one.days_left,
        "state": one.state,
        "sources": list(one.wait.sources),
    }


def _local(one: LocalCell, cited: dict[str, None]) -> dict[str, Any]:
    cell = one.cell
    cited.update(dict.fromkeys(cell.sources if cell else ()))
    return {
        "table": one.table,
        "row": one.row,
        "column": one.column.id,
        "title": one.column.title,
        "value": (cell.value or None) if cell else None,
        "text": (cell.text or None) if cell else one.column.if_empty or None,
        "empty": cell is None,
        "checked": one.checked,
        "about": list(one.avenues),
        "sources": list(cell.sources) if cell else [],
    }


def _avenue(result: AvenueResult, cited: dict[str, None]) -> dict[str, Any]:
    avenue = result.avenue
    used: dict[str, None] = dict.fromkeys((*avenue.sources, *avenue.track_record.sources))
    for element in avenue.requires:
        used.update(dict.fromkeys(element.sources))
    for hurdle in avenue.hurdles:
        used.update(dict.fromkeys(hurdle.sources))
    for deadline in avenue.deadlines:
        used.update(dict.fromkeys(deadline.sources))
    for reason in result.reasons:
        used.update(dict.fromkeys(reason.sources))
    for remark in (*result.cautions, *result.steps):
        used.update(dict.fromkeys(remark.sources))
    cited.update(used)
    return {
        "id": avenue.id,
        "title": avenue.title,
        "standing": result.standing.value,
        "could_become": [standing.value for standing in result.could_become],
        "closed_by": [{"kind": kind, "id": name} for kind, name in result.closed_by],
        "stage": result.stage.id,
        "stage_certain": result.stage_certain,
        "starts_with": avenue.starts_with,
        "track_record": avenue.track_record.scale,
        "reasons": [{"text": reason.text, "sources": list(reason.sources)} for reason in result.reasons],
        "elements": [
            {"id": part.id, **values_data(part.values), "decisive": part.decisive} for part in result.elements
        ],
        "hurdles": [
            {
                "id": part.id,
                "effect": part.effect,
                **values_data(part.values),
                "leans": part.leans or None,
                "ground": part.ground,
                "decisive": part.decisive,
            }
            for part in result.hurdles
            if part.kind == "hurdle"
        ],
        "deadlines": [
            {
                "id": part.id,
                "text": deadline.text,
                "if_missed": part.effect,
                "missed": values_data(part.values) if deadline.can_be_missed and part.applies else None,
                "decisive": part.decisive,
                "sources": list(deadline.sources),
            }
            for part, deadline in zip(
                (part for part in result.hurdles if part.kind == "deadline"), avenue.deadlines, strict=True
            )
        ],
        "cautions": [{**remark_data(remark), "certain": remark.id not in result.unsure} for remark in result.cautions],
        "steps": [{**remark_data(remark), "certain": remark.id not in result.unsure} for remark in result.steps],
        "sources": list(used),
    }
