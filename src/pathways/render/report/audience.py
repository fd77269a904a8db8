"""Who reads a report: what comes first for them, and how deep it goes. The result is the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pathways.record import record

Section = Literal[
    "first",
    "overview",
    "cautions",
    "facts",
    "limits",
    "avenues",
    "place",
    "tests",
    "keep",
    "ask",
    "claims",
    "decided",
    "words",
    "not-modelled",
]


@record
class Audience:
    """A kind of reader.

    ``sections`` in their order, with the heading of each. ``pinpoints``: sources are named to the paragraph or line.
    ``hurdles``: each hurdle is explained, with where courts lean; else it stands in the picture alone. ``steps``: what
    the one who asks can do is told, and what may hurt them in full. ``sides``: each answer is shown with who gave it,
    and on what. ``speakers``: claims heard in public are told in full, with who made them. ``brief``: it is made to be
    handed over: what the reader can start comes first and in full, everything else short.
    """

    id: str
    called: str
    sections: Mapping[Section, str]
    pinpoints: bool
    hurdles: bool
    steps: bool
    sides: bool
    speakers: bool = False
    brief: bool = False


FAMILY = Audience(
    "family",
    "for a family",
    {
        "first": "The first page",
        "limits": "Every time limit",
        "keep": "What else to keep safe",
        "ask": "What to find out",
        "avenues": "Ways that you can start",
        "facts": "What the answers say happened",
        "claims": "Heard in public, and checked",
        "decided": "Court cases that come closest",
        "words": "Words of law in this report",
        "not-modelled": "What these rules do not hold yet",
    },
    pinpoints=False,
    hurdles=False,
    steps=True,
    sides=False,
    brief=True,
)
LAWYER = Audience(
    "lawyer",
    "for a lawyer",
    {
        "overview": "Overview",
        "limits": "Time limits",
        "facts": "Facts as given",
        "tests": "The legal tests on these answers",
        "avenues": "Avenue by avenue",
        "place": "The law of the place",
        "ask": "What to find out",
        "keep": "Evidence to preserve",
        "decided": "Decided cases that come closest",
        "claims": "Claims heard in public",
        "cautions": "Cautions given to the person who asks",
        "not-modelled": "Not modelled yet",
    },
    pinpoints=True,
    hurdles=True,
    steps=True,
    sides=True,
)
NEWSROOM = Audience(
    "newsroom",
    "for a newsroom",
    {
        "overview": "Where each avenue stands",
        "facts": "Who says what",
        "claims": "Heard in public, and checked",
        "tests": "The legal tests on these answers",
        "avenues": "Avenue by avenue",
        "limits": "Time limits",
        "decided": "Decided cases that come closest",
        "ask": "What is not known",
        "keep": "Records and recordings that may be lost",
        "cautions": "Cautions given to the person who asks",
        "words": "Words of law in this report",
        "not-modelled": "What these rules do not hold yet",
    },
    pinpoints=True,
    hurdles=True,
    steps=False,
    sides=True,
    speakers=True,
)

AUDIENCES = {one.id: one for one in (FAMILY, LAWYER, NEWSROOM)}
