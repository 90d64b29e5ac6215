"""Kept blocks to mentions, for one ingest day; the language model reads each distinct text once, ever."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from assets.report import Report
from assets.settings import Settings
from assets.stages.budget import forgive, in_budget, refuse_slow
from assets.stages.clean import without
from assets.stages.engine import run_parts
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
        if todo:
            # Documents and blocks of one batch are parts of one name: they come in the same order.
            paths = (lake.paths(name, partition=day, version=cleaned) for name in ("documents", "blocks"))
            work = partial(_search_part, lake, settings.model, day, version, done)
            for ids, mentions, read in run_parts(settings.engine, work, list(zip(*paths, strict=True))):
                found, read_anew = found + mentions, read_anew + read
                undone.difference_update(ids)
                step.advance(len(ids))
        if undone:  # refused when they were cleaned: there is nothing to search
            lake.write("mentions", empty_table("mentions"), version=version, partition=day, document_ids=undone)
        lake.retire("mentions", keep_version=version, partition=day)
        step.close(
            f"{found:,} mentions in {todo:,} documents; {read_anew:,} texts read by the model"
            if todo
            else "nothing new"
        )
    return todo


def _search_part(
    lake: Lake, model: str, day: date, version: str, done: set[str], parts: tuple[Path, Path]
) -> tuple[list[str], int, int]:
    """Search what is not done of one part of documents and its blocks; returns the documents' ids and the numbers of
    mentions found and of texts that the model had to read."""
    batch = without(lake.read_part("documents", parts[0]), done)
    if not batch.num_rows:
        return [], 0, 0
    left = without(lake.read_part("blocks", parts[1]), done)
    found = read_anew = 0
    for pages, extracted in in_budget(batch, partial(_extract, lake, model, left)):
        if extracted is None:
            refuse_slow(lake, pages, day, "mentions")
            extracted = empty_table("mentions"), 0
        mentions, read = extracted
        found, read_anew = found + mentions.num_rows, read_anew + read
        ids = pages["document_id"].to_pylist()
        lake.write("mentions", mentions, version=version, partition=day, document_ids=ids)
    return batch["document_id"].to_pylist(), found, read_anew


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
