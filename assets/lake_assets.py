"""The document-local layers, one partition an ingest day: ingest, clean, entities."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets.metadata import definition_metadata, materialization_metadata
from assets.partitions import ingest_days
from assets.report import RecordingReport
from assets.resources import Home
from assets.settings import Settings
from assets.stages.clean import clean
from assets.stages.entities import find_mentions
from assets.stages.ingest import ingest
from assets.stages.versions import RAW, clean_version, mentions_version
from pipeline.schema import table
from pipeline.warehouse.lake import Lake

OWNERS = ["team:newsroom-data"]


def lake_spec(name: str, group: str, deps: list[str], code_version: str) -> dg.AssetSpec:
    """The asset of one lake table; keys are prefixed `lake`, apart from the published tables of the same name."""
    return dg.AssetSpec(
        ["lake", name],
        deps=[["lake", d] for d in deps],
        description=f"One row per {table(name).row}. {table(name).description}",
        group_name=group,
        code_version=code_version,
        owners=OWNERS,
        kinds={"parquet", "python"},
        metadata=definition_metadata(name),
    )


def lake_results(context: dg.AssetExecutionContext, home: Home, names: list[str]) -> Iterator[dg.MaterializeResult]:
    """One materialisation a table: what its partition (or, unpartitioned, the whole table) now holds."""
    lake = Lake(home.settings.home)
    day = date.fromisoformat(context.partition_key) if context.has_partition_key else None
    for name in names:
        paths = lake.paths(name, partition=day)
        head = next(iter(lake.scan(name, partition=day)), None) if paths else None
        metadata = materialization_metadata(
            name,
            head if head is not None else lake.read(name, partition=day),
            lake.row_count(name, partition=day),
        )
        yield dg.MaterializeResult(asset_key=["lake", name], metadata=metadata)


@dg.multi_asset(
    name="ingest",
    partitions_def=ingest_days,
    pool="home",
    specs=[
        lake_spec("landing_files", "ingest", [], RAW),
        lake_spec("raw_documents", "ingest", [], RAW),
        lake_spec("rejected_documents", "ingest", [], RAW),
    ],
)
def ingest_assets(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> Iterator[dg.MaterializeResult]:
    """Reads what is new in the landing folder into the day's partition."""
    ingest(home.settings, date.fromisoformat(context.partition_key), report)
    yield from lake_results(context, home, ["landing_files", "raw_documents", "rejected_documents"])


@dg.multi_asset(
    name="clean",
    partitions_def=ingest_days,
    pool="home",
    specs=[
        lake_spec("outlet_lines", "clean", ["raw_documents"], clean_version()),
        lake_spec("blocks", "clean", ["raw_documents"], clean_version()),
        lake_spec("documents", "clean", ["raw_documents"], clean_version()),
    ],
)
def clean_assets(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> Iterator[dg.MaterializeResult]:
    """Strips boilerplate and finds title, byline, dateline, dates and language."""
    clean(home.settings, date.fromisoformat(context.partition_key), report)
    yield from lake_results(context, home, ["outlet_lines", "blocks", "documents"])


@dg.multi_asset(
    name="find_mentions",
    partitions_def=ingest_days,
    pool="home",
    specs=[
        lake_spec("mentions", "entities", ["blocks", "documents"], mentions_version(Settings.from_environment().model))
    ],
)
def mention_assets(
    context: dg.AssetExecutionContext, home: Home, report: dg.ResourceParam[RecordingReport]
) -> Iterator[dg.MaterializeResult]:
    """Finds every name in the kept text; the language model reads each distinct text once."""
    find_mentions(home.settings, date.fromisoformat(context.partition_key), report)
    yield from lake_results(context, home, ["mentions"])
