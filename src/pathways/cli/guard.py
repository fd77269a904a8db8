"""How every command ends: with one of the exit codes, and never with a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable

import typer

from pathways import __version__
from pathways.cli.environment import Environment, discard
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError
from pathways.diagnostics import RefusedError


def finish(environment: Environment, work: Callable[[Environment], Exit]) -> None:
    """Do a command's work and leave with its exit code."""
    raise typer.Exit(int(guarded(environment, work)))


def guarded(environment: Environment, work: Callable[[Environment], Exit]) -> Exit:
    """The exit code of a command's work, whatever happens in it."""
    try:
        code = work(environment)
        environment.stdout.flush()
        return code
    except WrongNameError as wrong:
        environment.complain("\n".join(wrong.sentences))
        return Exit.BAD_INPUT
    except RefusedError as refused:
        from pathways.render.problems import problems_text

        environment.complain(problems_text(refused.problems))
        return Exit.BAD_INPUT
    except KeyboardInterrupt:
        environment.complain("\nStopped.")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has stopped reading; that is their right.
        discard(environment.stdout)
        return Exit.DONE
    except OSError as error:
        environment.complain(failed_us(error))
        discard(environment.stdout)
        return Exit.BAD_INPUT
    except Exception as error:
        environment.complain(owned_up(error))
        return Exit.INTERNAL


def failed_us(error: OSError) -> str:
    """What is said of a disk or a path that fails us; the rules and cases are read with diagnostics of their own."""
    from pathways.render.inert import inert

    what = f": {inert(str(error.filename))[:200]}" if error.filename else ""
    return f"pathways: {error.strerror or error}{what}"


def owned_up(error: Exception) -> str:
    """What is said of a bug of ours; with its traceback where that was asked for."""
    said = (
        f"pathways {__version__}: this is a bug here, not a mistake of yours: {type(error).__name__}: {error}\n"
        "Please report it with the command you ran. Set PATHWAYS_TRACEBACK=1 to see where it happened."
    )
    if os.environ.get("PATHWAYS_TRACEBACK"):
        import traceback

        said += "\n" + "".join(traceback.format_exception(error))
    return said
