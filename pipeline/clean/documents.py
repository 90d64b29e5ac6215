"""The clean stage: raw documents in, blocks and described documents out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.clean.blocks import Block, Kind
from pipeline.clean.markup import Markup
from pipeline.clean.metadata import Description, describe
from pipeline.clean.repetition import OutletLines
from pipeline.clean.stripping import Page, strip_pages
from pipeline.schema import arrow_schema, table_from_rows

CARRIED = (
    "document_id", "source_path", "url", "media_type", "encoding", "ingest_date", "content_sha256", "flags", "raw_text",
)  # fmt: skip


class Cleaned(NamedTuple):
    """`documents` and `blocks` as declared; `duplicate_of` is left null: it is found over all documents."""

    documents: pa.Table
    blocks: pa.Table


def clean_documents(raw_documents: pa.Table, outlet_lines: pa.Table) -> Cleaned:
    """Strip and describe a batch of raw documents, each by itself but for its outlet's repeated lines.

    `outlet_lines` counts the lines of the documents' outlets, these documents included (`count_outlet_lines`).
    """
    rows = raw_documents.to_pylist()
    pages = [
        Page(row["raw_text"], row["url"], row["outlet_id"], row["stated_title"], Markup.from_json(row["markup"]))
        for row in rows
    ]
    stripped = strip_pages(pages, OutletLines([outlet_lines]))
    described = [describe(row, page) for row, page in zip(rows, stripped, strict=True)]
    documents = [_document(row, page, d) for row, page, d in zip(rows, stripped, described, strict=True)]
    named = [_with_byline(page, d.byline_block) for page, d in zip(stripped, described, strict=True)]
    blocks = _block_table(rows, named, [d.block_languages for d in described])
    return Cleaned(table_from_rows("documents", documents), blocks)


def _with_byline(page: Sequence[Block], byline: int | None) -> Sequence[Block]:
    """The blocks, that of the byline called so where nothing else is known of it: a name alone has no telling words."""
    if byline is None or page[byline].kind != Kind.OTHER_BOILERPLATE:
        return page
    return [*page[:byline], page[byline]._replace(kind=str(Kind.BYLINE)), *page[byline + 1 :]]


def _document(row: Mapping[str, Any], page: Sequence[Block], description: Description) -> dict[str, Any]:
    """One document's row, from its raw document, its blocks and what they say."""
    text = row["raw_text"]
    kept = [text[b.start : b.end] for b in page if b.is_kept]
    clean_text = "\n\n".join(kept)
    return {
        **{name: row[name] for name in CARRIED},
        **description.columns,
        "raw_chars": len(text),
        "kept_chars": sum(map(len, kept)),
        "clean_text": clean_text,
    }


def _block_table(
    rows: Sequence[Mapping[str, Any]], pages: Sequence[Sequence[Block]], languages: Sequence[Sequence[str | None]]
) -> pa.Table:
    """The blocks of all documents, column by column."""
    start, end, kind, is_kept, rule, score = zip(*chain.from_iterable(pages), strict=True) if any(pages) else [()] * 6
    columns = {
        "document_id": [row["document_id"] for row, page in zip(rows, pages, strict=True) for _ in page],
        "block_no": [number for page in pages for number in range(len(page))],
        "start": start,
        "end": end,
        "text": [row["raw_text"][b.start : b.end] for row, page in zip(rows, pages, strict=True) for b in page],
        "kind": kind,
        "is_kept": is_kept,
        "rule": rule,
        "score": score,
        "language": list(chain.from_iterable(languages)),
    }
    return pa.table(columns, schema=arrow_schema("blocks"))
