"""Releases: readers see one whole state, in Parquet and DuckDB alike, whatever happens to the writer."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.schema import arrow_schema, published_tables
from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.release import (
    ReleaseError,
    activate,
    build_path,
    current_release,
    list_releases,
    publish,
)
from tests.sql.world import World, harbor_world


class Killed(BaseException):
    """Stands for SIGKILL at one step."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two built warehouses: the small world, and the same with one page less."""
    smaller = harbor_world()
    for rows in smaller.rows.values():
        rows[:] = [row for row in rows if row.get("document_id") != "d4"]
    worlds: dict[str, World] = {"whole": harbor_world(), "smaller": smaller}
    return {name: world.build(tmp_path_factory.mktemp(name))[0] for name, world in worlds.items()}


def publish_copy(home: Path, source: Path, **options: object) -> str:
    target = build_path(home)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return publish(home, target, **options).id  # type: ignore[arg-type]


def state(home: Path) -> tuple[int, int]:
    """How many documents a reader counts in the DuckDB file and in the Parquet file."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        counted = con.execute("select count(*) from documents").fetchone()
    assert counted is not None
    return counted[0], pq.read_metadata(home / "exports" / "current" / "documents.parquet").num_rows


def test_a_release_holds_every_published_table_in_both_forms(tmp_path: Path, built: dict[str, Path]) -> None:
    publish_copy(tmp_path, built["whole"])
    current = tmp_path / "exports" / "current"
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as con:
        for declared in published_tables():
            exported = pq.read_table(current / f"{declared.name}.parquet")
            declared_schema = arrow_schema(declared.name)
            assert (exported.schema.names, exported.schema.types) == (declared_schema.names, declared_schema.types)
            stored = con.sql(f"select * from {declared.name}").to_arrow_table()
            assert exported.to_pylist() == stored.to_pylist()
    assert state(tmp_path) == (4, 4)


def test_the_data_package_describes_the_files(tmp_path: Path, built: dict[str, Path]) -> None:
    release_id = publish_copy(tmp_path, built["whole"], versions={"dramatis": "9.9"})
    current = tmp_path / "exports" / "current"
    package = json.loads((current / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == release_id
    assert package["madeWith"] == {"dramatis": "9.9"}
    assert {r["title"] for r in package["resources"]} == {t.name for t in published_tables()}
    for resource in package["resources"]:
        content = (current / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        table = pq.read_table(current / resource["path"])
        assert resource["rowCount"] == table.num_rows
        assert [field["name"] for field in resource["schema"]["fields"]] == table.column_names


def test_comments_stand_in_both_forms(tmp_path: Path, built: dict[str, Path]) -> None:
    publish_copy(tmp_path, built["whole"])
    metadata = pq.read_metadata(tmp_path / "exports" / "current" / "mentions.parquet").metadata
    assert metadata[b"comment.surface"] == b"raw_text[start:end]."
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as con:
        uncommented = con.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name in ('core', 'marts') and comment is null"
        ).fetchall()
    assert uncommented == []


def test_equal_lakes_give_equal_files(tmp_path: Path) -> None:
    for home in (tmp_path / "one", tmp_path / "two"):
        built, _ = harbor_world().build(home)
        publish(home, built)
    one, two = (current_release(tmp_path / home) for home in ("one", "two"))
    assert one is not None
    assert two is not None
    assert one.id == two.id
    for declared in published_tables():
        name = f"{declared.name}.parquet"
        assert (one.folder / name).read_bytes() == (two.folder / name).read_bytes()


def test_pandas_reads_the_export(tmp_path: Path, built: dict[str, Path]) -> None:
    publish_copy(tmp_path, built["whole"])
    frame = pd.read_parquet(tmp_path / "exports" / "current" / "entities.parquet")
    assert frame.set_index("name").loc["Ilsa Marendt", "mention_count"] == 5


def test_readers_keep_the_release_they_opened(tmp_path: Path, built: dict[str, Path]) -> None:
    publish_copy(tmp_path, built["smaller"])
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as reader:
        publish_copy(tmp_path, built["whole"], keep=1)
        assert reader.execute("select count(*) from documents").fetchall() == [(3,)]
    assert state(tmp_path) == (4, 4)


def test_old_releases_are_removed_and_kept_ones_can_come_back(tmp_path: Path, built: dict[str, Path]) -> None:
    ids = [publish_copy(tmp_path, built[name], keep=2) for name in ("whole", "smaller", "whole")]
    assert [(r.id, r.is_current) for r in list_releases(tmp_path)] == [(ids[1], False), (ids[2], True)]
    assert ids[0].split("-")[1] == ids[2].split("-")[1] != ids[1].split("-")[1]
    activate(tmp_path, ids[1])
    assert state(tmp_path) == (3, 3)
    with pytest.raises(ReleaseError, match="keeps no release"):
        activate(tmp_path, "../../elsewhere")


def test_no_release_yet(tmp_path: Path) -> None:
    assert list_releases(tmp_path) == []
    assert current_release(tmp_path) is None


def publish_until(home: Path, source: Path, stop_at: int | None) -> int:
    """Publish, and die at the n-th rename, link or flush; returns how many of them came before that or the end."""
    done = 0

    def counting(real):  # type: ignore[no-untyped-def]
        def step(*args, **kwargs):  # type: ignore[no-untyped-def]
            nonlocal done
            if done == stop_at:
                raise Killed
            done += 1
            return real(*args, **kwargs)

        return step

    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Killed):
        for owner, name in ((Path, "rename"), (Path, "replace"), (Path, "symlink_to"), (os, "fsync")):
            patch.setattr(owner, name, counting(getattr(owner, name)))
        publish_copy(home, source)
    return done


def test_killed_at_any_step_readers_see_one_whole_release(tmp_path: Path, built: dict[str, Path]) -> None:
    before, home = tmp_path / "before", tmp_path / "home"
    publish_copy(before, built["smaller"])
    shutil.copytree(before, home, symlinks=True)
    last = publish_until(home, built["whole"], None)
    seen = set()
    # Exporting the tables is many like steps; the swing is the last few.
    for stop_at in (0, 1, last // 2, *range(last - 6, last)):
        shutil.rmtree(home)
        shutil.copytree(before, home, symlinks=True)
        assert publish_until(home, built["whole"], stop_at) == stop_at
        seen.add(state(home))
        publish_copy(home, built["whole"])
        assert state(home) == (4, 4)
        assert not list((home / "exports" / "releases").glob(".*"))
    assert seen == {(3, 3), (4, 4)}


def test_a_build_replaces_what_a_killed_build_left(tmp_path: Path) -> None:
    lake = harbor_world().write(tmp_path)
    target = build_path(tmp_path)
    target.parent.mkdir(parents=True)
    target.write_bytes(b"half a database")
    target.with_name(target.name + ".wal").write_bytes(b"half a log")
    assert all(result.passed for result in build_warehouse(target, lake))
