"""Records are values: made once, compared by what they hold, never changed."""

from __future__ import annotations

from functools import cached_property

import pytest

from pathways.record import made, names_of, of_values, record, replaced, values_of


@record
class Place:
    line: int
    column: int = 1


@record
class Named(Place):
    name: str = ""
    notes: list[str] = made(default_factory=list)


def test_values_are_given_by_place_or_by_name_and_may_have_defaults() -> None:
    assert values_of(Place(3)) == (3, 1)
    assert Place(line=3, column=2).column == 2
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]


def test_equal_values_make_equal_records_with_equal_hashes() -> None:
    assert Place(3) == Place(3, 1)
    assert hash(Place(3)) == hash(Place(3, 1))
    assert Place(3) != Place(4)
    assert Place(3) != Named(3)


def test_a_record_cannot_be_changed() -> None:
    place = Place(3)
    with pytest.raises(AttributeError, match="line"):
        place.line = 4  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del place.line
    with pytest.raises(AttributeError):
        place.other = 1  # type: ignore[attr-defined]
    assert place.line == 3


@record
class Cached:
    name: str

    @cached_property
    def shouted(self) -> list[str]:
        """Worked out once."""
        return [self.name.upper()]


@record
class Nothing:
    """Of no values."""


def test_what_is_worked_out_once_is_no_part_of_the_values() -> None:
    one = Cached("a")
    assert one.shouted is one.shouted
    assert one == Cached("a")
    assert values_of(one) == ("a",)


def test_a_record_is_true_has_no_order_and_is_no_plain_tuple() -> None:
    assert Nothing()
    assert Place(3) != (3, 1)  # type: ignore[comparison-overlap]
    with pytest.raises(TypeError):
        sorted([Place(3), Place(4)])  # type: ignore[type-var]


@pytest.mark.parametrize(("values", "named"), [((1, 2, 3), {}), ((1,), {"line": 1}), ((1,), {"colour": 2}), ((), {})])
def test_values_that_do_not_fit_are_refused(values: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match="Place"):
        Place(*values, **named)


def test_a_record_can_be_made_of_all_its_values() -> None:
    assert of_values(Place, [3, 1]) == Place(3)


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    first = Named(3, name="a")
    assert replaced(first, name="b") == Named(3, name="b")
    assert first.name == "a"
    with pytest.raises(TypeError):
        replaced(first, colour="red")


def test_what_is_made_anew_is_not_shared() -> None:
    one, two = Named(1), Named(2)
    one.notes.append("x")
    assert two.notes == []
    assert names_of(Named) == ("line", "column", "name", "notes")
    assert repr(two) == "Named(line=2, column=1, name='', notes=[])"
