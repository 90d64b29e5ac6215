"""How much a shared name part says: a rare one much, one that thousands bear little."""

from __future__ import annotations

import zlib
from functools import cache, lru_cache

import numpy as np

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.names import ORG, PERSON, commonness

BUCKETS = 1 << 15
LEAST = 0.1


def bucket(part: str) -> int:
    """The bucket of a part in the frequency tables."""
    return zlib.crc32(part.encode()) % BUCKETS


@cache
def _tables() -> dict[str, np.ndarray]:
    """Inverse entity frequency by bucket, 0..255 (benchmarks/train_rarity.py)."""
    with np.load(DATA / "part_rarity.npz") as stored:
        return {group: stored[group] for group in (PERSON, ORG)}


@lru_cache(maxsize=1 << 20)
def rarity(part: str, group: str) -> float:
    """Weight of a part between LEAST (borne by very many) and 1 (as good as unique)."""
    table = _tables()[PERSON if group == PERSON else ORG]
    learned = max(LEAST, int(table[bucket(part)]) / 255)
    return min(learned, 1 - 0.5 * commonness(part)) if group == PERSON else learned
