"""The plain words for what was decided. "Can be tried" must never read as "likely"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pathways.assessment import AvenueResult
from pathways.logic import DISPUTED, NO, YES, ValueSet
from pathways.rulebook import Rulebook
from pathways.rulebook.references import split_pinpoint

# The end of a first sentence, not the period of an abbreviation.
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)]{3})\. ")

STANDING = {
    "open": "can be tried",
    "contested": "a court must decide",
    "undetermined": "not enough answers yet",
    "closed": "not available on these answers",
    "not-applicable": "does not apply here",
}

#: Where only law that nobody read for the rules keeps an avenue undetermined.
ONLY_UNREAD = "not known here: no answer of yours can settle it"


def standing_words(result: AvenueResult) -> str:
    """Where an avenue stands, in words."""
    return ONLY_UNREAD if result.only_unread else STANDING[result.standing]


OPEN_IS_NOT_LIKELY = (
    "“Can be tried” says only that nothing in these answers closes the way. "
    "It does not say that it is likely to succeed."
)

LEANS = {
    "for": "where courts have decided it, cases usually went on",
    "against": "where courts have decided it, cases usually ended here",
    "even": "courts have come out both ways",
    "depends": "which way courts lean depends on answers that are disputed or not given",
}

#: The same where no decision of a court stands behind it.
LEANS_UNDECIDED = {
    "for": "more speaks for going on than against it; no decision of a court stands behind that here",
    "against": "more speaks against going on than for it; no decision of a court stands behind that here",
    "even": "it can come out either way; no decision of a court stands behind that here",
    "depends": LEANS["depends"],
}

GROUND = {
    "fact": "turns on the facts",
    "judgment": "turns on a court's judgment",
    "unsettled law": "the law is unsettled",
    "not checked": "not checked",
}

SEEN = {
    "primary": "read in the primary text",
    "primary in part": "read in part in the primary text",
    "secondary": "known from secondary sources",
    "not seen": "NOT CHECKED: no copy of it was read",
}

VERDICT = {
    "supported": "supported by the sources",
    "overstated": "overstated",
    "refuted": "refuted by the sources",
    "partly": "partly right",
    "depends": "it depends",
}

ELEMENT = {YES: "holds", NO: "does not hold", DISPUTED: "disputed"}

_HURDLE = {
    "bars": "stands in the way",
    "contests": "is raised here; a court must decide",
    "moves": "arises here; it moves the case",
    "delays": "arises here; it costs time",
    "informs": "good to know",
}


def count(number: int, one: str, several: str = "") -> str:
    """So many of something: ``1 note``, ``2 notes``."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def upper(text: str) -> str:
    """With a capital letter at the start."""
    return text[:1].upper() + text[1:]


def first_sentence(text: str) -> str:
    """A text's first sentence, with its period."""
    return _SENTENCE_END.split(text, maxsplit=1)[0].rstrip(".") + "."


def sentences(text: str) -> list[str]:
    """A text's sentences, each with its period."""
    return [f"{sentence.rstrip('.')}." for sentence in _SENTENCE_END.split(text.rstrip("."))]


def element_words(values: ValueSet) -> str:
    """How an element stands."""
    return ELEMENT.get(values, "not known yet")


def leans_words(rulebook: Rulebook, leans: str, sources: Iterable[str]) -> str:
    """Which way courts lean, as history only where a decision is cited for it; empty where the rules do not say."""
    names = (split_pinpoint(source)[0] for source in sources)
    decided = any(name in rulebook.authorities and rulebook.authorities[name].kind == "case" for name in names)
    return (LEANS if decided else LEANS_UNDECIDED).get(leans, "")


def missed_words(values: ValueSet, contested: bool = False) -> str:
    """Whether a time limit was missed; with ``contested``, that a court must decide what follows."""
    if values == NO:
        return "Not missed, on these answers."
    if values == YES:
        follows = ", and a court must decide whether that closes the way" if contested else ""
        return f"Missed on these answers{follows}."
    return (
        "Disputed whether it was missed." if values == DISPUTED else "Not known whether it began, was met or is over."
    )


def hurdle_words(effect: str, values: ValueSet) -> str:
    """How a hurdle stands."""
    if values == YES:
        return _HURDLE[effect]
    if values == NO:
        return "does not arise"
    return "disputed whether it arises" if values == DISPUTED else "may arise; not known yet"


def old_law(rulebook: Rulebook, as_of: str = "") -> str:
    """What is said when the rules hold law that is older than a year on a day (ISO date, else today); else nothing."""
    day = as_of or date.today().isoformat()
    law = rulebook.about.law_as_of
    if day <= f"{int(law[:4]) + 1}{law[4:]}":
        return ""
    return (
        f"THESE RULES ARE OLD. They hold the law as of {law}, more than a year before {day}. Much may have changed: "
        "check every statement and every time limit before you rely on it."
    )
