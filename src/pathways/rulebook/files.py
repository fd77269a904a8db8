"""Which files make up a rulebook, and what they hold together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".yaml", ".yml")


def rule_files(folder: Path) -> Iterator[Path]:
    """Every file of a rulebook, in a fixed order."""
    for top in ("rules", "seeds"):
        yield from sorted(path for path in (folder / top).rglob("*") if path.suffix.lower() in SUFFIXES)


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of a rulebook."""
    total = hashlib.sha256()
    for path in rule_files(folder):
        total.update(os.fsencode(path.relative_to(folder).as_posix()) + b"\0")
        try:
            # To read a pipe would be to wait for whoever writes to it.
            total.update(path.read_bytes() if path.is_file() else b"\0no file")
        except OSError:
            total.update(b"\0unreadable")
        total.update(b"\0")
    return total.hexdigest()
