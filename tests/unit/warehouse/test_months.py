"""Large tables as a file a month: the same rows, whoever reads them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipeline.warehouse.entity_diff import diff_entities
from pipeline.warehouse.release import build_path, publish
from tests.sql.world import harbor_world

LARGE = ("documents", "blocks", "mentions")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One warehouse published as a file a table, as a file a month, and that once more."""
    built = harbor_world().build(tmp_path_factory.mktemp("world"))[0]
    folders = {}
    for name, months in (("whole", None), ("months", 0), ("again", 0)):
        home = tmp_path_factory.mktemp(name)
        build_path(home).parent.mkdir(parents=True)
        shutil.copy(built, build_path(home))
        folders[name] = publish(home, build_path(home), months_above=months).folder
    return folders


def whole(exports: dict[str, Path], table: str) -> pd.DataFrame:
    return pd.read_parquet(exports["whole"] / f"{table}.parquet")


@pytest.mark.parametrize("table", LARGE)
def test_each_reader_finds_the_same_rows(exports: dict[str, Path], table: str) -> None:
    expected, folder = whole(exports, table), exports["months"] / f"{table}.parquet"
    key = list(expected.columns[:2])
    found = {
        "pandas": pd.read_parquet(folder),
        "polars": pl.read_parquet(folder, hive_partitioning=True).to_pandas(),
        "pyarrow": ds.dataset(folder, partitioning="hive").to_table().to_pandas(),
        "duckdb": duckdb.sql(f"FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)").df(),
    }
    for name, frame in found.items():
        assert "published_month" in frame.columns, name
        one, other = (f[key].astype(str).sort_values(key).to_numpy().tolist() for f in (expected, frame))
        assert one == other, name


@pytest.mark.parametrize("table", LARGE)
def test_a_file_holds_its_month_in_the_order_of_the_whole(exports: dict[str, Path], table: str) -> None:
    day = whole(exports, "documents").set_index("document_id")["published_date"]
    month = pd.to_datetime(day).dt.strftime("%Y-%m").fillna("undated")
    expected = whole(exports, table)
    of_row = expected["document_id"].map(month)
    folders = sorted((exports["months"] / f"{table}.parquet").iterdir())
    assert [f.name for f in folders] == sorted(f"published_month={m}" for m in of_row.unique())
    assert len(folders) > 1
    for folder in folders:
        (file,) = folder.iterdir()
        rows = pq.read_table(file, partitioning=None).to_pandas()
        same_month = expected[of_row == folder.name.partition("=")[2]].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, same_month)
        assert pq.read_schema(file).metadata[b"comment"]


def test_small_tables_stay_files_and_equal_rows_give_equal_bytes(exports: dict[str, Path]) -> None:
    assert (exports["months"] / "entities.parquet").is_file()
    files = sorted(f.relative_to(exports["months"]) for f in exports["months"].rglob("*.parquet") if f.is_file())
    assert files == sorted(f.relative_to(exports["again"]) for f in exports["again"].rglob("*.parquet") if f.is_file())
    for file in files:
        assert (exports["months"] / file).read_bytes() == (exports["again"] / file).read_bytes()


def test_the_data_package_lists_every_file_with_its_hash(exports: dict[str, Path]) -> None:
    package = json.loads((exports["months"] / "datapackage.json").read_text())
    resources = {r["title"]: r for r in package["resources"]}
    for part in (p for table in LARGE for p in resources[table]["parts"]):
        assert part["hash"] == "sha256:" + hashlib.sha256((exports["months"] / part["path"]).read_bytes()).hexdigest()
    listed = {p for r in resources.values() for p in ([r["path"]] if isinstance(r["path"], str) else r["path"])}
    there = {str(f.relative_to(exports["months"])) for f in exports["months"].rglob("*.parquet") if f.is_file()}
    assert listed == there


def test_releases_of_both_layouts_compare(exports: dict[str, Path]) -> None:
    assert diff_entities(exports["whole"], exports["months"]).num_rows == 0
