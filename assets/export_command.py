"""`dramatis export`: the published tables in the formats of other tools."""

from __future__ import annotations

from pathlib import Path

import click


def print_export(home: Path, form: str, folder: Path) -> bool:
    """Write the export into `folder` and say what it holds; False, with the reason on the error stream, when it
    cannot be written."""
    from pipeline.warehouse.ftm import FILE as FTM_FILE
    from pipeline.warehouse.ftm import LibraryMissingError, write_ftm
    from pipeline.warehouse.graphml import FILE as GRAPHML_FILE
    from pipeline.warehouse.graphml import write_graphml
    from pipeline.warehouse.release import WAREHOUSE

    try:
        if form == "ftm":
            written = write_ftm(home / WAREHOUSE, folder)
            held = ", ".join(f"{count:,} {name}" for name, count in sorted(written.items()))
            click.echo(f"{folder / FTM_FILE}: {held}")
        else:
            nodes, edges = write_graphml(home / WAREHOUSE, folder)
            click.echo(f"{folder / GRAPHML_FILE}: {nodes:,} entities, {edges:,} pairs")
    except (FileNotFoundError, LibraryMissingError) as error:
        click.echo(str(error), err=True)
        return False
    return True
