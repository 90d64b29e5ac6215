"""The clean stage: raw documents in, blocks and described documents out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.clean.blocks import Block
from pipeline.clean.markup import Markup
from pipeline.clean.metadata import describe
from pipeline.clean.repetition import OutletLines
from pipeline.clean.stripping import Page, strip_pages
from pipeline.schema import table_from_rows

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
    documents, blocks = [], []
    for row, page in zip(rows, stripped, strict=True):
        document, languages = clean_document(row, page)
        documents.append(document)
        blocks += _block_rows(row, page, languages)
    return Cleaned(table_from_rows("documents", documents), table_from_rows("blocks", blocks))


def clean_document(row: Mapping[str, Any], page: Sequence[Block]) -> tuple[dict[str, Any], list[str | None]]:
    """One document's row, from its raw document and its blocks, and the language of each block."""
    text = row["raw_text"]
    kept = [text[b.start : b.end] for b in page if b.is_kept]
    description = describe(row, page)
    clean_text = "\n\n".join(kept)
    document = {
        **{name: row[name] for name in CARRIED},
        **description.columns,
        "raw_chars": len(text),
        "kept_chars": sum(map(len, kept)),
        "clean_text": clean_text,
    }
    return document, description.block_languages


def _block_rows(row: Mapping[str, Any], page: Sequence[Block], languages: Sequence[str | None]) -> list[dict[str, Any]]:
    return [
        {
            "document_id": row["document_id"],
            "block_no": number,
            "start": block.start,
            "end": block.end,
            "text": row["raw_text"][block.start : block.end],
            "kind": str(block.kind),
            "is_kept": block.is_kept,
            "rule": block.rule,
            "score": block.score,
            "language": language,
        }
        for number, (block, language) in enumerate(zip(page, languages, strict=True))
    ]
