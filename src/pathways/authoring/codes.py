"""What the codes of problems mean, with an example and the way to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pathways.record import record

FILE = Path(__file__).with_name("codes.yaml")


@record
class Code:
    """One kind of problem.

    ``example`` is a line that has it, empty where it is none of a file; ``exit`` how ``command`` ends where there is no
    other problem.
    """

    name: str
    means: str
    mend: str
    exit: int
    example: str = ""
    command: str = "rules check"


@cache
def codes() -> Mapping[str, Code]:
    """Every code that this program reports, in the order of the alphabet."""
    import yaml

    read = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: Code(name, **fields) for name, fields in sorted(read.items())}
