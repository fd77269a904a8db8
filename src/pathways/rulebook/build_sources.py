"""Building, first layer: names declared once, and the sources of law that everything else refers to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pathways.diagnostics import Name, Place, Problems, did_you_mean, nearest
from pathways.rulebook import formats, model
from pathways.rulebook.drafts import Drafts
from pathways.rulebook.formats import Draft
from pathways.rulebook.references import split_pinpoint
from pathways.shapes import BAD
from pathways.yamlfile import ScalarNode

#: Answers that every question has, so that no choice and no row of a table can be one of them.
RESERVED_ANSWERS = ("yes", "no", "unknown", "disputed")


class SourceBuilder:
    """Declares authorities, documents and tables."""

    def __init__(self, drafts: Drafts, problems: Problems) -> None:
        self.drafts = drafts
        self.problems = problems
        self.tables: dict[str, model.Table] = {}
        self.authorities: dict[str, model.Authority] = {}
        self.documents: dict[str, model.Document] = {}
        self.unread_tables: set[str] = set()
        self._declared: dict[str, dict[str, Name]] = {}

    def declare_sources(self) -> None:
        """Every authority, document and table."""
        for draft in self.drafts.by_folder["authorities"]:
            for name, authority in draft.authorities.items():
                if self.new(name, "authority"):
                    self.authorities[name] = self._authority(name, authority)
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
        self.problems.error(
            f"unknown-{what}", f"no {what} is named `{name}`", name.place, help=did_you_mean(name, known, listed)
        )
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

    def _authority(self, name: Name, draft: Draft) -> model.Authority:
        if draft.kind == "case":
            for key in ("court", "year", "level"):
                if not draft[key]:
                    self.problems.error("missing-key", f"a case has no `{key}`", name.place)
        return model.Authority(id=str(name), place=name.place, **draft)

    def _document(self, draft: Draft) -> model.Document:
        propositions = {}
        for name, one in draft.propositions.items():
            first, _, last = str(one.lines).partition("-")
            if last and int(last) < int(first):
                self.problems.error("wrong-form", f"lines `{one.lines}` run backwards", one.lines.place)
            compare = one.compare and model.Remark(f"{draft.document}#{name}", one.compare.text, one.compare.sources)
            propositions[str(name)] = model.Proposition(
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
        return model.Document(id=str(draft.document), propositions=propositions, place=draft.document.place, **values)

    def _table(self, draft: Draft) -> model.Table:
        self.check_sources(draft.sources)
        rows: dict[str, dict[str, str]] = {}
        for key, cells in draft.rows.items():
            row = {}
            for column, later in cells.items():
                if column not in draft.columns:
                    self.problems.error(
                        "unknown-column",
                        f"table `{draft.table}` has no column `{column}`",
                        column.place,
                        help=did_you_mean(column, draft.columns),
                    )
                elif isinstance(later.node, ScalarNode) and not later.node.style and later.node.value in ("~", ""):
                    continue
                else:
                    value = formats.LABEL.read(later.node, later.at)
                    if value is not BAD:
                        row[str(column)] = value
            rows[str(key)] = row
        if not self.good_choices(draft.rows):
            self.unread_tables.add(str(draft.table))
        return model.Table(str(draft.table), dict(draft.columns), rows, draft.sources)

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
