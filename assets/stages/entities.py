"""Kept blocks to mentions, for one ingest day; the language model reads each distinct text once, ever."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from assets.report import Report
from assets.settings import Settings
from assets.stages.clean import batches, without
from assets.stages.versions import clean_version, mentions_version
from pipeline.warehouse.lake import Lake


def find_mentions(settings: Settings, day: date, report: Report) -> int:
    """Find the names in the documents of `day` that are not done at this version; returns how many documents."""
    lake, version = Lake(settings.home), mentions_version(settings.model)
    documents = lake.read("documents", partition=day, version=clean_version())
    todo = without(documents, lake.document_ids("mentions", day, version)).sort_by("document_id")
    found = read_anew = 0
    with report.step("mentions") as step:
        step.expect(todo.num_rows)
        if todo.num_rows:
            blocks = lake.read("blocks", partition=day, version=clean_version())
        for batch in batches(todo, settings.batch_size):
            mentions, outputs = _extract(lake, settings.model, batch, blocks)
            found, read_anew = found + mentions.num_rows, read_anew + outputs.num_rows
            ids = batch["document_id"].to_pylist()
            lake.write("mentions", mentions, version=version, partition=day, document_ids=ids)
            step.advance(batch.num_rows)
        lake.retire("mentions", keep_version=version, partition=day)
        step.close(
            f"{found:,} mentions in {todo.num_rows:,} documents; {read_anew:,} texts read by the model"
            if todo.num_rows
            else "nothing new"
        )
    return todo.num_rows


def _extract(lake: Lake, model: str, documents: pa.Table, blocks: pa.Table) -> tuple[pa.Table, pa.Table]:
    from pipeline.entities import extract_mentions, model_identity, output_keys

    mine = blocks.filter(pc.is_in(blocks["document_id"], value_set=documents["document_id"].combine_chunks()))
    identity = model_identity(model)
    store = f"{identity.name}-{identity.version}"
    known = lake.lookup("model_outputs", "output_key", output_keys(documents, mine, model), version=store)
    extracted = extract_mentions(documents, mine, known, model)
    if extracted.new_outputs.num_rows:
        lake.write("model_outputs", extracted.new_outputs, version=store)
    return extracted.mentions, extracted.new_outputs
