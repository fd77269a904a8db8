"""Building, first layer: names declared once, and the sources of law that everything else refers to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pathways.diagnostics import Name, Place, Problems, did_you_mean, nearest, unique
from pathways.rulebook import model
from pathways.rulebook.clock import NO_LIMIT, period
from pathways.rulebook.cuts import first_day
from pathways.rulebook.drafting import LABEL, Draft
from pathways.rulebook.drafts import Drafts
from pathways.rulebook.references import split_pinpoint
from pathways.rulebook.sources import Authority, Cell, Column, Document, Proposition, Table
from pathways.shapes import BAD
from pathways.yamlfile import ScalarNode

#: Answers that every question has, so that no choice and no row of a table can be one of them.
RESERVED_ANSWERS = ("yes", "no", "unknown", "disputed")


class SourceBuilder:
    """Declares authorities, documents and tables."""

    def __init__(self, drafts: Drafts, problems: Problems) -> None:
        self.drafts = drafts
        self.problems = problems
        self.tables: dict[str, Table] = {}
        self.authorities: dict[str, Authority] = {}
        self.documents: dict[str, Document] = {}
        self.unread_tables: set[str] = set()
        self._declared: dict[str, dict[str, Name]] = {}
        #: The values and the cells of each row, by table and row, while they are gathered.
        self._cells: dict[tuple[str, str], tuple[dict[str, str], dict[str, Cell]]] = {}

    def declare_sources(self) -> None:
        """Every authority, document and table."""
        for draft in self.drafts.by_folder["authorities"]:
            self._authorities(draft)
        for draft in self.drafts.by_folder["jurisdictions"]:
            self._authorities(draft)
        for draft in self.drafts.documents:
            if self.new(draft.document, "document"):
                self.documents[draft.document] = self._document(draft)
        for document in self.documents.values():
            for proposition in document.propositions.values():
                if proposition.compare:
                    self.check_sources(proposition.compare.sources)
        for draft in self.drafts.by_folder["tables"]:
            if self.new(draft.table, "table"):
                self.tables[draft.table] = self._table(draft)
        for draft in self.drafts.by_folder["jurisdictions"]:
            if not self.named(draft.table, self.tables, "table") or not self._jurisdiction(draft):
                self.drafts.not_placed(draft.table.place.file)

    # -- names and sources ------------------------------------------------------------------------

    def new(self, name: Name, what: str) -> bool:
        """Declare a name; False, with a problem added, if it is taken."""
        first = self._declared.setdefault(what, {}).setdefault(name, name)
        if first is name:
            return True
        self.problems.error(
            "duplicate-name",
            f"{what} `{name}` is declared twice",
            name.place,
            also=((first.place, "first declared here"),),
        )
        return False

    def named(self, name: Name, known: Collection[str], what: str) -> bool:
        """Whether a name is known; if not, a problem with the nearest one is added."""
        if name in known:
            return True
        listed = f"there is {', '.join(f'`{one}`' for one in known)}" if 0 < len(known) <= 12 else ""
        help = did_you_mean(name, known, listed)
        if what == "starter" and help != listed and len(known) > 1:
            help = f"{help} ({listed})"  # What the nearest of them means does not follow from how it is spelled.
        self.problems.error(f"unknown-{what}", f"no {what} is named `{name}`", name.place, help=help)
        return False

    def check_sources(self, sources: model.Sources) -> None:
        """Add a problem for every reference that leads nowhere."""
        for reference in sources:
            if not isinstance(reference, Name):
                continue
            if "#" in reference:
                document, _, proposition = reference.partition("#")
                known = self.documents.get(document)
                if known is None:
                    near = nearest(document, self.documents)
                    help = f"did you mean `{near}#{proposition}`?" if near else ""
                elif proposition not in known.propositions:
                    near = did_you_mean(proposition, known.propositions)
                    help = near.replace("`", f"`{document}#", 1)
                else:
                    continue
            else:
                name, pinpoint = split_pinpoint(reference)
                authority = self.authorities.get(name)
                if authority is not None:
                    continue
                near = nearest(name, self.authorities)
                help = f"did you mean `{near}{pinpoint}`?" if near else ""
            self.problems.error("unknown-source", f"no source is named `{reference}`", reference.place, help=help)

    def sources(
        self, own: model.Sources, inherited: model.Sources, place: Place, what: str, practical: bool = False
    ) -> model.Sources:
        """A part\'s own sources, else those of what it stands in; without any, and not practical, it is a problem."""
        if own:
            self.check_sources(own)
        if practical:
            return own
        sources = own or inherited
        if not sources:
            self.problems.error(
                "no-source", f"{what} has no source", place, help="give `sources:`, here or for what it stands in"
            )
        return sources

    # -- sources of law ---------------------------------------------------------------------------

    def _authority(self, name: Name, draft: Draft) -> Authority:
        if draft.kind == "case":
            for key in ("court", "year", "level"):
                if not draft[key]:
                    self.problems.error("missing-key", f"a case has no `{key}`", name.place)
        return Authority(id=str(name), place=name.place, **draft)

    def _document(self, draft: Draft) -> Document:
        propositions = {}
        for name, one in draft.propositions.items():
            first, _, last = str(one.lines).partition("-")
            if last and int(last) < int(first):
                self.problems.error("wrong-form", f"lines `{one.lines}` run backwards", one.lines.place)
            compare = one.compare and model.Remark(f"{draft.document}#{name}", one.compare.text, one.compare.sources)
            propositions[str(name)] = Proposition(
                str(name),
                int(first),
                int(last or first),
                one.words,
                one.kind,
                one.says,
                one.said_by,
                compare,
                name.place,
            )
        values = {key: value for key, value in draft.items() if key not in ("document", "propositions")}
        return Document(id=str(draft.document), propositions=propositions, place=draft.document.place, **values)

    def _authorities(self, draft: Draft) -> None:
        for name, authority in draft.authorities.items():
            if self.new(name, "authority"):
                self.authorities[name] = self._authority(name, authority)

    def _table(self, draft: Draft) -> Table:
        self.check_sources(draft.sources)
        columns = {}
        for name, column in draft.columns.items():
            if isinstance(column, str):
                columns[str(name)] = Column(str(name), column)
            else:
                if column.words and column.kind != "word":
                    self.problems.error(
                        "contradiction",
                        f"column `{name}` is of `kind: {column.kind}` and has `words`",
                        name.place,
                        help="only in a column of words can they be listed",
                    )
                unique(column.words, "word", self.problems)
                columns[str(name)] = Column(
                    str(name),
                    column.title,
                    column.kind,
                    column.explains,
                    column.about,
                    column.if_empty,
                    tuple(map(str, column.words)),
                )
        rows: dict[str, dict[str, str]] = {}
        for key, cells in draft.rows.items():
            row = {}
            for column, later in cells.items():
                if not self._column_named(column, columns, str(draft.table)):
                    continue
                if isinstance(later.node, ScalarNode) and not later.node.style and later.node.value in ("~", ""):
                    continue
                value = LABEL.read(later.node, later.at)
                if value is not BAD and (word := self._word(Name(value, later.place), columns[str(column)])):
                    row[str(column)] = word
            rows[str(key)] = row
        written: dict[str, dict[str, Cell]] = {key: {} for key in rows}
        self._cells.update({(str(draft.table), key): (row, written[key]) for key, row in rows.items()})
        if not self.good_choices(draft.rows):
            self.unread_tables.add(str(draft.table))
        return Table(str(draft.table), columns, rows, draft.sources, written)

    def _column_named(self, name: Name, columns: Collection[str], table: str) -> bool:
        if name in columns:
            return True
        self.problems.error(
            "unknown-column",
            f"table `{table}` has no column `{name}`",
            name.place,
            help=did_you_mean(name, columns),
        )
        return False

    def _word(self, value: Name, column: Column) -> str:
        """What a cell says; of a word that it may not say the nearest, so that no condition is refused for it too."""
        if not column.words or value in column.words:
            return str(value)
        listed = ", ".join(f"`{word}`" for word in column.words)
        self.problems.error(
            "unknown-cell-word",
            f"expected one of the words of column `{column.id}`, {listed}, found `{value}`",
            value.place,
            help=did_you_mean(value, column.words, "add it to `words` of the column if it is meant"),
        )
        return nearest(value, column.words)

    def undeclared_words(self, named: Collection[tuple[str, str]]) -> None:
        """Warn of columns on whose words conditions hang (``named``: table and column) and that do not list them.

        A misspelled word is then a word like any other, and what hangs on it is a plain no.
        """
        for draft in self.drafts.by_folder["tables"]:
            for name in draft.columns:
                table = self.tables[draft.table]
                column = table.columns[str(name)]
                if (table.id, column.id) in named and column.kind == "word" and not column.words:
                    said = dict.fromkeys(row[column.id] for row in table.rows.values() if column.id in row)
                    listed = ", ".join(f"`{word}`" for word in said)
                    self.problems.warning(
                        "undeclared-words",
                        f"conditions name words of column `{name}`, and it does not list those that its cells may say",
                        name.place,
                        help=f"list under `words:` those that are meant; its cells now say {listed}",
                    )

    def _jurisdiction(self, draft: Draft) -> bool:
        """Add the cells of one row, each with its own sources, to its table; False if some have no place there."""
        table = self.tables[draft.table]
        if not self.named(draft.row, table.rows, "row"):
            return False
        placed = True
        values, cells = self._cells[table.id, str(draft.row)]
        for name, cell in draft.cells.items():
            self.check_sources(cell.sources)
            if not self._column_named(name, table.columns, table.id):
                placed = False
                continue
            if name in values or name in cells:
                self.problems.error("duplicate-name", f"row `{draft.row}` has `{name}` twice", name.place)
                continue
            kind = table.columns[str(name)].kind
            if kind == "period" and cell.value not in ("", NO_LIMIT) and period(cell.value) is None:
                self.problems.error(
                    "wrong-form",
                    f"expected a length of time such as `2 years`, or `{NO_LIMIT}`, found `{cell.value}`",
                    name.place,
                )
                continue
            if not cell.value and not cell.text:
                self.problems.error("missing-key", f"cell `{name}` has neither `value` nor `text`", name.place)
                continue
            value = self._word(cell.value, table.columns[str(name)]) if cell.value else ""
            whole = period(cell.value)
            if cell.careful and whole and not cell.careful.is_shorter(whole):
                self.problems.error(
                    "contradiction", f"`careful: {cell.careful}` is not shorter than `value: {whole}`", name.place
                )
            if cell.careful_about and not cell.careful:
                self.problems.error(
                    "missing-key", f"cell `{name}` has `careful_about` and no `careful`", cell.careful_about[0].place
                )
            if value:
                values[str(name)] = value
            checked = sorted(map(self._seen, cell.sources), key=model.SEEN.index)
            if cell.seen:
                self._as_seen(cell.seen, checked[0], str(name))
            cells[str(name)] = Cell(
                value,
                cell.text,
                cell.sources,
                str(cell.seen or checked[-1]),
                cell.careful,
                tuple(map(str, cell.careful_about)),
                first_day(cell["from"]) if cell["from"] else "",
            )
        return placed

    def _as_seen(self, seen: Name, best: str, name: str) -> None:
        """A value was read in the law only if one of its sources was, whole or that part of it."""
        most = "primary" if best == "primary in part" else best
        if model.SEEN.index(seen) < model.SEEN.index(most):
            self.problems.error(
                "seen-beyond-sources",
                f"cell `{name}` is `seen: {seen}`, and the best of its sources is `{best}`",
                seen.place,
                help="cite what you read, and say so where that source is declared; or take `seen` away",
            )

    def _seen(self, reference: str) -> str:
        """How a source was checked; a document is a secondary source."""
        authority = self.authorities.get(split_pinpoint(reference)[0])
        return authority.seen if authority else "not seen" if "#" not in reference else "secondary"

    def good_choices(self, names: Iterable[Name]) -> bool:
        """Whether these can be the answers to a question."""
        keys = list(names)
        before = self.problems.error_count
        for key in keys:
            if key in RESERVED_ANSWERS:
                self.problems.error(
                    "bad-choices", f"`{key}` is an answer that every question has", key.place, help="leave it out"
                )
        if len(keys) < 2:
            self.problems.error(
                "bad-choices", f"two answers or more are needed; `{keys[0]}` is the only one", keys[0].place
            )
        return self.problems.error_count == before
