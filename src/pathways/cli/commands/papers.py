"""Commands that write files to hand on: the report."""

from enum import StrEnum
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    AsOf,
    ColorOption,
    OnPaper,
    OutputFile,
    Paper,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(**GROUP)


class ReportFormat(StrEnum):
    """How a report is written."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    JSON = "json"


class Reader(StrEnum):
    """Who reads a report."""

    FAMILY = "family"
    LAWYER = "lawyer"
    NEWSROOM = "newsroom"


@app.command()
def report(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE.yaml|NAME", help="A case file, or a shipped scenario.")],
    output: OutputFile = None,
    format: Annotated[
        ReportFormat | None, typer.Option("--format", help="How to write it, where the file does not say.")
    ] = None,
    reader: Annotated[
        Reader, typer.Option("--for", help="Who reads it: what comes first, and how deep it goes.")
    ] = Reader.FAMILY,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out names, notes and sources; tell days to the month.")
    ] = False,
    paper: OnPaper = Paper.LETTER,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Write a report on one case, to print or hand on. Whoever reads it, the result is the same."""
    from pathways.cli.report import write_report
    from pathways.cli.writing import Wanted, file_named

    wanted = Wanted(format.value if format else "", file_named(output), paper.value)
    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: write_report(environment, case, wanted, reader.value, redact, as_of),
    )
