"""Small mention and document tables for the stage tests, from marked texts."""

import datetime
import re

import pyarrow as pa

from pipeline.schema import table_from_rows


def tables(texts: dict[str, str]) -> tuple[pa.Table, pa.Table]:
    """(mentions, documents) of {document id: text with [Name|LABEL] or [Name|LABEL|role in front] marks}; the outlet is
    the id up to its dash."""
    documents, mentions = [], []
    for document, text in texts.items():
        plain = ""
        for piece in re.split(r"(\[[^\]]+\])", text):
            if piece.startswith("["):
                name, label, *role = piece[1:-1].split("|")
                mentions.append({
                    "mention_id": f"{document}:{len(plain)}", "document_id": document, "block_no": 0, "sentence_no": 0,
                    "start": len(plain), "end": len(plain) + len(name), "surface": name, "label": label,
                    "method": "model", "role": role[0] if role else None,
                })  # fmt: skip
                plain += name
            else:
                plain += piece
        documents.append({
            "document_id": document, "outlet_id": document.split("-")[0], "raw_text": plain,
            "published_date": None, "ingest_date": datetime.date(2031, 5, 1),
        })  # fmt: skip
    return table_from_rows("mentions", mentions), table_from_rows("documents", documents)
