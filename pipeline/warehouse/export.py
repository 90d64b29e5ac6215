"""The published tables as Parquet files, described by a Data Package (https://datapackage.org/standard/)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.schema import Table, Type, arrow_schema, published_tables, table
from pipeline.warehouse import atomic
from pipeline.warehouse.session import Limits, identifier

ROW_GROUP_ROWS = 122_880  # as many as DuckDB keeps together, so that several threads write
# Distinct values of a column that a row group may write once: news repeats its names and its boilerplate.
_DICTIONARY_SIZE = 40_000
# Half the time of zstd's default, for files of news text an eighth larger.
_ZSTD_LEVEL = 1

_FRICTIONLESS_TYPES = {
    Type.TEXT: "string",
    Type.COUNT: "integer",
    Type.SCORE: "number",
    Type.FLAG: "boolean",
    Type.DAY: "date",
    Type.INSTANT: "datetime",
}


@dataclass(frozen=True)
class Resource:
    """One exported table: its file's size in bytes, SHA-256 and rows."""

    table: str
    byte_size: int
    sha256: str
    row_count: int


def export_tables(warehouse: Path, folder: Path, limits: Limits | None = None) -> list[Resource]:
    """Write every published table of a warehouse as <folder>/<table>.parquet, rows in the warehouse's order.

    Text stays verbatim. Equal rows give equal bytes.
    """
    config = (limits or Limits()).as_config()
    with duckdb.connect(str(warehouse), read_only=True, config=config) as con:
        con.execute("SET enable_progress_bar = false")
        return [_export(con, declared, folder) for declared in published_tables()]


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


def _export(con: duckdb.DuckDBPyConnection, declared: Table, folder: Path) -> Resource:
    path = folder / f"{declared.name}.parquet"
    statement = (
        f"COPY (SELECT * FROM {declared.layer.value}.{identifier(declared.name)}) TO $path "
        f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {_ZSTD_LEVEL}, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, "
        f"DICTIONARY_SIZE_LIMIT {_DICTIONARY_SIZE}, KV_METADATA $metadata)"
    )
    with atomic.replacing(path) as temporary:
        con.execute(statement, {"path": str(temporary), "metadata": _key_value_metadata(declared)})
    rows = con.execute(f"SELECT count(*) FROM {declared.layer.value}.{identifier(declared.name)}").fetchone()
    assert rows is not None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Resource(declared.name, path.stat().st_size, digest, rows[0])


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
        "path": f"{declared.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": resource.byte_size,
        "hash": f"sha256:{resource.sha256}",
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
