"""When runs happen: every day, and whenever new files have landed."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.alert import alert
from assets.settings import Settings
from assets.stages.ingest import new_files
from pipeline.ingest.scan import LandingFile
from pipeline.warehouse.lock import lock_holder

START_UP = timedelta(minutes=10)  # in which a run may not have taken the home's lock yet

# For days that a changed rule or model has made stale. It does not ingest: what is new belongs to the day it came.
documents_job = dg.define_asset_job(
    "documents",
    selection=dg.AssetSelection.groups("clean", "entities"),
    description="Clean and search the documents of one ingest day again, without touching what is published.",
)

daily_job = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.all(),
    description="One ingest day from the landing folder to the published tables.",
)

daily_schedule = dg.build_schedule_from_partitioned_job(
    daily_job, name="daily", hour_of_day=5, minute_of_hour=15, description="Every day at 05:15 UTC."
)


@dg.sensor(
    name="landing",
    job=daily_job,
    minimum_interval_seconds=60,
    description="Asks for one run per new batch of landing files; the run key is the batch's content.",
)
def landing_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Compares the landing folder with the ledger of files already read."""
    settings = Settings.from_environment()
    if settings.landing is None or not settings.landing.is_dir():
        return dg.SkipReason(f"{settings.landing} is not a folder")
    fresh = new_files(settings)
    if not fresh:
        return dg.SkipReason("nothing new has landed")
    seen = json.loads(context.cursor or "{}")
    state = _state(fresh)
    if seen.get("state") != state:
        seen = {"state": state, "key": batch_key(fresh)}
        context.update_cursor(json.dumps(seen))
    day = datetime.now(UTC).date().isoformat()
    return dg.RunRequest(run_key=seen["key"], partition_key=day, tags={"landing_files": str(len(fresh))})


@dg.run_failure_sensor(
    name="alert",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Calls the command that DRAMATIS_ALERT names when a run has failed.",
)
def alert_sensor(context: dg.RunFailureSensorContext) -> None:
    """Tell the user's own command what failed, in the words of the run's failure event."""
    run, day = context.dagster_run, context.dagster_run.tags.get("dagster/partition")
    if unsaid := alert(f"{run.job_name} of {day}: {context.failure_event.message}", run.run_id):
        context.log.warning(unsaid)


@dg.sensor(
    name="dead_runs",
    minimum_interval_seconds=300,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Fails the runs whose process is gone, so that the next one may start.",
)
def dead_runs_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """A killed run stays `started` for ever, and the queue lets one run through at a time.

    A run that lives holds the home, or waits for who does: where nobody has the lock, none lives.
    """
    holder = lock_holder(Settings.from_environment().home)
    if holder:
        return dg.SkipReason(f"{holder} is at work")
    started = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED], updated_before=datetime.now(UTC) - START_UP)
    dead = context.instance.get_runs(started)
    for run in dead:
        context.instance.report_run_failed(run, "Its process is gone: killed, or the machine went down.")
    return dg.SkipReason(f"{len(dead)} runs were dead")


def batch_key(files: Iterable[LandingFile]) -> str:
    """A hash of the names and bytes of a batch of landing files: delivered again, it asks for no second run."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.source_path.encode() + b"\0")
        try:
            with Path(file.path).open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:  # the run will say so in rejected_documents
            digest.update(type(error).__name__.encode())
    return digest.hexdigest()[:20]


def _state(files: Iterable[LandingFile]) -> str:
    """Names, sizes and times: while these are as before, nothing need be hashed again."""
    lines = (f"{file.source_path}\0{file.byte_size}\0{file.modified_ns}" for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]
