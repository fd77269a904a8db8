"""The commands: wiring only. Signatures are in :mod:`pathways.cli.app`, what a command does in a module of its name."""

from __future__ import annotations


def main() -> None:
    """The ``pathways`` command."""
    import sys

    from pathways.cli.app import app
    from pathways.cli.exits import Exit
    from pathways.cli.guard import owned_up

    try:
        app()
    except Exception as error:
        # Before a command's work begins: its module could not be loaded, say.
        print(owned_up(error), file=sys.stderr)
        sys.exit(Exit.INTERNAL)
