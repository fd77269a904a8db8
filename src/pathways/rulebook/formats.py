"""The format of every kind of rule file, as shapes. What it means stands in docs/rule-format.md.

Conditions and cross-references are kept as :class:`~pathways.shapes.Later` and names with places; they
are understood when every file has been read (:mod:`pathways.rulebook.build`).
"""

from __future__ import annotations

from pathways.patterns import DATE, FACT_ID, ID, PARTIAL_DATE, NameOf, name_of
from pathways.rulebook import model, promise
from pathways.rulebook.cuts import AS_OF
from pathways.rulebook.drafting import (
    AVENUES,
    CONDITION,
    LABEL,
    OPTION,
    OWN_SOURCES,
    PERIOD,
    PROSE,
    SHORT,
    SOURCES,
    VERSION,
    Draft,
    draft,
)
from pathways.rulebook.letter_formats import letter_shape
from pathways.rulebook.source_formats import AUTHORITIES, DOCUMENT, JURISDICTION, TABLE
from pathways.shapes import (
    Either,
    Field,
    Fields,
    Flag,
    ListOf,
    MapOf,
    Pattern,
    Shape,
    Whole,
    Word,
    optional,
)

__all__ = ["ABOUT", "DOCUMENT", "FOLDERS", "Draft"]


FACT_NAME = NameOf(FACT_ID.pattern, FACT_ID.expected, FACT_ID.code, "fact")
#: Any text is read as the name of a starter, so that the ones there are can be offered.
STARTER = NameOf(r"(?!_+$)\S(?:.{0,98}\S)?", "one of the names under starts_with in rulebook.yaml", what="starter")
IN_FORCE = draft(
    "`in_force`",
    from_=optional(PARTIAL_DATE),
    until=optional(PARTIAL_DATE),
    on=optional(Pattern(f"{AS_OF}|{FACT_ID.pattern}", f"`{AS_OF}` or the name of a date question")),
)
WITHIN = Either(
    scalar=PERIOD,
    mapping=draft(
        "a period that a table gives",
        column=ID,
        by=optional(FACT_NAME),
        shortest=PERIOD,
        because=PROSE,
        sources=OWN_SOURCES,
    ),
)
WEEKENDS = ("forward", "unsettled", "none")

REMARK = draft(
    "a remark",
    id=ID,
    text=PROSE,
    title=optional(LABEL, ""),
    when=optional(CONDITION),
    in_force=optional(IN_FORCE),
    sources=OWN_SOURCES,
    practical=optional(Flag(), False),
    urgent=optional(Flag(), False),
    keep=optional(Flag(), False),
)
BEFORE = draft("`before`", text=PROSE, sources=OWN_SOURCES, practical=optional(Flag(), False))
TITLED_REMARK = draft(
    "a remark",
    id=ID,
    title=LABEL,
    text=PROSE,
    sources=OWN_SOURCES,
    when=optional(CONDITION),
    in_force=optional(IN_FORCE),
    practical=optional(Flag(), False),
)

_DROPPED = draft("a name that was dropped", dropped=PROSE)


def _old_names(key: Shape, new: Shape) -> Field:
    """Old names, each with the new one or why there is none."""
    return optional(MapOf(key, Either(scalar=new, mapping=_DROPPED)), {})


RENAMED = draft(
    "`renamed`",
    facts=_old_names(FACT_ID, FACT_NAME),
    options=optional(MapOf(FACT_ID, MapOf(OPTION, Either(scalar=OPTION, mapping=_DROPPED))), {}),
    avenues=_old_names(ID, name_of("avenue")),
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
    closed_days=optional(Pattern(r"[A-Z]{2}", "a country's code of two letters such as `US`")),
    in_force_by=optional(FACT_NAME),
    topics=ListOf(ID),
    starts_with=MapOf(ID, LABEL),
    cautions=optional(ListOf(REMARK), ()),
    renamed=optional(RENAMED),
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
    follows=optional(FACT_NAME),
    kept_apart=optional(PROSE, ""),
    fixed=optional(Flag(), False),
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
    in_force=optional(IN_FORCE),
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
    in_force=optional(IN_FORCE),
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
    in_force=optional(IN_FORCE),
    what=PROSE,
    who=PROSE,
    against=PROSE,
    where=PROSE,
    gets=PROSE,
    starts_with=STARTER,
    track_record=draft("`track_record`", scale=Word(model.TRACK_RECORDS), text=PROSE, sources=OWN_SOURCES),
    requires=ListOf(
        draft(
            "an element",
            id=ID,
            title=LABEL,
            explains=PROSE,
            when=CONDITION,
            in_force=optional(IN_FORCE),
            sources=OWN_SOURCES,
        )
    ),
    hurdles=optional(ListOf(HURDLE, empty=True), ()),
    deadlines=optional(
        ListOf(
            draft(
                "a deadline",
                id=ID,
                title=LABEL,
                text=PROSE,
                within=optional(WITHIN),
                planned=optional(Flag(), False),
                of=optional(FACT_NAME),
                starts=optional(LABEL, ""),
                starts_when=optional(CONDITION),
                met_by=optional(FACT_NAME),
                met_when=optional(CONDITION),
                weekend=optional(Word(WEEKENDS), "none"),
                applies_when=optional(CONDITION),
                in_force=optional(IN_FORCE),
                missed_when=optional(CONDITION),
                if_missed=Word(("bars", "informs")),
                unless=optional(CONDITION),
                sources=OWN_SOURCES,
            ),
            empty=True,
        ),
        (),
    ),
    waits=optional(
        ListOf(
            draft(
                "a waiting period",
                id=ID,
                title=LABEL,
                text=PROSE,
                at_least=PERIOD,
                of=FACT_NAME,
                starts=LABEL,
                starts_when=optional(CONDITION),
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
    promises=optional(
        ListOf(
            draft(
                "a promise",
                id=ID,
                text=PROSE,
                when=optional(CONDITION),
                never=optional(CONDITION),
                always=optional(CONDITION),
                never_together=optional(ListOf(ID)),
                standing=optional(Word(promise.STANDINGS)),
            ),
            empty=True,
        ),
        (),
    ),
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

GLOSSARY = draft(
    "a glossary",
    terms=MapOf(
        ID,
        draft("a term", term=LABEL, also=optional(ListOf(LABEL), ()), means=PROSE, sources=SOURCES),
    ),
    reviewed_by_lawyer=optional(Flag(), False),
)

#: Folder under ``rules/`` → what its files hold.
FOLDERS: dict[str, Fields] = {
    "facts": FACTS,
    "findings": FINDINGS,
    "avenues": AVENUE,
    "claims": CLAIMS,
    "context": NOTES,
    "glossary": GLOSSARY,
    "letters": letter_shape(REMARK),
    "tables": TABLE,
    "jurisdictions": JURISDICTION,
    "authorities": AUTHORITIES,
}
