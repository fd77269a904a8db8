"""Letters as rules: read with their places, checked, kept compiled, and cited like everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathways.rulebook import load_rulebook, read_rulebook
from pathways.rulebook.check import conditions
from pathways.rulebook.letter import Blank, Insert, Letter
from pathways.rulebook.references import cited
from tests.places import GARDEN, shipped_rulebook
from tests.rulebook.overlay import problems_of, tiny

LETTER = """\
letter: ask
title: Asking for the refund
order: 10
reviewed_by_lawyer: no
for: Asks the carrier for the money.
about: [refund]
sources: ["law:parcels/2"]
from: ["[your name]"]
to: [The carrier]
subject: "A parcel sent {parcel.sent}"
answers:
  parcel.sent: {asks: when it was sent, says: "on {}"}
  parcel.lost: {asks: whether it was lost, says: {yes: it was lost, no: it was not lost}}
  parcel.contents: {asks: what was in it, says: {goods: goods}}
passages:
  - id: ask
    title: The request
    text: >-
      {parcel.lost}. It held {parcel.contents}, and
      I ask for [the sum].
    items:
      - {id: receipt, text: the receipt, when: parcel.lost}
needs:
  - {id: sum, text: Name a sum.}
before_sending:
  - {id: copy, text: Keep a copy., practical: yes}
"""
#: Its line on one of the answers.
CONTENTS = "  parcel.contents: {asks: what was in it, says: {goods: goods}}\n"


def found(tmp_path: Path, letter: str) -> list[tuple[str, str, str, str]]:
    """What is wrong with the tiny rulebook when it holds this letter: code, place, message and help."""
    problems = problems_of(tiny(tmp_path, {"rules/letters/ask.yaml": letter}))
    return [(one.code, f"{one.place.line}:{one.place.column}", one.message, one.help) for one in problems]


def test_a_letter_is_read_to_texts_blanks_and_answers(tmp_path: Path) -> None:
    assert found(tmp_path, LETTER) == []
    letter = read_rulebook(tmp_path).letters["ask"]
    assert letter.sender == ((Blank("your name"),),)
    assert letter.passages[0].text == (
        Insert("parcel.lost"),
        ". It held ",
        Insert("parcel.contents"),
        ", and I ask for ",
        Blank("the sum"),
        ".",
    )
    assert letter.inserted == ("parcel.sent", "parcel.lost", "parcel.contents")
    assert letter.wordings["parcel.sent"].form == "on {}"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "said", "help"),
    [
        ("{parcel.lost}. It", "{parcel.lots}. It", "unknown-fact", "19:8", "`parcel.lots`", "`parcel.lost`"),
        ("held {parcel.contents}", "held {parcel.content}", "unknown-fact", "19:31", "`parcel.content`", "contents"),
        ("  parcel.lost: {", "  parcel.lots: {", "unknown-fact", "13:3", "`parcel.lots`", "`parcel.lost`"),
        ("says: {goods: goods}", "says: {good: goods}", "unknown-option", "14:50", "no answer `good`", "`goods`"),
        ("about: [refund]", "about: [refunds]", "unknown-avenue", "6:9", "`refunds`", "`refund`"),
        ('["law:parcels/2"]', '["law:parcels/3"]', "unknown-source", "7:11", "law:parcels/3", "law:parcels/"),
        ("when: parcel.lost", "when: parcel.lots", "unknown-fact", "22:48", "`parcel.lots`", "`parcel.lost`"),
        (", no: it was not lost", "", "missing-key", "13:3", "no words for `no`", ""),
        ("says: {yes: it was lost, no: it was not lost}", 'says: "{}"', "missing-key", "13:3", "for `yes`", ""),
        (CONTENTS, "", "missing-key", "18:31", "`answers`", "asks"),
        ("order: 10", "ordre: 10", "unknown-key", "3:1", "`ordre`", "`order`"),
        ("for: Asks the carrier for the money.\n", "", "missing-key", "1:1", "no `for`", ""),
        ('sources: ["law:parcels/2"]\n', "", "no-source", "15:9", "passage `ask` has no source", "sources"),
        ("needs:\n  - {id: sum, text: Name a sum.}", "needs: []", "wrong-type", "23:8", "something in it", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, place: str, said: str, help: str
) -> None:
    assert LETTER.count(old) == 1
    problems = found(tmp_path, LETTER.replace(old, new))
    matching = [one for one in problems if one[:2] == (code, place)]
    assert matching, problems
    assert said in matching[0][2]
    assert help in matching[0][3]


def test_everything_wrong_in_a_letter_is_said_in_one_run(tmp_path: Path) -> None:
    bad = LETTER.replace("about: [refund]", "about: [refunds]").replace("{parcel.lost}. It", "{parcel.lots}. It")
    assert {code for code, *_ in found(tmp_path, bad)} == {"unknown-avenue", "unknown-fact"}


def test_two_letters_of_one_name_are_refused(tmp_path: Path) -> None:
    tiny(tmp_path, {"rules/letters/a.yaml": LETTER, "rules/letters/b.yaml": LETTER})
    assert [one.code for one in problems_of(tmp_path)] == ["duplicate-name"]


def test_a_fact_that_stands_only_in_a_letter_is_used(tmp_path: Path) -> None:
    fact = "  parcel.color: {ask: Which?, label: Color, choices: {red: Red, blue: Blue}, help: H., find_out: F.}\n"
    facts = tiny(tmp_path) / "rules/facts/parcel.yaml"
    facts.write_text(facts.read_text() + fact)
    assert [one.code for one in problems_of(tmp_path)] == ["unused-fact"]
    with_color = LETTER.replace("It held", "It was {parcel.color} and held")
    with_color = with_color.replace("answers:\n", "answers:\n  parcel.color: {asks: which color it had}\n")
    assert found(tmp_path / "again", with_color)[0][0] == "unknown-fact"
    (tmp_path / "rules/letters").mkdir()
    (tmp_path / "rules/letters/ask.yaml").write_text(with_color)
    assert problems_of(tmp_path) == []


def test_what_is_kept_compiled_is_the_same() -> None:
    fresh, kept = read_rulebook(GARDEN).letters, load_rulebook(GARDEN).letters
    assert list(fresh) == list(kept) == ["ask-neighbor"]
    one, other = fresh["ask-neighbor"], kept["ask-neighbor"]
    assert list(one.texts) == list(other.texts)
    assert [word.says for word in one.wordings.values()] == [word.says for word in other.wordings.values()]
    assert [part.sources for part in one.parts] == [part.sources for part in other.parts]
    assert [when.statement for when in one.conditions] == [when.statement for when in other.conditions]


def test_sources_and_conditions_of_letters_are_counted() -> None:
    rulebook = load_rulebook(GARDEN)
    assert "letter ask-neighbor/nest" in cited(rulebook)["act:birds"]
    assert set(rulebook.letters["ask-neighbor"].conditions) <= set(conditions(rulebook))


@pytest.mark.parametrize("letter", shipped_rulebook().letters.values(), ids=lambda letter: letter.id)
class TestShipped:
    def test_each_part_has_a_source_or_is_good_sense(self, letter: Letter) -> None:
        assert all(part.sources or part.practical for part in letter.parts)

    def test_the_law_stands_behind_what_is_asked_of_it(self, letter: Letter) -> None:
        authorities = shipped_rulebook().authorities
        cited = [source for need in letter.needs for source in need.sources]
        assert any(source.partition("(")[0] in authorities for source in cited)

    def test_it_warns_first_of_a_lawyer_and_that_it_stops_no_deadline(self, letter: Letter) -> None:
        (first,) = [remark for remark in letter.before_sending if remark.urgent]
        assert "lawyer" in first.text
        assert any("usc:28/2401(b)" in remark.sources for remark in letter.before_sending)
        assert any("usc:18/1001" in remark.sources for remark in letter.before_sending)
        assert {"charged-person", "removal-case"} <= {remark.id for remark in letter.before_sending}

    def test_it_holds_no_address_and_no_sum(self, letter: Letter) -> None:
        written = " ".join(piece for text in letter.texts for piece in text if isinstance(piece, str))
        assert not [sign for sign in ("$", "@", "http", "www", "Street", "Mailstop", "Washington") if sign in written]
