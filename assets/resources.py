"""The home as a Dagster resource: settings in, the home's lock held while a run's process works on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.report import RecordingReport
from assets.settings import Settings
from pipeline.warehouse.lock import home_lock

_defaults = Settings.from_environment()


class Home(dg.ConfigurableResource):
    """Where pages come from and where everything is kept; one run at a time works on a home."""

    landing: str = Field(default=str(_defaults.landing), description="Folder of delivered pages.")
    home: str = Field(default=str(_defaults.home), description="Folder of lake, warehouse and exports.")
    model: str = Field(default=_defaults.model, description="Installed spaCy pipeline, by name or path.")
    engine: str = Field(default=_defaults.engine, description="Where document-local stages run: local or ray.")
    months_above: int | None = Field(
        default=_defaults.months_above, description="Rows from which on growing tables are exported as a file a month."
    )
    wait_seconds: float = Field(default=600.0, description="How long to wait for another run on the same home.")
    is_held: bool = Field(default=False, description="Whether who starts the run holds the home's lock already.")

    @property
    def settings(self) -> Settings:
        return Settings(Path(self.landing), Path(self.home), self.model, self.engine, self.months_above)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Home]:
        """Hold the lock: for a whole run in process, for a step each under the multiprocess executor."""
        with nullcontext() if self.is_held else home_lock(Path(self.home), wait_seconds=self.wait_seconds):
            yield self


@dg.resource(description="Writes each finished step to the run's log; the command line puts its own in this place.")
def log_report(context: dg.InitResourceContext) -> RecordingReport:
    """A report for runs that nobody watches in a terminal."""
    return RecordingReport(context.log.info if context.log else None)
