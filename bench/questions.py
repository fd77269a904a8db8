"""How many questions an interview takes: ``python bench/questions.py [--quick]`` prints one table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from pathways.assessment import Assessment
from pathways.assessment.grounds import most_settling
from pathways.case import Case, Given, read_case
from pathways.interview import Interview, begin
from pathways.record import replaced
from pathways.rulebook import Rulebook, load_rulebook
from pathways.rulebook.locate import shipped

#: Which of the questions that are open to ask next.
Order = Callable[[Assessment, Sequence[str]], str]


def main() -> None:
    """Go through every scenario in every order, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the decided cases: a minute instead of several")
    quick = parser.parse_args().quick
    rulebook = load_rulebook()
    every = sorted(shipped("scenarios").glob("*.yaml" if quick else "**/*.yaml"))
    # The real cases, without those invented to cover the rules.
    files = [file for file in every if "covered" not in file.parts]
    cases = [read_case(file, rulebook) for file in files]
    orders: dict[str, Callable[[Case], int]] = {
        "as asked": lambda case: asked(rulebook, case, first),
        "what settles most, whatever the topic (greedy)": lambda case: asked(rulebook, case, greedy),
        "every question in the order of the files, until all is settled": lambda case: in_file_order(rulebook, case),
        "as asked, with all that only fills in more": lambda case: asked(rulebook, case, first, thorough=True),
    }
    counts = {name: [count(case) for case in cases] for name, count in orders.items()}
    ours, best, file_order = (list(counts.values())[at] for at in range(3))
    print(f"{len(cases)} scenarios, {len(rulebook.facts)} questions in the rules\n")
    print("| Order | Mean | Worst |\n|---|---|---|")
    for name, found in counts.items():
        print(f"| {name} | {mean(found):.1f} | {max(found)} |")
    print(f"\nAgainst greedy: {mean(ours) / mean(best):.3f}")
    print(f"Against the order of the files: {mean(ours) / mean(file_order):.2f}")


def asked(rulebook: Rulebook, case: Case, order: Order, thorough: bool = False) -> int:
    """How many questions it takes to settle what can be settled, when the person knows what the case says."""
    interview = started(rulebook, case)
    if thorough:
        interview = interview.go_on()
    count = 0
    while interview.question is not None:
        left = interview.left
        name = order(interview.assessment, left)
        interview = interview.with_answer(name, case.answers.get(name, Given("unknown")))
        count += 1
    return count


def first(_: Assessment, left: Sequence[str]) -> str:
    """The question that the interview asks next."""
    return left[0]


def greedy(assessment: Assessment, left: Sequence[str]) -> str:
    """The question that settles most now, on average over its answers."""
    return next((name for name in most_settling(assessment) if name in left), left[0])


def in_file_order(rulebook: Rulebook, case: Case) -> int:
    """The same, when every question is asked in turn, needed or not, until no answer can change a standing."""
    interview = started(rulebook, case)
    for count, name in enumerate(_in_files(rulebook)):
        if interview.question is None:
            return count
        interview = interview.with_answer(name, case.answers.get(name, Given("unknown")))
    return len(rulebook.facts)


def started(rulebook: Rulebook, case: Case) -> Interview:
    """An interview about a case, before its first answer."""
    return begin(rulebook, replaced(case, answers={}, about=()), case.as_of or "2026-07-18")


def _in_files(rulebook: Rulebook) -> Iterator[str]:
    for topic in rulebook.topics.values():
        yield from topic.facts


if __name__ == "__main__":
    main()
