"""Files that hold one page: plain text and HTML."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pipeline.ingest.limits import Limits
from pipeline.ingest.records import HTML, TEXT, Page, Refusal
from pipeline.ingest.streams import read_document

_HTML_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_TAG = re.compile(rb"<[a-zA-Z!/?]")


def read_text_file(stream: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    """One page of text; a file that opens as an HTML document is read as HTML whatever its name says."""
    data = read_document(stream, limits)
    yield Page("", data, HTML if opens_as_html(data) else TEXT)


def read_html_file(stream: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    """One page of HTML; a file without a single tag is text, whose line ends a rendering would lose."""
    data = read_document(stream, limits)
    yield Page("", data, HTML if has_tags(data) else TEXT)


def opens_as_html(data: bytes) -> bool:
    return bool(_HTML_OPENING.match(_ascii_view(data[:8192])))


def has_tags(data: bytes) -> bool:
    return bool(_TAG.search(_ascii_view(data)))


def _ascii_view(data: bytes) -> bytes:
    """The bytes without a byte order mark and NULs, so that UTF-16 markup shows."""
    return data.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
