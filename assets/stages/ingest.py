"""Landing files to raw documents, rejected documents and the ledger of files, for one ingest day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from assets.report import Report
from assets.settings import Settings
from assets.stages.versions import RAW
from pipeline.ingest import KnownInputs, list_landing, read_landing
from pipeline.ingest.scan import LandingFile
from pipeline.warehouse.lake import Lake


@dataclass(frozen=True)
class IngestCounts:
    """What one ingest found: files opened, documents new and known, inputs rejected."""

    files: int = 0
    new_documents: int = 0
    known_documents: int = 0
    rejected: int = 0


def ingest(settings: Settings, day: date, report: Report) -> IngestCounts:
    """Read every landing file that the ledger does not know into the partition of `day`."""
    if settings.landing is None:
        raise ValueError("no landing folder is named")
    lake, counts = Lake(settings.home), IngestCounts()
    with report.step("ingest") as step:
        for batch in read_landing(settings.landing, day, known_inputs(lake)):
            # The ledger comes last: a file counts as read only once its documents are safe.
            for name, data in (
                ("raw_documents", batch.raw_documents),
                ("rejected_documents", batch.rejected_documents),
                ("landing_files", batch.landing_files),
            ):
                if data.num_rows:
                    lake.write(name, data, version=RAW, partition=day)
            counts = _add(counts, batch.landing_files)
            step.advance(batch.landing_files.num_rows)
        step.close(
            f"{counts.files:,} new files: {counts.new_documents:,} new documents, "
            f"{counts.known_documents:,} known, {counts.rejected:,} rejected"
        )
    return counts


def known_inputs(lake: Lake) -> KnownInputs:
    """What the lake already holds: files by path, size and time, document ids, and what an interrupted run left."""
    raw = lake.read("raw_documents", ["document_id", "source_path"])
    return KnownInputs.from_tables(lake.read("landing_files"), raw, lake.read("rejected_documents"))


def new_files(settings: Settings) -> list[LandingFile]:
    """The landing files that the ledger does not know, closed ones that open now among them; nothing is read.

    None without a landing folder.
    """
    if settings.landing is None:
        return []
    known = KnownInputs.from_tables(Lake(settings.home).read("landing_files"))
    return [file for file in list_landing(settings.landing).files if not known.is_unchanged(file)]


def _add(counts: IngestCounts, files: pa.Table) -> IngestCounts:
    def total(column: str) -> int:
        return sum(files[column].to_pylist())

    new, read = total("new_document_count"), total("document_count")
    return IngestCounts(
        files=counts.files + files.num_rows,
        new_documents=counts.new_documents + new,
        known_documents=counts.known_documents + read - new,
        rejected=counts.rejected + total("rejected_count"),
    )
