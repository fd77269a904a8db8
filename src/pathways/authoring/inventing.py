"""Cases that are invented to test rules, written as scenarios that expect what the rules give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from pathways.assessment import Standing, assess
from pathways.authoring.examples import with_fewer_answers
from pathways.authoring.recording import expectations, recorded
from pathways.authoring.telling import Search, Sought, Why, telling_case
from pathways.case import Case
from pathways.case.write import save_case
from pathways.record import replaced
from pathways.rulebook import Rulebook

STORY = (
    "Invented to test the rules; it happened to nobody. Only what the expectations hang on is answered. They say what "
    "the rules gave when this was written, so that a change of the rules is noticed. No court and no lawyer said so."
)
#: The folder of cases that are about no avenue.
NO_AVENUE = "claims"


class Invented:
    """Cases invented for what no scenario shows; the fewer the better, since one may show several things."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._cases: dict[tuple[str, ...], list[Case]] = {}

    @property
    def cases(self) -> list[Case]:
        """Every case invented so far."""
        return [case for cases in self._cases.values() for case in cases]

    def show(self, chances: Iterable[Sought]) -> Search:
        """A case that shows what is sought in one of several ways: one there is already, or a new one."""
        why: Why | None = None
        for sought in chances:
            known = self._cases.setdefault(sought.about, [])
            for case in known:
                if sought.shows(case):
                    return Search(case)
            found = telling_case(sought)
            if found.case is not None:
                case = replaced(_settled(sought, found.case), about=sought.about)
                known.append(case)
                return Search(case)
            why = max(filter(None, (why, found.why)), key=list(Why).index, default=None)
        return Search(why=why)

    def write(self, folder: Path) -> list[Path]:
        """Write every case into a folder for its avenue, under names that are not taken."""
        return [self._write(folder, case) for case in self.cases]

    def _write(self, folder: Path, case: Case) -> Path:
        name = case.about[0] if case.about else NO_AVENUE
        place = folder / name
        with made_folder(place):
            number, path = next(
                (number, path) for number in count(1) if not (path := place / f"{name}-{number:02}.yaml").exists()
            )
            save_case(as_scenario(self.rulebook, case, number), path, expected="")
        return path


@contextmanager
def made_folder(place: Path) -> Iterator[None]:
    """A folder to write into, with those above it; where nothing can be written, none that was made is left."""
    missing = [folder for folder in (place, *place.parents) if not folder.exists()]
    try:
        place.mkdir(parents=True, exist_ok=True)
        yield
    except OSError:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def as_scenario(rulebook: Rulebook, case: Case, number: int) -> Case:
    """A case as a scenario that expects everything the rules give of what it is about, and of the claims."""
    found = recorded(assess(rulebook, case))
    kept = {path: words for path, words in found.items() if path[0] != "avenues" or path[1] in case.about}
    order = rulebook.story_order
    return replaced(
        case,
        title=f"Invented case {number}: {case.title}",
        story=STORY,
        answers={name: case.answers[name] for name in sorted(case.answers, key=order.__getitem__)},
        expect=expectations(kept),
    )


def _settled(sought: Sought, case: Case) -> Case:
    """A case without the answers that it shows the same without, as far as each standing stays as it is."""

    def standings(one: Case) -> list[Standing]:
        return [result.standing for result in assess(sought.before, one).avenues]

    was = standings(case)

    def still(fewer: Case) -> bool:
        return sought.shows(fewer) and standings(fewer) == was

    return with_fewer_answers(case, still)
