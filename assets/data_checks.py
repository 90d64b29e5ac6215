"""`dramatis check`: the data checks on the published warehouse of a home."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from assets.settings import Settings
from pipeline.warehouse.checks import check_warehouse, load_checks, needs_lake_as_released
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import WAREHOUSE


def print_checks(settings: Settings, console: Console | None = None) -> bool:
    """Run every check and print what it found; False when one that stops a release fails (or there is no home)."""
    from assets.stages.publish import is_published, table_versions

    console = console or Console(highlight=False, soft_wrap=True)
    warehouse: Path = settings.home / WAREHOUSE
    if not warehouse.exists():
        console.print(f"there is no warehouse at {warehouse}")
        return False
    lake, checks = Lake(settings.home), load_checks()
    # What a failed run, or one under way, has read is in the lake and not in the release: no loss, only not yet there.
    untold = [] if is_published(settings, lake) else [c for c in checks if needs_lake_as_released(c)]
    told = [check for check in checks if check not in untold]
    results = check_warehouse(warehouse, lake, told, versions=table_versions(settings, lake))
    for result in results:
        mark = "[green]ok  [/green]" if result.passed else f"[red]{result.severity}[/red]"
        console.print(f"{mark} [bold]{result.name}[/bold]  [dim]{result.description}[/dim]")
        if not result.passed:
            console.print(f"     {result.offending_count:,} rows offend, for example:")
            for row in result.sample:
                console.print(f"       {row}", markup=False)
    for check in untold:
        console.print(f"[yellow]wait[/yellow] [bold]{check.name}[/bold]  [dim]{check.description}[/dim]")
    if untold:
        console.print(
            "The release was not made from what the lake and the rules are now: a run failed or is at work, or the"
            f" release was brought back. {len(untold)} checks that compare it with the lake wait for the next run."
        )
    failed = sum(r.blocks_release for r in results)
    console.print(f"{len(results)} checks, {failed} that stop a release failed")
    return failed == 0
