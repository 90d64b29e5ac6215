"""Batches within a time budget: a document that uses it up is found by halving, refused, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import pyarrow as pa

from assets.stages.versions import RAW
from pipeline.ingest import OverBudgetError, Reason, time_budget
from pipeline.schema import table_from_rows
from pipeline.warehouse.lake import Lake

Result = TypeVar("Result")
DOCUMENT_SECONDS = 60.0  # of processor time, in one stage; an ordinary page takes a tenth of one
_EACH = 1.0  # seconds that every further document of a batch adds


def in_budget(batch: pa.Table, work: Callable[[pa.Table], Result]) -> Iterator[tuple[pa.Table, Result | None]]:
    """`work` done on the batch: whole or, where that takes too long, in pieces; None for a document too slow alone."""
    if not batch.num_rows:
        return
    try:
        with time_budget(DOCUMENT_SECONDS + _EACH * (batch.num_rows - 1)):
            result = work(batch)
    except OverBudgetError:
        if batch.num_rows == 1:
            yield batch, None
            return
    else:
        yield batch, result
        return
    half = batch.num_rows // 2
    yield from in_budget(batch.slice(0, half), work)
    yield from in_budget(batch.slice(half), work)


def refuse_slow(lake: Lake, document: pa.Table, day: date, stage: str) -> None:
    """Put a document (a table of one row) into rejected_documents: the stage could not do it in its time."""
    (row,) = document.select(["document_id", "source_path", "content_sha256", "raw_text"]).to_pylist()
    refused = {
        "source_path": row["source_path"],
        "byte_size": len(row["raw_text"].encode("utf-8", "surrogatepass")),
        "content_sha256": row["content_sha256"],
        "reason_code": Reason.TOO_SLOW.value,
        "detail": f"The stage {stage} took more than {DOCUMENT_SECONDS:.0f} s of processor time.",
        "ingest_date": day,
    }
    key = _key(stage, row["document_id"])
    lake.write(
        "rejected_documents", table_from_rows("rejected_documents", [refused]), version=RAW, partition=day, key=key
    )


def forgive(lake: Lake, document_ids: set[str], day: date, stage: str) -> None:
    """Take back the refusals of documents that the stage is about to try again, by other rules."""
    keys = {_key(stage, i) for i in document_ids}
    lake.drop("rejected_documents", keys, version=RAW, partition=day)


def _key(stage: str, document_id: str) -> str:
    return f"slow-{stage}-{document_id}"
