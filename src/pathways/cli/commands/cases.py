"""Commands on a case: asking, and assessing."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    AsOf,
    ColorOption,
    Format,
    Output,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(**GROUP)


@app.command()
def ask(
    context: typer.Context,
    case: Annotated[
        Path | None, typer.Argument(metavar="CASE.yaml", help="Where to keep the answers. Made if it is not there.")
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option("--about", metavar="AVENUE", help="Ask only what this avenue needs. May be given several times."),
    ] = None,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Ask the questions, one at a time, and show the result. With a file, each answer is saved as it is given."""
    from pathways.cli.ask import ask_questions

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: ask_questions(environment, case, as_of, about or []),
    )


@app.command()
def run(
    context: typer.Context,
    cases: Annotated[
        list[str],
        typer.Argument(
            metavar="CASE.yaml|DIR|NAME…", help="Case files, folders of them, or names of shipped scenarios."
        ),
    ],
    format: Output = Format.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Assess case files and check what they expect."""
    from pathways.cli.run import run_cases

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: run_cases(environment, cases, format.value, as_of),
    )
