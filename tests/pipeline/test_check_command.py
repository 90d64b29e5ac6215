"""`dramatis check` on a home whose lake has gone on since the release: a failed run is no loss of data."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from assets.cli import main
from assets.report import RecordingReport
from assets.settings import Settings
from assets.stages.publish import release
from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import build_path
from tests.sql.released import first_world
from tests.sql.world import INGEST_DAY, VERSION, World


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("check") / "home"
    settings = Settings(None, home)
    build_warehouse(build_path(home), first_world().write(home))
    release(settings, RecordingReport())
    return home


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """A copy that the test may change."""
    return Path(shutil.copytree(published_home, tmp_path / "home", symlinks=True))


def check(home: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--home", str(home)])


def read_one_more(home: Path) -> None:
    """What a run leaves that reads a page and then fails."""
    world = World()
    world.page("d7", [("body", "A page that came in the night.")], {})
    world.rows = {name: world.rows[name] for name in ("raw_documents", "landing_files")}
    world.write(home)


def damage(home: Path, statement: str) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute(statement)


def test_a_release_made_from_the_lake_is_compared_with_it(home: Path) -> None:
    shown = check(home)
    assert shown.exit_code == 0, shown.output
    assert "wait" not in shown.output
    damage(home, "delete from core.blocks; delete from core.documents")
    shown = check(home)
    assert shown.exit_code == 1
    assert "error documents_reconcile" in shown.output


def test_pages_that_a_failed_run_read_are_not_called_lost(home: Path) -> None:
    read_one_more(home)
    shown = check(home)
    assert shown.exit_code == 0, shown.output
    assert "wait documents_reconcile" in shown.output and "wait landing_reconciles" in shown.output
    assert "2 checks that compare it with the lake wait for the next run" in shown.output


def test_damage_is_seen_all_the_same(home: Path) -> None:
    read_one_more(home)
    damage(home, "update core.mentions set start = start + 1 where surface = 'Port Board'")
    shown = check(home)
    assert shown.exit_code == 1
    assert "error mention_offsets_exact" in shown.output


def test_a_lake_that_lost_what_was_read_is_not_called_ahead(home: Path) -> None:
    read_one_more(home)
    for path in Lake(home).paths("raw_documents", partition=INGEST_DAY, version=VERSION):
        path.unlink()
    read_one_more(home)
    shown = check(home)
    assert shown.exit_code == 1
    assert "error documents_were_read" in shown.output
