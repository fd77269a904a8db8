"""Citations of authorities, held against what is known of reporters, courts and codes.

For the authors of rules only: it needs `eyecite` (cases) and `citeurl` (codes), which no run of the program does.
What is asked of a citation stands in docs/rule-format.md, "Authorities".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import MAXYEAR, date
from typing import Any
from urllib.parse import unquote, urlsplit
from warnings import catch_warnings, simplefilter

from pathways.diagnostics import Place, Problem, Problems
from pathways.rulebook.files import digest
from pathways.rulebook.kept import keep, kept_path, read_kept
from pathways.rulebook.model import Rulebook
from pathways.rulebook.sources import Authority

NOT_PARSED = "Citations were not parsed. What that needs comes with: pip install 'accountability-pathways[check]'"
SUPREME_COURT = "U.S. Supreme Court"
#: So many citations of several rulebooks are known at most, each by so many bytes.
MOST_KNOWN = 1 << 14
_DIGEST = 16

#: The levels of the courts whose decisions a federal reporter holds.
_REPORTERS = (
    (re.compile(r"F\. Supp\..*|F\.R\.D\."), ("district",)),
    (re.compile(r"F\.(?:2d|3d|4th)|F\. App'x"), ("circuit",)),
    (re.compile(r"F\.|F\. Cas\."), ("circuit", "district")),
    (re.compile(r"I\. ?& ?N\. Dec\."), ("agency",)),
)
#: Until then the second series held decisions of district courts as well.
LAST_MIXED = 1932
#: Where the library's years of a reporter are wrong: the second series began in 1998.
_YEARS = {"F. Supp.": (1932, 1998), "F. Supp. 2d": (1998, 2014)}
_PARENTHESES = re.compile(r"\(([^()]*?)\b(?:1[6-9]|20)\d\d\b[^()]*\)")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DATE_BEGINS = re.compile(
    r",|\b(?:filed|decided|Jan\.|Feb\.|Mar\.|Apr\.|May|June|July|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)(?=\s|$)"
)
#: A volume, words and a page before the parentheses: meant as a reporter, and not as a docket number.
_LIKE_A_REPORTER = re.compile(r", \d+ [A-Z][^,()]* (?:\d+|_+)")
_DISTRICT = re.compile(r"(?:[NSEWCM]\.)?D\.|C\.C\.")
_CODE = re.compile(r"\d+ (?:U\.S\.C\.|C\.F\.R\.)")
_SECTION = re.compile(r"[\w.]+(?:-[\w.]+)*")


def check_citations(rulebook: Rulebook, today: date) -> tuple[list[Problem], bool]:
    """What is wrong with the citations of a rulebook, and whether they could be parsed."""
    problems = Problems()
    authorities = rulebook.authorities.values()
    _ages(authorities, today, problems)
    parsed = _Parsed()
    new = [authority for authority in authorities if not parsed.knows(authority)]
    citator = None
    try:
        for authority in new:
            before = problems.error_count
            if authority.kind == "case":
                _case(authority, problems)
            if _in_federal_code(authority):
                citator = citator or _citator()
                _code(authority, citator, problems)
            if problems.error_count == before:
                parsed.add(authority)
    except ImportError:
        return problems.found, False
    if new:
        parsed.keep(authorities)
    return problems.found, True


class _Parsed:
    """The citations that were parsed before without fault, by digest: to parse them all takes longer than all else."""

    def __init__(self) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            self._path = kept_path("citations", f"{version('eyecite')} {version('citeurl')}")
        except PackageNotFoundError:
            self._path = None
        kept = bytes(read_kept(self._path) or b"")
        self._known = {kept[at : at + _DIGEST] for at in range(0, len(kept), _DIGEST)}

    def knows(self, authority: Authority) -> bool:
        """Whether this very citation was parsed without fault."""
        return _digest(authority) in self._known

    def add(self, authority: Authority) -> None:
        """Remember one that was."""
        self._known.add(_digest(authority))

    def keep(self, authorities: Iterable[Authority]) -> None:
        """Keep them for the next time; of too many those of a rulebook."""
        if len(self._known) > MOST_KNOWN:
            self._known.intersection_update(map(_digest, authorities))
        keep(self._path, b"".join(sorted(self._known)))


def _digest(authority: Authority) -> bytes:
    """Stands for all of an authority that is held against its citation."""
    one = authority
    return digest(repr((one.id, one.kind, one.cite, one.link, one.court, one.year, one.level)).encode())[:_DIGEST]


# -- cases -----------------------------------------------------------------------------------------


def _case(authority: Authority, problems: Problems) -> None:
    from eyecite import get_citations
    from eyecite.models import FullCaseCitation

    cite = authority.cite
    parsed: list[Any] = [found for found in get_citations(cite) if isinstance(found, FullCaseCitation)]
    if not parsed and _LIKE_A_REPORTER.search(cite.partition("(")[0]):
        problems.error(
            "bad-citation",
            f"no reporter is known that holds `{cite}`",
            _place(authority),
            help="what no reporter holds is cited by docket number, court and date: "
            "`A v. B, No. 20-1234 (5th Cir. July 2, 2021)`",
        )
        return
    after = parsed[0].span()[1] if parsed else 0
    said = _PARENTHESES.search(cite, after) or _PARENTHESES.search(cite)
    if said is None:
        problems.error(
            "bad-citation",
            f"`{cite}` does not say when it was decided",
            _place(authority),
            help="court and year stand in parentheses: `(9th Cir. 2001)`; for the Supreme Court the year alone",
        )
        return
    _year(authority, parsed, said[0], problems)
    _level(authority, parsed, problems)
    _court(authority, said[1], parsed, problems)


def _year(authority: Authority, parsed: list[Any], said: str, problems: Problems) -> None:
    """The year that the citation gives, and the years of which its reporter holds decisions."""
    years = [int(year) for year in _YEAR.findall(said)]
    if authority.year not in years:
        problems.error(
            "year-disagrees",
            f"`year` is {authority.year}, but `{authority.cite}` says {years[0]}",
            _place(authority),
        )
    for one in parsed:
        spans = [_span(edition) for edition in one.all_editions]
        # Old volumes have a number of the United States Reports that they got later: `62 U.S. (21 How.) 506`.
        if one.groups.get("volume_nominative") or any(first <= authority.year <= last for first, last in spans):
            continue
        name = one.all_editions[0].short_name
        first, last = min(first for first, _ in spans), max(last for _, last in spans)
        stretch = f"{first} and later" if last == MAXYEAR else f"{first} to {last}"
        problems.error(
            "year-disagrees", f"{name} holds decisions of {stretch}, and none of {authority.year}", _place(authority)
        )


def _span(edition: Any) -> tuple[int, int]:
    """The first and the last year of an edition of a reporter."""
    first, last = edition.start.year if edition.start else 0, edition.end.year if edition.end else MAXYEAR
    return _YEARS.get(edition.short_name, (first, last))


def _level(authority: Authority, parsed: list[Any], problems: Problems) -> None:
    """The kind of court of which the reporter and the court's name speak."""
    for one in parsed:
        allowed = {level for edition in one.all_editions for level in _levels(edition, authority.year)}
        if allowed and authority.level not in allowed:
            reporter, levels = one.all_editions[0].short_name, " or ".join(f"`{level}`" for level in sorted(allowed))
            problems.error(
                "court-disagrees",
                f"`level` is `{authority.level}`, but {reporter} holds decisions of level {levels}",
                _place(authority),
            )
    court = authority.court
    named = (
        "supreme court"
        if court == SUPREME_COURT
        else "circuit"
        if court.endswith("Cir.")
        else "district"
        if _DISTRICT.match(court)
        else authority.level
    )
    if named != authority.level:
        problems.error(
            "court-disagrees", f"`court` is `{court}`, but `level` is `{authority.level}`", _place(authority)
        )


def _levels(edition: Any, year: int) -> tuple[str, ...]:
    """The levels of the courts whose decisions an edition of a reporter holds; empty where that says nothing."""
    if edition.reporter.is_scotus:
        return ("supreme court",)
    if edition.reporter.cite_type.startswith("state"):
        return ("state supreme court", "state court")
    levels = next((levels for names, levels in _REPORTERS if names.fullmatch(edition.short_name)), ())
    return (*levels, "district") if levels == ("circuit",) and year <= LAST_MIXED else levels


def _court(authority: Authority, said: str, parsed: list[Any], problems: Problems) -> None:
    """The court in parentheses, or else the one whose reporter it is, against ``court``."""
    named = _words(_DATE_BEGINS.split(said)[0])
    court = _words("U.S." if authority.court == SUPREME_COURT else authority.court)
    high = _words(re.sub(r" Sup\. Ct\.(?: App\.)?$", "", authority.court))
    if named and (named in (court[: len(named)], high) or court == named[: len(court)]):
        return
    reporters = [edition.reporter for one in parsed for edition in one.all_editions]
    supreme = any(reporter.is_scotus for reporter in reporters)
    if not named and supreme and authority.court == SUPREME_COURT:
        return
    # The reporter of a state says which state it is: `133 Ariz. 264 (Ct. App. 1982)`.
    of_state = any(not one.is_scotus and one.short_name.startswith(court[0]) for one in reporters)
    if of_state and court[1 : 1 + len(named)] == named:
        return
    says = f"says `{' '.join(named)}`" if named else "is of the Supreme Court" if supreme else "names no court"
    problems.error(
        "court-disagrees", f"`court` is `{authority.court}`, but `{authority.cite}` {says}", _place(authority)
    )


def _words(text: str) -> list[str]:
    return re.sub(r"[(),]", " ", text).split()


# -- codes -----------------------------------------------------------------------------------------


def _in_federal_code(authority: Authority) -> bool:
    return authority.id.startswith(("usc:", "cfr:")) or _CODE.match(authority.cite) is not None


def _citator() -> Any:
    with catch_warnings():
        # Its source warns of itself when it is compiled.
        simplefilter("ignore")
        from citeurl import Citator

    return Citator(defaults=["general federal law"])


def _code(authority: Authority, citator: Any, problems: Problems) -> None:
    """A section of the United States Code or the Code of Federal Regulations, and the link to it."""
    cite = authority.cite
    parsed = citator.cite(cite, broad=False)
    tokens = {name: str(token) for name, token in parsed.tokens.items() if token} if parsed else {}
    if parsed is None or not {"title", "section"} <= set(tokens):
        problems.error(
            "bad-citation",
            f"`{cite}` names no section",
            _place(authority),
            help="write it as `28 U.S.C. § 1346` or `8 C.F.R. § 287.8`",
        )
        return
    title, sections = tokens["title"], _listed(cite, tokens["section"])
    code, _, named = authority.id.partition(":")
    if code in ("usc", "cfr") and named not in {f"{title}/{section}" for section in sections}:
        problems.error("bad-citation", f"`{authority.id}` is not the section that `{cite}` names", _place(authority))
    if authority.link and authority.link != parsed.URL and not _leads_to(authority.link, title, sections):
        problems.error(
            "link-disagrees",
            f"the link does not lead to `{cite}`: {authority.link}",
            _place(authority),
            help=f"one that does: {parsed.URL}" if len(sections) == 1 else "",
        )


def _listed(cite: str, first: str) -> list[str]:
    """Every section of a citation: one, several (`§§ 1, 2`), or the ends of a range (`§§ 162.91-162.92`)."""
    if "§§" not in cite:
        return [first]
    written = _SECTION.findall(cite.partition("§§")[2])
    return [first, *(end for one in written for end in dict.fromkeys((one, *one.split("-"))) if end[0].isdigit())]


def _leads_to(link: str, title: str, sections: list[str]) -> bool:
    """Whether an address names the title and a section, or is a page of the government that names no section."""
    address = urlsplit(link)
    path = unquote(f"{address.path}?{address.query}#{address.fragment}")
    named = (rf"(?:section|(?<![\w.])){re.escape(section)}(?![0-9A-Za-z]|[.-]\w)" for section in sections)
    if any(re.search(one, path) for one in named):
        return re.search(rf"(?<![\d.])0*{re.escape(title)}(?!\d|\.\d)", path) is not None
    return bool(address.hostname and address.hostname.endswith(".gov") and not re.search(r"section|\d\.\d", path))


# -- how old a check is ------------------------------------------------------------------------------


def _ages(authorities: Iterable[Authority], today: date, problems: Problems) -> None:
    from dateutil.relativedelta import relativedelta

    a_year_ago = (today - relativedelta(years=1)).isoformat()
    for authority in authorities:
        if authority.checked < a_year_ago:
            problems.warning(
                "stale-check",
                f"`{authority.id}` was last checked on {authority.checked}, more than a year before {today}",
                _place(authority),
                help="read it again, and write the day of that",
            )


def _place(authority: Authority) -> Place:
    return authority.place or Place("rules")
