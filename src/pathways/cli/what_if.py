"""``pathways why-not``, ``what-if``, ``compare`` and ``sensitivity``: what other answers would change."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pathways.assessment import Assessment, assess
from pathways.assessment.reasons import answer_words
from pathways.case import Case, Given, read_case
from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError, wrong_name
from pathways.cli.one_case import one_case
from pathways.cli.run import case_files
from pathways.cli.show import chosen, write_page
from pathways.diagnostics import RefusedError
from pathways.interview.dispute import dispute_between, plain_dispute
from pathways.interview.understand import Answered, understand_option
from pathways.render.inert import inert
from pathways.rulebook.model import Fact


def why_not_case(
    environment: Environment, name: str, avenue: str, everything: bool, style: str, as_of: str | None
) -> Exit:
    """The smallest sets of other answers after which an avenue stands better."""
    from pathways.explanation.whynot import why_not

    day = as_of_date(as_of)
    rulebook = environment.rulebook
    case = one_case(environment, name, every_avenue=True)
    (wanted,) = chosen([avenue], rulebook.avenues, "avenue")
    assessment = assess(rulebook, case, day)
    found = why_not(assessment, wanted)
    from pathways.render.what_if import why_not_data, why_not_page

    if style == "json":
        _write_data(environment, [assessment], why_not_data(found))
    else:
        write_page(environment, why_not_page(assessment, found, everything), style)
    return Exit.DONE


def what_if(
    environment: Environment, name: str, answers: Sequence[str], as_of: str | None, rules: Path | None, style: str
) -> Exit:
    """What would change if some answers, the day or the rules were others."""
    day = as_of_date(as_of)
    other = environment.with_rules(rules) if rules is not None else environment
    try:
        case = one_case(environment, name, every_avenue=True)
    except RefusedError as refused:
        if rules is None or not _can_be_read(other, name):
            raise
        from pathways.render.problems import problems_text

        environment.complain(problems_text(refused.problems))
        environment.complain(
            f"The rules in {inert(str(rules))} know all of these names. Behind what-if, --rules names the rules to "
            "compare with. To read the case by them as well, put it before the command: pathways --rules "
            f"{inert(shlex.quote(str(rules)))} what-if …"
        )
        return Exit.BAD_INPUT
    before = assess(environment.rulebook, case)
    changed = one_case(other, name, every_avenue=True) if rules is not None else case
    facts = other.rulebook.facts
    given = dict(_answers(answers, facts))
    for fact, answer in given.items():
        changed = changed.with_answer(fact, answer)
    after = assess(other.rulebook, changed, day or (before.as_of if rules is not None else None))
    from pathways.explanation.differences import differences
    from pathways.render.what_if import differences_data, what_if_page

    if style == "json":
        found = differences([before, after])
        _write_data(environment, [before, after], {"differences": differences_data(found)})
        return Exit.DONE
    said = [_said(case, facts[fact], answer) for fact, answer in given.items()]
    if day:
        said.append(f"Assessed as of {day} (now: {before.as_of})")
    if rules is not None:
        book = other.rulebook.about
        said.append(
            f"With the rules {book.id} {book.version} (now: {before.rulebook.about.id} {before.rulebook.about.version})"
        )
    write_page(environment, what_if_page(before, after, said), style)
    return Exit.DONE


def _can_be_read(environment: Environment, name: str) -> bool:
    """Whether the case can be read by these rules."""
    try:
        for path, shown in case_files([name]):
            read_case(path, environment.rulebook, shown)
    except RefusedError:
        return False
    return True


def _said(case: Case, fact: Fact, answer: Given | None) -> str:
    return f"{fact.label}: {answer_words(fact, answer)} (now: {answer_words(fact, case.answers.get(fact.id))})"


def _answers(typed: Sequence[str], facts: Any) -> Iterator[tuple[str, Given | None]]:
    """``fact=answer`` as typed; nothing after the sign takes the answer back. All that is wrong is said at once."""
    wrong = []
    found: dict[str, Given | None] = {}
    for text in typed:
        name, sign, answer = text.partition("=")
        if not sign:
            wrong.append(f"`{inert(text)}` has no `=`. Write the name of a question, = and its answer.")
        elif name not in facts:
            wrong.append(wrong_name(name, facts, "No question is named {}."))
        else:
            given = _answer(facts[name], answer.strip())
            if isinstance(given, str):
                wrong.append(f"{name}: {given}")
            elif name in found:
                wrong.append(f"{name} has more than one answer here. Give each question one.")
            else:
                found[name] = given
    if wrong:
        raise WrongNameError(list(dict.fromkeys(wrong)))
    yield from found.items()


def _answer(fact: Fact, text: str) -> Given | str | None:
    """An answer, None for none, or what is wrong with it."""
    if not text:
        return None
    if text.casefold() in ("disputed", "d"):
        return plain_dispute(fact) or "a date is disputed between two: write disputed 2026-01-07 or 2026-01-08"
    if text.casefold() in ("unknown", "u", "don't know"):
        return Given("unknown")
    if text.casefold().startswith("disputed "):
        meaning = dispute_between(text[len("disputed ") :], fact)
        return meaning if isinstance(meaning, Given) else meaning.message
    meant = understand_option(text, fact)
    # What can be asked for at a question cannot be asked for here.
    return meant.given if isinstance(meant, Answered) else meant.message.removesuffix(" ? explains the question.")


def compare_cases(environment: Environment, names: Sequence[str], style: str, as_of: str | None) -> Exit:
    """Several cases side by side."""
    if len(names) < 2:
        raise WrongNameError(["Name at least two cases to compare."])
    day = as_of_date(as_of)
    assessments = [assess(environment.rulebook, one_case(environment, name, every_avenue=True), day) for name in names]
    from pathways.explanation.differences import differences, standings
    from pathways.render.what_if import compare_page, differences_data

    if style == "json":
        every = [*standings(assessments), *(one for one in differences(assessments) if one.kind != "standing")]
        _write_data(environment, assessments, {"compared": differences_data(every)})
    else:
        write_page(environment, compare_page(assessments), style)
    return Exit.DONE


def what_matters(environment: Environment, name: str, everything: bool, style: str, as_of: str | None) -> Exit:
    """The open and disputed questions by what hangs on them."""
    from pathways.explanation.sensitivity import sensitivity

    day = as_of_date(as_of)
    assessment = assess(environment.rulebook, one_case(environment, name, every_avenue=True), day)
    weights = sensitivity(assessment)
    from pathways.render.what_if import sensitivity_data, sensitivity_page

    if style == "json":
        _write_data(environment, [assessment], {"questions": sensitivity_data(weights)})
    else:
        write_page(environment, sensitivity_page(assessment, weights, everything), style)
    return Exit.DONE


def _write_data(environment: Environment, assessments: Sequence[Assessment], data: dict[str, Any]) -> None:
    from pathways.render.data import head, to_json

    last = assessments[-1]
    cases = [{"case": one.case.title, "file": one.case.file, "as_of": one.as_of} for one in assessments]
    environment.out(to_json({**head(last.rulebook, last.as_of), "cases": cases, **data}))
