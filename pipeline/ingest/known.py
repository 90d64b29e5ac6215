"""What earlier runs have read already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

import pyarrow as pa

from pipeline.ingest.scan import LandingFile


class KnownFile(NamedTuple):
    """A file as the ledger holds it; the counts are those of its rows."""

    byte_size: int
    modified_ns: int
    content_sha256: str | None
    document_count: int
    rejected_count: int


@dataclass(frozen=True)
class KnownInputs:
    """Files and documents that need not be read again. Empty for a first run."""

    files: Mapping[str, KnownFile] = field(default_factory=dict)
    document_ids: Collection[str] = frozenset()

    @classmethod
    def from_tables(cls, landing_files: pa.Table, document_ids: Collection[str]) -> KnownInputs:
        """From the ledger of all partitions; where a path stands twice, its last delivery counts."""
        columns = ["source_path", *KnownFile._fields]
        ledger = landing_files.sort_by([("ingest_date", "ascending"), ("modified_ns", "ascending")])
        rows = zip(*(ledger.column(name).to_pylist() for name in columns), strict=True)
        return cls({path: KnownFile(*values) for path, *values in rows}, document_ids)

    def is_unchanged(self, file: LandingFile) -> bool:
        """Whether the ledger holds a file of this path, size and time: it is not even opened."""
        known = self.files.get(file.source_path)
        return known is not None and (known.byte_size, known.modified_ns) == (file.byte_size, file.modified_ns)

    def same_content(self, source_path: str, content_sha256: str) -> KnownFile | None:
        """A file read without fault whose bytes, folder and kind are the same: its pages are known documents.

        The folder counts because it may name the outlet, the kind because it decides how the bytes are read.
        """
        return self._by_content.get(_content_key(source_path, content_sha256))

    @cached_property
    def _by_content(self) -> dict[tuple[str, str, str], KnownFile]:
        return {
            _content_key(path, known.content_sha256): known
            for path, known in self.files.items()
            if known.content_sha256 and not known.rejected_count
        }


def _content_key(source_path: str, content_sha256: str) -> tuple[str, str, str]:
    path = PurePosixPath(source_path)
    return content_sha256, str(path.parent), "".join(path.suffixes[-2:]).lower()
