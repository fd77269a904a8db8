"""``pathways summary``: what each avenue is."""

from __future__ import annotations

from collections.abc import Sequence

from pathways.case import write_private
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.show import chosen, page_in
from pathways.cli.writing import Wanted, put, refuse_a_case
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue

READY = ("text", "json", "markdown", "html", "pdf")


def show_summary(environment: Environment, names: Sequence[str], wanted: Wanted) -> Exit:
    """Every avenue in short, or the named ones in full; as HTML or PDF a handbook of all of them in full."""
    style = wanted.style(READY)
    rulebook = environment.rulebook
    avenues = chosen(names, rulebook.avenues, "avenue")
    if style in ("html", "pdf"):
        from pathways.render.handbook import handbook_page

        put(environment, handbook_page(rulebook, avenues), wanted, style, {})
    elif wanted.file is not None:
        refuse_a_case(wanted.file)
        write_private(_text(environment, rulebook, avenues, bool(names), style).encode(), wanted.file)
    else:
        environment.out(_text(environment, rulebook, avenues, bool(names), style))
    return Exit.DONE


def _text(environment: Environment, rulebook: Rulebook, avenues: Sequence[Avenue], whole: bool, style: str) -> str:
    if style == "json":
        from pathways.render.data import to_json
        from pathways.render.handbook_data import summary_data

        return to_json(summary_data(rulebook, avenues))
    from pathways.render.handbook import summary_page

    return page_in(environment, summary_page(rulebook, avenues, whole), style)
