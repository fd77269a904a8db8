"""What an interview says, as paragraphs: no width, no color, no stream. Law comes from the rulebook alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.assessment import AvenueResult, Standing
from pathways.assessment.reasons import answer_words
from pathways.case import Case, Change, Given
from pathways.interview.dates import EXAMPLES, date_words
from pathways.interview.state import Interview, settled, unsettled
from pathways.interview.understand import is_listed
from pathways.render.words import OPEN_IS_NOT_LIKELY, standing_words, upper
from pathways.rulebook.model import Fact

KEYS = (
    "At any question: ? says why it is asked, ? and a word of law explains the word, b goes back, r goes over all "
    "answers, u is don't know, d is disputed (there is evidence on both sides), n adds a note, so far shows what "
    "stands, s saves, q stops."
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``label`` stands before it and its lines hang beside it; ``strong`` is for headings and questions.

    ``gap`` asks for an empty line before it; ``unbroken`` is for what is copied whole, such as a command.
    """

    text: str
    label: str = ""
    strong: bool = False
    gap: bool = False
    unbroken: bool = False


def title(day: str) -> str:
    """What a case is called whose answers are given on this day."""
    return f"Answers of {date_words(day)}"


def introduction(interview: Interview, file: object, resumed: bool) -> Iterator[Paragraph]:
    """What this is, what can be typed, and where the answers are kept: said once; less where someone goes on."""
    yield from _opening(interview, file, resumed)
    if interview.about:
        shorts = "; ".join(interview.rulebook.avenues[name].short for name in interview.about)
        yield Paragraph(f"Only what these need is asked: {shorts}.", gap=not resumed)
    if interview.case.based_on:
        shared = count(len(interview.case.inherited), "answer")
        yield Paragraph(f"{upper(shared)} come from {interview.case.based_on}. Yours go before them.", gap=not resumed)


def migrated(case: Case) -> Iterator[Paragraph]:
    """What was renamed or left out because a file is older than the rules."""
    if case.changes:
        yield Paragraph(f"{case.file} is older than these rules. What changed in it:", gap=True)
        yield from (Paragraph(changed(change), label="  - ") for change in case.changes)


def changed(change: Change) -> str:
    """What became of one old name, in a sentence."""
    if change.new:
        return f"{change.old} is now {change.new}."
    kept = " What was said stays in the file, under set_aside." if change.kept else ""
    return f"{change.old} is left out: {change.reason}{kept}"


def _opening(interview: Interview, file: object, resumed: bool) -> Iterator[Paragraph]:
    if resumed:
        kept = count(len(interview.history), "answer")
        yield Paragraph(
            f"Going on with {file}: {kept} kept. Each new one is saved there as you give it. "
            "? explains a question and says what can be typed."
        )
        return
    rulebook = interview.rulebook
    yield Paragraph(rulebook.about.title, strong=True)
    yield Paragraph(rulebook.about.notice, gap=True)
    yield Paragraph(
        "Questions come one at a time. Type yes or no; where answers are numbered, the number or first words. " + KEYS,
        gap=True,
    )
    yield Paragraph(
        "Nothing is written to disk unless you type s."
        if file is None
        else f"Your answers are kept in {file}: each is saved there as you give it.",
        gap=True,
    )


def heading(interview: Interview, fact: Fact, first_time: bool) -> Iterator[Paragraph]:
    """The title of a question's topic, which part it is, and the words that belong before its first question.

    The parts are the topics with something answered or open in them: with the answers, there can be fewer.
    """
    topics = interview.rulebook.topics
    topic = topics[fact.topic]
    order = interview.rulebook.story_order
    # Before the next question nothing is left to ask.
    coming = (name for name in interview.may_be_asked if order[name] >= order[interview.next_open or fact.id])
    asked = {*interview.history, *coming, fact.id}
    parts = [one.id for one in topics.values() if asked.intersection(one.facts)]
    part = f"Part {parts.index(topic.id) + 1} of {len(parts)}: " if len(parts) > 1 else ""
    yield Paragraph(part + topic.title, strong=True, gap=True)
    if topic.before and first_time:
        yield Paragraph(topic.before.text, gap=True)


def question(interview: Interview, fact: Fact) -> Iterator[Paragraph]:
    """A question, its numbered answers, and what was answered and noted already."""
    given, case = interview.given, interview.case
    yield Paragraph(fact.ask, strong=True, gap=True)
    if is_listed(fact):
        wide = len(str(len(fact.options)))
        for number, option in enumerate(fact.options, 1):
            yield Paragraph(option.label, label=f"  {number:>{wide}}. ")
    if given is not None:
        whose = f"The answer in {case.based_on}" if fact.id in case.inherited else "Your answer"
        yield Paragraph(f"{whose}: {given_words(fact, given)}. Enter keeps it.")
    if note := case.notes.get(fact.id):
        yield Paragraph(f"Your note: {note}")


def given_words(fact: Fact, given: Given) -> str:
    """An answer in words, as the person gave it."""
    if given.kind == "unknown":
        return "don't know"
    if fact.kind == "date" and given.kind == "known":
        return date_words(given.options[0])
    return fact.label_of(given.options[0]) if given.kind == "known" and not given.said else answer_words(fact, given)


def meaning(fact: Fact) -> Iterator[Paragraph]:
    """What a question means, and where to find out."""
    if fact.help:
        yield Paragraph(fact.help, gap=True)
    if fact.find_out:
        yield Paragraph(f"Where to find out: {fact.find_out}")


def can_be_typed(fact: Fact, keys: bool) -> Iterator[Paragraph]:
    """How to answer a question; the keys where asked for."""
    yield Paragraph(_how(fact))
    if keys:
        yield Paragraph(KEYS)


def _how(fact: Fact) -> str:
    if fact.kind == "yes-no":
        return "Type yes, no, disputed or don't know."
    if fact.kind == "date":
        return f"Type a date such as {EXAMPLES}; a month or a year is enough if you do not know the day."
    if is_listed(fact):
        several = "; 1 or 2 if it is one of them and not known which" if len(fact.options) > 2 else ""
        return f"Type a number from 1 to {len(fact.options)}, or the first words of an answer{several}."
    example = fact.options[0]
    return f"Type the name or its short code, such as {example.label} or {example.id}."


def so_far(interview: Interview) -> Iterator[Paragraph]:
    """Where every avenue stands now."""
    answers = len(interview.case.answers)
    yield Paragraph(f"So far, on {count(answers, 'answer')}:", gap=True)
    results = interview.assessment.avenues
    about = interview.rulebook.about
    for result in results:
        if result.standing in (Standing.OPEN, Standing.CONTESTED):
            avenue = result.avenue
            yield Paragraph(
                f"{avenue.short}: {standing_words(result)}. {upper(about.starts_with[avenue.starts_with])}. "
                f"Track record: {avenue.track_record.scale}.",
                label="  ",
            )
    others = [result for result in results if result.standing not in (Standing.OPEN, Standing.CONTESTED)]
    for said, names in _grouped(others):
        yield Paragraph(f"{said.capitalize()}: {names}.", label="  ")
    if any(result.standing is Standing.OPEN for result in results):
        yield Paragraph(OPEN_IS_NOT_LIKELY)


def news(before: Interview, after: Interview, first_open: bool) -> Iterator[Paragraph]:
    """What an answer has just settled; ``first_open`` when nothing was said to be open before."""
    found = settled(before, after)
    if found:
        text = ". ".join(f"{names}: {said}" for said, names in _grouped(found))
        explained = first_open and any(result.standing is Standing.OPEN for result in found)
        yield Paragraph(f"Now settled: {text}." + (f" {OPEN_IS_NOT_LIKELY}" if explained else ""))
    lost = unsettled(before, after)
    if lost:
        yield Paragraph(f"No longer settled: {'; '.join(result.avenue.short for result in lost)}.")


def closing(interview: Interview) -> Iterator[Paragraph]:
    """Why no more is asked."""
    later = any(given.kind in ("unknown", "one-of") for given in interview.case.answers.values())
    further = len(interview.further_questions)
    left = "could change where anything stands" if further else "could change what is shown"
    yield Paragraph(
        f"No question is left whose answer {left}."
        + (" What you find out later about the ones that you do not know may still change it." if later else ""),
        gap=True,
    )
    if further:
        yield Paragraph(
            f"{upper(count(further, 'more question'))} could fill in what is shown beside it: "
            "hurdles, time limits, what to heed and what to do."
        )


def review(interview: Interview) -> Iterator[Paragraph]:
    """All answers, numbered in the order of the story."""
    case, topic = interview.case, ""
    wide = len(str(len(interview.answered)))
    yield Paragraph(f"Your {count(len(case.answers), 'answer')}, in the order of the story:", gap=True)
    for number, fact in enumerate(interview.answered, 1):
        if fact.topic != topic:
            topic = fact.topic
            yield Paragraph(interview.rulebook.topics[topic].title, strong=True, gap=True)
        note = f" Note: {case.notes[fact.id].rstrip('.')}." if fact.id in case.notes else ""
        where = f" (from {case.based_on})" if fact.id in case.inherited else ""
        said = (
            answer_words(fact, case.answers[fact.id])
            if case.answers[fact.id].said
            else given_words(fact, case.answers[fact.id])
        )
        yield Paragraph(f"{fact.label}: {said}{where}.{note}", label=f"  {number:>{wide}}. ")


def not_known(interview: Interview, fact: Fact) -> Iterator[Paragraph]:
    """Where to find out, said at once to "don't know"."""
    if fact.find_out and fact.id in interview.assessment.to_find_out:
        yield Paragraph(f"To find out later: {fact.find_out}")


def _grouped(results: Iterable[AvenueResult]) -> Iterator[tuple[str, str]]:
    """Avenues that stand alike together: where they stand in words, and their short titles."""
    groups: dict[str, list[str]] = {}
    for result in results:
        groups.setdefault(standing_words(result), []).append(result.avenue.short)
    return ((said, "; ".join(names)) for said, names in groups.items())


def count(number: int, thing: str) -> str:
    """``1 answer``, ``2 answers``."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
