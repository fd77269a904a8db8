"""Citations held against the libraries of the field: what agrees, what does not, and what cannot be parsed."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from pathways.cli.environment import Environment
from pathways.cli.rules import check_rules
from pathways.diagnostics import Problem
from pathways.record import replaced
from pathways.rulebook.citations import NOT_PARSED, check_citations
from pathways.rulebook.model import Rulebook
from pathways.rulebook.sources import Authority
from tests.places import shipped_rulebook
from tests.rulebook.overlay import TINY, TODAY, tiny

DAY = date.fromisoformat(TODAY)
CASE = Authority(
    id="case:a",
    cite="",
    title="A case",
    kind="case",
    provides="A carrier lost.",
    pinpoints={},
    link="",
    seen="not seen",
    seen_where="made up",
    checked=TODAY,
)


def case(cite: str, court: str, year: int, level: str) -> Authority:
    return replaced(CASE, cite=cite, court=court, year=year, level=level)


def code(name: str, cite: str, link: str = "") -> Authority:
    return replaced(CASE, id=name, kind="statute", cite=cite, link=link)


def found(authority: Authority, today: date = DAY) -> list[Problem]:
    """What is wrong with one authority."""
    rulebook: Rulebook = shipped_rulebook()
    lone = replaced(rulebook, authorities={authority.id: authority})
    problems, parsed = check_citations(lone, today)
    assert parsed
    return problems


def codes(authority: Authority) -> list[str]:
    return [problem.code for problem in found(authority)]


class Parsed:
    """Tests that need what the extra `check` brings."""

    @pytest.fixture(autouse=True)
    def libraries(self) -> None:
        pytest.importorskip("eyecite")
        pytest.importorskip("citeurl")


class TestCases(Parsed):
    @pytest.mark.parametrize(
        ("cite", "court", "year", "level"),
        [
            ("A v. B, 403 U.S. 388 (1971)", "U.S. Supreme Court", 1971, "supreme court"),
            ("A v. B, 62 U.S. (21 How.) 506 (1859)", "U.S. Supreme Court", 1859, "supreme court"),
            ("A v. B, 608 U.S. ___ (2026)", "U.S. Supreme Court", 2026, "supreme court"),
            ("A v. B (U.S. Apr. 22, 2026)", "U.S. Supreme Court", 2026, "supreme court"),
            ("A v. B, 72 F.4th 237 (7th Cir. 2023)", "7th Cir.", 2023, "circuit"),
            ("A v. B, 689 F.3d 975 (9th Cir. 2011, amended 2012)", "9th Cir.", 2012, "circuit"),
            ("A v. B, 253 F.3d 359 (9th Cir. 2001) (en banc), vacated, 266 F.3d 979 (9th Cir. 2001)",
             "9th Cir.", 2001, "circuit"),
            ("A v. B, 31 F.2d 811 (4th Cir. 1929)", "4th Cir.", 1929, "circuit"),
            ("A v. B, 31 F.2d 811 (D. Md. 1929)", "D. Md.", 1929, "district"),
            ("A v. B, 254 F. 917 (8th Cir. 1918)", "8th Cir.", 1918, "circuit"),
            ("Ex parte A, 13 F. Cas. 445 (C.C.E.D. Pa. 1853)", "C.C.E.D. Pa.", 1853, "district"),
            ("A v. B, 791 F. Supp. 445 (D. Del. 1992)", "D. Del.", 1992, "district"),
            ("A v. B, 275 F. App'x 900 (11th Cir. 2008)", "11th Cir.", 2008, "circuit"),
            ("A v. B, 133 Ariz. 264, 650 P.2d 1246 (Ct. App. 1982)", "Ariz. Ct. App.", 1982, "state court"),
            ("A v. B, 178 Conn. 67, 420 A.2d 1153 (1979)", "Conn.", 1979, "state supreme court"),
            ("A v. B, 719 P.2d 550 (Wash. 1986)", "Wash. Sup. Ct.", 1986, "state supreme court"),
            ("A v. B, No. 19-7042 (10th Cir. July 28, 2020)", "10th Cir.", 2020, "circuit"),
            ("A v. B, No. 3:26-cv-758 (D. Conn. filed May 15, 2026)", "D. Conn.", 2026, "district"),
            ("A v. B, No. 26-cv-628, slip op. (D. Minn. 2026)", "D. Minn.", 2026, "district"),
        ],
    )  # fmt: skip
    def test_a_citation_that_agrees_with_its_reporter_is_no_problem(
        self, cite: str, court: str, year: int, level: str
    ) -> None:
        assert found(case(cite, court, year, level)) == []

    @pytest.mark.parametrize(
        "cite", ["A v. B, 12 Foo. 345 (9th Cir. 2001)", "A v. B", "A v. B, 403 U.S. 388", "A v. B, No. 19-7042"]
    )
    def test_what_is_no_citation(self, cite: str) -> None:
        assert "bad-citation" in codes(case(cite, "9th Cir.", 2001, "circuit"))

    @pytest.mark.parametrize(
        ("cite", "year"),
        [
            ("A v. B, 250 F.3d 1 (9th Cir. 2001)", 2002),
            ("A v. B, 72 F.4th 237 (9th Cir. 2010)", 2010),
            ("A v. B, 900 F.2d 1 (9th Cir. 2001)", 2001),
            ("A v. B, No. 19-7042 (9th Cir. July 28, 2020)", 2021),
        ],
    )
    def test_a_year_that_the_citation_or_its_reporter_does_not_hold(self, cite: str, year: int) -> None:
        assert codes(case(cite, "9th Cir.", year, "circuit")) == ["year-disagrees"]

    @pytest.mark.parametrize(
        ("cite", "court", "level"),
        [
            ("A v. B, 250 F.3d 1 (9th Cir. 2001)", "8th Cir.", "circuit"),
            ("A v. B, 533 U.S. 194 (2001)", "9th Cir.", "supreme court"),
            ("A v. B, 250 F.3d 1 (D. Ariz. 2001)", "D. Ariz.", "district"),
            ("A v. B, 150 F. Supp. 2d 1 (9th Cir. 2001)", "9th Cir.", "circuit"),
            ("A v. B, 250 F.3d 1 (2001)", "9th Cir.", "circuit"),
            ("A v. B, 30 P.3d 1 (Wash. 2001)", "Or.", "state supreme court"),
            ("A v. B, No. 19-7042 (N.D. Ill. July 28, 2001)", "N.D. Ind.", "district"),
        ],
    )
    def test_a_court_that_is_not_the_one_of_the_citation(self, cite: str, court: str, level: str) -> None:
        assert set(codes(case(cite, court, 2001, level))) == {"court-disagrees"}


class TestCodes(Parsed):
    @pytest.mark.parametrize(
        ("name", "cite", "link"),
        [
            ("usc:28/1346", "28 U.S.C. § 1346", "https://www.law.cornell.edu/uscode/text/28/1346"),
            ("usc:28/1346", "28 U.S.C. § 1346", ""),
            ("usc:42/2000aa-5", "42 U.S.C. § 2000aa-5", "https://www.law.cornell.edu/uscode/text/42/2000aa-5"),
            ("cfr:8/287.8", "8 C.F.R. § 287.8", "https://www.law.cornell.edu/cfr/text/8/287.8"),
            ("cfr:8/287.8", "8 C.F.R. § 287.8", "https://example.org/title-08/part-287/section-287.8"),
            ("cfr:8/287.8", "8 C.F.R. § 287.8", "https://www.ice.gov/rules"),
            ("cfr:19/162.92", "19 C.F.R. §§ 162.91-162.92", "https://www.law.cornell.edu/cfr/text/19/162.92"),
        ],
    )
    def test_a_section_and_a_link_that_leads_to_it(self, name: str, cite: str, link: str) -> None:
        assert found(code(name, cite, link)) == []

    @pytest.mark.parametrize(
        ("name", "cite"),
        [("usc:28/1346", "28 U.S.C. § 1347"), ("usc:28/1346", "28 U.S.C., the Tort Claims Act"), ("usc:5/1346", "Act")],
    )
    def test_a_citation_that_is_not_of_the_section_named(self, name: str, cite: str) -> None:
        assert codes(code(name, cite)) == ["bad-citation"]

    @pytest.mark.parametrize(
        "link",
        [
            "https://www.law.cornell.edu/uscode/text/28/1347",
            "https://www.law.cornell.edu/uscode/text/18/1346",
            "https://www.law.cornell.edu/uscode/text/28/1346a",
            "https://example.org/torts",
        ],
    )
    def test_a_link_that_leads_elsewhere(self, link: str) -> None:
        (problem,) = found(code("usc:28/1346", "28 U.S.C. § 1346", link))
        assert problem.code == "link-disagrees"
        assert problem.help == "one that does: https://www.law.cornell.edu/uscode/text/28/1346"


class TestAge(Parsed):
    AUTHORITY = replaced(CASE, kind="policy", cite="A policy", checked="2024-02-29")

    @pytest.mark.parametrize("today", ["2025-02-28", "2024-02-29", "2025-01-01"])
    def test_a_check_of_the_last_year_is_fresh(self, today: str) -> None:
        assert found(self.AUTHORITY, date.fromisoformat(today)) == []

    @pytest.mark.parametrize("today", ["2025-03-01", "2026-11-22"])
    def test_an_older_one_is_stale(self, today: str) -> None:
        (problem,) = found(self.AUTHORITY, date.fromisoformat(today))
        assert (problem.code, problem.level) == ("stale-check", "warning")


class TestTheShippedRules(Parsed):
    def test_every_citation_agrees(self) -> None:
        problems, parsed = check_citations(shipped_rulebook(), DAY)
        assert parsed
        assert [f"{problem.code}: {problem.message}" for problem in problems if problem.level == "error"] == []


class TestWithoutTheLibraries:
    @pytest.fixture(autouse=True)
    def missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "eyecite", None)
        monkeypatch.setitem(sys.modules, "citeurl", None)
        # What was parsed before need not be parsed again.
        monkeypatch.setenv("PATHWAYS_NO_CACHE", "1")

    def said(self, folder: Path, quiet: bool = False) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        environment = Environment(io.StringIO(), out, err, rules=folder, quiet=quiet)
        code = check_rules(environment, "text", TODAY)
        return int(code), out.getvalue(), err.getvalue()

    @pytest.fixture
    def with_a_case(self, tmp_path: Path) -> Path:
        bad = Path(__file__).parent / "bad" / "court-disagrees" / "rules" / "authorities" / "more.yaml"
        return tiny(tmp_path, {"rules/authorities/more.yaml": bad.read_text(encoding="utf-8")})

    def test_one_line_says_that_citations_were_not_parsed_and_how_to_get_there(self, with_a_case: Path) -> None:
        code, out, err = self.said(with_a_case)
        assert (code, "disagrees" in out) == (0, False)
        assert err.splitlines()[0] == NOT_PARSED
        assert "pip install" in NOT_PARSED

    def test_nothing_is_said_where_quiet_is_asked_for(self, with_a_case: Path) -> None:
        assert self.said(with_a_case, quiet=True)[2] == ""

    def test_nothing_is_said_where_there_is_nothing_to_parse(self) -> None:
        assert NOT_PARSED not in self.said(TINY)[2]

    def test_old_checks_are_found_all_the_same(self) -> None:
        problems, parsed = check_citations(shipped_rulebook(), date(2031, 1, 1))
        assert not parsed
        assert {problem.code for problem in problems} == {"stale-check"}
