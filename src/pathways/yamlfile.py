"""Reading YAML strictly: text with positions, and none of YAML's surprises.

Files are composed to nodes with the C parser; values are made from the text of the scalars by the readers that know
what a field should hold (:mod:`pathways.shapes`). So ``no``, ``on``, ``1e3`` and ``2024-01-02`` are text until a field
says otherwise. Anchors, aliases, tags, control characters and deep nesting are refused here.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

from pathways.diagnostics import Place, Problems
from pathways.lazyre import compiled_when_used
from pathways.record import record

with compiled_when_used():
    import yaml
    from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: The C parser, where PyYAML was built with it; the same nodes either way.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Untagged(LOADER):  # type: ignore[misc, valid-type]
    """Nodes without a guess at their types: every field knows what it should hold, and says so itself."""

    def resolve(self, *_: Any) -> str:
        """The same tag for all."""
        return "tag:yaml.org,2002:str"


MAX_BYTES = 2_000_000
MAX_DEPTH = 40

# Control characters, characters that change the direction or the breaking of what is printed around them, and
# characters that never print.
_FORBIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[\U000e0000-\U000e007f]|[\ud800-\udfff]"
)
# Only a file with one of these signs can hold an anchor, an alias or a tag: what follows a letter or a digit goes on
# with the text that stands there, and an anchor or an alias has a name.
_MARKED = re.compile(r"[&*!](?<!\w.)(?:(?<=!)|(?=\S))")
# The composer calls itself once a level, in C, where too many levels would end the process. Thousands of levels take
# thousands of brackets, or a line that begins with hundreds of these signs.
_INDENTED = re.compile(r"^[ \t?:-]{500}", re.MULTILINE)
_MANY_BRACKETS = 2000
_TAG = re.compile(r"!(?:<[^>\s]*>|[^\s,\[\]{}]*)")

__all__ = [
    "MAX_DEPTH",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "YamlFile",
    "compose",
    "forbidden_character",
]


@record
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
    """The first character that may not stand in a file."""
    # To compile the expression takes longer than to read a file, and most texts are plain.
    if text.replace("\n", " ").isprintable():
        return None
    return re.search(_FORBIDDEN, text)


def without_forbidden_characters(text: str) -> str:
    """The text with U+FFFD in the place of every character that may not stand in a file."""
    return re.sub(_FORBIDDEN, "\ufffd", text)


def shown_name(path: Path) -> str:
    """The path as the person would type it: relative to the working directory where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except (ValueError, OSError):
        return str(path)
    return relative if not relative.startswith("..") or len(relative) < len(str(path)) else str(path)


def read_text(path: Path, problems: Problems, name: str | None = None) -> str | None:
    """The text of a file, or None with a problem added."""
    shown = name or shown_name(path)
    try:
        data = _read_bytes(path)
    except FileNotFoundError:
        message = "a symbolic link to a file that is not there" if path.is_symlink() else "no such file"
        problems.error("no-such-file", message, Place(shown))
        return None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        problems.error("unreadable", f"cannot be read: {reason or error}", Place(shown))
        return None
    if isinstance(data, str):
        problems.error("not-a-file", f"this is {data}, not a file", Place(shown))
        return None
    if len(data) > MAX_BYTES:
        problems.error("too-large", f"more than {MAX_BYTES:,} bytes: so large a file is not read", Place(shown))
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.error("not-utf-8", "this is UTF-16 text, not UTF-8", Place(shown), help="save the file as UTF-8")
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
            "not-utf-8",
            f"byte {data[error.start]:#04x} is not UTF-8 text",
            Place(shown, line, column),
            help="save the file as UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n")
    if found := forbidden_character(text):
        problems.error(
            "control-character",
            f"character U+{ord(found.group()):04X} may not stand in a file: it does not print as itself",
            _place_of(found, text, shown),
        )
        return None
    return text


def _read_bytes(path: Path) -> bytes | str:
    """A file's bytes, at most one more than are read; of what is not a file, what it is. Never waits."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            return "a directory"
        if not stat.S_ISREG(mode):
            return "a pipe" if stat.S_ISFIFO(mode) else "a device"
        chunks: list[bytes] = []
        left = MAX_BYTES + 1
        while left and (chunk := os.read(handle, left)):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)
    finally:
        os.close(handle)


def rough_text(path: Path) -> str | None:
    """What stands in a file that may not be readable as YAML or as text; None where nothing can be said of it."""
    try:
        data = _read_bytes(path)
    except (OSError, ValueError):
        return None
    return data.decode("utf-8", "replace") if isinstance(data, bytes) and len(data) <= MAX_BYTES else None


def compose(path: Path, problems: Problems, name: str | None = None) -> YamlFile | None:
    """Read a file to nodes; None, with problems added, where that cannot be done."""
    shown = name or shown_name(path)
    text = read_text(path, problems, shown)
    return None if text is None else compose_text(text, shown, problems)


def compose_text(text: str, shown: str, problems: Problems) -> YamlFile | None:
    """The nodes of a text."""
    if "\t" in text and (tab := re.search(r"^ *\t", text, re.MULTILINE)):
        line = text.count("\n", 0, tab.start()) + 1
        problems.error(
            "tab", "a tab in the indentation", Place(shown, line, tab.end() - tab.start()), help="indent with spaces"
        )
        return None
    try:
        nested = text.count("[") + text.count("{") > _MANY_BRACKETS or _INDENTED.search(text)
        if (nested or _MARKED.search(text)) and not _plain_structure(text, shown, problems):
            return None
        root = yaml.compose(text, Loader=_Untagged)
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, text, shown, problems)
        return None
    except RecursionError:
        _plain_structure(text, shown, problems)
        return None
    except (yaml.YAMLError, ValueError) as error:
        problems.error("yaml-syntax", f"not valid YAML: {error}", Place(shown))
        return None
    if deep := _below_max_depth(root):
        _too_deep(deep.start_mark, shown, problems)
        return None
    return YamlFile(shown, text, root)


def _not_yaml(error: yaml.MarkedYAMLError, text: str, shown: str, problems: Problems) -> None:
    message, help = _plain_words(error)
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        problems.error("yaml-syntax", f"not valid YAML: {message}", Place(shown), help=help)
        return
    place = _last_place(text, shown) if mark.index >= len(text.rstrip()) else _at(mark, shown)
    if message == _OPEN_QUOTE and begun:
        place = _at(begun, shown)
    inside = begun is not None and message != _ONE_DOCUMENT and begun.line + 1 < place.line
    also = ((_at(begun, shown), "it stands in what begins here"),) if inside else ()
    problems.error("yaml-syntax", f"not valid YAML: {message}", place, help=help, also=also)


def _at(mark: Any, shown: str) -> Place:
    return Place(shown, mark.line + 1, mark.column + 1)


def _place_of(found: re.Match[str], text: str, shown: str) -> Place:
    begin = text.rfind("\n", 0, found.start()) + 1
    return Place(shown, text.count("\n", 0, found.start()) + 1, found.start() - begin + 1, found.end() - found.start())


def _last_place(text: str, shown: str) -> Place:
    """The last sign of a text: what is missing at its end is shown there, not below it."""
    lines = text.rstrip().split("\n")
    return Place(shown, len(lines), max(1, len(lines[-1])))


_OPEN_QUOTE = "a quote is opened here and not closed"
_UNFIT = "this does not fit what stands before it"
_QUOTE_IT = "put quotes around the text"
_QUOTE_OR_BRACE = f"{_QUOTE_IT}, or braces around a condition such as `{{fact: answer}}`, or look at the indentation"
_ALIGN = "look at the indentation, and at quotes and brackets above"
_ONE_DOCUMENT = "a second document begins here; a file holds one"
#: What the parsers say (the C and the Python parser word it differently), and what an author is told: fact and help.
_IN_PLAIN_WORDS = (
    (("found another document", "expected a single document", "<document start>"), _ONE_DOCUMENT, ""),
    (("mapping values are not allowed",), "a `: ` where no name can stand", _QUOTE_OR_BRACE),
    (("expected ',' or ']'", "expected ',' or '}'"), "a `,` or a closing bracket is missing before this", ""),
    (("unexpected end of stream", "unexpected document indicator"), _OPEN_QUOTE, ""),
    (("unknown escape character",), r"an unknown escape after `\`", r"in double quotes a backslash is written `\\`"),
    (("cannot start any token",), "text cannot begin with this sign", _QUOTE_IT),
    (("could not find expected ':'",), "a `:` is missing after a name", _ALIGN),
    (("expected <block end>", "expected key", "expected '-' indicator"), _UNFIT, _ALIGN),
    (("expected node content", "expected the node content"), "something is missing before this", ""),
    (("comment or line break", "chomping or"), "text on the line of the `|` or `>`", "begin it on the next line"),
    (("directive",), "a line cannot begin with `%`", _QUOTE_IT),
)


def _plain_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """The parser's complaint for an author, with help."""
    said = f"{error.context or ''} {error.problem or ''}"
    for signs, words, help in _IN_PLAIN_WORDS:
        if any(sign in said for sign in signs):
            return words, help
    return (error.problem or error.context or "it cannot be read").strip(), ""


def _below_max_depth(root: Node | None) -> Node | None:
    """A collection that stands inside :data:`MAX_DEPTH` others, or None."""
    level = [] if root is None or type(root) is ScalarNode else [root]
    for _ in range(MAX_DEPTH):
        below: list[Node] = []
        for node in level:
            if type(node) is MappingNode:
                for key, value in node.value:
                    if type(value) is not ScalarNode:
                        below.append(value)
                    if type(key) is not ScalarNode:
                        below.append(key)
            else:
                below += [part for part in node.value if type(part) is not ScalarNode]
        if not below:
            return None
        level = below
    return level[0]


def _too_deep(mark: Any, shown: str, problems: Problems) -> None:
    problems.error("too-deep", f"more than {MAX_DEPTH} levels of nesting", _at(mark, shown))


def _plain_structure(text: str, shown: str, problems: Problems) -> bool:
    """Refuse anchors, aliases, tags and deep nesting, looking at events (no recursion, so no depth can hurt)."""
    depth = 0
    clean = True
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _too_deep(event.start_mark, shown, problems)
                return False
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        place = _at(event.start_mark, shown)
        if anchor := getattr(event, "anchor", None):
            named = Place(shown, place.line, place.column, len(anchor) + 1)
            if isinstance(event, yaml.AliasEvent):
                problems.error(
                    "alias",
                    f"an alias `*{anchor}`; text is written out where it is meant",
                    named,
                    help="write the text out; quote it if the `*` belongs to it",
                )
            else:
                problems.error(
                    "anchor",
                    f"an anchor `&{anchor}`; names are given by keys",
                    named,
                    help="remove the anchor; quote the text if the `&` belongs to it",
                )
            clean = False
        if getattr(event, "tag", None) is not None:
            begin = event.start_mark.index if event.start_mark else 0
            written = _TAG.search(text, begin)
            assert written is not None
            problems.error(
                "tag",
                f"a tag `{written.group()}`; a field's meaning is fixed by the format",
                _place_of(written, text, shown),
                help="remove the tag; quote the text if the `!` belongs to it",
            )
            clean = False
    return clean
