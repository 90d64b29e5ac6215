"""One row of `runs` a run: what the lake holds when its stages are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.settings import Settings
from assets.stages.versions import all_rules_sha256
from pipeline.schema import table_from_rows
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import list_releases

VERSION = "runs"


@dataclass(frozen=True)
class RunStamp:
    """Who a run is: Dagster's run id, when it began (UTC, without zone), its ingest day."""

    run_id: str
    started_at: datetime
    day: date


def record_run(settings: Settings, lake: Lake, stamp: RunStamp, now: datetime, versions: Mapping[str, str]) -> None:
    """Write the run's row, counting the lake's tables at these versions; written again, it replaces itself."""
    row = {
        "run_id": stamp.run_id,
        "started_at": stamp.started_at,
        "finished_at": now,
        "ingest_date": stamp.day,
        "code_version": version("dramatis"),
        "rules_sha256": all_rules_sha256(),
        **_model(settings),
        **_counts(lake, versions),
    }
    lake.write("runs", table_from_rows("runs", [row]), version=VERSION, key=stamp.run_id)


def forget_unpublished(settings: Settings, lake: Lake) -> None:
    """Take back the rows of runs that ended before they published anything: killed, or stopped by an error."""
    kept = list_releases(settings.home)
    if not kept:  # none was made yet, or somebody removed them: nothing tells
        return
    published = pq.read_table(kept[-1].folder / "runs.parquet", columns=["run_id"])["run_id"].to_pylist()
    for run_id in set(lake.read("runs", ["run_id"])["run_id"].to_pylist()).difference(published):
        forget_run(lake, run_id)


def forget_run(lake: Lake, run_id: str) -> None:
    """Take the row of a run back whose tables were not published."""
    for path in lake.paths("runs"):
        if path.name == f"part-{run_id}.parquet":
            path.unlink()


def _model(settings: Settings) -> dict[str, str]:
    from pipeline.entities import model_identity

    identity = model_identity(settings.model)
    return {"model_name": identity.name, "model_version": identity.version}


def _counts(lake: Lake, versions: Mapping[str, str]) -> dict[str, int]:
    def rows(name: str) -> int:
        return lake.row_count(name, version=versions[name])

    sizes = lake.read("documents", ["raw_chars", "kept_chars"], version=versions["documents"])
    earlier = lake.read("runs", ["document_count", "finished_at"]).sort_by("finished_at")
    before = earlier["document_count"][-1].as_py() if earlier.num_rows else 0
    return {
        "landing_file_count": rows("landing_files"),
        "document_count": sizes.num_rows,
        "new_document_count": sizes.num_rows - before,
        "rejected_count": rows("rejected_documents"),
        "block_count": rows("blocks"),
        "raw_chars": _sum(sizes["raw_chars"]),
        "kept_chars": _sum(sizes["kept_chars"]),
        "mention_count": rows("mentions"),
        "entity_count": rows("entities"),
        "alias_count": rows("aliases"),
    }


def _sum(column: pa.ChunkedArray) -> int:
    return pc.sum(column).as_py() or 0
