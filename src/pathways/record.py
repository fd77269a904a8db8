"""Records: classes of named values, made once and not changed.

To the type checker and in use they are what ``dataclass(frozen=True, slots=True)`` makes. A dataclass compiles six
methods for every class at every start of the program, some 20 ms for the classes of one run; a record compiles one
and shares the others. Used where the classes are needed at every start (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


class _Made:
    """A default that is made anew for each record."""

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def made(*, default_factory: Callable[[], Any]) -> Any:
    """A default that is made anew for each record."""
    return _Made(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(made,))
def record(cls: type[T]) -> type[T]:
    """A class of named values: constructor, slots, equality and hash by value, a readable form, no changes."""
    own = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - of this class alone, unresolved
    inherited: tuple[str, ...] = getattr(cls, "__match_args__", ())
    space = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
    defaults = {**getattr(cls, "__record_defaults__", {}), **{name: space.pop(name) for name in own if name in space}}
    names = (*inherited, *own)
    shared = {"__eq__": _equal, "__hash__": _hash, "__repr__": _repr, "__setattr__": _refuse, "__delattr__": _refuse}
    space = {**shared, **space, "__slots__": own, "__match_args__": names, "__record_defaults__": defaults}
    new: Any = type(cls.__name__, cls.__bases__, space)
    new.__qualname__ = cls.__qualname__
    type.__setattr__(new, "__init__", _constructor(new, names, defaults))
    return new  # type: ignore[no-any-return]


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """The names of a record's values, in order."""
    names: tuple[str, ...] = kind.__match_args__
    return names


def values_of(one: Any) -> tuple[Any, ...]:
    """The values of a record, in the order of its names."""
    return tuple([getattr(one, name) for name in type(one).__match_args__])


def replaced(one: T, **changes: Any) -> T:
    """A record like ``one`` with some values changed."""
    return type(one)(**{**dict(zip(names_of(type(one)), values_of(one), strict=True)), **changes})


def _constructor(cls: Any, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """``__init__``, which sets each slot past the refusal to change."""
    setters = [getattr(cls, name).__set__ for name in names]
    made_anew = tuple(at for at, name in enumerate(names) if isinstance(defaults.get(name), _Made))
    # To compile takes the most time. Classes with as many fields share what was compiled, each with names of its own.
    code = _compiled(len(names), made_anew).replace(co_varnames=("self", *names))
    known: dict[str, Any] = {f"s{at}": setter for at, setter in enumerate(setters)}
    known |= {f"d{at}": defaults[names[at]] for at in made_anew}
    first = next((at for at, name in enumerate(names) if name in defaults), len(names))
    return FunctionType(code, known, "__init__", tuple(defaults[name] for name in names[first:]))


@lru_cache(maxsize=256)
def _compiled(count: int, made_anew: tuple[int, ...]) -> CodeType:
    """The constructor of a record with so many fields; of those at ``made_anew`` the default is made for each."""
    head = "".join(f", a{at}" for at in range(count))
    body = "".join(
        f"  s{at}(self, d{at}.factory() if a{at} is d{at} else a{at})\n"
        if at in made_anew
        else f"  s{at}(self, a{at})\n"
        for at in range(count)
    )
    module = compile(f"def __init__(self{head}):\n{body or '  pass'}", "<record>", "exec")
    return next(part for part in module.co_consts if isinstance(part, CodeType))


def _refuse(self: Any, name: str, *_: object) -> None:
    raise AttributeError(f"{type(self).__name__} is a record: {name} cannot be changed")


def _equal(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return values_of(self) == values_of(other)


def _hash(self: Any) -> int:
    return hash(values_of(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names_of(type(self)))
    return f"{type(self).__qualname__}({shown})"
