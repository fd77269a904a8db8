"""The house rules: which way imports run, that the law stands in YAML alone, and that modules stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.places import SOURCE, shipped_rulebook

PACKAGE = SOURCE / "pathways"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

#: Each layer may import what stands in a later row, and its own; layers of one row do not know one another.
LAYERS = (
    ("cli",),
    ("interview", "render"),
    ("authoring", "batch", "explanation", "letters"),
    ("assessment",),
    ("deadlines",),
    ("case",),
    ("rulebook",),
    ("patterns",),
    ("shapes",),
    ("yamlfile",),
    ("diagnostics", "logic", "lazyre"),
    ("record",),
)
#: Imports against that order, each with its reason.
SIDEWAYS = {
    (
        "pathways.interview.wording",
        "pathways.render.words",
    ): "the plain words for a standing are the same in a question and in a result",
}

MOST_LINES = 400
#: Modules that may be longer: how long, and why.
LONGER = {
    "pathways.rulebook.model": (475, "one small value class after another, which are read together"),
}

#: Texts that name the subject of the shipped rulebook, by module, each with its reason.
SUBJECT = {
    "pathways": "the one-line description of the program",
    "pathways.cli.app": "the one-line description of the program, shown by --help",
    "pathways.cli.welcome": "what a newcomer sees first: what the program is for, and a shipped scenario to try",
}
#: Modules that show how law is cited, each with its reason.
CITING = {
    "pathways.rulebook.citations": "which reporter holds whose decisions, and examples of citations in messages",
}
#: Names in the messages of a module that show how a name is written.
EXAMPLES = {
    "pathways.patterns": {"within-scope", "officer.on-duty", "usc:28/1346"},
}

CITATIONS = re.compile(
    r"U\.S\.C|C\.F\.R|\bU\. ?S\. \d|\bF\.[23]d\b|\bF\. ?4th\b|§|"
    r"\b(FTCA|Bivens|Supremacy|Touhy|Westfall|Heck|Neagle|Drury|ICE|CBP|USCIS|DHS|FOIA|"
    r"Tort Claims|Qualified|qualified immunity|Inspector General|Congress|Minnesota|Minneapolis)\b"
)


@cache
def tree(module: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def layer(module: str) -> str:
    """The layer that a module belongs to; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imports(module: str) -> Iterator[str]:
    """Every module of ours that a module imports, anywhere in it."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == "pathways")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pathways":
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in MODULES else node.module


def place(name: str) -> int:
    """The row of a layer."""
    return next(row for row, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("module", MODULES)
class TestModules:
    def test_imports_run_one_way(self, module: str) -> None:
        if module in ("pathways", "pathways.__main__"):
            return
        for other in imports(module):
            if other == "pathways" or (module, other) in SIDEWAYS:
                continue
            mine, theirs = layer(module), layer(other)
            assert mine == theirs or place(mine) < place(theirs), f"{module} imports {other}"

    def test_no_module_is_too_long_to_read(self, module: str) -> None:
        lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
        most, _ = LONGER.get(module, (MOST_LINES, ""))
        assert lines <= most, f"{lines} lines"

    def test_what_others_may_use_says_what_it_does(self, module: str) -> None:
        assert ast.get_docstring(tree(module)), module
        for node in _public(tree(module)):
            assert ast.get_docstring(node), f"{module}: {node.name}"

    def test_no_name_of_the_law_stands_in_the_program(self, module: str) -> None:
        if module in SUBJECT:
            return
        said = {name for text in strings(module) for name in re.findall(r"[a-z0-9]+(?:[.:/-][a-z0-9]+)+", text)}
        found = {*strings(module), *identifiers(module), *said} & law()
        assert found <= EXAMPLES.get(module, set())

    def test_no_citation_stands_in_the_program(self, module: str) -> None:
        if module in SUBJECT or module in CITING:
            return
        assert not [text for text in strings(module) if CITATIONS.search(text)]


class TestExceptions:
    def test_every_sideways_import_is_still_there(self) -> None:
        assert {(module, other) for module in MODULES for other in imports(module)} >= set(SIDEWAYS)

    def test_only_named_modules_name_the_subject(self) -> None:
        for module in SUBJECT:
            assert "immigration" in MODULES[module].read_text(encoding="utf-8")
        others = [module for module in MODULES if module not in SUBJECT]
        assert not [module for module in others if any("immigration" in text for text in strings(module))]

    def test_the_logic_knows_nothing_but_expressions_and_lanes(self) -> None:
        for module in MODULES:
            if layer(module) == "logic":
                assert {layer(other) for other in imports(module)} <= {"logic", "record"}, module

    def test_nothing_that_decides_prints(self) -> None:
        for module in MODULES:
            if layer(module) not in ("cli", "pathways", "", "__main__"):
                calls = {
                    node.func.id
                    for node in ast.walk(tree(module))
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                }
                assert not calls & {"print", "input", "open"}, module


def _public(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of classes that override nothing."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and not node.bases:
                yield from (
                    part
                    for part in node.body
                    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and not part.name.startswith("_")
                )


def strings(module: str) -> Iterator[str]:
    """Every string literal of a module but its docstrings, which may give examples of the format."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def identifiers(module: str) -> Iterator[str]:
    """Every name that a module defines or uses, written as rules write names."""
    for node in ast.walk(tree(module)):
        for field in ("id", "attr", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name.replace("_", "-")


@cache
def law() -> frozenset[str]:
    """Every name in the shipped rules that means something in the law; of an avenue's parts, no plain words."""
    rulebook = shipped_rulebook()
    names = {
        *rulebook.avenues,
        *rulebook.claims,
        *rulebook.findings,
        *rulebook.facts,
        *rulebook.notes,
        *rulebook.authorities,
        *rulebook.documents,
    }
    for avenue in rulebook.avenues.values():
        names.update(part.id for part in avenue.parts if "-" in part.id)
    names.update(item.id for item in rulebook.about.not_modelled if "-" in item.id)
    return frozenset(names)


def test_names_are_looked_for_where_they_would_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "bad.py"
    file.write_text('"""Bad."""\n\nif avenue.id == "ftca":\n    tort_suit = "see 28 U.S.C. § 1346"\n')
    monkeypatch.setitem(MODULES, "bad", file)
    assert {"ftca", "tort-suit"} <= {*strings("bad"), *identifiers("bad")} & law()
    assert any(CITATIONS.search(text) for text in strings("bad"))
    tree.cache_clear()
