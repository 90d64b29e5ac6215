"""Parquet with the fields of a JSONL record as columns: a record a row."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pipeline.ingest.limits import Limits
from pipeline.ingest.records import Page, Refusal, page_from_record, refuse
from pipeline.ingest.rejection import Reason, RejectedInputError

_ROWS_AT_ONCE = 128


def read_parquet(stream: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    """A page or a refusal for each row, numbered from 1.

    The footer comes last in the file, so a packed file is unpacked into memory first, up to a limit.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = _seekable(stream, limits)
    number = 0
    try:
        parquet = pq.ParquetFile(source)
        _check(parquet.metadata, limits)
        for batch in parquet.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False):
            for record in batch.to_pylist():
                number += 1
                yield _page(str(number), record, limits)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, RejectedInputError):
            raise
        raise RejectedInputError(Reason.CORRUPT, f"Not readable as Parquet: {error}") from None


def _seekable(stream: io.BufferedReader, limits: Limits) -> io.BufferedReader | io.BytesIO:
    if stream.seekable():
        return stream
    data = stream.read(limits.in_memory_bytes + 1)
    if len(data) > limits.in_memory_bytes:
        raise RejectedInputError(Reason.TOO_LARGE, f"It unpacks to more than {limits.in_memory_bytes} bytes.")
    return io.BytesIO(data)


def _check(metadata, limits: Limits) -> None:
    if metadata.num_rows > limits.records:
        raise RejectedInputError(Reason.TOO_MANY, f"{metadata.num_rows} rows, more than {limits.records}.")
    sizes = [metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)]
    if any(size > limits.in_memory_bytes for size in sizes):
        raise RejectedInputError(Reason.BOMB, f"A row group unpacks to {max(sizes)} bytes.")


def _page(member: str, record: dict, limits: Limits) -> Page | Refusal:
    try:
        page = page_from_record(member, record, "utf-8")
    except RejectedInputError as error:
        return refuse(member, error)
    size = len(page.data)
    if size > limits.document_bytes:
        return Refusal(member, Reason.TOO_LARGE, f"More than {limits.document_bytes} bytes.", size)
    return page
