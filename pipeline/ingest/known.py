"""What earlier runs have read already."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.rejection import Reason
from pipeline.ingest.scan import LandingFile, open_landing_file

_MEMBER = r"#L?\d+$"  # see documents.member_path
_SAME_REJECTION = ("source_path", "reason_code", "byte_size", "content_sha256", "detail")


class KnownFile(NamedTuple):
    """A file as the ledger holds it; the counts are those of its rows."""

    byte_size: int
    modified_ns: int
    content_sha256: str | None
    document_count: int
    rejected_count: int
    reason_code: str | None = None

    @property
    def was_closed(self) -> bool:
        """Whether it could not be opened or read; whatever closed it to us may pass."""
        return self.reason_code == Reason.UNREADABLE


@dataclass(frozen=True)
class KnownInputs:
    """Files and documents that need not be read again. Empty for a first run.

    begun_documents (document id to source_path) and begun_rejections are the rows of files that the ledger does not
    hold: a run was stopped while it read them. They stand already, and count as found when the file is read again.
    """

    files: Mapping[str, KnownFile] = field(default_factory=dict)
    document_ids: Collection[str] = frozenset()
    begun_documents: Mapping[str, str] = field(default_factory=dict)
    begun_rejections: Collection[tuple] = frozenset()

    @classmethod
    def from_tables(
        cls, landing_files: pa.Table, raw_documents: pa.Table | None = None, rejected_documents: pa.Table | None = None
    ) -> KnownInputs:
        """From the ledger of all partitions, and of what was read document_id and source_path and the rejections.

        Where a path stands twice in the ledger, its last delivery counts, and of one delivery the time it could be
        read.
        """
        order = [("ingest_date", "ascending"), ("modified_ns", "ascending"), ("reason_code", "ascending")]
        ledger = landing_files.sort_by(order)  # nulls come last
        rows = zip(*(ledger.column(name).to_pylist() for name in ("source_path", *KnownFile._fields)), strict=True)
        files = {path: KnownFile(*values) for path, *values in rows}
        read = pa.array([path for path, known in files.items() if not known.was_closed], pa.string())
        ids: Collection[str] = frozenset()
        begun: Mapping[str, str] = {}
        rejections: Collection[tuple] = frozenset()
        if raw_documents is not None:
            ids = frozenset(raw_documents["document_id"].to_pylist())
            some = _not_among(raw_documents, read)
            begun = dict(zip(some["document_id"].to_pylist(), some["source_path"].to_pylist(), strict=True))
        if rejected_documents is not None:
            rejections = frozenset(map(rejection_key, _not_among(rejected_documents, read).to_pylist()))
        return cls(files, ids, begun, rejections)

    def is_unchanged(self, file: LandingFile) -> bool:
        """Whether the ledger holds a file of this path, size and time: it is not even opened.

        One that could not be read is tried again, but counts as unchanged as long as it cannot be opened.
        """
        known = self.files.get(file.source_path)
        if known is None or (known.byte_size, known.modified_ns) != (file.byte_size, file.modified_ns):
            return False
        return not known.was_closed or _is_closed(file)

    def is_refused_as_closed(self, file: LandingFile) -> bool:
        """Whether the ledger says already that this very file could not be read."""
        known = self.files.get(file.source_path)
        return known is not None and known.was_closed and known[:2] == (file.byte_size, file.modified_ns)

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


def rejection_key(row: Mapping[str, object]) -> tuple:
    """What makes two rows of rejected_documents the same refusal, whichever day it was."""
    return tuple(row[name] for name in _SAME_REJECTION)


def _not_among(rows: pa.Table, files: pa.Array) -> pa.Table:
    """The rows that come from none of these files."""
    return rows.filter(pc.invert(pc.is_in(file_paths(rows["source_path"]), value_set=files)))


def file_paths(source_paths: pa.ChunkedArray) -> pa.ChunkedArray:
    """The landing files that rows come from: `a.jsonl` of `a.jsonl#L3`."""
    return pc.replace_substring_regex(source_paths, _MEMBER, "")


def _is_closed(file: LandingFile) -> bool:
    if file.kind == "closed_folder":  # the listing has just tried
        return True
    try:
        os.close(open_landing_file(file))
    except OSError:
        return True
    return False


def _content_key(source_path: str, content_sha256: str) -> tuple[str, str, str]:
    path = PurePosixPath(source_path)
    return content_sha256, str(path.parent), "".join(path.suffixes[-2:]).lower()
