"""What a cell means: what would stand after the name of the question in a case file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pathways.case.model import Case, Change, Given
from pathways.case.read import parse_case
from pathways.case.write import quoted
from pathways.diagnostics import Place, Problem, Problems
from pathways.logic import Answer
from pathways.patterns import DATE
from pathways.record import record, replaced
from pathways.rulebook import Rulebook
from pathways.yamlfile import compose_text, forbidden_character

#: So many different texts of one column are remembered.
MOST_REMEMBERED = 1 << 16


@record
class Meaning:
    """What a cell says: an answer, None where it is empty; or why it is none.

    ``answer`` is the same for the logic, None where nothing is known or it decides nothing but time.
    """

    given: Given | None = None
    answer: Answer | None = None
    problem: Problem | None = None


EMPTY = Meaning()


class Cells:
    """The meanings of the cells of all columns, each text worked out once.

    ``changes`` are the names of older rules that were read by today's, as they were met.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.changes: dict[Change, None] = {}
        self._known: dict[str, dict[str | None, Meaning]] = {}

    def fact_named(self, name: str) -> tuple[str, Problem | None]:
        """The question that a column is named for, by today's name (empty where it is not asked any more)."""
        case, problem = self._read(f"  {quoted(name)}: unknown", 0)
        if problem is not None or case is None:
            return "", problem
        return next(iter(case.answers), ""), None

    def meanings(self, fact: str, texts: Iterable[str | None]) -> list[Meaning]:
        """What each of some texts means in the column of a question."""
        known = self._known.setdefault(fact, {None: EMPTY, "": EMPTY})
        if len(known) > MOST_REMEMBERED:
            known.clear()
        found = []
        for text in texts:
            meaning = known.get(text)
            if meaning is None:
                meaning = known[text] = self._meaning(fact, text or "")
            found.append(meaning)
        return found

    def _meaning(self, fact: str, text: str) -> Meaning:
        if not text.strip():
            return EMPTY
        asked = self.rulebook.facts[fact]
        if text in asked.answers or (asked.kind == "date" and _is_day(text)):
            given = Given.known(text)
        else:
            start = f"  {fact}: "
            case, problem = self._read(start + " ".join(text.split()), len(start))
            if problem is not None or case is None:
                return Meaning(problem=problem)
            answer = case.answers.get(fact)
            if answer is None:
                return EMPTY
            given = Given(answer.kind, answer.options)
        answers = Case("", answers={fact: given}).logic(self.rulebook)
        return Meaning(given, next(iter(answers.values()), None))

    def _read(self, line: str, start: int) -> tuple[Case | None, Problem | None]:
        """The case with one line of answers, or the first thing wrong with it, its column counted from ``start``."""
        problems = Problems()
        if found := forbidden_character(line):
            said = f"character U+{ord(found.group()):04X} may not stand in an answer: it does not print as itself"
            return None, Problem("control-character", said, Place("", 1, max(1, found.start() - start + 1)))
        file = compose_text(f"case: a record\nanswers:\n{line}\n", "", problems)
        case = parse_case(file, self.rulebook, problems) if file is not None else None
        if case is None:
            problem = problems.errors[0]
            place = replaced(problem.place, column=max(1, problem.place.column - start))
            return None, replaced(problem, place=place)
        self.changes.update(dict.fromkeys(case.changes))
        return case, None


def _is_day(text: str) -> bool:
    """Whether a text is a day as a case file has it; other ways to answer a date question are read as there."""
    if not re.fullmatch(DATE.pattern, text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
