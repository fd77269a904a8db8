"""Flags that several commands have, and what they mean.

Annotations are not put off here, nor in the modules of :mod:`pathways.cli.commands`: Typer asks for all of them when a
command begins, and to compile them from text took longer than to read the rules (docs/decisions/0010).
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pathways.cli.environment import Environment

#: How every group of commands is made.
GROUP: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "no_args_is_help": False}


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class Paper(StrEnum):
    """The paper that a PDF is set for."""

    LETTER = "letter"
    A4 = "a4"


class CheckFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    SHORT = "short"
    JSON = "json"
    GITHUB = "github"


class ColorChoice(StrEnum):
    """When to use color."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


RulesFolder = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Use another rulebook: a folder with rules/ and seeds/.")
]
ColorOption = Annotated[ColorChoice | None, typer.Option("--color", help="When to use color.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say less on standard error.")]
Output = Annotated[Format, typer.Option("--format", help="How to write the result.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write. Its ending names the format.")
]
OnPaper = Annotated[Paper, typer.Option("--paper", help="The paper that a PDF is set for.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day to take as today, such as 2026-01-20.")
]


def environment_of(
    context: typer.Context, rules: Path | None = None, color: ColorChoice | None = None, quiet: bool = False
) -> Environment:
    """The environment, with what was said before the command name and after it."""
    if not isinstance(context.obj, Environment):
        context.obj = Environment.of_process()
    environment: Environment = context.obj
    if rules is not None:
        environment.rules = rules
    if color is not None:
        environment.color = color.value
    environment.quiet = environment.quiet or quiet
    return environment
