"""``pathways rules``: for the people who write and check the rules."""

from pathlib import Path
from typing import Annotated

import typer

from pathways.cli.guard import finish
from pathways.cli.options import (
    GROUP,
    AsOf,
    CheckFormat,
    ColorOption,
    Format,
    Output,
    Quiet,
    RulesFolder,
    environment_of,
)

app = typer.Typer(name="rules", help="For the people who write and check the rules.", **GROUP)


@app.command()
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
        environment_of(context, rules, color, quiet),
        lambda environment: check_rules(environment, format.value, as_of),
    )


ScenarioFolder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="A folder of scenarios. Default: scenarios/ or cases/ beside the rules."),
]


@app.command("test")
def run_scenarios(
    context: typer.Context,
    folder: ScenarioFolder = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Run the scenarios as tests. Of what fails, the decisive reasons are shown."""
    from pathways.cli.rules_test import test_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: test_rules(environment, folder, format.value),
    )


@app.command()
def coverage(
    context: typer.Context,
    folder: ScenarioFolder = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """List the conditions that no scenario shows to matter both ways."""
    from pathways.cli.rules_test import cover_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: cover_rules(environment, folder, format.value),
    )


@app.command()
def mutate(
    context: typer.Context,
    folder: ScenarioFolder = None,
    at_least: Annotated[
        int, typer.Option("--at-least", metavar="PERCENT", min=0, max=100, help="Fail if fewer are noticed.")
    ] = 95,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Change the rules in one thing at a time, and list the changes that no scenario notices."""
    from pathways.cli.rules_test import mutate_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: mutate_rules(environment, folder, format.value, at_least),
    )
