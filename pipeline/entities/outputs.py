"""The model's answers, by content: a text that it has read once costs nothing again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.entities.model import DEFAULT_MODEL, load_model, model_identity
from pipeline.entities.sentences import cut_long

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_UNIT_CHARS = 10_000
_ZONE_UNITS = 2_000  # texts between two clearings of spaCy's string store, which else grows without end

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which pipeline reads, how many texts it takes at once, and in how many processes."""

    model: str = DEFAULT_MODEL
    batch_size: int = 256
    processes: int = 1


DEFAULT_SETTINGS = ModelSettings()


def output_key(text: str, model: str = DEFAULT_MODEL) -> str:
    """Identity of the answer to one text: 32 hex digits of a hash over text, model and version."""
    identity = model_identity(model)
    content = f"{identity.name}\0{identity.version}\0{text}"
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def read_texts(texts: Iterable[str], settings: ModelSettings) -> Iterator[list[Span]]:
    """What the model finds in each text, in order: (start, end, label), the model's own labels.

    Texts longer than MAX_UNIT_CHARS are read in pieces cut at sentence ends.
    """
    nlp, source = load_model(settings.model), iter(texts)
    while batch := list(islice(source, _ZONE_UNITS)):
        pieces = [(i, at, text[at:end]) for i, text in enumerate(batch) for at, end in _pieces(text)]
        found: list[list[Span]] = [[] for _ in batch]
        with nlp.memory_zone():
            docs = nlp.pipe(
                (piece for *_, piece in pieces),
                batch_size=settings.batch_size,
                n_process=settings.processes,
            )
            for (i, at, _), doc in zip(pieces, docs, strict=True):
                found[i] += _spans(doc, at)
        yield from found


def encode_spans(spans: Sequence[Span]) -> str:
    """Spans as the JSON that the model_outputs table stores."""
    return json.dumps(spans, separators=(",", ":"))


def decode_spans(stored: str) -> list[Span]:
    """The spans of a stored answer."""
    return [(start, end, label) for start, end, label in json.loads(stored)]


def _pieces(text: str) -> list[tuple[int, int]]:
    return cut_long(text, MAX_UNIT_CHARS)


def _spans(doc: Doc, offset: int) -> list[Span]:
    return [(offset + e.start_char, offset + e.end_char, e.label_) for e in doc.ents]
