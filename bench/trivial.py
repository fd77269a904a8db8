"""The least a Typer command can be: what a start costs before a program does anything."""

import typer

app = typer.Typer()


@app.command()
def main() -> None:
    """Say one line."""
    typer.echo("one line")


if __name__ == "__main__":
    app()
