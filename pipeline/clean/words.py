"""Words of lines as 64-bit hashes, so that phrases and repeated lines are found by array arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.characters import COPYRIGHT, GAP, NUMBER, CharClass, classify

Hashes = NDArray[np.uint64]
_MAX_WORD, _MAX_LINE_WORDS = 48, 1024
_FILTER_SIZE = 1 << 16
_PAGE_SALT = np.uint64(0xA24BAED4963EE407)
_CHAR_BASE, _WORD_BASE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@cache
def _powers(base: int, count: int) -> Hashes:
    return np.multiply.accumulate(np.full(count, base, np.uint64))


def mix(values: Hashes) -> Hashes:
    """SplitMix64's finaliser: every input bit reaches every output bit (Steele, Lea and Flood, OOPSLA 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@dataclass(frozen=True)
class Words:
    """The words of a text's lines, in order. A run of digits is one word, whatever it counts.

    hash: of the folded word; line: its line; nth: its place in the line, from 0
    first: first word of each line, with the total as last entry; chars: letters or digits in the word
    is_capital, is_number: how it begins
    """

    hash: Hashes
    line: NDArray[np.int64]
    nth: NDArray[np.int64]
    first: NDArray[np.int64]
    chars: NDArray[np.int64]
    is_capital: NDArray[np.bool_]
    is_number: NDArray[np.bool_]

    @property
    def per_line(self) -> NDArray[np.int64]:
        return np.diff(self.first)

    def ngrams(self, longest: int) -> Iterator[tuple[int, Hashes]]:
        """For n = 1 .. longest: n, and the hash of the n words from each word on (also across line ends)."""
        total = np.zeros(len(self.hash), np.uint64)
        for n in range(1, longest + 1):
            if n > len(self.hash):
                return
            total = total[: len(self.hash) - n + 1] + self.hash[n - 1 :] * _powers(int(_WORD_BASE), longest)[n - 1]
            yield n, total

    def line_keys(self) -> NDArray[np.int64]:
        """A hash for each line of its words (the first 1024); 0 for a line without words."""
        weighted = self.hash * _powers(int(_WORD_BASE), _MAX_LINE_WORDS)[np.minimum(self.nth, _MAX_LINE_WORDS - 1)]
        weighted[self.nth >= _MAX_LINE_WORDS] = 0
        sums = np.append(np.uint64(0), np.cumsum(weighted, dtype=np.uint64))
        return mix(sums[self.first[1:]] - sums[self.first[:-1]]).view(np.int64)


def find_words(char_class: NDArray[np.uint8], folded: NDArray[np.uint32]) -> Words:
    """The words of a text whose lines each end in a line break, as `classify` gives its characters."""
    is_word, is_digit = folded != GAP, folded == NUMBER
    # The copyright sign is a word of its own, spaced or not.
    begins = is_word & ~_shifted(is_word & (folded != COPYRIGHT))
    starts = np.flatnonzero(begins)
    inside = np.flatnonzero(is_word & ~(is_digit & _shifted(is_digit)))  # one digit stands for the run
    owner = (np.cumsum(begins) - 1)[inside]
    chars = np.bincount(owner, minlength=len(starts))
    ends_at = np.cumsum(chars)
    within = np.arange(len(inside)) - (ends_at - chars)[owner]
    value = folded[inside] * _powers(int(_CHAR_BASE), _MAX_WORD)[np.minimum(within, _MAX_WORD - 1)]
    value[within >= _MAX_WORD] = 0
    sums = np.append(np.uint64(0), np.cumsum(value, dtype=np.uint64))
    breaks = np.flatnonzero(char_class == CharClass.BREAK)
    line = np.searchsorted(breaks, starts)
    first = np.searchsorted(starts, np.append(-1, breaks))
    return Words(
        hash=mix(sums[ends_at] - sums[ends_at - chars]),
        line=line,
        nth=np.arange(len(starts)) - first[line],
        first=first,
        chars=chars,
        is_capital=char_class[starts] == CharClass.UPPER,
        is_number=is_digit[starts],
    )


class HashSet:
    """Some hashes, and a filter before them that turns most others away."""

    def __init__(self, hashes: Hashes) -> None:
        self._sorted = np.unique(hashes)
        self._filter = np.zeros(_FILTER_SIZE, bool)
        self._filter[hashes & np.uint64(_FILTER_SIZE - 1)] = True

    def flags(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which of the hashes are in the set."""
        out = self._filter[hashes & np.uint64(_FILTER_SIZE - 1)]
        likely = np.flatnonzero(out)
        if len(likely):
            found = np.minimum(np.searchsorted(self._sorted, hashes[likely]), len(self._sorted) - 1)
            out[likely] = self._sorted[found] == hashes[likely]
        return out


def _shifted(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each character, the flag of the one before it."""
    out = np.zeros_like(flags)
    out[1:] = flags[:-1]
    return out


def prefix_keys(hashes: Hashes) -> NDArray[np.int64]:
    """The line keys that lines of the first word, the first two, ... up to all of the words would have."""
    some = hashes[:_MAX_LINE_WORDS]
    weighted = some * _powers(int(_WORD_BASE), _MAX_LINE_WORDS)[: len(some)]
    return mix(np.cumsum(weighted, dtype=np.uint64)).view(np.int64)


def on_page(hashes: Hashes, page: NDArray[np.int64]) -> Hashes:
    """Hashes of words as said on a page: equal only for the same words on the same page."""
    return hashes ^ (page.astype(np.uint64) * _PAGE_SALT)


def word_hashes(text: str) -> Hashes:
    """The hash of each word of a text."""
    return find_words(*classify(text.replace("\n", " ") + "\n")).hash


def phrase_hashes(phrases: Sequence[str]) -> list[tuple[int, int]]:
    """For each phrase its number of words and the hash that `Words.ngrams` gives for them."""
    words = find_words(*classify("".join(phrase + "\n" for phrase in phrases)))
    powers = _powers(int(_WORD_BASE), _MAX_LINE_WORDS)
    out = []
    for a, b in zip(words.first[:-1], words.first[1:], strict=True):
        out.append((int(b - a), int((words.hash[a:b] * powers[: b - a]).sum(dtype=np.uint64))))
    return out
