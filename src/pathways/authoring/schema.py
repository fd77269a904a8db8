"""JSON Schema of the rule files, for editors: made from the shapes that the loader reads them by.

An editor takes values as YAML 1.2 does: ``12`` and ``true`` are no text to it, and ``yes`` is. The loader takes
everything as text. So where any text may stand, a schema lets numbers and truth values stand too.
"""

from __future__ import annotations

import re
from typing import Any

from pathways.authoring.keys import key_words
from pathways.patterns import FACT_ID, ID, PARTIAL_DATE, REFERENCE
from pathways.rulebook import formats
from pathways.rulebook.conditions import WORDS
from pathways.rulebook.drafting import CONDITION, PROSE, PeriodShape
from pathways.rulebook.letter_formats import FormShape, PlainShape, TemplateShape
from pathways.shapes import (
    BLANK,
    LONGEST_NAME,
    Either,
    Field,
    Fields,
    Flag,
    Kept,
    ListOf,
    MapOf,
    Pattern,
    Shape,
    Text,
    Whole,
    Word,
)

Schema = dict[str, Any]

#: The kinds of rule files, by the name of their folder, and what a file of each holds.
KINDS: dict[str, Fields] = {"rulebook": formats.ABOUT, **formats.FOLDERS, "seeds": formats.DOCUMENT}

_DIALECT = "http://json-schema.org/draft-07/schema#"
#: What is text in a file may be a number or a truth value to an editor.
_SCALAR = ["string", "number", "boolean"]
#: Something, and no blank.
_NOT_EMPTY = rf"^(?!\s*{BLANK}\s*$)[\s\S]*\S"
_PERIOD = r"[1-9][0-9]{0,3} (?:working day|day|month|year)s?"
#: Scalars that an editor takes for numbers.
_NUMBERS = ("1", "12", "2026", "1.5", "1" * 64)
_TO_CONDITION = {"$ref": "#/definitions/condition"}


def folder_of(kind: str) -> str:
    """Where files of a kind stand, from the folder that holds the rulebook."""
    return {"rulebook": "rules/rulebook.yaml", "seeds": "seeds/"}.get(kind, f"rules/{kind}/")


def schema_of(kind: str) -> Schema:
    """The schema of one kind of file. Raises :class:`KeyError` if there is no such kind."""
    made = _Maker()
    body = made.of(KINDS[kind])
    return {
        "$schema": _DIALECT,
        "$id": f"urn:pathways:schema:rules:{kind}",
        "title": f"{KINDS[kind].what[:1].upper()}{KINDS[kind].what[1:]} ({folder_of(kind)})",
        **body,
        "definitions": made.definitions,
    }


class _Maker:
    """Makes one schema; mappings and conditions that stand in several places become definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self._named: list[tuple[Fields, str]] = []

    def of(self, shape: Shape) -> Schema:
        """The schema of a shape; of a mapping with fixed keys, its own body."""
        if isinstance(shape, Fields):
            return self._fields(shape)
        if isinstance(shape, Text):
            return {"type": _SCALAR, "pattern": _NOT_EMPTY, "maxLength": shape.longest}
        if isinstance(shape, (TemplateShape, FormShape, PlainShape)):
            return {"type": _SCALAR, "pattern": _NOT_EMPTY}
        if isinstance(shape, PeriodShape):
            return _pattern(_PERIOD, shape.expected)
        if isinstance(shape, Pattern):
            return _pattern(shape.pattern, shape.expected)
        if isinstance(shape, Whole):
            whole = r"^(?:0|-?[1-9][0-9]{0,5})$"
            return {"type": ["integer", "string"], "minimum": shape.least, "maximum": shape.most, "pattern": whole}
        if isinstance(shape, Flag):
            return {"enum": ["yes", "no"]}
        if isinstance(shape, Word):
            return {"enum": list(shape.words)}
        if isinstance(shape, ListOf):
            return {"type": "array", "items": self._part(shape.item), **({} if shape.empty else {"minItems": 1})}
        if isinstance(shape, MapOf):
            return self._map(shape)
        if isinstance(shape, Either):
            parts = [part for part in (shape.scalar, shape.sequence, shape.mapping) if part]
            return {"anyOf": [self._part(part) for part in parts]}
        if isinstance(shape, Kept) and shape.expected == CONDITION.expected:
            return self._condition()
        return {"type": [*_SCALAR, "null"]}

    def _part(self, shape: Shape) -> Schema:
        """The same where it stands inside another: a mapping with fixed keys by its name."""
        if not isinstance(shape, Fields):
            return self.of(shape)
        name = next((name for known, name in self._named if known is shape), "")
        if not name:
            name = self._new_name(shape)
            self._named.append((shape, name))
            self.definitions[name] = self._fields(shape)
        return {"$ref": f"#/definitions/{name}"}

    def _new_name(self, shape: Fields) -> str:
        plain = re.sub(r"[^a-z]+", "-", shape.what).strip("-")
        taken = sum(name == plain or name.startswith(f"{plain}-") for _, name in self._named)
        return f"{plain}-{taken + 1}" if taken else plain

    def _fields(self, shape: Fields) -> Schema:
        properties, required = {}, []
        for key, field in shape.fields.items():
            inner = self._part(field.shape if isinstance(field, Field) else field)
            properties[key] = _described(inner, key_words(shape.what, key))
            if not (isinstance(field, Field) and not field.required):
                required.append(key)
        return _object(properties, required)

    def _map(self, shape: MapOf) -> Schema:
        names: Schema = {"maxLength": LONGEST_NAME}
        if isinstance(shape.key, Pattern):
            names["pattern"] = f"^(?:{shape.key.pattern})$"
        made: Schema = {"type": "object", "propertyNames": names, "additionalProperties": self._part(shape.item)}
        return made if shape.empty else {**made, "minProperties": 1}

    def _condition(self) -> Schema:
        if "condition" not in self.definitions:
            self.definitions["condition"] = {}
            self.definitions["condition"] = _condition()
        return _TO_CONDITION


def _condition() -> Schema:
    """A condition: a name, or a mapping with one word of conditions or one fact."""
    several = {"type": "array", "items": _TO_CONDITION, "minItems": 1}
    because = _described(_Maker().of(PROSE), key_words("`contestable`", "because"))
    sources = {"type": "array", "items": _pattern(REFERENCE.pattern, REFERENCE.expected), "minItems": 1}
    day = _pattern(PARTIAL_DATE.pattern, PARTIAL_DATE.expected)
    ends: Schema = {**_object({"from": day, "before": day}, []), "minProperties": 1}
    said = {
        "all": several,
        "any": several,
        "at_least": _object(
            {
                "of": _described({"type": ["integer", "string"], "minimum": 1}, key_words("`at_least`", "of")),
                "these": _described(several, key_words("`at_least`", "these")),
            },
            ["of", "these"],
        ),
        "contestable": _object(
            {
                "that": _described(_TO_CONDITION, key_words("`contestable`", "that")),
                "because": because,
                "sources": _described(sources, key_words("`contestable`", "sources")),
            },
            ["that", "because"],
        ),
        "uncovered": _object(
            {
                "that": _described(_TO_CONDITION, key_words("`uncovered`", "that")),
                "because": _described(_Maker().of(PROSE), key_words("`uncovered`", "because")),
            },
            ["that", "because"],
        ),
        "passed": {"type": "string", "pattern": _NOT_EMPTY},
        "as_of": ends,
    }
    scalar = {"type": _SCALAR, "pattern": _NOT_EMPTY}
    answers = {
        "anyOf": [
            scalar,
            {"type": "array", "items": scalar, "minItems": 1},
            {"type": "object", "minProperties": 1, "maxProperties": 2},
        ]
    }
    return {
        "anyOf": [
            {"type": "string", "pattern": f"^(?:{ID.pattern}|{FACT_ID.pattern})$"},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": {word: said.get(word, _TO_CONDITION) for word in WORDS},
                "patternProperties": {f"^(?:{FACT_ID.pattern})$": answers},
                "additionalProperties": False,
            },
        ]
    }


def _object(properties: Schema, required: list[str]) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**made, "required": required} if required else made


def _described(schema: Schema, words: str) -> Schema:
    """A schema with a description; beside a reference one would not be read."""
    return {"description": words, "allOf": [schema]} if "$ref" in schema else {"description": words, **schema}


def _pattern(pattern: str, expected: str) -> Schema:
    number = any(re.fullmatch(pattern, text) for text in _NUMBERS)
    return {
        "type": ["string", "number"] if number else "string",
        "pattern": f"^(?:{pattern})$",
        "examples": re.findall(r"`([^`]+)`", expected),
    }
