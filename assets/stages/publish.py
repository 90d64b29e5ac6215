"""The lake to the published tables: build, check, and swing readers to the new release."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from assets.report import Report
from assets.settings import Settings
from assets.stages.ledger import RunStamp, forget_run, forget_unpublished, record_run
from assets.stages.resolve import GROUP, RESOLVED
from assets.stages.versions import RAW, clean_version, mentions_version
from pipeline.versions import room_sha256, sql_sha256, version_of
from pipeline.warehouse.build import build_warehouse
from pipeline.warehouse.checks import CheckResult
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.release import DATAPACKAGE, Release, build_path, current_release, publish

_INPUTS = "inputs"  # the key of datapackage.json's madeWith that says what a release was made from
_PARTITIONED = ("landing_files", "raw_documents", "rejected_documents", "documents", "blocks", "mentions")


def table_versions(settings: Settings, lake: Lake) -> dict[str, str]:
    """The version of each lake table that the warehouse reads."""
    cleaned, resolved = clean_version(), lake.committed(GROUP) or ""
    return {
        **dict.fromkeys(("landing_files", "raw_documents", "rejected_documents"), RAW),
        **dict.fromkeys(("documents", "blocks"), cleaned),
        "mentions": mentions_version(settings.model),
        **dict.fromkeys((*RESOLVED, "document_duplicates"), resolved),
    }


def inputs_version(settings: Settings, lake: Lake) -> str:
    """A name for everything the warehouse is made from: the lake's parts, the SQL, the schema."""
    versions = table_versions(settings, lake)
    paths = [path for name in _PARTITIONED for path in lake.paths(name, version=versions[name])]
    parts = [lake.part_name(path) for path in paths]
    made_by = (sql_sha256(), room_sha256("schema"), room_sha256("warehouse"))
    return version_of(*made_by, *parts, *(f"{name}={v}" for name, v in sorted(versions.items())))


def is_published(settings: Settings, lake: Lake) -> bool:
    """Whether the current release was made from what the lake now holds."""
    release = current_release(settings.home)
    if release is None:
        return False
    package = json.loads((release.folder / DATAPACKAGE).read_text(encoding="utf-8"))
    return package["madeWith"].get(_INPUTS) == inputs_version(settings, lake)


def build(settings: Settings, stamp: RunStamp, report: Report) -> list[CheckResult]:
    """Build the next warehouse out of readers' sight and check it; returns what the checks found."""
    lake = Lake(settings.home)
    versions = table_versions(settings, lake)
    forget_unpublished(settings, lake)
    record_run(settings, lake, stamp, datetime.now(UTC).replace(tzinfo=None), versions)
    with report.step("warehouse") as step:
        results = build_warehouse(
            build_path(settings.home),
            lake,
            versions=versions,
            on_step=_counting(step.advance),
        )
        failed = [r.name for r in results if not r.passed]
        step.close(f"built; {len(results)} checks, {', '.join(failed) + ' failed' if failed else 'all passed'}")
    if any(r.blocks_release for r in results):
        forget_run(lake, stamp.run_id)
    return results


def release(settings: Settings, report: Report, keep: int = 3) -> Release:
    """Export the built warehouse and make it what readers see."""
    from pipeline.entities import model_identity

    lake, model = Lake(settings.home), model_identity(settings.model)
    versions = {
        "dramatis": version("dramatis"),
        "model": f"{model.name} {model.version}",
        _INPUTS: inputs_version(settings, lake),
    }
    with report.step("release") as step:
        built, months = build_path(settings.home), settings.months_above
        released = publish(settings.home, built, versions=versions, keep=keep, months_above=months)
        step.close(f"release {released.id}")
    return released


def _counting(advance: Callable[[], None]) -> Callable[[str], None]:
    return lambda step: advance()
