"""``pathways summary``: what each avenue is."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import chosen, write_page


def show_summary(environment: Environment, names: Sequence[str], style: str) -> Exit:
    """Every avenue in short, or the named ones in full."""
    rulebook = environment.rulebook
    avenues = chosen(names, rulebook.avenues, "avenue")
    if style == "json":
        from pathways.render.data import to_json
        from pathways.render.handbook_data import summary_data

        environment.out(to_json(summary_data(rulebook, avenues)))
    else:
        from pathways.render.handbook import summary_page

        write_page(environment, summary_page(rulebook, avenues, whole=bool(names)), style)
    return Exit.DONE
