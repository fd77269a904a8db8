"""What the commands about the rulebook share: choosing by name, and writing a page in a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pathways.cli.environment import Environment
from pathways.cli.names import WrongNameError, wrong_name
from pathways.render.page import Page

Item = TypeVar("Item")


def chosen(names: Sequence[str], known: Mapping[str, Item], what: str) -> list[Item]:
    """The named items in the order named, or all of them.

    Raises :class:`~pathways.cli.names.WrongNameError` for names that lead nowhere, all at once.
    """
    wrong = [wrong_name(name, known, f"No {what} is named {{}}.", "Their names") for name in names if name not in known]
    if wrong:
        raise WrongNameError(wrong)
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def write_page(environment: Environment, page: Page, style: str) -> None:
    """Write a page as text or Markdown."""
    environment.out(page_in(environment, page, style))


def page_in(environment: Environment, page: Page, style: str) -> str:
    """A page as text or Markdown."""
    if style == "markdown":
        from pathways.render.markdown import page_markdown

        return page_markdown(page)
    from pathways.render.text import page_text

    return page_text(page, environment.width, environment.colored(environment.stdout))
