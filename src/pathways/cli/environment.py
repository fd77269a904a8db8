"""What a command sees of the outside: streams, width, color, rules. One object, so that a test can be a terminal."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from pathways.rulebook import Rulebook

Color = Literal["auto", "always", "never"]

NARROWEST, WIDEST = 40, 100

# Quotation marks, dashes, ellipsis, middle dot and section sign, by number.
_PLAIN = {
    0x201C: '"',
    0x201D: '"',
    0x2018: "'",
    0x2019: "'",
    0x2013: "-",
    0x2014: "-",
    0x2026: "...",
    0xB7: "-",
    0xA7: "Sec.",
}


class Environment:
    """Where a command reads and writes."""

    def __init__(
        self,
        stdin: TextIO,
        stdout: TextIO,
        stderr: TextIO,
        rules: Path | None = None,
        color: Color = "auto",
        quiet: bool = False,
    ) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.rules = rules
        self.color = color
        self.quiet = quiet

    @classmethod
    def of_process(cls) -> Environment:
        """The process's own streams; what cannot be encoded is replaced, never an error."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        # A stream that the caller has closed is None.
        return cls(sys.stdin, sys.stdout or io.StringIO(), sys.stderr or io.StringIO())

    def with_rules(self, rules: Path) -> Environment:
        """The same with another rulebook."""
        return Environment(self.stdin, self.stdout, self.stderr, rules, self.color, self.quiet)

    @property
    def width(self) -> int:
        """Columns for running text: ``COLUMNS``, else those of the terminal that a stream is on, else 80."""
        return max(NARROWEST, min(self._columns() or 80, WIDEST))

    def _columns(self) -> int:
        with suppress(ValueError):
            if (columns := int(os.environ.get("COLUMNS") or 0)) > 0:
                return columns
        for stream in (self.stdout, self.stderr, self.stdin):
            # A stream may be closed, of no file, or on no terminal; a terminal may not know its width.
            with suppress(OSError, ValueError, AttributeError):
                if columns := os.get_terminal_size(stream.fileno()).columns:
                    return columns
        return 0

    def colored(self, stream: TextIO) -> bool:
        """Whether to color what goes to ``stream``."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook; raises :class:`~pathways.diagnostics.RefusedError`."""
        from pathways.rulebook import load_rulebook

        return load_rulebook(self.rules)

    def out(self, text: str) -> None:
        """Write a result."""
        self.stdout.write(writable(text if text.endswith("\n") else text + "\n", self.stdout))

    def say(self, text: str) -> None:
        """Write a remark, not a result; silent with ``-q``."""
        if not self.quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """Write what went wrong. Where nobody can be told, the command ends all the same as it would."""
        try:
            self.stderr.write(writable(text + "\n", self.stderr))
        except BrokenPipeError:
            raise
        except OSError:
            discard(self.stderr)


def discard(stream: TextIO | None) -> None:
    """See to it that what could not be written is not tried again, with a complaint, when the process ends."""
    if stream is not None and stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def writable(text: str, stream: TextIO) -> str:
    """``text`` with typographic signs in plain form where the stream cannot hold them."""
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text
