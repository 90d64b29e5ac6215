"""All names worth comparing, compared: each pair once, whatever run first met it.

What a run has compared is handed to the next (`NameMemory`). Only names that are new there get keys and are compared;
the answer is the same, to the last bit, as from all names at once (tests/property/test_name_pairs.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.resolve.blocking import MAX_BLOCK, Postings, distinct, look_alike, pairs_within
from pipeline.resolve.matcher import CONTRADICTED, IMPLAUSIBLE, score_pairs
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import Name
from pipeline.schema import arrow_schema


@cache
def _digits(kinds: tuple[int, ...]) -> str:
    return "".join(map(str, kinds))


def signature(name: Name) -> str:
    """All of a name that keys and comparison read; signatures are in the order of group, then key."""
    parts, kinds = "|".join(name.parts), _digits(name.kinds)
    return "\t".join((name.group, name.key, parts, kinds, name.suffix, "^" * name.is_acronym, *name.acronyms))


@dataclass(frozen=True)
class NameMemory:
    """Names in the order of their signatures, their keys, and those pairs among them that tell something.

    Pairs are places in `signatures`, left < right, in order, each once. Most candidates are neither likely
    nor contradicted: they say no more than pairs that are not compared, and are not kept.
    """

    signatures: list[str]
    postings: Postings  # owners are places too
    left: np.ndarray  # (pairs,) int64
    right: np.ndarray
    score: np.ndarray  # (pairs,) float32: probability of one entity

    @classmethod
    def empty(cls) -> NameMemory:
        """What is known before the first run."""
        none = np.empty(0, np.int64)
        return cls([], Postings(np.empty(0, np.uint64), none), none, none, np.empty(0, np.float32))

    @classmethod
    def from_tables(cls, compared_names: pa.Table, name_keys: pa.Table, name_pairs: pa.Table) -> NameMemory:
        """What `tables` gave."""
        left, right, score = (name_pairs[c].to_numpy() for c in ("left_no", "right_no", "score"))
        postings = Postings(name_keys["block_key"].to_numpy().view(np.uint64), name_keys["name_no"].to_numpy())
        return cls(compared_names["signature"].to_pylist(), postings, left, right, score.astype(np.float32))

    def tables(self) -> dict[str, pa.Table]:
        """The declared tables that hold it, in their order; the same whatever run first met which name."""
        columns: dict[str, list[Any]] = {
            "compared_names": [np.arange(len(self.signatures)), self.signatures],
            "name_keys": [self.postings.keys.view(np.int64), self.postings.owners],
            "name_pairs": [self.left, self.right, self.score.astype(np.float64)],
        }
        return {
            name: pa.table([pa.array(v, t) for v, t in zip(values, arrow_schema(name).types, strict=True)],
                           schema=arrow_schema(name))
            for name, values in columns.items()
        }  # fmt: skip

    def moved_to(self, signatures: list[str]) -> NameMemory:
        """What is known of those names that are among `signatures`, by their places there."""
        place = {text: i for i, text in enumerate(signatures)}
        moved = np.array([place.get(text, -1) for text in self.signatures], np.int64)
        owners, left, right = moved[self.postings.owners], moved[self.left], moved[self.right]
        keys, score = self.postings.keys, self.score
        if moved.min(initial=0) < 0:  # some names are gone
            stays, both = owners >= 0, (left >= 0) & (right >= 0)
            keys, owners, left, right, score = keys[stays], owners[stays], left[both], right[both], score[both]
        return NameMemory(signatures, Postings(keys, owners), left, right, score)


def _find(values: np.ndarray, ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of each value in an ordered array, and whether it is there."""
    at = np.searchsorted(ordered, values)
    inside = at < len(ordered)
    inside[inside] = ordered[at[inside]] == values[inside]
    return at, inside


@dataclass(frozen=True)
class _Blocks:
    """The blocks of all keys, now and before."""

    postings: Postings
    starts: np.ndarray
    sizes: np.ndarray
    sizes_before: np.ndarray

    @classmethod
    def of(cls, postings: Postings, before: Postings) -> _Blocks:
        (starts, sizes), (old_starts, old_sizes) = postings.blocks(), before.blocks()
        at, known = _find(postings.keys[starts], before.keys[old_starts])
        sizes_before = np.zeros(len(starts), np.int64)
        sizes_before[known] = old_sizes[at[known]]
        return cls(postings, starts, sizes, sizes_before)

    def codes(self, chosen: np.ndarray, size: int) -> np.ndarray:
        return pairs_within(self.postings.owners, self.starts[chosen], self.sizes[chosen], size)

    def fresh(self, new: np.ndarray) -> np.ndarray:
        """Codes of pairs that no usable key had before: of a new name, or of a block that has become small enough."""
        if not len(self.starts):
            return np.empty(0, np.int64)
        usable, small_now = self.sizes <= MAX_BLOCK, self.sizes_before > MAX_BLOCK
        has_new = np.logical_or.reduceat(new[self.postings.owners], self.starts)
        with_new = self.codes(usable & has_new & ~small_now, len(new))
        with_new = with_new[new[with_new // len(new)] | new[with_new % len(new)]]
        return distinct(np.concatenate([with_new, self.codes(usable & small_now, len(new))]))

    def stale(self, codes: np.ndarray, size: int) -> np.ndarray:
        """Which of the pairs known before are left without a usable key, for their blocks have grown: (codes,) bool."""
        doubtful = np.zeros(len(codes), bool)
        outgrown = (self.sizes > MAX_BLOCK) & (self.sizes_before > 0) & (self.sizes_before <= MAX_BLOCK)
        at, known = _find(self.codes(outgrown, size), codes)
        doubtful[at[known]] = True
        named = np.zeros(size, bool)
        named[codes[doubtful] // size] = named[codes[doubtful] % size] = True
        block = np.repeat(np.arange(len(self.sizes)), self.sizes)
        entries = named[self.postings.owners] & (self.sizes <= MAX_BLOCK)[block]
        held = Postings(self.postings.keys[entries], self.postings.owners[entries])
        _, still = _find(codes[doubtful], pairs_within(held.owners, *held.blocks(), size))
        doubtful[doubtful] = ~still
        return doubtful


def _involved(names: Sequence[Name], *sides: np.ndarray) -> tuple[list[Name], list[np.ndarray]]:
    """The names of these pairs, and the pairs by their places among these."""
    involved = np.zeros(len(names), bool)
    for side in sides:
        involved[side] = True
    place = involved.cumsum() - 1
    return [names[i] for i in np.flatnonzero(involved).tolist()], [place[side] for side in sides]


def compare_candidates(names: Sequence[Name]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of these names that shares a key and looks alike, by their places, and its score: (pairs,) each."""
    postings = Postings.of(names, np.arange(len(names)))
    starts, sizes = postings.blocks()
    usable = sizes <= MAX_BLOCK
    return _score(names, pairs_within(postings.owners, starts[usable], sizes[usable], max(len(names), 1)))


def _score(names: Sequence[Name], codes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs that look alike, and their scores."""
    left, right = np.divmod(codes, max(len(names), 1))
    seen, (one, two) = _involved(names, left, right)
    alike = look_alike(seen, one, two)
    left, right = left[alike], right[alike]
    some, (one, two) = _involved(names, left, right)  # few of those that were seen: the rest need not be taken in
    table, score = name_table(some), np.zeros(len(left), np.float32)
    groups = {name.group: k for k, name in enumerate(some)}
    group = np.array([groups[name.group] for name in some], np.int64)
    for label, number in groups.items():
        mine = np.flatnonzero(group[one] == number)
        score[mine] = score_pairs(table, one[mine], two[mine], label)
    return left, right, score


def compare_names(names: Sequence[Name], before: NameMemory | None = None) -> NameMemory:
    """Block and compare these names (any groups; only names of one group are compared), and keep what tells something.

    `names` are in the order of their signatures, each once (ValueError else); `before` holds what was compared by the
    same code, of whatever names.
    """
    signatures = [signature(name) for name in names]
    if any(a >= b for a, b in pairwise(signatures)):
        raise ValueError("names must be in the order of their signatures, each once")
    before, size = before or NameMemory.empty(), max(len(names), 1)
    known, met = before.moved_to(signatures), set(before.signatures)
    new = np.array([text not in met for text in signatures], bool)
    added = np.flatnonzero(new)
    postings = known.postings.joined_by(Postings.of([names[i] for i in added.tolist()], added))
    blocks, codes = _Blocks.of(postings, before.postings), known.left * size + known.right
    stays = ~blocks.stale(codes, size)
    codes = codes[stays]
    fresh = blocks.fresh(new)
    left, right, score = _score(names, fresh[~_find(fresh, codes)[1]])
    telling = (score > IMPLAUSIBLE) | (score == CONTRADICTED)
    left, right, score = left[telling], right[telling], score[telling]
    at = np.searchsorted(codes, left * size + right)
    sides = ((known.left[stays], left), (known.right[stays], right), (known.score[stays], score))
    return NameMemory(signatures, postings, *(np.insert(old, at, new) for old, new in sides))
