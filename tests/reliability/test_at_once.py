"""Two runs on one home, schedule and sensor besides, and a reader: nobody sees a lock, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.reliability.conftest import FAULTS, Site
from tests.reliability.deliveries import deliver_page
from tests.reliability.forked import start
from tests.reliability.reader import reading
from tests.reliability.scheduler import scheduled
from tests.reliability.state import leftovers

CYCLES = 2 * FAULTS
EVERY = 4  # cycles between two deliveries: most ticks of a schedule find nothing new


def test_runs_at_once(site: Site, tmp_path: Path) -> None:
    with reading(site.home) as seen, scheduled(site, tmp_path / "dagster") as ticks:
        for cycle in range(CYCLES):
            if cycle % EVERY == 0:
                deliver_page(site.landing, 100 + cycle)
            logs = [tmp_path / f"{cycle}-{number}.txt" for number in (1, 2)]
            runs = [start(site.words, log) for log in logs]
            for run, log in zip(runs, logs, strict=True):
                run.join()
                assert run.exitcode == 0, log.read_text()
                assert "in use by" not in log.read_text()
    assert not seen.faults, seen.faults[0]
    assert not ticks.faults, ticks.faults[0]
    assert ticks.runs >= 1 and ticks.asked >= 1
    _holds_everything(site)
    print(
        f"{CYCLES} cycles of two runs, {ticks.asked} ticks of the sensor, {ticks.runs} runs by it and the schedule; "
        f"{seen.passes} readings of {len(seen.releases)} releases"
    )


def _holds_everything(site: Site) -> None:
    """Every page delivered is a document or a rejection, once, and every data check passes."""
    site.complete()
    assert not leftovers(site.home)
    delivered = {str(path.relative_to(site.landing)) for path in site.landing.rglob("*") if path.is_file()}
    with duckdb.connect(str(site.home / "warehouse.duckdb"), read_only=True) as con:
        found = con.sql("select source_path from documents union all select source_path from rejected_documents")
        paths = [path.partition("#")[0] for (path,) in found.fetchall()]
        failed = con.sql("select check_name from check_results where not passed and severity = 'error'").fetchall()
    assert set(paths) == delivered - {"harbour-courier/pilot-again.txt"}, "a page delivered again is the one it repeats"
    assert len([path for path in paths if path.startswith("arrivals/")]) == len(list(site.landing.glob("arrivals/*")))
    assert failed == []
