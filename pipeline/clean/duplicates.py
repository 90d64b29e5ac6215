"""Near-duplicates: documents that carry the same story text under another banner.

Each document is a set of hashed five-word shingles. A fixed eighth of the hash space (FracMinHash: Irber et al. 2022,
"Lightweight compositional analysis of metagenomes with FracMinHash") finds pairs that may share much; those are then
compared in full. A document repeats an earlier one when the shared shingles make up most of the shorter text and the
two are of similar length, so that a new first paragraph or a cut end does not hide a wire story, while a page that
quotes another one stays apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.schema import table_from_rows

SHINGLE = 5  # words
SAMPLED = 8  # one in so many hashes is used to find candidates
FEWEST_SHINGLES = 25  # a shorter text repeats another only when all its words are the same
NEIGHBOURS = 3  # earlier documents with the same sampled shingle that a document is compared with, besides the first
CANDIDATES = 6  # best candidates a document that are compared in full
FEWEST_SHARED = 0.25  # of a document's sampled shingles, for a candidate
CONTAINED = 0.75  # of the shorter text's shingles, for a duplicate
LENGTH_RATIO = 0.4  # shorter to longer, at least
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
WORD = re.compile(r"\w+")


def shingles(text: str) -> np.ndarray:
    """The distinct 64-bit hashes of a text's runs of five words, sorted; of all its words when it has fewer."""
    words = np.array([crc32(w.encode()) for w in WORD.findall(text.casefold())], dtype=np.uint64)
    size = min(SHINGLE, len(words))
    total = np.zeros(len(words) - size + 1 if size else 0, dtype=np.uint64)
    for i in range(size):
        total = (total + words[i : i + len(total)]) * MULTIPLIER
        total ^= total >> np.uint64(29)
    return np.unique(total)


def find_duplicates(documents: pa.Table) -> pa.Table:
    """The documents that repeat an earlier one, as a `document_duplicates` table.

    `documents` needs document_id, clean_text, published_date and ingest_date. The original of a story is its earliest
    document by publication day (ingest day where none is stated), ingest day and document id; `duplicate_of` is always
    an original. Same documents, same answer, in whatever order they come.
    """
    day = pc.coalesce(documents["published_date"], documents["ingest_date"])
    ordered = documents.append_column("day", day).sort_by(
        [("day", "ascending"), ("ingest_date", "ascending"), ("document_id", "ascending")]
    )
    ids = ordered["document_id"].to_pylist()
    sets = [shingles(text.as_py() or "") for text in ordered["clean_text"]]
    original: dict[int, int] = {}
    rows = []
    for later, earlier in _candidates(sets):
        match = _best_match(later, earlier, sets, original)
        if match:
            original[later], similarity = match
            rows.append(
                {"document_id": ids[later], "duplicate_of": ids[original[later]], "similarity": similarity}
            )
    return table_from_rows("document_duplicates", sorted(rows, key=lambda row: row["document_id"]))


def _best_match(
    later: int, earlier: Sequence[int], sets: Sequence[np.ndarray], original: dict[int, int]
) -> tuple[int, float] | None:
    """(original, similarity) of the original that a document repeats, directly or through another copy."""
    roots = list(dict.fromkeys(original.get(i, i) for i in earlier))
    scored = [(similarity(sets[later], sets[root]), -root) for root in roots]
    best, root = max(scored, default=(0.0, 0))
    return (-root, round(best, 4)) if best >= CONTAINED else None


def similarity(a: np.ndarray, b: np.ndarray) -> float:
    """Share of the smaller shingle set that the larger contains; 0 where the lengths differ too much, or where a short
    text is not the same word for word."""
    small, large = sorted((len(a), len(b)))
    if small == 0 or small < LENGTH_RATIO * large:
        return 0.0
    if small < FEWEST_SHINGLES:
        return float(np.array_equal(a, b))
    return len(np.intersect1d(a, b, assume_unique=True)) / small


def _candidates(sets: Sequence[np.ndarray]) -> list[tuple[int, list[int]]]:
    """For each document that shares sampled shingles with earlier ones: those, best first, at most CANDIDATES.

    A shingle links a document with the first bearer and the last few, so that a story printed by hundreds of outlets
    costs no more a document than one printed by two.
    """
    bearers: defaultdict[int, list[int]] = defaultdict(list)
    found = []
    for number, hashes in enumerate(sets):
        chosen = hashes if len(hashes) < FEWEST_SHINGLES else hashes[hashes % np.uint64(SAMPLED) == 0]
        shared: Counter[int] = Counter()
        for value in chosen.tolist():
            earlier = bearers[value]
            shared.update(earlier)
            earlier.append(number)
            if len(earlier) > NEIGHBOURS + 1:
                del earlier[1]  # keeps the first
        enough = [i for i, count in shared.most_common(CANDIDATES) if count >= FEWEST_SHARED * len(chosen)]
        if enough:
            found.append((number, enough))
    return found
