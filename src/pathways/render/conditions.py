"""A condition in plain words, from the titles and labels of what it is made of."""

from __future__ import annotations

from pathways.assessment.unread import cell_asked
from pathways.rulebook import Rulebook
from pathways.rulebook.cuts import stretch_words
from pathways.rulebook.model import Condition, Fact

_PREFIX = {
    "not": "not: ",
    "clearly": "without dispute: ",
    "arguably": "at least arguably: ",
    "disputed": "in dispute: ",
    "contestable": "",
}


def condition_words(rulebook: Rulebook, condition: Condition) -> str:
    """A condition as a reader would say it: “Circuit: 2nd or 6th”, “A and B”, “not: A”."""
    op = condition.op
    if op == "finding":
        return rulebook.findings[condition.name].title
    if condition.column:
        return cell_asked(rulebook, condition)
    if op == "fact":
        return fact_words(rulebook.facts[condition.name], condition.options)
    if op in ("always", "never"):
        return op
    if op == "as-of":
        return f"decided {stretch_words(condition.options)}"
    if op == "passed":
        avenue, _, part = condition.name.partition("/")
        return f"time is over: {rulebook.avenues[avenue].titles[part]}"
    parts = [_part(rulebook, part) for part in condition.parts]
    if op == "all":
        return " and ".join(parts)
    if op == "any":
        return " or ".join(parts)
    if op == "at_least":
        return f"at least {condition.count} of: {'; '.join(parts)}"
    return _PREFIX[op] + parts[0]


def _part(rulebook: Rulebook, part: Condition) -> str:
    said = condition_words(rulebook, part)
    return f"({said})" if part.op in ("all", "any") and len(part.parts) > 1 else said


def fact_words(fact: Fact, options: tuple[str, ...]) -> str:
    """What a question is to be answered with: “State or territory: Minnesota or Iowa”."""
    if fact.kind == "date":
        return f"{fact.label}: {stretch_words(options)}"
    if fact.kind == "yes-no":
        return fact.label if options == ("yes",) else f"{fact.label}: {options[0]}"
    return f"{fact.label}: {' or '.join(fact.label_of(option) for option in options)}"
