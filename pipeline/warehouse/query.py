"""Reading the published warehouse: a connection that can only read it, and the example questions."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, TextIO

import duckdb
import pyarrow as pa

from pipeline.warehouse.session import Limits, identifier
from pipeline.warehouse.sqlfile import SQL_ROOT, SqlFile, read_sql_folder

READER_LIMITS = Limits(memory="2GiB")
_BATCH_ROWS = 10_000
# What spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def open_warehouse(path: Path, limits: Limits = READER_LIMITS) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse for untrusted statements: no writing, no file, network or extension, no way
    to change the settings or to see Python's variables. FileNotFoundError when there is none yet."""
    if not path.exists():
        raise FileNotFoundError(f"there is no warehouse at {path}")
    config = {
        **limits.as_config(),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
        "enable_external_access": False,
    }
    con = duckdb.connect(str(path), read_only=True, config=config)
    # A progress bar writes between the rows, and only a connection can be told to do without: before the lock, which
    # another reader in this process may have set.
    if not con.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
        con.execute("SET enable_progress_bar = false; SET lock_configuration = true")
    return con


def fetch(
    con: duckdb.DuckDBPyConnection,
    statement: str,
    parameters: Mapping[str, Any] | list[Any] | None = None,
    *,
    max_rows: int | None = None,
    timeout_seconds: float | None = None,
) -> pa.Table:
    """The rows of one statement as Arrow, at most `max_rows` of them.

    Raises duckdb.Error for a statement that fails, duckdb.InterruptException past `timeout_seconds`.
    """
    with _time_limit(con, timeout_seconds):
        relation = con.sql(statement, params=parameters)
        if relation is None:  # a statement that returns no rows, such as SET VARIABLE
            return pa.table({})
        return (relation if max_rows is None else relation.limit(max_rows)).to_arrow_table()


def stream_rows(con: duckdb.DuckDBPyConnection, statement: str) -> Iterator[dict[str, Any]]:
    """The rows of a statement one by one, for answers larger than memory."""
    for batch in con.sql(statement).to_arrow_reader(_BATCH_ROWS):
        yield from batch.to_pylist()


def load_queries(root: Path = SQL_ROOT) -> dict[str, SqlFile]:
    """The example questions of sql/queries, those for dashboards included, by name."""
    folders = (root / "queries", root / "queries" / "dashboard")
    return {file.name: file for folder in folders for file in read_sql_folder(folder)}


def run_query(con: duckdb.DuckDBPyConnection, query: SqlFile, settings: Mapping[str, Any] | None = None) -> pa.Table:
    """Answer an example question; `settings` gives values for parameters that its header lists.

    A parameter is a DuckDB variable with a default in the statement, so that the file runs as it stands in
    any client, after `SET VARIABLE` or without. Raises KeyError for one that the question does not have.
    """
    known = query_parameters(query)
    settings = settings or {}
    if unknown := settings.keys() - known.keys():
        raise KeyError(f"{query.name} has no parameter {', '.join(sorted(unknown))}")
    try:
        for name, value in settings.items():
            con.execute(f"SET VARIABLE {identifier(name)} = ?", [value])
        return fetch(con, query.sql)
    finally:
        for name in settings:
            con.execute(f"RESET VARIABLE {identifier(name)}")


def query_parameters(query: SqlFile) -> dict[str, str]:
    """The parameters of a question, each with its meaning."""
    return {
        name.strip(): meaning.strip()
        for name, _, meaning in (value.partition(",") for value in query.values("parameter"))
    }


def escape_csv_cell(value: Any) -> Any:
    """A cell that a spreadsheet will not run: text that starts like a formula gets a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def write_csv(rows: pa.Table, stream: TextIO) -> None:
    """Write rows as CSV (RFC 4180) with a header; every cell passes `escape_csv_cell`, nulls are empty."""
    writer = csv.writer(stream)
    writer.writerow([escape_csv_cell(name) for name in rows.column_names])
    for batch in rows.to_batches():
        columns = [column.to_pylist() for column in batch.columns]
        writer.writerows([escape_csv_cell(cell) for cell in row] for row in zip(*columns, strict=True))


@contextmanager
def _time_limit(con: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = Timer(seconds, con.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
