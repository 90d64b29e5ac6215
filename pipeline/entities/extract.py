"""The room's doors: texts, or the kept blocks of documents, to mentions."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.correct import correct
from pipeline.entities.document import Document, document_of_blocks, document_of_text
from pipeline.entities.mention import Mention
from pipeline.entities.model import DEFAULT_MODEL, model_identity
from pipeline.entities.network import weights_for
from pipeline.entities.outputs import (
    DEFAULT_SETTINGS,
    ModelSettings,
    Reading,
    output_key,
    read_texts,
    reading_row,
    stored_reading,
)
from pipeline.entities.sentences import sentence_starts
from pipeline.schema import table_from_rows

if TYPE_CHECKING:
    import pyarrow as pa

# Kept blocks that are metadata of the page, not places where the story names someone.
_METADATA_KINDS = frozenset({"timestamp"})


class Extracted(NamedTuple):
    """`mentions` as the schema declares them, and the rows of `model_outputs` that were not known before."""

    mentions: pa.Table
    new_outputs: pa.Table


def annotate(texts: Iterable[str], settings: ModelSettings = DEFAULT_SETTINGS) -> list[list[Mention]]:
    """The names in each text, in order of place, without overlap.

    Every line of a text is read; repeated lines are read once. Raises ModelMissingError, with the command
    that installs it, when the pipeline is not there.
    """
    documents = [document_of_text(text) for text in texts]
    answers: dict[str, Reading] = {}
    _read_missing(documents, answers, settings)
    return [_mentions_of(document, answers, settings.model) for document in documents]


def extract_mentions(
    documents: pa.Table,
    blocks: pa.Table,
    known_outputs: pa.Table,
    model: str | ModelSettings = DEFAULT_MODEL,
) -> Extracted:
    """The names in the kept blocks of a batch of documents.

    `documents` needs document_id and raw_text, `blocks` the columns of its table, `known_outputs` any rows of
    `model_outputs` (those of `output_keys` suffice); what they already answer is not read again.
    """
    settings = model if isinstance(model, ModelSettings) else ModelSettings(model)
    by_id = _documents(documents, blocks, settings.model)
    columns = (known_outputs[name].to_pylist() for name in ("output_key", "spans", "tokens"))
    answers = {key: stored_reading(spans, tokens) for key, spans, tokens in zip(*columns, strict=True)}
    new = _read_missing(by_id.values(), answers, settings)
    rows = [
        row
        for document_id, document in by_id.items()
        for row in _rows(document_id, document, _mentions_of(document, answers, settings.model))
    ]
    outputs = (reading_row(key, answers[key]) for key in new)
    return Extracted(table_from_rows("mentions", rows), table_from_rows("model_outputs", outputs))


def output_keys(documents: pa.Table, blocks: pa.Table, model: str = DEFAULT_MODEL) -> pa.Array:
    """The distinct keys of `model_outputs` that `extract_mentions` would look up for these documents."""
    import pyarrow as pa

    by_id = _documents(documents, blocks, model)
    keys = {output_key(text, model): None for document in by_id.values() for text in document.inputs()}
    return pa.array(keys, pa.string())


def _documents(documents: pa.Table, blocks: pa.Table, model: str) -> dict[str, Document]:
    language = model_identity(model).language
    kept: dict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
    columns = ("document_id", "start", "end", "block_no", "kind", "is_kept", "language")
    for document_id, start, end, block_no, kind, is_kept, spoken in zip(
        *(blocks[name].to_pylist() for name in columns), strict=True
    ):
        if is_kept and kind not in _METADATA_KINDS and spoken in (None, language):
            kept[document_id].append((start, end, block_no, kind))
    ids, texts = documents["document_id"].to_pylist(), documents["raw_text"].to_pylist()
    return {i: document_of_blocks(text, kept.get(i, ())) for i, text in zip(ids, texts, strict=True)}


def _read_missing(documents: Iterable[Document], answers: dict[str, Reading], settings: ModelSettings) -> list[str]:
    """Reads what `answers` lacks into it, each distinct text once; returns the new keys in order of place."""
    missing: dict[str, str] = {}
    for document in documents:
        for text in document.inputs():
            key = output_key(text, settings.model)
            if key not in answers:
                missing.setdefault(key, text)
    if missing:
        answers.update(zip(missing, read_texts(missing.values(), settings), strict=True))
    return list(missing)


def _mentions_of(document: Document, answers: dict[str, Reading], model: str) -> list[Mention]:
    whole = Reading([], [])
    for line, text in zip(document.lines, document.inputs(), strict=True):
        reading = answers[output_key(text, model)]
        whole.spans.extend((line.start + s, line.start + e, label) for s, e, label in reading.spans)
        whole.tokens.extend((line.start + s, line.start + e, *rest) for s, e, *rest in reading.tokens)
    known = weights_for(model_identity(model))
    return correct(document, whole, known.document if known else None)


def _rows(document_id: str, document: Document, mentions: Sequence[Mention]) -> Iterable[dict[str, object]]:
    line_starts = [line.start for line in document.lines]
    sentences = _sentence_starts_by_block(document)
    for mention in mentions:
        line = document.lines[bisect_right(line_starts, mention.start) - 1]
        yield {
            "mention_id": mention_id(document_id, mention.start, mention.end),
            "document_id": document_id,
            "block_no": line.block_no,
            "sentence_no": bisect_right(sentences[line.block_no], mention.start) - 1,
            "surface": document.text[mention.start : mention.end],
            **mention._asdict(),
        }


def _sentence_starts_by_block(document: Document) -> dict[int, list[int]]:
    starts: dict[int, list[int]] = defaultdict(list)
    for line in document.lines:
        starts[line.block_no] += [line.start + at for at in sentence_starts(document.text[line.start : line.end])]
    return starts


def mention_id(document_id: str, start: int, end: int) -> str:
    """Identity of a mention: 20 hex digits of a hash over document and offsets."""
    return hashlib.sha256(f"{document_id}:{start}:{end}".encode()).hexdigest()[:20]
