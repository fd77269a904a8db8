"""Commands for what is done next: a calendar of the time limits, and drafts of letters."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import GROUP, AsOf, ColorOption, Quiet, RulesFolder, environment_of

app = typer.Typer(**GROUP)


class Titles(StrEnum):
    """What the titles of events say."""

    NEUTRAL = "neutral"
    FULL = "full"


class LetterFormat(StrEnum):
    """How a letter is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    DOCX = "docx"


@app.command()
def calendar(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file, or the name of a shipped scenario.")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE.ics", help="Where to write it. An earlier one there is updated."),
    ],
    titles: Annotated[
        Titles, typer.Option("--titles", help="What the titles of events say: nothing that names the case, or all.")
    ] = Titles.NEUTRAL,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Write the time limits of a case as a calendar file, with alarms."""
    from pathways.cli.dates_file import write_calendar

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: write_calendar(environment, case, output, titles is Titles.FULL, as_of),
    )


@app.command()
def letter(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Which letter. Without it: what there is.")] = None,
    case: Annotated[
        str | None, typer.Argument(metavar="CASE", help="A case file. Without it every answer is a blank.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write it. Never over another file.")
    ] = None,
    format: Annotated[
        LetterFormat | None,
        typer.Option("--format", help="How to write it; without this by the name of FILE, else text."),
    ] = None,
    notes: Annotated[bool, typer.Option("--with-notes", help="Put the notes of the case file in, too.")] = False,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Draft a letter from a case, with its blanks marked. Nothing is sent."""
    from pathways.cli.letters import draft_letter

    style = format.value if format else None
    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: draft_letter(environment, name, case, output, style, as_of, notes),
    )
