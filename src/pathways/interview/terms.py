"""Terms of art: found in what is asked, and explained when somebody asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pathways.rulebook import Rulebook
from pathways.rulebook.model import Fact
from pathways.rulebook.term import Term


def term_named(rulebook: Rulebook, typed: str) -> Term | None:
    """The term that somebody typed, in any of its words, in the singular or the plural."""
    wanted = _plain(typed)
    return next((term for term in rulebook.terms.values() if wanted in map(_plain, term.names)), None)


def nearest_terms(rulebook: Rulebook, typed: str, most: int = 3) -> tuple[str, ...]:
    """The terms that come close to what somebody typed."""
    names = {_plain(name): term.term for term in rulebook.terms.values() for name in term.names}
    wanted = _plain(typed)
    holding = [term for name, term in names.items() if wanted and (wanted in name or name in wanted)]
    near = [names[name] for name in get_close_matches(wanted, names, n=most, cutoff=0.6)]
    return tuple(dict.fromkeys([*near, *holding]))[:most]


def terms_in(rulebook: Rulebook, texts: Iterable[str]) -> tuple[Term, ...]:
    """The terms that stand in some texts, in the order in which they come; of two in one place the longer."""
    text = "\n".join(texts)
    names = sorted(
        ((name, term) for term in rulebook.terms.values() for name in term.names), key=lambda one: -len(one[0])
    )
    found: dict[int, Term] = {}
    for name, term in names:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?:s|es)?(?![\w-])", text, re.IGNORECASE):
            found.setdefault(match.start(), term)
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def terms_of(rulebook: Rulebook, fact: Fact) -> tuple[Term, ...]:
    """The terms that stand in a question, its help and its answers."""
    return terms_in(
        rulebook, [fact.ask, *(option.label for option in fact.options if not fact.table), fact.help, fact.find_out]
    )


def _plain(words: str) -> str:
    """Words without case, quotation marks and the ending of a plural."""
    bare = " ".join(re.sub(r"[\"'“”‘’?.!,]", " ", words).casefold().split())
    if bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare[:-1] if bare.endswith("s") and not bare.endswith("ss") else bare
