"""What the model knows about each token: its own tensor, its decision and the word's shape, as probabilities.

The recogniser decides greedily and gives no scores. Its token vectors hold more than the decision shows: those one
step before the decision say how it understands the token in its sentence, those that it embeds each word in say what
word it is. A small network reads both over a window and says how likely each token begins or continues a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pipeline.entities.model import recogniser
from pipeline.entities.network import CLASSES, Ensemble

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WINDOW = 2  # tokens to each side
WORD_WINDOW = 1  # tokens to each side whose words count, beyond what the recogniser makes of them
_GROUPS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW")
_FLAGS = ("IS_TITLE", "IS_UPPER", "IS_LOWER", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "IS_STOP")

_KEEPER = "keep_tensors"
TOKEN_WIDTH = 2 + len(CLASSES) - 1  # of a row of evidence: start, end, thousandths of CLASSES[1:]
NO_TOKENS = np.zeros((0, TOKEN_WIDTH), np.int32)


def keep_tensors(nlp: Language) -> None:
    """Makes the pipeline's recogniser leave its token vectors in `doc.tensor`: encoded, then as embedded."""
    from thinc.api import Model

    chain = recogniser(nlp).layers[0]
    if chain.layers[0].name == _KEEPER:
        return
    embed, encode = chain.layers[0].layers

    def forward(model, docs, is_train):
        embedded, back_to_tokens = embed(docs, is_train)
        encoded, back_to_embedded = encode(embedded, is_train)
        for doc, vectors in zip(docs, zip(encoded, embedded, strict=True), strict=True):
            doc.tensor = np.hstack(vectors)
        return encoded, lambda gradient: back_to_tokens(back_to_embedded(gradient))

    chain.layers[0] = Model(_KEEPER, forward, layers=[chain.layers[0]])


def token_evidence(docs: Sequence[Doc], network: Ensemble) -> list[np.ndarray]:
    """The candidate tokens of each text with their probabilities: (tokens, TOKEN_WIDTH) of int32, places the doc's."""
    features, candidates, doc_of = token_features(docs)
    if not len(candidates):
        return [NO_TOKENS] * len(docs)
    thousandths = np.rint(network.probabilities(features)[:, 1:] * 1000).astype(np.int32)
    places = np.vstack([doc.to_array(["IDX", "LENGTH"]) for doc in docs])[candidates].astype(np.int32)
    rows = np.column_stack([places[:, 0], places.sum(axis=1, dtype=np.int32), thousandths])
    return np.split(rows, np.searchsorted(doc_of, np.arange(1, len(docs))))


def token_features(docs: Sequence[Doc]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of the candidate tokens of texts, (candidates, features) of float32; which tokens these are, counted
    through all texts; and the text of each.

    A candidate is a token that is not in lower case or that the model holds for part of a name, or a neighbour of one.
    """
    attributes = np.vstack([doc.to_array([*_FLAGS, "LENGTH", "ENT_TYPE", "ENT_IOB"]) for doc in docs])
    doc_of = np.repeat(np.arange(len(docs)), [len(doc) for doc in docs])
    flags = attributes[:, : len(_FLAGS)].astype(bool)
    length, label, iob = attributes[:, -3], attributes[:, -2], attributes[:, -1]
    groups = label[:, None] == _group_ids(docs[0])[None, :]
    in_group = groups.any(axis=1)
    candidates = np.flatnonzero(_with_neighbours(~(flags[:, [2, 4, 5, 6]].any(axis=1)) | in_group, doc_of))
    extra = [flags, length == 1, length <= 3, groups, (label > 0) & ~in_group, (iob == 3) & in_group]
    encoded, embedded = np.hsplit(np.vstack([doc.tensor for doc in docs]), 2)
    single = np.hstack([encoded, np.column_stack([*extra, np.ones(len(doc_of), bool)]).astype(np.float32)])
    windows = (_windows(single, candidates, doc_of, WINDOW), _windows(embedded, candidates, doc_of, WORD_WINDOW))
    return np.hstack(windows), candidates, doc_of[candidates]


def _with_neighbours(named: np.ndarray, doc_of: np.ndarray) -> np.ndarray:
    """The flagged tokens and those next to one in the same text."""
    near, same = named.copy(), doc_of[1:] == doc_of[:-1]
    near[1:] |= named[:-1] & same
    near[:-1] |= named[1:] & same
    return near


def _windows(single: np.ndarray, candidates: np.ndarray, doc_of: np.ndarray, reach: int) -> np.ndarray:
    """Each candidate's features beside those of `reach` tokens to each side; zeros beyond the ends of its text."""
    parts = []
    for shift in range(-reach, reach + 1):
        at = candidates + shift
        inside = (at >= 0) & (at < len(single))
        at = np.where(inside, at, 0)
        inside &= doc_of[at] == doc_of[candidates]
        parts.append(np.where(inside[:, None], single[at], np.float32(0)))
    return np.hstack(parts)


def _group_ids(doc: Doc) -> np.ndarray:
    strings = doc.vocab.strings
    return np.array([strings.add(name) for name in _GROUPS], dtype=np.uint64)
