"""`pathways batch`: files in, files out, what is bad said with its line."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pathways.batch import tables
from pathways.batch.blocks import MOST_SHOWN
from pathways.cli.app import app
from tests.batch.records import one_by_one, read_csv, read_jsonl, row, write_csv
from tests.deadlines.fines import FINES, TICKET, fines
from tests.places import GARDEN, garden

AS_OF = "2026-01-12"
ROWS = [
    {"case": "a", **{name: str(answer) for name, answer in TICKET.items()}},
    {"case": "b", "fine.town": "disputed", "fine.placed-on": "2025-12"},
    {"case": "c", "fine.town": "{one_of: [AB, CD]}", "fine.paid": "unknown"},
    {"case": "d"},
]
NAMES = ["case", *TICKET]


def batch(*arguments: str | Path, rules: Path = FINES) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["batch", *map(str, arguments), "--rules", str(rules), "--as-of", AS_OF])


def standings(path: Path) -> list[dict[str, str]]:
    """What was written, as text."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]
    return read_csv(path) if path.suffix == ".csv" else read_jsonl(path)


def expected(rows: list[dict[str, str]], tmp_path: Path) -> list[dict[str, str]]:
    """What one assessment after another says, each read from a case file with the same cells."""
    from pathways.case import read_case

    cases = []
    for one in rows:
        file = tmp_path / "one.yaml"
        lines = [f"  {name}: {cell}" for name, cell in one.items() if name != "case" and cell]
        file.write_text("case: one\nanswers:" + ("\n" + "\n".join(lines) if lines else " {}") + "\n", encoding="utf-8")
        cases.append(read_case(file, fines()))
    return one_by_one(fines(), cases, AS_OF)


class TestFormats:
    @pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.parquet"])
    @pytest.mark.parametrize("source", ["in.csv", "in.jsonl", "in.parquet"])
    def test_every_format_gives_the_standings_of_each_record(self, source: str, out: str, tmp_path: Path) -> None:
        file = tmp_path / source
        if source == "in.csv":
            write_csv(file, ROWS, NAMES)
        elif source == "in.jsonl":
            file.write_text("".join(json.dumps(one) + "\n" for one in ROWS), encoding="utf-8")
        else:
            pq.write_table(pa.table({name: [one.get(name) for one in ROWS] for name in NAMES}), file)
        result = batch(file, "-o", tmp_path / out, "--id", "case")
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        found = standings(tmp_path / out)
        assert [one.pop("case") for one in found] == ["a", "b", "c", "d"]
        assert found == [{name: one[name] for name in fines().avenues} for one in expected(ROWS, tmp_path)]
        assert "4 records read, 4 written" in result.stderr

    def test_parquet_with_yes_and_no_days_and_dictionaries(self, tmp_path: Path) -> None:
        import datetime

        columns = {
            "fine.town": pa.array(["AB", None, "AB"]).dictionary_encode(),
            "fine.paid": pa.array([True, False, None]),
            "fine.placed-on": pa.array([datetime.date(2026, 1, 6), None, datetime.date(2020, 1, 6)]),
            "fine.photo": pa.nulls(3),
        }
        pq.write_table(pa.table(columns), tmp_path / "in.parquet")
        assert batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv").exit_code == 0
        rows = [
            {"fine.town": "AB", "fine.paid": "yes", "fine.placed-on": "2026-01-06"},
            {"fine.paid": "no"},
            {"fine.town": "AB", "fine.placed-on": "2020-01-06"},
        ]
        found = standings(tmp_path / "out.csv")
        assert [one.pop("row") for one in found] == ["1", "2", "3"]
        assert found == [{name: one[name] for name in fines().avenues} for one in expected(rows, tmp_path)]

    def test_json_values_are_what_they_are_in_a_case_file(self, tmp_path: Path) -> None:
        lines = [
            '{"fine.paid": true, "fine.town": {"one_of": ["AB", "CD"]}, "fine.placed-on": 2026}',
            '{"fine.paid": {"disputed": [{"answer": true}, {"answer": false, "by": "a neighbor"}]}, "fine.town": null}',
        ]
        (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
        assert batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl").exit_code == 0
        rows = [
            {"fine.paid": "yes", "fine.town": "{one_of: [AB, CD]}", "fine.placed-on": "2026"},
            {"fine.paid": "disputed"},
        ]
        found = standings(tmp_path / "out.jsonl")
        assert [str(one.pop("line")) for one in found] == ["1", "2"]
        assert found == [{name: one[name] for name in fines().avenues} for one in expected(rows, tmp_path)]

    def test_a_file_longer_than_a_block(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "BLOCK", 3)
        write_csv(tmp_path / "in.csv", ROWS * 5, NAMES)
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "case")
        assert result.exit_code == 0
        found = standings(tmp_path / "out.csv")
        assert [one["case"] for one in found] == ["a", "b", "c", "d"] * 5
        assert found[:4] == found[4:8] == found[16:]

    def test_another_rulebook_and_some_of_its_avenues(self, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("tree.kind\nfruit\n", encoding="utf-8")
        assert batch(tmp_path / "in.csv", "-o", tmp_path / "o.csv", "--avenue", "cut-back", rules=GARDEN).exit_code == 0
        assert list(standings(tmp_path / "o.csv")[0]) == ["line", "cut-back"]
        assert "cut-back" in garden().avenues


class TestBadRecords:
    def test_each_is_said_with_line_and_column_and_the_others_are_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "in.csv"
        file.write_text('case,fine.paid,fine.town\na,yes,AB\n\nb,yess,AB\nc,no\nd,"no,QQ\ne,no,CD\n', encoding="utf-8")
        result = batch(file, "-o", tmp_path / "out.csv", "--id", "case")
        assert result.exit_code == 1
        said = result.stderr.splitlines()
        assert said[0].startswith(f"{file}:4:3: error[unknown-option]: `fine.paid` has no answer `yess`")
        assert "did you mean `yes`?" in said[0]
        assert said[1] == f"{file}:5:1: error[wrong-form]: expected 3 cells as in the header, found 2"
        assert said[2] == (
            f"{file}:6:3: error[not-csv]: this is no row of CSV: the quote opened here is not closed on this line"
        )
        assert said[3].startswith("3 bad records left out.")
        assert [one["case"] for one in standings(tmp_path / "out.csv")] == ["a", "e"]

    def test_many_are_summed_up(self, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("fine.paid\n" + "maybe\n" * 100 + "yes\n", encoding="utf-8")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv")
        assert result.stderr.count("error[") == MOST_SHOWN
        assert "100 bad records left out. Wrong cells by column: fine.paid: 100." in result.stderr
        assert "101 records read, 1 written" in result.stderr

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{", "2:2: error[not-json]: expected one JSON object: a name in double quotes is missing here"),
            ("[1]", "2:1: error[not-json]: expected one JSON object"),
            ('{"fine.paid": "yes"', "2:20: error[not-json]: expected one JSON object: a `,` or a closing bracket is"),
            ('{"fine.paid": "yes"  ', "2:20: error[not-json]: expected one JSON object: a `,` or a closing bracket is"),
            ('{"fine.paid": "yes" "fine.town": "AB"}', "2:21: error[not-json]: expected one JSON object: a `,` or"),
            ('{"fine.paid" "yes"}', "2:14: error[not-json]: expected one JSON object: a `:` is missing here"),
            ('{"fine.paid": }', "2:15: error[not-json]: expected one JSON object: a value is missing here"),
            ('{"fine.paid": "yes}', "2:15: error[not-json]: expected one JSON object: the quote opened here is not"),
            ('{"fine.paid": "\\x"}', "2:16: error[not-json]: expected one JSON object: an unknown escape after `\\`"),
            ('{"fine.paid": "a\tb"}', "2:17: error[not-json]: expected one JSON object: a control character"),
            ('{"fine.paid": "yes"} {}', "2:22: error[not-json]: expected one JSON object: it has ended before this"),
            ("\ufeff{}", "2:1: error[not-json]: expected one JSON object: a byte order mark can begin a file"),
            ('{"fine.paid": "yes", "fine.paid": "no"}', "`fine.paid` twice"),
            ('{"": "yes"}', "2:2: error[empty]: expected a name, found nothing"),
            ('{"fine.payd": "yes"}', "did you mean `fine.paid`?"),
            ('{"fine.paid": "\\ud800"}', "2:2: error[not-json]: `\\ud800` is half of a character (a surrogate)"),
            (
                '{"fine.paid": "y\\u0000es"}',
                "2:3: error[control-character]: character U+0000 may not stand",
            ),
            ('{"fine.paid": 3.5}', "`fine.paid` has no answer `3.5`"),
            ('{"fine.paid": ' + "1" * 5000 + "}", "`fine.paid` has no answer `111"),
            ("[" * 100_000, "nesting"),
        ],
    )
    def test_lines_of_json(self, line: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text(f'{{"fine.paid": "yes"}}\n{line}\n', encoding="utf-8")
        result = batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv")
        assert result.exit_code == 1, result.stderr
        assert f"{tmp_path / 'in.jsonl'}:2:" in result.stderr
        assert said in result.stderr
        assert not re.search(r"\(char |sys\.|<unicode|Expecting", result.stderr)
        assert len(standings(tmp_path / "out.csv")) == 1

    def test_lines_that_are_none_from_the_first_are_said_each(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text("\n[1]\nno\n", encoding="utf-8")
        result = batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv")
        assert result.exit_code == 2
        assert "in.jsonl:2:1: error[not-json]: expected one JSON object\n" in result.stderr
        assert "in.jsonl:3:1: error[not-json]: expected one JSON object: a value is missing here" in result.stderr

    def test_bytes_of_json_that_are_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_bytes(b'{"fine.paid": "yes"}\n{"fine.paid": "\xff"}\n')
        result = batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv")
        assert (result.exit_code, ":2:16: error[not-utf8]: byte 0xff" in result.stderr) == (1, True)

    def test_a_number_is_carried_over_as_it_is_written(self, tmp_path: Path) -> None:
        (tmp_path / "in.jsonl").write_text('{"id": 1.10}\n{"id": 1e400}\n', encoding="utf-8")
        batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv", "--id", "id")
        assert [one["id"] for one in standings(tmp_path / "out.csv")] == ["1.10", "1e400"]

    def test_a_stray_quote_takes_no_line_but_its_own(self, tmp_path: Path) -> None:
        lines = ["yes"] * 5000
        lines[4000] = '"no'
        (tmp_path / "in.csv").write_text("\n".join(["fine.paid", *lines]) + "\n", encoding="utf-8")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv")
        assert ":4002:1: error[not-csv]" in result.stderr
        assert "5,000 records read, 4,999 written" in result.stderr

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (b"a,y\0es,AB", "2:4: error[control-character]: character U+0000 may not stand"),
            (b"a,yes\rb,no,AB", "2:1: error[not-csv]: this is no row of CSV: a carriage return stands in it"),
            (
                b"a,yes," + b"x" * 140_000,
                "2:1: error[not-csv]: this is no row of CSV: expected cells of at most",
            ),
            (b"a,yes," + b"x" * 3_000_000, "2:1: error[not-csv]: this is no row of CSV: expected a row of less than"),
        ],
        ids=["null", "carriage return", "long cell", "long row"],
    )
    def test_rows_that_are_none(self, row: bytes, said: str, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_bytes(b"case,fine.paid,fine.town\n" + row + b"\nb,yess,AB\nc,yes,AB\n")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "case")
        first, second, *_ = result.stderr.splitlines()
        assert said in first
        assert ":3:3: error[unknown-option]" in second
        assert "unicode" not in result.stderr
        assert [one["case"] for one in standings(tmp_path / "out.csv")] == ["c"]

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_bytes(b"case,fine.paid\na\xff,yes\nb,yes\n")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "case")
        assert (result.exit_code, ":2:1: error[not-utf8]" in result.stderr) == (1, True)
        assert [one["case"] for one in standings(tmp_path / "out.csv")] == ["b"]


class TestRefused:
    @pytest.mark.parametrize(
        ("header", "said"),
        [
            ("fine.payd", ":1:1: error[unknown-fact]: no fact is named `fine.payd` (did you mean `fine.paid`?)"),
            ("fine.paid,fine.paid", ":1:11: error[duplicate-name]"),
            ("case,fine.paid", "`--id` names a column that is carried over"),
            ("", "expected a header"),
            ("fine.payd,", ":1:11: error[empty]: expected a name, found nothing"),
            (",fine.payd", ":1:2: error[unknown-fact]"),
        ],
    )
    def test_columns_before_anything_is_written(self, header: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text(f"{header}\nyes,yes\n", encoding="utf-8")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv")
        assert result.exit_code == 2
        assert said in result.stderr
        assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]

    def test_all_wrong_columns_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("fine.payd,fine.towm\n", encoding="utf-8")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "nobody")
        assert result.stderr.count("error[") == 3

    def test_names_that_stand_twice_and_names_that_are_none_at_once(self, tmp_path: Path) -> None:
        header = "fine.paid,fine.paid,fine.towm,fine.payd"
        (tmp_path / "in.csv").write_text(f"{header}\nyes,yes,AB,no\n", encoding="utf-8")
        names = header.split(",")
        columns = [pa.array(["yes"])] * 4
        pq.write_table(pa.Table.from_arrays(columns, names), tmp_path / "in.parquet")
        for name in ("in.csv", "in.parquet"):
            result = batch(tmp_path / name, "-o", tmp_path / "out.csv")
            assert (result.exit_code, result.stderr.count("error[")) == (2, 3), result.stderr
            assert "error[duplicate-name]: column `fine.paid` stands here twice" in result.stderr
            assert "did you mean `fine.town`?" in result.stderr
            assert "did you mean `fine.paid`?" in result.stderr

    def test_all_columns_of_parquet_that_hold_no_answers_at_once(self, tmp_path: Path) -> None:
        columns = {"id": pa.array([1]), "fine.paid": pa.array([1]), "fine.town": pa.array([[1.5]])}
        pq.write_table(pa.table(columns), tmp_path / "in.parquet")
        result = batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv", "--id", "id")
        assert (result.exit_code, result.stderr.count("error[")) == (2, 2)
        assert ":1:2: error[wrong-form]: column `fine.paid` holds int64: expected text" in result.stderr
        assert ":1:3: error[wrong-form]: column `fine.town` holds list<" in result.stderr

    @pytest.mark.parametrize("header", ['fine.paid,"fine.town', "fine.paid\rfine.town"])
    def test_a_header_that_is_none(self, header: str, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text(f"{header}\nyes,AB\n", encoding="utf-8", newline="")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv")
        assert (result.exit_code, ":1:" in result.stderr, "error[not-csv]" in result.stderr) == (2, True, True)

    @pytest.mark.parametrize("kind", [pa.int64(), pa.list_(pa.string())])
    def test_a_column_of_parquet_that_holds_no_answers(self, kind: pa.DataType, tmp_path: Path) -> None:
        pq.write_table(pa.table({"fine.paid": pa.nulls(1, kind)}), tmp_path / "in.parquet")
        result = batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv")
        assert (result.exit_code, "column `fine.paid` holds" in result.stderr) == (2, True)
        assert not (tmp_path / "out.csv").exists()

    def test_what_is_no_parquet(self, tmp_path: Path) -> None:
        (tmp_path / "in.parquet").write_bytes(b"PAR1 or so")
        result = batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv")
        assert (result.exit_code, "no Parquet file" in result.stderr) == (2, True)

    @pytest.mark.parametrize(("name", "out"), [("in.txt", "out.csv"), ("in.csv", "out.xlsx"), ("in.csv", "in.csv")])
    def test_names(self, name: str, out: str, tmp_path: Path) -> None:
        (tmp_path / name).write_text("fine.paid\nyes\n", encoding="utf-8")
        assert batch(tmp_path / name, "-o", tmp_path / out).exit_code == 2
        assert (tmp_path / name).read_text(encoding="utf-8") == "fine.paid\nyes\n"

    def test_a_file_or_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        assert batch(tmp_path / "no.csv", "-o", tmp_path / "out.csv").exit_code == 2
        (tmp_path / "in.csv").write_text("fine.paid\n", encoding="utf-8")
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "no" / "out.csv")
        assert (result.exit_code, str(tmp_path / "no") in result.stderr) == (2, True)

    def test_without_the_extra_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys

        for name in [name for name in sys.modules if name.startswith("pathways.batch")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv")
        assert (result.exit_code, "accountability-pathways[batch]" in result.stderr) == (2, True)


class TestWriting:
    def test_readable_by_its_owner_alone_and_nothing_left_beside_it(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "in.csv", ROWS, NAMES)
        (tmp_path / "out.csv").write_text("old", encoding="utf-8")
        (tmp_path / "out.csv").chmod(0o644)
        batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "case")
        assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in.csv", "out.csv"]

    def test_what_was_there_stays_where_reading_fails_halfway(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "ROWS", 1)
        pq.write_table(pa.table({"fine.paid": ["yes"] * 5000}), tmp_path / "in.parquet", row_group_size=1000)
        data = bytearray((tmp_path / "in.parquet").read_bytes())
        data[len(data) // 4 : len(data) // 4 + 60] = b"\xff" * 60
        (tmp_path / "in.parquet").write_bytes(bytes(data))
        (tmp_path / "out.csv").write_text("old", encoding="utf-8")
        assert batch(tmp_path / "in.parquet", "-o", tmp_path / "out.csv").exit_code == 2
        assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "old"
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", "out.csv"]

    @pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.parquet"])
    @pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
    def test_a_file_without_records(self, source: str, out: str, tmp_path: Path) -> None:
        rows = [dict.fromkeys(NAMES, "")]
        write_csv(tmp_path / "in.csv", [], NAMES)
        pq.write_table(
            pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in NAMES])).slice(0, 0),
            tmp_path / "in.parquet",
        )
        result = batch(tmp_path / source, "-o", tmp_path / out, "--id", "case")
        assert (result.exit_code, "0 records read, 0 written" in result.stderr) == (0, True), result.stderr

    def test_csv_is_quoted_only_where_it_must_be(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "in.csv", [{"id": one, "fine.paid": "yes"} for one in ("a", "", "b c")])
        batch(tmp_path / "in.csv", "-o", tmp_path / "plain.csv", "--id", "id")
        plain = (tmp_path / "plain.csv").read_text(encoding="utf-8")
        assert '"' not in plain
        write_csv(tmp_path / "in.csv", [{"id": one, "fine.paid": "yes"} for one in ("a", "", "b,c")])
        batch(tmp_path / "in.csv", "-o", tmp_path / "quoted.csv", "--id", "id")
        assert (tmp_path / "quoted.csv").read_text(encoding="utf-8") == plain.replace("b c", '"b,c"')

    def test_the_id_is_carried_over_as_it_is(self, tmp_path: Path) -> None:
        ids = ["=1+1", '"quoted", and more', "", " spaces ", "\N{PILE OF POO}"]
        write_csv(tmp_path / "in.csv", [{"id": one, "fine.paid": "yes"} for one in ids])
        batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "id")
        assert [one["id"] for one in standings(tmp_path / "out.csv")] == ids

    def test_the_same_input_gives_the_same_bytes(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "in.csv", ROWS, NAMES)
        for out in ("one.parquet", "two.parquet"):
            batch(tmp_path / "in.csv", "-o", tmp_path / out, "--id", "case")
        assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()

    def test_quiet(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "in.csv", ROWS, NAMES)
        result = batch(tmp_path / "in.csv", "-o", tmp_path / "out.csv", "--id", "case", "-q")
        assert (result.exit_code, result.stderr) == (0, "")


def test_a_case_as_a_row_reads_back() -> None:
    from tests.assessment.gardens import DISPUTED, case

    assert row(case({"tree.kind": "fruit", "talk.late": DISPUTED})) == {
        "tree.kind": "fruit",
        "talk.late": "{disputed: [{answer: yes}, {answer: no}]}",
    }
