"""Data checks: every file of sql/checks returns the rows that offend; none means that it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.lake import Lake
from pipeline.warehouse.session import Limits, side_by_side, warehouse_session
from pipeline.warehouse.sqlfile import SQL_ROOT, SqlFile, SqlFileError, read_sql_folder

SEVERITIES = ("error", "warning")
# `lake: as released` in a check's header: it compares the warehouse with a lake that must not have gone on since.
_AS_RELEASED = ["as released"]
_SAMPLE_ROWS = 5


@dataclass(frozen=True)
class CheckResult:
    """What a check found: `sample` holds a few of the offending rows. An error stops the release."""

    name: str
    severity: str
    passed: bool
    offending_count: int
    sample: tuple[dict[str, Any], ...]
    description: str

    @property
    def blocks_release(self) -> bool:
        return not self.passed and self.severity == "error"


def load_checks(root: Path = SQL_ROOT) -> list[SqlFile]:
    """The check files by name; SqlFileError for one without a known severity."""
    files = read_sql_folder(root / "checks")
    for file in files:
        if file.values("severity") not in [[s] for s in SEVERITIES]:
            raise SqlFileError(file.path, f"state one severity: {' or '.join(SEVERITIES)}")
        if file.values("lake") not in [[], _AS_RELEASED]:
            raise SqlFileError(file.path, f"after `lake:` only {_AS_RELEASED[0]!r} is known")
    return files


def needs_lake_as_released(file: SqlFile) -> bool:
    """Whether a check can only speak while the lake holds just what the warehouse was made from."""
    return file.values("lake") == _AS_RELEASED


def run_checks(con: duckdb.DuckDBPyConnection, checks: Sequence[SqlFile] | None = None) -> list[CheckResult]:
    """Run these checks, or all, in a session of `warehouse_session` (some compare the warehouse with the lake)."""
    return side_by_side(con, run_check, load_checks() if checks is None else checks)


def run_check(con: duckdb.DuckDBPyConnection, file: SqlFile) -> CheckResult:
    """Run one check; SqlFileError when the statement itself fails."""
    try:
        reader = con.sql(file.sql).to_arrow_reader(10_000)
        count = 0
        sample: list[dict[str, Any]] = []
        for batch in reader:
            sample += batch.slice(0, max(0, _SAMPLE_ROWS - len(sample))).to_pylist()
            count += batch.num_rows
    except duckdb.Error as error:
        raise SqlFileError(file.path, str(error)) from error
    return CheckResult(
        name=file.name,
        severity=file.values("severity")[0],
        passed=count == 0,
        offending_count=count,
        sample=tuple(sample),
        description=file.description,
    )


def record_results(con: duckdb.DuckDBPyConnection, results: list[CheckResult]) -> None:
    """Write the results into core.check_results of the session's warehouse."""
    rows = [
        (r.name, r.severity, r.passed, r.offending_count, r.description, _example(r))
        for r in sorted(results, key=lambda result: result.name)
    ]
    con.execute("BEGIN")
    # Row by row: registering an Arrow table makes DuckDB import pandas, which takes longer than many a check.
    con.executemany(
        "INSERT INTO core.check_results (check_name, severity, passed, offending_count, description, example)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    con.execute("COMMIT")


def _example(result: CheckResult) -> str | None:
    return json.dumps(result.sample[0], default=str) if result.sample else None


def check_warehouse(
    warehouse: Path,
    lake: Lake,
    checks: Sequence[SqlFile] | None = None,
    *,
    versions: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> list[CheckResult]:
    """Check a warehouse that stands, without changing it; with all checks, unless some are given."""
    with warehouse_session(warehouse, lake, versions=versions, read_only=True, limits=limits) as con:
        return run_checks(con, checks)
