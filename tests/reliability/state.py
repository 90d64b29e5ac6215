"""What a home holds, in a form in which two homes can be compared.

Compared byte by byte: every file of the lake and of the current release. Left out is what bears a run's id or a
clock: the table `runs`, the check that compares runs, the run_id of redirects, the release's running number; and
warehouse.duckdb, whose pages are laid out by threads, is compared by its rows.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.schema import published_tables

_BY_ROW = {"entity_redirects": ["run_id"], "check_results": []}


def state(home: Path) -> dict[str, str]:
    """A name for each thing a home holds, and a hash of it."""
    current = home / "exports" / "current"
    found = {f"lake/{path.relative_to(home / 'lake')}": _digest(path) for path in _files(home / "lake")}
    found |= {f"exports/{path.name}": _digest(path) for path in sorted(current.glob("*.parquet"))}
    found = {name: digest for name, digest in found.items() if "/runs" not in name}
    package = json.loads((current / "datapackage.json").read_text(encoding="utf-8"))
    found["datapackage"] = repr([r["title"] for r in package["resources"]])
    return found | _warehouse(home)


def leftovers(home: Path) -> list[str]:
    """Names of unfinished files, wherever a run may write."""
    return [str(path) for folder in ("lake", "exports") for path in (home / folder).rglob("*.tmp")]


def _warehouse(home: Path) -> dict[str, str]:
    """The rows of every table in the DuckDB file, which must be those of the Parquet file."""
    found = {}
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True, config={"threads": 1}) as con:
        for declared in published_tables():
            parquet = pq.read_table(home / "exports" / "current" / f"{declared.name}.parquet").to_pylist()
            rows = con.sql(f"select * from {declared.layer.value}.{declared.name}").to_arrow_table().to_pylist()
            assert rows == parquet, declared.name
            found[f"duckdb/{declared.name}"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return {name: digest for name, digest in found.items() if name != "duckdb/runs"}


def _digest(path: Path) -> str:
    name = next((name for name in _BY_ROW if name in path.parts or path.stem == name), None)
    if name is None:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    rows = pq.read_table(path).drop_columns(_BY_ROW[name]).to_pylist()
    return repr([row for row in rows if row.get("check_name") != "run_drift"])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
