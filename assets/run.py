"""The command line's run: what is to be done is read from the data, then Dagster's own definitions do it in process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from assets.report import Report
from assets.settings import FIRST_DAY, Settings
from assets.stages.pending import Pending, pending_work
from assets.stages.prune import NothingDeliveredError, prune
from pipeline.warehouse.lock import Holder, HomeBusyError, home_lock

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult
    from dagster._utils.error import SerializableErrorInfo

_FAILED = "The run failed; what was published before stands unchanged."


class RunFailedError(RuntimeError):
    """A step or a blocking check failed; the published tables are the old ones. The message says which."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to. `pending` is what there was to do; nothing, when the home was up to date."""

    pending: Pending
    run_id: str | None = None


def run_pipeline(
    settings: Settings,
    day: date,
    report: Report,
    *,
    run_id: str | None = None,
    prunes: bool = False,
    wait_seconds: float = 0.0,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Outcome:
    """Bring the home up to date with the landing folder, new files going into the partition of `day`.

    `run_id` is its id in `runs`, a new one by default; `prunes`: forget first what came from files that are gone.
    Waits up to `wait_seconds` for another run on the home, telling `on_wait` once who holds it; what there is to do is
    looked up after that. Raises RunFailedError when a step or a blocking check fails, or the home is still held.
    """
    if not FIRST_DAY <= day <= datetime.now(UTC).date():
        raise RunFailedError(f"{day} cannot be an ingest day: it must lie between {FIRST_DAY} and today (UTC).")
    try:
        with home_lock(settings.home, wait_seconds=wait_seconds, on_wait=on_wait):
            if prunes:
                prune(settings, report)
            pending = pending_work(settings)
            if not pending.anything:
                return Outcome(pending)
            for stale in pending.stale_days:
                if stale != day:
                    _execute("documents", settings, stale, report, None)
            return Outcome(pending, _execute("daily", settings, day, report, run_id))
    except (HomeBusyError, NothingDeliveredError) as error:
        raise RunFailedError(str(error)) from None
    except OSError as error:  # outside of Dagster's steps: a home that cannot be written to, a landing folder gone
        raise RunFailedError(f"{_FAILED}\n  {type(error).__name__}: {error}") from None


def _execute(job: str, settings: Settings, day: date, report: Report, run_id: str | None) -> str:
    """Run a job in this process, which holds the home's lock."""
    import dagster as dg

    from assets.definitions import defs
    from assets.resources import Home

    home = Home(
        landing=str(settings.landing),
        home=str(settings.home),
        model=settings.model,
        engine=settings.engine,
        months_above=settings.months_above,
        is_held=True,
    )
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        result = defs.resolve_job_def(job).execute_in_process(
            partition_key=day.isoformat(),
            resources={"home": home, "report": report},
            run_config=quiet,
            instance=instance,
            run_id=run_id,
            raise_on_error=False,
        )
    if not result.success:
        raise RunFailedError(_failure(result))
    return result.run_id


def _failure(result: ExecuteInProcessResult) -> str:
    """The failed steps and checks in words a person can act on."""
    lines = [_FAILED]
    for event in result.all_events:
        if event.is_step_failure:
            lines.append(f"  {event.step_key}: {_root_message(event.step_failure_data.error)}")
        elif event.event_type_value == "RESOURCE_INIT_FAILURE":
            lines.append(f"  {_root_message(event.engine_event_data.error)}")
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            rows, sample = (str(check.metadata[name].value) for name in ("offending_rows", "sample"))
            lines.append(f"  check {check.check_name}: {check.description}")
            lines.append(f"    rows that offend: {rows}, such as {sample.splitlines()[0]}")
    return "\n".join(lines)


def _root_message(error: SerializableErrorInfo | None) -> str:
    """What went wrong at the bottom of a chain of errors; of this project's own errors the message alone."""
    if error is None:
        return "failed"
    while error.cause is not None:
        error = error.cause
    message = error.message.strip()
    name, _, words = message.partition(": ")
    return words if name.startswith("pipeline.") and words else message
