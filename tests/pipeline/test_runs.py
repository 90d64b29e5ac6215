"""Runs one after another: what is done is not done again, and what changes is done alone."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from assets.cli import main
from assets.run import RunFailedError
from assets.settings import Settings
from assets.stages import versions
from assets.stages.pending import pending_work
from pipeline.versions import room_sha256
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.lock import home_lock
from pipeline.warehouse.release import current_release, list_releases
from tests.conftest import DAY, SAMPLES, run
from tests.pipeline.test_published_tables import rows

PAGE = """Harbour board names new pilot chief

By Ilse Marrow

ROTTERDAM – The harbour board on Tuesday named Captain Joost Verhallen as chief of its pilots.

Verhallen, who has guided ships into Rotterdam for twenty years, said the port would buy two new launches.

Leave a Reply

Your email address will not be published. Required fields are marked *
"""
OPERATIONAL = {"runs.parquet", "check_results.parquet"}


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """A landing folder with one outlet's pages of the samples."""
    folder = tmp_path / "landing"
    shutil.copytree(SAMPLES / "harbour-courier", folder / "harbour-courier")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def published_bytes(home: Path) -> dict[str, bytes]:
    """The exported tables, those with clock times left out."""
    current = home / "exports" / "current"
    return {p.name: p.read_bytes() for p in sorted(current.glob("*.parquet")) if p.name not in OPERATIONAL}


def test_a_second_run_finds_nothing_to_do(landing: Path, home: Path) -> None:
    run(landing, home)
    before = current_release(home)
    outcome, report = run(landing, home)
    assert not outcome.pending.anything
    assert outcome.run_id is None and report.steps == []
    assert current_release(home) == before


def test_two_homes_over_the_same_pages_publish_the_same_bytes(landing: Path, tmp_path: Path) -> None:
    run(landing, tmp_path / "one")
    run(landing, tmp_path / "two")
    one, two = published_bytes(tmp_path / "one"), published_bytes(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_a_new_page_is_the_only_one_that_is_cleaned_and_read(landing: Path, home: Path) -> None:
    run(landing, home)
    known = rows(home, "SELECT count(*) FROM documents")[0][0]
    (landing / "harbour-courier" / "2034-12-30-pilots.txt").write_text(PAGE, encoding="utf-8")
    _, report = run(landing, home, DAY + timedelta(days=1))
    said = {step.name: step.summary for step in report.steps}
    assert said["ingest"].startswith("1 new files: 1 new documents")
    assert said["clean"].startswith("1 documents")
    assert "in 1 documents" in said["mentions"]
    assert rows(home, "SELECT count(*) FROM documents")[0][0] == known + 1
    assert rows(home, "SELECT title FROM documents WHERE source_path LIKE '%pilots%'") == [
        ("Harbour board names new pilot chief",)
    ]
    assert rows(home, "SELECT count(*) FROM blocks WHERE text LIKE 'Leave a Reply%' AND is_kept")[0][0] == 0


def test_a_page_delivered_again_changes_nothing(landing: Path, home: Path) -> None:
    run(landing, home)
    before = published_bytes(home)
    original = next((landing / "harbour-courier").glob("*ferry*.txt"), None) or next(
        p for p in sorted((landing / "harbour-courier").glob("*.txt")) if p.stat().st_size > 500
    )
    shutil.copy(original, original.with_name("delivered-again.txt"))
    run(landing, home, DAY + timedelta(days=1))
    assert published_bytes(home) == before


def test_a_deleted_file_deletes_no_data(landing: Path, home: Path) -> None:
    run(landing, home)
    before = published_bytes(home)
    shutil.rmtree(landing / "harbour-courier")
    outcome, _ = run(landing, home, DAY + timedelta(days=1))
    assert not outcome.pending.anything
    assert published_bytes(home) == before


def test_an_override_redoes_the_resolution_alone(landing: Path, home: Path) -> None:
    run(landing, home)
    (name,) = rows(home, "SELECT name FROM entities WHERE label = 'PERSON' ORDER BY mention_count DESC, name")[0]
    (home / "overrides.yml").write_text(f"rename:\n  - {{name: {name!r}, to: The Captain}}\n", encoding="utf-8")
    _, report = run(landing, home)
    said = {step.name: step.summary for step in report.steps}
    assert said["clean"] == said["mentions"] == "nothing new"
    assert rows(home, "SELECT count(*) FROM entities WHERE name = 'The Captain'") == [(1,)]


def test_a_changed_rule_redoes_its_stage_and_those_after_it(
    landing: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(landing, home)
    before, count = published_bytes(home), rows(home, "SELECT count(*) FROM documents")[0][0]
    monkeypatch.setattr(versions, "room_sha256", lambda room: "changed" if room == "entities" else room_sha256(room))
    outcome, report = run(landing, home)
    said = {step.name: step.summary for step in report.steps}
    assert outcome.pending.stale_days == (DAY,)
    assert said["clean"] == "nothing new"
    assert said["mentions"].endswith(f"in {count} documents; 0 texts read by the model")
    assert said["resolve"] != "nothing new"
    assert published_bytes(home) == before


def test_no_table_of_the_lake_keeps_what_a_later_run_has_replaced(landing: Path, home: Path) -> None:
    run(landing, home)
    (landing / "harbour-courier" / "pilot.txt").write_text(PAGE, encoding="utf-8")
    run(landing, home)
    versions = {
        folder: sorted(inner.name for inner in folder.iterdir())
        for table in (home / "lake").iterdir()
        if table.is_dir()
        for folder in (list(table.glob("ingest_date=*")) or [table])
    }
    assert len(versions) > 15
    assert {folder: names for folder, names in versions.items() if len(names) != 1} == {}


def test_a_failed_check_leaves_readers_the_old_release_and_shows_what_offends(landing: Path, home: Path) -> None:
    run(landing, home)
    before, runs = current_release(home), rows(home, "SELECT run_id FROM runs")
    part = Lake(home).paths("blocks")[0]
    blocks = pq.read_table(part)
    damaged = pa.array(["not what stands there"] * blocks.num_rows)
    pq.write_table(blocks.set_column(blocks.column_names.index("text"), "text", damaged), part)
    with pytest.raises(RunFailedError, match=r"blocks_tile_documents(.|\n)*not what stands there"):
        run(landing, home)
    assert current_release(home) == before
    assert rows(home, "SELECT run_id FROM runs") == runs


def test_a_second_run_on_a_busy_home_says_who_holds_it(landing: Path, home: Path) -> None:
    with home_lock(home), pytest.raises(RunFailedError, match=str(os.getpid())):
        run(landing, home)


def test_pending_work_is_read_from_the_data(landing: Path, home: Path) -> None:
    settings = Settings(landing, home)
    assert pending_work(settings).new_files > 0
    run(landing, home)
    assert not pending_work(settings).anything
    shutil.rmtree(home / "lake" / "mentions")
    assert pending_work(settings).stale_days == (DAY,)


def test_months_are_exported_from_the_next_release_on(landing: Path, home: Path) -> None:
    run(landing, home)
    (landing / "harbour-courier" / "pilots.txt").write_text(PAGE)
    words = ["run", str(landing), "--home", str(home), "--ingest-date", DAY.isoformat(), "--months-above", "10"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    current = home / "exports" / "current"
    assert (current / "entities.parquet").is_file()
    months = {folder.name for folder in (current / "mentions.parquet").iterdir()}
    assert "published_month=2023-02" in months
    assert pq.read_table(current / "mentions.parquet").num_rows == rows(home, "SELECT count(*) FROM mentions")[0][0]


def test_old_releases_are_kept_up_to_a_limit(landing: Path, home: Path) -> None:
    for extra in range(4):
        (landing / "harbour-courier" / f"extra-{extra}.txt").write_text(PAGE.replace("Tuesday", f"day {extra}"))
        run(landing, home, date(2026, 2, 1) + timedelta(days=extra))
    assert len(list_releases(home)) == 3
