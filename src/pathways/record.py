"""Records: classes of named values, made once and not changed.

To the type checker they are what ``dataclass(frozen=True, slots=True)`` makes. A dataclass compiles six methods for
every class at every start of the program, some 20 ms for the classes of one run; a record compiles none: it is a tuple
whose places have names, equal only to records of its own class. Used where the classes are needed at every start
(docs/decisions/0007).
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]  # what named tuples are made of
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_make: Any = tuple.__new__


class _Made:
    """A default that is made anew for each record."""

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def made(*, default_factory: Callable[[], Any]) -> Any:
    """A default that is made anew for each record."""
    return _Made(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(made,))
def record(cls: type[T]) -> type[T]:
    """A class of named values: constructor, equality and hash by value, a readable form, no changes.

    What a ``cached_property`` finds is kept beside the values and is no part of them.
    """
    own = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - of this class alone, unresolved
    inherited: tuple[str, ...] = getattr(cls, "__match_args__", ())
    space = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    defaults = {**getattr(cls, "__record_defaults__", {}), **{name: space.pop(name) for name in own if name in space}}
    names = (*inherited, *own)
    places = {name: _tuplegetter(at, None) for at, name in enumerate(own, len(inherited))}
    last = tuple(defaults[name] for name in names if name in defaults)
    shared: dict[str, Any] = {
        "__match_args__": names,
        "__record_size__": len(names),
        "__record_defaults__": defaults,
        "__record_last__": () if any(isinstance(one, _Made) for one in last) else last,
    }
    if not names:
        shared["__bool__"] = _true
    if not any(isinstance(value, cached_property) for value in space.values()):
        shared["__slots__"] = ()
    bases = tuple(base for base in cls.__bases__ if base is not object)
    bases = bases if any(issubclass(base, tuple) for base in bases) else (*bases, tuple)
    new: Any = type(cls.__name__, bases, {**_METHODS, **space, **places, **shared})
    new.__qualname__ = cls.__qualname__
    return new  # type: ignore[no-any-return]


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of a record's values, in order."""
    names: tuple[str, ...] = kind.__match_args__
    return names


def values_of(one: Any) -> tuple[Any, ...]:
    """The values of a record, in the order of its names."""
    return tuple(one)


def of_values(kind: type[T], values: Iterable[Any]) -> T:
    """A record of all its values, in the order of its names."""
    return _make(kind, values)  # type: ignore[no-any-return]


def replaced(one: T, **changes: Any) -> T:
    """A record like ``one`` with some values changed."""
    return type(one)(**{**dict(zip(names_of(type(one)), values_of(one), strict=True)), **changes})


def _new(cls: Any, /, *values: Any, **named: Any) -> Any:
    if named and tuple(named) == cls.__match_args__[len(values) : len(values) + len(named)]:
        # Named in their order, as most are: as if they stood in their places.
        values, named = (*values, *named.values()), {}
    missing = cls.__record_size__ - len(values)
    if missing or named:
        if not named and 0 < missing <= len(cls.__record_last__):
            values += cls.__record_last__[-missing:]
        else:
            values = _completed(cls, values, named)
    return _make(cls, values)


def _completed(cls: Any, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """All values of a record, from those given by place, by name and by default."""
    left = cls.__match_args__[len(values) :]
    if len(values) > cls.__record_size__:
        raise TypeError(f"{cls.__name__} holds {cls.__record_size__} values, not {len(values)}")
    if strange := named.keys() - left:
        raise TypeError(f"{cls.__name__} has no {min(strange)}, or it was given twice")
    known = {**cls.__record_defaults__, **named}
    try:
        found = [known[name] for name in left]
    except KeyError as missing:
        raise TypeError(f"{cls.__name__} needs a value for {missing}") from None
    return (*values, *(one.factory() if type(one) is _Made else one for one in found))


def _refuse(self: Any, name: str, *_: object) -> None:
    raise AttributeError(f"{type(self).__name__} is a record: {name} cannot be changed")


def _equal(self: Any, other: object) -> Any:
    return other.__class__ is self.__class__ and tuple.__eq__(self, other)  # type: ignore[operator]


def _differs(self: Any, other: object) -> bool:
    return not _equal(self, other)


def _no_order(*_: object) -> Any:
    return NotImplemented


def _true(_: object) -> bool:
    return True


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in zip(names_of(type(self)), self, strict=True))
    return f"{type(self).__qualname__}({shown})"


_METHODS = {
    "__new__": _new,
    "__eq__": _equal,
    "__ne__": _differs,
    "__hash__": tuple.__hash__,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    **dict.fromkeys(("__lt__", "__le__", "__gt__", "__ge__"), _no_order),
}
