"""Reading YAML strictly: text with positions, and none of YAML's surprises.

Files are composed to nodes with the C parser; values are made from the text of the scalars by the readers that know
what a field should hold (:mod:`pathways.shapes`). So ``no``, ``on``, ``1e3`` and ``2024-01-02`` are text until a field
says otherwise. Anchors, aliases, tags, control characters and deep nesting are refused here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pathways.diagnostics import Place, Problems

#: The C parser, where PyYAML was built with it; the same nodes either way.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 2_000_000
MAX_DEPTH = 40

# Control characters, and characters that change the direction or the breaking of what is printed around them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff]"
)
# Only a file with one of these can hold an anchor, an alias, a tag, or nesting deep enough to matter.
_SUSPICIOUS = re.compile(r"[&*!]|[\[{]\s*[\[{]\s*[\[{]|(?:[-?]\s){4}|^[ ]{60}", re.MULTILINE)

__all__ = ["MAX_DEPTH", "MappingNode", "Node", "ScalarNode", "SequenceNode", "YamlFile", "compose", "forbidden_character"]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file's name as shown to people, and its text."""

    name: str
    text: str
    root: Node | None

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        start, end = node.start_mark, node.end_mark
        if isinstance(node, ScalarNode):
            length = end.column - start.column if end.line == start.line else 1
        elif isinstance(node, MappingNode) and node.value:
            return self.place(node.value[0][0])
        else:
            length = 1
        return Place(self.name, start.line + 1, start.column + 1, max(1, length))


def forbidden_character(text: str) -> re.Match[str] | None:
    """The first character that may not stand in a file or be printed."""
    return _FORBIDDEN.search(text)


def shown_name(path: Path) -> str:
    """The path as the person would type it: relative to the working directory where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return str(path)
    return relative if not relative.startswith("..") or len(relative) < len(str(path)) else str(path)


def read_text(path: Path, problems: Problems, name: str | None = None) -> str | None:
    """The text of a file, or None with a problem added."""
    shown = name or shown_name(path)
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        problems.error("not-a-file", "this is a directory, not a file", Place(shown))
        return None
    except FileNotFoundError:
        problems.error("no-such-file", "no such file", Place(shown))
        return None
    except OSError as error:
        problems.error("unreadable", f"cannot be read: {error.strerror or error}", Place(shown))
        return None
    if len(data) > MAX_BYTES:
        problems.error("too-large", f"{len(data):,} bytes; at most {MAX_BYTES:,} are read", Place(shown))
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        problems.error(
            "not-utf-8", f"byte {data[error.start]:#04x} is not UTF-8 text", Place(shown, line, column),
            help="save the file as UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n")
    if found := forbidden_character(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        problems.error(
            "control-character",
            f"character U+{ord(found.group()):04X} may not stand in a file: it does not print as itself",
            Place(shown, line, column),
        )
        return None
    return text


def compose(path: Path, problems: Problems, name: str | None = None) -> YamlFile | None:
    """Read a file to nodes; None, with problems added, where that cannot be done."""
    shown = name or shown_name(path)
    text = read_text(path, problems, shown)
    return None if text is None else compose_text(text, shown, problems)


def compose_text(text: str, shown: str, problems: Problems) -> YamlFile | None:
    """The nodes of a text."""
    if tab := re.search(r"^ *\t", text, re.MULTILINE):
        line = text.count("\n", 0, tab.start()) + 1
        problems.error(
            "tab", "a tab in the indentation", Place(shown, line, tab.end() - tab.start()), help="indent with spaces"
        )
        return None
    try:
        if _SUSPICIOUS.search(text) and not _plain_structure(text, shown, problems):
            return None
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        problems.error("yaml-syntax", f"not valid YAML: {_plain_words(error)}", place)
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problems.error("yaml-syntax", f"not valid YAML: {error}", Place(shown))
        return None
    return YamlFile(shown, text, root)


def _plain_words(error: yaml.MarkedYAMLError) -> str:
    """The parser's complaint; the C and Python parsers word it differently, so only its gist is kept."""
    problem = (error.problem or error.context or "it cannot be read").strip()
    if "found another document" in problem or "expected a single document" in (error.context or ""):
        return "a second document begins here; a file holds one"
    if "mapping values are not allowed" in problem:
        return "a second `: ` on the line; put quotes around the text"
    return problem


def _plain_structure(text: str, shown: str, problems: Problems) -> bool:
    """Refuse anchors, aliases, tags and deep nesting, looking at events (no recursion, so no depth can hurt)."""
    depth = 0
    clean = True
    for event in yaml.parse(text, Loader=LOADER):
        place = Place(shown, event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else Place(shown)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                problems.error("too-deep", f"more than {MAX_DEPTH} levels of nesting", place)
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent):
            problems.error(
                "alias", f"an alias `*{event.anchor}`; text is written out where it is meant", place,
                help="write the text out; quote it if the `*` belongs to it",
            )
            clean = False
        elif getattr(event, "anchor", None):
            problems.error(
                "anchor", f"an anchor `&{event.anchor}`; names are given by keys", place,
                help="remove the anchor; quote the text if the `&` belongs to it",
            )
            clean = False
        elif getattr(event, "tag", None) is not None:
            problems.error("tag", f"a tag `{event.tag}`; a field's meaning is fixed by the format", place)
            clean = False
    return clean
