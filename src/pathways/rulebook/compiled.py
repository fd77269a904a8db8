"""A checked rulebook kept in compiled form, so that it need not be read and checked again at every start.

It holds nothing but the rules, and is named by the bytes of every rule file (:mod:`pathways.rulebook.kept`). One that
is stale or damaged is never believed: the rules are read again.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pathways.diagnostics import Place
from pathways.logic import Kind, Statements, Variable
from pathways.record import names_of, of_values, values_of
from pathways.rulebook import clock, letter, model, promise, renamed, sources, term
from pathways.rulebook.kept import keep, kept_path, read_kept
from pathways.rulebook.uncollected import uncollected

KEPT = 4
#: Bytes of the length of what is read at once.
_WORD = 4

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
    term.Term,
    letter.Letter,
    letter.Passage,
    letter.Item,
    letter.Wording,
    letter.Blank,
    letter.Insert,
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
    promise.Promise,
    Variable,
)
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
#: What a list stands for that is none of our types.
_STATEMENTS, _TUPLE, _DICT = range(len(_TYPES), len(_TYPES) + 3)
_RULEBOOK = _NUMBERS[model.Rulebook]
_CONDITION = _NUMBERS[model.Condition]
#: Of these a run needs some, not all.
_LATER = frozenset({"facts", "notes", "terms", "letters", "tables", "authorities", "documents"})
_KINDS = tuple(Kind)


def compiled_path(fingerprint: str) -> Path | None:
    """Where the compiled form of these rules belongs; None where nothing is kept."""
    return kept_path("rules", fingerprint)


@uncollected
def load_compiled(fingerprint: str) -> model.Rulebook | None:
    """The rulebook compiled from exactly these files, or None."""
    payload = read_kept(compiled_path(fingerprint))
    if payload is None:
        return None
    try:
        end = _WORD + int.from_bytes(payload[:_WORD], "little")
        made_from, packed = marshal.loads(payload[_WORD:end])  # noqa: S302 - checksummed, and only plain values are used
        rulebook = _Unpacker(payload[end:]).rulebook(packed) if made_from == fingerprint else None
    except (EOFError, ValueError, TypeError, IndexError):
        return None
    return rulebook if isinstance(rulebook, model.Rulebook) else None


def keep_compiled(rulebook: model.Rulebook, fingerprint: str) -> None:
    """Keep the compiled form, if that can be done; older ones make room."""
    path = compiled_path(fingerprint)
    if path is None:
        return
    packer = _Packer()
    first = marshal.dumps((fingerprint, packer.rulebook(rulebook)))
    payload = len(first).to_bytes(_WORD, "little") + first + b"".join(packer.later)
    keep(path, payload, KEPT)


class _Packer:
    """Plain values for a rulebook: what is read at once, and pieces (``later``) that stand behind it.

    A list is one of our types (its number, then its values in order) or something that holds such; all else is itself.
    Places in files are left out. A piece is named by where it begins and ends.
    """

    def __init__(self) -> None:
        self.later: list[bytes] = []
        self._length = 0
        self._texts: dict[str, str] = {}

    def rulebook(self, rulebook: model.Rulebook) -> list[Any]:
        """A rulebook; of those parts of which a run needs little, each value is a piece."""
        packed: list[Any] = [_RULEBOOK]
        for name, value in zip(names_of(model.Rulebook), values_of(rulebook), strict=True):
            if name in _LATER:
                packed.append({str(key): self._piece(one) for key, one in value.items()})
            else:
                packed.append(self._pack(value))
        return packed

    def _piece(self, value: Any) -> tuple[int, int]:
        piece = marshal.dumps(self._pack(value))
        start = self._length
        self._length += len(piece)
        self.later.append(piece)
        return start, self._length

    def _pack(self, value: Any) -> Any:
        kind = type(value)
        if kind in _NUMBERS:
            if kind is model.Condition:
                op, statement, parts, *others = values_of(value)
                return [_CONDITION, op, statement, self._piece(parts) if parts else (), *map(self._pack, others)]
            return [_NUMBERS[kind], *map(self._pack, values_of(value))]
        if kind is Statements:
            return [_STATEMENTS, self._pack(tuple(value.variables)), bytes(value.kinds), tuple(value.parts)]
        if value is None or isinstance(value, Place):
            return None
        if isinstance(value, str):
            # Equal texts are one, which takes less room.
            return self._texts.setdefault(str(value), str(value))
        if isinstance(value, dict):
            named = {self._pack(key): self._pack(one) for key, one in value.items()}
            return [_DICT, named] if any(type(one) is list for one in named.values()) else named
        if isinstance(value, tuple):
            listed = [self._pack(one) for one in value]
            return [_TUPLE, *listed] if any(type(one) is list for one in listed) else tuple(listed)
        return value


class _Unpacker:
    """A rulebook from its plain values; ``later`` are the pieces that are read when they are asked for."""

    def __init__(self, later: memoryview) -> None:
        self._later = later

    def rulebook(self, packed: Any) -> model.Rulebook | None:
        """The rulebook, or None if it is something else."""
        number, *values = packed
        if number != _RULEBOOK:
            return None
        named = zip(names_of(model.Rulebook), values, strict=True)
        parts = [_Unpacked(self, value) if name in _LATER else self.unpack(value) for name, value in named]
        return of_values(model.Rulebook, parts)

    def piece(self, place: tuple[int, int]) -> Any:
        """One of the pieces that stand behind what was read at once."""
        start, end = place
        return self.unpack(marshal.loads(self._later[start:end]))  # noqa: S302 - checksummed when it was read

    def unpack(self, value: Any) -> Any:
        """What a packed value stands for."""
        if type(value) is not list:
            return value
        number, *values = value
        if number == _CONDITION:
            values[2] = _Parts(self, values[2]) if values[2] else ()
        elif number == _DICT:
            return {key: self.unpack(one) for key, one in values[0].items()}
        elif number == _STATEMENTS:
            variables, kinds, parts = values
            return Statements(self.unpack(variables), [_KINDS[one] for one in kinds], parts)
        made = [self.unpack(one) if type(one) is list else one for one in values]
        return tuple(made) if number == _TUPLE else of_values(_TYPES[number], made)


class _Parts(Sequence[model.Condition]):
    """The parts of a condition, unpacked when they are first asked for: most runs look at the statements alone."""

    def __init__(self, unpacker: _Unpacker, place: tuple[int, int]) -> None:
        self._unpacker, self._place = unpacker, place
        self._made: tuple[model.Condition, ...] | None = None

    def _parts(self) -> tuple[model.Condition, ...]:
        if self._made is None:
            self._made = self._unpacker.piece(self._place)
        return self._made

    def __getitem__(self, at: Any) -> Any:
        return self._parts()[at]

    def __iter__(self) -> Iterator[model.Condition]:
        return iter(self._parts())

    def __len__(self) -> int:
        return len(self._parts())

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self._parts() == (other._parts() if isinstance(other, _Parts) else other)

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        return repr(self._parts())


class _Unpacked(Mapping[str, Any]):
    """Values by name, each unpacked when it is first asked for: most runs show a few of the sources, not all."""

    def __init__(self, unpacker: _Unpacker, places: dict[str, tuple[int, int]]) -> None:
        self._unpacker, self._places = unpacker, places
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._unpacker.piece(self._places[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __repr__(self) -> str:
        return repr(dict(self))
