"""Sets of words (data/words.yml) that features count."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.words import Hashes, word_hashes

_DATA = Path(__file__).parent / "data" / "words.yml"
_FILTER_SIZE = 1 << 16


class WordList:
    """A set of words by hash."""

    def __init__(self, words: str) -> None:
        self._hashes = np.unique(word_hashes(words))
        self._filter = np.zeros(_FILTER_SIZE, bool)
        self._filter[self._hashes & np.uint64(_FILTER_SIZE - 1)] = True

    def flags(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which of the words are in the list."""
        out = self._filter[hashes & np.uint64(_FILTER_SIZE - 1)]
        likely = np.flatnonzero(out)
        found = np.minimum(np.searchsorted(self._hashes, hashes[likely]), len(self._hashes) - 1)
        out[likely] = self._hashes[found] == hashes[likely]
        return out


@cache
def _lists() -> dict[str, dict]:
    import yaml

    return yaml.safe_load(_DATA.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> WordList:
    """The list of that name; KeyError when data/words.yml has none."""
    return WordList(_lists()[name]["words"])
