"""``pathways claims``: public claims and what the sources say of them."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import chosen, write_page


def show_claims(environment: Environment, names: Sequence[str], style: str) -> Exit:
    """Every claim, or the named ones."""
    rulebook = environment.rulebook
    claims = chosen(names, rulebook.claims, "claim")
    if style == "json":
        from pathways.render.data import to_json
        from pathways.render.handbook_data import claims_data

        environment.out(to_json(claims_data(rulebook, claims)))
    else:
        from pathways.render.handbook import claims_page

        write_page(environment, claims_page(rulebook, claims), style)
    return Exit.DONE
