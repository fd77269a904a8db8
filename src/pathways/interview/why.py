"""Why a question is asked, and what each answer to it would do: as sentences, with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pathways.assessment import Standing
from pathways.assessment.grounds import Ground
from pathways.interview.dispute import name_of
from pathways.interview.effects import Effect, effects
from pathways.interview.state import Interview
from pathways.interview.terms import nearest_terms, term_named, terms_of
from pathways.interview.wording import Paragraph
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact
from pathways.rulebook.references import resolve

#: So much is named of each before "and more".
MOST_AVENUES = 6
MOST_PARTS = 3
MOST_SOURCES = 2
MOST_ANSWERS = 4
LONGEST_TERM = 60

_WHAT = {
    "situation": "whether it is for a case like this",
    "element": "it needs",
    "hurdle": "hurdle",
    "deadline": "time limit",
    "wait": "waiting period",
    "stage": "how far it has come",
    "advice": "what to heed and do",
    "result": "how it stands",
}
_DOES = {
    Standing.OPEN: "opens",
    Standing.CONTESTED: "leaves to a court",
    Standing.CLOSED: "closes",
    Standing.NOT_APPLICABLE: "shows that it does not apply here",
    Standing.UNDETERMINED: "leaves unsettled",
}


def why(interview: Interview, fact: Fact) -> Iterator[Paragraph]:
    """The avenues that hang on a question, and on which of their parts, with the sources."""
    hanging = interview.hanging_on(fact.id)
    if not hanging:
        yield Paragraph("Nothing that is still open hangs on it.")
        return
    yield Paragraph("Why it is asked. What can still hang on it:")
    for avenue, parts in hanging[:MOST_AVENUES]:
        yield Paragraph(f"{avenue.short}: {_parts(interview.rulebook, parts)}.", label="  - ")
    if rest := hanging[MOST_AVENUES:]:
        yield Paragraph(f"and {len(rest)} more: {'; '.join(avenue.short for avenue, _ in rest)}.", label="  - ")


def _parts(rulebook: Rulebook, parts: Sequence[Ground]) -> str:
    # What decides comes before advice; of what has no title of its own one is enough.
    telling = [part for part in parts if part.kind not in ("stage", "advice")] or parts[:1]
    said = [_part(rulebook, part) for part in telling[:MOST_PARTS]]
    more = [f"{len(telling) - MOST_PARTS} more"] if len(telling) > MOST_PARTS else []
    return "; ".join([*said, *more])


def _part(rulebook: Rulebook, part: Ground) -> str:
    titled = f"{_WHAT[part.kind]}: {part.title}" if part.title else _WHAT[part.kind]
    sources = cited(rulebook, part.sources)
    return f"{titled} ({sources})" if sources else titled


def cited(rulebook: Rulebook, references: Iterable[str]) -> str:
    """The first sources by name, the law itself before what was written about it."""
    law, documents = [], []
    for reference in references:
        work, mark, proposition = reference.partition("#")
        if mark:
            document = rulebook.documents[work]
            lines = document.propositions[proposition].lines
            documents.append(f"{document.title}, line{'s' if '-' in lines else ''} {lines}")
        else:
            law.append(resolve(rulebook, reference).cite)
    return "; ".join([*dict.fromkeys(law), *dict.fromkeys(documents)][:MOST_SOURCES])


def explainable(rulebook: Rulebook, fact: Fact) -> Iterator[Paragraph]:
    """The terms in a question that can be explained."""
    terms = terms_of(rulebook, fact)
    if terms:
        named = ", ".join(term.term for term in terms)
        yield Paragraph(f"Explained on demand: {named}. Type ? and the term, such as: ? {terms[0].term}")


def explained(rulebook: Rulebook, typed: str) -> Iterator[Paragraph]:
    """What a term means, with its sources; else the terms that come near it."""
    term = term_named(rulebook, typed)
    if term is not None:
        sources = cited(rulebook, term.sources)
        also = f" (also: {', '.join(term.also)})" if term.also else ""
        yield Paragraph(f"{term.term}{also}: {term.means}" + (f" [{sources}]" if sources else ""), gap=True)
        return
    near = nearest_terms(rulebook, typed)
    yield Paragraph(f"“{name_of(typed, LONGEST_TERM)}” is not among the terms explained here.", gap=True)
    if near:
        yield Paragraph(f"Near it: {', '.join(near)}. Type ? and one of these.")
    elif rulebook.terms:
        yield Paragraph(f"Explained are: {', '.join(term.term for term in rulebook.terms.values())}.")


def would_do(interview: Interview, fact: Fact) -> Iterator[Paragraph]:
    """What each possible answer would do now."""
    found = effects(interview, fact)
    yield Paragraph(
        "What an answer would do now:" if fact.kind != "date" else "What a date would do now, as far as tried:"
    )
    for effect in found:
        yield Paragraph(f"{_answers(effect.answers)}: {_does(effect)}.", label="  - ")
    yield Paragraph("don't know: settles nothing; it goes on the list of what to find out.", label="  - ")


def _answers(labels: Sequence[str]) -> str:
    # Where a label has a comma of its own, one has to see where it ends.
    if any("," in label for label in labels) and len(labels) > 1:
        labels = [f"“{label}”" for label in labels]
    if len(labels) <= MOST_ANSWERS:
        return " or ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
    return f"{', '.join(labels[:MOST_ANSWERS])} or {len(labels) - MOST_ANSWERS} more"


def _does(effect: Effect) -> str:
    if effect.settled:
        return "; ".join(f"{_DOES[standing]}: {', '.join(names)}" for standing, names in effect.settled)
    if effect.raised:
        return f"settles nothing yet; raises: {', '.join(effect.raised)}"
    return "settles nothing yet"
