"""A document that would take for ever: it is refused by the stage it holds up, and all others go on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import pipeline.clean
import pipeline.entities
from assets.report import RecordingReport
from assets.run import run_pipeline
from assets.settings import Settings
from assets.stages.pending import pending_work
from tests.conftest import DAY
from tests.pipeline.test_published_tables import rows
from tests.reliability.deliveries import LAUNCHES, deliver_first

STAGES = {
    "clean": (pipeline.clean, pipeline.clean.clean_documents),
    "mentions": (pipeline.entities, pipeline.entities.extract_mentions),
}


def runaway(real):
    """The stage's function, which never comes back from a page about launches."""

    def work(documents, *rest, **named):
        while any("Launches ordered" in text for text in documents["raw_text"].to_pylist()):
            time.process_time()
        return real(documents, *rest, **named)

    return work


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_runaway_document_is_refused_and_the_run_completes(
    stage: str, models: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "landing", tmp_path / "home", str(models[0]))
    deliver_first(settings.landing)
    (settings.landing / "launches.txt").write_text(LAUNCHES)
    with monkeypatch.context() as patched:
        room, function = STAGES[stage]
        patched.setattr(room, function.__name__, runaway(function))
        patched.setattr("assets.stages.budget.DOCUMENT_SECONDS", 2.0)
        run_pipeline(settings, DAY, RecordingReport())
    refused = rows(settings.home, "SELECT source_path, detail FROM rejected_documents WHERE reason_code = 'too_slow'")
    assert [path for path, _ in refused] == ["launches.txt"]
    assert f"The stage {stage} " in refused[0][1]
    searched = rows(settings.home, "SELECT DISTINCT source_path FROM mentions JOIN documents USING (document_id)")
    assert {path for (path,) in searched} >= {"harbour-courier/pilot.txt", "quay-mail/letter.html"}, "the others go on"
    assert not pending_work(settings).anything, "it is not tried again and again"
