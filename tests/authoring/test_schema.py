"""The schemas for editors, held against the loader on good files and on bad ones."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from pathways.authoring.keys import _EVERYWHERE, _OWN, key_words
from pathways.authoring.schema import KINDS, schema_of
from pathways.shapes import Either, Field, Fields, ListOf, MapOf, Shape
from tests.authoring.editor import complaints, kind_of
from tests.cli.process import inside
from tests.places import ROOT, RULEBOOKS, SCHEMAS
from tests.rulebook.overlay import problems_of, tiny

BAD = ROOT / "tests" / "rulebook" / "bad"
BOOKS = [ROOT, ROOT / "docs" / "example", *sorted(RULEBOOKS.iterdir())]
GOOD = [
    (book, path.relative_to(book).as_posix())
    for book in BOOKS
    for top in ("rules", "seeds")
    for path in sorted((book / top).rglob("*.yaml"))
]

#: Problems of form: a key, a type, a word, the form of a name. A schema sees these.
FORM = {
    "bad-condition",
    "bad-name",
    "bad-source",
    "empty",
    "missing-key",
    "too-long",
    "unfilled-blank",
    "unknown-condition",
    "unknown-key",
    "unknown-word",
    "wrong-form",
    "wrong-type",
}
#: What no schema is asked about: a YAML reader refuses or repairs it before.
NOT_READ = {"alias", "anchor", "control-character", "duplicate-key", "not-utf-8", "tab", "tag", "too-deep"} | {
    "misplaced-file",
    "not-a-file",
    "yaml-syntax",
}
#: Problems with a code of form that no schema can see, each with the reason.
NOT_SEEN = {
    "missing-key/rules/authorities/parcels.yaml": "only a case must have a court, a year and a level",
}


def bad_files() -> list[str]:
    return [
        path.relative_to(BAD).as_posix()
        for path in sorted(BAD.rglob("*.yaml"))
        if path.name != "case.yaml" and path.relative_to(BAD).parts[0] not in NOT_READ
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_is_the_one_that_stands_in_the_docs(kind: str) -> None:
    Draft7Validator.check_schema(schema_of(kind))
    assert json.loads((SCHEMAS / "rules" / f"{kind}.json").read_text(encoding="utf-8")) == schema_of(kind)
    assert json.loads(inside("rules", "schema", kind).out) == schema_of(kind)


@pytest.mark.parametrize(("book", "name"), GOOD, ids=[f"{book.name}/{name}" for book, name in GOOD])
def test_every_good_file_is_good_to_an_editor(book: Path, name: str) -> None:
    assert complaints(kind_of(name), book / name) == []


@pytest.mark.parametrize("name", bad_files())
def test_an_editor_underlines_what_is_wrong_in_form_and_nothing_else(name: str, tmp_path: Path) -> None:
    folder, _, inner = name.partition("/")
    tiny(tmp_path)
    shutil.copytree(BAD / folder, tmp_path, dirs_exist_ok=True)
    here = {problem.code for problem in problems_of(tmp_path) if problem.place.file == inner}
    underlined = bool(complaints(kind_of(inner), tmp_path / inner))
    if name in NOT_SEEN:
        assert here & FORM
        assert not underlined, "it is seen after all"
    else:
        assert underlined == bool(here & FORM), (here, complaints(kind_of(inner), tmp_path / inner))


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "example" / "rules").rglob("*.yaml")), ids=lambda p: p.name)
def test_taking_away_or_misspelling_any_key_is_underlined_where_the_loader_refuses_it(path: Path) -> None:
    kind = kind_of(path.relative_to(ROOT / "docs" / "example").as_posix())
    schema = Draft7Validator(schema_of(kind))
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # all is text
    required = [key for key, field in KINDS[kind].fields.items() if not isinstance(field, Field) or field.required]
    for key in required:
        assert not schema.is_valid({name: value for name, value in data.items() if name != key}), key
        assert not schema.is_valid({f"{name}x" if name == key else name: value for name, value in data.items()}), key


@pytest.mark.parametrize("path", [book / name for book, name in GOOD if book == ROOT], ids=lambda p: p.name)
def test_the_first_line_of_every_shipped_file_names_its_schema(path: Path) -> None:
    schema = SCHEMAS / "rules" / f"{kind_of(path.relative_to(ROOT).as_posix())}.json"
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}"
    assert schema.is_file()


def shapes(shape: Shape | Field, found: list[Fields]) -> list[Fields]:
    """Every mapping with fixed keys below a shape."""
    shape = shape.shape if isinstance(shape, Field) else shape
    below: list[Shape | Field | None] = []
    if isinstance(shape, Fields) and not any(shape is one for one in found):
        found.append(shape)
        below = [*shape.fields.values()]
    elif isinstance(shape, ListOf | MapOf):
        below = [shape.item]
    elif isinstance(shape, Either):
        below = [shape.scalar, shape.sequence, shape.mapping]
    for one in below:
        if one is not None:
            shapes(one, found)
    return found


def test_every_key_is_explained_and_nothing_else_is() -> None:
    found: list[Fields] = []
    for kind in KINDS.values():
        shapes(kind, found)
    used = {(shape.what, key) for shape in found for key in shape.fields}
    assert all(key_words(what, key) for what, key in used)
    words = {"`contestable`", "`at_least`", "`uncovered`"}
    assert {(what, key) for what, keys in _OWN.items() for key in keys if what not in words} <= used
    assert set(_EVERYWHERE) <= {key for _, key in used}


def test_without_a_kind_the_kinds_are_listed() -> None:
    done = inside("rules", "schema")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == list(KINDS)


def test_a_kind_that_there_is_not_is_answered_with_the_nearest() -> None:
    done = inside("rules", "schema", "avenue")
    assert done.code == 2
    assert "Did you mean `avenues`?" in done.err
