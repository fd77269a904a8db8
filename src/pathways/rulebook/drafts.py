"""Every file of a rulebook as read, before names are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pathways.diagnostics import Place, Problem, Problems, nearest
from pathways.rulebook import formats
from pathways.rulebook.files import fingerprint, rule_files
from pathways.rulebook.formats import Draft
from pathways.rulebook.references import split_pinpoint
from pathways.shapes import BAD, Reading
from pathways.yamlfile import YamlFile, compose, rough_text, shown_name

#: Problems with a name that may stand in a file that could not be read.
_DANGLING = ("unknown-fact", "unknown-finding", "unknown-avenue", "unknown-table", "unknown-topic", "unknown-source")


@dataclass(slots=True)
class Drafts:
    """Every file as read, before names are looked up."""

    about: Draft | None = None
    by_folder: dict[str, list[Draft]] = field(default_factory=dict)
    documents: list[Draft] = field(default_factory=list)
    files: list[YamlFile] = field(default_factory=list)
    #: The texts of the files with something wrong in them; None for one without a text.
    unread: list[str | None] = field(default_factory=list)
    sha256: str = ""
    #: Whether the folder with the documents is there at all.
    documented: bool = True

    def names_document(self, problem: Problem) -> bool:
        """Whether a problem is with a reference into a document, such as ``leaflet#refunds``."""
        return problem.code == "unknown-source" and "#" in problem.message

    def explain(self, problem: Problem) -> bool:
        """Whether a name may be unknown only because a file that declares it could not be read."""
        if problem.code not in _DANGLING:
            return False
        if not self.documented and self.names_document(problem):
            return True
        quoted = re.search(r"`([^`]*)`", problem.message)
        name = split_pinpoint(quoted.group(1))[0].rpartition("#")[2] if quoted else ""
        return any(text is None or name in text for text in self.unread)


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
        shape = None
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
            drafts.unread.append(rough_text(path))
            continue
        before = problems.error_count
        file = compose(path, problems)
        if file is not None and file.root is None:
            problems.error("empty", f"expected {shape.expected}, found an empty file", Place(file.name))
        read: Any = BAD
        if file is not None and file.root is not None:
            drafts.files.append(file)
            read = shape.read(file.root, Reading(file, problems))
        if problems.error_count > before:
            drafts.unread.append(file.text if file is not None else rough_text(path))
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
        drafts.sha256 = fingerprint(folder)
    return drafts
