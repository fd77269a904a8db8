"""Letters filled from a case: blanks marked, disputes said to be disputes, nothing invented, nothing that acts."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pathways.case import Case, Given, Said, case_text, read_case, save_case
from pathways.cli.exits import Exit
from pathways.cli.letters import draft_letter
from pathways.letters import FilledLetter, fill
from pathways.letters.fill import CHECK, FILL_IN, NOT_KNOWN
from pathways.record import replaced
from pathways.render.docx import page_docx
from pathways.render.letter import AFTER, BOTTOM, DRAFT, TOP, letter_page
from pathways.render.markdown import page_markdown
from pathways.render.text import page_text
from pathways.rulebook import Rulebook
from pathways.rulebook.letter import Letter
from tests.kit.cases import DAY, HOSTILE, Ran, case, ran, shot
from tests.places import GARDEN, SCENARIOS, garden, shipped_rulebook

LETTERS = list(shipped_rulebook().letters.values())


def filled(case: Case, notes: bool = False) -> FilledLetter:
    """The garden's letter for a case."""
    return fill(garden(), garden().letters["ask-neighbor"], case, DAY, notes)


def first(case: Case) -> str:
    """Its first paragraph."""
    return filled(case).passages[0].text


def body(letter: FilledLetter) -> str:
    """Everything that would be sent."""
    passages = [line for one in letter.passages for line in (one.text, *one.items)]
    return "\n".join([*letter.sender, *letter.to, letter.subject, *passages])


def drafted(*words: str | None, rules: Path | None = None, **more: Any) -> Ran:
    """``pathways letter`` with these words."""
    name, file = (*words, None, None)[:2]
    options = {"output": None, "style": None, "as_of": DAY, "notes": False, **more}
    return ran(lambda environment: draft_letter(environment, name, file, **options), rules=rules)


class TestAnswers:
    ANSWERED = case(tree__over_fence="yes", tree__planted="1988-04-02", talk__district="HB", tree__kind="fruit")

    def test_each_kind_stands_in_its_words(self) -> None:
        said = first(self.ANSWERED)
        assert said.startswith("Branches reach over the line. The tree, planted on April 2, 1988, stands")
        assert f"of the office of {garden().facts['talk.district'].label_of('HB')}." in said
        assert filled(self.ANSWERED).subject == "The fruit tree"

    def test_an_option_without_words_of_its_own_stands_by_its_label(self) -> None:
        assert filled(case(tree__kind="oak")).subject == "The An oak tree"

    @pytest.mark.parametrize(("day", "words"), [("1988", "a day in 1988"), ("1988-04", "a day in April 1988")])
    def test_a_month_or_a_year_is_not_made_a_day(self, day: str, words: str) -> None:
        assert f"planted on {words}, stands" in first(case(tree__planted=day))

    def test_what_nobody_answered_is_a_blank(self) -> None:
        letter = filled(case())
        assert (
            f"[{FILL_IN}: whether branches reach over the line]. The tree, [{FILL_IN}: when" in letter.passages[0].text
        )
        assert {"whether branches reach over the line", "when the tree was planted", "a day", "your name"} <= set(
            letter.blanks
        )

    def test_what_is_not_known_is_marked_apart(self) -> None:
        letter = filled(case(tree__over_fence=Given("unknown")))
        assert letter.passages[0].text.startswith(f"[{NOT_KNOWN}: whether branches reach over the line]. ")
        assert letter.not_known == ("whether branches reach over the line",)
        assert "whether branches reach over the line" not in letter.blanks

    def test_one_of_several_stays_open_and_says_which(self) -> None:
        letter = filled(case(tree__kind=Given("one-of", ("fruit", "oak"))))
        assert letter.subject == f"The [{NOT_KNOWN}: what kind of tree it is; one of these: A fruit tree; An oak] tree"

    def test_what_is_disputed_is_said_to_be(self) -> None:
        sides = (Said("yes", by="me"), Said("no", by="the neighbor"))
        letter = filled(case(tree__over_fence=Given("disputed", ("yes", "no"), sides)))
        assert letter.passages[0].text.startswith("It is disputed whether branches reach over the line. ")
        assert letter.disputed == ("whether branches reach over the line",)
        assert "branches reach over the line. " not in body(letter).replace("whether branches", "")

    def test_within_a_sentence_a_dispute_stands_in_parentheses(self) -> None:
        letter = first(case(tree__planted=Given("disputed", ("1988", "1990"))))
        assert "The tree, (it is disputed when the tree was planted), stands" in letter


class TestConditions:
    def test_a_part_that_does_not_apply_is_left_out(self) -> None:
        letter = filled(case(tree__over_fence="no", tree__nest="no", tree__kind="oak"))
        assert [one.id for one in letter.passages] == ["ask", "end"]
        assert letter.passages[0].items == ()
        assert [need.id for need in letter.needs] == ["writing"]

    def test_a_part_that_applies_stands_there_plainly(self) -> None:
        letter = filled(case(tree__over_fence="yes", tree__nest="yes", tree__kind="fruit"))
        assert [one.id for one in letter.passages] == ["ask", "line", "end"]
        assert CHECK not in body(letter)
        assert letter.unsure == frozenset()

    def test_a_part_of_which_it_is_not_known_stays_and_is_marked(self) -> None:
        letter = filled(case())
        assert (
            letter.passages[0].items[1]
            == f"[{CHECK}: keep this only if it applies] nothing is cut while there is a nest"
        )
        assert letter.unsure == {"nest"}

    def test_a_part_that_hangs_on_a_dispute_says_so(self) -> None:
        letter = filled(case(tree__nest=Given("disputed", ("yes", "no"))))
        assert letter.passages[0].items[1].startswith(f"[{CHECK}: it is disputed whether this applies] ")

    @pytest.mark.parametrize(("kind", "of_use"), [("hedge", False), ("oak", True)])
    def test_a_letter_that_does_not_fit_is_said_not_to(self, kind: str, of_use: bool) -> None:
        letter = filled(case(tree__kind=kind))
        assert letter.of_use is of_use
        assert ("does not seem to fit" in page_text(letter_page(garden(), letter), 80, False)) is not of_use


class TestNotes:
    NOTED = replaced(
        case(tree__over_fence=Given("known", ("yes",), (Said("yes", by="my sister", note="Seen from the roof."),))),
        notes={"tree.planted": "Ask old Miss Marple.", "tree.line-known": "Nothing to do with it."},
    )

    def test_they_stay_out_unless_they_are_asked_for(self) -> None:
        shown = page_text(letter_page(garden(), filled(self.NOTED)), 80, False)
        assert "roof" not in shown
        assert "Marple" not in shown

    def test_those_on_the_answers_in_a_passage_stand_below_it(self) -> None:
        found = filled(self.NOTED, notes=True).passages[0].notes
        assert found == (
            ("Branches over the fence", "Seen from the roof. (according to my sister)"),
            ("Planted", "Ask old Miss Marple."),
        )
        assert "Seen from the roof." in page_text(letter_page(garden(), filled(self.NOTED, True)), 80, False)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.id)
class TestShipped:
    def test_an_empty_case_gives_a_draft_of_blanks(self, letter: Letter) -> None:
        found = fill(shipped_rulebook(), letter, Case(""), DAY)
        assert found.of_use
        assert {wording.asks for wording in letter.wordings.values()} <= {*found.blanks}
        assert found.not_known == found.disputed == ()

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_a_scenario_gives_a_draft_with_both_marks_and_its_warnings(self, letter: Letter, name: str) -> None:
        rulebook = shipped_rulebook()
        scenario = read_case(Path(__file__).parents[2] / "scenarios" / f"{name}.yaml", rulebook)
        text = " ".join(page_text(letter_page(rulebook, fill(rulebook, letter, scenario)), 100, False).split())
        assert text.index(TOP) < text.index(BOTTOM) < text.index(AFTER)
        assert "What the law asks of it" in text
        assert "Still to fill in" in text
        assert re.search(r"\[1\] .*(read in|secondary)", text)

    @settings(max_examples=20, deadline=None)
    @given(data=st.data())
    def test_no_answer_that_is_not_plainly_known_is_stated(self, letter: Letter, data: st.DataObject) -> None:
        rulebook = shipped_rulebook()
        facts = [rulebook.facts[name] for name in letter.inserted]
        kinds = data.draw(
            st.fixed_dictionaries({fact.id: st.sampled_from(["", "unknown", "one-of", "disputed"]) for fact in facts})
        )
        answers: dict[str, Given] = {}
        for fact in facts:
            two = ("2026-03-07", "2026-03-08") if fact.kind == "date" else fact.answers[:2]
            kind = kinds[fact.id]
            if kind:
                answers[fact.id] = Given(kind, () if kind == "unknown" else two)  # type: ignore[arg-type]
        found = fill(rulebook, letter, Case("", answers=answers), DAY)
        without_marks = re.sub(rf"\[(?:{FILL_IN}|{NOT_KNOWN}|{CHECK})[^\]]*\]", "", body(found))
        assert "March" not in without_marks
        for fact in facts:
            wording = letter.wordings[fact.id]
            for words in wording.says.values():
                plain = re.sub(rf"[Ii]t is disputed {re.escape(wording.asks)}", "", without_marks)
                assert not re.search(rf"(^|[.,] ){re.escape(words)}[.,]", plain, re.IGNORECASE | re.MULTILINE), words
        disputed = {letter.wordings[fact.id].asks for fact in facts if kinds[fact.id] == "disputed"}
        assert set(found.disputed) == {asks for asks in disputed if f"is disputed {asks}" in body(found)}


def hostile(text: str) -> FilledLetter:
    """A letter with this text wherever a case can bring one in."""
    said = Given("known", ("yes",), (Said("yes", by=text, note=text),))
    answered = case(title=text, file=text, tree__over_fence=said, tree__planted=Given("known", ("1988",)))
    return filled(replaced(answered, story=text, notes={"tree.planted": text}), notes=True)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
class TestHostile:
    def test_in_text_nothing_acts(self, text: str) -> None:
        made = page_text(letter_page(garden(), hostile(text)), 80, False)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u2066-\u2069\u202a-\u202e]", made)
        assert "Your note on" in made

    def test_in_markdown_it_is_text(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").enable("table").parse(page_markdown(letter_page(garden(), hostile(text))))
        kinds = {part.type for token in tokens for part in (token, *(token.children or ()))}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "em_open", "code_inline", "fence"}
        assert "table_open" not in kinds

    def test_in_a_word_file_it_is_text(self, text: str) -> None:
        data = page_docx(letter_page(garden(), hostile(text)), draft=DRAFT)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            inner = file.read("word/document.xml").decode()
            links = file.read("word/_rels/document.xml.rels").decode()
        assert 'TargetMode="External"' not in links
        assert not re.search(r"<w:(hyperlink|fldSimple|instrText|object|altChunk)\b", inner)
        assert "\u202e" not in inner
        shown = "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
        assert "Your note on" in shown


class TestWordFile:
    def made(self, answered: Case) -> bytes:
        return page_docx(letter_page(garden(), filled(answered)), draft=DRAFT)

    def test_the_same_letter_is_the_same_bytes(self) -> None:
        assert self.made(case()) == self.made(case())

    def test_it_says_what_the_text_says(self) -> None:
        document = Document(io.BytesIO(self.made(TestAnswers.ANSWERED)))
        told = [*document.sections[0].header.paragraphs, *document.paragraphs]
        words = " ".join(" ".join(one.text for one in told).split())
        page = letter_page(garden(), filled(TestAnswers.ANSWERED))
        for line in page_text(page, 4000, False).split("\n"):
            if line.strip("=- "):
                assert re.sub(r"^ *- |:$", "", line).strip() in words

    def test_the_draft_mark_stands_on_every_sheet_and_marks_are_highlighted(self) -> None:
        document = Document(io.BytesIO(self.made(case())))
        (section,) = document.sections
        assert section.header.paragraphs[0].text == section.footer.paragraphs[0].text == TOP
        highlighted = [run.text for one in document.paragraphs for run in one.runs if run.font.highlight_color]
        assert f"[{FILL_IN}: a day]" in highlighted
        assert all(re.fullmatch(r"\[(FILL IN|NOT KNOWN YET|CHECK)[^\]]*\]", text) for text in highlighted)

    def test_what_is_no_part_of_the_letter_begins_a_new_sheet(self) -> None:
        document = Document(io.BytesIO(self.made(case())))
        assert [one.text for one in document.paragraphs if one.paragraph_format.page_break_before] == [AFTER]


class TestCommand:
    def test_without_a_name_it_lists_what_there_is(self) -> None:
        done = drafted()
        assert done.code is Exit.DONE
        assert all(f"- {letter.id}: {letter.title}" in " ".join(done.out.split()) for letter in LETTERS)

    @pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
    def test_it_writes_what_the_name_says_to_a_file_of_its_owner_alone(self, suffix: str, tmp_path: Path) -> None:
        save_case(shot(), tmp_path / "case.yaml")
        file = tmp_path / f"letter{suffix}"
        done = drafted("preservation", str(tmp_path / "case.yaml"), output=file)
        assert done.code is Exit.DONE
        assert "Read it to the end before you send anything." in done.out
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        data = file.read_bytes()
        assert {".txt": b"DRAFT.", ".md": b"# Letter", ".docx": b"PK\x03\x04"}[suffix] in data
        again = tmp_path / f"again{suffix}"
        drafted("preservation", str(tmp_path / "case.yaml"), output=again)
        assert again.read_bytes() == data

    def test_it_never_takes_the_place_of_another_file(self, tmp_path: Path) -> None:
        file = tmp_path / "case.yaml"
        save_case(shot(), file)
        done = drafted("preservation", str(file), output=file)
        assert done.code is Exit.BAD_INPUT
        assert "it is there already" in done.err
        assert file.read_text() == case_text(shot())

    @pytest.mark.parametrize(
        ("words", "more", "said"),
        [
            (("preservatoin",), {}, "Did you mean `preservation`?"),
            (("preservation", "no-such.yaml"), {}, "no such file"),
            (("preservation",), {"style": "docx"}, "name one with -o that ends in .docx"),
            ((), {"output": Path("nowhere.txt")}, "Name the letter to write."),
            (("preservation",), {"output": Path("no/such/folder.txt")}, "no such folder"),
            (("preservation",), {"output": Path("letter.pdf")}, "the ending of `letter.pdf` names no format"),
            (("preservation",), {"as_of": "tomorrow"}, "expected a date"),
        ],
        ids=["name", "case", "no file", "no name", "folder", "ending", "day"],
    )
    def test_what_cannot_be_done_is_said_and_nothing_is_written(
        self, words: tuple[str, ...], more: dict[str, Any], said: str
    ) -> None:
        done = drafted(*words, **more)
        assert done.code is Exit.BAD_INPUT
        assert said in done.err
        assert done.out == ""
        assert not Path("nowhere.txt").exists()

    def test_a_second_rulebook_has_letters_of_its_own(self) -> None:
        case_file = str(GARDEN / "cases" / "quarrel.yaml")
        done = drafted("ask-neighbor", case_file, rules=GARDEN)
        assert done.code is Exit.DONE
        assert "It is disputed whether branches reach over the line." in " ".join(done.out.split())

    def test_a_rulebook_without_letters_says_so(self) -> None:
        from tests.rulebook.overlay import TINY

        assert "These rules hold no letters." in drafted(rules=TINY).out


def test_rulebooks_are_what_the_tests_take_them_for() -> None:
    assert isinstance(garden(), Rulebook)
    assert len(LETTERS) == 4
