"""A landing folder to raw documents: what is new in it, in batches of bounded size."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from pipeline.ingest.batches import BatchBuilder, IngestBatch, Row
from pipeline.ingest.budget import OverBudgetError, time_budget
from pipeline.ingest.documents import document_row, rejected_row
from pipeline.ingest.known import KnownInputs, rejection_key
from pipeline.ingest.limits import Limits
from pipeline.ingest.outlets import MAX_SIDECAR_BYTES, Outlet, OutletDirectory, outlet_from_sidecar
from pipeline.ingest.readers import reader_for
from pipeline.ingest.records import Page, Refusal, refuse
from pipeline.ingest.rejection import Reason, RejectedInputError
from pipeline.ingest.scan import LandingFile, list_landing, open_landing_file
from pipeline.ingest.streams import finish, unpacked


def read_landing(
    landing: Path, ingest_date: date, known: KnownInputs | None = None, limits: Limits | None = None
) -> Iterator[IngestBatch]:
    """Read what `known` does not hold yet; nothing is yielded when there is nothing new.

    Files go in the order of their paths, so that the same folder gives the same rows; of several deliveries of
    one document the first counts. Nothing in a file raises: what cannot be used is a row of rejected_documents.
    Raises FileNotFoundError or NotADirectoryError for `landing` itself.
    """
    listing = list_landing(landing)
    reading = _Reading(ingest_date, known or KnownInputs(), limits or Limits())
    reading.read_sidecars(listing.sidecars)
    for file in listing.files:
        if not reading.known.is_unchanged(file):
            yield from reading.read(file)
    if len(reading.builder):
        yield reading.builder.take()


class _Reading:
    """One pass over a landing folder."""

    def __init__(self, ingest_date: date, known: KnownInputs, limits: Limits) -> None:
        self.builder = BatchBuilder(limits)
        self._outlets = OutletDirectory({})
        self._day = ingest_date
        self.known = known
        self._limits = limits

    def read_sidecars(self, sidecars: list[LandingFile]) -> None:
        """Learn the outlets they name; one that is no good is refused once and otherwise ignored."""
        by_folder: dict[str, Outlet] = {}
        for file in sidecars:
            try:
                with _open(file) as source:
                    content = source.read(MAX_SIDECAR_BYTES)
                by_folder[str(PurePosixPath(file.source_path).parent)] = outlet_from_sidecar(content)
            except OSError as error:
                self._refuse_unreadable(file, _words(error))
            except RejectedInputError as error:
                if not self.known.is_unchanged(file):
                    self._refuse_file(file, refuse("", error, content))
        self._outlets = OutletDirectory(by_folder)

    def read(self, file: LandingFile) -> Iterator[IngestBatch]:
        """Read a file; batches that fill up on the way are yielded."""
        if file.kind == "closed_folder":
            self._refuse_unreadable(file, "The folder could not be listed.")
        elif refusal := _refused_unopened(file):
            self._refuse_file(file, refusal)
        else:
            try:
                with _open(file) as source:
                    yield from self._read_opened(file, source)
            except OSError as error:
                self._refuse_unreadable(file, _words(error))
        if self.builder.is_full:
            yield self.builder.take()

    def _read_opened(self, file: LandingFile, source: io.BufferedReader) -> Iterator[IngestBatch]:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        if same := self.known.same_content(file.source_path, sha256):
            self._enter(file, sha256, same.document_count, 0, 0)
            return
        source.seek(0)
        documents = new = rejected = 0
        self.builder.mark()
        for found in _pages(file, source, self._limits):
            is_new = self._take(found, file, sha256)
            documents += is_new is not None
            new += is_new is True
            rejected += is_new is None
            if _has_changed(file, source):
                break
            if self.builder.is_full:
                yield self.builder.take()
        if _has_changed(file, source):
            self.builder.take_back()  # it is still being written: a later run reads it
        else:
            self._enter(file, sha256, documents, new, rejected)

    def _take(self, found: Page | Refusal, file: LandingFile, sha256: str) -> bool | None:
        """Add what a reader found; True for a new document, False for a known one, None for a refusal."""
        if isinstance(found, Page):
            try:
                with time_budget(self._limits.document_seconds):
                    row = document_row(found, file.source_path, self._outlets, self._day)
                return self._add_document(row)
            except RejectedInputError as error:
                found = refuse(found.member, error, found.data)
            except OverBudgetError:
                found = refuse(found.member, RejectedInputError(Reason.TOO_SLOW), found.data)
        if not found.member:  # the file itself
            found = Refusal("", found.reason, found.detail, file.byte_size, sha256)
        self._reject(found, file)
        return None

    def _add_document(self, row: Row) -> bool:
        """Add a document that is not known; whether it is this file's own, known from an interrupted reading or not."""
        if row["document_id"] in self.known.document_ids:
            return self.known.begun_documents.get(row["document_id"]) == row["source_path"]
        return self.builder.add_document(row)

    def _reject(self, refusal: Refusal, file: LandingFile) -> None:
        row = rejected_row(refusal, file.source_path, self._day)
        if rejection_key(row) not in self.known.begun_rejections:
            self.builder.add_rejected(row)

    def _refuse_unreadable(self, file: LandingFile, detail: str) -> None:
        """Refuse once, however often it is tried again."""
        if not self.known.is_refused_as_closed(file):
            self._refuse_file(file, Refusal("", Reason.UNREADABLE, detail, file.byte_size))

    def _refuse_file(self, file: LandingFile, refusal: Refusal) -> None:
        self._reject(refusal, file)
        self._enter(file, refusal.content_sha256, 0, 0, 1, refusal.reason)

    def _enter(
        self,
        file: LandingFile,
        sha256: str | None,
        documents: int,
        new: int,
        rejected: int,
        reason: Reason | None = None,
    ) -> None:
        self.builder.add_file(
            {
                "source_path": file.source_path,
                "byte_size": file.byte_size,
                "modified_ns": file.modified_ns,
                "content_sha256": sha256,
                "document_count": documents,
                "new_document_count": new,
                "rejected_count": rejected,
                "reason_code": reason and reason.value,
                "ingest_date": self._day,
            }
        )


def _refused_unopened(file: LandingFile) -> Refusal | None:
    """Refusal of what no reader may open, by what the folder's listing says of it."""
    if file.kind == "link":
        return Refusal("", Reason.SYMLINK, Reason.SYMLINK.description, file.byte_size)
    if file.kind != "file":
        return Refusal("", Reason.UNSUPPORTED, "Not a regular file.", file.byte_size)
    if reader_for(file.source_path) is None:
        return Refusal("", Reason.UNSUPPORTED, "No reader for files with this ending.", file.byte_size)
    return None


def _open(file: LandingFile) -> io.BufferedReader:
    return os.fdopen(open_landing_file(file), "rb")


def _pages(file: LandingFile, source: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    reader = reader_for(file.source_path)
    assert reader is not None, "files without a reader are refused unopened"
    found = None
    try:
        stream = unpacked(source, limits)
        for found in reader(stream, limits):
            yield found
        finish(stream)
    except RejectedInputError as error:
        yield refuse("", error)
    else:
        if found is None:
            yield Refusal("", Reason.EMPTY, "There is no page in it.")


def _words(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror}"


def _has_changed(file: LandingFile, source: io.BufferedReader) -> bool:
    now = os.fstat(source.fileno())
    return (now.st_size, now.st_mtime_ns) != (file.byte_size, file.modified_ns)
