"""Keeps the documentation true: re-makes every marked block in README.md and docs/, and docs/schema/rules/.

    python docs/update.py             write the blocks anew
    python docs/update.py --check     show a diff and exit 1 where one is stale
    python docs/update.py PAGE ...    only these, by their paths; exit 2 if there is no such page

A block is everything between a marker and ``<!-- end -->``. Four markers are known:

    <!-- run: COMMAND -->             the command and what it prints, at 80 columns and without color
    <!-- typed from="FILE": COMMAND -->   an interview at a terminal, with the answers of a file (see typist.py)
    <!-- file: PATH -->               a file of this repository
    <!-- made: NAME -->               made from the rules: see MAKERS below, and makers.py

Before the colon of ``run`` may stand

    exit=2                            the exit code that is expected, else 0
    from="Text" until="Text"          show only the lines from the first that starts with the one text, up to
                                      the next that starts with the other, which is left out
    show="COMMAND"                    show this command instead of the one that is run

``$WORK`` names an empty folder. Standard error is shown too where a command fails as expected.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING

import makers

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

if TYPE_CHECKING:
    from pathways.render.graph import Graph
    from pathways.rulebook.model import Avenue, Condition, Rulebook

START = re.compile(r"<!-- (?P<kind>run|typed|file|made)(?P<options>(?: [^:]*)?): (?P<what>.+) -->")
END = "<!-- end -->"
LEFT_OUT = "[...]"


class StaleError(Exception):
    """A block that cannot be made; the message says which and why."""


def main(arguments: Sequence[str]) -> int:
    """Write or check the files named, by default README.md and docs/; the exit code."""
    parser = argparse.ArgumentParser(description="Re-make the marked blocks of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 with a diff if a block is stale")
    parser.add_argument("files", nargs="*", type=Path, help="default: README.md and docs/**/*.md")
    chosen = parser.parse_args(arguments)
    stale = 0
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    schemas = _schemas()
    if missing := [str(path) for path in chosen.files if not path.is_file()]:
        shown = [_shown(path) for path in (*pages, *schemas)]
        for name in missing:
            near = _nearest(name, shown)
            print(f"no page is named {name}{f'; did you mean {near}?' if near else ''}", file=sys.stderr)
        print(f"The pages are {', '.join(shown)}.", file=sys.stderr)
        return 2
    for path in [path.resolve() for path in chosen.files] or [*schemas, *pages]:
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        try:
            new = schemas.get(path) or "".join(f"{line}\n" for line in _remade(old.splitlines()))
        except StaleError as error:
            print(f"{path}: {error}", file=sys.stderr)
            stale += 1
            continue
        if new == old:
            continue
        if chosen.check:
            stale += 1
            name = _shown(path)
            sys.stdout.writelines(
                difflib.unified_diff(
                    old.splitlines(keepends=True), new.splitlines(keepends=True), name, f"{name}, made anew"
                )
            )
        else:
            path.write_text(new, encoding="utf-8")
            print(f"{path} written")
    if stale and chosen.check:
        print(f"{stale} stale. To make them anew: python docs/update.py", file=sys.stderr)
    return 1 if stale else 0


def _shown(path: Path) -> str:
    """A page as it is named from the root of the repository."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def _nearest(name: str, shown: Sequence[str]) -> str:
    """The page that was meant: by its whole name, or by the last part of it, with its ending or without."""
    parts = {form: page for page in shown for form in (page, Path(page).name, Path(page).stem)}
    found = difflib.get_close_matches(name, parts, n=1)
    return parts[found[0]] if found else ""


def _schemas() -> dict[Path, str]:
    """What `pathways rules schema` prints for each kind of rule file, and the file it stands in."""
    from pathways.authoring.schema import KINDS
    from pathways.cli.author import schema_text

    return {ROOT / "docs" / "schema" / "rules" / f"{kind}.json": schema_text(kind) for kind in KINDS}


def _remade(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a file with every marked block made anew."""
    at = 0
    while at < len(lines):
        line = lines[at]
        yield line
        at += 1
        marker = START.fullmatch(line)
        if marker is None:
            continue
        try:
            end = lines.index(END, at)
        except ValueError:
            raise StaleError(f"line {at}: no {END} follows") from None
        try:
            yield from _block(marker["kind"], marker["options"], marker["what"])
        except StaleError as error:
            raise StaleError(f"line {at}: {error}") from None
        yield END
        at = end + 1


def _block(kind: str, options: str, what: str) -> Iterator[str]:
    yield ""
    if kind == "run":
        chosen = dict(_options(options))
        yield from _fenced("console", [f"$ {chosen.get('show', what)}", *_output(what, chosen)])
    elif kind == "typed":
        chosen = dict(_options(options))
        yield from _fenced("console", [f"$ {what}", "", *_typed(what, ROOT / chosen.get("from", ""))])
    elif kind == "file":
        yield f"`{what}`:"
        yield ""
        yield from _fenced("yaml", (ROOT / what).read_text(encoding="utf-8").splitlines())
    elif what in MAKERS:
        from pathways.rulebook import read_rulebook

        yield from dropwhile(lambda line: not line, MAKERS[what](read_rulebook(ROOT)))
    else:
        raise StaleError(f"nothing is made by the name {what!r}, only {', '.join(MAKERS)}")
    yield ""


def _options(text: str) -> Iterator[tuple[str, str]]:
    for word in shlex.split(text):
        name, _, value = word.partition("=")
        if name not in ("exit", "from", "until", "show"):
            raise StaleError(f"unknown option {name!r}")
        yield name, value


def _fenced(language: str, lines: Sequence[str]) -> Iterator[str]:
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    yield fence + language
    yield from lines
    yield fence


# -- typed -------------------------------------------------------------------------------------------


def _typed(command: str, answers: Path) -> list[str]:
    """What a person at a terminal sees who gives the answers of a file."""
    import yaml
    from typist import typed

    from pathways.rulebook import load_rulebook

    known = yaml.safe_load(answers.read_text(encoding="utf-8"))
    facts = load_rulebook(ROOT).facts
    if strange := known["answers"].keys() - facts.keys():
        raise StaleError(f"{answers.name} answers what is not asked: {', '.join(sorted(strange))}")
    lines = {" ".join(fact.ask.split()): known["answers"].get(fact.id, ["u"]) for fact in facts.values()}
    with tempfile.TemporaryDirectory() as folder:
        return typed(["bash", "-c", command], {**lines, **known["beside"]}, _environment(folder), folder)


# -- run ---------------------------------------------------------------------------------------------


def _environment(folder: str) -> dict[str, str]:
    """What commands are run with: this program as ``pathways``, 80 columns, no color; ``$WORK`` is ``folder``."""
    commands = Path(folder, ".commands")
    commands.mkdir()
    pathways = commands / "pathways"
    pathways.write_text(
        "#!/bin/sh\n"
        f"exec {shlex.quote(sys.executable)} -c "
        '\'import sys; from pathways.cli import main; sys.argv[0] = "pathways"; main()\' "$@"\n'
    )
    pathways.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PATHWAYS_", "LINES"))}
    return {
        **kept,
        "PATH": f"{commands}:{kept.get('PATH', os.defpath)}",
        "PYTHONPATH": str(ROOT / "src"),
        "WORK": folder,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def _output(command: str, options: dict[str, str]) -> list[str]:
    """What a command prints, cut as the options say."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(folder),
        )
    expected = int(options.get("exit", "0"))
    if done.returncode != expected:
        said = done.stderr.decode(errors="replace")
        raise StaleError(f"`{command}` ended with {done.returncode}, not {expected}: {said}")
    printed = done.stdout + (done.stderr if expected else b"")
    lines = printed.decode().replace(str(ROOT), "…").splitlines()
    return [line.rstrip() for line in _cut(lines, options.get("from", ""), options.get("until", ""))]


def _cut(lines: list[str], first: str, last: str) -> list[str]:
    start = _find(lines, first, 0) if first else 0
    stop = _find(lines, last, start + 1) if last else len(lines)
    body = lines[start:stop]
    while body and not body[-1].strip():
        body.pop()
    return [*([LEFT_OUT] if start else []), *body, *([LEFT_OUT] if stop < len(lines) else [])]


def _find(lines: list[str], text: str, start: int) -> int:
    for at in range(start, len(lines)):
        if lines[at].startswith(text):
            return at
    raise StaleError(f"no line starts with {text!r}")


# -- made from the rules -------------------------------------------------------------------------------


def _starters(rulebook: Rulebook) -> Iterator[str]:
    """Who starts what: what `pathways rules graph` draws."""
    from pathways.render.graph import starters_graph

    yield from _drawn(starters_graph(rulebook))


def _drawn(graph: Graph) -> Iterator[str]:
    from pathways.render.graph_text import mermaid

    return _fenced("mermaid", mermaid(graph).splitlines())


def _starters_table(rulebook: Rulebook) -> Iterator[str]:
    """Who starts what: a table."""
    yield "| Starts it | Avenues |"
    yield "|---|---|"
    for who, words in rulebook.about.starts_with.items():
        avenues = [f"{avenue.short} (`{avenue.id}`)" for avenue in _ordered(rulebook) if avenue.starts_with == who]
        if avenues:
            yield f"| {words} | {'; '.join(avenues)} |"


def _pictures(rulebook: Rulebook) -> Iterator[str]:
    """For every avenue: what must hold, then what can close it or send it to a court, then where it stands."""
    from pathways.render.graph import avenue_graph

    for number, avenue in enumerate(_ordered(rulebook), 1):
        if number > 1:
            yield ""
        yield f"### {number}. {avenue.title}"
        yield ""
        starts = rulebook.about.starts_with[avenue.starts_with]
        yield f"`{avenue.id}` · {starts}. Track record: {avenue.track_record.scale}."
        yield ""
        yield from _drawn(avenue_graph(avenue))
        yield ""
        for element in avenue.requires:
            yield f"- **{element.title}**: {_in_words(rulebook, element.when)}."
        for title, hurdles in (
            ("Can close it", [h for h in avenue.hurdles if h.effect == "bars"]),
            ("Would have to be decided by a court", [h for h in avenue.hurdles if h.effect == "contests"]),
            ("Changes the way, never the answer", [h for h in avenue.hurdles if h.effect in ("moves", "delays")]),
            ("Good to know", [h for h in avenue.hurdles if h.effect == "informs"]),
        ):
            if hurdles:
                yield f"- {title}: {'; '.join(hurdle.title for hurdle in hurdles)}."
        if avenue.deadlines:
            yield f"- Time limits: {'; '.join(deadline.title for deadline in avenue.deadlines)}."
        if avenue.waits:
            yield f"- Too early before: {'; '.join(wait.title for wait in avenue.waits)}."
        yield f"- Stages: {' → '.join(stage.title for stage in avenue.stages)}."


def _legal_tests(rulebook: Rulebook) -> Iterator[str]:
    """Every finding: its kind, and its condition as an outline."""
    for number, finding in enumerate(rulebook.findings.values()):
        if number:
            yield ""
        yield f"### {finding.id}"
        yield ""
        yield f"{finding.title} ({finding.kind}). It holds when:"
        yield ""
        yield from _outline(rulebook, finding.holds_when, 0)


WORDS = {
    "all": "all of these",
    "any": "at least one of these",
    "not": "not",
    "clearly": "without dispute",
    "arguably": "yes or disputed",
    "disputed": "disputed by evidence",
}


def _outline(rulebook: Rulebook, condition: Condition, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if condition.op in WORDS or condition.op in ("at_least", "contestable"):
        negated = condition.op == "not" and condition.parts[0].op in ("fact", "finding")
        if negated:
            yield f"{indent}- not: {_leaf(rulebook, condition.parts[0])}"
            return
        if condition.op == "at_least":
            words = f"at least {condition.count} of these"
        elif condition.op == "contestable":
            words = f"a court must decide if this holds ({condition.because.rstrip('.')})"
        else:
            words = WORDS[condition.op]
        yield f"{indent}- {words}:"
        for part in condition.parts:
            yield from _outline(rulebook, part, depth + 1)
    else:
        yield f"{indent}- {_leaf(rulebook, condition)}"


def _leaf(rulebook: Rulebook, condition: Condition) -> str:
    if condition.op == "finding":
        return f"[{condition.name}](#{condition.name})"
    if condition.op == "as-of":
        return f"on the day of assessment: {' | '.join(condition.options)}"
    if condition.op == "passed":
        avenue, _, part = condition.name.partition("/")
        return f"time is over: {rulebook.avenues[avenue].titles[part]} (`{condition.name}`)"
    if condition.op != "fact":
        return condition.op
    fact = rulebook.facts[condition.name]
    if fact.kind == "yes-no":
        return f"`{fact.id}`" + ("" if condition.options == ("yes",) else f": {', '.join(condition.options)}")
    chosen = [fact.label_of(option) for option in condition.options]
    return f"`{fact.id}`: {' | '.join(chosen)}"


def _in_words(rulebook: Rulebook, condition: Condition) -> str:
    """A condition in one line, for the lists under the pictures."""
    op, parts = condition.op, condition.parts
    if op in ("all", "any"):
        inner = [
            f"({words})" if part.op in ("all", "any") else words
            for part in parts
            for words in [_in_words(rulebook, part)]
        ]
        return (" and " if op == "all" else " or ").join(inner)
    if op == "at_least":
        return f"at least {condition.count} of: " + ", ".join(_in_words(rulebook, part) for part in parts)
    if op == "contestable":
        return f"a court must decide if {_in_words(rulebook, parts[0])}"
    if op in WORDS:
        words = _in_words(rulebook, parts[0])
        return f"{WORDS[op]} ({words})" if parts[0].op in ("all", "any") else f"{WORDS[op]} {words}"
    return _leaf(rulebook, condition)


def _ordered(rulebook: Rulebook) -> list[Avenue]:
    return sorted(rulebook.avenues.values(), key=lambda avenue: (avenue.order, avenue.id))


MAKERS: dict[str, Callable[[Rulebook], Iterator[str]]] = {
    "who starts what": _starters,
    "who starts what, as a table": _starters_table,
    "pictures": _pictures,
    "legal tests": _legal_tests,
    "the glossary": makers.glossary,
    "problem codes": makers.problem_codes,
    "unsettled law": makers.unsettled_law,
    "unsettled tests": makers.unsettled_tests,
    "not checked": makers.not_checked,
    "pending": makers.pending,
    "unread": makers.unread,
    "cells": makers.cells,
    "left out": makers.left_out,
    "clocks": makers.clocks,
    "worked deadlines": makers.worked,
    "uncomputed deadlines": makers.uncomputed,
    "mutants": makers.mutants,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
