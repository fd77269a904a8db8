"""The rulebook itself as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pathways.render.data import head, not_modelled_data, remark_data, sources_data
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue, Claim
from pathways.rulebook.references import resolve


def summary_data(rulebook: Rulebook, avenues: Sequence[Avenue]) -> dict[str, Any]:
    """What each avenue is."""
    cited: dict[str, None] = {}
    data = [_avenue(avenue, cited) for avenue in avenues]
    return {
        **head(rulebook),
        "avenues": data,
        "not_modelled": not_modelled_data(rulebook),
        "sources": sources_data(rulebook, cited),
    }


def _avenue(avenue: Avenue, cited: dict[str, None]) -> dict[str, Any]:
    record = avenue.track_record
    cited.update(dict.fromkeys((*avenue.sources, *record.sources)))
    for part in (*avenue.parts, *(lean for hurdle in avenue.hurdles for lean in hurdle.leans)):
        cited.update(dict.fromkeys(part.sources))
    return {
        "id": avenue.id,
        "title": avenue.title,
        "reviewed_by_lawyer": avenue.reviewed_by_lawyer,
        "what": avenue.what,
        "who": avenue.who,
        "against": avenue.against,
        "where": avenue.where,
        "gets": avenue.gets,
        "starts_with": avenue.starts_with,
        "track_record": {"scale": record.scale, "text": record.text, "sources": list(record.sources)},
        "elements": [
            {"id": one.id, "title": one.title, "explains": one.explains, "sources": list(one.sources)}
            for one in avenue.requires
        ],
        "hurdles": [
            {
                "id": one.id,
                "title": one.title,
                "explains": one.explains,
                "effect": one.effect,
                "ground": one.ground,
                "leans": [
                    {"leans": lean.leans, "because": lean.because or None, "sources": list(lean.sources)}
                    for lean in one.leans
                ],
                "sources": list(one.sources),
            }
            for one in avenue.hurdles
        ],
        "deadlines": [
            {
                "id": one.id,
                "title": one.title,
                "text": one.text,
                "if_missed": one.if_missed,
                "sources": list(one.sources),
            }
            for one in avenue.deadlines
        ],
        "stages": [
            {"id": one.id, "title": one.title, "text": one.text, "sources": list(one.sources)} for one in avenue.stages
        ],
        "not_hurdles": [{**remark_data(one), "title": one.title} for one in avenue.not_hurdles],
        "cautions": [remark_data(one) for one in avenue.cautions],
        "steps": [remark_data(one) for one in avenue.steps],
        "sources": list(avenue.sources),
    }


def claims_data(rulebook: Rulebook, claims: Sequence[Claim]) -> dict[str, Any]:
    """Public claims and what the sources say of them."""
    cited: dict[str, None] = {}
    for claim in claims:
        cited.update(dict.fromkeys(claim.sources))
        for speaker in claim.said_by:
            cited.update(dict.fromkeys(speaker.sources))
    return {
        **head(rulebook),
        "claims": [
            {
                "id": claim.id,
                "title": claim.title,
                "said_by": [
                    {"who": speaker.who, "when": speaker.when or None, "sources": list(speaker.sources)}
                    for speaker in claim.said_by
                ],
                "verdict": claim.verdict,
                "answer": claim.answer,
                "sources": list(claim.sources),
            }
            for claim in claims
        ],
        "sources": sources_data(rulebook, cited),
    }


def sources_list_data(rulebook: Rulebook, references: Sequence[str]) -> dict[str, Any]:
    """The sources themselves, and the documents they stand in."""
    names = {reference.partition("#")[0] for reference in references if resolve(rulebook, reference).kind == "document"}
    return {
        **head(rulebook),
        "documents": [
            {
                "id": document.id,
                "number": document.number,
                "title": document.title,
                "publisher": document.publisher,
                "author": document.author,
                "date": document.date,
                "link": document.link,
                "kind": document.kind,
                "about": document.about,
                "sha256": document.sha256,
            }
            for document in rulebook.documents.values()
            if document.id in names
        ],
        "sources": sources_data(rulebook, references),
    }
