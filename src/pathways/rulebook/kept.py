"""Keeping what takes long to work out of files that seldom change, where Python keeps its own compiled modules.

It is named by what it was made from: something of the files, this program's version and modules, and Python's version.
What is stale has another name; what is damaged fails its checksum. Neither is ever believed. If nothing can be written
there, nothing is kept and nothing is said (docs/decisions/0004).
"""

from __future__ import annotations

import importlib.util
import os
import sys
import zlib
from pathlib import Path

from pathways import __version__
from pathways.rulebook.files import digest

#: Bytes of a checksum.
_SUM = 4


def kept_path(kind: str, made_from: str) -> Path | None:
    """Where what was made from this belongs; None with PATHWAYS_NO_CACHE set."""
    if os.environ.get("PATHWAYS_NO_CACHE"):
        return None
    made_by = f"{__version__} {sys.implementation.cache_tag} {_readers()}"
    name = digest(f"{made_by} {made_from}".encode()).hex()[:32]
    beside = Path(importlib.util.cache_from_source(__file__)).parent
    return beside / f"{kind}-{name}.bin"


def _readers() -> str:
    """The state of the modules that read rules: other modules may read the same files to something else."""
    here = os.path.dirname(__file__)
    stamps = []
    for folder in (here, os.path.dirname(here), os.path.join(here, os.pardir, "logic")):
        with os.scandir(folder) as entries:
            modules = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(".py")]
        stamps += [(name, status.st_mtime_ns, status.st_size) for name, status in modules]
    return repr(sorted(stamps))


def read_kept(path: Path | None) -> memoryview | None:
    """What is kept there, if there is something and it is whole."""
    try:
        data = memoryview(path.read_bytes() if path else b"")
    except OSError:
        return None
    found = data[_SUM:]
    return found if found and _checksum(found) == data[:_SUM] else None


def keep(path: Path | None, data: bytes, most: int = 1) -> None:
    """Keep it, if that can be done; of its kind the newest few (``most``) are kept."""
    if path is None:
        return
    import tempfile

    kind = path.name.partition("-")[0]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f"{kind}-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(data) + data)
        os.replace(temporary, path)
        older = sorted(path.parent.glob(f"{kind}-*.bin"), key=lambda other: other.stat().st_mtime, reverse=True)
        for other in older[most:]:
            other.unlink(missing_ok=True)
    except OSError:
        return


def _checksum(data: bytes | memoryview) -> bytes:
    """Tells a damaged file from a whole one; that it fits what it was made from is said by its name."""
    return zlib.crc32(data).to_bytes(_SUM, "little")
