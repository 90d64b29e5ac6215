"""How a stage tells a person what it is doing: a named step, its progress, and one closing line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol


class Step(Protocol):
    """One step under way."""

    def expect(self, total: int) -> None:
        """Say how many units the step will take."""

    def advance(self, units: int = 1) -> None:
        """Say that so many more units are done."""

    def close(self, summary: str) -> None:
        """Say in one line what the step did."""


class Report(Protocol):
    """Opens steps; a step ends with its `with` block."""

    def step(self, name: str) -> Any:
        """A context manager that yields a Step."""


@dataclass
class StepRecord:
    """A finished step: name, closing line, wall-clock seconds."""

    name: str
    summary: str = ""
    seconds: float = 0.0

    def expect(self, total: int) -> None:
        """A record shows no progress."""

    def advance(self, units: int = 1) -> None:
        """A record shows no progress."""

    def close(self, summary: str) -> None:
        self.summary = summary


@dataclass
class RecordingReport:
    """Keeps the finished steps and writes each to a log function; what Dagster runs and tests use."""

    log: Any = None
    steps: list[StepRecord] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[StepRecord]:
        record, started = StepRecord(name), time.perf_counter()
        yield record
        record.seconds = time.perf_counter() - started
        self.steps.append(record)
        if self.log is not None:
            self.log(f"{name}: {record.summary} ({record.seconds:.1f} s)")
