"""Dagster's schedule and sensor at work on a home, tick after tick, on an instance of their own.

A daemon asks the sensor once in thirty seconds and starts a run in a process of its own; here the ticks follow one
another without a pause, and the run is executed where the tick was, so that a hundred cycles take minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.reliability.conftest import Site
from tests.reliability.forked import context

PAUSE = 0.5


@dataclass
class Ticks:
    """How often the sensor was asked, how many runs it and the schedule started, and what went wrong."""

    asked: int = 0
    runs: int = 0
    faults: list[str] = field(default_factory=list)


@contextmanager
def scheduled(site: Site, storage: Path) -> Iterator[Ticks]:
    """Tick in another process while the block runs; the ticks are counted at its end."""
    ticks, forking = Ticks(), context()
    here, there = forking.Pipe()
    process = forking.Process(target=_tick_on, args=(site, storage, there), daemon=True)
    process.start()
    try:
        yield ticks
    finally:
        here.send("enough")
        found = here.recv()
        process.join()
        ticks.asked, ticks.runs, ticks.faults = found.asked, found.runs, found.faults


def _tick_on(site: Site, storage: Path, there: Any) -> None:
    import dagster as dg

    names = ("DRAMATIS_LANDING", "DRAMATIS_HOME", "DRAMATIS_MODEL")
    os.environ |= dict(zip(names, map(str, (site.landing, site.home, site.model)), strict=True))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    ticks, cursor = Ticks(), None
    storage.mkdir()
    with dg.DagsterInstance.local_temp(str(storage), overrides={"telemetry": {"enabled": False}}) as instance:
        _execute(site, instance, _scheduled_request(), ticks)
        enough = False
        while not enough:  # asked once at least, however short the block
            request, cursor = _sensed_request(instance, cursor)
            ticks.asked += 1
            if request is not None:
                _execute(site, instance, request, ticks)
            enough = there.poll(PAUSE)
    there.send(ticks)


def _scheduled_request() -> Any:
    import dagster as dg

    from assets.definitions import defs

    tick = dg.build_schedule_context(scheduled_execution_time=datetime.now(UTC))
    (request,) = defs.resolve_schedule_def("daily").evaluate_tick(tick).run_requests
    return request


def _sensed_request(instance: Any, cursor: str | None) -> tuple[Any, str | None]:
    """What the sensor asks for, unless a run of its key was made already, as the daemon decides."""
    import dagster as dg

    from assets.definitions import defs
    from assets.schedules import landing_sensor

    tick = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
    answer = landing_sensor(tick)
    if isinstance(answer, dg.SkipReason):
        return None, tick.cursor
    done = instance.get_runs(filters=dg.RunsFilter(tags={"dagster/run_key": answer.run_key}))
    return (None if done else answer), tick.cursor


def _execute(site: Site, instance: Any, request: Any, ticks: Ticks) -> None:
    from assets.definitions import defs
    from assets.resources import Home

    home = Home(landing=str(site.landing), home=str(site.home), model=str(site.model))
    done = defs.resolve_job_def("daily").execute_in_process(
        partition_key=request.partition_key,
        tags={**request.tags, "dagster/run_key": request.run_key or "scheduled"},
        resources={"home": home},
        instance=instance,
        raise_on_error=False,
    )
    ticks.runs += 1
    if not done.success:
        ticks.faults += [str(event.event_specific_data) for event in done.all_events if event.is_failure]
