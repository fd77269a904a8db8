"""Citations of authorities, held against what is known of reporters, courts and codes.

For the authors of rules only: it needs `eyecite` (cases) and `citeurl` (codes), which no run of the program does.
What is asked of a citation stands in docs/rule-format.md, "Citations".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pathways.diagnostics import Place, Problem
from pathways.rulebook.model import Rulebook
from pathways.rulebook.sources import Authority

if TYPE_CHECKING:
    from eyecite.models import FullCaseCitation

NOWHERE = Place("rules")
NOT_PARSED = (
    "Citations were not parsed. What that needs comes with: pip install 'accountability-pathways[check]'"
)

#: The kinds of courts whose decisions a federal reporter holds, as levels of authorities.
_REPORTERS = (
    (re.compile(r"F\. Supp\.|F\.R\.D\."), ("district",)),
    (re.compile(r"F\.(2d|3d|4th)|F\. App'x"), ("circuit",)),
    (re.compile(r"F\.|F\. Cas\."), ("circuit", "district")),
    (re.compile(r"I\. ?& ?N\. Dec\."), ("agency",)),
)
_LAST_DISTRICT_IN_F2D = 1932
_STATE_LEVELS = ("state supreme court", "state court")
_PARENTHESES = re.compile(r"\(([^()]*?)\b(1[6-9]\d\d|20\d\d)\b([^()]*)\)")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DATE_BEGINS = re.compile(
    r",|\b(?:filed|decided|Jan\.|Feb\.|Mar\.|Apr\.|May|June|July|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)(?=\s|$)"
)
#: A volume, words and a page before the parentheses: meant as a reporter, and not a docket number.
_LIKE_A_REPORTER = re.compile(r", \d+ [A-Z][^,()]* (?:\d+|_+)")
_DISTRICT = re.compile(r"(?:[NSEWCM]\.)?D\.|C\.C\.")
_SECTIONS = re.compile(r"[\w.]+(?:-\w+)*")


def check_citations(rulebook: Rulebook, today: date) -> tuple[list[Problem], bool]:
    """What is wrong with the citations of a rulebook, and whether they could be parsed."""
    found = [problem for authority in rulebook.authorities.values() for problem in _stale(authority, today)]
    cases = [authority for authority in rulebook.authorities.values() if authority.kind == "case"]
    codes = [authority for authority in rulebook.authorities.values() if _in_federal_code(authority)]
    try:
        for authority in cases:
            found.extend(_case(authority))
        citator = _citator() if codes else None
        for authority in codes:
            found.extend(_code(authority, citator))
    except ImportError:
        return found, False
    return found, True


# -- cases -----------------------------------------------------------------------------------------


def _case(authority: Authority) -> Iterator[Problem]:
    from eyecite import get_citations
    from eyecite.models import FullCaseCitation

    parsed = [found for found in get_citations(authority.cite) if isinstance(found, FullCaseCitation)]
    if not parsed and _LIKE_A_REPORTER.search(authority.cite.partition("(")[0]):
        yield _problem(
            "bad-citation",
            authority,
            f"no reporter is known that holds `{authority.cite}`",
            help="what no reporter holds is cited by docket number, court and date: "
            "`A v. B, No. 20-1234 (5th Cir. July 2, 2021)`",
        )
        return
    after = parsed[0].span()[1] if parsed else 0
    said = _PARENTHESES.search(authority.cite, after) or _PARENTHESES.search(authority.cite)
    if said is None:
        yield _problem(
            "bad-citation",
            authority,
            f"`{authority.cite}` does not say when it was decided",
            help="court and year stand in parentheses: `(9th Cir. 2001)`; for the Supreme Court the year alone",
        )
        return
    yield from _year(authority, parsed, said[0])
    reporters = {edition.reporter.short_name: edition for one in parsed for edition in one.all_editions}
    yield from _level(authority, parsed)
    yield from _court(authority, said[1], [(name, one.reporter.is_scotus) for name, one in reporters.items()])


def _year(authority: Authority, parsed: list[FullCaseCitation], said: str) -> Iterator[Problem]:
    years = [int(year) for year in _YEAR.findall(said)]
    if authority.year not in years:
        yield _problem(
            "year-disagrees", authority, f"`year` is {authority.year}, but `{authority.cite}` says {years[0]}"
        )
    for one in parsed:
        editions = one.all_editions
        # Old volumes have a number of the United States Reports that they got later: `62 U.S. (21 How.) 506`.
        if one.groups.get("volume_nominative") or any(edition.includes_year(authority.year) for edition in editions):
            continue
        name = editions[0].short_name
        first = min(edition.start.year for edition in editions if edition.start)
        last = max(edition.end.year if edition.end else 9999 for edition in editions)
        yield _problem(
            "year-disagrees",
            authority,
            f"{name} holds decisions of {first} "
            + ("and later" if last == 9999 else f"to {last}")
            + f", and none of {authority.year}",
        )


def _level(authority: Authority, parsed: list[FullCaseCitation]) -> Iterator[Problem]:
    """The kind of court that the reporter and the court's name speak of."""
    for one in parsed:
        allowed = {level for edition in one.all_editions for level in _levels(edition.reporter, authority.year)}
        if allowed and authority.level not in allowed:
            yield _problem(
                "court-disagrees",
                authority,
                f"`level` is `{authority.level}`, but {one.all_editions[0].short_name} holds decisions of another "
                f"level: {' or '.join(sorted(allowed))}",
            )
    named = (
        "supreme court"
        if authority.court == "U.S. Supreme Court"
        else "circuit"
        if authority.court.endswith("Cir.")
        else "district"
        if _DISTRICT.match(authority.court)
        else ""
    )
    if named and named != authority.level:
        yield _problem(
            "court-disagrees", authority, f"`court` is `{authority.court}`, but `level` is `{authority.level}`"
        )


def _levels(reporter: Any, year: int) -> tuple[str, ...]:
    if reporter.is_scotus:
        return ("supreme court",)
    if reporter.cite_type.startswith("state"):
        return _STATE_LEVELS
    for names, levels in _REPORTERS:
        if names.fullmatch(reporter.short_name) or (names is _REPORTERS[0][0] and names.match(reporter.short_name)):
            old = reporter.short_name.startswith("F.") and year <= _LAST_DISTRICT_IN_F2D
            return ("circuit", "district") if old else levels
    return ()


def _court(authority: Authority, said: str, reporters: list[tuple[str, bool]]) -> Iterator[Problem]:
    """The court in parentheses, or the one whose reporter it is, against ``court``."""
    named = _words(_DATE_BEGINS.split(said)[0])
    court = _words("U.S." if authority.court == "U.S. Supreme Court" else authority.court)
    short = _words(re.sub(r" Sup\. Ct\.(?: App\.)?$", "", authority.court))
    of_supreme_court = any(supreme for _, supreme in reporters)
    if named and (named in (court[: len(named)], short) or court == named[: len(court)]):
        return
    # The reporter of a state says which state it is: `133 Ariz. 264 (Ct. App. 1982)`.
    by_state = [name for name, supreme in reporters if court and not supreme and name.startswith(court[0])]
    if (not named and (by_state or (of_supreme_court and court == ["U.S."]))) or (
        named and by_state and court[1 : 1 + len(named)] == named
    ):
        return
    if named:
        words = f"`court` is `{authority.court}`, but `{authority.cite}` says `{' '.join(named)}`"
    elif of_supreme_court:
        words = f"`court` is `{authority.court}`, but `{authority.cite}` is of the Supreme Court"
    else:
        words = f"`court` is `{authority.court}`, and `{authority.cite}` does not say so"
    yield _problem("court-disagrees", authority, words)


def _words(text: str) -> list[str]:
    return re.sub(r"[(),]", " ", text).split()


# -- codes -----------------------------------------------------------------------------------------


def _in_federal_code(authority: Authority) -> bool:
    return authority.id.startswith(("usc:", "cfr:")) or bool(re.match(r"\d+ (?:U\.S\.C\.|C\.F\.R\.)", authority.cite))


def _citator() -> Any:
    from citeurl import Citator

    return Citator(defaults=["general federal law"])


def _code(authority: Authority, citator: Any) -> Iterator[Problem]:
    """A section of the United States Code or the Code of Federal Regulations."""
    parsed = citator.cite(authority.cite, broad=False)
    tokens = {name: str(token) for name, token in parsed.tokens.items() if token} if parsed else {}
    if parsed is None or not {"title", "section"} <= set(tokens):
        yield _problem(
            "bad-citation",
            authority,
            f"`{authority.cite}` names no section",
            help="write it as `28 U.S.C. § 1346` or `8 C.F.R. § 287.8`",
        )
        return
    title, sections = tokens["title"], _listed(authority.cite, tokens["section"])
    code, _, named = authority.id.partition(":")
    if code in ("usc", "cfr") and named not in {f"{title}/{section}" for section in sections}:
        yield _problem("bad-citation", authority, f"`{authority.id}` is not the section that `{authority.cite}` names")
    if authority.link and authority.link != parsed.URL and not _leads_to(authority.link, title, sections):
        yield _problem(
            "link-disagrees",
            authority,
            f"the link does not lead to `{authority.cite}`: {authority.link}",
            help=f"one that does: {parsed.URL}" if len(sections) == 1 else "",
        )


def _listed(cite: str, first: str) -> list[str]:
    """Every section of a citation: one, several (`§§ 1, 2`), or the ends of a range (`§§ 162.91-162.92`)."""
    if "§§" not in cite:
        return [first]
    written = _SECTIONS.findall(cite.partition("§§")[2])
    ends = [end for one in written for end in ([one, *one.split("-")] if "-" in one else [one])]
    return [first, *(end for end in ends if end[0].isdigit())]


def _leads_to(link: str, title: str, sections: list[str]) -> bool:
    """Whether an address names the title and a section, or is a page of the government that names no section."""
    address = urlsplit(link)
    path = unquote(f"{address.path}?{address.query}#{address.fragment}")
    named = [rf"(?:section|(?<![\w.])){re.escape(section)}(?![0-9A-Za-z]|[.-]\w)" for section in sections]
    if any(re.search(one, path) for one in named):
        return re.search(rf"(?<![\d.])0*{re.escape(title)}(?!\d|\.\d)", path) is not None
    return bool(address.hostname and address.hostname.endswith(".gov") and not re.search(r"section|\d\.\d", path))


# -- how old a check is ------------------------------------------------------------------------------


def _stale(authority: Authority, today: date) -> Iterator[Problem]:
    from dateutil.relativedelta import relativedelta

    if date.fromisoformat(authority.checked) < today - relativedelta(years=1):
        yield Problem(
            "stale-check",
            f"`{authority.id}` was last checked on {authority.checked}, more than a year before {today}",
            authority.place or NOWHERE,
            "warning",
            help="read it again, and write the day of that",
        )


def _problem(code: str, authority: Authority, message: str, help: str = "") -> Problem:
    return Problem(code, message, authority.place or NOWHERE, help=help)
