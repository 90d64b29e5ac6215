"""What a run over the samples publishes: the tables of the contract, exact to the character."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline.schema import arrow_schema, published_tables
from tests.conftest import ROOT

PUBLISHED = [t.name for t in published_tables()]


def rows(home: Path, statement: str) -> list[tuple]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        return con.execute(statement).fetchall()


@pytest.mark.parametrize("name", PUBLISHED)
def test_warehouse_and_parquet_hold_the_declared_columns_and_the_same_rows(sample_home: Path, name: str) -> None:
    exported = pq.read_table(sample_home / "exports" / "current" / f"{name}.parquet")
    declared = arrow_schema(name)
    assert [(f.name, f.type) for f in exported.schema] == [(f.name, f.type) for f in declared]
    with duckdb.connect(str(sample_home / "warehouse.duckdb"), read_only=True) as con:
        in_warehouse = con.sql(f"SELECT * FROM {name}").to_arrow_table()
    assert in_warehouse.column_names == exported.column_names
    assert in_warehouse.num_rows == exported.num_rows
    if name != "entity_redirects":  # a first run redirects nothing
        assert exported.num_rows > 0


def test_every_block_and_mention_is_its_span_of_the_raw_text(sample_home: Path) -> None:
    texts = dict(rows(sample_home, "SELECT document_id, raw_text FROM documents"))
    for table, words in (("blocks", "text"), ("mentions", "surface")):
        for document_id, start, end, surface in rows(
            sample_home, f'SELECT document_id, start, "end", {words} FROM {table}'
        ):
            assert texts[document_id][start:end] == surface


def test_blocks_tile_every_character_that_is_not_blank(sample_home: Path) -> None:
    texts = dict(rows(sample_home, "SELECT document_id, raw_text FROM documents"))
    at = dict.fromkeys(texts, 0)
    for document_id, start, end in rows(
        sample_home, 'SELECT document_id, start, "end" FROM blocks ORDER BY document_id, block_no'
    ):
        assert at[document_id] <= start < end
        assert not texts[document_id][at[document_id] : start].strip()
        at[document_id] = end
    for document_id, text in texts.items():
        assert not text[at[document_id] :].strip()


def test_every_mention_stands_in_a_kept_block_and_means_an_entity(sample_home: Path) -> None:
    (homeless,) = rows(
        sample_home,
        """
        SELECT count(*) FROM mentions
        LEFT JOIN blocks USING (document_id, block_no) LEFT JOIN entities ON mentions.entity_id = entities.entity_id
        WHERE blocks.is_kept IS NOT true OR entities.entity_id IS NULL
        """,
    )
    assert homeless == (0,)


def test_broken_inputs_are_rejected_with_the_reason_a_person_would_give(sample_home: Path) -> None:
    expected = yaml.safe_load((ROOT / "samples" / "gold" / "rejected.yml").read_text(encoding="utf-8"))
    wanted = {(row["source_path"], row["reason_code"]) for row in expected if not row.get("waits")}
    assert wanted
    assert set(rows(sample_home, "SELECT source_path, reason_code FROM rejected_documents")) == wanted


def test_the_package_describes_every_file_of_the_release(sample_home: Path) -> None:
    current = sample_home / "exports" / "current"
    package = json.loads((current / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        file = current / resource["path"]
        assert file.stat().st_size == resource["bytes"]
        assert pq.read_metadata(file).num_rows == resource["rowCount"]
    assert {r["title"] for r in package["resources"]} == set(PUBLISHED)


def test_the_run_that_published_is_on_record(sample_home: Path) -> None:
    (run,) = rows(sample_home, "SELECT document_count, new_document_count, entity_count, model_version FROM runs")
    assert run[0] == run[1] == rows(sample_home, "SELECT count(*) FROM documents")[0][0]
    assert run[2] == rows(sample_home, "SELECT count(*) FROM entities")[0][0]
    assert run[3] == "3.7.1"


def test_all_data_checks_that_stop_a_release_passed(sample_home: Path) -> None:
    assert rows(sample_home, "SELECT check_name FROM check_results WHERE severity = 'error' AND NOT passed") == []
    assert rows(sample_home, "SELECT count(*) FROM check_results")[0][0] >= 15
