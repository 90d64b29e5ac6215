"""The model's answers, by content: a text that it has read once costs nothing again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from pipeline.entities.model import DEFAULT_MODEL, load_model, model_identity, recogniser
from pipeline.entities.network import WEIGHTS_PATH, weights_for
from pipeline.entities.sentences import cut_long
from pipeline.entities.token_evidence import Token, keep_tensors, token_evidence

MAX_UNIT_CHARS = 10_000
_ZONE_UNITS = 2_000  # texts between two clearings of spaCy's string store, which else grows without end

Span = tuple[int, int, str]


class Reading(NamedTuple):
    """What the model says of a text: names as (start, end, label), and the evidence of single tokens."""

    spans: list[Span]
    tokens: list[Token]


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
    content = f"{identity.name}\0{identity.version}\0{_weights_sha256()}\0{text}"
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _weights_sha256() -> str:
    return hashlib.sha256(WEIGHTS_PATH.read_bytes()).hexdigest() if WEIGHTS_PATH.is_file() else ""


def read_texts(texts: Iterable[str], settings: ModelSettings) -> Iterator[Reading]:
    """What the model says of each text, in order, with the model's own labels.

    Texts longer than MAX_UNIT_CHARS are read in pieces cut at sentence ends. Token evidence is given for the model
    that the shipped weights were trained on, and is empty for others.
    """
    nlp, source = load_model(settings.model), iter(texts)
    known = weights_for(model_identity(settings.model))
    if known and recogniser(nlp).layers[0].layers[0].name != "keep_tensors":
        keep_tensors(nlp)
    while batch := list(islice(source, _ZONE_UNITS)):
        pieces = [(i, at, text[at:end]) for i, text in enumerate(batch) for at, end in _pieces(text)]
        found = [Reading([], []) for _ in batch]
        with nlp.memory_zone():
            docs = nlp.pipe(
                (piece for *_, piece in pieces),
                batch_size=settings.batch_size,
                n_process=settings.processes,
            )
            for (i, at, _), doc in zip(pieces, docs, strict=True):
                found[i].spans.extend((at + e.start_char, at + e.end_char, e.label_) for e in doc.ents)
                if known:
                    tokens = token_evidence(doc, known.token)
                    found[i].tokens.extend((at + start, at + end, *rest) for start, end, *rest in tokens)
        yield from found


def reading_row(key: str, reading: Reading) -> dict[str, str]:
    """A reading as a row of the model_outputs table."""
    return {"output_key": key, "spans": _compact(reading.spans), "tokens": _compact(reading.tokens)}


def stored_reading(spans: str, tokens: str | None) -> Reading:
    """The reading that a row of model_outputs holds."""
    return Reading([(s, e, label) for s, e, label in json.loads(spans)], [tuple(t) for t in json.loads(tokens or "[]")])


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _pieces(text: str) -> list[tuple[int, int]]:
    return cut_long(text, MAX_UNIT_CHARS)
