"""Names to entities, over all ingest days at once."""

from collections.abc import Iterator

import dagster as dg

from assets.lake_assets import lake_results, lake_spec
from assets.report import RecordingReport
from assets.resources import Home
from assets.stages.resolve import RESOLVED, resolve
from pipeline.versions import room_sha256

_DEPS = {"document_duplicates": ["documents"], **{name: ["documents", "mentions"] for name in RESOLVED}}


@dg.multi_asset(
    name="resolve",
    pool="home",
    specs=[lake_spec(name, "resolve", deps, room_sha256("resolve")[:12]) for name, deps in _DEPS.items()],
)
def resolution_assets(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> Iterator[dg.MaterializeResult]:
    """Marks repeated stories and joins the spellings of one person, organisation or place, each join explained."""
    resolve(home.settings, context.run_id, report)
    yield from lake_results(context, home, list(_DEPS))
