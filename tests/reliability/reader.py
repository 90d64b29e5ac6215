"""Somebody who reads a home all the time, as dashboards do, and minds what is not whole."""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from pipeline.schema import published_tables
from tests.reliability.forked import context

PAUSE = 0.2  # seconds between two readings
REST = 4  # and so many times as long as the last one took, to leave the machine to the runs


@dataclass
class Observations:
    """What a reader saw: how often it read everything, which releases, and whatever was wrong."""

    passes: int = 0
    releases: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def reading(home: Path) -> Iterator[Observations]:
    """Read the home again and again in another process while the block runs; the observations are filled at its end."""
    seen, forking = Observations(), context()
    here, there = forking.Pipe()
    process = forking.Process(target=_read_on, args=(home, there), daemon=True)
    process.start()
    here.recv()  # it has read once
    try:
        yield seen
    finally:
        here.send("enough")
        found = here.recv()
        process.join()
        seen.passes, seen.releases, seen.faults = found.passes, found.releases, found.faults


def read_everything(home: Path) -> str:
    """Read the current release through both doors; AssertionError for anything half or mixed. Returns its id."""
    release, rows = _read_parquet(home)
    before = _duckdb_release(home)
    counts = _read_duckdb(home)
    after = _duckdb_release(home)
    assert counts in (_row_counts(before), _row_counts(after)), f"{before}: {counts}"
    if before.name == after.name == release:
        assert counts == rows
    return release


def _read_parquet(home: Path) -> tuple[str, dict[str, int]]:
    folder = (home / "exports" / "current").resolve(strict=True)  # once: what follows is of one release
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == folder.name
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"], resource["path"]
        assert pq.read_metadata(folder / resource["path"]).num_rows == resource["rowCount"]
    return folder.name, {r["title"]: r["rowCount"] for r in package["resources"]}


def _read_duckdb(home: Path) -> dict[str, int]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True, config={"threads": 1}) as con:
        (lost,) = con.sql("select count(*) from mentions anti join entities using (entity_id)").fetchall()[0]
        assert lost == 0
        tables = [t.name for t in published_tables()]
        return {name: con.sql(f"select count(*) from {name}").fetchall()[0][0] for name in tables}


def _duckdb_release(home: Path) -> Path:
    return (home / "warehouse.duckdb").resolve(strict=True).parent


def _row_counts(release: Path) -> dict[str, int]:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["title"]: resource["rowCount"] for resource in package["resources"]}


def _read_on(home: Path, there: Any) -> None:
    seen, rest = Observations(), 0.0
    while not there.poll(rest):
        began = time.monotonic()
        try:
            release = read_everything(home)
            if release not in seen.releases:
                seen.releases.append(release)
        except Exception:
            seen.faults.append(traceback.format_exc())
        seen.passes += 1
        rest = PAUSE + REST * (time.monotonic() - began)
        if seen.passes == 1:
            there.send("begun")
    there.send(seen)
