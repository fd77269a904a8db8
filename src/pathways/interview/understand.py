"""What a typed line means at a question: an answer, a command, or nothing that is understood.

One-letter commands, ``?`` and ``so far`` mean the same at every question. A whole answer (its number, name or
label) comes before the longer command words, these before the beginning of a label: so no answer is out of reach.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from pathways.case import Given
from pathways.interview.dates import EXAMPLES, NotADateError, date_words, read_date
from pathways.rulebook.model import Fact, Option

MOST_LISTED = 12
MOST_NAMED = 5
LONGEST_SHOWN = 40


class Order(StrEnum):
    """What can be asked for at every question."""

    HELP = "help"
    BACK = "back"
    DISPUTED = "disputed"
    REVIEW = "review"
    NOTE = "note"
    SO_FAR = "so far"
    SAVE = "save"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; ``reading`` says how it was understood, where other words were typed."""

    given: Given
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and what was typed after it."""

    order: Order
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed is no answer; ``message`` says what would be."""

    message: str


Meaning = Answered | Command | Unclear

_KEYS = {
    "b": Order.BACK,
    "r": Order.REVIEW,
    "d": Order.DISPUTED,
    "n": Order.NOTE,
    "s": Order.SAVE,
    "q": Order.STOP,
    "so far": Order.SO_FAR,
    "sofar": Order.SO_FAR,
}
#: Keys that are not needed to get anywhere: where an answer has that very name, it is meant.
_YIELDING = (Order.NOTE, Order.REVIEW)
_WORDS = {
    "help": Order.HELP,
    "back": Order.BACK,
    "disputed": Order.DISPUTED,
    "dispute": Order.DISPUTED,
    "review": Order.REVIEW,
    "note": Order.NOTE,
    "save": Order.SAVE,
    "quit": Order.STOP,
    "stop": Order.STOP,
    "exit": Order.STOP,
}
_WITH_MORE = re.compile(r"(s|save|d|disputed|n|note|r|review)(?:\s*:\s*|\s+)(\S.*)", re.IGNORECASE)
#: In a long table a letter and a word are more likely a name cut short than a command.
_PLAINLY_WITH_MORE = re.compile(
    r"(?:(s|n|r)\s*:|(save|disputed|d|note|review)(?:\s*:|\s)|(s)\s+(?=\S*[./~]))\s*(\S.*)", re.IGNORECASE
)
_NOT_KNOWN = frozenset(
    {
        "unknown",
        "don't know",
        "dont know",
        "do not know",
        "i don't know",
        "i dont know",
        "i do not know",
        "idk",
        "not known",
        "not sure",
        "i'm not sure",
        "im not sure",
        "unsure",
        "no idea",
    }
)
_YES = frozenset({"y", "yes", "yeah", "yep", "yup", "true"})
_NO = frozenset({"no", "nope", "nah", "false"})
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_NUMBER = re.compile(r"\(?#?\s*([0-9]{1,4})\s*[.):]?")


def understand(line: str, fact: Fact) -> Meaning:
    """What a line means when ``fact`` is asked. An empty line is not an answer."""
    words = _tidy(line)
    key = key_of(line)
    if key is not None and not (key in _YIELDING and words in {option.id.casefold() for option in fact.options}):
        return Command(key, words[1:].strip() if key is Order.HELP else "")
    if words == "u":
        return Answered(Given("unknown"))
    whole = _whole(words, line, fact)
    if whole is not None:
        return whole
    if words in _WORDS:
        return Command(_WORDS[words])
    if words in _NOT_KNOWN:
        return Answered(Given("unknown"), "don't know")
    if not words:
        return Unclear("Type an answer. If you do not know, type u. ? explains the question.")
    # "no" at a list is an answer to another question, not the beginning of "Nobody …".
    begun = None if fact.kind == "choice" and words in _YES | _NO else _begun(words, fact)
    if begun is not None:
        return begun
    if command := _with_more(line, fact):
        return command
    return _either(line, fact) or Unclear(_no_answer(line, fact))


def _with_more(line: str, fact: Fact) -> Command | None:
    """A command with what it is about after it."""
    long_table = fact.kind == "choice" and not is_listed(fact)
    found = (_PLAINLY_WITH_MORE if long_table else _WITH_MORE).fullmatch(" ".join(line.split()))
    if found is None:
        return None
    *words, rest = (part for part in found.groups() if part is not None)
    word = words[0].lower()
    return Command(_KEYS.get(word) or _WORDS[word], rest)


def key_of(line: str) -> Order | None:
    """The command that a line is at every prompt, whatever is asked; None if it is none."""
    words = _tidy(line)
    return Order.HELP if words.startswith("?") else _KEYS.get(words)


def key_with_rest(line: str, order: Order) -> str | None:
    """What stands after a command's key or word; None for any other line."""
    key, *rest = line.split(maxsplit=1) or [""]
    return "".join(rest) if order in (_KEYS.get(_tidy(key)), _WORDS.get(_tidy(key))) else None


def understand_option(line: str, fact: Fact) -> Answered | Unclear:
    """Like :func:`understand`, where only one of the question's own answers is meant."""
    words = _tidy(line)
    found = _whole(words, line, fact) or _begun(words, fact)
    return found if found is not None else Unclear(_no_answer(line, fact))


def is_listed(fact: Fact) -> bool:
    """Whether a question's answers are shown with numbers: all but long tables."""
    return fact.kind == "choice" and (not fact.table or len(fact.options) <= MOST_LISTED)


def shown(line: str) -> str:
    """What was typed, short enough to repeat."""
    text = " ".join(line.split())
    return f"`{text[:LONGEST_SHOWN]}{'...' if len(text) > LONGEST_SHOWN else ''}`"


def _tidy(text: str) -> str:
    """Compared text: without case, accents, typographic apostrophes, and closing punctuation."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'").replace("\u2018", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return " ".join(plain.split()).rstrip(".!,; ")


def _spaced(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in _tidy(text)).split())


def _squeezed(text: str) -> str:
    return _spaced(text).replace(" ", "")


# -- whole answers ------------------------------------------------------------------------------------


def _whole(words: str, line: str, fact: Fact) -> Answered | Unclear | None:
    """An answer that stands there in full; None where there is none."""
    if not words:
        return None
    if fact.kind == "yes-no":
        option = "yes" if words in _YES else "no" if words in _NO else ""
        return Answered(Given.known(option)) if option else None
    if fact.kind == "date":
        return _date(words, line)
    if is_listed(fact) and (number := _NUMBER.fullmatch(words)):
        return _numbered(int(number[1]), fact)
    squeezed = _squeezed(words)
    if not squeezed:
        return None
    by_id = [option for option in fact.options if _squeezed(option.id) == squeezed]
    found = by_id or [option for option in fact.options if _squeezed(option.label) == squeezed]
    return _one_of(found, line, fact) if found else None


def _numbered(number: int, fact: Fact) -> Answered | Unclear:
    if not 1 <= number <= len(fact.options):
        return Unclear(f"There is no answer {number}. Type a number from 1 to {len(fact.options)}.")
    option = fact.options[number - 1]
    return Answered(Given.known(option.id), option.label)


def _date(words: str, line: str) -> Answered | Unclear | None:
    """A date; a line without a digit or the name of a month is left to the other readings."""
    if not any(sign in "0123456789" for sign in words):
        return None
    try:
        date = read_date(words)
    except NotADateError as wrong:
        return None if _WITH_MORE.fullmatch(" ".join(line.split())) else Unclear(str(wrong))
    return Answered(Given.known(date), "" if line.strip() == date else date_words(date))


# -- beginnings and near names ------------------------------------------------------------------------


def _begun(words: str, fact: Fact) -> Answered | Unclear | None:
    """The one answer whose label begins so; None where none does."""
    start = _spaced(words)
    if fact.kind != "choice" or not start:
        return None
    found = [option for option in fact.options if _spaced(option.label).startswith(start)]
    return _one_of(found, words, fact) if found else None


def _one_of(found: list[Option], line: str, fact: Fact) -> Answered | Unclear:
    if len(found) == 1:
        return Answered(Given.known(found[0].id), found[0].label)
    more = "its number" if is_listed(fact) else "more of it"
    return Unclear(f"{shown(line)} can mean {_names(found, fact)}. Type {more}.")


def _names(options: Iterable[Option], fact: Fact) -> str:
    """Several answers by name, the first few of them."""
    known = list(options)
    numbers = {option.id: number for number, option in enumerate(fact.options, 1)}
    names = [
        f"{numbers[option.id]}. {option.label}" if is_listed(fact) else option.label for option in known[:MOST_NAMED]
    ]
    rest = len(known) - len(names)
    return "; ".join(names) + (f"; or {rest} more" if rest else "")


def _either(line: str, fact: Fact) -> Answered | None:
    """Several answers with ``or`` between them: one of them, and it is not known which."""
    if fact.kind != "choice":
        return None
    found = [understand_option(part, fact) for part in _OR.split(line)]
    options = dict.fromkeys(one.given.options[0] for one in found if isinstance(one, Answered))
    if not all(isinstance(one, Answered) for one in found) or len(options) < 2:
        return None
    labels = " or ".join(fact.label_of(option) for option in options)
    return Answered(Given("one-of", tuple(options)), f"{labels}; not known which")


def _near(line: str, fact: Fact) -> list[Option]:
    """Answers that look or sound like what was typed."""
    words = _spaced(line)
    if not words:
        return []
    names = {_spaced(option.label): option for option in reversed(fact.options)}
    close = [names[name] for name in get_close_matches(words, list(names), n=2, cutoff=0.7)]
    inside = [option for option in fact.options if f" {words} " in f" {_spaced(option.label)} "]
    return [option for option in fact.options if option in close or option in inside][:MOST_NAMED]


def _no_answer(line: str, fact: Fact) -> str:
    """What to say to words that are no answer here."""
    if fact.kind == "yes-no":
        return f"{shown(line)} is not an answer here. Type yes, no, disputed or don't know. ? explains the question."
    if fact.kind == "date":
        return f"{shown(line)} is not a date as it is read here. Type it like {EXAMPLES}, or u for don't know."
    near = _near(line, fact)
    meant = f" Did you mean {_names(near, fact)}?" if near else ""
    numbers = f"its number, 1 to {len(fact.options)}, or its first words"
    how = numbers if is_listed(fact) else "its name or its short code"
    return f"{shown(line)} is none of the answers.{meant} Type {how}, or u for don't know."
