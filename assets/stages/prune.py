"""`--prune`: forget what came from landing files that are no longer there.

Only the ledger and the rows as they were read are pruned here; the stages after this one discard what no raw document
stands for any more. The ledger goes first: killed in between, a run leaves rows of files that nobody has entered, which
the next prune finds as well.
"""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from assets.report import Report
from assets.settings import Settings
from assets.stages.versions import RAW
from pipeline.ingest import file_paths, list_landing
from pipeline.warehouse.lake import Lake


class NothingDeliveredError(RuntimeError):
    """The landing folder is empty: more likely not mounted than given up."""


def prune(settings: Settings, report: Report) -> int:
    """Drop documents and rejections whose file is gone from the landing folder; returns how many documents.

    A document that another file delivered too comes back when that file is read again, which this makes happen. Raises
    NothingDeliveredError for a landing folder without a single file.
    """
    lake = Lake(settings.home)
    with report.step("prune") as step:
        gone = _gone(settings, lake)
        dropped = 0
        if gone:
            ledger = lake.read("landing_files", ["source_path", "document_count", "new_document_count"])
            repeats = ledger.filter(pc.greater(ledger["document_count"], ledger["new_document_count"]))
            again = {*gone, *repeats["source_path"].to_pylist()}
            lake.discard("landing_files", "source_path", again, version=RAW)
            members = _members(lake, "rejected_documents", gone)
            lake.discard("rejected_documents", "source_path", members, version=RAW)
            dropped = lake.discard("raw_documents", "source_path", _members(lake, "raw_documents", gone), version=RAW)
        step.close(f"{len(gone):,} files are gone from the landing folder, and {dropped:,} documents with them")
    return dropped


def _gone(settings: Settings, lake: Lake) -> set[str]:
    """The files that the lake knows and the landing folder does not hold; what a closed folder hides is there."""
    assert settings.landing is not None, "a run has a landing folder"
    listing = list_landing(settings.landing)
    present = {file.source_path for file in (*listing.files, *listing.sidecars)}
    if not present:
        raise NothingDeliveredError(f"{settings.landing} holds no file at all: nothing is pruned; is it mounted?")
    closed = tuple(f"{file.source_path}/" for file in listing.files if file.kind == "closed_folder")
    known = set(lake.read("landing_files", ["source_path"])["source_path"].to_pylist())
    known |= set(file_paths(lake.read("raw_documents", ["source_path"])["source_path"]).to_pylist())
    return {path for path in known - present if not path.startswith(closed)}


def _members(lake: Lake, name: str, files: Collection[str]) -> list[str]:
    """The source paths of a table's rows that come from these files."""
    paths = lake.read(name, ["source_path"])["source_path"]
    return paths.filter(pc.is_in(file_paths(paths), value_set=pa.array(sorted(files), pa.string()))).to_pylist()
