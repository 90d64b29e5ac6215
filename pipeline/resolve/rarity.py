"""How much a shared name part says: a rare one much, one that thousands bear little, an ordinary word little."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache

import numpy as np

from pipeline.resolve.lexicon import DATA, lexicon
from pipeline.resolve.names import ORG, PERSON, commonness

BUCKETS = 1 << 15
WORD_BUCKETS = 1 << 18
WORDS = "WORDS"
LEAST = 0.1
SCOPE = 0.5  # weight of a country or a direction in a body's name, at most


def bucket(part: str, buckets: int = BUCKETS) -> int:
    """The bucket of a part in a frequency table."""
    return zlib.crc32(part.encode()) % buckets


def inverse_frequency(counts: np.ndarray, total: int) -> np.ndarray:
    """Bytes from how many of `total` entities or pages have each bucket's parts: 255 for none or one, 0 for all."""
    inverse = np.log(total / (counts + 0.5)) / np.log(total / 1.5)
    return np.round(255 * np.clip(inverse, 0, 1)).astype(np.uint8)


@cache
def _tables() -> dict[str, np.ndarray]:
    """Inverse frequencies by bucket (benchmarks/train_rarity.py): of parts among entities, of words among pages."""
    with np.load(DATA / "part_rarity.npz") as stored:
        return {kind: stored[kind] for kind in (PERSON, ORG, WORDS)}


def weight(part: str, group: str, inverse: np.ndarray) -> float:
    """Weight of a part by a table of inverse frequencies: LEAST (borne by very many) to 1 (as good as unique)."""
    learned = max(LEAST, int(inverse[bucket(part)]) / 255)
    return min(learned, 1 - 0.5 * commonness(part)) if group == PERSON else learned


@lru_cache(maxsize=1 << 20)
def rarity(part: str, group: str) -> float:
    """`weight` by the shipped table of a group."""
    return weight(part, group, _tables()[PERSON if group == PERSON else ORG])


def stem(word: str) -> str:
    """A word without its plural."""
    return word.removesuffix("s")


@lru_cache(maxsize=1 << 20)
def properness(part: str, group: str) -> float:
    """How little a part of a body's name is an ordinary word, one that pages write in small letters: LEAST to 1.

    Lists of names know few words; *petroleum* and *alliance* say little in any list. 1 for all parts of other names.
    """
    if group != ORG:
        return 1.0
    ordinary = max(LEAST, int(_tables()[WORDS][bucket(stem(part), WORD_BUCKETS)]) / 255)
    return min(ordinary, SCOPE) if part in lexicon().scopes else ordinary
