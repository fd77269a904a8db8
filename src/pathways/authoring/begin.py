"""Beginning an avenue, a fact or a finding: where it goes, and writing the file without harm to any that is there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pathways.authoring import skeleton
from pathways.diagnostics import Place, Problems
from pathways.patterns import FACT_ID, ID
from pathways.record import record
from pathways.rulebook.conditions import NO_FINDING
from pathways.rulebook.files import rule_files
from pathways.shapes import BLANK, LONGEST_NAME
from pathways.yamlfile import MappingNode, Node, ScalarNode, compose, shown_name

#: Where the schemas stand, seen from a folder above the rules.
SCHEMAS = Path("docs", "schema", "rules")
_NAMES = {"avenue": ID, "fact": FACT_ID, "finding": ID}
KINDS = tuple(_NAMES)
_A = {"avenue": "an avenue", "fact": "a fact", "finding": "a finding"}
_FOLDERS = {"avenue": "avenues", "fact": "facts", "finding": "findings"}


class RefusedNameError(Exception):
    """A name that cannot be begun; ``nearest`` says where what stands in the way is."""

    def __init__(self, said: str, place: Place | None = None) -> None:
        self.place = place
        super().__init__(f"{said}: {place}" if place else said)


@record
class Begun:
    """A file written: its path, whether something stood in it before, its new blanks, and a topic to be listed."""

    path: Path
    added: bool
    blanks: int
    topic: str = ""


@record
class _Declared:
    """A name that a file declares, where, and the file's root."""

    name: str
    place: Place
    path: Path
    root: MappingNode


def begin(folder: Path, kind: str, name: str) -> Begun:
    """Write a file, or for a fact of a topic that is there the end of one, for a new ``kind`` called ``name``.

    Raises :class:`RefusedNameError` if that cannot be a name, or is one already, and :class:`OSError`.
    """
    form = _NAMES[kind]
    if not re.fullmatch(form.pattern, name):
        raise RefusedNameError(f"`{name[:100]}` cannot name {_A[kind]}: expected {form.expected}")
    if kind == "finding" and name in NO_FINDING:
        raise RefusedNameError(f"`{name}` is a word of conditions, and no name for a finding")
    if name.partition(".")[0] == "null":
        raise RefusedNameError("`null` says in YAML that nothing is there, and is no name")
    if len(name) > LONGEST_NAME:
        raise RefusedNameError(f"a name of {len(name)} characters; at most {LONGEST_NAME}")
    if not (folder / "rules").is_dir():
        raise RefusedNameError(f"no folder `rules` is in {shown_name(folder)}")
    known = list(_declared(folder, _FOLDERS[kind], kind))
    taken = next((one for one in known if one.name == name), None)
    if taken:
        raise RefusedNameError(f"{kind} `{name}` is there already", taken.place)
    if kind == "fact":
        topic = name.partition(".")[0]
        home = next((one for one in _declared(folder, "facts", "topic") if one.name == topic), None)
        if home:
            return _added(home, name)
        return _written(folder, "facts", topic, skeleton.fact_file(name), "" if _is_listed(folder, topic) else topic)
    text = skeleton.avenue_file(name) if kind == "avenue" else skeleton.finding_file(name)
    return _written(folder, _FOLDERS[kind], name, text)


def _declared(folder: Path, below: str, kind: str) -> Iterator[_Declared]:
    """What the files of a folder declare, as far as they can be read."""
    for path in rule_files(folder):
        if path.relative_to(folder).parts[:2] != ("rules", below) or not path.is_file():
            continue
        file = compose(path, Problems())
        if file is None or not isinstance(file.root, MappingNode):
            continue
        for key, value in file.root.value:
            if key.value == kind and isinstance(value, ScalarNode):
                yield _Declared(value.value, file.place(value), path, file.root)
            elif key.value == below and kind != "topic" and isinstance(value, MappingNode):
                yield from (_Declared(one.value, file.place(one), path, file.root) for one, _ in value.value)


def _is_listed(folder: Path, topic: str) -> bool:
    """Whether a topic stands in the order of topics."""
    file = compose(folder / "rules" / "rulebook.yaml", Problems())
    root = file.root if file else None
    listed: Node | None = next((value for key, value in _pairs(root) if key.value == "topics"), None)
    return topic in {getattr(one, "value", "") for one in getattr(listed, "value", ())}


def _pairs(root: Node | None) -> Iterator[tuple[Node, Node]]:
    yield from root.value if isinstance(root, MappingNode) else ()


def _written(folder: Path, below: str, name: str, text: str, topic: str = "") -> Begun:
    path = folder / "rules" / below / f"{name}.yaml"
    if os.path.lexists(path):
        raise RefusedNameError("a file of this name is there already", Place(shown_name(path)))
    path.parent.mkdir(exist_ok=True)
    schema = _schema_beside(folder, below)
    if schema:
        text = f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}\n{text}"
    _put(path, text, new=True)
    return Begun(path, False, _blanks(text), topic)


def _schema_beside(folder: Path, kind: str) -> Path | None:
    """The schema for a kind of file in a checkout that the rules stand in."""
    here = folder.resolve()
    found = (above / SCHEMAS / f"{kind}.json" for above in (here, *here.parents))
    return next((path for path in found if path.is_file()), None)


def _added(home: _Declared, name: str) -> Begun:
    """A fact at the end of its topic's file, if the facts are the last that stands there, each on lines of its own."""
    keys = {key.value: value for key, value in home.root.value}
    facts = keys.get("facts")
    last = home.root.value[-1][1]
    if not isinstance(facts, MappingNode) or facts is not last or facts.flow_style or home.root.flow_style:
        raise RefusedNameError(
            f"the facts of topic `{home.name}` are not the last in their file, so write `{name}` there by hand",
            home.place,
        )
    text = home.path.read_bytes().decode("utf-8")
    indent = " " * facts.value[0][0].start_mark.column
    block = skeleton.fact_block(name, indent, sourced="sources" in keys)
    _put(home.path, text + ("" if text.endswith("\n") else "\n") + block, new=False)
    return Begun(home.path, True, _blanks(block))


def _blanks(text: str) -> int:
    """The blanks that a reader of the file meets, without those in comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return sum(len(re.findall(rf"(?<!\w){BLANK}(?!\w)", line)) for line in lines)


def _put(path: Path, text: str, new: bool) -> None:
    """The whole text in the place of the file, or nothing; a new one only where none is."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        if new:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, 0o666 & ~mask)
            os.link(temporary, path)
        else:
            os.chmod(temporary, path.stat().st_mode & 0o777)
            os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
