"""Holding the digests against the documents: hashes, locators, and that no sentence is copied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from pathways.diagnostics import Place, Problem
from pathways.rulebook import Rulebook, read_rulebook
from pathways.rulebook.sources import Document, Proposition

#: So many words in a row, the same in digest and document, are a copy and not a paraphrase.
COPIED_WORDS = 9


def verify_documents(folder: Path, documents: Path) -> tuple[Rulebook, list[Problem]]:
    """The rulebook read from its files, and everything in its digests that does not fit the documents.

    A document is known by its SHA-256, whatever its file is called.
    """
    rulebook = read_rulebook(folder)
    texts = {}
    for path in sorted(documents.iterdir()):
        if path.is_file():
            data = path.read_bytes()
            texts[hashlib.sha256(data).hexdigest()] = data.decode("utf-8", "replace")
    problems: list[Problem] = []
    for document in rulebook.documents.values():
        text = texts.get(document.sha256)
        if text is None:
            problems.append(
                Problem(
                    "document-not-found",
                    f"no file in {documents} has the SHA-256 of document `{document.id}`",
                    document.place or Place("seeds"),
                    help="the document was changed, or is not in this folder",
                )
            )
        else:
            problems.extend(_document(document, text))
    return rulebook, sorted(problems, key=lambda problem: problem.order)


def _document(document: Document, text: str) -> Iterator[Problem]:
    lines = text.split("\n")
    runs = _runs(_words(text))
    for proposition in document.propositions.values():
        place = proposition.place or Place("seeds")
        name = f"`{document.id}#{proposition.id}`"
        yield from _locator(proposition, lines, name, place)
        compared = proposition.compare.text if proposition.compare else ""
        for copied in sorted({_words(proposition.says)} | {_words(compared)}):
            same = [run for run in _runs(copied) if run in runs]
            if same:
                yield Problem(
                    "copied", f"{name} copies its document: “{' '.join(same[0])}”", place, help="say it in other words"
                )


def _locator(proposition: Proposition, lines: list[str], name: str, place: Place) -> Iterator[Problem]:
    first, last = proposition.first_line, proposition.last_line
    where = f"line {first}" if first == last else f"lines {first}-{last}"
    if last > len(lines) or not any(line.strip() for line in lines[first - 1 : last]):
        yield Problem(
            "no-such-line", f"{name} names {where}, where the document has no text ({len(lines)} lines)", place
        )
        return
    there = " ".join(lines[first - 1 : last]).lower()
    missing = [word for word in proposition.words if word.lower() not in there]
    if missing:
        shown = ", ".join(f"“{word}”" for word in missing)
        yield Problem("not-on-that-line", f"{name} names {where}, where {shown} does not stand", place)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.lower()))


def _runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[at : at + COPIED_WORDS] for at in range(len(words) - COPIED_WORDS + 1)}
