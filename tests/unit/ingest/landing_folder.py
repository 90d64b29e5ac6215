"""Helpers of the ingest tests: write a landing folder, read it, look at rows."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

from pipeline.ingest import KnownInputs, Limits, read_landing

DAY = date(2034, 5, 1)
STORY = "Harbour reopens\n\nThe harbour at Lindqvist Bay reopened on Tuesday, its master Tove Aas said.\n"


def write(landing: Path, files: dict[str, bytes | str]) -> Path:
    """Create the files (a str is UTF-8) below `landing`."""
    for name, content in files.items():
        path = landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return landing


def read(landing: Path, known: KnownInputs | None = None, limits: Limits | None = None):
    """All rows as lists of dicts: raw documents, rejected documents, landing files."""
    rows: tuple[list, list, list] = ([], [], [])
    for batch in read_landing(landing, DAY, known, limits):
        for table, collected in zip(batch, rows, strict=True):
            collected += table.to_pylist()
    return rows


def known_after(documents: list[dict], files: list[dict]) -> KnownInputs:
    """What the next run knows."""
    from pipeline.schema import table_from_rows

    read_before = table_from_rows("raw_documents", documents).select(["document_id", "source_path"])
    return KnownInputs.from_tables(table_from_rows("landing_files", files), read_before)


def jsonl(*records: dict) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def gz(content: bytes | str) -> bytes:
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)


def reasons(rejected: list[dict]) -> dict[str, str]:
    return {row["source_path"]: row["reason_code"] for row in rejected}
