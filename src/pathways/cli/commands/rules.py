"""``pathways rules``: for the people who write and check the rules."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    AsOf,
    CheckFormat,
    ColorOption,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(name="rules", help="For the people who write and check the rules.", **GROUP)


@app.command()
def check(
    context: typer.Context,
    format: Annotated[CheckFormat, typer.Option("--format", help="How to write the problems.")] = CheckFormat.TEXT,
    prove: Annotated[
        bool, typer.Option("--prove/--no-prove", help="Whether to prove what is always or never so.")
    ] = True,
    cases: Annotated[
        Path | None,
        typer.Option("--cases", metavar="DIR", help="Write cases that break a promise to this folder."),
    ] = None,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Check the rulebook: every problem in one run."""
    from pathways.cli.rules import check_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: check_rules(environment, format.value, as_of, prove=prove, cases=cases),
    )


@app.command()
def explain(
    context: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE", help="Codes, as in brackets after `error`; none: all.")
    ] = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What a problem's code means, an example that has it, and how to mend it."""
    from pathways.cli.explain_codes import explain_codes

    finish(
        environment_of(context, color=color, quiet=quiet),
        lambda environment: explain_codes(environment, codes or []),
    )
