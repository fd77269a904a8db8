"""A conversation line by line: for a terminal, a screen reader and a pipe alike."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable
from contextlib import suppress

from pathways.cli.environment import Environment
from pathways.interview.wording import Paragraph
from pathways.render.inert import inert


class EndOfInputError(Exception):
    """Nothing more can be read."""


class Talk:
    """Lines said and lines read. Everything said goes to standard error; nothing is ever repainted."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.stdin = environment.stdin or io.StringIO()
        self.terminal = self.stdin.isatty()
        self.line = 0
        self._bold = environment.colored(environment.stderr)
        if isinstance(self.stdin, io.TextIOWrapper):
            # A stream that has been read from keeps its ways; a fresh one never stops at bytes that are no text.
            with suppress(io.UnsupportedOperation):
                self.stdin.reconfigure(errors="replace")

    def say(self, *paragraphs: Paragraph | str) -> None:
        """Say something, wrapped; whatever it holds is shown as text."""
        lines = []
        for one in paragraphs:
            paragraph = Paragraph(one) if isinstance(one, str) else one
            text = paragraph.label + inert(paragraph.text) if paragraph.unbroken else self._wrapped(paragraph)
            lines.append("\n" * paragraph.gap + (f"\x1b[1m{text}\x1b[0m" if paragraph.strong and self._bold else text))
        self._write("\n".join(lines) + "\n")

    def say_all(self, paragraphs: Iterable[Paragraph | str]) -> None:
        """Say what there is to say, if anything."""
        known = list(paragraphs)
        if known:
            self.say(*known)

    def _wrapped(self, paragraph: Paragraph) -> str:
        return textwrap.fill(
            inert(paragraph.text),
            self.environment.width,
            initial_indent=paragraph.label,
            subsequent_indent=" " * len(paragraph.label),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def remark(self, paragraphs: Iterable[Paragraph | str]) -> None:
        """Say what is not needed to answer; silent with ``-q``."""
        if not self.environment.quiet:
            self.say_all(paragraphs)

    def unclear(self, message: str) -> None:
        """Say that a line was not understood; in a pipe, which one."""
        self.say(message if self.terminal else f"line {self.line}: {message}")

    def noted(self, reading: str) -> None:
        """Repeat an answer that was typed in other words; nothing where it was typed as it is."""
        if reading:
            self.say(f"Noted: {reading.rstrip('.')}.")

    def read(self) -> str:
        """The next line without its end. Raises :class:`EndOfInputError` when there is none."""
        self._write("> ")
        try:
            line = self.stdin.readline()
        except OSError:
            line = ""
        self.line += 1
        if not line:
            self._write("\n")
            raise EndOfInputError
        if not self.terminal:
            self._write(inert(line.rstrip("\r\n")) + "\n")
        return line.strip().lstrip("\ufeff")

    def _write(self, text: str) -> None:
        self.environment.stderr.write(text)
        self.environment.stderr.flush()
