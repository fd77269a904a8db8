"""Decided cases that come closest to a case: by the answers that both have, and the hurdles on which both hang."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from pathways.assessment.model import Assessment, Standing
from pathways.case import Case
from pathways.record import record


@record
class Closest:
    """A decided case beside another: the questions that both answer alike, and those that they answer otherwise.

    Questions whose answers tell most come first. ``hurdles`` are parts of avenues, as ``(avenue, part)``, which the
    court's holding names and on which the standing of that avenue hangs in the other case as well.
    """

    case: Case
    alike: tuple[str, ...]
    otherwise: tuple[str, ...]
    hurdles: tuple[tuple[str, str], ...]


def closest_cases(assessment: Assessment, decided: Sequence[Case], most: int) -> tuple[Closest, ...]:
    """The decided cases that come closest, at most ``most``: they share an answer, and a part that is decisive here.

    Shared answers make a case close. Of the shared parts only the most telling one adds to that, and only where its
    avenue is known to apply here: else a ruling on an avenue that has nothing to do with the case would come first for
    the many parts that it names. An answer or a part weighs more the fewer of the decided cases have it: that an
    officer was on duty tells little, that a car was moving tells much. What they answer otherwise counts against a
    case, half as much.
    """
    dates = {name for name, fact in assessment.rulebook.facts.items() if fact.kind == "date"}
    own = {name: options for name, options in _answers(assessment.case).items() if name not in dates}
    decisive = {(result.avenue.id, part) for result in assessment.avenues for part in result.decisive}
    applies = {one.avenue.id for one in assessment.avenues if Standing.NOT_APPLICABLE not in one.could_become}
    with_answer = Counter(pair for case in decided for pair in _answers(case).items())
    with_hurdle = Counter(pair for case in decided for pair in set(_decided_on(case)))
    ranked = []
    for case in decided:
        hurdles = tuple(dict.fromkeys(pair for pair in _decided_on(case) if pair in decisive))
        if not hurdles or case.title == assessment.case.title:
            continue
        theirs = {name: options for name, options in _answers(case).items() if name in own}
        weights = {name: log(len(decided) / with_answer[name, options]) for name, options in theirs.items()}
        alike = sorted((name for name in theirs if theirs[name] == own[name]), key=lambda name: (-weights[name], name))
        otherwise = sorted((name for name in theirs if theirs[name] != own[name]), key=lambda name: -weights[name])
        if not alike:
            continue
        score = (
            max((log(len(decided) / with_hurdle[pair]) for pair in hurdles if pair[0] in applies), default=0.0)
            + sum(weights[name] for name in alike)
            - sum(weights[name] for name in otherwise) / 2
        )
        ranked.append((-score, case.title, Closest(case, tuple(alike), tuple(otherwise), hurdles)))
    return tuple(found for score, _, found in sorted(ranked, key=lambda one: one[:2])[:most] if score < 0)


def _answers(case: Case) -> dict[str, tuple[str, ...]]:
    """What is known or disputed, by question: the options, in a fixed order."""
    return {name: tuple(sorted(set(given.options))) for name, given in case.answers.items() if given.kind != "unknown"}


def _decided_on(case: Case) -> Iterable[tuple[str, str]]:
    """The elements and hurdles that a court's holding names, as they are written in what the case expects."""
    for expectation in case.expect:
        if expectation.path[0] == "avenues" and len(expectation.path) > 2:
            avenue, kind = expectation.path[1:3]
            if kind == "because":
                yield avenue, expectation.expected.rpartition(":")[2].strip()
            elif kind in ("hurdles", "elements") and len(expectation.path) > 3:
                yield avenue, expectation.path[3]
