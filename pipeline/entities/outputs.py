"""The model's answers, by content: a text that it has read once costs nothing again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from pipeline.entities.model import DEFAULT_MODEL, load_model, model_identity
from pipeline.entities.network import WEIGHTS_PATH, weights_for
from pipeline.entities.sentences import cut_long
from pipeline.entities.token_evidence import NO_TOKENS, TOKEN_WIDTH, keep_tensors, token_evidence
from pipeline.entities.workers import Map

MAX_UNIT_CHARS = 10_000
_ZONE_UNITS = 512  # texts between two clearings of spaCy's string store, which else grows without end
_EVIDENCE_UNITS = 256  # texts whose tokens are judged at once: fewer, larger products
# Longer than any word of a script that parts words by blanks: spaCy's tokenizer takes time by the square of it.
_ENDLESS_WORD = re.compile(r"[^\s\u0e00-\U0010ffff]{500,}")
_PLACES = np.array([1, 1] + [0] * (TOKEN_WIDTH - 2), np.int32)  # which columns of a token are places

Span = tuple[int, int, str]


class Reading(NamedTuple):
    """What the model says of a text: names as (start, end, label), and the evidence of its candidate tokens.

    `tokens` is an array of int32, (tokens, 2 + classes): start, end, then the probabilities of CLASSES[1:] in
    thousandths.
    """

    spans: list[Span]
    tokens: np.ndarray = NO_TOKENS

    def moved(self, offset: int) -> Reading:
        """The same reading of a text that begins at an offset of another."""
        spans = [(offset + start, offset + end, label) for start, end, label in self.spans]
        return Reading(spans, self.tokens + offset * _PLACES)


def joined(readings: Iterable[Reading]) -> Reading:
    """Readings of the parts of a text, moved to their places, as one."""
    parts = list(readings)
    tokens = np.concatenate([part.tokens for part in parts]) if parts else NO_TOKENS
    return Reading([span for part in parts for span in part.spans], tokens)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which pipeline reads, how many texts it takes at once, and in how many processes."""

    model: str = DEFAULT_MODEL
    batch_size: int = 256
    processes: int = 1


DEFAULT_SETTINGS = ModelSettings()


def output_keys(texts: Iterable[str], model: str = DEFAULT_MODEL) -> list[str]:
    """Identities of the answers to texts: 32 hex digits each of a hash over text, model and version."""
    identity = model_identity(model)
    common = hashlib.blake2b(f"{identity.name}\0{identity.version}\0{_weights_sha256()}\0".encode(), digest_size=16)
    return [_hash_on(common, text) for text in texts]


def _hash_on(common: hashlib.blake2b, text: str) -> str:
    own = common.copy()
    own.update(text.encode("utf-8", "surrogatepass"))
    return own.hexdigest()


@cache
def _weights_sha256() -> str:
    return hashlib.sha256(WEIGHTS_PATH.read_bytes()).hexdigest() if WEIGHTS_PATH.is_file() else ""


def read_texts(texts: Iterable[str], settings: ModelSettings, spread: Map = map) -> Iterator[Reading]:
    """What the model says of each text, in order, with the model's own labels.

    Texts longer than MAX_UNIT_CHARS are read in pieces cut at sentence ends. Token evidence is given for the model
    that the shipped weights were trained on, and is empty for others.
    """
    load_model(settings.model)  # before processes are forked, which then share it
    source = iter(texts)
    zones = iter(lambda: list(islice(source, _ZONE_UNITS)), [])
    return chain.from_iterable(spread(partial(_read_zone, settings=settings), zones))


def _read_zone(texts: list[str], settings: ModelSettings) -> list[Reading]:
    """The readings of texts in a memory zone of their own."""
    nlp, known = load_model(settings.model), weights_for(model_identity(settings.model))
    if known:
        keep_tensors(nlp)
    texts = [_ENDLESS_WORD.sub(lambda word: " " * len(word.group()), text) for text in texts]
    pieces = [(i, at, text[at:end]) for i, text in enumerate(texts) for at, end in cut_long(text, MAX_UNIT_CHARS)]
    found: list[list[Reading]] = [[] for _ in texts]
    with nlp.memory_zone():
        docs, source_of = nlp.pipe((piece for *_, piece in pieces), batch_size=settings.batch_size), iter(pieces)
        while read := list(islice(docs, _EVIDENCE_UNITS)):
            tokens = token_evidence(read, known.token) if known else [NO_TOKENS] * len(read)
            for doc, evidence, (i, at, _) in zip(read, tokens, islice(source_of, len(read)), strict=True):
                spans = [(e.start_char, e.end_char, e.label_) for e in doc.ents]
                found[i].append(Reading(spans, evidence).moved(at))
    return [joined(parts) for parts in found]


def reading_row(key: str, reading: Reading) -> dict[str, object]:
    """A reading as a row of the model_outputs table."""
    spans = json.dumps(reading.spans, separators=(",", ":"))
    return {"output_key": key, "spans": spans, "tokens": reading.tokens.astype("<i4").tobytes()}


def stored_reading(spans: str, tokens: bytes) -> Reading:
    """The reading that a row of model_outputs holds."""
    evidence = np.frombuffer(tokens, "<i4").reshape(-1, TOKEN_WIDTH)
    return Reading([(s, e, label) for s, e, label in json.loads(spans)], evidence)
