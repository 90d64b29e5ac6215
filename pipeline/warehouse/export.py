"""The published tables as Parquet files, described by a Data Package (https://datapackage.org/standard/)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from pipeline.schema import Table, Type, arrow_schema, published_tables, table
from pipeline.warehouse import atomic
from pipeline.warehouse.session import Limits, identifier, side_by_side

ROW_GROUP_ROWS = 122_880  # a whole number of the groups that DuckDB keeps together, which threads take in turn
# Distinct values of a column that a row group may write once: news repeats its names and its boilerplate.
_DICTIONARY_SIZE = 40_000
# Half the time of zstd's default, for files of news text an eighth larger.
_ZSTD_LEVEL = 1
# Tables with a document in each row, which grow with every page; and the folder of documents without a date.
_BY_MONTH = ("documents", "blocks", "mentions")
MONTH, UNDATED = "published_month", "undated"

_FRICTIONLESS_TYPES = {
    Type.TEXT: "string",
    Type.COUNT: "integer",
    Type.SCORE: "number",
    Type.FLAG: "boolean",
    Type.DAY: "date",
    Type.INSTANT: "datetime",
}


@dataclass(frozen=True)
class ExportedFile:
    """One file: its path below the export's folder, its size in bytes and its SHA-256."""

    path: str
    byte_size: int
    sha256: str


@dataclass(frozen=True)
class Resource:
    """One exported table: its files, one or one a month, and its rows."""

    table: str
    files: tuple[ExportedFile, ...]
    row_count: int

    @property
    def sha256(self) -> str:
        """Of the file; of several, of their paths and hashes."""
        if len(self.files) == 1:
            return self.files[0].sha256
        return hashlib.sha256("\n".join(f"{f.path} {f.sha256}" for f in self.files).encode()).hexdigest()


def export_tables(
    warehouse: Path, folder: Path, limits: Limits | None = None, months_above: int | None = None
) -> list[Resource]:
    """Write every published table of a warehouse as <folder>/<table>.parquet, rows in the warehouse's order.

    Documents, blocks and mentions of more than `months_above` rows (never, when None) become folders of that name with
    a file for each month of publication, <table>.parquet/published_month=2024-05/part-0.parquet: what Hive, Spark,
    pandas and Polars read as one table. Text stays verbatim. Equal rows give equal bytes.
    """
    config = (limits or Limits()).as_config()
    with duckdb.connect(str(warehouse), read_only=True, config=config) as con:
        con.execute("SET enable_progress_bar = false")
        tables = published_tables()
        large = [t for t in tables if t.name in _BY_MONTH and months_above is not None and _rows(con, t) > months_above]
        # First, and one by one: they take the threads away that a session's statements share.
        exported = {t.name: _export_months(con, t, folder) for t in large}
        whole = [t for t in tables if t.name not in exported]
        written = side_by_side(con, partial(_export_whole, folder=folder), whole)
        exported |= {resource.table: resource for resource in written}
    return [exported[t.name] for t in tables]


def write_datapackage(path: Path, release_id: str, resources: list[Resource], versions: Mapping[str, str]) -> None:
    """Write datapackage.json: the tables with bytes, sha256, rows and schema, and what made them."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "dramatis",
        "version": release_id,
        "title": "Who's who in a collection of news pages",
        "madeWith": dict(sorted(versions.items())),
        "resources": [_describe(resource) for resource in resources],
    }
    atomic.write_text(path, json.dumps(package, indent=2, ensure_ascii=False) + "\n")


def _export_whole(con: duckdb.DuckDBPyConnection, declared: Table, folder: Path) -> Resource:
    path = folder / f"{declared.name}.parquet"
    with atomic.replacing(path) as temporary:
        _copy(con, declared, f"SELECT * FROM {_qualified(declared)}", temporary)
    return Resource(declared.name, (_measured(path, folder),), _rows(con, declared))


def _export_months(con: duckdb.DuckDBPyConnection, declared: Table, folder: Path) -> Resource:
    month = f"coalesce(strftime(published_date, '%Y-%m'), '{UNDATED}') AS {MONTH}"
    dates = f"SELECT document_id, {month} FROM core.documents"
    query = (
        f"SELECT rows.*, dates.{MONTH} FROM {_qualified(declared)} AS rows INNER JOIN ({dates}) AS dates"
        " USING (document_id)"
    )
    path = folder / f"{declared.name}.parquet"
    threads = con.execute("SELECT current_setting('threads')").fetchall()[0][0]
    con.execute("SET threads = 1")  # several would deal the rows out as they come, into a file each
    _copy(con, declared, query, path, f", PARTITION_BY ({MONTH}), FILENAME_PATTERN 'part-{{i}}'")
    con.execute(f"SET threads = {threads}")
    files = sorted(path.rglob("*.parquet"))
    for file in files:
        atomic.sync(file)
    return Resource(declared.name, tuple(_measured(file, folder) for file in files), _rows(con, declared))


def _qualified(declared: Table) -> str:
    return f"{declared.layer.value}.{identifier(declared.name)}"


def _rows(con: duckdb.DuckDBPyConnection, declared: Table) -> int:
    return con.execute(f"SELECT count(*) FROM {_qualified(declared)}").fetchall()[0][0]


def _copy(con: duckdb.DuckDBPyConnection, declared: Table, query: str, path: Path, further: str = "") -> None:
    statement = (
        f"COPY ({query}) TO $path "
        f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {_ZSTD_LEVEL}, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, "
        f"DICTIONARY_SIZE_LIMIT {_DICTIONARY_SIZE}, KV_METADATA $metadata{further})"
    )
    con.execute(statement, {"path": str(path), "metadata": _key_value_metadata(declared)})


def _measured(file: Path, folder: Path) -> ExportedFile:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return ExportedFile(file.relative_to(folder).as_posix(), file.stat().st_size, digest)


def _key_value_metadata(declared: Table) -> dict[str, str]:
    """Comments twice: as plain keys for any reader, and in the Arrow schema, for pyarrow's fields."""
    schema = arrow_schema(declared.name)
    return {
        "comment": declared.description,
        "row": f"one row per {declared.row}",
        **{f"comment.{c.name}": c.description for c in declared.columns},
        "ARROW:schema": base64.b64encode(schema.serialize().to_pybytes()).decode(),
    }


def _describe(resource: Resource) -> dict[str, Any]:
    declared = table(resource.table)
    return {
        "name": declared.name.replace("_", "-"),
        "title": declared.name,
        "description": f"{declared.description} One row per {declared.row}.",
        **_where(resource.files),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rowCount": resource.row_count,
        "schema": {
            "fields": [
                {
                    "name": c.name,
                    "type": _FRICTIONLESS_TYPES[c.type],
                    "description": c.description,
                    "constraints": {"required": c.required},
                }
                for c in declared.columns
            ],
            "primaryKey": list(declared.key),
        },
    }


def _where(files: tuple[ExportedFile, ...]) -> dict[str, Any]:
    """Path, bytes and hash; of several files each has its own, in `parts`: the specification knows one a resource."""
    if len(files) == 1:
        return {"path": files[0].path, "bytes": files[0].byte_size, "hash": f"sha256:{files[0].sha256}"}
    parts = [{"path": f.path, "bytes": f.byte_size, "hash": f"sha256:{f.sha256}"} for f in files]
    return {"path": [f.path for f in files], "bytes": sum(f.byte_size for f in files), "parts": parts}
