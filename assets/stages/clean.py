"""Raw documents to blocks and documents, for one ingest day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from assets.report import Report
from assets.settings import Settings
from assets.stages.versions import RAW, clean_version
from pipeline.warehouse.lake import Lake


def clean(settings: Settings, day: date, report: Report) -> int:
    """Strip and describe the documents of `day` that are not done at this version; returns how many."""
    from pipeline.clean import clean_documents, count_outlet_lines

    lake, version = Lake(settings.home), clean_version()
    lake.settle(("blocks", "documents"), version=version, partition=day)
    done = lake.document_ids("documents", day, version)
    raw = lake.read("raw_documents", partition=day, version=RAW)
    todo = without(raw, done).sort_by("document_id")
    with report.step("clean") as step:
        step.expect(todo.num_rows)
        if todo.num_rows:
            lake.write("outlet_lines", count_outlet_lines(raw), version=version, partition=day, key="all")
            lines = outlet_lines(lake, todo)
        for batch in batches(todo, settings.batch_size):
            cleaned = clean_documents(batch, lines)
            ids = batch["document_id"].to_pylist()
            # Documents come last: they say which documents are done.
            lake.write("blocks", cleaned.blocks, version=version, partition=day, document_ids=ids)
            lake.write("documents", cleaned.documents, version=version, partition=day, document_ids=ids)
            step.advance(batch.num_rows)
        for name in ("outlet_lines", "blocks", "documents"):
            lake.retire(name, keep_version=version, partition=day)
        step.close(_summary(lake, day, todo.num_rows))
    return todo.num_rows


def outlet_lines(lake: Lake, documents: pa.Table) -> pa.Table:
    """The line counts of these documents' outlets, added up over all days seen so far."""
    outlets = pc.unique(documents["outlet_id"])
    parts = [part.filter(pc.is_in(part["outlet_id"], value_set=outlets)) for part in lake.scan("outlet_lines")]
    counted = pa.concat_tables(parts).group_by(["outlet_id", "line_key"]).aggregate([("page_count", "sum")])
    return counted.rename_columns(["outlet_id", "line_key", "page_count"])


def without(data: pa.Table, done: set[str]) -> pa.Table:
    """The rows whose document is not among those done."""
    if not done:
        return data
    return data.filter(pc.invert(pc.is_in(data["document_id"], value_set=pa.array(sorted(done), pa.string()))))


def batches(data: pa.Table, size: int) -> Iterator[pa.Table]:
    """Consecutive slices of at most `size` rows."""
    for start in range(0, data.num_rows, size):
        yield data.slice(start, size)


def _summary(lake: Lake, day: date, done: int) -> str:
    if not done:
        return "nothing new"
    sizes = lake.read("documents", ["raw_chars", "kept_chars"], partition=day)
    raw, kept = pc.sum(sizes["raw_chars"]).as_py() or 0, pc.sum(sizes["kept_chars"]).as_py() or 0
    return f"{done:,} documents; {kept / max(raw, 1):.0%} of the day's characters kept"
