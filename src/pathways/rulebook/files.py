"""Which files make up a rulebook, and what they hold together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

try:
    from _blake2 import blake2b  # what `hashlib` takes it from
except ImportError:
    from hashlib import blake2b

_BINARY = getattr(os, "O_BINARY", 0)  # where text would be changed in reading
SUFFIXES = (".yaml", ".yml")


def rule_files(folder: Path) -> Iterator[Path]:
    """Every file of a rulebook, in a fixed order."""
    return (folder / name for name in _names(os.fspath(folder)))


def _names(folder: str) -> Iterator[str]:
    """The same as strings, from the folder on: at every start each is looked at, and paths take longer than files."""
    for top in ("rules", "seeds"):
        found = (os.path.join(top, name) for name in _below(os.path.join(folder, top)))
        yield from sorted(found, key=lambda name: name.split(os.sep))


def _below(folder: str) -> Iterator[str]:
    """Everything below a folder that is named like a file of rules, from the folder on, and what cannot be looked into.

    Last come the folders that the system does not let be read: what may stand in them is never passed over.
    """
    unreadable: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=unreadable.append):
        within = where[len(folder) + 1 :]
        # A link to a folder, or one that leads nowhere, is no file of the rules, but is one to complain of.
        yield from (os.path.join(within, name) for name in (*files, *folders) if name.lower().endswith(SUFFIXES))
    for error in unreadable:
        if not isinstance(error, FileNotFoundError):
            yield str(error.filename)[len(folder) + 1 :]


def named_below(folder: Path) -> list[Path]:
    """In order, everything below a folder that is named like a file of ours, and every folder that cannot be read."""
    return sorted(folder / name for name in _below(os.fspath(folder)))


def is_folder_unread(path: Path) -> bool:
    """Whether something in :func:`named_below` or :func:`rule_files` is there because it cannot be looked into."""
    return path.suffix.lower() not in SUFFIXES


def bytes_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of every YAML file below a folder, as far as there is one that can be read.

    Paths as text: among a thousand files an object for each costs more than to read them.
    """
    start = os.fspath(folder)
    for name in _below(start):
        path = os.path.join(start, name)
        with suppress(OSError):
            if os.path.isfile(path):
                yield path, _bytes_of(path)


def texts_below(folder: Path) -> Iterator[str]:
    """The text of every YAML file below a folder, as far as there is one that can be read."""
    return (data.decode("utf-8", "replace") for _, data in bytes_below(folder))


def contents(folder: Path) -> Iterator[bytes]:
    """The names and bytes of every file of a rulebook, in a fixed order and the same on every system."""
    start = os.fspath(folder)
    for name in _names(start):
        yield os.fsencode(name.replace(os.sep, "/")) + b"\0"
        path = os.path.join(start, name)
        try:
            # To read a pipe would be to wait for whoever writes to it.
            yield _bytes_of(path) if os.path.isfile(path) else b"\0no file"
        except OSError:
            yield b"\0unreadable"
        yield b"\0"


def _bytes_of(path: str) -> bytes:
    """The bytes of a file, in as few calls as there can be: at every start each file is read."""
    handle = os.open(path, os.O_RDONLY | _BINARY)
    try:
        size = os.fstat(handle).st_size
        found = os.read(handle, size + 1)
        # One that grows meanwhile, or does not say how long it is, ends where nothing more comes.
        while len(found) > size and (more := os.read(handle, 1 << 16)):
            found += more
        return found
    finally:
        os.close(handle)


def sha256_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of a rulebook: what results name it by."""
    import hashlib

    return _summed(folder, hashlib.sha256())


def digest(data: bytes) -> bytes:
    """32 bytes that stand for ``data``: with other data they are others."""
    return blake2b(data, digest_size=32).digest()


def fingerprint(folder: Path) -> str:
    """The same by BLAKE2, for the program's own use: quicker, and without loading all of `hashlib`."""
    return _summed(folder, blake2b(digest_size=32))


def _summed(folder: Path, total: Any) -> str:
    for part in contents(folder):
        total.update(part)
    digits: str = total.hexdigest()
    return digits
