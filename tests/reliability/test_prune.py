"""`--prune`: what came from files that are gone goes too, and what else was delivered stays."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assets.report import RecordingReport
from assets.run import RunFailedError, run_pipeline
from assets.settings import Settings
from assets.stages.pending import pending_work
from tests.pipeline.test_published_tables import rows
from tests.reliability.deliveries import deliver_first, deliver_second

DAYS = date(2024, 3, 8), date(2024, 3, 9)


@pytest.fixture
def settings(models: tuple[Path, Path], tmp_path: Path) -> Settings:
    """A home after two deliveries on two days."""
    settings = Settings(tmp_path / "landing", tmp_path / "home", str(models[0]))
    for deliver, day in zip((deliver_first, deliver_second), DAYS, strict=True):
        deliver(settings.landing)
        run_pipeline(settings, day, RecordingReport())
    return settings


def source_paths(settings: Settings) -> set[str]:
    found = rows(settings.home, "SELECT source_path FROM documents UNION SELECT source_path FROM rejected_documents")
    return {path for (path,) in found}


def test_files_that_are_gone_are_forgotten_only_when_asked(settings: Settings) -> None:
    before = source_paths(settings)
    (settings.landing / "more.jsonl").unlink()
    (settings.landing / "harbour-courier" / "pilot.txt").unlink()  # delivered again as pilot-again.txt
    assert not run_pipeline(settings, DAYS[1], RecordingReport()).pending.anything
    assert source_paths(settings) == before
    run_pipeline(settings, DAYS[1], RecordingReport(), prunes=True)
    gone = {"more.jsonl#L1", "more.jsonl#L2", "more.jsonl#L3", "harbour-courier/pilot.txt"}
    assert source_paths(settings) == before - gone | {"harbour-courier/pilot-again.txt"}
    assert rows(settings.home, "SELECT count(*) FROM check_results WHERE NOT passed AND severity = 'error'") == [(0,)]
    assert not pending_work(settings).anything


def test_an_empty_landing_folder_prunes_nothing(settings: Settings) -> None:
    before = source_paths(settings)
    shutil.rmtree(settings.landing)
    settings.landing.mkdir()
    with pytest.raises(RunFailedError, match="is it mounted"):
        run_pipeline(settings, DAYS[1], RecordingReport(), prunes=True)
    assert source_paths(settings) == before
