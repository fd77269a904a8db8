"""Rule files as an editor takes them: values by the core schema of YAML 1.2, held against a JSON Schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from pathways.authoring.schema import schema_of


class _Core(yaml.CSafeLoader):
    """YAML 1.2: ``no`` and ``2024-01-02`` are text, ``12`` and ``true`` are not."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - what it is called there


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def kind_of(name: str) -> str:
    """The kind of rule file that stands at a place such as ``rules/avenues/refund.yaml``."""
    parts = Path(name).parts
    return "seeds" if parts[0] == "seeds" else parts[1] if len(parts) > 2 else "rulebook"


def complaints(kind: str, path: Path) -> list[str]:
    """What an editor underlines in a file."""
    data = yaml.load(path.read_text(encoding="utf-8"), _Core)  # a safe loader
    return [
        f"{'.'.join(map(str, one.absolute_path))}: {one.message}"
        for one in Draft7Validator(schema_of(kind)).iter_errors(data)
    ]
