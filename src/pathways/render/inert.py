"""Text from files is never markup, escape sequence or code: what does not print as itself is made visible."""

from __future__ import annotations

import re

from pathways.yamlfile import forbidden_character


def inert(text: str) -> str:
    """``text`` with control and direction-changing characters replaced by their names, line ends by spaces."""
    if forbidden_character(text) or "\n" in text or "\t" in text:
        return "".join(
            " " if sign in "\n\t\r" else f"<U+{ord(sign):04X}>" if forbidden_character(sign) else sign for sign in text
        )
    return text


def inert_markdown(text: str) -> str:
    """``text`` as Markdown that shows just the text: no markup, no HTML, no link."""
    shown = [f"\\{sign}" if sign in "\\`*_{}[]<>#|~!$" else sign for sign in inert(text).strip()]
    made = "".join(shown).replace("&", "&amp;").replace("://", "\\://").replace("www.", "www\\.")
    # At the beginning of a line these begin a list, a rule or an underlined heading.
    return re.sub(r"^([0-9]*)([-+=.)])", r"\1\\\2", made)
