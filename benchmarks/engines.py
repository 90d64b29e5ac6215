"""What the document-local stages cost a page, here and on a Ray cluster, and what the cluster costs beside them.

    python -m benchmarks.engines PAGES [--pages 200] [--part 50]

PAGES as for benchmarks.run_cost. The pages are ingested in parts; then each engine cleans and searches a copy of the
same home. On Ray the cluster is that of RAY_ADDRESS, else one of this machine's cores. Prints seconds by the clock,
CPU seconds of the local engine, bytes a page by table, and whether both engines wrote the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from assets.report import RecordingReport
from assets.settings import Settings
from assets.stages.clean import clean
from assets.stages.engine import run_parts
from assets.stages.entities import find_mentions
from assets.stages.ingest import ingest
from benchmarks.run_cost import pages, write_landing

DAY = date(2026, 1, 15)
TABLES = ("raw_documents", "documents", "blocks", "mentions", "model_outputs")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and CPU seconds of this process."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def ingest_in_parts(file: Path, home: Path, count: int, part: int) -> tuple[float, float]:
    """Ingest that many pages, so many a part; returns clock and CPU seconds."""
    found, spent = islice(pages(file, ["light", "semi"]), count), [0.0, 0.0]
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(-(-count // part)):
            landing = Path(scratch) / str(number)
            if not write_landing(landing, islice(found, part)):
                break
            settings = Settings(landing, home)
            clock, cpu = timed(lambda settings=settings: ingest(settings, DAY, RecordingReport()))  # type: ignore[misc]
            spent = [spent[0] + clock, spent[1] + cpu]
    return spent[0], spent[1]


def written(home: Path) -> dict[str, bytes]:
    """The parts of the tables that both engines must write alike."""
    files = (p for name in ("documents", "blocks", "mentions") for p in (home / "lake" / name).rglob("*.parquet"))
    return {str(p.relative_to(home)): p.read_bytes() for p in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--part", type=int, default=50)
    parser.add_argument("--engines", default="local,ray")
    args = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        first = Path(scratch) / "ingested"
        clock, cpu = ingest_in_parts(args.file, first, args.pages, args.part)
        print(f"{'ingest':24}{clock:9.2f} s {cpu:9.2f} s CPU", flush=True)
        for engine in args.engines.split(","):
            home = Path(scratch) / engine
            shutil.copytree(first, home)
            settings, report = Settings(None, home, engine=engine), RecordingReport()
            if engine == "ray":
                print(f"{'ray: start':24}{timed(lambda: list(run_parts('ray', len, [''])))[0]:9.2f} s")
                idle = timed(lambda: list(run_parts("ray", len, [""] * 1000)))[0]
                print(f"{'ray: 1,000 empty parts':24}{idle:9.2f} s", flush=True)
            for stage in (clean, find_mentions):
                clock, cpu = timed(lambda: stage(settings, DAY, report))  # noqa: B023
                print(f"{engine + ': ' + stage.__name__:24}{clock:9.2f} s {cpu:9.2f} s CPU", flush=True)
            results.append(written(home))
        for name in TABLES:
            size = sum(p.stat().st_size for p in (home / "lake" / name).rglob("*.parquet"))
            print(f"{name:24}{size / args.pages:9.0f} bytes a page")
    print(f"same bytes: {all(result == results[0] for result in results)}")


if __name__ == "__main__":
    main()
