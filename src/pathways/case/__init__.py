"""The answers about one incident: a saved interview, a scripted scenario and a test are the same file."""

from pathways.case.model import Case, Decided, Expectation, Given, Said, dates_after, lies_after
from pathways.case.read import read_case
from pathways.case.write import case_text, save_case

__all__ = [
    "Case",
    "Decided",
    "Expectation",
    "Given",
    "Said",
    "case_text",
    "dates_after",
    "lies_after",
    "read_case",
    "save_case",
]
