"""`dramatis sql`: a statement, or one of the example questions, answered from the published warehouse."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

MAX_ROWS = 10_000
TIMEOUT_SECONDS = 300.0


def print_query(home: Path, query: str, as_csv: bool, settings: Mapping[str, str] | None = None) -> bool:
    """Print the rows of `query`: an SQL statement or the name of a file of sql/queries, whose parameters
    `settings` gives. False, with the reason on the error stream, when it cannot be answered."""
    import duckdb

    from pipeline.warehouse.query import fetch, load_queries, open_warehouse, run_query, write_csv
    from pipeline.warehouse.release import WAREHOUSE

    question = load_queries().get(query)
    try:
        with open_warehouse(home / WAREHOUSE) as con:
            if question is not None:
                rows = run_query(con, question, settings)
            else:
                rows = fetch(con, query, max_rows=MAX_ROWS, timeout_seconds=TIMEOUT_SECONDS)
    except (FileNotFoundError, duckdb.Error, KeyError) as error:
        click.echo(error.args[0] if error.args else str(error), err=True)
        return False
    if as_csv:
        write_csv(rows, sys.stdout)
    else:
        print_rows(rows)
    return True


def print_rows(rows: pa.Table, console: Console | None = None) -> None:
    """Rows as a table for a terminal, numbers to the right."""
    import pyarrow as pa
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for field in rows.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        shown.add_column(field.name, justify="right" if numeric else "left")
    for row in rows.to_pylist():
        shown.add_row(*(Text(_cell(value)) for value in row.values()))
    console = console or Console(highlight=False, soft_wrap=True)
    console.print(shown)
    console.print(f"[dim]{rows.num_rows:,} rows[/dim]")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
