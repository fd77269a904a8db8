"""Values and answers.

A :data:`ValueSet` is a set of values still possible, as three bits: ``NO``, ``DISPUTED``, ``YES``.
It is never empty. One bit set is a settled value; several bits are "not known".

An :class:`Answer` is the set of options of one variable that are still possible, and whether that
is a dispute (evidence on several sides) or merely not known.
"""

from __future__ import annotations

from typing import NamedTuple

ValueSet = int

NO: ValueSet = 1
DISPUTED: ValueSet = 2
YES: ValueSet = 4
UNKNOWN: ValueSet = NO | DISPUTED | YES

_NAMES = ((NO, "no"), (DISPUTED, "disputed"), (YES, "yes"))
_WORDS = dict(_NAMES)


def value_names(values: ValueSet) -> list[str]:
    """The possible values by name, in the order no, disputed, yes."""
    return [name for bit, name in _NAMES if values & bit]


def value_word(values: ValueSet) -> str:
    """``yes``, ``no`` or ``disputed`` when settled, else ``unknown``."""
    return _WORDS.get(values, "unknown")


class Answer(NamedTuple):
    """What is known of one variable.

    ``options`` is a bit mask over the variable's options (bit *i* is option *i*), never 0.
    ``disputed`` says that the options named stand against one another in the evidence;
    it means nothing when only one option is left.
    """

    options: int
    disputed: bool = False
