"""``pathways rules diff``: what changes between two rulebooks."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from pathways.cli.dates import as_of_date
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.run import case_files
from pathways.cli.show import write_page
from pathways.diagnostics import Place, Problem, RefusedError
from pathways.rulebook import load_rulebook
from pathways.rulebook.locate import rulebook_folder
from pathways.yamlfile import shown_name


def show_diff(
    environment: Environment, old: Path, new: Path, style: str, scenarios: Path | None, as_of: str | None
) -> Exit:
    """Show what changes from ``old`` to ``new``.

    Raises :class:`~pathways.diagnostics.RefusedError` if one of them cannot be read, or a folder is none.
    """
    from pathways.authoring.compare import changes
    from pathways.render.changes import changes_data, changes_page

    day = as_of_date(as_of) or date.today().isoformat()
    wrong: list[Problem] = []
    books = []
    for folder in (old, new):
        try:
            books.append(load_rulebook(folder))
        except RefusedError as refused:
            wrong += refused.problems
    if scenarios is not None and not os.path.isdir(scenarios):
        wrong.append(Problem("no-such-folder", "no such folder", Place(shown_name(scenarios))))
    if wrong:
        raise RefusedError(dict.fromkeys(wrong))
    beside = scenarios or rulebook_folder(new) / "scenarios"
    files = case_files([str(beside)]) if os.path.isdir(beside) else []
    found = changes(books[0], books[1], [(path, path.relative_to(beside).as_posix()) for path, _ in files], day)
    if style == "json":
        from pathways.render.json_text import to_json

        environment.out(to_json(changes_data(found)))
    else:
        write_page(environment, changes_page(found), style)
    return Exit.DONE
