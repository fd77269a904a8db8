"""``pathways rules schema``, ``rules new`` and ``rules graph``: what helps to write rules and to read them."""

from __future__ import annotations

import json
import os
from collections.abc import Collection

from pathways.cli.environment import Environment
from pathways.cli.exits import Exit
from pathways.cli.names import WrongNameError, wrong_name
from pathways.render.inert import inert
from pathways.render.words import count, upper
from pathways.shapes import BLANK

#: What is written by hand in a file of its own, each with the kind of file.
_BY_HAND = {
    "claim": "claims",
    "note": "context",
    "term": "glossary",
    "letter": "letters",
    "table": "tables",
    "jurisdiction": "jurisdictions",
    "state": "jurisdictions",
    "cell": "jurisdictions",
    "authority": "authorities",
    "document": "seeds",
}
#: What is written into a file that is there.
_PARTS = {
    "topic": "the first fact of the topic, `pathways rules new fact TOPIC.NAME`, which begins its file",
    "column": "the column into the file of its table, in rules/tables/",
    "scenario": "a case with `expect:` into scenarios/",
    **{
        part: f"it under `{key}` of its avenue, in rules/avenues/"
        for part, key in (
            ("element", "requires"),
            ("hurdle", "hurdles"),
            ("deadline", "deadlines"),
            ("stage", "stages"),
            ("caution", "cautions"),
            ("step", "steps"),
            ("promise", "promises"),
        )
    },
}


def show_schema(environment: Environment, kind: str | None) -> Exit:
    """The schema of a kind of file, or the kinds and where their files stand."""
    from pathways.authoring.schema import KINDS, folder_of

    if kind is None:
        width = max(map(len, KINDS))
        environment.out("\n".join(f"{name:{width}}  {folder_of(name)}" for name in KINDS))
        return Exit.DONE
    if kind not in KINDS:
        raise WrongNameError([wrong_name(kind, KINDS, "No kind of rule file is named {}.", "The kinds")])
    environment.out(schema_text(kind))
    return Exit.DONE


def schema_text(kind: str) -> str:
    """The schema of a kind of file as it stands in a file of its own."""
    from pathways.authoring.schema import schema_of

    return json.dumps(schema_of(kind), indent=2) + "\n"


def begin_rule(environment: Environment, kind: str, name: str) -> Exit:
    """Write a file to fill in, and say what is to be done with it.

    Raises :class:`~pathways.cli.names.WrongNameError` where nothing can be written.
    """
    from pathways.authoring.begin import KINDS, RefusedNameError, begin
    from pathways.rulebook.locate import is_installed, rulebook_folder
    from pathways.yamlfile import shown_name

    if kind not in KINDS:
        raise WrongNameError([_not_begun(kind, KINDS)])
    folder = rulebook_folder(environment.rules)
    if environment.rules is None and is_installed(folder):
        raise WrongNameError(["These rules were installed with the program. Name your own: --rules DIR."])
    try:
        begun = begin(folder, kind, name)
    except RefusedNameError as refused:
        raise WrongNameError([f"Nothing was written. {upper(inert(str(refused)))}."]) from None
    except OSError as error:
        # The new file stands beside its place for a moment, under a name that nobody has chosen.
        at, last = os.path.split(str(error.filename or ""))
        raise OSError(error.errno, error.strerror, at if last.startswith(".") else error.filename) from None
    shown = inert(shown_name(begun.path))
    environment.out(f"{shown}: {f'{kind} added' if begun.added else 'written'}, with {count(begun.blanks, 'blank')}.")
    if begun.topic:
        environment.say(f"Add `{begun.topic}` to `topics` in rules/rulebook.yaml, where it belongs in the story.")
    chosen = f" --rules {inert(str(environment.rules))}" if environment.rules else ""
    environment.say(f"Fill in every `{BLANK}`, then: pathways rules check{chosen}")
    return Exit.DONE


def _not_begun(kind: str, begun: Collection[str]) -> str:
    """What to do for a kind of which no file is begun."""
    from pathways.authoring.schema import folder_of

    if kind in _PARTS:
        return f"Write {_PARTS[kind]}: docs/rule-format.md shows how."
    if kind in _BY_HAND:
        files = _BY_HAND[kind]
        return (
            f"No file is begun for this. Copy one that is in {folder_of(files)} and change it; its keys stand in "
            f"docs/rule-format.md, and in: pathways rules schema {files}"
        )
    return wrong_name(kind, [*begun, *_BY_HAND, *_PARTS], "`rules new` knows no {}.", "What it knows")


def draw_graph(environment: Environment, name: str | None, style: str) -> Exit:
    """One avenue, or who starts what, as a picture.

    Raises :class:`~pathways.cli.names.WrongNameError` for an avenue that there is not.
    """
    from pathways.cli.show import chosen
    from pathways.render.graph import avenue_graph, starters_graph

    rulebook = environment.rulebook
    graph = starters_graph(rulebook) if name is None else avenue_graph(*chosen([name], rulebook.avenues, "avenue"))
    if style == "svg":
        from pathways.render.svg import svg

        environment.out(svg(graph))
    else:
        from pathways.render.graph_text import dot, mermaid

        environment.out(dot(graph) if style == "dot" else mermaid(graph))
    return Exit.DONE
