"""The commands. Signatures are in :mod:`pathways.cli.commands`; what one does stands in a module of its name."""

from __future__ import annotations


def main() -> None:
    """The ``pathways`` command."""
    import gc
    import sys

    # A run makes many values and throws few away: to look for garbage often costs more than it frees.
    gc.set_threshold(100_000)
    from pathways.cli.app import app
    from pathways.cli.environment import Environment, discard
    from pathways.cli.exits import Exit
    from pathways.cli.guard import failed_us, owned_up

    try:
        app()
    except OSError as error:
        # Before a command's work begins: help or the version could not be written.
        Environment.of_process().complain(failed_us(error))
        discard(sys.stdout)
        sys.exit(Exit.BAD_INPUT)
    except Exception as error:
        # Its module could not be loaded, say.
        Environment.of_process().complain(owned_up(error))
        sys.exit(Exit.INTERNAL)
    finally:
        # All of it goes when the process ends: it need not be looked through for garbage first.
        gc.freeze()
