"""``pathways sources``: the sources, how each was checked, and whether the digests fit the documents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import chosen, write_page
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.rulebook import Rulebook
from pathways.rulebook.locate import rulebook_folder


def show_sources(environment: Environment, names: Sequence[str], style: str) -> Exit:
    """Every source, or the named ones in full. A document's name stands for all its propositions."""
    rulebook = environment.rulebook
    known = source_names(rulebook)
    references = [reference for group in chosen(names, known, "source") for reference in group]
    if not names:
        references = list(dict.fromkeys(references))
    if style == "json":
        from pathways.render.data import to_json
        from pathways.render.handbook_data import sources_list_data

        environment.out(to_json(sources_list_data(rulebook, references)))
    else:
        from pathways.render.handbook import sources_page

        write_page(environment, sources_page(rulebook, references, whole=bool(names)), style)
    return Exit.DONE


def source_names(rulebook: Rulebook) -> dict[str, list[str]]:
    """Every name a source can be asked for by, and the references it stands for."""
    known: dict[str, list[str]] = {}
    for document in rulebook.documents.values():
        every = [f"{document.id}#{name}" for name in document.propositions]
        known[document.id] = every
        known.update({reference: [reference] for reference in every})
    kinds: dict[str, list[str]] = {}
    for authority in rulebook.authorities.values():
        kinds.setdefault(authority.kind, []).append(authority.id)
    for names in kinds.values():
        for name in names:
            known[name] = [name]
            known.update({name + pinpoint: [name + pinpoint] for pinpoint in rulebook.authorities[name].pinpoints})
    return known


def verify_sources(environment: Environment, documents: Path | None) -> Exit:
    """Hold the digests against the documents: exit 1 if one does not fit.

    Raises :class:`~pathways.diagnostics.RefusedError` when no folder is named, or it is none.
    """
    from pathways.render.problems import problems_text
    from pathways.rulebook.verify import verify_documents

    if documents is None:
        raise RefusedError(
            [
                Problem(
                    "no-documents",
                    "verify needs the documents",
                    Place("--documents"),
                    help="name their folder: --documents DIR",
                )
            ]
        )
    if not os.path.isdir(documents):
        raise RefusedError([Problem("no-such-folder", "no such folder", Place(str(documents)))])
    folder = rulebook_folder(environment.rules)
    rulebook, problems = verify_documents(folder, documents)
    if problems:
        environment.out(problems_text(problems))
        return Exit.FAILED
    propositions = sum(len(document.propositions) for document in rulebook.documents.values())
    documents_match = "document matches its hash" if len(rulebook.documents) == 1 else "documents match their hashes"
    environment.out(
        f"{len(rulebook.documents)} {documents_match}; {propositions} propositions stand on the lines "
        "they name, in words of their own."
    )
    return Exit.DONE
