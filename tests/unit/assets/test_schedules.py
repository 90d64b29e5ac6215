"""The landing sensor: one run request per new batch of content."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.alert import COMMAND
from assets.definitions import defs
from assets.schedules import alert_sensor, batch_key, dead_runs_sensor, landing_sensor
from assets.settings import Settings
from assets.stages.ingest import new_files
from pipeline.warehouse.lock import home_lock


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


def asked_for_the_dead(instance: dg.DagsterInstance) -> dg.DagsterRunStatus:
    """What becomes of a run that has begun when the sensor is asked."""
    run = instance.create_run_for_job(defs.resolve_job_def("daily"), status=dg.DagsterRunStatus.STARTED)
    dead_runs_sensor(dg.build_sensor_context(instance=instance, definitions=defs))
    found = instance.get_run_by_id(run.run_id)
    assert found is not None
    return found.status


def test_a_run_whose_process_is_gone_no_longer_holds_up_the_queue(
    landing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        assert asked_for_the_dead(instance) == dg.DagsterRunStatus.STARTED, "it may be about to take the lock"
        monkeypatch.setattr("assets.schedules.START_UP", -timedelta(minutes=1))
        with home_lock(tmp_path / "home"):
            assert asked_for_the_dead(instance) == dg.DagsterRunStatus.STARTED, "somebody is at work"
        assert asked_for_the_dead(instance) == dg.DagsterRunStatus.FAILURE


def test_an_alert_is_given_with_the_words_of_the_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told.txt"
    monkeypatch.setenv(COMMAND, f"tee {told}")
    with dg.DagsterInstance.ephemeral() as instance:
        run = instance.create_run_for_job(defs.resolve_job_def("daily"), status=dg.DagsterRunStatus.STARTED)
        event = instance.report_run_failed(run, "the tide took it")
        context = dg.build_run_status_sensor_context("alert", event, instance, run).for_run_failure()
        alert_sensor(context)
    assert "the tide took it" in told.read_text()
