"""What stands behind a reference: a document's proposition or an authority, and how it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pathways.record import record
from pathways.rulebook.model import Condition, Rulebook
from pathways.rulebook.sources import NOT_GIVEN, Authority

DOCUMENT_SEEN = "secondary"


def split_pinpoint(reference: str) -> tuple[str, str]:
    """``usc:28/1346(b)(1)`` → ``("usc:28/1346", "(b)(1)")``."""
    at = reference.find("(")
    return (reference, "") if at < 0 else (reference[:at], reference[at:])


@record
class SourceView:
    """A source as it is shown.

    ``kind`` is ``document`` or the authority's kind. ``seen`` is ``primary``, ``primary in part``, ``secondary`` or
    ``not seen``; a document of the seeds is a secondary source that was read whole.
    """

    id: str
    kind: str
    cite: str
    title: str
    says: str
    said_by: str
    seen: str
    seen_where: str
    checked: str
    link: str
    history: str
    note: str
    compare: str = ""
    compare_sources: tuple[str, ...] = ()


def resolve(rulebook: Rulebook, reference: str) -> SourceView:
    """The source behind a reference that is known to exist."""
    document_id, _, proposition_id = reference.partition("#")
    if proposition_id:
        document = rulebook.documents[document_id]
        proposition = document.propositions[proposition_id]
        lines = f"line{'' if proposition.first_line == proposition.last_line else 's'} {proposition.lines}"
        given = ", ".join(document.published) or f"Document {document.number}"
        cite = f"{given}: {document.title}, {lines}"
        return SourceView(
            id=reference,
            kind="document",
            cite=cite,
            title=document.title,
            says=proposition.says,
            said_by=proposition.said_by,
            seen=DOCUMENT_SEEN,
            seen_where="the document itself, identified by its SHA-256",
            checked="",
            history="",
            link="" if document.link == NOT_GIVEN else document.link,
            note=document.about,
            compare=proposition.compare.text if proposition.compare else "",
            compare_sources=proposition.compare.sources if proposition.compare else (),
        )
    name, pinpoint = split_pinpoint(reference)
    authority = rulebook.authorities[name]
    says = authority.pinpoints.get(pinpoint) or authority.provides
    # By place: a result shows hundreds, and names would take as long as all the rest.
    return SourceView(
        reference,
        authority.kind,
        authority.cite + _spoken(pinpoint),
        authority.title,
        says,
        "",
        authority.seen,
        authority.seen_where,
        authority.checked,
        authority.link,
        authority.history,
        authority.note,
        "",
        (),
    )


def authority_of(rulebook: Rulebook, reference: str) -> Authority | None:
    """The authority behind a reference, if it is one."""
    return rulebook.authorities.get(split_pinpoint(reference)[0])


def _spoken(pinpoint: str) -> str:
    """A pinpoint as it is cited: ``(b)(1)`` as it stands, ``(cl-2)`` as ``, cl. 2``."""
    if "-" not in pinpoint:
        return pinpoint
    return re.sub(r"\(([a-z]+)-(\w+)\)", r", \1. \2", pinpoint)


def cited(rulebook: Rulebook) -> dict[str, list[str]]:
    """Every reference that something in the rules cites, with what cites it."""
    found: dict[str, list[str]] = {}

    def add(sources: tuple[str, ...], where: str) -> None:
        for reference in sources:
            found.setdefault(str(reference), []).append(where)

    def add_of(conditions: Iterable[Condition], where: str) -> None:
        for condition in conditions:
            add(condition.sources, where)
            add_of(condition.parts, where)

    about = rulebook.about
    for remark in about.cautions:
        add(remark.sources, f"caution {remark.id}")
    for topic in rulebook.topics.values():
        if topic.before:
            add(topic.before.sources, f"topic {topic.id}")
    for fact in rulebook.facts.values():
        add(fact.sources, f"fact {fact.id}")
    for finding in rulebook.findings.values():
        add(finding.sources, f"finding {finding.id}")
        add_of((finding.holds_when,), f"finding {finding.id}")
    for avenue in rulebook.avenues.values():
        add(avenue.sources, f"avenue {avenue.id}")
        add_of(avenue.conditions, f"avenue {avenue.id}")
        add(avenue.track_record.sources, f"{avenue.id}/track record")
        for part in avenue.parts:
            add(part.sources, f"{avenue.id}/{part.id}")
        for deadline in avenue.deadlines:
            if deadline.clock:
                add(deadline.clock.shortest_sources, f"{avenue.id}/{deadline.id}")
        for hurdle in avenue.hurdles:
            for leaning in hurdle.leans:
                add(leaning.sources, f"{avenue.id}/{hurdle.id}")
    for claim in rulebook.claims.values():
        add(claim.sources, f"claim {claim.id}")
        for speaker in claim.said_by:
            add(speaker.sources, f"claim {claim.id}")
        for remark in claim.in_this_case:
            add(remark.sources, f"claim {claim.id}")
    for note in rulebook.notes.values():
        add(note.sources, f"note {note.id}")
    for term in rulebook.terms.values():
        add(term.sources, f"term {term.id}")
    for letter in rulebook.letters.values():
        add(letter.sources, f"letter {letter.id}")
        for piece in letter.parts:
            add(piece.sources, f"letter {letter.id}/{piece.id}")
    for table in rulebook.tables.values():
        add(table.sources, f"table {table.id}")
        for row, cells in table.cells.items():
            for column, cell in cells.items():
                add(cell.sources, f"{table.id} {row}: {column}")
    return found
