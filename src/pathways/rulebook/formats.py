"""The format of every kind of rule file, as shapes. What it means stands in docs/rule-format.md.

Conditions and cross-references are kept as :class:`~pathways.shapes.Later` and names with places; they
are understood when every file has been read (:mod:`pathways.rulebook.build`).
"""

from __future__ import annotations

import re
from typing import Any

from pathways.diagnostics import Place
from pathways.patterns import (
    AUTHORITY_ID,
    DATE,
    FACT_ID,
    ID,
    PARTIAL_DATE,
    PINPOINT,
    REFERENCE,
    SHA256,
    URL,
    Day,
    name_of,
)
from pathways.rulebook import model
from pathways.shapes import (
    Either,
    Field,
    Fields,
    Flag,
    Kept,
    ListOf,
    MapOf,
    Pattern,
    Shape,
    Text,
    Whole,
    Word,
    optional,
)


class Draft(dict[str, Any]):
    """A mapping as read, with its place; names in it still know theirs."""

    place: Place

    def __init__(self, place: Place, /, **values: Any) -> None:
        super().__init__(values)
        self.place = place

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def draft(what: str, /, **fields: Field | Shape) -> Fields:
    """A mapping with fixed keys, read to a :class:`Draft`. A key that is a word of Python takes a trailing ``_``."""
    return Fields(what, {key.rstrip("_"): shape for key, shape in fields.items()}, Draft)


PROSE = Text()
LABEL = Text(300)
SHORT = Text(40, "a text of at most 40 characters")
CONDITION = Kept("a condition")
SOURCES = ListOf(REFERENCE)
OWN_SOURCES = optional(SOURCES, ())
AVENUES = ListOf(name_of("avenue"), empty=True)
VERSION = Pattern(re.compile(r"[0-9]+(?:\.[0-9]+){1,3}"), "a version such as `2026.11.1`")
LINES = Pattern(re.compile(r"[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?"), "a line number or a range such as `115-121`")
OPTION = Pattern(re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"), "a short name such as `judge-warrant`", "bad-name")

REMARK = draft(
    "a remark",
    id=ID,
    text=PROSE,
    title=optional(LABEL, ""),
    when=optional(CONDITION),
    sources=OWN_SOURCES,
    practical=optional(Flag(), False),
)
BEFORE = draft("`before`", text=PROSE, sources=OWN_SOURCES, practical=optional(Flag(), False))
TITLED_REMARK = draft(
    "a remark",
    id=ID,
    title=LABEL,
    text=PROSE,
    sources=OWN_SOURCES,
    when=optional(CONDITION),
    practical=optional(Flag(), False),
)

ABOUT = draft(
    "the rulebook's description",
    rulebook=ID,
    version=VERSION,
    title=LABEL,
    law_as_of=DATE,
    reviewed_by_lawyer=Flag(),
    license=LABEL,
    notice=PROSE,
    topics=ListOf(ID),
    starts_with=MapOf(ID, LABEL),
    cautions=optional(ListOf(REMARK), ()),
    not_modelled=optional(
        ListOf(
            draft(
                "an item of `not_modelled`",
                id=ID,
                text=PROSE,
                about=optional(AVENUES, ()),
            )
        ),
        (),
    ),
)

FACT = draft(
    "a fact",
    ask=PROSE,
    label=LABEL,
    kind=optional(Word(("yes-no", "date"))),
    choices=optional(MapOf(OPTION, LABEL)),
    choices_from=optional(name_of("table")),
    help=optional(PROSE, ""),
    find_out=optional(PROSE, ""),
    sources=OWN_SOURCES,
)
FACTS = draft(
    "a file of facts",
    topic=ID,
    title=LABEL,
    before=optional(BEFORE),
    sources=OWN_SOURCES,
    facts=MapOf(FACT_ID, FACT),
)

FINDING = draft(
    "a finding",
    title=LABEL,
    kind=Word(model.FINDING_KINDS),
    holds_when=CONDITION,
    says=draft("`says`", yes=PROSE, no=PROSE, disputed=PROSE),
    note=optional(PROSE, ""),
    sources=OWN_SOURCES,
)
FINDINGS = draft(
    "a file of findings",
    sources=OWN_SOURCES,
    findings=MapOf(ID, FINDING),
    reviewed_by_lawyer=optional(Flag(), False),
)

LEANING = draft(
    "a leaning",
    when=optional(CONDITION),
    leans=Word(model.LEANS),
    because=optional(PROSE, ""),
    sources=OWN_SOURCES,
)
HURDLE = draft(
    "a hurdle",
    id=ID,
    title=LABEL,
    explains=PROSE,
    effect=Word(model.EFFECTS),
    arises_when=CONDITION,
    leans=optional(Either(scalar=Word(model.LEANS), sequence=ListOf(LEANING)), ()),
    ground=Word(model.GROUNDS),
    sources=OWN_SOURCES,
)
AVENUE = draft(
    "an avenue",
    avenue=ID,
    title=LABEL,
    short=SHORT,
    order=Whole(0, 999),
    reviewed_by_lawyer=Flag(),
    sources=SOURCES,
    applies_when=optional(CONDITION),
    what=PROSE,
    who=PROSE,
    against=PROSE,
    where=PROSE,
    gets=PROSE,
    starts_with=name_of("starter"),
    track_record=draft("`track_record`", scale=Word(model.TRACK_RECORDS), text=PROSE, sources=OWN_SOURCES),
    requires=ListOf(draft("an element", id=ID, title=LABEL, explains=PROSE, when=CONDITION, sources=OWN_SOURCES)),
    hurdles=optional(ListOf(HURDLE, empty=True), ()),
    deadlines=optional(
        ListOf(
            draft(
                "a deadline",
                id=ID,
                title=LABEL,
                text=PROSE,
                missed_when=optional(CONDITION),
                if_missed=Word(("bars", "informs")),
                unless=optional(CONDITION),
                sources=OWN_SOURCES,
            ),
            empty=True,
        ),
        (),
    ),
    stages=ListOf(
        draft(
            "a stage",
            id=ID,
            title=LABEL,
            text=optional(PROSE, ""),
            done_when=optional(CONDITION),
            sources=OWN_SOURCES,
        )
    ),
    not_hurdles=optional(ListOf(TITLED_REMARK, empty=True), ()),
    cautions=ListOf(REMARK),
    steps=ListOf(REMARK),
)

CLAIM = draft(
    "a claim",
    title=LABEL,
    said_by=ListOf(draft("a speaker", who=LABEL, when=optional(PARTIAL_DATE, ""), sources=OWN_SOURCES)),
    verdict=Word(model.VERDICTS),
    answer=PROSE,
    in_this_case=optional(ListOf(REMARK), ()),
    sources=SOURCES,
)
CLAIMS = draft("a file of claims", claims=MapOf(ID, CLAIM), reviewed_by_lawyer=optional(Flag(), False))

NOTES = draft(
    "a file of context notes",
    notes=MapOf(
        ID,
        draft(
            "a note",
            title=LABEL,
            text=PROSE,
            about=optional(AVENUES, ()),
            sources=SOURCES,
        ),
    ),
    reviewed_by_lawyer=optional(Flag(), False),
)

TABLE = draft(
    "a table",
    table=ID,
    columns=MapOf(ID, LABEL),
    sources=SOURCES,
    rows=MapOf(OPTION, MapOf(ID, Kept("a cell"))),
)

AUTHORITY = draft(
    "an authority",
    cite=LABEL,
    title=LABEL,
    kind=Word(model.AUTHORITY_KINDS),
    provides=PROSE,
    pinpoints=optional(MapOf(PINPOINT, PROSE), {}),
    link=optional(URL, ""),
    seen=Word(model.SEEN),
    seen_where=PROSE,
    checked=DATE,
    note=optional(PROSE, ""),
    court=optional(LABEL, ""),
    year=optional(Whole(1789, 2100), 0),
    level=optional(Word(model.COURT_LEVELS), ""),
    history=optional(PROSE, ""),
)
AUTHORITIES = draft("a file of authorities", authorities=MapOf(AUTHORITY_ID, AUTHORITY))

PROPOSITION = draft(
    "a proposition",
    lines=LINES,
    words=ListOf(Text(60)),
    kind=Word(model.PROPOSITION_KINDS),
    said_by=optional(LABEL, ""),
    says=PROSE,
    compare=optional(draft("`compare`", text=PROSE, sources=SOURCES)),
)
DOCUMENT = draft(
    "a digest",
    document=ID,
    number=LABEL,
    title=LABEL,
    publisher=LABEL,
    author=LABEL,
    date=Day(
        re.compile(rf"{DATE.pattern.pattern}|{model.NOT_GIVEN}"), f"a date such as `2026-01-07`, or `{model.NOT_GIVEN}`"
    ),
    link=Pattern(re.compile(rf"{URL.pattern.pattern}|{model.NOT_GIVEN}"), f"an address, or `{model.NOT_GIVEN}`"),
    kind=Word(model.DOCUMENT_KINDS),
    about=PROSE,
    sha256=SHA256,
    propositions=MapOf(ID, PROPOSITION),
)

#: Folder under ``rules/`` → what its files hold.
FOLDERS: dict[str, Fields] = {
    "facts": FACTS,
    "findings": FINDINGS,
    "avenues": AVENUE,
    "claims": CLAIMS,
    "context": NOTES,
    "tables": TABLE,
    "authorities": AUTHORITIES,
}
