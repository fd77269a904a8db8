"""Commands that look inside a case: why it comes out so, and what other answers would change."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import GROUP, AsOf, ColorOption, Format, Output, Quiet, RulesFolder, environment_of

app = typer.Typer(**GROUP)

OneCase = Annotated[str, typer.Argument(metavar="CASE", help="A case file, or the name of a shipped scenario.")]


class TreeFormat(StrEnum):
    """How a tree of reasons is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    DOT = "dot"


@app.command()
def explain(
    context: typer.Context,
    case: OneCase,
    subject: Annotated[str, typer.Argument(metavar="AVENUE|FINDING|CLAIM", help="What to explain.")],
    full: Annotated[bool, typer.Option("--full", help="Show everything, not only what decides.")] = False,
    format: Annotated[TreeFormat, typer.Option("--format", help="How to write the reasons.")] = TreeFormat.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Why an avenue, a legal test or a claim comes out as it does: a tree of reasons, cut to what decides."""
    from pathways.cli.explain import explain_case

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: explain_case(environment, case, subject, full, format.value, as_of),
    )


Everything = Annotated[bool, typer.Option("--all", help="List all of it, however long.")]


@app.command("why-not")
def why_not(
    context: typer.Context,
    case: OneCase,
    avenue: Annotated[str, typer.Argument(metavar="AVENUE", help="The avenue that is to stand better.")],
    all: Everything = False,
    format: Output = Format.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What would have to be otherwise for an avenue to stand better: all smallest sets of up to three answers."""
    from pathways.cli.what_if import why_not_case

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: why_not_case(environment, case, avenue, all, format.value, as_of),
    )


@app.command("what-if")
def what_if(
    context: typer.Context,
    case: OneCase,
    answers: Annotated[
        list[str] | None,
        typer.Argument(metavar="FACT=ANSWER…", help="Other answers. Nothing after = takes an answer back."),
    ] = None,
    format: Output = Format.TEXT,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Also if it were assessed on this day.")
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", metavar="DIR", help="Then with these rules; before the command: always."),
    ] = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What would change with other answers, on another day, or with other rules: before and after, side by side."""
    from pathways.cli.what_if import what_if as compare

    finish(
        environment_of(context, None, color, quiet),
        lambda environment: compare(environment, case, answers or [], as_of, rules, format.value),
    )


@app.command()
def compare(
    context: typer.Context,
    cases: Annotated[
        list[str], typer.Argument(metavar="CASE CASE…", help="Case files, or names of shipped scenarios.")
    ],
    format: Output = Format.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Several cases side by side: standings, time limits and answers that differ."""
    from pathways.cli.what_if import compare_cases

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: compare_cases(environment, cases, format.value, as_of),
    )


@app.command()
def sensitivity(
    context: typer.Context,
    case: OneCase,
    all: Everything = False,
    format: Output = Format.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Which open or disputed question matters most, and to which avenues."""
    from pathways.cli.what_if import what_matters

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: what_matters(environment, case, all, format.value, as_of),
    )
