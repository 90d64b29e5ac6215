"""What every materialisation says of itself: rows, columns with their meaning, a small preview."""

from __future__ import annotations

from typing import Any

import dagster as dg
import pyarrow as pa

from pipeline.schema import table

PREVIEW_ROWS = 5
PREVIEW_CHARS = 60


def column_schema(name: str) -> dg.TableSchema:
    """The declared columns of a table as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                c.name,
                c.type.value,
                description=c.description,
                constraints=dg.TableColumnConstraints(nullable=not c.required),
            )
            for c in table(name).columns
        ]
    )


def definition_metadata(name: str) -> dict[str, Any]:
    """Metadata that an asset bears before it is ever materialised."""
    return {"dagster/column_schema": column_schema(name), "dagster/table_name": name}


def materialization_metadata(name: str, data: pa.Table, row_count: int | None = None) -> dict[str, Any]:
    """Rows, columns and preview of a materialised table; `data` may be its head when `row_count` is given."""
    return {
        "dagster/row_count": data.num_rows if row_count is None else row_count,
        "dagster/column_schema": column_schema(name),
        "preview": dg.MetadataValue.md(preview(data)),
    }


def preview(data: pa.Table) -> str:
    """The first rows as a Markdown table, long cells cut short."""
    head = data.slice(0, PREVIEW_ROWS)
    lines = [" | ".join(head.column_names), " | ".join("---" for _ in head.column_names)]
    lines += [" | ".join(_cell(value) for value in row.values()) for row in head.to_pylist()]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: Any) -> str:
    words = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return words if len(words) <= PREVIEW_CHARS else words[: PREVIEW_CHARS - 1] + "…"
