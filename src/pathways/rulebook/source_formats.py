"""The format of what law is read from: tables, jurisdictions, authorities and digests, as shapes."""

from __future__ import annotations

from pathways.patterns import (
    AUTHORITY_ID,
    DATE,
    ID,
    PARTIAL_DATE,
    PINPOINT,
    SHA256,
    URL,
    Day,
    name_of,
)
from pathways.rulebook import model
from pathways.rulebook.drafting import AVENUES, LABEL, LINES, OPTION, PERIOD, PROSE, SOURCES, draft
from pathways.rulebook.sources import NOT_GIVEN
from pathways.shapes import Either, Flag, Kept, ListOf, MapOf, Pattern, Text, Whole, Word, optional

COLUMN_KINDS = ("word", "period", "text")
#: Where it stands is known, so that a word that is none of its column's is shown there.
CELL_WORD = Text(100, placed=True)
COLUMN = draft(
    "a column",
    title=LABEL,
    kind=optional(Word(COLUMN_KINDS), "word"),
    explains=optional(PROSE, ""),
    about=optional(AVENUES, ()),
    if_empty=optional(PROSE, ""),
    words=optional(ListOf(CELL_WORD), ()),
)
TABLE = draft(
    "a table",
    table=ID,
    columns=MapOf(ID, Either(scalar=LABEL, mapping=COLUMN)),
    sources=SOURCES,
    rows=MapOf(OPTION, MapOf(ID, Kept("a cell"))),
)
CELL = draft(
    "a cell",
    value=optional(CELL_WORD, ""),
    text=optional(PROSE, ""),
    sources=SOURCES,
    seen=optional(Word(model.SEEN), ""),
    careful=optional(PERIOD),
    careful_about=optional(AVENUES, ()),
    from_=optional(PARTIAL_DATE, ""),
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
JURISDICTION = draft(
    "a jurisdiction",
    table=name_of("table"),
    row=OPTION,
    cells=MapOf(ID, CELL),
    authorities=optional(MapOf(AUTHORITY_ID, AUTHORITY), {}),
    reviewed_by_lawyer=optional(Flag(), False),
)

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
    date=Day(rf"{DATE.pattern}|{NOT_GIVEN}", f"a date such as `2026-01-07`, or `{NOT_GIVEN}`"),
    link=Pattern(rf"{URL.pattern}|{NOT_GIVEN}", f"an address, or `{NOT_GIVEN}`"),
    kind=Word(model.DOCUMENT_KINDS),
    about=PROSE,
    sha256=SHA256,
    propositions=MapOf(ID, PROPOSITION),
)
