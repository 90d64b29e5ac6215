"""What a home lacks, read from the data: new files, days with undone documents, a release older than its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.settings import Settings
from assets.stages.ingest import new_files
from assets.stages.publish import is_published
from assets.stages.resolve import is_resolved
from assets.stages.versions import RAW, clean_version, mentions_version
from pipeline.warehouse.lake import Lake


@dataclass(frozen=True)
class Pending:
    """What there is to do.

    new_files: landing files that the ledger does not know. stale_days: ingest days with documents that are not
    cleaned or searched for names at the present versions. is_resolved, is_published: whether the entities and
    the release speak for all that is done.
    """

    new_files: int
    stale_days: tuple[date, ...]
    is_resolved: bool
    is_published: bool

    @property
    def anything(self) -> bool:
        return bool(self.new_files or self.stale_days or not self.is_resolved or not self.is_published)


def pending_work(settings: Settings) -> Pending:
    """Compare the landing folder and the lake with what is published; costs a scan, no reading of pages."""
    lake, fresh = Lake(settings.home), new_files(settings)
    stale = tuple(day for day in lake.partitions("raw_documents") if not _is_done(settings, lake, day))
    return Pending(len(fresh), stale, is_resolved(settings, lake), is_published(settings, lake))


def _is_done(settings: Settings, lake: Lake, day: date) -> bool:
    """Whether each document, and no other, is cleaned and searched at the present versions, and nothing older left."""
    cleaned, found = clean_version(), mentions_version(settings.model)
    tables = {"outlet_lines": cleaned, "blocks": cleaned, "documents": cleaned, "mentions": found}
    if not all(lake.holds_only(name, version, partition=day) for name, version in tables.items()):
        return False
    ids = lake.document_ids("raw_documents", day, RAW)
    return ids == lake.document_ids("documents", day, cleaned) == lake.document_ids("mentions", day, found)
