"""What the model knows about each token: its own tensor, its decision and the word's shape, as probabilities.

The recogniser decides greedily and gives no scores. Its token vectors, one step before the decision, hold more than
the decision shows: a small network reads them over a window and says how likely each token begins or continues a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.entities.model import recogniser
from pipeline.entities.network import Ensemble

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WINDOW = 2  # tokens to each side
_GROUPS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW")
_FLAGS = ("IS_TITLE", "IS_UPPER", "IS_LOWER", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "IS_STOP")

# A token of a text as stored: start, end, then the probabilities of CLASSES[1:] in thousandths.
Token = tuple[int, ...]


def keep_tensors(nlp: Language) -> None:
    """Makes the pipeline's recogniser leave its token vectors in `doc.tensor`."""
    from thinc.api import Model

    chain = recogniser(nlp).layers[0]

    def forward(model, docs, is_train):
        vectors, backprop = model.layers[0](docs, is_train)
        for doc, vector in zip(docs, vectors, strict=True):
            doc.tensor = vector
        return vectors, backprop

    chain.layers[0] = Model("keep_tensors", forward, layers=[chain.layers[0]])


def token_evidence(doc: Doc, network: Ensemble) -> list[Token]:
    """The candidate tokens of a read text with their probabilities; places are the doc's own."""
    features, candidates = token_features(doc)
    if not len(candidates):
        return []
    thousandths = np.rint(network.probabilities(features)[:, 1:] * 1000).astype(int)
    places = doc.to_array(["IDX", "LENGTH"])[candidates].astype(np.int64)
    rows = np.column_stack([places[:, 0], places.sum(axis=1), thousandths])
    return [tuple(row) for row in rows.tolist()]


def token_features(doc: Doc) -> tuple[np.ndarray, np.ndarray]:
    """Features of the candidate tokens, (candidates, features), and which tokens these are.

    A candidate is a token that is not in lower case or that the model holds for part of a name, or a neighbour of one.
    """
    attributes = doc.to_array([*_FLAGS, "LENGTH", "ENT_TYPE", "ENT_IOB"])
    flags = attributes[:, : len(_FLAGS)].astype(bool)
    length, label, iob = attributes[:, -3], attributes[:, -2], attributes[:, -1]
    groups = label[:, None] == _group_ids(doc)[None, :]
    named = ~(flags[:, 2] | flags[:, 4] | flags[:, 5] | flags[:, 6]) | groups.any(axis=1)
    near = named.copy()
    near[1:] |= named[:-1]
    near[:-1] |= named[1:]
    candidates = np.flatnonzero(near)
    single = np.column_stack(
        [
            doc.tensor,
            flags,
            length == 1,
            length <= 3,
            groups,
            (label > 0) & ~groups.any(axis=1),
            (iob == 3) & groups.any(axis=1),
            np.ones(len(doc), bool),
        ]
    ).astype(np.float32)
    padded = np.zeros((len(doc) + 2 * WINDOW, single.shape[1]), np.float32)
    padded[WINDOW : WINDOW + len(doc)] = single
    return np.hstack([padded[candidates + shift] for shift in range(2 * WINDOW + 1)]), candidates


def _group_ids(doc: Doc) -> np.ndarray:
    strings = doc.vocab.strings
    return np.array([strings.add(name) for name in _GROUPS], dtype=np.uint64)
