"""Arrow schemas from the declared tables, and the two ways to make a table obey one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from pipeline.schema.registry import table
from pipeline.schema.table import ARROW_TYPES


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a declared table; descriptions travel as `comment` metadata of table and fields."""
    declared = table(name)
    fields = [pa.field(c.name, ARROW_TYPES[c.type], metadata={"comment": c.description}) for c in declared.columns]
    return pa.schema(fields, metadata={"comment": declared.description, "row": f"one row per {declared.row}"})


def empty_table(name: str) -> pa.Table:
    """A table of no rows with the declared schema."""
    return arrow_schema(name).empty_table()


def table_from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows (mappings; absent keys are null) as a table with the declared schema.

    Raises KeyError for a key that the table does not declare, pa.ArrowInvalid for a value of another type.
    """
    schema, rows = arrow_schema(name), list(rows)
    known = set(schema.names)
    if unknown := {key for row in rows for key in row} - known:
        raise KeyError(f"{name} declares no column {', '.join(sorted(unknown))}")
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def conform(data: pa.Table, name: str) -> pa.Table:
    """The table's declared columns in declared order and type, others left out.

    Raises KeyError when a declared column is missing, pa.ArrowInvalid when a value does not fit its type.
    """
    schema = arrow_schema(name)
    if missing := set(schema.names) - set(data.column_names):
        raise KeyError(f"{name} lacks {', '.join(sorted(missing))}")
    return data.select(schema.names).cast(schema)
