"""The command line: names, flags and help. Each command imports what it needs when it runs.

Annotations are not put off here: Typer asks for all of them at every start, and to compile them from text took longer
than to read the rules (docs/decisions/0010).
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pathways import __version__
from pathways.cli.environment import Environment
from pathways.cli.guard import finish


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


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


PURPOSE = (
    "Which legal avenues are open after federal immigration officers shoot, hurt or hold someone. Not legal advice."
)
Options: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "no_args_is_help": False}


class _Commands(TyperGroup):
    """The commands; ``help``, alone or before a command, is the same as ``--help``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)


app = typer.Typer(
    name="pathways",
    cls=_Commands,
    help=PURPOSE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    **Options,
)
rules_app = typer.Typer(name="rules", help="For the people who write and check the rules.", **Options)
case_app = typer.Typer(name="case", help="What a case file holds, whether it can be read, and erasing it.", **Options)
app.add_typer(case_app)
app.add_typer(rules_app)

RulesFolder = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Use another rulebook: a folder with rules/ and seeds/.")
]
ColorOption = Annotated[ColorChoice | None, typer.Option("--color", help="When to use color.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say less on standard error.")]
Output = Annotated[Format, typer.Option("--format", help="How to write the result.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day to take as today, such as 2026-01-20.")
]


def _environment(
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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pathways {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Begin: the flags that every command has."""
    del version
    environment = _environment(context, rules, color, quiet)
    if context.invoked_subcommand is None:
        from pathways.cli.welcome import welcome

        finish(environment, welcome)


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
        _environment(context, rules, color, quiet),
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
        _environment(context, rules, color, quiet),
        lambda environment: run_cases(environment, cases, format.value, as_of),
    )


@app.command()
def summary(
    context: typer.Context,
    avenues: Annotated[list[str] | None, typer.Argument(metavar="AVENUE…", help="Only these avenues.")] = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What each avenue is: who, against whom, where, what it needs and what stands in the way."""
    from pathways.cli.summary import show_summary

    finish(
        _environment(context, rules, color, quiet),
        lambda environment: show_summary(environment, avenues or [], format.value),
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
        _environment(context, rules, color, quiet),
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

    environment = _environment(context, rules, color, quiet)
    if documents is not None and names != ["verify"]:
        raise typer.BadParameter("it goes with `sources verify`", param_hint="'--documents'")
    if names == ["verify"]:
        finish(environment, lambda environment: verify_sources(environment, documents))
    finish(environment, lambda environment: show_sources(environment, names or [], format.value))


@case_app.command("show")
def case_show(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file.")],
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Show what a case file holds: answers, who said so, notes."""
    from pathways.cli.case import show_case

    finish(_environment(context, rules, color, quiet), lambda environment: show_case(environment, file))


@case_app.command("check")
def case_check(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Case files, or folders of them.")],
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Check that case files can be read, and say what is older than the rules."""
    from pathways.cli.case import check_cases

    finish(_environment(context, rules, color, quiet), lambda environment: check_cases(environment, files))


@case_app.command("erase")
def case_erase(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Remove a case file, and say what erasing cannot promise."""
    from pathways.cli.case import erase_file

    finish(_environment(context, None, color, quiet), lambda environment: erase_file(environment, file, yes))


@rules_app.command()
def check(
    context: typer.Context,
    format: Annotated[CheckFormat, typer.Option("--format", help="How to write the problems.")] = CheckFormat.TEXT,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Check the rulebook: every problem in one run."""
    from pathways.cli.rules import check_rules

    finish(
        _environment(context, rules, color, quiet),
        lambda environment: check_rules(environment, format.value, as_of),
    )
