"""Web archives: pages from WARC responses and resources, texts from WET conversions."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pipeline.ingest.limits import Limits
from pipeline.ingest.readers.single import opens_as_html
from pipeline.ingest.records import HTML, TEXT, Page, Refusal, refuse
from pipeline.ingest.rejection import Reason, RejectedInputError

_PAGE_TYPES = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def read_warc(stream: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    """A page or a refusal for each response that is a page, numbered by its place in the archive, from 1.

    Requests, metadata, pictures and the like are no input and pass without a word.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(stream, no_record_parse=False):
            number += 1
            if number > limits.records:
                raise RejectedInputError(Reason.TOO_MANY, f"More than {limits.records} records.")
            if record.rec_type is None:
                raise RejectedInputError(Reason.CORRUPT, f"Record {number} has no WARC headers.")
            if found := _read(str(number), record, limits):
                yield found
    except RejectedInputError:
        raise
    except ArchiveLoadFailed as error:
        raise RejectedInputError(Reason.CORRUPT, f"Not a readable WARC record: {error}") from None
    except (EOFError, OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        # warcio has no one error for malformed headers: what they trip over differs from case to case
        raise RejectedInputError(Reason.CORRUPT, f"{type(error).__name__}: {error}") from None


def _read(member: str, record: Any, limits: Limits) -> Page | Refusal | None:
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    headers = record.http_headers or record.rec_headers
    content_type = headers.get_header("Content-Type") or ""
    declared = content_type.partition(";")[0].strip().lower()
    if declared and declared not in _PAGE_TYPES:
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    try:
        _check_status(record)
        data = _body(record, limits)
    except RejectedInputError as error:
        return refuse(member, error)
    media_type = _PAGE_TYPES.get(declared) or (HTML if opens_as_html(data) else TEXT)
    charset = _CHARSET.search(content_type)
    return Page(member, data, media_type, charset.group(1) if charset else None, url)


def _check_status(record: Any) -> None:
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not (status or "").startswith("2"):
        raise RejectedInputError(Reason.HTTP_STATUS, f"The server answered {status}.")


def _body(record: Any, limits: Limits) -> bytes:
    encoding = record.http_headers.get_header("Content-Encoding", "").lower() if record.http_headers else ""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
        raise RejectedInputError(Reason.UNSUPPORTED, f"Content-Encoding {encoding}.")
    stream, data = record.content_stream(), bytearray()
    while len(data) <= limits.document_bytes and (chunk := stream.read(64 * 1024)):
        data += chunk
    if len(data) > limits.document_bytes:
        raise RejectedInputError(Reason.TOO_LARGE, f"A page of more than {limits.document_bytes} bytes.")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise RejectedInputError(Reason.TRUNCATED, "The record ends before its stated length.")
    return bytes(data)
