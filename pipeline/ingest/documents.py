"""A page as a row of raw_documents, or a refusal as a row of rejected_documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from pipeline.ingest.batches import Row
from pipeline.ingest.decoding import decode_html, decode_text
from pipeline.ingest.identity import document_id
from pipeline.ingest.outlets import OutletDirectory
from pipeline.ingest.records import HTML, Page, Refusal, to_json
from pipeline.ingest.rejection import Reason, RejectedInputError
from pipeline.ingest.rendering import Rendering, Statement, render_decoded
from pipeline.ingest.text_flags import text_flags


def document_row(page: Page, file_path: str, outlets: OutletDirectory, ingest_date: date) -> Row:
    """The raw document of a page. Raises `RejectedInputError` for what is not text, or holds none."""
    text, encoding = _decoded(page)
    rendering: Rendering | None = None
    if page.media_type == HTML:
        rendering = render_decoded(text, encoding, page.url)
        text = rendering.text
    if not text.strip():
        raise RejectedInputError(Reason.NO_TEXT if rendering else Reason.EMPTY)
    stated = _first_of_each([*page.statements, *(rendering.statements if rendering else ())])
    url = page.url or _value(stated, "url")
    outlet = outlets.of_page(file_path, page.outlet, url, _value(stated, "site_name"))
    published = stated.get("published")
    return {
        "document_id": document_id(outlet and outlet.outlet_id, text),
        "outlet_id": outlet and outlet.outlet_id,
        "outlet_name": outlet and outlet.name,
        "outlet_domain": outlet and outlet.domain,
        "outlet_basis": outlet and outlet.basis,
        "source_path": member_path(file_path, page.member),
        "url": url,
        "media_type": page.media_type,
        "encoding": encoding,
        "ingest_date": ingest_date,
        "content_sha256": hashlib.sha256(page.data).hexdigest(),
        "flags": text_flags(text),
        "stated_language": _value(stated, "language"),
        "stated_title": _value(stated, "title"),
        "stated_byline": _value(stated, "byline"),
        "stated_published": published and published.value,
        "stated_published_basis": published and _basis(published),
        "extra": to_json(page.extra),
        "markup": rendering and rendering.markup_json(),
        "raw_text": text,
    }


def rejected_row(refusal: Refusal, file_path: str, ingest_date: date) -> Row:
    return {
        "source_path": member_path(file_path, refusal.member),
        "byte_size": refusal.byte_size,
        "content_sha256": refusal.content_sha256,
        "reason_code": refusal.reason.value,
        "detail": refusal.detail,
        "ingest_date": ingest_date,
    }


def member_path(file_path: str, member: str) -> str:
    """`file#L12` for a line, `file#3` for a record, the file itself for its only page."""
    return f"{file_path}#{member}" if member else file_path


def _decoded(page: Page) -> tuple[str, str]:
    if isinstance(page.body, str):
        return page.body, page.encoding or "utf-8"
    decode = decode_html if page.media_type == HTML else decode_text
    return decode(page.body, page.encoding)


def _first_of_each(statements: Iterable[Statement]) -> dict[str, Statement]:
    first: dict[str, Statement] = {}
    for statement in statements:
        first.setdefault(statement.field, statement)
    return first


def _value(stated: dict[str, Statement], field: str) -> str | None:
    return stated[field].value if field in stated else None


def _basis(statement: Statement) -> str:
    return statement.basis if statement.basis.startswith("record:") else f"markup:{statement.basis}"
