"""What stands for what in two rulebooks: names that are the same, or declared as old names in the newer one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pathways.rulebook import Rulebook
from pathways.rulebook.renamed import Gone


class Matching:
    """The names of an older rulebook in a newer one. What has no counterpart keeps its name."""

    def __init__(self, old: Rulebook, new: Rulebook) -> None:
        self.old = old
        self.new = new

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Every question of the old rulebook by its name in the new one."""
        return _names(self.old.facts, self.new.facts, self.new.about.renamed.facts)

    @cached_property
    def avenues(self) -> Mapping[str, str]:
        """Every avenue of the old rulebook by its name in the new one."""
        return _names(self.old.avenues, self.new.avenues, self.new.about.renamed.avenues)

    def answers(self, fact: str) -> Mapping[str, str]:
        """Every answer of an old question by its name in the new rulebook."""
        other = self.new.facts.get(self.facts[fact])
        gone = self.new.about.renamed.options.get(self.facts[fact], {})
        return _names(self.old.facts[fact].answers, other.answers if other else (), gone)

    def inside(self, name: str) -> str:
        """The name of something in an avenue (``avenue/id``) in the new rulebook."""
        avenue, mark, part = name.partition("/")
        return f"{self.avenues.get(avenue, avenue)}{mark}{part}"


def _names(old: object, new: object, renamed: Mapping[str, Gone]) -> Mapping[str, str]:
    known = set(new)  # type: ignore[call-overload]
    return {
        name: name if name in known or name not in renamed else renamed[name].new or name
        for name in old  # type: ignore[attr-defined]
    }
