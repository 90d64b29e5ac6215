"""What a reader gives: a page with what its record says of it, or a refusal."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.ingest.rejection import Reason, RejectedInputError
from pipeline.ingest.rendering import Statement

_FIELDS = Path(__file__).parent / "data" / "record_fields.tsv"
_FROM_SECONDS, _FROM_MILLISECONDS = 10**8, 10**11  # 1973 in seconds, 1973 in milliseconds
TEXT, HTML = "text/plain", "text/html"


@dataclass(frozen=True)
class Page:
    """One page as delivered.

    member: its place in a file of several, `L12` (a line) or `3` (a record); "" when the file is the page
    body: bytes still to be decoded, or text that its container has already decoded
    encoding: the declared charset of a bytes body, or the encoding a str body was decoded from
    """

    member: str
    body: bytes | str
    media_type: str
    encoding: str | None = None
    url: str | None = None
    outlet: str | None = None
    statements: tuple[Statement, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode("utf-8")


@dataclass(frozen=True)
class Refusal:
    """An input, or a member of one, that is no page."""

    member: str
    reason: Reason
    detail: str
    byte_size: int = 0
    content_sha256: str | None = None


def refuse(member: str, error: RejectedInputError, data: bytes | None = None) -> Refusal:
    """A refusal for `error`, with size and hash of the bytes where they were read whole."""
    if data is None:
        return Refusal(member, error.reason, error.detail)
    return Refusal(member, error.reason, error.detail, len(data), hashlib.sha256(data).hexdigest())


@cache
def _field_names() -> dict[str, tuple[str, ...]]:
    lines = [line for line in _FIELDS.read_text("utf-8").splitlines() if not line.startswith("#")]
    names: dict[str, tuple[str, ...]] = {}
    for meaning, name in (line.split("\t") for line in lines[1:]):
        names[meaning] = (*names.get(meaning, ()), name)
    return names


def page_from_record(member: str, record: Mapping[str, Any], encoding: str) -> Page:
    """A page from the fields of a JSONL line or Parquet row; fields without a known meaning go to `extra`.

    HTML goes before text: it is nearer to what was published. Raises `RejectedInputError` (no_text, empty).
    """
    rest = dict(record)
    html, _ = _take(rest, "html", strip=False)
    text = None if html else _take(rest, "text", strip=False)[0]
    if not html and text is None:
        raise RejectedInputError(Reason.NO_TEXT, "The record has neither text nor html.")
    body = _without_lone_surrogates(html or text or "")
    if not body.strip():
        raise RejectedInputError(Reason.EMPTY)
    stated = []
    for meaning in ("title", "published", "byline", "language"):
        value, name = _take(rest, meaning)
        if value:
            stated.append(Statement(meaning, value, f"record:{name}"))
    url, _ = _take(rest, "url")
    outlet, _ = _take(rest, "outlet")
    extra = {name: value for name, value in rest.items() if value is not None}
    return Page(member, body, HTML if html else TEXT, encoding, url, outlet, tuple(stated), extra)


def _take(record: dict[str, Any], meaning: str, strip: bool = True) -> tuple[str | None, str]:
    """Remove and return the first field of that meaning that holds words, with its name."""
    for name in _field_names()[meaning]:
        value = record.get(name)
        words = _words(_instant(value) if meaning == "published" else value, strip)
        if words:
            del record[name]
            return words, name
    return None, ""


def _words(value: Any, strip: bool) -> str | None:
    """A field's value as words: a string, a day or instant, an object's name, or several of them; else None."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, datetime.datetime | datetime.date):
        value = value.isoformat()
    if isinstance(value, list):
        parts = [_words(item, strip) for item in value]
        value = ", ".join(part for part in parts if part) if parts and all(parts) else None
    if not isinstance(value, str):
        return None
    return _without_lone_surrogates(" ".join(value.split())) if strip else value


def _instant(value: Any) -> Any:
    """Seconds or milliseconds since 1970, as data frames write instants to JSON, in ISO 8601; else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    seconds = value / 1000 if abs(value) >= _FROM_MILLISECONDS else value
    if not _FROM_SECONDS <= seconds < _FROM_MILLISECONDS:
        return None  # a year, or a day such as 20340501: no instant
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()


def _without_lone_surrogates(text: str) -> str:
    """JSON escapes can spell half a surrogate pair, which is no character: decoded, it is U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def to_json(value: Mapping[str, Any]) -> str | None:
    """Compact JSON with sorted keys; values that JSON lacks become their words. None for nothing."""
    if not value:
        return None
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return _without_lone_surrogates(written)
