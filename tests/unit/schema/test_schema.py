"""The declared schema: what the contract asks of it, and what derives from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.schema import TABLES, Layer, arrow_schema, conform, data_dictionary, empty_table, table_from_rows

ROOT = Path(__file__).parents[3]


def test_the_dictionary_on_disk_is_the_one_that_the_schema_gives() -> None:
    on_disk = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert on_disk == data_dictionary(), "run: dramatis dictionary --write docs/data_dictionary.md"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_has_a_key_and_every_column_a_description(name: str) -> None:
    declared = TABLES[name]
    assert declared.key
    assert declared.row and declared.description.endswith(".")
    assert all(c.description.endswith(".") for c in declared.columns)
    assert len({c.name for c in declared.columns}) == len(declared.columns)


@pytest.mark.parametrize("name", sorted(t for t, d in TABLES.items() if d.layer is not Layer.LAKE))
def test_published_types_are_those_that_bi_tools_read(name: str) -> None:
    flat = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us")}
    assert set(arrow_schema(name).types) <= flat


def test_descriptions_travel_in_the_arrow_schema() -> None:
    field = arrow_schema("mentions").field("surface")
    assert field.metadata[b"comment"] == b"raw_text[start:end]."


def test_rows_become_a_table_with_nulls_where_nothing_is_said() -> None:
    made = table_from_rows("entity_redirects", [{"old_entity_id": "a", "entity_id": "b", "reason": "merged"}])
    assert made.schema.equals(arrow_schema("entity_redirects"))
    assert made["run_id"].to_pylist() == [None]


def test_no_rows_still_have_the_declared_schema() -> None:
    assert table_from_rows("blocks", []).schema.equals(empty_table("blocks").schema)


def test_an_undeclared_column_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="colour"):
        table_from_rows("blocks", [{"colour": "red"}])


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        table_from_rows("landing_files", [{"byte_size": "large"}])


def test_conform_puts_columns_in_order_and_drops_the_rest() -> None:
    loose = pa.table(
        {
            "extra": [1],
            "ingest_date": [date(2034, 1, 2)],
            "line_key": [7],
            "outlet_id": ["x"],
            "page_count": pa.array([3], pa.int32()),
        }
    )
    assert conform(loose, "outlet_lines").to_pylist() == [{"outlet_id": "x", "line_key": 7, "page_count": 3}]


def test_conform_names_what_is_missing() -> None:
    with pytest.raises(KeyError, match="page_count"):
        conform(pa.table({"outlet_id": ["x"], "line_key": [1]}), "outlet_lines")
