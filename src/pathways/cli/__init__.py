"""The commands: wiring only. Signatures are in :mod:`pathways.cli.app`, what a command does in a module of its name."""

from __future__ import annotations


def main() -> None:
    """The ``pathways`` command."""
    from pathways.cli.app import app

    app()
