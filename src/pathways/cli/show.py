"""What the commands about the rulebook share: choosing by name, and writing a page in a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pathways.cli.environment import Environment
from pathways.diagnostics import Place, Problems, did_you_mean
from pathways.render.page import Page

Item = TypeVar("Item")


def chosen(names: Sequence[str], known: Mapping[str, Item], what: str) -> list[Item]:
    """The named items in the order named, or all of them.

    Raises :class:`~pathways.diagnostics.RefusedError` for names that lead nowhere.
    """
    problems = Problems()
    for name in names:
        if name not in known:
            listed = f"their names are {', '.join(f'`{one}`' for one in known)}" if len(known) < 30 else ""
            problems.error(
                f"unknown-{what}", f"no {what} is named `{name}`", Place(name), help=did_you_mean(name, known, listed)
            )
    problems.raise_errors()
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def write_page(environment: Environment, page: Page, style: str) -> None:
    """Write a page as text or Markdown."""
    if style == "markdown":
        from pathways.render.markdown import page_markdown

        environment.out(page_markdown(page))
    else:
        from pathways.render.text import page_text

        environment.out(page_text(page, environment.width, environment.colored(environment.stdout)))
