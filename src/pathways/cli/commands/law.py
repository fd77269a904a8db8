"""Commands on the rules as they are read: what each avenue is, what is claimed, what stands behind it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    ColorOption,
    Format,
    OnPaper,
    Output,
    OutputFile,
    Paper,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(**GROUP)


class MapFormat(StrEnum):
    """How the map of the avenues is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


@app.command()
def summary(
    context: typer.Context,
    avenues: Annotated[list[str] | None, typer.Argument(metavar="AVENUE…", help="Only these avenues.")] = None,
    format: Annotated[
        MapFormat | None, typer.Option("--format", help="How to write the result: text, if nothing else says.")
    ] = None,
    output: OutputFile = None,
    paper: OnPaper = Paper.LETTER,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What each avenue is: who, against whom, where, what it needs and what stands in the way.

    As HTML or PDF (-o FILE) a handbook with contents and an index of authorities.
    """
    from pathways.cli.summary import show_summary
    from pathways.cli.writing import Wanted, file_named

    file = file_named(output)
    wanted = Wanted(format.value if format else "" if file else "text", file, paper.value)
    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: show_summary(environment, avenues or [], wanted),
    )


@app.command()
def claims(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="CLAIM…", help="Only these claims.")] = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What is said in public, and what the sources say of it."""
    from pathways.cli.claims import show_claims

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: show_claims(environment, names or [], format.value),
    )


@app.command()
def sources(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Only these sources; or: verify.")] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", help="With verify: where the documents are.")
    ] = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """The sources and how each was checked. `sources verify --documents DIR` holds the digests against the
    documents.
    """
    from pathways.cli.sources import show_sources, verify_sources

    environment = environment_of(context, rules, color, quiet)
    if documents is not None and names != ["verify"]:
        raise typer.BadParameter("it goes with `sources verify`", param_hint="'--documents'")
    if names == ["verify"]:
        finish(environment, lambda environment: verify_sources(environment, documents))
    finish(environment, lambda environment: show_sources(environment, names or [], format.value))
