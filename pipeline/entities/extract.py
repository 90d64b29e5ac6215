"""The room's doors: texts, or the kept blocks of documents, to mentions."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.context import Rereading, reread
from pipeline.entities.correct import correct
from pipeline.entities.document import Document, document_of_blocks, document_of_text
from pipeline.entities.mention import Mention
from pipeline.entities.model import DEFAULT_MODEL, model_identity
from pipeline.entities.network import weights_for
from pipeline.entities.outputs import (
    DEFAULT_SETTINGS,
    ModelSettings,
    Reading,
    joined,
    output_keys,
    read_texts,
    reading_row,
    stored_reading,
)
from pipeline.entities.sentences import sentence_starts
from pipeline.entities.workers import Map, workers
from pipeline.schema import table_from_rows

if TYPE_CHECKING:
    import pyarrow as pa

# Kept blocks that are metadata of the page, not places where the story names someone.
_METADATA_KINDS = frozenset({"timestamp"})
_CORRECTED_DOCUMENTS = 16  # at once: few, so that memory does not grow with the batch


class Extracted(NamedTuple):
    """`mentions` as the schema declares them, and the rows of `model_outputs` that were not known before."""

    mentions: pa.Table
    new_outputs: pa.Table


def annotate(texts: Iterable[str], settings: ModelSettings = DEFAULT_SETTINGS) -> list[list[Mention]]:
    """The names in each text, in order of place, without overlap.

    Every line of a text is read; repeated lines are read once. Raises ModelMissingError, with the command
    that installs it, when the pipeline is not there.
    """
    batch = _Batch([document_of_text(text) for text in texts], settings)
    with workers(settings.processes) as spread:
        batch.read_missing({}, spread)
        return list(batch.mentions(spread))


def extract_mentions(
    documents: pa.Table,
    blocks: pa.Table,
    known_outputs: Callable[[pa.Array], pa.Table],
    model: str | ModelSettings = DEFAULT_MODEL,
) -> Extracted:
    """The names in the kept blocks of a batch of documents.

    `documents` needs document_id and raw_text, `blocks` the columns of its table. `known_outputs` is asked once,
    with the keys of all texts of the batch, for the rows of `model_outputs` that are known; what they answer is not
    read again.
    """
    import pyarrow as pa

    settings = model if isinstance(model, ModelSettings) else ModelSettings(model)
    by_id = _documents(documents, blocks, settings.model)
    batch = _Batch(list(by_id.values()), settings)
    known = known_outputs(pa.array(batch.texts, pa.string()))
    columns = (known[name].to_pylist() for name in ("output_key", "spans", "tokens"))
    with workers(settings.processes) as spread:
        new = batch.read_missing({key: stored_reading(s, t) for key, s, t in zip(*columns, strict=True)}, spread)
        rows = [
            row
            for (document_id, document), mentions in zip(by_id.items(), batch.mentions(spread), strict=True)
            for row in _rows(document_id, document, mentions)
        ]
    outputs = (reading_row(key, batch.answers[key]) for key in new)
    return Extracted(table_from_rows("mentions", rows), table_from_rows("model_outputs", outputs))


class _Batch:
    """Documents, the texts in them that the model reads, by key, and its answers."""

    def __init__(self, documents: list[Document], settings: ModelSettings) -> None:
        self.documents, self.settings = documents, settings
        self.keys: list[list[str]] = []
        self.texts: dict[str, str] = {}
        for document in documents:
            texts = document.inputs()
            self.keys.append(output_keys(texts, settings.model))
            self.texts.update(zip(self.keys[-1], texts, strict=True))
        self.answers: dict[str, Reading] = {}

    def read_missing(self, known: dict[str, Reading], spread: Map) -> list[str]:
        """Has the model read each distinct text that `known` does not answer; returns their keys in order of place."""
        missing = [key for key in self.texts if key not in known]
        read = read_texts((self.texts[key] for key in missing), self.settings, spread) if missing else ()
        self.answers = known | dict(zip(missing, read, strict=True))
        return missing

    def mentions(self, spread: Map) -> Iterator[list[Mention]]:
        """The mentions of each document."""
        pairs = zip(self.documents, map(self._reading, self.documents, self.keys), strict=True)
        batches = iter(lambda: list(islice(pairs, _CORRECTED_DOCUMENTS)), [])
        return chain.from_iterable(spread(partial(_corrected, model=self.settings.model), batches))

    def _reading(self, document: Document, keys: Sequence[str]) -> Reading:
        return joined(self.answers[k].moved(line.start) for k, line in zip(keys, document.lines, strict=True))


def _corrected(read: list[tuple[Document, Reading]], model: str) -> list[list[Mention]]:
    """The mentions of documents, given with what the model read in them."""
    documents, readings = zip(*read, strict=True)
    weights = weights_for(model_identity(model))
    second: Sequence[Rereading | None] = [None] * len(read)
    if weights:
        second = reread(documents, [reading.tokens for reading in readings], weights.document)
    return list(map(correct, documents, readings, second))


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
