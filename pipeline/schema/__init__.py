"""Every table and column, declared once.

Arrow schemas, DuckDB types and comments, Parquet metadata, Dagster's column metadata and
docs/data_dictionary.md all derive from the declarations in this package.
"""

from pipeline.schema.arrow import arrow_schema, conform, empty_table, table_from_rows
from pipeline.schema.dictionary import data_dictionary
from pipeline.schema.registry import TABLES, published_tables, table
from pipeline.schema.table import Column, Layer, Table, Type

__all__ = [
    "TABLES",
    "Column",
    "Layer",
    "Table",
    "Type",
    "arrow_schema",
    "conform",
    "data_dictionary",
    "empty_table",
    "published_tables",
    "table",
    "table_from_rows",
]
