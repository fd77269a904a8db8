"""Pages made from the rules: docs/unsettled.md and docs/deadlines.md for lawyers, docs/mutants.md for authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathways.deadlines import Timing
    from pathways.rulebook.clock import Clock
    from pathways.rulebook.model import Avenue, Condition, Hurdle, Rulebook
    from pathways.rulebook.sources import Authority, Cell

ROOT = Path(__file__).resolve().parent.parent
LEANS = {"for": "leans: this way goes on", "against": "leans: this way ends here", "even": "open"}
EFFECTS = {
    "bars": "closes the avenue where it arises",
    "contests": "a court must decide where it arises",
    "moves": "moves the case to another court",
    "delays": "costs time",
    "informs": "does not decide the avenue",
}
#: How a citation or a history says that a case is still on its way, or that nobody followed it to its end.
_PENDING_CITE = re.compile(r"\b(filed|petition|charged|complaint of|indicted)\b")
_PENDING = re.compile(
    r"\b(pending|on appeal|took the case|agreed .* to hear|no (?:answer|ruling)[^.]* found)\b", re.IGNORECASE
)
_NOT_FOLLOWED = re.compile(
    r"\b(how (?:it|the case) ended|outcome|what (?:followed|became of)|decision on the appeal)\b", re.IGNORECASE
)
#: So many years back a case can still be pending; of an older one the word speaks of the past.
_YEARS_BACK = 3


def ordered(rulebook: Rulebook) -> list[Avenue]:
    """The avenues in the order in which they are shown."""
    return sorted(rulebook.avenues.values(), key=lambda avenue: (avenue.order, avenue.id))


# -- terms of art ----------------------------------------------------------------------------------


def glossary(rulebook: Rulebook) -> Iterator[str]:
    """Every term with what it means and where that stands, in the order of the alphabet."""
    for term in sorted(rulebook.terms.values(), key=lambda term: term.term.casefold()):
        also = f" (also: {', '.join(term.also)})" if term.also else ""
        yield f"- **{term.term}**{also}: {term.means}{_stands_on(rulebook, term.sources)}"


# -- the codes of problems -------------------------------------------------------------------------

_BAD = Path(__file__).resolve().parent.parent / "tests" / "rulebook" / "bad"


def problem_codes(rulebook: Rulebook) -> Iterator[str]:
    """Every code: what it means, the text that an author sees, and how to mend it."""
    del rulebook  # The codes are those of the program.
    from pathways.authoring.codes import codes

    for code in codes().values():
        yield from _heading(code.name)
        level = "Warning" if code.exit == 0 else "Error"
        yield f"{level}, `{code.command}` ends with {code.exit}. {code.means}"
        if code.example:
            yield from ("", "```yaml", code.example, "```")
        said = _BAD / code.name / "expected.txt"
        if said.exists():
            shown = next(one for one in said.read_text(encoding="utf-8").split("\n\n") if f"[{code.name}]" in one)
            yield from ("", "```text", *shown.splitlines(), "```")
        yield from ("", f"To mend it: {code.mend}")


# -- what is unsettled -----------------------------------------------------------------------------


def unsettled_law(rulebook: Rulebook) -> Iterator[str]:
    """By avenue: the hurdles on which the law itself is unsettled, and the points that only a court can decide."""
    for avenue in ordered(rulebook):
        hurdles = [hurdle for hurdle in avenue.hurdles if hurdle.ground == "unsettled law"]
        points = [point for condition in avenue.conditions for point in _contestable(condition)]
        if not hurdles and not points:
            continue
        yield from _heading(avenue.title)
        for hurdle in hurdles:
            yield from _hurdle(rulebook, hurdle)
        for point in _once(points):
            yield f"- **A court must decide.** {point.because}{_stands_on(rulebook, point.sources)}"


def unsettled_tests(rulebook: Rulebook) -> Iterator[str]:
    """The legal tests in which a point is open, each with the point."""
    first = True
    for finding in rulebook.findings.values():
        points = list(_once(_contestable(finding.holds_when)))
        if not points:
            continue
        if not first:
            yield ""
        first = False
        yield f"**{finding.title}** ({finding.kind})"
        yield ""
        for point in points:
            yield f"- {point.because}{_stands_on(rulebook, point.sources)}"


def not_checked(rulebook: Rulebook) -> Iterator[str]:
    """Hurdles that are said without the law on them having been checked."""
    for avenue in ordered(rulebook):
        hurdles = [hurdle for hurdle in avenue.hurdles if hurdle.ground == "not checked"]
        if hurdles:
            yield from _heading(avenue.title)
        for hurdle in hurdles:
            yield f"- **{_ended(hurdle.title)}** {hurdle.explains}{_stands_on(rulebook, hurdle.sources)}"


def pending(rulebook: Rulebook) -> Iterator[str]:
    """Bills, cases that are not over as far as was seen, and cases that nobody followed to their end."""
    authorities = rulebook.authorities.values()
    bills = [one for one in authorities if one.kind == "bill"]
    cases = [one for one in authorities if one.kind == "case" and _is_pending(rulebook, one)]
    open_ends = [
        one for one in authorities if one.kind == "case" and one not in cases and _NOT_FOLLOWED.search(one.history)
    ]
    for title, found in (("Cases", cases), ("Cases not followed to their end", open_ends), ("Bills", bills)):
        if found:
            yield from _heading(title)
        for one in sorted(found, key=lambda one: (-one.year, one.cite)):
            said = one.history or (one.provides if one.kind == "bill" else one.note)
            yield f"- {one.cite}. {said} *{_seen(one)}, looked at on {one.checked}.*"


def unread(rulebook: Rulebook) -> Iterator[str]:
    """How the authorities were read, as numbers, and the names of those that were not read in the law itself."""
    from pathways.render.words import SEEN, upper

    authorities = list(rulebook.authorities.values())
    yield "| How it was read | Authorities |"
    yield "|---|---|"
    for seen, words in SEEN.items():
        yield f"| {upper(words.lower())} | {sum(one.seen == seen for one in authorities)} |"
    for seen, title in (("not seen", "Not seen at all"), ("secondary", "Known only from what others say")):
        found = [one for one in authorities if one.seen == seen]
        if not found:
            continue
        yield from _heading(title)
        for group, members in _by_origin(rulebook, found).items():
            yield f"- **{group}:** {'; '.join(one.cite for one in members)}."


def cells(rulebook: Rulebook) -> Iterator[str]:
    """For every table of places: which cells were read, which are second hand, which are empty."""
    for table in rulebook.tables.values():
        columns = [column for column in table.columns.values() if column.if_empty or column.about]
        if not columns:
            continue
        yield f"| {' | '.join(['', *(column.title for column in columns)])} |"
        yield f"|{'---|' * (len(columns) + 1)}"
        total = dict.fromkeys(CELLS.values(), 0)
        for row, values in table.rows.items():
            shown = [_cell(table.cells.get(row, {}).get(column.id)) for column in columns]
            for words in shown:
                total[words] += 1
            yield f"| {' | '.join([values.get('name', row), *shown])} |"
        yield ""
        counted = ", ".join(f"{number} {'empty' if words == CELLS[''] else words}" for words, number in total.items())
        yield f"Of {sum(total.values())} cells: {counted}."


CELLS = {
    "primary": "read",
    "primary in part": "in part",
    "secondary": "second hand",
    "not seen": "second hand",
    "": "–",
}


def left_out(rulebook: Rulebook) -> Iterator[str]:
    """What is not modelled, with the avenues it touches."""
    for item in rulebook.about.not_modelled:
        about = ", ".join(rulebook.avenues[name].short for name in item.about)
        yield f"- {item.text}{f' *({about})*' if about else ''}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield f"### {text}"
    yield ""


def _ended(title: str) -> str:
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _hurdle(rulebook: Rulebook, hurdle: Hurdle) -> Iterator[str]:
    effect = EFFECTS[hurdle.effect]
    yield f"- **{hurdle.title}** ({effect}). {hurdle.explains}{_stands_on(rulebook, hurdle.sources)}"
    for leaning in hurdle.leans:
        if leaning.because:
            yield f"  - {leaning.because} *({LEANS[leaning.leans]})*{_stands_on(rulebook, leaning.sources)}"


def _contestable(condition: Condition) -> Iterator[Condition]:
    if condition.op == "contestable":
        yield condition
    for part in condition.parts:
        yield from _contestable(part)


def _once(points: Iterable[Condition]) -> Iterator[Condition]:
    return iter({point.because: point for point in points}.values())


def _stands_on(rulebook: Rulebook, sources: Iterable[str]) -> str:
    from pathways.rulebook.references import resolve

    cites = [resolve(rulebook, source).cite for source in sources]
    return f" [{'; '.join(cites)}]" if cites else ""


def _is_pending(rulebook: Rulebook, authority: Authority) -> bool:
    recent = authority.year >= int(rulebook.about.law_as_of[:4]) - _YEARS_BACK
    return recent and bool(_PENDING_CITE.search(authority.cite) or _PENDING.search(authority.history))


def _seen(authority: Authority) -> str:
    from pathways.render.words import SEEN, upper

    return upper(SEEN[authority.seen].lower())


def _by_origin(rulebook: Rulebook, found: Iterable[Authority]) -> Mapping[str, list[Authority]]:
    """Federal law and cases first, then state by state; those of a state stand in its own file."""
    states = {
        key.lower(): row.get("name", key) for table in rulebook.tables.values() for key, row in table.rows.items()
    }
    groups: dict[str, list[Authority]] = {}
    for one in found:
        file = one.place.file if one.place else ""
        state = states.get(file.rpartition("/")[2].removesuffix(".yaml"), "") if "jurisdictions/" in file else ""
        state = state or states.get(one.id.partition(":")[0], "")
        groups.setdefault(state or {"case": "Cases"}.get(one.kind, "Federal law and policies"), []).append(one)
    first = ("Cases", "Federal law and policies")
    return {name: groups[name] for name in (*(n for n in first if n in groups), *sorted(set(groups) - set(first)))}


def _cell(cell: Cell | None) -> str:
    return CELLS[cell.seen if cell else ""]


# -- how deadlines come out ------------------------------------------------------------------------

#: Worked by hand: the clock, the answers of the case, and why the days are these.
EXAMPLES = (
    ("ftca/present-claim", {"incident.date": "2026-01-07"},
     "Two years end on the day of the same number. It is a Friday; the day before is safe."),
    ("ftca/present-claim", {"incident.date": "2024-02-29"},
     "2026 has no 29 February, so two years end on the 28th, a Saturday. The safe day is the Friday before. Whether "
     "the agency's next business day would still do is not settled, and is not planned on."),
    ("ftca/present-claim", {"incident.date": "2026-02-28"},
     "From 28 February two years run to 28 February 2028, not to the 29th: the number of the day decides."),
    ("ftca/present-claim", {"incident.date": "2024-07-04"},
     "The limit is Saturday, 4 July 2026. The holiday is kept on Friday, 3 July, so the last business day before the "
     "limit is Thursday."),
    ("ftca/present-claim", {"incident.date": "2026-01"},
     "Only the month is known. The earliest day, 1 January, is counted: two years end on Saturday, 1 January 2028. The "
     "holiday is kept on Friday, so Thursday is safe. No outer limit is given, and an unknown day closes nothing."),
    ("ftca/file-suit", {"claim.denial-mailed-on": "2026-01-15"},
     "Six months end on the day of the same number, a Wednesday, and the day before is safe."),
    ("ftca/file-suit", {"claim.denial-mailed-on": "2026-08-31"},
     "February 2027 has 28 days, so six months end on the 28th, a Sunday. For filing in court the limit moves to "
     "Monday. The safe day is still the Friday before the Sunday."),
    ("ftca/file-suit", {"claim.denial-mailed-on": "2026-06-25"},
     "Six months end on Christmas Day, a Friday. The limit moves over the weekend to Monday, 28 December; the safe day "
     "is Thursday, 24 December."),
    ("ftca/six-months", {"claim.received-on": "2026-02-10"},
     "The agency's six months end on 10 August 2026. A suit before they are over is too early; the first business day "
     "after them is Tuesday, 11 August."),
    ("ftca/six-months", {"claim.received-on": "2026-08-31"},
     "The six months end on Sunday, 28 February 2027. The day after them is a Monday, and a business day."),
    ("ftca/savings", {"claim.dismissed-on": "2026-03-02"},
     "29 days are left in March, 30 in April: the sixtieth day is 1 May 2026, a Friday."),
    ("records/agency-answer", {"review.records-requested-on": "2026-12-01"},
     "2 to 24 December hold 17 working days; 25 December is a holiday; 28 to 30 December make twenty. The first "
     "business day after that is Thursday, 31 December."),
    ("records/appeal-homeland-security", {"review.records-answered-on": "2026-07-01"},
     "Working days: 21 in July (3 July is kept as a holiday), 21 in August, 21 in September (Labor Day), 21 in October "
     "(Columbus Day), and the sixth in November is the ninetieth."),
    ("removal-defense/petition-for-review", {"removal.final-order-on": "2026-04-09"},
     "Thirty days: 21 are left in April, so the thirtieth is 9 May, a Saturday. For filing in court the limit moves to "
     "Monday. The safe day is the Friday."),
    ("federal-prosecution/time-to-charge", {"incident.date": "2026-01-07"},
     "Five years on a prosecutor's side; nobody who was harmed can meet or miss it."),
    ("section-1983/file-suit", {"incident.date": "2026-01-07", "incident.state": "MN"},
     "The state's general period for injuries is borrowed; this state's cell was read."),
    ("section-1983/file-suit", {"incident.date": "2026-01-07", "incident.state": "KY"},
     "One year in this state. The limit is a Thursday."),
    ("section-1983/file-suit", {"incident.date": "2026-01-07", "incident.state": "FL"},
     "The cell names four years, and two to be careful, because a newer and shorter period may be borrowed. The safe "
     "day is counted by two years, the outer limit by four."),
    ("section-1983/file-suit", {"incident.date": "2026-01-07"},
     "The state was not given, so the shortest period is counted, for the safe day only; no outer limit is given."),
    ("state-prosecution/charge-after-a-death", {"incident.date": "2026-01-07", "incident.state": "MN"},
     "The state sets no limit for a crime that causes a death."),
)  # fmt: skip
_AS_OF = "2026-01-20"


def worked(rulebook: Rulebook) -> Iterator[str]:
    """Deadlines on given days, as the program computes them, each with the reason."""
    yield "| No. | What | The clock starts | It runs | Runs to | Last safe day | Outer limit | Why |"
    yield "|---|---|---|---|---|---|---|---|"
    for number, (name, answers, why) in enumerate(EXAMPLES, 1):
        yield f"| {number} | {' | '.join(_worked(rulebook, name, answers))} | {why} |"


def clocks(rulebook: Rulebook) -> Iterator[str]:
    """Every clock of the rules: what it is for, what starts it, how long it runs."""
    yield "| Avenue | What | It runs | From | Last day no business day | Met by |"
    yield "|---|---|---|---|---|---|"
    for avenue in ordered(rulebook):
        for deadline in avenue.deadlines:
            if deadline.clock:
                met = rulebook.facts[deadline.clock.met_by].label if deadline.clock.met_by else ""
                yield _row(
                    avenue.short,
                    f"{deadline.title}{'' if deadline.if_missed == 'bars' else ' (missed, the way stays)'}",
                    _period(rulebook, deadline.clock),
                    deadline.clock.starts,
                    WEEKENDS[deadline.clock.weekend],
                    met,
                )
        for wait in avenue.waits:
            yield _row(
                avenue.short,
                f"{wait.title} (too early before)",
                f"at least {wait.clock.period}",
                wait.clock.starts,
                WEEKENDS["forward"],
                "",
            )


def uncomputed(rulebook: Rulebook) -> Iterator[str]:
    """Time limits that are told and not computed."""
    for avenue in ordered(rulebook):
        for deadline in avenue.deadlines:
            if deadline.clock is None:
                yield f"- **{avenue.short}: {_ended(deadline.title)}** {deadline.text}"


WEEKENDS = {"forward": "the next one counts", "unsettled": "not settled", "none": "the limit stays"}


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _period(rulebook: Rulebook, clock: Clock) -> str:
    if not clock.table:
        return str(clock.period)
    title = rulebook.tables[clock.table].columns[clock.column].title
    return f"by the state: {title[:1].lower()}{title[1:]}; where that was not read, {clock.shortest}"


def _worked(rulebook: Rulebook, name: str, answers: Mapping[str, str]) -> Iterator[str]:
    """The cells of one example: what, start, period, limit, last safe day, outer limit."""
    from pathways.assessment.view import View
    from pathways.case import Case, Given
    from pathways.deadlines import Days

    avenue_id, _, part_id = name.partition("/")
    avenue, clock = rulebook.avenues[avenue_id], rulebook.clocks[name]
    case = Case(title=name, answers={fact: Given.known(answer) for fact, answer in answers.items()})
    timing = View(rulebook, case, _AS_OF).timings[name]
    place = answers.get(clock.by, "")
    where = f" ({rulebook.tables[clock.table].rows[place].get('name', place)})" if place else ""
    yield f"{avenue.short}: {avenue.titles[part_id]}{where}"
    yield _spoken(answers[clock.of])
    if timing.period:
        careful = f", {timing.careful} to be careful" if timing.careful else ""
        least = "at least " if timing.earliest else ""
        yield f"{least}{timing.period}{careful}{', assumed' if timing.assumed else ''}"
    else:
        yield "no limit"
    start = timing.start
    exact = start is not None and start.exact and not timing.assumed
    yield _spoken(Days(rulebook).after(start.first, timing.period)) if exact and start and timing.period else "–"
    if timing.earliest:
        yield f"too early before {_spoken(timing.earliest)}"
        yield "–"
    else:
        yield _spoken(timing.last_safe) if timing.last_safe else "–"
        yield _outer(timing)


def _outer(timing: Timing) -> str:
    if timing.outer is None or timing.start is None or not timing.start.exact:
        return "–"
    later = timing.outer_last
    return _spoken(timing.outer) + (f", perhaps {_spoken(later)}" if later and later != timing.outer else "")


def _spoken(day: date | str) -> str:
    """``Wed 2026-01-07``; a month or a year as it is."""
    if isinstance(day, str):
        if len(day) < len("2026-01-07"):
            return day
        day = date.fromisoformat(day)
    return f"{day:%a} {day}"


def mutants(rulebook: Rulebook) -> Iterator[str]:
    """Which changes of the rules no shipped scenario notices, and which conditions none shows to matter both ways."""
    from pathways.authoring.coverage import coverage
    from pathways.authoring.covering import gaps
    from pathways.authoring.inventing import Invented
    from pathways.authoring.mutation import mutation
    from pathways.authoring.noticing import searched
    from pathways.authoring.scenarios import Scenarios, read_scenarios
    from pathways.render.authoring import coverage_page, mutants_page
    from pathways.render.markdown import page_markdown

    scenarios = Scenarios(rulebook, read_scenarios(ROOT / "scenarios", rulebook))
    count = len(scenarios.cases)
    covered, invented = coverage(scenarios), Invented(rulebook)
    for page in (
        coverage_page(rulebook, covered, gaps(scenarios, covered, invented), count),
        mutants_page(rulebook, searched(scenarios, mutation(scenarios), invented), count),
    ):
        text = page_markdown(page).replace(f"{ROOT}/", "")
        # The page that holds this has a title of its own.
        yield from (re.sub("^# ", "## ", line) for line in text.splitlines())
        yield ""
