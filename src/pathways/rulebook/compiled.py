"""A checked rulebook kept in compiled form, so that it need not be read and checked again at every start.

It stands where Python keeps its own compiled modules, holds nothing but the rules, and is named by what it was made
from: the bytes of every rule file, this program's version and Python's. One that is stale has another name; one that is
damaged fails its checksum. Neither is ever believed: the rules are read again. If nothing can be written there, nothing
is kept.
"""

from __future__ import annotations

import gc
import importlib.util
import marshal
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from pathways import __version__
from pathways.diagnostics import Place
from pathways.logic import Kind, Statements, Variable
from pathways.record import names_of
from pathways.rulebook import clock, model, renamed, sources
from pathways.rulebook.files import digest

KEPT = 4

_TYPES: tuple[type[Any], ...] = (
    model.Rulebook,
    model.About,
    model.NotModelled,
    model.Topic,
    model.Fact,
    model.Option,
    model.Condition,
    model.Finding,
    model.Avenue,
    model.Element,
    model.Hurdle,
    model.Leaning,
    model.Deadline,
    model.Stage,
    model.TrackRecord,
    model.Remark,
    model.Claim,
    model.Speaker,
    model.Note,
    sources.Column,
    sources.Cell,
    sources.Table,
    clock.Period,
    clock.Clock,
    model.Wait,
    sources.Authority,
    sources.Document,
    sources.Proposition,
    renamed.Renamed,
    renamed.Gone,
    Variable,
)
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_STATEMENTS = len(_TYPES)
_CONDITION = _NUMBERS[model.Condition]


def compiled_path(fingerprint: str) -> Path | None:
    """Where the compiled form of these rules belongs; None with PATHWAYS_NO_CACHE set."""
    if os.environ.get("PATHWAYS_NO_CACHE"):
        return None
    made_from = f"{__version__} {sys.implementation.cache_tag} {_readers()} {fingerprint}"
    name = digest(made_from.encode()).hex()[:32]
    beside = Path(importlib.util.cache_from_source(__file__)).parent
    return beside / f"rules-{name}.bin"


def _readers() -> str:
    """The state of the modules that read rules: other modules may read the same files to something else."""
    here = os.path.dirname(__file__)
    stamps = []
    for folder in (here, os.path.dirname(here), os.path.join(here, os.pardir, "logic")):
        with os.scandir(folder) as entries:
            modules = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(".py")]
        stamps += [(name, status.st_mtime_ns, status.st_size) for name, status in modules]
    return repr(sorted(stamps))


def load_compiled(fingerprint: str) -> model.Rulebook | None:
    """The rulebook compiled from exactly these files, or None."""
    path = compiled_path(fingerprint)
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        return None
    checksum, payload = data[:32], data[32:]
    if len(checksum) < 32 or digest(payload) != checksum:
        return None
    # Tens of thousands of values are made here and none is thrown away: to look for garbage meanwhile is of no use.
    collecting = gc.isenabled()
    gc.disable()
    try:
        made_from, packed = marshal.loads(payload)  # noqa: S302 - checksummed above, and only plain values are used
        rulebook = _unpack_rulebook(packed) if made_from == fingerprint else None
    except (EOFError, ValueError, TypeError, IndexError):
        return None
    finally:
        if collecting:
            gc.enable()
    return rulebook if isinstance(rulebook, model.Rulebook) else None


def keep_compiled(rulebook: model.Rulebook, fingerprint: str) -> None:
    """Keep the compiled form, if that can be done; older ones make room."""
    path = compiled_path(fingerprint)
    if path is None:
        return
    import tempfile

    payload = marshal.dumps((fingerprint, _pack(rulebook)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix="rules-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(digest(payload) + payload)
        os.replace(temporary, path)
        older = sorted(path.parent.glob("rules-*.bin"), key=lambda other: other.stat().st_mtime, reverse=True)
        for other in older[KEPT:]:
            other.unlink(missing_ok=True)
    except OSError:
        return


def _pack(value: Any) -> Any:
    """Plain values: a list is one of our types (its number, then its fields); places in files are left out."""
    if isinstance(value, Statements):
        return [_STATEMENTS, _pack(tuple(value.variables)), bytes(value.kinds), tuple(value.parts)]
    if value is None or isinstance(value, Place):
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _pack(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_pack(one) for one in value)
    if type(value) in _NUMBERS:
        kind = type(value)
        if kind is model.Rulebook:
            return [_NUMBERS[kind], *(_pack_part(one.name, getattr(value, one.name)) for one in fields(kind))]
        return [_NUMBERS[kind], *(_pack(getattr(value, name)) for name in names_of(kind))]
    return value


def _pack_part(name: str, value: Any) -> Any:
    """A part of the rulebook; of those of which a run needs little, each value apart, as bytes."""
    return {str(key): marshal.dumps(_pack(one)) for key, one in value.items()} if name in _LATER else _pack(value)


def _unpack(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return tuple([_unpack(one) for one in value])
    if kind is dict:
        return {key: _unpack(one) for key, one in value.items()}
    if kind is list:
        number = value[0]
        if number == _STATEMENTS:
            return Statements(list(_unpack(value[1])), [_KINDS[one] for one in value[2]], list(value[3]))
        if number == _CONDITION:
            op, statement, parts, *others = value[1:]
            later: Any = _Parts(parts) if parts else ()
            return model.Condition(op, statement, later, *map(_unpack, others))
        return _TYPES[number](*[one if type(one) is str else _unpack(one) for one in value[1:]])
    return value


class _Parts(Sequence[model.Condition]):
    """The parts of a condition, unpacked when they are first asked for: most runs look at the statements alone."""

    def __init__(self, packed: tuple[Any, ...]) -> None:
        self._packed = packed
        self._made: tuple[model.Condition, ...] | None = None

    def _parts(self) -> tuple[model.Condition, ...]:
        if self._made is None:
            self._made = _unpack(self._packed)
        return self._made

    def __getitem__(self, at: Any) -> Any:
        return self._parts()[at]

    def __len__(self) -> int:
        return len(self._packed)

    def __eq__(self, other: object) -> bool:
        return self._parts() == (other._parts() if isinstance(other, _Parts) else other)

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return repr(self._parts())


class _Unpacked(Mapping[str, Any]):
    """Values by name, each unpacked when it is first asked for: most runs show a few of the sources, not all."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _unpack(marshal.loads(self._packed[key]))  # noqa: S302 - checksummed when it was read
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __repr__(self) -> str:
        return repr(dict(self))


def _unpack_rulebook(value: Any) -> model.Rulebook | None:
    number, *packed = value
    if number != _NUMBERS[model.Rulebook]:
        return None
    names = [one.name for one in fields(model.Rulebook)]
    parts: dict[str, Any] = {
        name: _Unpacked(one) if name in _LATER else _unpack(one) for name, one in zip(names, packed, strict=True)
    }
    return model.Rulebook(**parts)


_LATER = frozenset({"facts", "notes", "tables", "authorities", "documents"})
_KINDS = tuple(Kind)
