"""Cells of tables that nobody filled and on which a result hangs: no answer can say what stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pathways.assessment.model import Reason, Unread
from pathways.assessment.view import View
from pathways.rulebook import Rulebook
from pathways.rulebook.model import Avenue, Condition, Sources
from pathways.rulebook.sources import cell_variable


def row_of(view: View, fact: str) -> str:
    """The row of a table that a case names for sure, by the question that chooses it; else nothing."""
    given = view.case.answers.get(fact)
    return given.options[0] if given is not None and given.kind == "known" else ""


def unread_cells(view: View, avenue: Avenue, open_variables: Collection[int]) -> tuple[Unread, ...]:
    """The empty cells, of rows that the case names, among what an avenue's standing still hangs on."""
    variables = view.rulebook.statements.variables
    cells = {variables[index].name for index in view.rulebook.cell_variables.intersection(open_variables)}
    if not cells or not any(row_of(view, fact) for fact in view.rulebook.row_questions):
        return ()
    found: dict[Unread, None] = {}
    for condition in _on_cells(view, avenue):
        table = view.rulebook.tables[view.rulebook.facts[condition.name].table]
        row = row_of(view, condition.name)
        asked = cell_variable(table.id, condition.column) in cells
        if row and asked and condition.column not in table.rows[row]:
            place = view.rulebook.facts[condition.name].label_of(row)
            found[Unread(place, table.columns[condition.column], table.cells.get(row, {}).get(condition.column))] = None
    return tuple(found)


def _on_cells(view: View, avenue: Avenue) -> Iterator[Condition]:
    """Every condition on a cell in an avenue, or in a finding below it."""
    waiting = list(avenue.conditions)
    seen: set[str] = set()
    while waiting:
        condition = waiting.pop()
        if condition.column:
            yield condition
        if condition.op == "finding" and condition.name not in seen:
            seen.add(condition.name)
            waiting.append(view.rulebook.findings[condition.name].holds_when)
        waiting.extend(condition.parts)


def unread_reason(one: Unread, settles: bool) -> Reason:
    """That a cell is empty; ``settles``: nothing else is missing, so that no answer can settle the result."""
    alone = " No answer of yours can settle it." if settles else ""
    if one.cell is None:
        return Reason(f"Not known for {one.place}: nobody has checked it ({one.column.title}).{alone}", ())
    text = f"Not known for {one.place}: what was read does not settle it ({one.column.title}).{alone}"
    return Reason(text, one.cell.sources)


def cell_words(view: View, condition: Condition) -> tuple[str, Sources] | None:
    """What a condition on a cell found there, and where that stands; None where the case names no row."""
    row = row_of(view, condition.name)
    if not condition.column or not row:
        return None
    fact = view.rulebook.facts[condition.name]
    table = view.rulebook.tables[fact.table]
    column = table.columns[condition.column]
    value, cell = table.rows[row].get(column.id), table.cells.get(row, {}).get(column.id)
    head = f"{column.title}, {fact.label_of(row)}"
    if value is not None:
        return f"{head}: {_plain(value)}", cell.sources if cell else table.sources
    if cell is not None:
        return f"{head}: what was read does not settle it", cell.sources
    return f"{head}: this cell is empty, nobody has checked it", ()


def cell_asked(rulebook: Rulebook, condition: Condition) -> str:
    """What a condition asks of a cell: “Federal court of appeals: 2nd or 6th”."""
    table = rulebook.tables[rulebook.facts[condition.name].table]
    return f"{table.columns[condition.column].title}: {asked_words(condition)}"


def asked_words(condition: Condition) -> str:
    """The words that a condition asks a cell for, as they are read out."""
    return " or ".join(map(_plain, condition.words))


def _plain(word: str) -> str:
    return word.replace("-", " ")
