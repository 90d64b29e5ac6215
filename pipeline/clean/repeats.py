"""Line features: what a page says more than once, to the letter or nearly so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Ints
from pipeline.clean.words import on_page

_RUN = 3  # words in a row that count as said again


def repeat_features(batch: Batch) -> dict[str, NDArray]:
    """Copies of a line, lines that open or end like it, and how much of its wording other lines of the page hold.

    A picture's caption and its larger copy, a pull quote and its place in the text, a teaser and the standfirst of the
    story it leads to share wording without being equal.
    """
    before, after = _copies(batch, batch.keys)
    said_before, said_after = _echoes(batch)
    return {
        "copies_before": before,
        "copies_after": after,
        "copies": np.minimum(before + after, 9),
        "same_opening": np.add(*_copies(batch, _two_words(batch, at_end=False))),
        "same_ending": np.add(*_copies(batch, _two_words(batch, at_end=True))),
        "said_before": said_before,
        "said_after": said_after,
    }


def _two_words(batch: Batch, at_end: bool) -> Ints:
    """A hash of the first or last two words of each line; 0 for lines of less than three."""
    words = batch.words
    out = np.zeros(len(batch), np.int64)
    long = np.flatnonzero(words.per_line >= 3)
    first = words.first[1:][long] - 2 if at_end else words.first[:-1][long]
    out[long] = (words.hash[first] * np.uint64(3) + words.hash[first + 1]).view(np.int64)
    return out


def _copies(batch: Batch, keys: Ints) -> tuple[NDArray, NDArray]:
    """How many lines of the page before and after each have its key, at most 9; none for key 0."""
    n, page = len(batch), batch.pages.page
    order = np.lexsort((keys, page))  # stable: copies stay in page order
    keys, page = keys[order], page[order]
    same = (keys[1:] == keys[:-1]) & (page[1:] == page[:-1]) & (keys[1:] != 0)
    begins = np.flatnonzero(np.append(True, ~same))
    size = np.diff(np.append(begins, n))
    nth = np.arange(n) - np.repeat(begins, size)
    before, after = np.empty(n), np.empty(n)
    before[order] = nth
    after[order] = np.repeat(size, size) - 1 - nth
    return np.minimum(before, 9), np.minimum(after, 9)


def _echoes(batch: Batch) -> tuple[NDArray, NDArray]:
    """Of each line's runs of three words, the share that an earlier and that a later line of its page holds."""
    words, n = batch.words, len(batch)
    runs = dict(words.ngrams(_RUN)).get(_RUN, words.hash[:0])
    at = np.flatnonzero(words.line[: len(runs)] == words.line[_RUN - 1 :][: len(runs)])  # within one line
    line = words.line[at]
    keys = on_page(runs[at], batch.pages.page[line])
    order = np.argsort(keys, kind="stable")  # of a run, its places stay in page order
    begins = np.flatnonzero(np.append(True, np.diff(keys[order]) != 0)[: len(at)])
    size = np.diff(np.append(begins, len(at)))
    first, last = line[order[begins]], line[order[begins + size - 1]]
    owner = np.empty(len(at), np.int64)
    owner[order] = np.repeat(np.arange(len(begins)), size)
    total = np.maximum(np.bincount(line, minlength=n), 1)
    before = np.bincount(line[first[owner] < line], minlength=n) / total
    after = np.bincount(line[last[owner] > line], minlength=n) / total
    return before, after
