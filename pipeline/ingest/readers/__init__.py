"""One reader a format: a byte stream to pages and refusals, in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from pipeline.ingest.limits import Limits
from pipeline.ingest.readers.jsonl import read_jsonl
from pipeline.ingest.readers.parquet import read_parquet
from pipeline.ingest.readers.single import read_html_file, read_text_file
from pipeline.ingest.readers.warc import read_warc
from pipeline.ingest.records import Page, Refusal

Reader = Callable[[io.BufferedReader, Limits], Iterator[Page | Refusal]]

_READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".text": read_text_file,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".xhtml": read_html_file,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".warc": read_warc,
    ".wet": read_warc,
    ".parquet": read_parquet,
}


def reader_for(file_name: str) -> Reader | None:
    """The reader for a file of that name, `.gz` endings set aside; None when there is none."""
    name = file_name.lower()
    while name.endswith(".gz"):
        name = name[:-3]
    return _READERS.get(name[name.rfind(".") :]) if "." in name else None
