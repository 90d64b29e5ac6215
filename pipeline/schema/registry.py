"""The one list of all tables."""

from __future__ import annotations

from pipeline.schema import documents, entities, marts, operations
from pipeline.schema.table import Table

TABLES: dict[str, Table] = {
    declared.name: declared
    for module in (documents, entities, marts, operations)
    for declared in vars(module).values()
    if isinstance(declared, Table)
}


def table(name: str) -> Table:
    """The declared table of that name; KeyError with the known names when there is none."""
    try:
        return TABLES[name]
    except KeyError:
        raise KeyError(f"no table {name!r} is declared; known: {', '.join(sorted(TABLES))}") from None


def published_tables() -> list[Table]:
    """The tables that the warehouse publishes, core before marts, in declared order."""
    return [t for t in TABLES.values() if t.is_published]
