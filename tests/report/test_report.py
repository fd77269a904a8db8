"""What stands in a report, for each of its readers, and the command that writes it."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pathways.assessment import NO_WAY, AvenueResult, Reason, Standing, assess
from pathways.assessment.grounds import most_settling
from pathways.case import case_text, read_case, redacted_case
from pathways.render import words
from pathways.render.handbook import handbook_page
from pathways.render.html import page_html
from pathways.render.markdown import page_markdown
from pathways.render.page import Heading, Page, Para, Table, Way, split_work
from pathways.render.page_data import page_data
from pathways.render.report.days import Days
from pathways.render.report.parts import SHORTER
from pathways.render.report.told import kept
from pathways.render.words import first_sentence, upper
from tests.cli.process import in_garden, inside, pathways
from tests.places import GARDEN_CASES, SCENARIOS, shipped_rulebook
from tests.report.making import READERS, closest, minneapolis, minneapolis_page, page_of, scenario

ALL = ("html", "pdf", "docx", "markdown", "json")


def texts(page: Page) -> str:
    """Everything that a page says."""
    return json.dumps(page_data(page), ensure_ascii=False)


def parts_of(page: Page) -> list[Heading]:
    """The headings of the avenues."""
    return [block for block in page.blocks if isinstance(block, Heading) and block.anchor.startswith("part-")]


def ways_left() -> set[str]:
    """The titles of the avenues that are not closed and may apply."""
    return {result.avenue.title for result in minneapolis().avenues if result.standing not in NO_WAY}


def headings(page: Page, level: int) -> list[str]:
    """The headings of a level."""
    return [block.text for block in page.blocks if isinstance(block, Heading) and block.level == level]


@pytest.mark.parametrize("reader", READERS)
class TestEveryReader:
    def test_reads_the_same_result(self, reader: str) -> None:
        parts = parts_of(minneapolis_page(reader))
        assert [part.anchor for part in parts] == [f"part-{number}" for number in range(1, len(parts) + 1)]
        assert {(part.text.partition(". ")[2], part.tone) for part in parts} == {
            (result.avenue.title, result.standing.value) for result in minneapolis().avenues
        }

    def test_reads_that_it_is_no_legal_advice_and_the_date_of_the_law(self, reader: str) -> None:
        said = [block.text for block in minneapolis_page(reader).blocks[:3] if isinstance(block, Para)]
        assert said[0] == shipped_rulebook().about.notice
        assert "The law as of Saturday, July 18, 2026" in said[1]
        assert "No lawyer has reviewed these rules yet." in said[1]
        assert words.OPEN_IS_NOT_LIKELY in texts(minneapolis_page(reader))

    def test_reads_every_caution_of_every_way_that_is_left(self, reader: str) -> None:
        # In full for a lawyer; for a family of what it can start, else in a sentence.
        said = texts(minneapolis_page(reader))
        for result in minneapolis().avenues:
            if result.standing not in NO_WAY:
                whole = reader == "lawyer" or (reader == "family" and is_the_familys(result))
                for one in result.cautions:
                    text = one.text if whole else first_sentence(one.text)
                    assert json.dumps(text, ensure_ascii=False)[1:-1] in said

    def test_reads_every_time_limit_that_has_a_day(self, reader: str) -> None:
        tables = [block for block in minneapolis_page(reader).blocks if isinstance(block, Table)]
        cells = [cell for table in tables for row in table.rows for cell in row]
        paras = [block for block in minneapolis_page(reader).blocks if isinstance(block, Para)]
        told = "\n".join([*cells, *(f"{block.label} {block.text}" for block in paras)])
        for one in minneapolis().deadlines:
            if one.last_safe:
                assert one.deadline.title in told
                assert Days().day(one.last_safe) in told or Days().short(one.last_safe) in told
        assert "Have a lawyer compute each day anew" in texts(minneapolis_page(reader))

    def test_sees_the_picture_of_every_way_that_hangs_on_something(self, reader: str) -> None:
        # A family sees by name on what a way hangs that may not apply to it at all.
        page = minneapolis_page(reader)
        ways = {block.title: block for block in page.blocks if isinstance(block, Way)}
        for result in minneapolis().avenues:
            titles = {result.avenue.titles[name] for name in result.decisive}
            if result.standing in NO_WAY or not titles:
                assert result.avenue.title not in ways
            elif reader == "family" and Standing.NOT_APPLICABLE in result.could_become:
                assert all(title in texts(page) for title in titles)
            else:
                assert {mark.text for mark in ways[result.avenue.title].marks if mark.here} == titles

    def test_finds_each_source_with_how_it_was_checked(self, reader: str) -> None:
        page = minneapolis_page(reader)
        listed = [block for block in page.blocks if isinstance(block, Para) and block.bullet.startswith("[")]
        by_number = {block.bullet: block for block in listed}
        assert set(by_number) == {f"[{number}]" for number in page.numbers.values()}
        assert len(by_number) == len(listed)
        for work, number in page.numbers.items():
            block = by_number[f"[{number}]"]
            authority = shipped_rulebook().authorities.get(work)
            before = page.blocks[: page.blocks.index(block)]
            group = next(one.label for one in reversed(before) if isinstance(one, Para) and not one.bullet)
            checked = words.SEEN[authority.seen] if authority else "a secondary source"
            assert checked in f"{group[:1].lower()}{group[1:]} {block.text}" or checked in group
            assert block.link == (authority.link if authority else block.link)

    def test_sees_who_disputes_what(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        assert "Nick Miroff" in said
        assert "from its own analysis of videos" in said

    def test_reads_of_the_decided_cases_that_come_closest(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        found = closest(minneapolis())
        assert len(found) == 5
        assert all(one.case.title in said for one in (found[:3] if reader == "family" else found))

    def test_reads_no_command_and_no_name_of_a_rule(self, reader: str) -> None:
        said = texts(minneapolis_page(reader))
        assert "pathways " not in said.replace("The pathways", "").replace(SHORTER, "")
        assert not re.search(r"\b(usc|cfr|case|policy):[a-z0-9]", said)

    def test_reads_no_sentence_twice_that_is_not_short(self, reader: str) -> None:
        """But for what the rules themselves say in several places, and who says what of several things."""
        found = Counter(told_texts(minneapolis_page(reader)))
        again = {text for text, number in found.items() if number > 1 and len(text) > 70}
        reasons = {reason.text for result in minneapolis().avenues for reason in every_reason(result)}
        several = {text for text in again if text.startswith(("Can still become", "Last safe day")) or text in reasons}
        of_rules = Counter(text for text in texts_of_rules() if text in again)
        assert {text for text in again - several if of_rules[text] < found[text]} == set()


def told_texts(page: Page) -> list[str]:
    """Every paragraph, item and cell before the sources."""
    end = next(at for at, block in enumerate(page.blocks) if isinstance(block, Heading) and block.anchor == "sources")
    told = [block.text for block in page.blocks[:end] if isinstance(block, Para)]
    return told + [cell for one in page.blocks[:end] if isinstance(one, Table) for row in one.rows for cell in row]


def every_reason(result: AvenueResult) -> list[Reason]:
    """Why an avenue stands as it does, and why a part of it does not arise."""
    return [*result.reasons, *(reason for part in result.hurdles for reason in part.reasons)]


def texts_of_rules() -> list[str]:
    """What the avenues say of themselves, each text as often as the rules hold it, and who said a claim."""
    avenues = shipped_rulebook().avenues.values()
    told = [text for one in avenues for text in (one.who, "; ".join(part.title for part in one.requires) + ".")]
    told += [remark.text for one in avenues for remark in (*one.cautions, *one.steps)]
    claims = shipped_rulebook().claims.values()
    return told + [f"{one.who}{f', {one.when}' if one.when else ''}" for claim in claims for one in claim.said_by]


def is_the_familys(result: AvenueResult) -> bool:
    """Whether the family starts it, and it is known to apply."""
    return result.avenue.starts_with == "you" and Standing.NOT_APPLICABLE not in result.could_become


class TestReaders:
    def test_a_family_reads_on_the_first_page_what_can_be_tried_is_urgent_hurts_and_is_to_be_kept(self) -> None:
        page = minneapolis_page("family")
        assert headings(page, 2)[:3] == ["What can be tried", "What is urgent", "Be careful"]
        (table,) = [block for block in page.blocks if isinstance(block, Table) and block.columns[1] == "Left"]
        # What is years off stands further on.
        assert [int(row[1].split()[0]) for row in table.rows] == [163, 351, 716]
        labels = [block.label if isinstance(block, Para) else "" for block in page.blocks]
        assert labels.index("Keep safe") < page.blocks.index(table)

    def test_a_family_reads_first_what_it_can_start_and_where_the_rest_stands(self) -> None:
        page = minneapolis_page("family")
        told = headings(page, 2)
        groups = ["Ways that you can start", "Ways that you can start, if they apply here", "Ways that others start"]
        assert [heading for heading in told if heading in groups] == groups
        assert told.index("Not available on these answers") > told.index(groups[-1])
        assert sum(block.text == SHORTER for block in page.blocks if isinstance(block, Para)) == 1
        assert "--for lawyer" in SHORTER
        parts = {block.text.partition(". ")[2]: number for number, block in enumerate(parts_of(page))}
        mine = [result.avenue.title for result in minneapolis().avenues if is_the_familys(result)]
        mine = [title for title in mine if title in ways_left()]
        assert sorted(parts[title] for title in mine) == list(range(len(mine)))

    def test_a_family_is_pointed_to_questions_and_days_and_reads_them_once(self) -> None:
        page = minneapolis_page("family")
        said = told_texts(page)
        for name in most_settling(minneapolis())[:15]:
            ask = shipped_rulebook().facts[name].ask
            assert sum(ask in text for text in said) == 1
        for caution in shipped_rulebook().about.cautions:
            assert sum(first_sentence(caution.text) in text for text in said) == 1
        for text in kept(minneapolis()).texts:
            assert sum(text in other for other in said) == 1
        asked = [block for block in page.blocks if isinstance(block, Para) and block.label == "Can still become"]
        assert all("What to find out" in block.text for block in asked)
        assert asked

    def test_what_may_not_have_to_be_kept_is_told_apart_and_never_on_the_first_page(self) -> None:
        keep, said = kept(minneapolis()), told_texts(minneapolis_page("family"))
        place = {text: next(at for at, other in enumerate(said) if text in other) for text in keep.texts}
        assert keep.certain
        assert max(place[one.text] for one in keep.certain) < min(place[one.text] for one in keep.unsure)
        assert any("Ask the center" in one.text for one in keep.unsure), "whether she was held is not answered"
        assert any("dated letters" in one.text for one in keep.certain[:3]), "whether they were sent is not answered"

    def test_a_lawyer_reads_the_questions_that_settle_less_by_topic_and_not_as_a_long_list(self) -> None:
        blocks = minneapolis_page("lawyer").blocks
        start = next(at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.anchor == "ask")
        end = next(at for at, one in enumerate(blocks) if at > start and isinstance(one, Heading))
        assert end - start < 40
        said = " ".join(block.text for block in blocks[start:end] if isinstance(block, Para))
        for name in most_settling(minneapolis()):
            fact = shipped_rulebook().facts[name]
            assert fact.ask in said or fact.label in said

    def test_a_family_finds_a_source_of_every_sentence_that_has_one_also_in_short_parts(self) -> None:
        page = minneapolis_page("family")
        for result in minneapolis().avenues:
            for one in result.cautions:
                sources = {page.numbers.get(split_work(str(source))[0]) for source in one.sources}
                said = [
                    block for block in page.blocks if isinstance(block, Para) and first_sentence(one.text) in block.text
                ]
                assert not sources or all(sources & {cite.number for cite in block.cites} for block in said)

    def test_what_the_table_of_a_state_says_cites_that_state_and_no_other(self) -> None:
        page = minneapolis_page("family")
        block = next(one for one in page.blocks if isinstance(one, Para) and "No limit in time" in one.text)
        works = {number: work for work, number in page.numbers.items()}
        assert [works[cite.number].partition(":")[0] for cite in block.cites] == ["mn"]

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
        assert "holds 4 case files" in done.err

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


def test_an_index_stands_in_the_order_of_its_numbers() -> None:
    page = handbook_page(shipped_rulebook(), list(shipped_rulebook().avenues.values()))
    start = next(at for at, one in enumerate(page.blocks) if isinstance(one, Heading) and one.anchor == "index")
    cites = [block.label for block in page.blocks[start:] if isinstance(block, Para) and block.bullet == "-"]
    crimes = [cite for cite in cites if re.fullmatch(r"18 U\.S\.C\. § [0-9]+", cite)]
    assert crimes == sorted(crimes, key=lambda cite: int(cite.rpartition(" ")[2]))
    titles = [int(cite.partition(" ")[0]) for cite in cites if " U.S.C. " in cite]
    assert titles == sorted(titles)


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
