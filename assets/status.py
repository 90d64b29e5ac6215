"""`dramatis status`: what a home holds, what is not done yet, who is working on it."""

from __future__ import annotations

from rich.console import Console

from assets.settings import Settings
from assets.stages.pending import pending_work
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.lock import lock_holder
from pipeline.warehouse.release import current_release

_SHOWN = ("landing_files", "raw_documents", "rejected_documents", "documents", "blocks", "mentions", "entities")


def print_status(settings: Settings, console: Console | None = None) -> None:
    """Print the lake's rows, the current release and the pending work; reads, never writes."""
    console = console or Console(highlight=False, soft_wrap=True)
    lake, home = Lake(settings.home), settings.home
    if not lake.root.is_dir():
        console.print(f"{home} holds nothing yet; start with: dramatis run LANDING --home {home}")
        return
    console.print(f"[bold]{home}[/bold]")
    for name in _SHOWN:
        console.print(f"  {name:<20}{lake.row_count(name):>12,} rows")
    days = lake.partitions("raw_documents")
    console.print(f"  ingest days: {f'{len(days)}, {days[0]} to {days[-1]}' if days else 'none'}")
    released = current_release(home)
    console.print(f"  release: {released.id if released else 'none yet'}")
    console.print(f"  {_pending(settings)}")
    holder = lock_holder(home)
    console.print(f"  in use by {holder}" if holder else "  no run is working on it")


def _pending(settings: Settings) -> str:
    """What the next run would do, in one line."""
    pending = pending_work(settings)
    todo = []
    if pending.new_files:
        todo.append(f"{pending.new_files:,} new files in {settings.landing}")
    if pending.stale_days:
        todo.append(f"{len(pending.stale_days)} ingest days whose rules or model have changed")
    if not pending.is_resolved:
        todo.append("entities to bring up to date")
    if not pending.is_published:
        todo.append("a release to make")
    return "to do: " + ", ".join(todo) if todo else "nothing to do"
