"""``pathways case``: what is done with a case file itself."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    ColorOption,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(name="case", help="What a case file holds, whether it can be read, and erasing it.", **GROUP)


@app.command("show")
def case_show(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|NAME", help="A case file, or the name of a shipped scenario.")],
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Show what a case file holds: answers, who said so, notes."""
    from pathways.cli.case import show_case

    finish(environment_of(context, rules, color, quiet), lambda environment: show_case(environment, file))


@app.command("check")
def case_check(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Case files, folders of them, or shipped scenarios.")
    ],
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Check that case files can be read, and say what is older than the rules."""
    from pathways.cli.case import check_cases

    finish(environment_of(context, rules, color, quiet), lambda environment: check_cases(environment, files))


@app.command("erase")
def case_erase(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Remove a case file, and say what erasing cannot promise."""
    from pathways.cli.case import erase_file

    finish(environment_of(context, None, color, quiet), lambda environment: erase_file(environment, file, yes))
