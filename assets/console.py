"""The report a person sees in a terminal: one line a step, a progress bar while a long one runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assets.report import StepRecord
from assets.run import Outcome
from assets.settings import Settings
from assets.summary import print_summary
from pipeline.warehouse.lock import Holder

NAME_WIDTH = 10


class _BarStep(StepRecord):
    def __init__(self, name: str, progress: Progress) -> None:
        super().__init__(name)
        self._progress = progress
        self._task = progress.add_task(name, total=None, visible=False)

    def expect(self, total: int) -> None:
        self._progress.update(self._task, total=total, visible=total > 0)

    def advance(self, units: int = 1) -> None:
        self._progress.advance(self._task, units)


@dataclass
class ConsoleReport:
    """Prints each finished step; shows a bar while one that knows its size is under way."""

    console: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    steps: list[StepRecord] = field(default_factory=list)

    def begin(self, settings: Settings, day: date) -> None:
        self.console.print(f"[bold]dramatis[/bold] {settings.landing} -> {settings.home}  (ingest day {day})")

    def finish(self, settings: Settings, outcome: Outcome) -> None:
        print_summary(self.console, settings, outcome, self.steps)

    def fail(self, message: str) -> None:
        self.console.print(message, style="red", markup=False, soft_wrap=True)

    def waiting(self, holder: Holder | None) -> None:
        """Say who holds the home that the run waits for."""
        self.console.print(f"  waiting for {holder or 'another run'}", markup=False, soft_wrap=True)

    @contextmanager
    def step(self, name: str) -> Iterator[StepRecord]:
        columns = (
            TextColumn(f"  {{task.description:<{NAME_WIDTH}}}"),
            BarColumn(40),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
        )
        started = time.perf_counter()
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as progress:
            record = _BarStep(name, progress)
            yield record
        record.seconds = time.perf_counter() - started
        self.steps.append(record)
        self.console.print(
            f"  {name:<{NAME_WIDTH}}{record.summary} [dim]({record.seconds:.1f} s)[/dim]", soft_wrap=True
        )
