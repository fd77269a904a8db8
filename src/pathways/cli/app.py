"""The command line: which commands there are. A command's module is read when it is asked for."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pathways import __version__
from pathways.cli.guard import finish
from pathways.cli.options import GROUP, ColorOption, Quiet, RulesFolder, environment_of

PURPOSE = (
    "Which legal avenues are open after federal immigration officers shoot, hurt or hold someone. Not legal advice."
)

#: Every command, in the order shown, and the module of :mod:`pathways.cli.commands` that it stands in.
COMMANDS = {
    "ask": "cases",
    "run": "cases",
    "explain": "reasons",
    "why-not": "reasons",
    "what-if": "reasons",
    "compare": "reasons",
    "sensitivity": "reasons",
    "report": "papers",
    "batch": "batch",
    "summary": "law",
    "claims": "law",
    "sources": "law",
    "calendar": "kit",
    "letter": "kit",
    "case": "case_files",
    "rules": "rules",
}


#: What an option may be called besides, in some commands: understood, and not shown.
OTHER_NAMES = {
    "--avenue": ("--about", {"ask", "batch", "coverage", "mutate"}),
    "--out": ("--output", {"batch", "report", "summary", "calendar", "letter"}),
}


def by_names_of_today(args: list[str]) -> list[str]:
    """The words of a command line, with its options by the names that are shown."""
    end = args.index("--") if "--" in args else len(args)
    found = list(args)
    for at, word in enumerate(args[:end]):
        name, equals, value = word.partition("=")
        today, commands = OTHER_NAMES.get(name, (name, set()))
        if commands.intersection(args[:at]):
            found[at] = today + equals + value
    return found


class Commands(TyperGroup):
    """The commands, each read when it is needed; ``help``, alone or before a command, is the same as ``--help``."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # The names alone: they are what is offered where one is misspelt.
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        args = by_names_of_today(args)
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        group = typer.main.get_group(import_module(f"pathways.cli.commands.{COMMANDS[cmd_name]}").app)
        return group if group.name == cmd_name else group.commands[cmd_name]


app = typer.Typer(
    name="pathways",
    cls=Commands,
    help=PURPOSE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    **GROUP,
)


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
    environment = environment_of(context, rules, color, quiet)
    if context.invoked_subcommand is None:
        from pathways.cli.welcome import welcome

        finish(environment, welcome)
