"""What stands in a report, for each of its readers, and the command that writes it."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest

from pathways.assessment import NO_WAY, assess
from pathways.case import case_text, read_case, redacted_case
from pathways.render import words
from pathways.render.html import page_html
from pathways.render.markdown import page_markdown
from pathways.render.page import Heading, Page, Para, Table, Way
from pathways.render.page_data import page_data
from pathways.render.words import upper
from tests.cli.process import in_garden, inside, pathways
from tests.places import GARDEN_CASES, SCENARIOS, shipped_rulebook
from tests.report.making import READERS, closest, minneapolis, minneapolis_page, page_of, scenario

ALL = ("html", "pdf", "docx", "markdown", "json")


def texts(page: Page) -> str:
    """Everything that a page says."""
    return json.dumps(page_data(page), ensure_ascii=False)


def headings(page: Page, level: int) -> list[str]:
    """The headings of a level."""
    return [block.text for block in page.blocks if isinstance(block, Heading) and block.level == level]


@pytest.mark.parametrize("reader", READERS)
class TestEveryReader:
    def test_reads_the_same_result(self, reader: str) -> None:
        page = minneapolis_page(reader)
        parts = [block for block in page.blocks if isinstance(block, Heading) and block.anchor.startswith("part-")]
        assert [part.tone for part in parts] == [result.standing.value for result in minneapolis().avenues]

    def test_reads_that_it_is_no_legal_advice_and_the_date_of_the_law(self, reader: str) -> None:
        said = [block.text for block in minneapolis_page(reader).blocks[:3] if isinstance(block, Para)]
        assert said[0] == shipped_rulebook().about.notice
        assert "The law as of Saturday, July 18, 2026" in said[1]
        assert "No lawyer has reviewed these rules yet." in said[1]
        assert words.OPEN_IS_NOT_LIKELY in texts(minneapolis_page(reader))

    def test_reads_every_caution_of_every_way_that_is_left(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        for result in minneapolis().avenues:
            if result.standing not in NO_WAY:
                assert all(json.dumps(one.text, ensure_ascii=False)[1:-1] in said for one in result.cautions)

    def test_reads_every_time_limit_that_has_a_day(self, reader: str) -> None:
        tables = [block for block in minneapolis_page(reader).blocks if isinstance(block, Table)]
        cells = "\n".join(cell for table in tables for row in table.rows for cell in row)
        for one in minneapolis().deadlines:
            if one.last_safe:
                assert one.deadline.title in cells
        assert "Have a lawyer compute each day anew" in texts(minneapolis_page(reader))

    def test_sees_the_picture_of_every_way_that_is_left(self, reader: str) -> None:
        ways = [block for block in minneapolis_page(reader).blocks if isinstance(block, Way)]
        left = [result for result in minneapolis().avenues if result.standing not in NO_WAY]
        assert [way.title for way in ways] == [result.avenue.title for result in left]
        for way, result in zip(ways, left, strict=True):
            titles = result.avenue.titles
            assert {mark.text for mark in way.marks if mark.here} == {titles[name] for name in result.decisive}

    def test_finds_each_source_with_how_it_was_checked(self, reader: str) -> None:
        page = minneapolis_page(reader)
        listed = [block for block in page.blocks if isinstance(block, Para) and block.bullet.startswith("[")]
        assert [block.bullet for block in listed] == [f"[{number}]" for number in page.numbers.values()]
        for block, work in zip(listed, page.numbers, strict=True):
            authority = shipped_rulebook().authorities.get(work)
            assert (words.SEEN[authority.seen] if authority else "a secondary source") in block.text
            assert block.link == (authority.link if authority else block.link)

    def test_sees_who_disputes_what(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        assert "Nick Miroff" in said
        assert "from its own analysis of videos" in said

    def test_reads_of_the_decided_cases_that_come_closest(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        found = closest(minneapolis())
        assert len(found) == 5
        assert all(one.case.title in said for one in found)

    def test_reads_no_command_and_no_name_of_a_rule(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        assert "pathways " not in said.replace("The pathways", "")
        assert not re.search(r"\b(usc|cfr|case|policy):[a-z0-9]", said)


class TestReaders:
    def test_a_family_reads_on_the_first_page_what_can_be_tried_is_urgent_hurts_and_is_to_be_kept(self) -> None:
        assert headings(minneapolis_page("family"), 2)[:4] == [
            "What can be tried",
            "What is urgent",
            "Be careful",
            "Keep safe",
        ]

    def test_a_lawyer_finds_pinpoints_and_where_courts_lean_and_a_family_neither(self) -> None:
        lawyer, family = texts(minneapolis_page("lawyer")), texts(minneapolis_page("family"))
        assert re.search(r'"shown": "\d+\(b\)', lawyer)
        assert not re.search(r'"shown": "\d+\(b\)', family)
        assert lawyer.count(upper(words.LEANS["against"])) > family.count(upper(words.LEANS["against"]))

    def test_a_newsroom_finds_who_said_what_in_public_and_no_steps_to_take(self) -> None:
        labels = {block.label for block in minneapolis_page("newsroom").blocks if isinstance(block, Para)}
        assert "Said by" in labels
        assert "Next steps" not in labels
        assert "Next steps" in {block.label for block in minneapolis_page("family").blocks if isinstance(block, Para)}

    @pytest.mark.parametrize("reader", READERS)
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_every_scenario_can_be_reported(self, name: str, reader: str) -> None:
        page = page_of(read_case(scenario(name), shipped_rulebook()), reader, shipped_rulebook())
        assert page_html(page).endswith("</html>\n")
        assert page_markdown(page).startswith("# ")

    @pytest.mark.parametrize("reader", READERS)
    def test_another_subject_reads_as_well(self, reader: str) -> None:
        for file in sorted(GARDEN_CASES.glob("*.yaml")):
            done = in_garden("report", file, "--for", reader, "--format", "html")
            assert (done.code, done.err) == (0, "")
            assert "immigration" not in done.out


class TestCommand:
    @pytest.mark.parametrize(
        ("file", "starts"),
        [
            ("a.html", b"<!DOCTYPE html>"),
            ("a.pdf", b"%PDF-1."),
            ("a.docx", b"PK\x03\x04"),
            ("a.md", b"# The pear tree"),
            ("a.json", b'{"schema_version"'),
        ],
    )
    def test_the_ending_says_the_format_and_only_the_owner_reads_it(
        self, tmp_path: Path, file: str, starts: bytes
    ) -> None:
        first, second = tmp_path / file, tmp_path / f"again-{file}"
        for path in (first, second):
            done = in_garden("report", GARDEN_CASES / "quarrel.yaml", "-o", path)
            assert (done.code, done.out) == (0, "")
        assert first.read_bytes().startswith(starts)
        assert first.read_bytes() == second.read_bytes()
        assert first.stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([file, f"again-{file}"])

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "a file is needed"),
            (("-o", "report.odt"), "the ending of `report.odt` names no format"),
            (("--format", "pdf"), "pdf goes to a file"),
            (("-o", "quarrel.yaml", "--format", "html"), "is a case file"),
            (("-o", "no-folder/report.html"), "no such folder"),
            (("-o", ".", "--format", "html"), "not a file"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_written(
        self, tmp_path: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = (GARDEN_CASES / "quarrel.yaml").read_bytes()
        (tmp_path / "quarrel.yaml").write_bytes(before)
        monkeypatch.chdir(tmp_path)
        done = in_garden("report", "quarrel.yaml", *arguments)
        assert done.code == 2
        assert said in done.err
        assert "Traceback" not in done.err
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("quarrel.yaml", before)]

    def test_a_folder_of_cases_is_not_one_case(self) -> None:
        done = in_garden("report", GARDEN_CASES, "--format", "html")
        assert done.code == 2
        assert "holds 4 cases" in done.err

    @pytest.mark.parametrize(("style", "module"), [("pdf", "typst"), ("docx", "docx")])
    def test_a_library_that_is_not_installed_is_named_with_how_to_get_it(
        self, tmp_path: Path, style: str, module: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, module, None)
        done = in_garden("report", GARDEN_CASES / "quarrel.yaml", "-o", tmp_path / f"a.{style}")
        assert done.code == 2
        assert f"pip install 'accountability-pathways[{style}]'" in done.err
        assert list(tmp_path.iterdir()) == []

    def test_what_stands_there_is_replaced_whole(self, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        file.write_text("old")
        os.chmod(file, 0o644)
        assert in_garden("report", GARDEN_CASES / "quarrel.yaml", "-o", file).code == 0
        assert file.read_text().startswith("<!DOCTYPE html>")
        assert file.stat().st_mode & 0o777 == 0o600

    def test_it_is_the_same_in_a_process_of_its_own(self, tmp_path: Path) -> None:
        file = tmp_path / "a.html"
        done = pathways("report", "minneapolis-2026", "-o", file, "--for", "family", PATHWAYS_NO_CACHE="1")
        assert (done.returncode, done.stdout) == (0, "")
        assert file.read_text(encoding="utf-8") == page_html(minneapolis_page("family"))


class TestHandbook:
    @pytest.mark.parametrize("ending", ["html", "pdf", "md", "json", "txt"])
    def test_the_map_goes_to_a_file(self, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"map.{ending}"
        assert in_garden("summary", "-o", file).code == 0
        assert file.stat().st_size > 1000

    def test_it_has_contents_and_an_index_of_every_authority_that_an_avenue_rests_on(self) -> None:
        done = inside("summary", "--format", "html")
        assert 'aria-labelledby="named-contents"' in done.out
        index = done.out.partition('id="index"')[2].partition('id="sources"')[0]
        for authority in shipped_rulebook().authorities.values():
            rests = any(
                str(source).partition("(")[0] == authority.id
                for avenue in shipped_rulebook().avenues.values()
                for part in avenue.parts
                for source in part.sources
            )
            if rests:
                assert (
                    authority.cite.replace("'", "&#x27;").replace("&", "&amp;").replace("&amp;#x27;", "&#x27;") in index
                )


@cache
def told() -> tuple[set[str], set[str], set[str]]:
    """The names, the notes and the days of the Minneapolis case."""
    answers, limits = minneapolis().case.answers.values(), minneapolis().deadlines
    sides = [side for given in answers for side in given.said]
    days = {option for given in answers for option in given.options if len(option) == 10}
    days |= {day for one in limits for day in (one.last_safe, one.outer_limit) if day}
    return {side.by for side in sides} - {""}, {side.note for side in sides} - {""}, days


class TestRedacted:
    @pytest.mark.parametrize("reader", READERS)
    def test_no_name_note_story_or_day_of_the_case_is_left(self, reader: str) -> None:
        said = texts(minneapolis_page(reader, redact=True))
        case = minneapolis().case
        assert case.title not in said
        assert case.story[:60] not in said
        assert "Renee Good" not in said
        for name in told()[0]:
            assert f"according to {name}" not in said
        for note in told()[1]:
            assert json.dumps(note, ensure_ascii=False)[1:-1] not in said
        for day in told()[2]:
            assert day not in said
        assert not re.search(r"(Mon|Tues|Wednes|Thurs|Fri)day, [A-Z][a-z]+ \d+, 20(27|28|32)", said)
        assert not re.search(r"\b\d+ days left", said)

    @pytest.mark.parametrize("reader", READERS)
    def test_it_says_what_was_removed(self, reader: str) -> None:
        page = minneapolis_page(reader, redact=True)
        said = next(block for block in page.blocks if isinstance(block, Para) and block.label == "Removed for sharing")
        assert f"{len(told()[0])} names of somebody who said something" in said.text
        assert "Days are told to the month" in said.text

    def test_the_result_is_the_same(self) -> None:
        bare, _ = redacted_case(minneapolis().case)
        again = assess(shipped_rulebook(), bare)
        assert [one.standing for one in again.avenues] == [one.standing for one in minneapolis().avenues]
        assert [one.last_safe for one in again.deadlines] == [one.last_safe for one in minneapolis().deadlines]

    def test_nothing_of_it_stands_in_the_file_itself(self, tmp_path: Path) -> None:
        source = tmp_path / "zebra-case.yaml"
        text = (GARDEN_CASES / "quarrel.yaml").read_text().replace("The pear tree at number nine", "Zebra Quagga")
        source.write_text(text.replace("the photographs", "Quagga"))
        for style in ("html", "md", "json", "pdf", "docx"):
            file = tmp_path / f"out.{style}"
            assert in_garden("report", source, "-o", file, "--redact").code == 0
            data = file.read_bytes()
            if style == "docx":
                data = b"".join(_parts(file))
            assert b"Quagga" not in data
            assert b"zebra" not in data.lower()


def _parts(file: Path) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(file) as parts:
        return [parts.read(name) for name in parts.namelist()]


def test_a_case_file_never_loses_anything_to_its_report(tmp_path: Path) -> None:
    source = tmp_path / "case.yaml"
    source.write_text(case_text(minneapolis().case), encoding="utf-8")
    before = source.read_bytes()
    assert inside("report", source, "-o", tmp_path / "a.html", "--redact").code == 0
    assert source.read_bytes() == before
