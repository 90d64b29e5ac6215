"""The report for machines: one JSON object a line, each with the time, the run's id and what happened."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TextIO

from assets.metrics import run_metrics
from assets.report import StepRecord
from assets.run import Outcome
from assets.settings import Settings
from pipeline.warehouse.lock import Holder
from pipeline.warehouse.release import current_release


@dataclass
class JsonReport:
    """Writes `run_started`, `waiting`, `step`, `run_finished` and `run_failed` as they happen."""

    run_id: str
    stream: TextIO = field(default_factory=lambda: sys.stdout)

    def begin(self, settings: Settings, day: date) -> None:
        self._write("run_started", landing=str(settings.landing), home=str(settings.home), ingest_date=day.isoformat())

    def waiting(self, holder: Holder | None) -> None:
        self._write("waiting", level="warning", holder=str(holder or "another run"))

    @contextmanager
    def step(self, name: str) -> Iterator[StepRecord]:
        record, began = StepRecord(name), time.perf_counter()
        yield record
        self._write("step", step=name, summary=record.summary, seconds=round(time.perf_counter() - began, 3))

    def finish(self, settings: Settings, outcome: Outcome) -> None:
        release = current_release(settings.home)
        metrics = run_metrics(release) if release else {}
        self._write("run_finished", changed=outcome.pending.anything, release=release and release.id, **metrics)

    def fail(self, message: str) -> None:
        self._write("run_failed", level="error", message=message)

    def _write(self, event: str, level: str = "info", **values: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "level": level, "run_id": self.run_id, "event": event, **values}
        print(json.dumps(line, ensure_ascii=False), file=self.stream, flush=True)
