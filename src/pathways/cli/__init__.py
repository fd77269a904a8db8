"""The commands. Signatures are in :mod:`pathways.cli.commands`; what one does stands in a module of its name."""

from __future__ import annotations


def main() -> None:
    """The ``pathways`` command."""
    import gc
    import sys

    # A run makes many values and throws few away: to look for garbage often costs more than it frees.
    gc.set_threshold(100_000)
    from pathways.cli.app import app
    from pathways.cli.exits import Exit
    from pathways.cli.guard import owned_up

    try:
        app()
    except Exception as error:
        # Before a command's work begins: its module could not be loaded, say.
        print(owned_up(error), file=sys.stderr)
        sys.exit(Exit.INTERNAL)
    finally:
        # All of it goes when the process ends: it need not be looked through for garbage first.
        gc.freeze()
