"""Kept blocks to mentions, for one ingest day; the language model reads each distinct text once, ever."""

from __future__ import annotations

from datetime import date
from functools import partial

import pyarrow as pa

from assets.report import Report
from assets.settings import Settings
from assets.stages.budget import forgive, in_budget, refuse_slow
from assets.stages.clean import without
from assets.stages.versions import clean_version, mentions_version
from pipeline.schema import empty_table
from pipeline.warehouse.lake import Lake


def find_mentions(settings: Settings, day: date, report: Report) -> int:
    """Find the names in the documents of `day` that are not done at this version; returns how many documents."""
    lake, version, cleaned = Lake(settings.home), mentions_version(settings.model), clean_version()
    done = lake.document_ids("mentions", day, version)
    there = lake.document_ids("documents", day, cleaned)
    undone, gone = there - done, done - there
    if gone:
        lake.discard("mentions", "document_id", gone, version=version, partition=day)
    todo = len(undone)
    found = read_anew = 0
    with report.step("mentions") as step:
        step.expect(todo)
        forgive(lake, undone, day, "mentions")
        # Documents and blocks of one batch are parts of one name: they come in the same order.
        parts = (lake.scan(name, partition=day, version=cleaned) for name in ("documents", "blocks"))
        for documents, blocks in zip(*parts, strict=True):
            batch = without(documents, done)
            left = without(blocks, done)
            for pages, extracted in in_budget(batch, partial(_extract, lake, settings.model, left)):
                if extracted is None:
                    refuse_slow(lake, pages, day, "mentions")
                    extracted = empty_table("mentions"), 0
                mentions, read = extracted
                found, read_anew = found + mentions.num_rows, read_anew + read
                ids = pages["document_id"].to_pylist()
                lake.write("mentions", mentions, version=version, partition=day, document_ids=ids)
                undone.difference_update(ids)
                step.advance(pages.num_rows)
        if undone:  # refused when they were cleaned: there is nothing to search
            lake.write("mentions", empty_table("mentions"), version=version, partition=day, document_ids=undone)
        lake.retire("mentions", keep_version=version, partition=day)
        step.close(
            f"{found:,} mentions in {todo:,} documents; {read_anew:,} texts read by the model"
            if todo
            else "nothing new"
        )
    return todo


def _extract(lake: Lake, model: str, blocks: pa.Table, documents: pa.Table) -> tuple[pa.Table, int]:
    """The mentions of these documents, and how many texts the model had to read for them."""
    from pipeline.entities import extract_mentions, model_identity

    identity = model_identity(model)
    store = f"{identity.name}-{identity.version}"
    known = partial(lake.lookup, "model_outputs", "output_key", version=store)
    extracted = extract_mentions(documents, blocks, known, model)
    if extracted.new_outputs.num_rows:
        lake.write("model_outputs", extracted.new_outputs, version=store)
    return extracted.mentions, extracted.new_outputs.num_rows
