"""The forms of names, references, dates and addresses in the project's files."""

from __future__ import annotations

import re
from typing import Any

from pathways.record import record
from pathways.shapes import BAD, Pattern, Reading
from pathways.yamlfile import Node, ScalarNode

ID = Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "a name in lower case with hyphens, such as `within-scope`", "bad-name")
FACT_ID = Pattern(
    r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*",
    "a fact's name with a dot, such as `officer.on-duty`",
    "bad-name",
)


@record
class NameOf(Pattern):
    """The name of something that another file declares: ``what`` it is a name of."""

    what: str = ""

    def read(self, node: Node, at: Reading) -> Any:
        name = Pattern.read(self, node, at)
        if name is not BAD:
            at.names.append((self.what, name))
        return name


def name_of(what: str) -> NameOf:
    """The name of an avenue, a table or the like."""
    return NameOf(ID.pattern, ID.expected, ID.code, what)


REFERENCE = NameOf(
    r"[a-z0-9-]+#[a-z0-9-]+|[a-z]+:[a-z0-9./-]+(?:\([A-Za-z0-9.-]+\))*",
    "a source such as `document#proposition` or `usc:28/1346(b)(1)`",
    "bad-source",
    "source",
)
AUTHORITY_ID = Pattern(r"[a-z]+:[a-z0-9./-]+", "an authority's name such as `usc:28/1346`", "bad-name")
PINPOINT = Pattern(r"(?:\([A-Za-z0-9.-]+\))+", "a pinpoint such as `(b)(1)`", "bad-name")


@record
class Day(Pattern):
    """A date, perhaps partial: of the form, and in the calendar."""

    def read(self, node: Node, at: Reading) -> Any:
        if isinstance(node, ScalarNode) and (said := out_of_range(node.value)):
            at.problems.error("wrong-form", said, at.place(node))
            return BAD
        text = Pattern.read(self, node, at)
        if text is not BAD and (full := _FULL_DATE.fullmatch(text)):
            year, month, day = map(int, full.groups())
            from calendar import monthrange

            if day > monthrange(year, month)[1]:
                at.problems.error("wrong-form", f"there is no day `{text}`", text.place)
                return BAD
        return text


#: The years of the dates that are read.
FIRST_YEAR, LAST_YEAR = 1700, 2199
_FULL_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ANY_YEAR = re.compile(r"([0-9]{4,6})(?:-[0-9]{1,2}(?:-[0-9]{1,2})?)?")


def out_of_range(text: str) -> str:
    """What is said of a date in a year that is not read; empty where the year is read, or it is no date."""
    found = _ANY_YEAR.fullmatch(text)
    if found is None or FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return ""
    return f"expected a date in a year from {FIRST_YEAR} to {LAST_YEAR}, found `{text}`"


DATE = Day(r"(?:1[789]|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "a date such as `2026-01-07`")
PARTIAL_DATE = Day(
    r"(?:1[789]|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?",
    "a date such as `2026-01-07`, `2026-01` or `2026`",
)
#: What stands where no day is expected.
NO_DAY = "none"
SHA256 = Pattern(r"[0-9a-f]{64}", "64 hexadecimal digits in lower case")
URL = Pattern(r"https?://[!-~]+", "an address that begins with `https://`")
