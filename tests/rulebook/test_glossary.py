"""Terms of art: read, checked, and cited like everything else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pathways.rulebook import load_rulebook
from pathways.rulebook.check import check_rulebook
from pathways.rulebook.references import cited
from tests.interview.library import LIBRARY
from tests.places import shipped_rulebook


def problems(tmp_path: Path, glossary: str) -> list[tuple[str, str]]:
    """What is wrong with the library's rules when its glossary says this."""
    shutil.copytree(LIBRARY, tmp_path / "library")
    (tmp_path / "library" / "rules" / "glossary" / "terms.yaml").write_text(glossary)
    return [(one.code, one.message) for one in check_rulebook(tmp_path / "library")[1] if one.level == "error"]


def test_a_term_has_other_words_and_sources() -> None:
    term = load_rulebook(LIBRARY).terms["reference-copy"]
    assert term.names == ("reference copy", "desk copy", "reference book")
    assert term.sources


def test_what_is_kept_compiled_is_the_same() -> None:
    assert [term.id for term in load_rulebook(LIBRARY).terms.values()] == ["reference-copy"]


def test_the_sources_of_terms_count_as_cited() -> None:
    found = cited(shipped_rulebook())
    assert "term tolling" in found["case:united-states-v-wong"]


@pytest.mark.parametrize(
    ("glossary", "code", "said"),
    [
        (
            "terms:\n  a: {term: Loan, means: M., sources: [RULES]}\n"
            "  b: {term: Due, also: [loan], means: M., sources: [RULES]}\n",
            "duplicate-name",
            "`loan` is declared twice",
        ),
        (
            "terms:\n  a: {term: Loan, means: M., sources: [house-rules#nothing]}\n",
            "unknown-source",
            "house-rules#nothing",
        ),
        ("terms:\n  a: {term: Loan, means: M.}\n", "missing-key", "sources"),
        ("terms:\n  a: {term: Loan, meaning: M., sources: [RULES]}\n", "unknown-key", "meaning"),
        ("terms: []\n", "wrong-type", "mapping"),
    ],
    ids=["twice", "no such source", "no source", "misspelt", "a list"],
)
def test_what_is_wrong_is_said(tmp_path: Path, glossary: str, code: str, said: str) -> None:
    known = load_rulebook(LIBRARY).terms["reference-copy"].sources[0]
    found = problems(tmp_path, glossary.replace("RULES", f'"{known}"'))
    assert any(one == code and said in message for one, message in found), found
