"""The interview as values: where it stands, what a typed line means, what is said. Nothing here reads or writes.

A step is a function from one :class:`Interview` to the next, so going back, resuming and reviewing are
only other steps.
"""

from pathways.interview.dispute import dispute_between, plain_dispute
from pathways.interview.late import LateDates
from pathways.interview.state import Interview, begin, new_case
from pathways.interview.understand import Answered, Command, Meaning, Order, Unclear, understand

__all__ = [
    "Answered",
    "Command",
    "Interview",
    "LateDates",
    "Meaning",
    "Order",
    "Unclear",
    "begin",
    "dispute_between",
    "new_case",
    "plain_dispute",
    "understand",
]
