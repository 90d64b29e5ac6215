"""What a document is about, as its words tell: a town that wins matches is a club."""

from __future__ import annotations

from functools import cache

import numpy as np

from pipeline.entities.document import Document
from pipeline.entities.lexicon import lexicon, lexicon_rows

_FEWEST_WORDS = 50  # a shorter document counts as one of so many: a word or two tell little
_MOST = 6.0  # percent


def topic_shares(document: Document) -> np.ndarray:
    """(topics,) of float32: how many percent of a document's distinct words are usual in each field, up to _MOST."""
    words = document.words.small
    counts = np.array([len(words & usual) for usual in _topics()], np.float32)
    return np.minimum(100 * counts / max(len(words), _FEWEST_WORDS), _MOST)


@cache
def _topics() -> list[frozenset[str]]:
    kinds = sorted({row["kind"] for row in lexicon_rows("topic_words")})
    return [frozenset(lexicon("topic_words", kind)) for kind in kinds]
