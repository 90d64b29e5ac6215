"""`dramatis check`: the data checks on the published warehouse of a home."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from assets.settings import Settings
from pipeline.warehouse.checks import check_warehouse
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import WAREHOUSE


def print_checks(settings: Settings, console: Console | None = None) -> bool:
    """Run every check and print what it found; False when one that stops a release fails (or there is no home)."""
    from assets.stages.publish import table_versions

    console = console or Console(highlight=False)
    warehouse: Path = settings.home / WAREHOUSE
    if not warehouse.exists():
        console.print(f"there is no warehouse at {warehouse}")
        return False
    lake = Lake(settings.home)
    results = check_warehouse(warehouse, lake, versions=table_versions(settings, lake))
    for result in results:
        mark = "[green]ok  [/green]" if result.passed else f"[red]{result.severity}[/red]"
        console.print(f"{mark} [bold]{result.name}[/bold]  [dim]{result.description}[/dim]")
        if not result.passed:
            console.print(f"     {result.offending_count:,} rows offend, for example:")
            for row in result.sample:
                console.print(f"       {row}", soft_wrap=True, markup=False)
    failed = sum(r.blocks_release for r in results)
    console.print(f"{len(results)} checks, {failed} that stop a release failed")
    return failed == 0
