"""Raw documents to blocks and documents, for one ingest day."""

from __future__ import annotations

from datetime import date
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from assets.report import Report
from assets.settings import Settings
from assets.stages.budget import forgive, in_budget, refuse_slow
from assets.stages.versions import RAW, clean_version
from pipeline.schema import empty_table
from pipeline.warehouse.lake import Lake


def clean(settings: Settings, day: date, report: Report) -> int:
    """Strip and describe the documents of `day` that are not done at this version; returns how many."""
    from pipeline.clean import Cleaned, clean_documents

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
        if undone or gone:
            _count_lines(lake, day, version)
            forgive(lake, undone, day, "clean")
        # Part by part: memory holds one batch of pages, whatever the day brought.
        for part in lake.scan("raw_documents", partition=day, version=RAW):
            batch = without(part, done)
            if not batch.num_rows:
                continue
            lines = outlet_lines(lake, batch)
            for pages, cleaned in in_budget(batch, partial(clean_documents, outlet_lines=lines)):
                if cleaned is None:
                    refuse_slow(lake, pages, day, "clean")
                    cleaned = Cleaned(empty_table("documents"), empty_table("blocks"))
                ids = pages["document_id"].to_pylist()
                lake.write("blocks", cleaned.blocks, version=version, partition=day, document_ids=ids)
                lake.write("documents", cleaned.documents, version=version, partition=day, document_ids=ids)
                step.advance(pages.num_rows)
        for name in ("outlet_lines", "blocks", "documents"):
            lake.retire(name, keep_version=version, partition=day)
        step.close(_summary(lake, day, todo))
    return todo


def _count_lines(lake: Lake, day: date, version: str) -> None:
    """Count the lines of all of the day's pages anew, those done before included."""
    from pipeline.clean import count_outlet_lines

    raw = lake.scan("raw_documents", partition=day, version=RAW)
    counted = _add_up([count_outlet_lines(part) for part in raw])
    lake.write("outlet_lines", counted, version=version, partition=day, key="all")


def outlet_lines(lake: Lake, documents: pa.Table) -> pa.Table:
    """The line counts of these documents' outlets, added up over all days seen so far."""
    outlets = pc.unique(documents["outlet_id"])
    return _add_up([part.filter(pc.is_in(part["outlet_id"], value_set=outlets)) for part in lake.scan("outlet_lines")])


def _add_up(parts: list[pa.Table]) -> pa.Table:
    counted = pa.concat_tables(parts).group_by(["outlet_id", "line_key"]).aggregate([("page_count", "sum")])
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
