"""JSON lines: a record a line."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any

from pipeline.ingest.decoding import decode_text
from pipeline.ingest.limits import Limits
from pipeline.ingest.records import Page, Refusal, page_from_record, refuse
from pipeline.ingest.rejection import Reason, RejectedInputError


def read_jsonl(stream: io.BufferedReader, limits: Limits) -> Iterator[Page | Refusal]:
    """A page or a refusal for each line that is not blank; a bad line costs that line alone.

    A line's encoding is found as for any text: UTF-8 by the standard, others where writers ignored it.
    """
    number = records = 0
    for line in _lines(stream, 2 * limits.document_bytes):
        number += 1
        if line is not None and not line.strip():
            continue
        records += 1
        if records > limits.records:
            yield Refusal("", Reason.TOO_MANY, f"More than {limits.records} records.")
            return
        yield _record(f"L{number}", line, limits)


def _lines(stream: io.BufferedReader, most: int) -> Iterator[str | bytes | None]:
    """Lines of at most `most` bytes; as text where a mark says that the file is UTF-16. None is a longer line."""
    if stream.peek(2)[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from _capped_lines(stream, most, b"\n")
        return
    decoded = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
    try:
        yield from _capped_lines(decoded, most, "\n")
    finally:
        decoded.detach()  # or its end would close the file


def _capped_lines(source: Any, most: int, end: Any) -> Iterator[Any]:
    while line := source.readline(most):
        if len(line) == most and not line.endswith(end):
            while (rest := source.readline(1 << 20)) and not rest.endswith(end):
                pass
            yield None
        else:
            yield line


def _record(member: str, line: str | bytes | None, limits: Limits) -> Page | Refusal:
    if line is None:
        return Refusal(member, Reason.TOO_LARGE, "The line is longer than two documents may be.")
    data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
    try:
        text, encoding = decode_text(line) if isinstance(line, bytes) else (line, "utf-16")
        record = _parse(text)
        page = page_from_record(member, record, encoding)
    except RejectedInputError as error:
        return refuse(member, error, data)
    if len(page.data) > limits.document_bytes:
        too_large = RejectedInputError(Reason.TOO_LARGE, f"More than {limits.document_bytes} bytes.")
        return refuse(member, too_large, data)
    return page


def _parse(line: str) -> dict:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RejectedInputError(Reason.BAD_JSON_LINE, f"{type(error).__name__}: {error}") from None
    if not isinstance(record, dict):
        raise RejectedInputError(Reason.BAD_JSON_LINE, f"A JSON {type(record).__name__}, not an object.")
    return record
