"""Writing a case file: atomically, readable by its owner alone, and read back the same."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pathways.case.model import Case, Given, Said
from pathways.rulebook.files import digest
from pathways.yamlfile import without_forbidden_characters

_NEVER_PLAIN = frozenset("-?:,[]{}#&*!|>'\"%@`=")
UNTITLED = "Untitled"
#: So often a lock is tried, a fiftieth of a second apart.
PATIENCE = 100
#: A colon before anything but a letter, a digit or a slash may end a key, also inside braces.
_COLON = re.compile(r":(?![A-Za-z0-9/])")


class ChangedError(OSError):
    """A file is not what it was when it was last read or written here: somebody else has changed it."""


def digest_of(path: Path) -> str:
    """What a file holds, as a short text to compare; empty where there is no file."""
    try:
        return digest(path.read_bytes()).hex()
    except FileNotFoundError:
        return ""


def save_case(case: Case, path: Path, expected: str | None = None) -> str:
    """Write ``case`` to ``path``: a new file, flushed to disk, then put in the place of the old one; mode 0600.

    A symbolic link is followed, so that the file it names is replaced; what is not a file (a device, a pipe) never is.
    ``expected`` is what :func:`digest_of` gave for the file that may be replaced. Gives the digest of the new one.
    Raises :class:`OSError` with the old file untouched, :class:`ChangedError` if it is another than the one expected.
    """
    data = case_text(case).encode()
    target = _target(path)
    with _alone_with(target) as alone:
        if expected is not None and (found := digest_of(target)) != expected:
            raise ChangedError(errno.EBUSY, "changed meanwhile" if found else "gone meanwhile", str(path))
        if alone:
            remove_leftovers(target)
        with said_of(path):
            _put(data, target, new=expected == "")
    flush_folder(target.parent)
    return digest(data).hex()


def write_private(data: bytes, path: Path, new: bool = False) -> None:
    """Put ``data`` under a name, whole or not at all, with mode 0600. A ``new`` file never takes another's place.

    Raises :class:`OSError` with what stands there untouched, :class:`ChangedError` if a new one's name is taken.
    """
    target = _target(path)
    if not target.parent.is_dir():
        raise OSError(errno.ENOENT, "no such folder", str(target.parent))
    remove_leftovers(target)
    with said_of(path):
        _put(data, target, new)
    flush_folder(target.parent)


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """What fails is said of the file that was named, and of none that stands beside it for a moment."""
    try:
        yield
    except ChangedError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _target(path: Path) -> Path:
    """The file that a name leads to, over symbolic links; never a device or a pipe."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, "a symbolic link that leads to itself", str(path))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a file", str(path))
    return target


def save_again(case: Case, path: Path, expected: str) -> str:
    """Like :func:`save_case`, after one that was interrupted and may have done all."""
    written = digest(case_text(case).encode()).hex()
    return written if digest_of(path) == written else save_case(case, path, expected)


def flush_folder(folder: Path) -> None:
    """Have on disk which files a folder holds, after one was put there or taken away; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(target: Path) -> None:
    """Remove what writers of this file left beside it that were ended in the middle."""
    for left in target.parent.glob(f"{_prefix(target)}*"):
        with suppress(OSError):
            left.unlink()


def _prefix(target: Path) -> str:
    return f".case-{digest(os.fsencode(target.name)).hex()[:12]}-"


def _put(data: bytes, target: Path, new: bool) -> None:
    """Have ``data`` on disk, then under its name; a ``new`` file never in the place of another."""
    import tempfile

    # Its mode is 0600 from the start.
    handle, temporary = tempfile.mkstemp(prefix=_prefix(target), dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new and _linked(temporary, target):
            os.unlink(temporary)
        else:
            os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _linked(temporary: str, target: Path) -> bool:
    """Give a file a second name that is not taken; False where the disk knows no second names."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise ChangedError(errno.EEXIST, "is there already", str(target)) from None
    except OSError:
        return False
    return True


@contextmanager
def _alone_with(target: Path) -> Iterator[bool]:
    """Keep other writers of a file out, where there is one and the system can; says whether that is so."""
    try:
        import fcntl

        handle = os.open(target, os.O_RDONLY)
    except (ImportError, OSError):
        yield False
        return
    try:
        yield _locked(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))
    finally:
        os.close(handle)


def _locked(lock: Callable[[], None]) -> bool:
    """Try to lock for a while: whoever else holds it needs a moment. Not every disk can lock."""
    for _ in range(PATIENCE):
        try:
            lock()
        except BlockingIOError:
            time.sleep(0.02)
        except OSError:
            return False
        else:
            return True
    return False


def case_text(case: Case) -> str:
    """The case as YAML, in the order in which things were said."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"case: {quoted(case.title.strip() or UNTITLED)}"
    if case.story.strip():
        yield f"story: {quoted(case.story)}"
    if case.as_of:
        yield f"as_of: {case.as_of}"
    if case.based_on:
        yield f"based_on: {quoted(case.based_on)}"
    if case.saved_with:
        yield f"saved_with: {case.saved_with}"
    if case.about:
        yield f"about: [{', '.join(case.about)}]"
    if case.decided:
        yield "decided:"
        yield f"  by: {quoted(case.decided.by)}"
        yield f"  holding: {quoted(case.decided.holding)}"
    own = case.own
    yield "answers:" if own else "answers: {}"
    for name, given in own.items():
        yield from _answer(name, given)
    yield from _texts("notes", case.notes)
    yield from _texts("set_aside", case.set_aside)
    if case.expect:
        yield "expect:"
        yield from _expectations(case)


def _texts(key: str, texts: Mapping[str, str]) -> Iterator[str]:
    kept = {name: text for name, text in texts.items() if text.strip()}
    if kept:
        yield f"{key}:"
        yield from (f"  {quoted(name)}: {quoted(text)}" for name, text in kept.items())


def _answer(name: str, given: Given) -> Iterator[str]:
    if given.kind == "unknown" and not given.said:
        yield f"  {name}: unknown"
    elif given.kind == "one-of":
        yield f"  {name}: {{one_of: [{', '.join(map(quoted, given.options))}]}}"
    elif given.kind == "disputed" and given.said:
        yield f"  {name}:"
        yield "    disputed:"
        for said in given.said:
            yield f"      - {_said(said)}"
    elif given.kind == "disputed":
        yield f"  {name}: disputed"
    elif given.said:
        yield f"  {name}: {_said(given.said[0])}"
    else:
        yield f"  {name}: {quoted(given.options[0])}"


def _said(said: Said) -> str:
    parts = [f"answer: {quoted(said.answer)}"]
    if said.by.strip():
        parts.append(f"by: {quoted(said.by)}")
    if said.note.strip():
        parts.append(f"note: {quoted(said.note)}")
    if said.sources:
        parts.append(f"sources: [{', '.join(quoted(source) for source in said.sources)}]")
    return "{" + ", ".join(parts) + "}"


def _expectations(case: Case) -> Iterator[str]:
    tree: dict[str, object] = {}
    for expectation in case.expect:
        at = tree
        for step in expectation.path[:-1]:
            at = at.setdefault(step, {})  # type: ignore[assignment]
        leaf = expectation.path[-1]
        if leaf == "because":
            at.setdefault(leaf, []).append(expectation.expected)  # type: ignore[attr-defined]
        elif leaf == "could_become":
            at[leaf] = expectation.expected.split(", ")
        else:
            at[leaf] = expectation.expected
    yield from _tree(tree.items(), "  ")


def _tree(items: Iterable[tuple[str, object]], indent: str) -> Iterator[str]:
    for key, value in items:
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _tree(value.items(), indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}: [{', '.join(value)}]"
        else:
            yield f"{indent}{key}: {value}"


def quoted(text: str) -> str:
    """A YAML scalar that reads back as this text: plain where that is safe, else in double quotes.

    White space is one space, as in every text of a case; a character that no file may hold becomes U+FFFD, so that what
    was written can always be read again.
    """
    text = without_forbidden_characters(" ".join(text.split()))
    plain = (
        text
        and text[0] not in _NEVER_PLAIN
        and not any(sign in text for sign in (" #", ",", "[", "]", "{", "}", '"'))
        and not _COLON.search(text)
        and text not in ("~", "null", "Null", "NULL")
    )
    if plain:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
