"""Build the warehouse: the lake through the SQL models into one DuckDB file, checked before it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb

from pipeline.schema import Column, Table, published_tables, table
from pipeline.warehouse.checks import CheckResult, record_results, run_checks
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.models import WORK, Model, load_models
from pipeline.warehouse.session import Limits, identifier, literal, warehouse_session
from pipeline.warehouse.sqlfile import SqlFileError

# Pages' text: zstd writes it in half the time of DuckDB's own choice, and smaller.
_LONG_TEXTS = {"raw_text", "clean_text", "text"}


def build_warehouse(
    target: Path,
    lake: Lake,
    *,
    versions: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    on_step: Callable[[str], None] | None = None,
) -> list[CheckResult]:
    """Write a new DuckDB file at `target` (replacing what an earlier build left there) and check it.

    The results stand in `core.check_results` too. It is the caller who publishes the file, or does not: see
    release.py. Equal lakes give equal rows in equal order. Raises SqlFileError for a model that fails.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (target, target.with_name(target.name + ".wal")):
        leftover.unlink(missing_ok=True)
    with warehouse_session(target, lake, versions=versions, limits=limits) as con:
        build_tables(con, load_models(), on_step=on_step)
        con.execute("CHECKPOINT warehouse")
        if on_step:
            on_step("checks")
        results = run_checks(con)
        record_results(con, results)
        con.execute("CHECKPOINT warehouse")
    return results


def build_tables(
    con: duckdb.DuckDBPyConnection, models: Sequence[Model], *, on_step: Callable[[str], None] | None = None
) -> None:
    """Create every published table in an empty warehouse and fill those that have a model, in this order."""
    con.execute(f"ATTACH ':memory:' AS {WORK}")
    con.execute("BEGIN; CREATE SCHEMA core; CREATE SCHEMA marts")
    for declared in published_tables():
        create_table(con, declared)
    con.execute("COMMIT")
    for model in models:
        if on_step:
            on_step(model.qualified_name)
        fill_table(con, model)
    con.execute(f"DETACH {WORK}")


def column_definition(column: Column) -> str:
    """A column of a CREATE TABLE: required ones are NOT NULL."""
    words = [identifier(column.name), column.type.value]
    if column.required:
        words.append("NOT NULL")
    if column.name in _LONG_TEXTS:
        words.append("USING COMPRESSION zstd")
    return " ".join(words)


def create_table(con: duckdb.DuckDBPyConnection, declared: Table) -> None:
    """An empty published table with its comments, and a view of the bare name in `main`."""
    name, layer = identifier(declared.name), declared.layer.value
    columns = ", ".join(map(column_definition, declared.columns))
    con.execute(f"CREATE TABLE {layer}.{name} ({columns})")
    con.execute(f"CREATE VIEW main.{name} AS SELECT * FROM {layer}.{name}")
    comment = literal(f"{declared.description} One row per {declared.row}.")
    for kind, owner in (("TABLE", layer), ("VIEW", "main")):
        con.execute(f"COMMENT ON {kind} {owner}.{name} IS {comment}")
        for c in declared.columns:
            column = f"{owner}.{name}.{identifier(c.name)}"
            con.execute(f"COMMENT ON COLUMN {column} IS {literal(c.description)}")


def fill_table(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Run one model into its table, sorted by its key unless the SELECT sorts itself; work is not sorted."""
    try:
        if not model.is_published:
            con.execute(f"CREATE TABLE {model.qualified_name} AS {model.file.sql}")
            return
        declared = table(model.name)
        selected = [d[0] for d in con.execute(f"SELECT * FROM ({model.file.sql}\n) LIMIT 0").description]
        _require_columns(model, selected, [c.name for c in declared.columns])
        order = "" if model.orders_itself else f"ORDER BY {', '.join(map(identifier, declared.key))}"
        con.execute(f"INSERT INTO {model.qualified_name} BY NAME {model.file.sql}\n{order}")
    except duckdb.Error as error:
        raise SqlFileError(model.file.path, str(error)) from error


def _require_columns(model: Model, selected: Sequence[str], declared: Sequence[str]) -> None:
    if list(selected) != list(declared):
        differing = sorted(set(selected) ^ set(declared)) or ["the order"]
        raise SqlFileError(model.file.path, f"its columns are not the declared ones: {', '.join(differing)} differs")
