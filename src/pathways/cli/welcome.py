"""``pathways`` alone: what it is for and what to type first."""

from __future__ import annotations

from pathways import __version__
from pathways.cli.environment import Environment
from pathways.cli.exits import Exit

TEXT = f"""\
pathways {__version__}: which legal avenues are open after federal immigration officers
shoot, hurt or hold someone, who decides, and what stands in the way.
Not legal advice. Nothing you type leaves this computer.

  pathways ask my-case.yaml         answer questions; each answer is saved as you give it
  pathways ask                      the same, and nothing is written
  pathways run minneapolis-2026     a case from news reports, worked through
  pathways summary                  every avenue: who, against whom, where, what for
  pathways claims                   what is said in public, and what the sources say

pathways --help lists everything.
"""


def welcome(environment: Environment) -> Exit:
    """Say what to type first."""
    environment.out(TEXT)
    return Exit.DONE
