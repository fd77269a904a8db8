"""Where a source is cited: also in the reason of a condition that a court decides."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.rulebook.model import Condition
from pathways.rulebook.references import cited
from tests.places import shipped_rulebook


def below(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in condition.parts:
        yield from below(part)


def test_the_sources_of_conditions_are_cited_where_they_stand() -> None:
    rulebook = shipped_rulebook()
    found = cited(rulebook)
    outermost = [(f"finding {one.id}", one.holds_when) for one in rulebook.findings.values()]
    outermost += [(f"avenue {one.id}", condition) for one in rulebook.avenues.values() for condition in one.conditions]
    sourced = [(where, one) for where, condition in outermost for one in below(condition) if one.sources]
    assert len(sourced) > 50
    for where, condition in sourced:
        assert all(where in found[str(source)] for source in condition.sources)
