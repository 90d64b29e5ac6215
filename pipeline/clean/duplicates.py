"""Near-duplicates: documents that carry the same story text under another banner.

Each document is a set of hashed five-word shingles. A fixed eighth of the hash space (FracMinHash: Irber et al. 2022,
"Lightweight compositional analysis of metagenomes with FracMinHash") finds pairs that may share much; those are then
compared in full. A document repeats an earlier one when the shared shingles make up most of the shorter text and the
two are of similar length, so that a new first paragraph or a cut end does not hide a wire story, while a page that
quotes another one stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.schema import table_from_rows

SHINGLE = 5  # words
SAMPLED = 8  # one in so many hashes is used to find candidates
FEWEST_SHINGLES = 25  # a shorter text repeats another only when all its words are the same
NEIGHBOURS = 3  # earlier documents with the same sampled shingle that a document is compared with, besides the first
CANDIDATES = 6  # best candidates a document that are compared in full
FEWEST_SHARED = 0.25  # of a document's sampled shingles, for a candidate
CONTAINED = 0.75  # of the shorter text's shingles, for a duplicate
LENGTH_RATIO = 0.4  # shorter to longer, at least
BATCH_CHARS = 500_000
LONGEST_WORD = 64  # bytes of a word that count
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.multiply.accumulate(np.full(LONGEST_WORD, MULTIPLIER))
_ASCII_WORD = np.array([chr(i).isalnum() for i in range(0x80)])


def shingles(texts: Sequence[str]) -> list[NDArray[np.uint64]]:
    """For each text the distinct 64-bit hashes of its runs of five words, sorted; of all its words when it has fewer.

    Words are runs of letters and digits, case-folded; a hash is a polynomial in the bytes of its words (Karp and Rabin
    1987), computed for a batch of texts at once.
    """
    found: list[NDArray[np.uint64]] = []
    for begin, end in _batches(texts):
        data = _folded_bytes(texts[begin:end])
        word, text = _word_hashes(data)
        bounds = np.searchsorted(text, np.arange(end - begin + 1))
        runs = _runs(word)
        for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            whole = runs[a : b - SHINGLE + 1] if b - a >= SHINGLE else _runs(word[a:b], b - a)
            found.append(np.unique(whole))
    return found


def _folded_bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    """The texts as UTF-8, case-folded, each ended by a zero byte."""
    joined = "\0".join([*(text.replace("\0", " ") for text in texts), ""])
    return np.frombuffer(joined.casefold().encode("utf-8", "replace"), np.uint8)


def _in_words(data: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which bytes of UTF-8 belong to words: letters and digits of ASCII, and other scripts but for their punctuation
    (U+0080 to U+00BF, U+2000 to U+207F)."""
    inside = (data >= 0x80) | _ASCII_WORD[np.minimum(data, 0x7F)]
    latin = np.flatnonzero(data == 0xC2)
    general = np.flatnonzero(data == 0xE2)
    general = general[(data[general + 1] == 0x80) | (data[general + 1] == 0x81)]
    for at, length in ((latin, 2), (general, 3)):
        for i in range(length):
            inside[at + i] = False
    return inside


def _word_hashes(data: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hash of each word in bytes of UTF-8, and the number of the text it is in (texts end in a zero byte)."""
    inside = _in_words(data)
    starts = np.flatnonzero(inside & ~np.concatenate([[False], inside[:-1]]))
    ends = np.flatnonzero(inside & ~np.concatenate([inside[1:], [False]])) + 1
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths  # of each word among the bytes inside words
    within = np.arange(int(lengths.sum())) - np.repeat(first, lengths)
    value = data[inside].astype(np.uint64) * _POWERS[np.minimum(within, LONGEST_WORD - 1)]
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(value)])
    return _mix(total[first + lengths] - total[first]), np.searchsorted(np.flatnonzero(data == 0), starts)


def _runs(words: NDArray[np.uint64], size: int = SHINGLE) -> NDArray[np.uint64]:
    """A hash for each run of `size` words; none when there are fewer, or none are asked for."""
    total = np.zeros(max(0, len(words) - size + 1) if size else 0, np.uint64)
    for i in range(size):
        total = _mix((total + words[i : i + len(total)]) * MULTIPLIER)
    return total


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return values ^ (values >> np.uint64(29))


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Consecutive ranges of texts of about BATCH_CHARS characters."""
    begin, size = 0, 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= BATCH_CHARS or i == len(texts) - 1:
            yield begin, i + 1
            begin, size = i + 1, 0


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
    sets = shingles(ordered["clean_text"].fill_null("").to_pylist())
    original: dict[int, int] = {}
    rows = []
    for later, earlier in _candidates(sets):
        match = _best_match(later, earlier, sets, original)
        if match:
            original[later], similarity = match
            rows.append({"document_id": ids[later], "duplicate_of": ids[original[later]], "similarity": similarity})
    return table_from_rows("document_duplicates", sorted(rows, key=lambda row: row["document_id"]))


def _best_match(
    later: int, earlier: Sequence[int], sets: Sequence[NDArray[np.uint64]], original: dict[int, int]
) -> tuple[int, float] | None:
    """(original, similarity) of the original that a document repeats, directly or through another copy."""
    roots = list(dict.fromkeys(original.get(i, i) for i in earlier))
    scored = [(similarity(sets[later], sets[root]), -root) for root in roots]
    best, root = max(scored, default=(0.0, 0))
    return (-root, round(best, 4)) if best >= CONTAINED else None


def similarity(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """Share of the smaller shingle set that the larger contains; 0 where the lengths differ too much, or where a short
    text is not the same word for word."""
    small, large = sorted((len(a), len(b)))
    if small == 0 or small < LENGTH_RATIO * large:
        return 0.0
    if small < FEWEST_SHINGLES:
        return float(np.array_equal(a, b))
    return len(np.intersect1d(a, b, assume_unique=True)) / small


def _candidates(sets: Sequence[NDArray[np.uint64]]) -> list[tuple[int, list[int]]]:
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
