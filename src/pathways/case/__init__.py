"""The answers about one incident: a saved interview, a scripted scenario and a test are the same file."""

from pathways.case.decided import decided_cases
from pathways.case.erase import erase_case, files_based_on, looks_like_a_case
from pathways.case.files import read_case
from pathways.case.model import Case, Change, Decided, Expectation, Given, Said, dates_after, lies_after
from pathways.case.redact import Removed, redacted_case
from pathways.case.write import ChangedError, case_text, digest_of, save_again, save_case, write_private

__all__ = [
    "Case",
    "Change",
    "ChangedError",
    "Decided",
    "Expectation",
    "Given",
    "Removed",
    "Said",
    "case_text",
    "dates_after",
    "decided_cases",
    "digest_of",
    "erase_case",
    "files_based_on",
    "lies_after",
    "looks_like_a_case",
    "read_case",
    "redacted_case",
    "save_again",
    "save_case",
    "write_private",
]
