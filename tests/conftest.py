"""One run over the sample pages, shared by the tests that only look at it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assets.report import RecordingReport
from assets.run import Outcome, run_pipeline
from assets.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "landing"
SEEDS = ROOT.parent / "shared" / "seeds"
DAY = date(2026, 1, 15)


def run(landing: Path, home: Path, day: date = DAY) -> tuple[Outcome, RecordingReport]:
    """Run the pipeline as the command line does; the report holds the finished steps."""
    report = RecordingReport()
    return run_pipeline(Settings(landing, home), day, report), report


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds samples/landing."""
    home = tmp_path_factory.mktemp("samples")
    run(SAMPLES, home)
    return home


@pytest.fixture(scope="session")
def seed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the five shared pages, where they are beside the checkout."""
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is not beside this checkout: its floor is not tested here")
    home = tmp_path_factory.mktemp("seeds")
    run(SEEDS, home)
    return home
