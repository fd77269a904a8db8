"""Where law stands: tables, authorities and documents. Values made once when the files are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pathways.diagnostics import Place
from pathways.record import made, record

if TYPE_CHECKING:
    from pathways.rulebook.clock import Period
    from pathways.rulebook.model import Remark

Sources = tuple[str, ...]
NOT_GIVEN = "not given"
#: How a source is marked that was read whole in the law itself.
READ = "primary"


def cell_variable(table: str, column: str) -> str:
    """The variable of what the empty cells of a column hold. No fact has such a name, so that it is never asked."""
    return f"{table}: {column}"


def stands_for_cell(variable: str) -> bool:
    """Whether a variable is one for empty cells; of time limits the names have a slash."""
    return ": " in variable and "/" not in variable


@record
class Column:
    """A column of a table.

    ``kind`` is ``word`` (a plain value), ``period`` (a length of time) or ``text``. ``about`` names the avenues beside
    which its cells are shown, ``if_empty`` what is said where there is none. ``words`` are all that its cells may say;
    without them they may say anything.
    """

    id: str
    title: str
    kind: str = "word"
    explains: str = ""
    about: tuple[str, ...] = ()
    if_empty: str = ""
    words: tuple[str, ...] = ()


@record
class Cell:
    """What a table holds for one row and column: a value, what it means in a sentence, and where that stands.

    ``seen`` says how the value was checked: as the least of its sources, where the rules say nothing else.
    ``careful`` is a shorter period that a court may apply instead, to plan with, beside the avenues ``careful_about``
    (none named: beside all); ``start`` the day from which the value is law.
    """

    value: str
    text: str = ""
    sources: Sources = ()
    seen: str = "not seen"
    careful: Period | None = None
    careful_about: tuple[str, ...] = ()
    start: str = ""

    def careful_in(self, avenue: str) -> Period | None:
        """The shorter period that may apply beside an avenue."""
        return self.careful if not self.careful_about or avenue in self.careful_about else None

    @property
    def checked(self) -> bool:
        """Whether the value was read in the law itself, so that a date may be computed from it."""
        return self.seen == READ


@record
class Table:
    """A look-up table: rows by key, columns by name. A missing cell is not checked.

    ``rows`` are the values of the cells, ``cells`` those that have a sentence and sources of their own.
    """

    id: str
    columns: Mapping[str, Column]
    rows: Mapping[str, Mapping[str, str]]
    sources: Sources
    cells: Mapping[str, Mapping[str, Cell]] = made(default_factory=dict)


@record
class Authority:
    """Primary law and how it was checked."""

    id: str
    cite: str
    title: str
    kind: str
    provides: str
    pinpoints: Mapping[str, str]
    link: str
    seen: str
    seen_where: str
    checked: str
    note: str = ""
    court: str = ""
    year: int = 0
    level: str = ""
    history: str = ""
    place: Place | None = None


@record
class Proposition:
    """One thing a document says, in our words, and the lines it stands on."""

    id: str
    first_line: int
    last_line: int
    words: tuple[str, ...]
    kind: str
    says: str
    said_by: str = ""
    compare: Remark | None = None
    place: Place | None = None

    @property
    def lines(self) -> str:
        """``29`` or ``29-30``."""
        return str(self.first_line) if self.first_line == self.last_line else f"{self.first_line}-{self.last_line}"


@record
class Document:
    """A digest of one source document. ``not given`` stands where the document does not give it."""

    id: str
    number: str
    title: str
    publisher: str
    author: str
    date: str
    link: str
    kind: str
    about: str
    sha256: str
    propositions: Mapping[str, Proposition]
    place: Place | None = None

    @property
    def published(self) -> tuple[str, ...]:
        """Publisher and date, as far as the document gives them."""
        return tuple(part for part in (self.publisher, self.date) if part != NOT_GIVEN)
