"""`dramatis release` and `dramatis diff`: the kept releases of a home, and what changed between two of them."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.markup import escape

from pipeline.warehouse.entity_diff import diff_entities
from pipeline.warehouse.lock import HomeBusyError
from pipeline.warehouse.query import write_csv
from pipeline.warehouse.release import (
    DATAPACKAGE,
    Release,
    ReleaseError,
    find_release,
    list_releases,
    made_by,
    rollback,
)

MAX_SHOWN = 20
_COUNTED = ("documents", "mentions", "entities", "aliases")


def print_releases(home: Path, console: Console | None = None) -> bool:
    """One line a kept release, oldest first; False when there is none."""
    console = console or Console(highlight=False, soft_wrap=True)
    kept = list_releases(home)
    if not kept:
        console.print(f"{home} keeps no release yet")
    for release in kept:
        console.print(_release_line(release), markup=False)
    return bool(kept)


def print_rollback(home: Path, reference: str, console: Console | None = None) -> bool:
    """Make an older release the current one and say what follows from it; False when that cannot be done."""
    console = console or Console(highlight=False, soft_wrap=True)
    try:
        released = rollback(home, reference)
    except (ReleaseError, HomeBusyError) as error:
        console.print(str(error), style="red", markup=False)
        return False
    console.print(f"readers now see release {released.id}", markup=False)
    console.print("The lake is as it was: the next run publishes anew from it. Until then, correct what was wrong.")
    return True


def print_diff(home: Path, before: str, after: str, as_csv: bool, console: Console | None = None) -> bool:
    """What became of the entities from one release to another, the most mentioned ones of each change, or all of them
    as CSV; False when a release is not kept."""
    console = console or Console(highlight=False, soft_wrap=True)
    try:
        old, new = (find_release(home, reference) for reference in (before, after))
    except ReleaseError as error:
        Console(stderr=True, soft_wrap=True).print(str(error), style="red", markup=False)
        return False
    changes = diff_entities(old.folder, new.folder)
    if as_csv:
        write_csv(changes, sys.stdout)
    else:
        console.print(f"entities of {old.id} -> {new.id}")
        _print_changes(changes, console)
    return True


def _print_changes(changes: pa.Table, console: Console) -> None:
    if not changes.num_rows:
        console.print("the same entities under the same names")
    for change, group in groupby(changes.to_pylist(), key=lambda row: row["change"]):
        rows = list(group)
        console.print(f"\n[bold]{change}[/bold] {len(rows):,}")
        for row in rows[:MAX_SHOWN]:
            console.print(f"  {escape(row['name'])}  [dim]{row['entity_id']}[/dim]  {escape(row['detail'])}")
        if len(rows) > MAX_SHOWN:
            console.print(f"  [dim]and {len(rows) - MAX_SHOWN:,} more; --csv lists all[/dim]")


def _release_line(release: Release) -> str:
    package = json.loads((release.folder / DATAPACKAGE).read_text(encoding="utf-8"))
    rows = {resource["title"]: resource["rowCount"] for resource in package["resources"]}
    counts = ", ".join(f"{rows[name]:,} {name}" for name in _COUNTED)
    run_id, finished_at = made_by(release)
    made = f"run {run_id}, {finished_at:%Y-%m-%d %H:%M} UTC" if finished_at else "no run recorded"
    return f"{'*' if release.is_current else ' '} {release.id}  {counts}  ({made})"
