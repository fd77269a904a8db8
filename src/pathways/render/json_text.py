"""JSON as text: stable, and nothing in it that does not print as itself."""

from __future__ import annotations

import json


def to_json(data: object) -> str:
    """Stable JSON in one line, for programs; every sign beyond ASCII and every control character is escaped.

    So it goes through any terminal and any encoding as it is. To indent it would take longer than to assess a case;
    ``python -m json.tool --no-ensure-ascii`` does it for a reader.
    """
    return json.dumps(data)
