"""The mentions and documents tables as resolution reads them: a document at a time, its text let go at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.resolve.corpus import Document

BATCH = 500  # documents whose texts are in memory at once, of a table that is given whole
_ORDER = ("document_id", "start", "end", "mention_id")


@dataclass(frozen=True)
class ReadDocument:
    """A document with its day (published, else ingested), and the ids and countries that go with its spans."""

    document: Document
    day: date | None
    mention_ids: list[str]
    countries: list[str | None]


class _Mentions:
    """All mentions by document, in the order of its text."""

    def __init__(self, mentions: pa.Table) -> None:
        columns = ["mention_id", "document_id", "start", "end", "label", "country_code", "role"]
        table = mentions.select(columns).sort_by([(name, "ascending") for name in _ORDER]).combine_chunks()
        ends = pc.run_end_encode(table["document_id"].combine_chunks()) if len(table) else None
        stops = [] if ends is None else ends.run_ends.to_pylist()
        documents = [] if ends is None else ends.values.to_pylist()
        self.where = {d: slice(lo, hi) for d, lo, hi in zip(documents, [0, *stops], stops, strict=False)}
        labels, self.countries, self._roles = (_shared(table[c]) for c in ("label", "country_code", "role"))
        self.spans = list(zip(table["start"].to_pylist(), table["end"].to_pylist(), labels, strict=True))
        self.ids = table["mention_id"].to_pylist()

    def of(self, document_id: str) -> tuple[list[str], list[tuple[int, int, str]], list[str | None]]:
        """Ids, spans and countries of a document's mentions."""
        rows = self.where[document_id]
        return self.ids[rows], self.spans[rows], self.countries[rows]

    def roles(self, document_id: str) -> dict[int, str]:
        """The roles in front of those of a document's mentions that have one, by their place."""
        return {i: role for i, role in enumerate(self._roles[self.where[document_id]]) if role}


def _shared(column: pa.ChunkedArray) -> list[Any]:
    """The column as a list in which equal values are one object."""
    encoded = column.combine_chunks().dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    return [values[-1 if i is None else i] for i in encoded.indices.to_pylist()]


def _batches(documents: pa.Table | Iterable[pa.Table]) -> Iterable[pa.Table]:
    if not isinstance(documents, pa.Table):
        return documents
    return (documents.slice(at, BATCH) for at in range(0, len(documents), BATCH))


def read_documents(mentions: pa.Table, documents: pa.Table | Iterable[pa.Table]) -> list[ReadDocument]:
    """Documents that have mentions, in order of id. `documents` may come in parts, which are not kept.

    Raises KeyError for mentions of documents that are not given.
    """
    told, found = _Mentions(mentions), {}
    columns = ("document_id", "outlet_id", "raw_text", "published_date", "ingest_date")
    wanted = pa.array(list(told.where), pa.string())
    for batch in _batches(documents):
        rows = batch.select(columns).filter(pc.is_in(batch["document_id"], wanted))
        for document_id, outlet, text, published, ingested in zip(*(rows[c].to_pylist() for c in columns), strict=True):
            ids, spans, countries = told.of(document_id)
            document = Document.of(document_id, outlet or "", text, spans, told.roles(document_id))
            found[document_id] = ReadDocument(document, published or ingested, ids, countries)
    if missing := set(told.where) - set(found):
        raise KeyError(f"mentions of documents that are not given: {', '.join(sorted(missing)[:3])}")
    return [found[document_id] for document_id in sorted(found)]
