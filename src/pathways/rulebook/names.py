"""Names in conditions and answers: which findings a condition speaks of, which answer a label means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pathways.rulebook.model import Fact
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode


def finding_names(node: Node) -> Iterator[ScalarNode]:
    """Every scalar of a condition that stands where a finding's name would."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ScalarNode):
            yield part
        elif isinstance(part, MappingNode):
            for key, value in part.value:
                if not isinstance(key, ScalarNode):
                    continue
                if key.value in ("all", "any", "these") and isinstance(value, SequenceNode):
                    waiting += value.value
                elif key.value in (
                    "not",
                    "clearly",
                    "arguably",
                    "disputed",
                    "that",
                    "at_least",
                    "contestable",
                    "uncovered",
                ):
                    waiting.append(value)


def option_labelled(fact: Fact, text: str) -> str:
    """The answer whose label reads so, or is the only one with that word in it; else an empty string."""
    wanted = text.casefold()
    labels = {option.id: option.label.casefold() for option in fact.options}
    same = [name for name, label in labels.items() if label == wanted]
    holding = [name for name, label in labels.items() if wanted in re.findall(r"\w+", label)]
    return same[0] if same else holding[0] if len(holding) == 1 else ""
