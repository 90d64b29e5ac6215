"""The Dagster code location: complete, described, and the same that the command line drives."""

from __future__ import annotations

import dagster as dg
import pytest

from assets.definitions import defs
from assets.partitions import ingest_days
from pipeline.schema import published_tables
from pipeline.warehouse.checks import load_checks

GRAPH = defs.resolve_asset_graph()
OURS = sorted(GRAPH.materializable_asset_keys, key=lambda key: key.path)
PARTITIONED = {
    "landing_files",
    "raw_documents",
    "rejected_documents",
    "outlet_lines",
    "documents",
    "blocks",
    "mentions",
}


def test_the_code_location_loads() -> None:
    dg.Definitions.validate_loadable(defs)


def test_every_published_table_is_an_asset() -> None:
    published = {dg.AssetKey([t.layer.value, t.name]) for t in published_tables()} - {
        dg.AssetKey(["core", "check_results"])  # written by the checks themselves
    }
    assert published <= set(OURS)


@pytest.mark.parametrize("key", OURS, ids=lambda key: "/".join(key.path))
def test_an_asset_says_what_it_is_whose_it_is_and_where_it_belongs(key: dg.AssetKey) -> None:
    node = GRAPH.get(key)
    assert node.description and node.owners and node.group_name != "default"
    if key.path[0] != "release":
        assert node.code_version
        assert node.metadata["dagster/column_schema"].columns


@pytest.mark.parametrize("key", [k for k in OURS if k.path[0] == "lake"], ids=lambda key: key.path[1])
def test_document_local_layers_are_partitioned_by_ingest_day_and_no_others(key: dg.AssetKey) -> None:
    expected = ingest_days if key.path[1] in PARTITIONED else None
    assert GRAPH.get(key).partitions_def == expected


def test_every_error_check_blocks_the_release() -> None:
    for check in load_checks():
        (key,) = [k for k in GRAPH.asset_check_keys if k.name == check.name]
        assert GRAPH.get_check_spec(key).blocking == (check.values("severity") == ["error"])


def test_the_release_waits_for_every_model() -> None:
    assert {"/".join(k.path) for k in GRAPH.get(dg.AssetKey(["release"])).parent_keys} >= {
        "core/documents",
        "marts/entity_pairs",
    }


def test_the_daily_schedule_asks_for_the_day_it_runs_on() -> None:
    from datetime import datetime

    schedule = defs.resolve_schedule_def("daily")
    context = dg.build_schedule_context(scheduled_execution_time=datetime.fromisoformat("2026-03-04T05:15:00+00:00"))
    (request,) = schedule.evaluate_tick(context).run_requests
    assert request.partition_key == "2026-03-04"
