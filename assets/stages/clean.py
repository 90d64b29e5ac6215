"""Raw documents to blocks and documents, for one ingest day."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from assets.report import Report
from assets.settings import Settings
from assets.stages.budget import forgive, in_budget, refuse_slow
from assets.stages.engine import run_parts
from assets.stages.versions import RAW, clean_version
from pipeline.schema import empty_table
from pipeline.warehouse.lake import Lake


def clean(settings: Settings, day: date, report: Report) -> int:
    """Strip and describe the documents of `day` that are not done at this version; returns how many."""
    lake, version = Lake(settings.home), clean_version()
    lake.settle(("blocks", "documents"), version=version, partition=day)
    done = lake.document_ids("documents", day, version)
    read = lake.document_ids("raw_documents", day, RAW)
    undone, gone = read - done, done - read
    if gone:  # blocks first: what stays in `documents` is found to be gone by the next run
        for name in ("blocks", "documents"):
            lake.discard(name, "document_id", gone, version=version, partition=day)
    todo = len(undone)
    with report.step("clean") as step:
        step.expect(todo)
        parts = lake.paths("raw_documents", partition=day, version=RAW)
        if undone or gone:
            # All of the day's pages count anew, those done before included.
            counted = _add_up(list(run_parts(settings.engine, partial(_count_lines, lake), parts)))
            lake.write("outlet_lines", counted, version=version, partition=day, key="all")
            forgive(lake, undone, day, "clean")
        if undone:
            for cleaned in run_parts(settings.engine, partial(_clean_part, lake, day, version, done), parts):
                step.advance(cleaned)
        for name in ("outlet_lines", "blocks", "documents"):
            lake.retire(name, keep_version=version, partition=day)
        step.close(_summary(lake, day, todo))
    return todo


def _count_lines(lake: Lake, part: Path) -> pa.Table:
    from pipeline.clean import count_outlet_lines

    return count_outlet_lines(lake.read_part("raw_documents", part))


def _clean_part(lake: Lake, day: date, version: str, done: set[str], part: Path) -> int:
    """Clean what is not done of one part of raw documents; returns how many documents that were."""
    from pipeline.clean import Cleaned, clean_documents

    # Part by part: memory holds one batch of pages, whatever the day brought.
    batch = without(lake.read_part("raw_documents", part), done)
    if not batch.num_rows:
        return 0
    lines = outlet_lines(lake, batch)
    for pages, cleaned in in_budget(batch, partial(clean_documents, outlet_lines=lines)):
        if cleaned is None:
            refuse_slow(lake, pages, day, "clean")
            cleaned = Cleaned(empty_table("documents"), empty_table("blocks"))
        ids = pages["document_id"].to_pylist()
        lake.write("blocks", cleaned.blocks, version=version, partition=day, document_ids=ids)
        lake.write("documents", cleaned.documents, version=version, partition=day, document_ids=ids)
    return batch.num_rows


def outlet_lines(lake: Lake, documents: pa.Table) -> pa.Table:
    """The line counts of these documents' outlets, added up over all days seen so far."""
    outlets = pc.unique(documents["outlet_id"])
    return _add_up([part.filter(pc.is_in(part["outlet_id"], value_set=outlets)) for part in lake.scan("outlet_lines")])


def _add_up(parts: list[pa.Table]) -> pa.Table:
    # One thread: several give the rows in an order of their own each time.
    grouped = pa.concat_tables(parts).group_by(["outlet_id", "line_key"], use_threads=False)
    counted = grouped.aggregate([("page_count", "sum")])
    return counted.rename_columns(["outlet_id", "line_key", "page_count"])


def without(data: pa.Table, done: set[str]) -> pa.Table:
    """The rows whose document is not among those done."""
    if not done:
        return data
    return data.filter(pc.invert(pc.is_in(data["document_id"], value_set=pa.array(sorted(done), pa.string()))))


def _summary(lake: Lake, day: date, done: int) -> str:
    if not done:
        return "nothing new"
    sizes = lake.read("documents", ["raw_chars", "kept_chars"], partition=day)
    raw, kept = pc.sum(sizes["raw_chars"]).as_py() or 0, pc.sum(sizes["kept_chars"]).as_py() or 0
    return f"{done:,} documents; {kept / max(raw, 1):.0%} of the day's characters kept"
