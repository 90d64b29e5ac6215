"""What the last run came to, in figures: for logs, for Dagster's plots over time, for alerts."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq

from pipeline.warehouse.release import Release

_COUNTS = ("document_count", "new_document_count", "rejected_count", "mention_count", "entity_count", "alias_count")


def run_metrics(release: Release) -> dict[str, Any]:
    """The counts of the run that made the release, shares of 0 to 1, seconds, and the checks that warn."""
    order = [("finished_at", "ascending"), ("run_id", "ascending")]
    runs = pq.read_table(release.folder / "runs.parquet").sort_by(order)
    checks = pq.read_table(release.folder / "check_results.parquet", columns=["check_name", "passed"]).to_pylist()
    warnings = [row["check_name"] for row in checks if not row["passed"]]
    if not runs.num_rows:
        return {"warnings": warnings}
    run = runs.slice(runs.num_rows - 1).to_pylist()[0]
    return {
        **{name: run[name] for name in _COUNTS},
        "kept_share": run["kept_chars"] / max(run["raw_chars"], 1),
        "mentions_per_1000_chars": 1000 * run["mention_count"] / max(run["kept_chars"], 1),
        "rejected_share": run["rejected_count"] / max(run["rejected_count"] + run["document_count"], 1),
        "seconds": (run["finished_at"] - run["started_at"]).total_seconds(),
        "warnings": warnings,
    }
