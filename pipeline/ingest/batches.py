"""Rows gathered into batches of bounded size."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.ingest.limits import Limits
from pipeline.schema import table_from_rows

Row = dict[str, Any]


class IngestBatch(NamedTuple):
    """Tables as declared in pipeline.schema.

    A file stands in landing_files only once it has been read whole, in the batch of its last document or a
    later one: a run that stops in between reads it again.
    """

    raw_documents: pa.Table
    rejected_documents: pa.Table
    landing_files: pa.Table


class BatchBuilder:
    """Rows waiting for their batch. Those of a file that proves unfinished can be taken back."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._document_ids: set[str] = set()
        self._start()

    def _start(self) -> None:
        self._documents: list[Row] = []
        self._rejected: list[Row] = []
        self._files: list[Row] = []
        self._chars = 0
        self._mark = (0, 0)

    def add_document(self, row: Row) -> bool:
        """Add a raw document unless it was added before, in whatever batch; says whether it was new."""
        if row["document_id"] in self._document_ids:
            return False
        self._document_ids.add(row["document_id"])
        self._documents.append(row)
        self._chars += len(row["raw_text"]) + len(row["markup"] or "")
        return True

    def add_rejected(self, row: Row) -> None:
        self._rejected.append(row)

    def add_file(self, row: Row) -> None:
        self._files.append(row)

    def mark(self) -> None:
        """Remember this point as the beginning of a file."""
        self._mark = (len(self._documents), len(self._rejected))

    def take_back(self) -> None:
        """Drop the rows added since the mark that no batch has carried away."""
        documents, rejected = self._mark
        self._document_ids.difference_update(row["document_id"] for row in self._documents[documents:])
        del self._documents[documents:], self._rejected[rejected:]

    @property
    def is_full(self) -> bool:
        return len(self) >= self._limits.batch_documents or self._chars >= self._limits.batch_bytes

    def __len__(self) -> int:
        return max(len(self._documents), len(self._rejected), len(self._files))

    def take(self) -> IngestBatch:
        """The waiting rows as a batch; a new one begins."""
        batch = IngestBatch(
            table_from_rows("raw_documents", self._documents),
            table_from_rows("rejected_documents", self._rejected),
            table_from_rows("landing_files", self._files),
        )
        self._start()
        return batch
