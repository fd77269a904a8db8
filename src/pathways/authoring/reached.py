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

    ``excuse`` is the condition (itself, or one around it) of which the rules say why no scenario shows it.
    """

    condition: Condition
    kind: str
    name: str
    avenues: tuple[str, ...]
    findings: tuple[str, ...]
    claims: tuple[str, ...]
    excuse: Condition | None = None

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
        for part, excuse in _with_excuse(finding.holds_when):
            yield Written(part, "finding", name, avenues, ordered, claims, excuse)
    for name, avenue in rulebook.avenues.items():
        for condition in avenue.conditions:
            for part, excuse in _with_excuse(condition):
                yield Written(part, "avenue", name, (name,), (), (), excuse)
    for name, claim in rulebook.claims.items():
        for remark in claim.in_this_case:
            for part, excuse in _with_excuse(remark.when) if remark.when else ():
                yield Written(part, "claim", name, (), (), (name,), excuse)


def says_when_met(rulebook: Rulebook, one: Written, avenue: str) -> bool:
    """Whether a condition says when the act that meets a deadline of an avenue was done: the clocks ask that."""
    return any(clocks_met(rulebook, one, avenue))


def clocks_met(rulebook: Rulebook, one: Written, avenue: str) -> Iterator[Deadline]:
    """The deadlines of an avenue of which a condition says when the act that meets them was done."""
    for deadline in rulebook.avenues[avenue].deadlines:
        asked = walk(deadline.clock.met_when) if deadline.clock and deadline.clock.met_when else ()
        if any(part is one.condition or (part.op == "finding" and part.name in one.findings) for part in asked):
            yield deadline


def _with_excuse(condition: Condition, excuse: Condition | None = None) -> Iterator[tuple[Condition, Condition | None]]:
    excuse = condition if condition.uncovered else excuse
    yield condition, excuse
    for part in condition.parts:
        yield from _with_excuse(part, excuse)


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
