"""A learned lexicon: how much the words of a line speak for the article, by hash."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Floats
from pipeline.clean.words import Words

BUCKETS = 1 << 15


def term_buckets(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The line and the bucket of each term: every word, every two words in a row, and how a line begins."""
    mask = np.uint64(BUCKETS - 1)
    pairs = (words.hash[:-1] * np.uint64(5) + words.hash[1:]) >> np.uint64(17)
    inside = words.line[:-1] == words.line[1:]
    opens = words.nth == 0
    line = np.concatenate([words.line, words.line[:-1][inside], words.line[opens]])
    terms = np.concatenate([words.hash, pairs[inside], (words.hash[opens] * np.uint64(7)) >> np.uint64(29)])
    return line, (terms & mask).astype(np.int64)


class Lexicon:
    """A linear model over hashed terms: a line scores the sum of its terms' weights over the root of their number."""

    def __init__(self, weights: NDArray[np.int8], scale: float) -> None:
        self._weights = weights.astype(np.float32) * np.float32(scale)

    def scores(self, words: Words) -> Floats:
        """One score a line; above 0 speaks for the article."""
        line, bucket = term_buckets(words)
        n_lines = len(words.first) - 1
        total = np.bincount(line, self._weights[bucket], minlength=n_lines)
        count = np.bincount(line, minlength=n_lines)
        return (total / np.sqrt(np.maximum(count, 1))).astype(np.float32)
