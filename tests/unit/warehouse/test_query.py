"""Reading the warehouse: strangers' SQL can read it and do nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warehouse.query import escape_csv_cell, fetch, open_warehouse, write_csv
from tests.sql.world import harbor_world


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harbor_world().build(tmp_path_factory.mktemp("query"))[0]


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(warehouse) as connection:
        yield connection


@pytest.mark.parametrize("name", ["documents", "core.documents", "main.documents"])
def test_bare_and_qualified_names_resolve(con: duckdb.DuckDBPyConnection, name: str) -> None:
    assert fetch(con, f"select count(*) as n from {name}").to_pylist() == [{"n": 4}]


def test_values_are_bound(con: duckdb.DuckDBPyConnection) -> None:
    statement = "select name from entities where name = $name"
    assert fetch(con, statement, {"name": "Sorrel Bay"}).num_rows == 1
    assert fetch(con, statement, {"name": "' or true --"}).num_rows == 0


def test_rows_can_be_limited(con: duckdb.DuckDBPyConnection) -> None:
    assert fetch(con, "select * from mentions", max_rows=2).num_rows == 2
    assert fetch(con, "set variable days = 3", max_rows=2).num_rows == 0


@pytest.mark.parametrize(
    "statement",
    [
        "create table core.mine as select 1",
        "delete from core.documents",
        "drop view documents",
        "copy (select 1) to '{folder}/stolen.csv'",
        "copy documents to '{folder}/stolen.parquet'",
        "export database '{folder}/stolen'",
        "attach '{folder}/other.duckdb'",
        "select * from read_text('{folder}/secret.txt')",
        "select * from read_csv('{folder}/secret.txt')",
        "select * from '{folder}/secret.csv'",
        "select * from glob('{folder}/*')",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "reset lock_configuration",
        "set threads = 64",
        "pragma memory_limit = '100GB'",
        "select * from secret_frame",
        "create secret s (type s3)",
    ],
)
def test_nothing_but_reading(con: duckdb.DuckDBPyConnection, tmp_path: Path, statement: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "secret.csv").write_text("secret")
    secret_frame = pa.table({"secret": [1]})
    assert secret_frame.num_rows == 1
    with pytest.raises(duckdb.Error):
        fetch(con, statement.format(folder=tmp_path))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["secret.csv", "secret.txt"]


def test_a_statement_that_runs_on_is_stopped(con: duckdb.DuckDBPyConnection) -> None:
    endless = "select count(*) from range(1000000000) a, range(1000000000) b where a.range % 7 = b.range % 5"
    with pytest.raises(duckdb.InterruptException):
        fetch(con, endless, timeout_seconds=0.3)
    assert fetch(con, "select 1 as one").num_rows == 1


def test_two_readers_at_once(warehouse: Path) -> None:
    with open_warehouse(warehouse) as one, open_warehouse(warehouse) as other:
        assert fetch(one, "from entities").equals(fetch(other, "from entities"))


def test_no_warehouse_yet_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no warehouse"):
        open_warehouse(tmp_path / "warehouse.duckdb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "\nx"])
def test_a_formula_is_defused(cell: str) -> None:
    assert escape_csv_cell(cell) == "'" + cell


@given(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text()))
def test_no_cell_starts_a_formula_and_the_rest_is_verbatim(cell: object) -> None:
    escaped = escape_csv_cell(cell)
    if isinstance(cell, str):
        assert escaped.removeprefix("'") == cell.removeprefix("'")
        assert not escaped.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    else:
        assert escaped == cell


def test_csv_reads_back(con: duckdb.DuckDBPyConnection) -> None:
    rows = pa.table({"name": ["Okvel, Tomáš", '=HYPERLINK("x")', None], "n": [1, -2, 3]})
    stream = io.StringIO(newline="")
    write_csv(rows, stream)
    stream.seek(0)
    assert list(csv.reader(stream)) == [
        ["name", "n"],
        ["Okvel, Tomáš", "1"],
        ['\'=HYPERLINK("x")', "-2"],
        ["", "3"],
    ]
