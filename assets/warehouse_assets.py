"""The published tables: one asset a SQL model, its data checks, and the release that readers see."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import dagster as dg
import duckdb

from assets.lake_assets import OWNERS
from assets.metadata import PREVIEW_ROWS, definition_metadata, materialization_metadata
from assets.metrics import run_metrics
from assets.report import RecordingReport
from assets.resources import Home
from assets.stages.ledger import RunStamp
from assets.stages.publish import build, release
from pipeline.schema import table
from pipeline.versions import sql_sha256
from pipeline.warehouse.checks import CheckResult, load_checks
from pipeline.warehouse.models import Model, published_models, references
from pipeline.warehouse.release import build_path
from pipeline.warehouse.sqlfile import SqlFile

# A daily schedule that misses a day is late; one that misses two is broken.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=50), warn_window=timedelta(hours=26))
SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}

_MODELS = published_models()
_CHECKS = load_checks()


def model_spec(model: Model) -> dg.AssetSpec:
    """The asset of one SQL model, downstream of the tables its SELECT names."""
    return dg.AssetSpec(
        [model.layer, model.name],
        deps=[source.split(".") for source in sorted(model.sources) if source != "lake.runs"],  # the build's own row
        description=f"{model.file.description} One row per {table(model.name).row}.",
        group_name=model.layer,
        code_version=sql_sha256()[:12],
        owners=OWNERS,
        kinds={"duckdb", "sql"},
        metadata=definition_metadata(model.name),
        freshness_policy=FRESHNESS if model.layer == "marts" else None,
    )


def check_spec(check: SqlFile) -> dg.AssetCheckSpec:
    """The asset check of one file of sql/checks, shown at the first published table it reads."""
    published = [f"{m.layer}.{m.name}" for m in _MODELS]
    read = [name for name in published if name in references(check)]
    return dg.AssetCheckSpec(
        check.name,
        asset=(read or ["core.documents"])[0].split("."),
        description=check.description,
        blocking=check.values("severity") == ["error"],
    )


_CHECK_SPECS = {check.name: check_spec(check) for check in _CHECKS}


@dg.multi_asset(
    name="warehouse",
    pool="home",
    specs=[model_spec(m) for m in _MODELS],
    check_specs=list(_CHECK_SPECS.values()),
)
def warehouse_assets(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Builds the next warehouse out of readers' sight and runs the data checks on it."""
    results = build(home.settings, _stamp(context), report)
    with duckdb.connect(str(build_path(home.settings.home)), read_only=True) as con:
        for model in _MODELS:
            head = con.sql(f"SELECT * FROM {model.qualified_name} LIMIT {PREVIEW_ROWS}").to_arrow_table()
            rows = con.sql(f"SELECT count(*) FROM {model.qualified_name}").fetchall()[0][0]
            yield dg.MaterializeResult(
                asset_key=[model.layer, model.name], metadata=materialization_metadata(model.name, head, rows)
            )
    for result in results:
        yield _check_result(result)


@dg.asset(
    key=["release"],
    deps=[[m.layer, m.name] for m in _MODELS],
    group_name="release",
    owners=OWNERS,
    pool="home",
    kinds={"duckdb", "parquet"},
)
def release_asset(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> dg.MaterializeResult:
    """What readers see: `warehouse.duckdb` and `exports/current/`, swung to the checked build in one rename."""
    released = release(home.settings, report)
    return dg.MaterializeResult(
        metadata={
            "release": released.id,
            "folder": dg.MetadataValue.path(str(released.folder)),
            **run_metrics(released),
        }
    )


def _stamp(context: dg.AssetExecutionContext) -> RunStamp:
    """Who this run is. A run of the published tables alone belongs to no ingest day but today's."""
    record = context.instance.get_run_record_by_id(context.run_id)
    began = record.start_time if record is not None and record.start_time else datetime.now(UTC).timestamp()
    started = datetime.fromtimestamp(began, UTC).replace(tzinfo=None)
    partition = context.run_tags.get("dagster/partition")
    return RunStamp(context.run_id, started, date.fromisoformat(partition) if partition else started.date())


def _check_result(result: CheckResult) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=_CHECK_SPECS[result.name].asset_key,
        check_name=result.name,
        passed=result.passed,
        severity=SEVERITY[result.severity],
        description=result.description,
        metadata={
            "offending_rows": result.offending_count,
            "sample": dg.MetadataValue.text("\n".join(map(str, result.sample))),
        },
    )
