"""The columns ever published, as a file that only grows: what readers rely on does not go away unannounced.

    python -m pipeline.schema.snapshot      adds what is declared now to docs/published_columns.tsv

A line names a table, a column and its type. A line that the declared schema no longer holds (the column is gone, or
has another type) must be told in CHANGELOG.md as `table.column`; tests/unit/schema/test_snapshot.py is the gate.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.schema.registry import published_tables

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "docs" / "published_columns.tsv"
CHANGELOG = ROOT / "CHANGELOG.md"

PublishedColumn = tuple[str, str, str]  # table, column, type


def declared_columns() -> set[PublishedColumn]:
    """The columns that the declared schema publishes."""
    return {(t.name, c.name, c.type.value) for t in published_tables() for c in t.columns}


def read_snapshot(path: Path = SNAPSHOT) -> set[PublishedColumn]:
    """The columns ever published; ValueError for a line that is not table, column and type."""
    columns = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        table, column, kind = line.split("\t")
        columns.add((table, column, kind))
    return columns


def write_snapshot(columns: set[PublishedColumn], path: Path = SNAPSHOT) -> None:
    """Write the columns, one a line, sorted: a change shows as the lines it adds."""
    path.write_text("".join("\t".join(column) + "\n" for column in sorted(columns)), encoding="utf-8")


def unannounced(ever: set[PublishedColumn], declared: set[PublishedColumn], changelog: str) -> list[str]:
    """The columns (`table.column`) that are gone or have another type without a word in the change log."""
    changed = {f"{table}.{column}" for table, column, _ in ever - declared}
    return sorted(name for name in changed if f"`{name}`" not in changelog)


if __name__ == "__main__":
    write_snapshot(declared_columns() | (read_snapshot() if SNAPSHOT.exists() else set()))
