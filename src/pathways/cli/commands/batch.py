"""Assessing many records at once."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import GROUP, AsOf, ColorOption, Quiet, RulesFolder, environment_of

app = typer.Typer(**GROUP)


@app.command()
def batch(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Records, one column a question: .csv, .jsonl or .parquet.")
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT", help="Where to write the standings: .csv, .jsonl or .parquet."),
    ],
    id_column: Annotated[
        str, typer.Option("--id", metavar="COLUMN", help="A column that is carried over as it is.")
    ] = "",
    avenues: Annotated[
        list[str] | None,
        typer.Option("--about", metavar="AVENUE", help="Assess only this avenue. May be given several times."),
    ] = None,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Assess many intake records: for each, where every avenue stands."""
    from pathways.cli.batch import assess_file

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: assess_file(environment, file, out, id_column, avenues or [], as_of),
    )
