"""What a typed line means at a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.case import Given
from pathways.interview import Answered, Command, Order, Unclear, dispute_between, understand
from pathways.interview.dispute import name_of
from pathways.interview.understand import is_listed, key_of, understand_option
from pathways.record import replaced
from pathways.rulebook.model import Fact, Option
from pathways.yamlfile import forbidden_character
from tests.interview.library import fact, library

YES_NO, CHOICE, DATE, TABLE = fact("book.rare"), fact("reader.kind"), fact("visit.date"), fact("visit.branch")


@pytest.mark.parametrize(
    ("typed", "option"),
    [("yes", "yes"), ("Y", "yes"), (" yes. ", "yes"), ("yep", "yes"), ("no", "no"), ("nope", "no"), ("NO!", "no")],
)
def test_yes_and_no(typed: str, option: str) -> None:
    assert understand(typed, YES_NO) == Answered(Given.known(option))


@pytest.mark.parametrize("asked", [YES_NO, CHOICE, DATE, TABLE])
@pytest.mark.parametrize("typed", ["u", "U", "unknown", "don't know", "don’t know", "I don't know.", "idk"])
def test_not_knowing_is_an_answer_to_every_question(asked: Fact, typed: str) -> None:
    meaning = understand(typed, asked)
    assert isinstance(meaning, Answered)
    assert meaning.given == Given("unknown")


@pytest.mark.parametrize("asked", [YES_NO, CHOICE, DATE, TABLE])
@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("?", Order.HELP),
        ("help", Order.HELP),
        ("b", Order.BACK),
        ("back", Order.BACK),
        ("B", Order.BACK),
        ("d", Order.DISPUTED),
        ("disputed", Order.DISPUTED),
        ("so far", Order.SO_FAR),
        ("So  far", Order.SO_FAR),
        ("r", Order.REVIEW),
        ("review", Order.REVIEW),
        ("note", Order.NOTE),
        ("s", Order.SAVE),
        ("save", Order.SAVE),
        ("q", Order.STOP),
        ("quit", Order.STOP),
        ("stop", Order.STOP),
    ],
)
def test_commands_mean_the_same_at_every_question(asked: Fact, typed: str, order: Order) -> None:
    assert understand(typed, asked) == Command(order)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("s my case.yaml", Command(Order.SAVE, "my case.yaml")),
        ("save a.yaml", Command(Order.SAVE, "a.yaml")),
        ("d 7 Jan 2026 or 8 Jan 2026", Command(Order.DISPUTED, "7 Jan 2026 or 8 Jan 2026")),
        ("disputed: adult or guest", Command(Order.DISPUTED, "adult or guest")),
        ("? card", Command(Order.HELP, "card")),
    ],
)
def test_some_commands_take_more_words(typed: str, command: Command) -> None:
    assert understand(typed, DATE) == command


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("1", "adult"),
        ("2.", "child"),
        ("(3)", "guest"),
        ("#1", "adult"),
        ("adult", "adult"),
        ("GUEST", "guest"),
        ("A child with a card", "child"),
        ("a child", "child"),
        ("a gu", "guest"),
    ],
)
def test_a_choice_by_number_name_label_or_the_start_of_a_label(typed: str, option: str) -> None:
    meaning = understand(typed, CHOICE)
    assert isinstance(meaning, Answered)
    assert meaning.given == Given.known(option)
    assert meaning.reading == CHOICE.label_of(option)


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("OM", "OM"),
        ("om", "OM"),
        ("Old Market", "OM"),
        ("old m", "OM"),
        ("D.C.", "DC"),
        ("sao bento", "SQ"),
        ("São Bento Square", "SQ"),
        ("Riverside", "R1"),
        ("riverside a", "R2"),
        ("castle", "C"),
        ("c", "C"),
        ("North B", "NB"),
    ],
)
def test_a_place_by_its_code_or_its_name(typed: str, option: str) -> None:
    assert not is_listed(TABLE)
    meaning = understand(typed, TABLE)
    assert isinstance(meaning, Answered)
    assert meaning.given == Given.known(option)


@pytest.mark.parametrize(
    ("typed", "asked", "said"),
    [
        ("", YES_NO, "Type an answer. If you do not know, type u."),
        ("   ", CHOICE, "Type an answer."),
        ("maybe", YES_NO, "`maybe` is not an answer here. Type yes, no, disputed or don't know."),
        ("yes", CHOICE, "`yes` is none of the answers. Type its number, 1 to 3, or its first words"),
        ("0", CHOICE, "There is no answer 0. Type a number from 1 to 3."),
        ("4", CHOICE, "There is no answer 4."),
        ("a", CHOICE, "`a` can mean 1. A grown-up with a card; 2. A child with a card; 3. A guest without a card."),
        ("gest", CHOICE, "`gest` is none of the answers."),
        ("guest without", CHOICE, "Did you mean 3. A guest without a card?"),
        ("north", TABLE, "`north` can mean North Gate; North Bridge. Type more of it."),
        ("High Stret", TABLE, "Did you mean High Street?"),
        ("1", TABLE, "`1` is none of the answers."),
        ("1/7/2026", DATE, "Type the month by name"),
        ("some day", DATE, "`some day` is not a date as it is read here."),
        ("x" * 500, YES_NO, "`" + "x" * 40 + "...`"),
    ],
)
def test_other_words_get_a_helpful_line(typed: str, asked: Fact, said: str) -> None:
    meaning = understand(typed, asked)
    assert isinstance(meaning, Unclear)
    assert said in meaning.message


@pytest.mark.parametrize(
    ("typed", "asked", "options"),
    [
        ("1 or 3", CHOICE, ("adult", "guest")),
        ("adult or child or guest", CHOICE, ("adult", "child", "guest")),
        ("OM OR high street", TABLE, ("OM", "HS")),
    ],
)
def test_one_of_several_and_not_known_which(typed: str, asked: Fact, options: tuple[str, ...]) -> None:
    meaning = understand(typed, asked)
    assert isinstance(meaning, Answered)
    assert meaning.given == Given("one-of", options)
    assert meaning.reading.endswith("; not known which")


@pytest.mark.parametrize(
    ("typed", "asked"), [("1 or 1", CHOICE), ("1 or 9", CHOICE), ("adult or nobody", CHOICE), ("yes or no", YES_NO)]
)
def test_or_between_what_are_not_two_answers_is_no_answer(typed: str, asked: Fact) -> None:
    assert isinstance(understand(typed, asked), Unclear)


def test_an_answer_in_full_comes_before_a_longer_command_word() -> None:
    where = Fact(
        "harm.where",
        "Where?",
        "Where",
        "choice",
        (Option("back", "Back"), Option("head", "Head"), Option("not-sure", "Not sure")),
        "",
        "",
        (),
    )
    assert understand("back", where) == Answered(Given.known("back"), "Back")
    assert understand("not sure", where) == Answered(Given.known("not-sure"), "Not sure")
    assert understand("b", where) == Command(Order.BACK)
    assert understand("stop", where) == Command(Order.STOP)


@pytest.mark.parametrize("asked", [YES_NO, CHOICE, DATE])
@pytest.mark.parametrize("typed", ["n she said so", "note she said so", "N: she said so", "note: she said so"])
def test_a_note_on_one_line(asked: Fact, typed: str) -> None:
    assert understand(typed, asked) == Command(Order.NOTE, "she said so")


def test_one_letter_that_is_the_name_of_an_answer_is_that_answer_and_else_a_note() -> None:
    assert understand("n", TABLE) == Answered(Given.known("N"), "North Gate")
    assert understand("n", YES_NO) == understand("N", DATE) == Command(Order.NOTE)


@pytest.mark.parametrize("typed", ["n dakota", "s carolina", "r island"])
def test_in_a_long_table_a_letter_and_a_word_are_a_name_cut_short(typed: str) -> None:
    rows = tuple(Option(str(number), f"Row {number}") for number in range(40))
    long = Fact("place.row", "Where?", "Where", "choice", rows, "", "", (), "rows")
    assert isinstance(understand(typed, long), Unclear)
    assert understand("s my-case.yaml", long) == Command(Order.SAVE, "my-case.yaml")
    assert understand("n: near the river", long) == Command(Order.NOTE, "near the river")
    assert understand("note near the river", long) == Command(Order.NOTE, "near the river")


def test_typed_words_round_trip() -> None:
    for asked in library().facts.values():
        for number, option in enumerate(asked.options, 1):
            typed = [option.id, option.label, option.label.upper(), *([str(number)] if is_listed(asked) else [])]
            for words in typed:
                meaning = understand(words, asked)
                assert isinstance(meaning, Answered), words
                assert meaning.given == Given.known(option.id)


@given(st.text(max_size=40), st.sampled_from([YES_NO, CHOICE, DATE, TABLE]))
def test_whatever_is_typed_means_something_and_an_answer_is_one_the_question_has(typed: str, asked: Fact) -> None:
    meaning = understand(typed, asked)
    if isinstance(meaning, Unclear):
        assert meaning.message
    elif isinstance(meaning, Answered) and meaning.given.kind == "known" and asked.kind != "date":
        assert set(meaning.given.options) <= set(asked.answers)
    if not typed.strip():
        assert isinstance(meaning, Unclear)
    assert isinstance(understand_option(typed, asked), Answered | Unclear)


def test_keys_are_known_at_follow_up_prompts_and_names_are_not_keys() -> None:
    assert key_of("q") is Order.STOP
    assert key_of(" ? ") is Order.HELP
    assert key_of("back") is None
    assert key_of("Bob") is None


@pytest.mark.parametrize(
    ("text", "asked", "options"),
    [
        ("7 Jan 2026 or 8 Jan 2026", DATE, ("2026-01-07", "2026-01-08")),
        ("adult or guest", CHOICE, ("adult", "guest")),
        ("1; 2; 3", CHOICE, ("adult", "child", "guest")),
    ],
)
def test_a_dispute_on_one_line(text: str, asked: Fact, options: tuple[str, ...]) -> None:
    made = dispute_between(text, asked)
    assert isinstance(made, Given)
    assert (made.kind, made.options, tuple(side.answer for side in made.said)) == ("disputed", options, options)


@pytest.mark.parametrize("text", ["adult", "adult or adult", "adult or nobody", ";"])
def test_a_dispute_needs_two_answers(text: str) -> None:
    assert isinstance(dispute_between(text, CHOICE), Unclear)


@given(st.text(max_size=400))
def test_a_typed_name_can_stand_in_a_file(typed: str) -> None:
    name = name_of(typed)
    assert len(name) <= 300
    assert not forbidden_character(name)
    assert name == " ".join(name.split()) == name_of(name)


@pytest.mark.parametrize("text", ["no", "No", "yes", "nope"])
def test_a_plain_yes_or_no_is_no_answer_at_a_list_not_even_the_beginning_of_one(text: str) -> None:
    asked = replaced(
        CHOICE, options=(*CHOICE.options, Option("none", "Nobody with a card"), Option("yours", "Yes-card"))
    )
    assert isinstance(understand(text, asked), Unclear)
    assert understand("nobody", asked) == Answered(Given.known("none"), "Nobody with a card")
