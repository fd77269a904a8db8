"""Letters that a person may draft: texts with blanks, and with answers put in their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pathways.record import record
from pathways.rulebook.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathways.diagnostics import Place
    from pathways.rulebook.model import Condition, Remark

#: Where the answer stands in a form of words such as ``on {}``.
HERE = "{}"


@record
class Blank:
    """A place that the person fills in; ``label`` says with what."""

    label: str


@record
class Insert:
    """A place where the answer to a question stands."""

    fact: str


Template = tuple[str | Blank | Insert, ...]


@record
class Wording:
    """How an answer reads in a letter.

    ``asks`` is the question as part of a sentence (``whether somebody died``, ``when it happened``): it stands in the
    blank where there is no answer, and after "it is disputed". ``says`` are words for single options; any other answer
    is put into ``form`` at :data:`HERE`, by its label or as a date.
    """

    fact: str
    asks: str
    says: Mapping[str, str]
    form: str = HERE
    place: Place | None = None


@record
class Item:
    """One thing in a list of a letter. With ``when`` it stands there only if that can hold."""

    id: str
    text: Template
    sources: Sources
    when: Condition | None = None
    practical: bool = False


@record
class Passage:
    """A paragraph of a letter, with a list below it or without. ``title`` is shown where the letter has headings."""

    id: str
    title: str
    text: Template
    items: tuple[Item, ...]
    sources: Sources
    when: Condition | None = None
    practical: bool = False


@record
class Letter:
    """A draft to fill in.

    ``purpose`` says what it is for, ``about`` which avenues it serves, ``useful_when`` (optional) in which cases.
    ``sender`` and ``to`` are lines. ``needs`` say what the law asks of it, ``before_sending`` what may go wrong.
    """

    id: str
    title: str
    order: int
    reviewed_by_lawyer: bool
    purpose: str
    about: tuple[str, ...]
    useful_when: Condition | None
    headings: bool
    sender: tuple[Template, ...]
    to: tuple[Template, ...]
    subject: Template
    wordings: Mapping[str, Wording]
    passages: tuple[Passage, ...]
    needs: tuple[Remark, ...]
    before_sending: tuple[Remark, ...]
    sources: Sources

    @property
    def texts(self) -> Iterator[Template]:
        """Every text in it that may hold blanks and answers."""
        yield from (*self.sender, *self.to, self.subject)
        for passage in self.passages:
            yield passage.text
            yield from (item.text for item in passage.items)

    @property
    def inserted(self) -> tuple[str, ...]:
        """The questions whose answers it holds, in the order in which they first stand there."""
        found = (piece.fact for text in self.texts for piece in text if isinstance(piece, Insert))
        return tuple(dict.fromkeys(found))

    @property
    def parts(self) -> tuple[Passage | Item | Remark, ...]:
        """Everything in it that has a name and sources of its own."""
        items = tuple(item for passage in self.passages for item in passage.items)
        return (*self.passages, *items, *self.needs, *self.before_sending)

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition that stands in it, outermost."""
        yield from (one for one in (self.useful_when, *(part.when for part in self.parts)) if one)
