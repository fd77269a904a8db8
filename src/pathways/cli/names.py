"""Names typed as arguments that lead nowhere: said in a plain sentence each, not like a fault in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pathways.diagnostics import nearest

LONGEST_NAME = 100
#: So many names are offered for a part of a name, and so many are listed where nothing is near.
MOST_OFFERED = 5
MOST_LISTED = 30
SHORTEST_PART = 2


class WrongNameError(Exception):
    """Arguments name nothing that is there; ``sentences`` say so, one for each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(sentences))


def folder_to_write(path: Path | None) -> None:
    """Refuse what cannot become a folder, before the work that it is to take the result of."""
    if path is None:
        return
    from pathways.render.inert import inert

    there = next(one for one in (path, *path.parents) if one.exists() or one == one.parent or one == Path("."))
    if not there.is_dir():
        raise WrongNameError([f"{inert(str(there))} is a file. Name a folder to write into."])


def wrong_name(name: str, known: Iterable[str], said: str, several: str = "") -> str:
    """The sentence about a name: ``said`` of it, then the names it is a part of, the nearest, or a short list.

    ``{}`` in ``said`` is where the name stands; ``several`` is what the names in the list are called.
    """
    from pathways.render.inert import inert

    names = list(known)
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return f"{said.replace('{}', f'`{inert(short)}`')} {_offer(name, names, several)}".rstrip()


def _offer(name: str, names: Sequence[str], several: str) -> str:
    part = name.casefold()
    within = sorted((one for one in names if part in one.casefold()), key=len) if len(name) >= SHORTEST_PART else []
    if len(within) == 1:
        return f"Did you mean `{within[0]}`?"
    if within:
        rest = len(within) - MOST_OFFERED
        return f"Did you mean {_listed(within[:MOST_OFFERED])}{f', or one of {rest} more' if rest > 0 else ''}?"
    if near := nearest(name, names):
        return f"Did you mean `{near}`?"
    return f"{several} are {_listed(names)}." if several and 0 < len(names) <= MOST_LISTED else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)
