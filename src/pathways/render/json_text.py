"""JSON as text: stable, and nothing in it that does not print as itself."""

from __future__ import annotations

import json

from pathways.yamlfile import forbidden_character


def to_json(data: object) -> str:
    """Stable JSON in one line, for programs; control characters and characters that change direction are escaped.

    Indenting it would take longer than assessing a case; ``python -m json.tool`` does it for a reader.
    """
    text = json.dumps(data, ensure_ascii=False)
    if text.isprintable() or not forbidden_character(text):
        return text
    return "".join(json.dumps(sign)[1:-1] if forbidden_character(sign) else sign for sign in text)


def to_ascii(text: str) -> str:
    """The same JSON with every sign beyond ASCII escaped, for an output that cannot hold them."""
    return json.dumps(json.loads(text))
