"""Which avenues and claims a condition can make a difference to."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.authoring.restated import walk
from pathways.record import record
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Condition, Deadline


@record
class Written:
    """A condition as it stands in the rules: in which avenue, finding or claim, and which those are that it reaches.

    ``inside`` is the word of the condition that it stands directly in, or an empty string. ``excuse`` is the condition
    (itself, or one around it) of which the rules say why no scenario shows it.
    """

    condition: Condition
    kind: str
    name: str
    avenues: tuple[str, ...]
    findings: tuple[str, ...]
    claims: tuple[str, ...]
    inside: str = ""
    excuse: Condition | None = None

    def concerns(self, avenue: str) -> bool:
        """Whether it makes a difference to this avenue and to no other; to ``""`` every condition does."""
        return not avenue or self.avenues == (avenue,)

    @property
    def excused(self) -> str:
        """The reason why no scenario shows it, or an empty string."""
        return self.excuse.uncovered if self.excuse else ""


def written(rulebook: Rulebook) -> Iterator[Written]:
    """Every condition of a rulebook and everything below it, in the order of findings, avenues and claims."""
    reach = _Reach(rulebook)
    for name, finding in rulebook.findings.items():
        findings = reach.findings_over(name)
        avenues = tuple(one for one, uses in reach.avenues.items() if uses & findings)
        claims = tuple(one for one, uses in reach.claims.items() if uses & findings)
        ordered = tuple(one for one in rulebook.findings if one in findings)
        for part, inside, excuse in _parts(finding.holds_when):
            yield Written(part, "finding", name, avenues, ordered, claims, inside, excuse)
    for name, avenue in rulebook.avenues.items():
        for condition in avenue.conditions:
            for part, inside, excuse in _parts(condition):
                yield Written(part, "avenue", name, (name,), (), (), inside, excuse)
    for name, claim in rulebook.claims.items():
        for remark in claim.in_this_case:
            for part, inside, excuse in _parts(remark.when) if remark.when else ():
                yield Written(part, "claim", name, (), (), (name,), inside, excuse)


def read_by_a_clock(rulebook: Rulebook, one: Written, avenue: str) -> bool:
    """Whether a clock of an avenue asks a condition, so that what it does is not to be seen in the logic alone."""
    return any(clocks_reading(rulebook, one, avenue))


def clocks_reading(rulebook: Rulebook, one: Written, avenue: str) -> Iterator[Deadline]:
    """The deadlines whose clock asks a condition: when the act that meets them was done, or whether it is too late."""
    for deadline in rulebook.avenues[avenue].deadlines:
        clock = deadline.clock
        read = (clock.met_when, deadline.missed_when) if clock else ()
        asked = [part for condition in read if condition for part in walk(condition)]
        if any(part is one.condition or (part.op == "finding" and part.name in one.findings) for part in asked):
            yield deadline


def _parts(
    condition: Condition, inside: str = "", excuse: Condition | None = None
) -> Iterator[tuple[Condition, str, Condition | None]]:
    """A condition and everything below it, each with the word it stands in and with what excuses it."""
    excuse = condition if condition.uncovered else excuse
    yield condition, inside, excuse
    for part in condition.parts:
        yield from _parts(part, condition.op, excuse)


class _Reach:
    def __init__(self, rulebook: Rulebook) -> None:
        #: The findings that each finding names itself.
        self.uses = {name: _named(one.holds_when) for name, one in rulebook.findings.items()}
        self.avenues = {
            name: frozenset(one for condition in avenue.conditions for one in _below(condition, self.uses))
            for name, avenue in rulebook.avenues.items()
        }
        self.claims = {
            name: frozenset(
                one for remark in claim.in_this_case if remark.when for one in _below(remark.when, self.uses)
            )
            for name, claim in rulebook.claims.items()
        }

    def findings_over(self, name: str) -> frozenset[str]:
        """A finding and those that rest on it."""
        found = {name}
        while more := {other for other, uses in self.uses.items() if uses & found} - found:
            found |= more
        return frozenset(found)


def _named(condition: Condition) -> frozenset[str]:
    return frozenset(part.name for part in walk(condition) if part.op == "finding")


def _below(condition: Condition, uses: dict[str, frozenset[str]]) -> frozenset[str]:
    """The findings that a condition names, and those that these rest on."""
    found = _named(condition)
    while more := frozenset(other for name in found for other in uses[name]) - found:
        found |= more
    return found
