"""The data dictionary: the declared tables as a page of Markdown (docs/data_dictionary.md)."""

from __future__ import annotations

from pipeline.schema.registry import TABLES
from pipeline.schema.table import Layer, Table

_INTRO = """# Data dictionary

Written by `dramatis dictionary` from `pipeline/schema`; a test fails when the two differ. Offsets count
Unicode code points of `documents.raw_text`, end-exclusive: `raw_text[start:end] == surface`. Instants are UTC
without a zone.
"""

_LAYERS = {
    Layer.CORE: "## Core: `core` in `warehouse.duckdb`, `exports/current/<table>.parquet`",
    Layer.MARTS: "## Marts: `marts` in `warehouse.duckdb`, `exports/current/<table>.parquet`",
    Layer.LAKE: "## Lake: internal Parquet between the stages, below `lake/`, not for readers",
}


def data_dictionary() -> str:
    """Markdown: every layer, every table, every column with its type and meaning."""
    parts = [_INTRO]
    for layer, heading in _LAYERS.items():
        parts.append(heading + "\n")
        parts += [_section(t) for t in TABLES.values() if t.layer is layer]
    return "\n".join(parts)


def _section(table: Table) -> str:
    lines = [f"### {table.name}", "", f"One row per {table.row}. {table.description}", ""]
    lines += ["| column | type | | meaning |", "| --- | --- | --- | --- |"]
    for c in table.columns:
        mark = "key" if c.key else "" if c.required else "may be null"
        lines.append(f"| `{c.name}` | {c.type.value} | {mark} | {_cell(c.description)} |")
    return "\n".join(lines) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
