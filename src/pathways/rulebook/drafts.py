"""Every file of a rulebook as read, before names are looked up."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pathways.diagnostics import Place, Problem, Problems, nearest
from pathways.record import record
from pathways.rulebook import formats
from pathways.rulebook.drafting import Draft
from pathways.rulebook.files import is_folder_unread, rule_files, sha256_of
from pathways.rulebook.references import split_pinpoint
from pathways.shapes import BAD, Reading
from pathways.yamlfile import YamlFile, compose, rough_text, shown_name

#: Problems with a name that may stand in a file that could not be read, and the folders it would be declared in.
_DECLARED_IN = {
    "unknown-fact": ("facts",),
    "unknown-topic": ("facts",),
    "unknown-finding": ("findings",),
    "unknown-avenue": ("avenues",),
    "unknown-table": ("tables",),
    "unknown-column": ("tables",),
    "unknown-source": ("authorities", "jurisdictions"),
    "unknown-deadline": ("avenues",),
    "unknown-option": ("tables", "jurisdictions"),
    "unknown-starter": (),
}


@record
class Unread:
    """A file with something wrong in it: its folder, its text where it has one, and what it refers to."""

    folder: str
    text: str | None
    refers: Reading | None = None

    def may_declare(self, name: str, folders: Collection[str]) -> bool:
        """Whether a name may be declared in it: as a key, or after one such as ``avenue:``.

        A colon may be what is missing, and the key what is misspelled.
        """
        name = rf"[\"']?{re.escape(name)}[\"']?"
        declared = rf"^\s*{name}\s*(?:[:#{{\[]|$)|[{{,]\s*{name}\s*:|^[\w-]+(?:\s*:\s*|\s+){name}\s*(?:#|$)"
        return self._holds(declared, folders)

    def may_hold(self, key: str, value: str, folders: Collection[str]) -> bool:
        """Whether ``key: value`` may stand in it, such as ``id: six-months``; the colon may be missing."""
        return self._holds(rf"\b{key}(?:\s*:\s*|\s+)[\"']?{re.escape(value)}[\"']?\s*(?:[,}}#]|$)", folders)

    def _holds(self, pattern: str, folders: Collection[str]) -> bool:
        if self.folder and self.folder not in folders:
            return False
        return self.text is None or re.search(pattern, self.text, re.MULTILINE) is not None


@dataclass(slots=True)
class Drafts:
    """Every file as read, before names are looked up."""

    about: Draft | None = None
    by_folder: dict[str, list[Draft]] = field(default_factory=dict)
    documents: list[Draft] = field(default_factory=list)
    files: list[YamlFile] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    sha256: str = ""
    #: Whether the folder with the documents is there at all.
    documented: bool = True

    def not_placed(self, name: str) -> None:
        """Remember a file that was read, by its name, and whose row or cells have no place in a table."""
        self.unread += (Unread("jurisdictions", file.text) for file in self.files if file.name == name)

    def names_document(self, problem: Problem) -> bool:
        """Whether a problem is with a reference into a document, such as ``leaflet#refunds``."""
        return problem.code == "unknown-source" and "#" in problem.message

    def explain(self, problem: Problem) -> bool:
        """Whether a name may be unknown only because the file that declares it could not be read."""
        folders = _DECLARED_IN.get(problem.code)
        quoted = re.findall(r"`([^`]*)`", problem.message)
        if folders is None or not quoted:
            return False
        if problem.code == "unknown-deadline":
            avenue, _, name = quoted[0].rpartition("/")
            # Without its avenue before it, it is one of the file in which it is named.
            return any(
                unread.may_hold("id", name, folders) and (not avenue or unread.may_hold("avenue", avenue, folders))
                for unread in self.unread
            )
        if problem.code == "unknown-column" and not problem.message.startswith("no column"):
            return False  # Of a table that was read.
        if problem.code == "unknown-option":
            # Of a cell: which row has the word may stand in a file that fills rows.
            table = problem.message.startswith("no row of table")
            return table and any(unread.may_hold(r"[\w-]+", quoted[1], folders) for unread in self.unread)
        if self.names_document(problem):
            if not self.documented:
                return True
            folders = ("seeds",)
        document, _, name = split_pinpoint(quoted[0])[0].rpartition("#")
        return any(
            unread.may_declare(name, folders) and (not document or unread.may_declare(document, folders))
            for unread in self.unread
        )


def read_drafts(folder: Path, problems: Problems) -> Drafts:
    """Every rule file and digest below ``folder``, with a problem for whatever could not be read."""
    drafts = Drafts(by_folder={name: [] for name in formats.FOLDERS}, documented=(folder / "seeds").is_dir())
    if not (folder / "rules").is_dir():
        problems.error(
            "no-rulebook",
            "no folder `rules` is here",
            Place(shown_name(folder)),
            help="name a folder that holds `rules/` and `seeds/`",
        )
        return drafts
    described = False
    for path in rule_files(folder):
        relative = path.relative_to(folder)
        shape: Any = None
        if is_folder_unread(path):
            # To read it fails, as to look into it did; the problem is the same.
            compose(path, problems)
            holds = "seeds" if relative.parts[0] == "seeds" else "".join(relative.parts[1:2])
            drafts.unread.append(Unread(holds, None))
            described = described or relative.parts == ("rules",)
            continue
        if relative.parts == ("rules", "rulebook.yaml"):
            shape = formats.ABOUT
            described = True
        elif relative.parts[0] == "seeds":
            shape = formats.DOCUMENT
        elif len(relative.parts) > 2:
            shape = formats.FOLDERS.get(relative.parts[1])
        if shape is None:
            near = nearest(relative.parts[1], formats.FOLDERS) if len(relative.parts) > 2 else ""
            folders = ", ".join(f"rules/{name}/" for name in formats.FOLDERS)
            problems.error(
                "misplaced-file",
                "no kind of rule file belongs here",
                Place(shown_name(path)),
                help=f"did you mean `rules/{near}/`?"
                if near
                else f"put it in one of {folders}; only `rulebook.yaml` stands in `rules/`",
            )
            drafts.unread.append(Unread("", rough_text(path)))
            continue
        before = problems.error_count
        file = compose(path, problems)
        if file is not None and file.root is None:
            problems.error("empty", f"expected {shape.expected}, found an empty file", Place(file.name))
        read: Any = BAD
        at = None
        if file is not None and file.root is not None:
            drafts.files.append(file)
            at = Reading(file, problems)
            read = shape.read(file.root, at)
        if problems.error_count > before:
            text = file.text if file is not None else rough_text(path)
            holds = relative.parts[1] if len(relative.parts) > 2 else relative.parts[0]
            drafts.unread.append(Unread(holds, text, at if read is BAD else None))
        if read is BAD:
            continue
        if shape is formats.ABOUT:
            drafts.about = read
        elif shape is formats.DOCUMENT:
            drafts.documents.append(read)
        else:
            drafts.by_folder[relative.parts[1]].append(read)
    if not described:
        problems.error("no-rulebook", "no file `rules/rulebook.yaml` is here", Place(shown_name(folder)))
    if not problems.error_count:
        drafts.sha256 = sha256_of(folder)
    return drafts
