"""Releases: what readers see, switched from one whole state to the next by a single rename.

    exports/releases/<id>/<table>.parquet, datapackage.json, warehouse.duckdb
    exports/current     -> releases/<id>                     swung by rename
    warehouse.duckdb    -> exports/current/warehouse.duckdb  set once

The DuckDB file is part of the release, so that it and the Parquet files can never be of two states. A reader
that has a file open keeps it; a release is removed only after newer ones.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.warehouse import atomic
from pipeline.warehouse.export import Resource, export_tables, write_datapackage
from pipeline.warehouse.lock import home_lock

WAREHOUSE = "warehouse.duckdb"
DATAPACKAGE = "datapackage.json"
_RELEASE_ID = re.compile(r"\d{6}-[0-9a-f]{12}")
# Operational tables bear clock times: two runs over the same input share the rest of the id.
_NOT_CONTENT = {"runs", "check_results"}


class ReleaseError(RuntimeError):
    """A release that is asked for and is not there."""


@dataclass(frozen=True)
class Release:
    """A published state: `id` is a running number and a hash of the published rows."""

    id: str
    folder: Path
    is_current: bool

    @property
    def warehouse(self) -> Path:
        return self.folder / WAREHOUSE


def build_path(home: Path) -> Path:
    """Where a new warehouse is built: beside the releases, out of every reader's sight."""
    return home / "exports" / ".next" / WAREHOUSE


def publish(
    home: Path,
    built: Path,
    *,
    versions: Mapping[str, str] | None = None,
    keep: int = 3,
    months_above: int | None = None,
) -> Release:
    """Export the built warehouse's tables and make both the current release; keep the last `keep` releases.

    `versions` (of package, model, rules) go into datapackage.json; `months_above` as for `export_tables`. Hold the
    home's lock. Killed anywhere, the published files are the old release or the new one, and the next call removes what
    was left.
    """
    releases = home / "exports" / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    atomic.sweep(releases)
    staging = atomic.temporary_name(releases / "next")
    staging.mkdir()
    resources = export_tables(built, staging, months_above=months_above)
    release_id = f"{_next_number(releases):06d}-{_content_hash(resources)}"
    write_datapackage(staging / DATAPACKAGE, release_id, resources, versions or {})
    built.rename(staging / WAREHOUSE)
    atomic.sync(staging / WAREHOUSE)
    atomic.sync(staging)
    staging.rename(releases / release_id)
    atomic.sync(releases)
    activated = activate(home, release_id)
    _retain(home, keep)
    return activated


def activate(home: Path, release_id: str) -> Release:
    """Make a release that is kept the current one (also the way back to an earlier one)."""
    if release_id not in [release.id for release in list_releases(home)]:
        raise ReleaseError(f"{home} keeps no release {release_id}")
    exports = home / "exports"
    atomic.point(exports / "current", f"releases/{release_id}")
    link, target = home / WAREHOUSE, f"exports/current/{WAREHOUSE}"
    if not link.is_symlink() or str(link.readlink()) != target:
        atomic.point(link, target)
    return Release(release_id, exports / "releases" / release_id, is_current=True)


def rollback(home: Path, reference: str) -> Release:
    """Make a release that is kept the current one; the lake stays as it is, so that the next run publishes anew.

    `reference` as for `find_release`. Takes the home's lock: raises HomeBusyError while a run is at work.
    """
    find_release(home, reference)  # before the lock, which would make a home of any folder
    with home_lock(home):
        return activate(home, find_release(home, reference).id)


def find_release(home: Path, reference: str) -> Release:
    """The kept release that `reference` names: `current`, `previous` (the one made before the current one), an id or
    the beginning of one, or the id of the run that made it. Raises ReleaseError for none and for several."""
    kept = list_releases(home)
    if not kept:
        raise ReleaseError(f"{home} keeps no release yet")
    at = next((number for number, release in enumerate(kept) if release.is_current), None)
    if reference in ("current", "previous"):
        wanted = None if at is None else at - (reference == "previous")
        found = [] if wanted is None or wanted < 0 else [kept[wanted]]
    else:
        found = [r for r in kept if r.id.startswith(reference)] if reference else []
        found = found or [r for r in kept if made_by(r)[0] == reference]
    if len(found) != 1:
        several = "more than one release" if found else "no release"
        raise ReleaseError(f"{home} keeps {several} {reference}; it keeps {', '.join(r.id for r in kept)}")
    return found[0]


def made_by(release: Release) -> tuple[str | None, datetime | None]:
    """The id of the run that made a release, and when that run ended (UTC); nulls where no run is recorded."""
    with pq.ParquetFile(release.folder / "runs.parquet") as file:
        runs = file.read(["run_id", "finished_at"]).to_pylist()
    if not runs:
        return None, None
    last = max(runs, key=lambda run: (run["finished_at"], run["run_id"]))
    return last["run_id"], last["finished_at"]


def list_releases(home: Path) -> list[Release]:
    """The releases that are kept, oldest first."""
    folder = home / "exports" / "releases"
    current = home / "exports" / "current"
    current_id = current.readlink().name if current.is_symlink() else None
    names = sorted(f.name for f in folder.iterdir()) if folder.is_dir() else []
    return [Release(n, folder / n, n == current_id) for n in names if _RELEASE_ID.fullmatch(n)]


def current_release(home: Path) -> Release | None:
    """The release readers see; None before the first."""
    return next((release for release in list_releases(home) if release.is_current), None)


def _next_number(releases: Path) -> int:
    numbers = [int(f.name[:6]) for f in releases.iterdir() if _RELEASE_ID.fullmatch(f.name)]
    return max(numbers, default=0) + 1


def _content_hash(resources: list[Resource]) -> str:
    lines = [f"{r.table}:{r.sha256}" for r in resources if r.table not in _NOT_CONTENT]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def _retain(home: Path, keep: int) -> None:
    former = [release for release in list_releases(home) if not release.is_current]
    for release in former[: max(0, len(former) - (keep - 1))]:
        atomic.remove_tree(release.folder)
