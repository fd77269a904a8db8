"""Reading conditions: from YAML nodes to statements, with what was wrong said where it stands."""

from __future__ import annotations

from pathways.diagnostics import Name, Place, did_you_mean
from pathways.patterns import PARTIAL_DATE, REFERENCE
from pathways.record import replaced
from pathways.rulebook.clock import OVER, PASSED, UNSETTLED, told
from pathways.rulebook.cuts import AS_OF, DATE_ENDS, first_day, stretches
from pathways.rulebook.known import Known
from pathways.rulebook.model import Condition, Fact, Sources
from pathways.rulebook.names import option_labelled
from pathways.rulebook.sources import Table, cell_variable
from pathways.shapes import BAD, Later, ListOf, Reading, Text, Whole, _Bad, describe, pairs
from pathways.yamlfile import MappingNode, Node, ScalarNode, SequenceNode

WORDS = (
    "all", "any", "not", "at_least", "clearly", "arguably", "disputed", "contestable", "passed", "as_of", "uncovered",
)  # fmt: skip
#: What a finding, which a condition names by itself, cannot be called.
NO_FINDING = (*WORDS, "always", "never")


def _several(node: Node) -> str:
    """What stands where one thing should, in a few words."""
    if not isinstance(node, MappingNode) or not node.value:
        return describe(node)
    keys = [f"`{key.value}`" for key, _ in node.value if isinstance(key, ScalarNode)]
    return " and ".join(keys[:3]) + (" …" if len(keys) > 3 else "")


class ConditionReader:
    """Makes statements of the conditions of one rulebook."""

    def __init__(self, known: Known) -> None:
        self.known = known
        #: The avenue whose conditions are being read; its own deadlines need not be named with it.
        self.avenue = ""
        #: The columns whose words some condition names, each with its table.
        self.columns: set[tuple[str, str]] = set()

    def read(self, later: Later, sources: Sources) -> Condition | None:
        """The condition, or None with problems added. ``sources`` are those of what it stands in."""
        return self._read(later.node, later.at, sources)

    def _read(self, node: Node, at: Reading, sources: Sources) -> Condition | None:
        if isinstance(node, ScalarNode):
            name = at.scalar(node, "a condition")
            return None if isinstance(name, _Bad) else self._named(name, at)
        if not isinstance(node, MappingNode) or len(node.value) != 1:
            listed = ", ".join(f"`{word}:`" for word in WORDS)
            at.problems.error(
                "bad-condition",
                f"expected one condition, found {_several(node)}",
                at.place(node),
                help="put several conditions under `all:` or `any:`"
                if node.value
                else f"write a finding, a fact, a fact with its answers, or one of {listed}",
            )
            return None
        ((key, value),) = pairs(node, at) or ((None, None),)
        if key is None or value is None:
            return None
        if key in WORDS:
            return self._worded(key, value, at, sources)
        if "." in key:
            return self._answered(key, value, at)
        at.problems.error(
            "unknown-condition",
            f"`{key}` is not a word of conditions, nor a fact",
            key.place,
            help=did_you_mean(
                key, [*WORDS, *self.known.facts], "only a fact has answers; a finding is written as its name alone"
            ),
        )
        return None

    def _named(self, name: Name, at: Reading) -> Condition | None:
        statements = self.known.statements
        if name in ("always", "never"):
            return Condition(
                str(name), statements.always() if name == "always" else statements.never(), place=name.place
            )
        if "." not in name:
            finding = self.known.finding(name)
            return finding and Condition("finding", finding.statement, name=str(name), place=name.place)
        fact = self._fact(name, at)
        if fact is None:
            return None
        if fact.kind != "yes-no":
            shown = ", ".join(f"`{option.id}`" for option in fact.options[:8])
            at.problems.error(
                "not-yes-no",
                f"`{name}` is not a yes/no question",
                name.place,
                help=f"say which answers: `{name}: [...]` with {shown}"
                if fact.kind == "choice"
                else f"say when: `{name}: {{from: 2026-01-01}}`",
            )
            return None
        return self._leaf(name, fact, ("yes",))

    def _fact(self, name: Name, at: Reading) -> Fact | None:
        fact = self.known.facts.get(name)
        if fact is None and name not in self.known.unread_facts:
            near = did_you_mean(name, self.known.facts)
            place = next((f.place for f in self.known.facts.values() if near and f"`{f.id}`" in near), None)
            at.problems.error(
                "unknown-fact",
                f"no fact is named `{name}`",
                name.place,
                help=near + (f" (declared at {place.file}:{place.line})" if place else ""),
            )
        return fact

    def _leaf(self, name: Name, fact: Fact, options: tuple[str, ...]) -> Condition:
        statements = self.known.statements
        variable = statements.variable_index(fact.id)
        statement = statements.leaf(variable, statements.variables[variable].mask(options))
        return Condition("fact", statement, name=fact.id, options=options, place=name.place)

    def _answered(self, key: Name, node: Node, at: Reading) -> Condition | None:
        fact = self._fact(key, at)
        if fact is None:
            return None
        if isinstance(node, MappingNode):
            if fact.kind != "date":
                return self._cells(key, fact, node, at)
            options = self._dates(fact.cuts, node, at)
            return None if options is None else self._leaf(key, fact, options)
        names = [at.scalar(part, "an answer") for part in (node.value if isinstance(node, SequenceNode) else [node])]
        if fact.kind == "date" or not names:
            at.expected(node, "`from:` or `before:` with a date" if fact.kind == "date" else "an answer")
            return None
        known = ["yes", "no"] if fact.kind == "yes-no" else [option.id for option in fact.options]
        good = True
        for name in names:
            if isinstance(name, _Bad):
                good = False
            elif name not in known:
                shown = ", ".join(f"`{option}`" for option in known[:12]) + (" …" if len(known) > 12 else "")
                at.problems.error(
                    "unknown-option",
                    f"`{key}` has no answer `{name}`",
                    name.place,
                    help=did_you_mean(option_labelled(fact, name) or name, known, f"its answers are {shown}"),
                )
                good = False
        return self._leaf(key, fact, tuple(str(name) for name in names)) if good else None

    def _cells(self, key: Name, fact: Fact, node: MappingNode, at: Reading) -> Condition | None:
        table = self.known.tables.get(fact.table)
        if table is None:
            at.expected(node, f"an answer of `{fact.id}`")
            return None
        columns = pairs(node, at)
        if len(columns) != 1:
            if len(columns) == len(node.value):
                at.problems.error(
                    "bad-condition",
                    f"expected one column of table `{table.id}`, found {_several(node) if columns else 'none'}",
                    key.place,
                    help="put several conditions under `all:` or `any:`" if columns else "",
                )
            return None
        ((column, value),) = columns
        if column not in table.columns:
            at.problems.error(
                "unknown-column",
                f"table `{table.id}` has no column `{column}`",
                column.place,
                help=did_you_mean(
                    column, table.columns, f"its columns are {', '.join(f'`{name}`' for name in table.columns)}"
                ),
            )
            return None
        self.columns.add((table.id, str(column)))
        cells = tuple(dict.fromkeys(row[column] for row in table.rows.values() if column in row))
        names = [
            at.scalar(part, "a cell's value") for part in (value.value if isinstance(value, SequenceNode) else [value])
        ]
        if not names:
            at.expected(value, "a cell's value")
            return None
        wanted: list[str] = []
        for name in names:
            if isinstance(name, _Bad):
                continue
            if name not in cells:
                at.problems.error(
                    "unknown-option",
                    f"no row of table `{table.id}` has `{name}` in column `{column}`",
                    name.place,
                    help=did_you_mean(name, cells),
                )
                continue
            wanted.append(str(name))
        if len(wanted) < len(names):
            return None
        rows = tuple(row for row, cell in table.rows.items() if cell.get(column) in wanted)
        found = replaced(self._leaf(key, fact, rows), column=str(column), words=tuple(wanted))
        empty = tuple(row for row, cell in table.rows.items() if column not in cell)
        if not empty:
            return found
        return replaced(found, statement=self._or_not_checked(found, fact, table, column, empty, wanted))

    def _or_not_checked(
        self, found: Condition, fact: Fact, table: Table, column: str, empty: tuple[str, ...], names: list[str]
    ) -> int:
        """A cell that is empty is not checked: for its rows the condition is not known, whatever is asked."""
        statements = self.known.statements
        variable = cell_variable(table.id, column)
        if variable not in {known.name for known in statements.variables}:
            cells = dict.fromkeys(row[column] for row in table.rows.values() if column in row)
            statements.variable(variable, (*cells, "something else, not in the table"))
        index = statements.variable_index(variable)
        unchecked = statements.leaf(index, statements.variables[index].mask(names))
        chosen = statements.variable_index(fact.id)
        in_empty_row = statements.leaf(chosen, statements.variables[chosen].mask(empty))
        return statements.any([found.statement, statements.all([in_empty_row, unchecked])])

    def _dates(self, cuts: tuple[str, ...], node: MappingNode, at: Reading) -> tuple[str, ...] | None:
        ends: dict[str, str] = {}
        for end, value in pairs(node, at):
            if end not in DATE_ENDS:
                at.problems.error(
                    "unknown-key",
                    f"`{end}` is not an end of a stretch of time",
                    end.place,
                    help=did_you_mean(end, DATE_ENDS, "use `from:` (that day or later) or `before:` (earlier)"),
                )
                return None
            day = PARTIAL_DATE.read(value, at)
            if day is BAD:
                return None
            ends[str(end)] = first_day(day)
        if not ends:
            at.expected(node, "`from:` or `before:` with a date")
            return None
        found = stretches(cuts, ends.get("from", ""), ends.get("before", ""))
        if not found:
            at.problems.error("empty-stretch", "no day lies in this stretch of time", at.place(node))
        return found or None

    def between(self, fact: str, ends: dict[str, str], place: Place) -> Condition:
        """Whether a date, or the day of assessment, lies from ``ends["from"]`` until before ``ends["before"]``."""
        cuts = self.known.cuts_of(fact)
        return self._time(fact, stretches(cuts, ends.get("from", ""), ends.get("before", "")), place)

    def _time(self, fact: str, options: tuple[str, ...], place: Place) -> Condition:
        statements = self.known.statements
        index = statements.variable_index(fact)
        statement = statements.leaf(index, statements.variables[index].mask(options))
        if fact == AS_OF:
            return Condition("as-of", statement, options=options, place=place)
        return Condition("fact", statement, name=fact, options=options, place=place)

    def _as_of(self, word: Name, node: Node, at: Reading) -> Condition | None:
        if not isinstance(node, MappingNode):
            at.expected(node, "`from:` or `before:` with a date")
            return None
        options = self._dates(self.known.cuts_of(AS_OF), node, at)
        return None if options is None else self._time(AS_OF, options, word.place)

    def _passed(self, word: Name, node: Node, at: Reading) -> Condition | None:
        name = at.scalar(node, "the name of a deadline or a waiting period")
        if isinstance(name, _Bad):
            return None
        clock = name if "/" in name else f"{self.avenue}/{name}"
        known = self.known.clock_names
        if clock not in known:
            near = did_you_mean(clock, known).replace(f"`{self.avenue}/", "`")
            self.known.no_clock(name, near)
            return None
        statements = self.known.statements
        index = statements.variable_index(clock)
        variable = statements.variables[index]
        options = tuple(option for option in (PASSED, OVER) if option in variable.options)
        passed = statements.leaf(index, variable.mask(options))
        if clock in self.known.told_clocks:
            if told(clock) not in {one.name for one in statements.variables}:
                statements.variable(told(clock), ("yes", "no"))
            said = statements.variable_index(told(clock))
            unsettled = statements.leaf(index, variable.mask((UNSETTLED,)))
            yes = statements.leaf(said, statements.variables[said].mask(("yes",)))
            passed = statements.any([passed, statements.all([unsettled, yes])])
        return Condition("passed", passed, name=clock, place=word.place)

    def _worded(self, word: Name, node: Node, at: Reading, sources: Sources) -> Condition | None:
        statements = self.known.statements
        if word in ("all", "any"):
            parts = self._parts(node, at, sources)
            if parts is None:
                return None
            joined = (statements.all if word == "all" else statements.any)([part.statement for part in parts])
            return Condition(str(word), joined, parts, place=word.place)
        if word == "at_least":
            return self._at_least(word, node, at, sources)
        if word == "contestable":
            return self._contestable(word, node, at, sources)
        if word == "passed":
            return self._passed(word, node, at)
        if word == "as_of":
            return self._as_of(word, node, at)
        if word == "uncovered":
            return self._uncovered(word, node, at, sources)
        part = self._read(node, at, sources)
        if part is None:
            return None
        made = {
            "not": statements.negation,
            "clearly": statements.clearly,
            "arguably": statements.arguably,
            "disputed": statements.disputed,
        }[word](part.statement)
        return Condition(str(word), made, (part,), place=word.place)

    def _parts(self, node: Node, at: Reading, sources: Sources) -> tuple[Condition, ...] | None:
        if not isinstance(node, SequenceNode) or not node.value:
            at.expected(node, "a list of conditions")
            return None
        parts = [self._read(part, at, sources) for part in node.value]
        return tuple(part for part in parts if part is not None) if all(parts) else None

    def _fields(
        self, word: Name, node: Node, at: Reading, needed: tuple[str, ...], other: tuple[str, ...] = ()
    ) -> dict[str, Node] | None:
        if not isinstance(node, MappingNode):
            at.expected(node, f"a mapping with {', '.join(f'`{key}`' for key in needed)}")
            return None
        found = {}
        for key, value in pairs(node, at):
            if key not in (*needed, *other):
                at.problems.error(
                    "unknown-key",
                    f"`{key}` is not a key of `{word}`",
                    key.place,
                    help=did_you_mean(key, (*needed, *other)),
                )
                return None
            found[str(key)] = value
        for missing in needed:
            if missing not in found:
                at.problems.error("missing-key", f"`{word}` has no `{missing}`", word.place)
                return None
        return found

    def _at_least(self, word: Name, node: Node, at: Reading, sources: Sources) -> Condition | None:
        fields = self._fields(word, node, at, ("of", "these"))
        if fields is None:
            return None
        parts = self._parts(fields["these"], at, sources)
        count = Whole(1, len(parts) if parts else 99).read(fields["of"], at)
        if parts is None or count is BAD:
            return None
        made = self.known.statements.at_least(count, [part.statement for part in parts])
        return Condition("at_least", made, parts, count=count, place=word.place)

    def _contestable(self, word: Name, node: Node, at: Reading, sources: Sources) -> Condition | None:
        fields = self._fields(word, node, at, ("that", "because"), ("sources",))
        if fields is None:
            return None
        part = self._read(fields["that"], at, sources)
        because = Text().read(fields["because"], at)
        own = ListOf(REFERENCE).read(fields["sources"], at) if "sources" in fields else sources
        if part is None or because is BAD or own is BAD:
            return None
        self.known.check_sources(own)
        made = self.known.statements.contestable(part.statement)
        return Condition("contestable", made, (part,), because=because, sources=own, place=word.place)

    def _uncovered(self, word: Name, node: Node, at: Reading, sources: Sources) -> Condition | None:
        """A condition that no scenario shows, with the reason; it means what it means without that."""
        fields = self._fields(word, node, at, ("that", "because"))
        if fields is None:
            return None
        part = self._read(fields["that"], at, sources)
        because = Text().read(fields["because"], at)
        return None if part is None or because is BAD else replaced(part, uncovered=because)
