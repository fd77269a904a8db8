"""Writing a case file: atomically, readable by its owner alone, and read back the same."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pathways.case.model import Case, Given, Said
from pathways.yamlfile import without_forbidden_characters

_NEVER_PLAIN = frozenset("-?:,[]{}#&*!|>'\"%@`=")
UNTITLED = "Untitled"
#: A colon before anything but a letter, a digit or a slash may end a key, also inside braces.
_COLON = re.compile(r":(?![A-Za-z0-9/])")


def save_case(case: Case, path: Path) -> None:
    """Write ``case`` to ``path``: a new file, flushed to disk, then put in the place of the old one; mode 0600.

    A symbolic link is followed, so that the file it names is replaced; what is not a file (a device, a pipe) never is.
    Raises :class:`OSError` with the old file untouched.
    """
    import tempfile

    text = case_text(case)
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link that leads to itself", str(path))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a file", str(path))
    # Its mode is 0600 from the start.
    handle, temporary = tempfile.mkstemp(prefix=".case-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # The file is in its place; not every system lets a folder be flushed.
    with suppress(OSError):
        directory = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def case_text(case: Case) -> str:
    """The case as YAML, in the order in which things were said."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"case: {quoted(case.title.strip() or UNTITLED)}"
    if case.story.strip():
        yield f"story: {quoted(case.story)}"
    if case.as_of:
        yield f"as_of: {case.as_of}"
    if case.about:
        yield f"about: [{', '.join(case.about)}]"
    if case.decided:
        yield "decided:"
        yield f"  by: {quoted(case.decided.by)}"
        yield f"  holding: {quoted(case.decided.holding)}"
    yield "answers:" if case.answers else "answers: {}"
    for name, given in case.answers.items():
        yield from _answer(name, given)
    if case.expect:
        yield "expect:"
        yield from _expectations(case)


def _answer(name: str, given: Given) -> Iterator[str]:
    if given.kind == "unknown" and not given.said:
        yield f"  {name}: unknown"
    elif given.kind == "one-of":
        yield f"  {name}: {{one_of: [{', '.join(map(quoted, given.options))}]}}"
    elif given.kind == "disputed" and given.said:
        yield f"  {name}:"
        yield "    disputed:"
        for said in given.said:
            yield f"      - {_said(said)}"
    elif given.kind == "disputed":
        yield f"  {name}: disputed"
    elif given.said:
        yield f"  {name}: {_said(given.said[0])}"
    else:
        yield f"  {name}: {quoted(given.options[0])}"


def _said(said: Said) -> str:
    parts = [f"answer: {quoted(said.answer)}"]
    if said.by.strip():
        parts.append(f"by: {quoted(said.by)}")
    if said.note.strip():
        parts.append(f"note: {quoted(said.note)}")
    if said.sources:
        parts.append(f"sources: [{', '.join(quoted(source) for source in said.sources)}]")
    return "{" + ", ".join(parts) + "}"


def _expectations(case: Case) -> Iterator[str]:
    tree: dict[str, object] = {}
    for expectation in case.expect:
        at = tree
        for step in expectation.path[:-1]:
            at = at.setdefault(step, {})  # type: ignore[assignment]
        leaf = expectation.path[-1]
        if leaf in ("because", "could_become"):
            at.setdefault(leaf, []).append(expectation.expected)  # type: ignore[attr-defined]
        else:
            at[leaf] = expectation.expected
    yield from _tree(tree.items(), "  ")


def _tree(items: Iterable[tuple[str, object]], indent: str) -> Iterator[str]:
    for key, value in items:
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _tree(value.items(), indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}: [{', '.join(value)}]"
        else:
            yield f"{indent}{key}: {value}"


def quoted(text: str) -> str:
    """A YAML scalar that reads back as this text: plain where that is safe, else in double quotes.

    White space is one space, as in every text of a case; a character that no file may hold becomes U+FFFD, so that what
    was written can always be read again.
    """
    text = without_forbidden_characters(" ".join(text.split()))
    plain = (
        text
        and text[0] not in _NEVER_PLAIN
        and not any(sign in text for sign in (" #", ",", "[", "]", "{", "}", '"'))
        and not _COLON.search(text)
        and text not in ("~", "null", "Null", "NULL")
    )
    if plain:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
