"""The landing sensor: one run request per new batch of content."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from assets.definitions import defs
from assets.schedules import batch_key, landing_sensor
from assets.settings import Settings
from assets.stages.ingest import new_files


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "landing"
    folder.mkdir()
    monkeypatch.setenv("DRAMATIS_LANDING", str(folder))
    monkeypatch.setenv("DRAMATIS_HOME", str(tmp_path / "home"))
    return folder


def tick(cursor: str | None = None) -> tuple[dg.RunRequest | dg.SkipReason, str | None]:
    context = dg.build_sensor_context(cursor=cursor, definitions=defs)
    return landing_sensor(context), context.cursor


def test_an_empty_landing_folder_asks_for_nothing(landing: Path) -> None:
    answer, _ = tick()
    assert isinstance(answer, dg.SkipReason)


def test_a_missing_landing_folder_is_said_and_asks_for_nothing(landing: Path) -> None:
    landing.rmdir()
    answer, _ = tick()
    assert isinstance(answer, dg.SkipReason) and "is not a folder" in answer.skip_message


def test_the_same_batch_has_the_same_run_key_and_a_new_file_another(landing: Path) -> None:
    (landing / "a.txt").write_text("The minister spoke.")
    first, cursor = tick()
    again, cursor = tick(cursor)
    assert isinstance(first, dg.RunRequest) and isinstance(again, dg.RunRequest)
    assert first.run_key == again.run_key
    assert first.partition_key is not None
    (landing / "b.txt").write_text("The minister resigned.")
    other, _ = tick(cursor)
    assert isinstance(other, dg.RunRequest) and other.run_key != first.run_key


def test_the_run_key_is_content_not_time(landing: Path, tmp_path: Path) -> None:
    page = landing / "a.txt"
    page.write_text("The minister spoke.")
    settings = Settings(landing, tmp_path / "home")
    before = batch_key(new_files(settings))
    page.touch()
    assert batch_key(new_files(settings)) == before
    page.write_text("The minister sang.")
    assert batch_key(new_files(settings)) != before
