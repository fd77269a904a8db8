"""The codes of problems, as they stand in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pathways

SOURCE = Path(pathways.__file__).parent
#: Modules whose problems are of other kinds of input, with tests of their own.
ELSEWHERE = ("batch", "cli", "interview", "render", "assessment", "logic", "diagnostics.py", "verify.py")
#: What `rules check` proves; the rest of its package is of other commands.
PROVED = ("proofs.py", "promises.py")


def _of_other_input(path: Path) -> bool:
    package = path.relative_to(SOURCE).parts[0]
    return bool({path.name, package} & set(ELSEWHERE)) or (package == "authoring" and path.name not in PROVED)


def codes_in_source() -> set[str]:
    """Every code that reading or checking a rulebook, a digest or a case can give."""
    return {
        code
        for path in sorted(SOURCE.rglob("*.py"))
        if not _of_other_input(path)
        for code in _codes(ast.parse(path.read_text(encoding="utf-8")))
    }


def codes_anywhere() -> set[str]:
    """Every code that the program can give, of any kind of input."""
    return codes_in_source() | {
        code
        for path in sorted(SOURCE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Problem", "refused")
        for code in _constant(call.args[0])
    }


def _constant(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _codes(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        words = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name in ("error", "warning", "Problem"):
            yield from _code(call.args[0])
        elif name in (
            "Pattern",
            "NameOf",
        ):  # the code of what does not fit, if not the usual one
            yield from (_code(call.args[2]) if len(call.args) > 2 else ())
        elif name in ("named", "_named"):  # gives `unknown-…`, of what kind of name it was told
            yield from (f"unknown-{word}" for word in [*words[-1:], *_either(call.args[-1])])
    for field in ast.walk(tree):
        if isinstance(field, ast.AnnAssign) and getattr(field.target, "id", "") == "code" and field.value is not None:
            yield from _code(field.value)


def _either(node: ast.expr) -> Iterator[str]:
    """The words of ``one if … else another``."""
    if isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            yield from _constant(part)
            yield from _either(part)


def _code(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        beginning = node.values[0]
        assert isinstance(beginning, ast.Constant)
        assert beginning.value == "unknown-", "a made-up code that no test knows"
    else:
        assert isinstance(node, ast.Attribute), f"a code that no test can find: {ast.unparse(node)}"
        assert node.attr == "code"
