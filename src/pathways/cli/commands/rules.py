"""``pathways rules``: for the people who write and check the rules."""

from enum import StrEnum
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
    prove: Annotated[
        bool, typer.Option("--prove/--no-prove", help="Whether to prove what is always or never so.")
    ] = True,
    cases: Annotated[
        Path | None,
        typer.Option("--cases", metavar="DIR", help="Write cases that break a promise to this folder."),
    ] = None,
    as_of: AsOf = None,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Check the rulebook: every problem in one run."""
    from pathways.cli.rules import check_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: check_rules(environment, format.value, as_of, prove=prove, cases=cases),
    )


@app.command()
def explain(
    context: typer.Context,
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="CODE", help="Codes, as in brackets after `error`; none: all.")
    ] = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What a problem's code means, an example that has it, and how to mend it."""
    from pathways.cli.explain_codes import explain_codes

    finish(
        environment_of(context, color=color, quiet=quiet),
        lambda environment: explain_codes(environment, codes or []),
    )


class GraphFormat(StrEnum):
    """How a picture is written."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


@app.command()
def schema(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="KIND", help="Such as avenues; without it, the kinds.")] = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """The format of a kind of rule file as JSON Schema, for editors."""
    from pathways.cli.author import show_schema

    finish(environment_of(context, None, color, quiet), lambda environment: show_schema(environment, kind))


@app.command()
def new(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="avenue|fact|finding", help="What to begin.")],
    name: Annotated[str, typer.Argument(metavar="ID", help="Its name; of a fact with its topic: topic.name.")],
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Begin an avenue, a fact or a finding: a file to fill in."""
    from pathways.cli.author import begin_rule

    environment = environment_of(context, rules, color, quiet)
    finish(environment, lambda environment: begin_rule(environment, kind, name))


@app.command()
def diff(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A rulebook: a folder with rules/ and seeds/.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The other one.")],
    format: Output = Format.TEXT,
    scenarios: Annotated[
        Path | None, typer.Option("--scenarios", metavar="DIR", help="Cases to run against both; else NEW/scenarios.")
    ] = None,
    as_of: AsOf = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """What changes in meaning between two rulebooks."""
    from pathways.cli.rules_diff import show_diff

    finish(
        environment_of(context, None, color, quiet),
        lambda environment: show_diff(environment, old, new, format.value, scenarios, as_of),
    )


@app.command()
def graph(
    context: typer.Context,
    avenue: Annotated[
        str | None, typer.Argument(metavar="AVENUE", help="The avenue to draw; without it, who starts what.")
    ] = None,
    format: Annotated[GraphFormat, typer.Option("--format", help="How to write the picture.")] = GraphFormat.MERMAID,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Draw an avenue, or who starts what."""
    from pathways.cli.author import draw_graph

    environment = environment_of(context, rules, color, quiet)
    finish(environment, lambda environment: draw_graph(environment, avenue, format.value))


ScenarioFolder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help="A folder of scenarios. Default: scenarios/ or cases/ beside the rules."),
]


AboutAvenue = Annotated[
    str | None, typer.Option("--about", metavar="AVENUE", help="Only what concerns this avenue and no other.")
]
WriteCases = Annotated[
    Path | None,
    typer.Option("--write", metavar="FOLDER", help="Invent the cases that are missing, and write them here."),
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
    about: AboutAvenue = None,
    write: WriteCases = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """List the conditions that no scenario shows to matter both ways."""
    from pathways.cli.rules_test import cover_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: cover_rules(environment, folder, format.value, about, write),
    )


@app.command()
def mutate(
    context: typer.Context,
    folder: ScenarioFolder = None,
    at_least: Annotated[
        int, typer.Option("--at-least", metavar="PERCENT", min=0, max=100, help="Fail if fewer are noticed.")
    ] = 95,
    about: AboutAvenue = None,
    write: WriteCases = None,
    format: Output = Format.TEXT,
    rules: RulesFolder = None,
    color: ColorOption = None,
    quiet: Quiet = False,
) -> None:
    """Change the rules in one thing at a time, and list the changes that no scenario notices."""
    from pathways.cli.rules_test import mutate_rules

    finish(
        environment_of(context, rules, color, quiet),
        lambda environment: mutate_rules(environment, folder, format.value, at_least, about, write),
    )
