"""Every code has a bad file and the exact text that its author sees.

``tests/rulebook/bad/<code>/`` holds the files that are laid over the tiny rulebook, or a ``case.yaml``, and
``expected.txt``. ``UPDATE_SNAPSHOTS=1`` writes the texts anew: read them as an author would.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pathways.authoring.codes import codes
from pathways.yamlfile import MAX_BYTES
from tests.rulebook.codes import codes_in_source
from tests.rulebook.overlay import TINY, case_refusal, checked, tiny

BAD = Path(__file__).parent / "bad"
CODES = sorted(folder.name for folder in BAD.iterdir())

#: What cannot be kept in a folder of files.
PREPARED: dict[str, Callable[[Path], None]] = {
    "no-rulebook": lambda folder: (folder / "rules/rulebook.yaml").unlink(),
    "no-seeds": lambda folder: shutil.rmtree(folder / "seeds"),
    "no-such-file": lambda folder: (folder / "rules/context/more.yaml").symlink_to("nowhere.yaml"),
    "unreadable": lambda folder: (folder / "rules/context/more.yaml").symlink_to("more.yaml"),
    "too-large": lambda folder: os.truncate(folder / "rules/context/parcels.yaml", MAX_BYTES + 1),
}


#: What is seen only where citations can be parsed: with the extra `check`.
PARSED = ("bad-citation", "court-disagrees", "link-disagrees", "year-disagrees")


@pytest.mark.parametrize("code", CODES)
def test_an_author_sees(code: str, tmp_path: Path) -> None:
    if code in PARSED:
        pytest.importorskip("eyecite")
        pytest.importorskip("citeurl")
    bad = BAD / code
    if (bad / "case.yaml").exists():
        seen = case_refusal(Path(shutil.copy(bad / "case.yaml", tmp_path)))
        status = 2
    else:
        tiny(tmp_path)
        shutil.copytree(bad, tmp_path, dirs_exist_ok=True)
        if prepare := PREPARED.get(code):
            prepare(tmp_path)
        status, seen = checked(tmp_path)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        (bad / "expected.txt").write_text(seen, encoding="utf-8")
    assert seen == (bad / "expected.txt").read_text(encoding="utf-8")
    assert f"[{code}]" in seen
    assert status == codes()[code].exit


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    assert codes_in_source() == set(CODES)


def test_the_tiny_rulebook_itself_has_no_problem() -> None:
    assert checked(TINY) == (0, "")


def test_answers_that_no_rule_tells_apart_may_say_what_they_are_for(tmp_path: Path) -> None:
    tiny(tmp_path)
    bad = BAD / "unused-option"
    shutil.copytree(bad, tmp_path, dirs_exist_ok=True)
    facts = tmp_path / "rules" / "facts" / "parcel.yaml"
    text = facts.read_text(encoding="utf-8")
    found = "    find_out: The packing list.\n"
    assert text.count(found) == 1
    facts.write_text(text.replace(found, f"{found}    kept_apart: The carrier asks.\n"), encoding="utf-8")
    assert checked(tmp_path) == (0, "")
