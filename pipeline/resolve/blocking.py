"""Which names are worth comparing: those that share a rare enough key and look alike at a glance.

Keys find, with arithmetic alone; the glance (`look_alike`) then spares the model most pairs. The glance is a
function of the two names, the keys' blocks of all names there are; neither of their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.name_table import MAX_PARTS, part_weight, row_of
from pipeline.resolve.names import CORE, INITIAL, NUMBER, PERSON, Name
from pipeline.resolve.phonetics import coarse_skeleton, phone

MAX_BLOCK = 50  # names under one key; a key of more says too little
GRAM = 4  # letters of the pieces of a name's sound
LEAST_ALIKE = 0.54  # of look_alike: what it leaves out is a match once in a hundred times (benchmarks/name_scale.py)
OVERLAP = 0.3  # worth of shared skeletons beside the likeness of the whole sounds
CHUNK = 1 << 16  # pairs
HASHED = 1 << 12  # names
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def blocking_keys(name: Name) -> Iterator[str]:
    """The keys of one name: skeletons, two of them, all of them, an initial and one, pieces of its sound, acronyms."""
    whole = {p for p, k in zip(name.parts, name.kinds, strict=True) if k in (CORE, NUMBER)} or set(name.parts)
    forms = lexicon().nicknames
    parts = sorted({forms.get(p, p) for p in whole})
    bones = sorted({coarse_skeleton(p) for p in parts})
    yield "=" + "".join(bones)
    yield "=" + coarse_skeleton("".join(name.parts))
    yield from bones
    for first, second in combinations(bones, 2):
        yield f"{first} {second}"
    sound = f"^{''.join(phone(p) for p in name.parts)}$"
    for i in range(len(sound) - GRAM + 1):
        yield "~" + sound[i : i + GRAM]
    if name.group == PERSON:
        initials = [p for p, k in zip(name.parts, name.kinds, strict=True) if k == INITIAL]
        for part in parts:
            bone = coarse_skeleton(part)
            for other in {o[0] for o in (*initials, *parts) if o != part}:
                yield f"{other}. {bone}"
    elif name.is_acronym:
        yield "@" + name.key
    for acronym in name.acronyms:
        yield "@" + acronym


def _firsts(ordered: np.ndarray) -> np.ndarray:
    """Where each value of an ordered array stands first."""
    return np.flatnonzero(np.r_[len(ordered) > 0, ordered[1:] != ordered[:-1]])


def _hashed(texts: list[str]) -> np.ndarray:
    """64-bit polynomial hashes of texts (Karp and Rabin, 1987): two texts in a billion billion share one."""
    letters = np.array(texts, np.str_)
    codes = letters.view(np.uint32).reshape(len(texts), letters.itemsize // 4).astype(np.uint64)
    hashes = codes @ np.multiply.accumulate(np.full(codes.shape[1], _MULTIPLIER))
    return (hashes ^ (hashes >> np.uint64(29))) * _MULTIPLIER


def distinct(values: np.ndarray) -> np.ndarray:
    """The values in order, each once. (np.unique takes several times as long.)"""
    ordered = np.sort(values)
    return ordered[_firsts(ordered)]


@dataclass(frozen=True)
class Postings:
    """Which name has which key: (entries,) arrays in the order of keys, then owners, each once. Keys are hashes."""

    keys: np.ndarray  # uint64
    owners: np.ndarray  # int64

    @classmethod
    def of(cls, names: Sequence[Name], numbers: np.ndarray) -> Postings:
        """The keys of these names, which are known by these numbers."""
        hashed, counts = [np.empty(0, np.uint64)], np.zeros(len(names), np.int64)
        for at in range(0, len(names), HASHED):
            texts: list[str] = []
            for i, name in enumerate(names[at : at + HASHED], at):
                before = len(texts)
                texts += {name.group + key for key in blocking_keys(name)}
                counts[i] = len(texts) - before
            hashed.append(_hashed(texts))
        keys, owners = np.concatenate(hashed), np.repeat(numbers, counts)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], owners[order])

    def joined_by(self, other: Postings) -> Postings:
        """The entries of both, which have no owner in common."""
        low, high = (np.searchsorted(self.keys, other.keys, side) for side in ("left", "right"))
        while (open_ := np.flatnonzero(low < high)).size:  # bisect all blocks at once
            middle = (low[open_] + high[open_]) // 2
            before = self.owners[middle] < other.owners[open_]
            low[open_[before]], high[open_[~before]] = middle[before] + 1, middle[~before]
        return Postings(np.insert(self.keys, low, other.keys), np.insert(self.owners, low, other.owners))

    def blocks(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each key's entries start, and how many they are."""
        starts = _firsts(self.keys)
        return starts, np.diff(np.r_[starts, len(self.keys)])


def pairs_within(owners: np.ndarray, starts: np.ndarray, sizes: np.ndarray, names: int) -> np.ndarray:
    """All pairs of owners within each of these blocks as codes `lower * names + higher`, sorted, each once."""
    found = [np.empty(0, np.int64)]
    for size in np.flatnonzero(np.bincount(sizes[sizes > 1])).tolist():
        members = owners[starts[sizes == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        a, b = members[:, i], members[:, j]
        found.append((np.minimum(a, b) * names + np.maximum(a, b)).ravel())
    return distinct(np.concatenate(found))


def _alike(texts: list[str], a: list[int], b: list[int]) -> np.ndarray:
    one, two = [texts[i] for i in a], [texts[j] for j in b]
    return cpdist(one, two, scorer=Indel.normalized_similarity, dtype=np.float32)


@dataclass(frozen=True)
class _Outlines:
    """Names as a glance takes them in, `joined[i]` and row i of the arrays for one name."""

    joined: list[str]  # the sounds of all parts
    ordered: list[str]  # in alphabetical order, spaces between
    bones: np.ndarray  # (names, most parts) int32: equal numbers, equal skeletons; -1 where there is no part
    weights: np.ndarray  # (names, most parts) float32: how much a part says
    is_acronym: np.ndarray  # (names,) bool

    @classmethod
    def of(cls, names: Sequence[Name]) -> _Outlines:
        number: dict[str, int] = {}
        bones = np.full((len(names), MAX_PARTS), -1, np.int32)
        weights = np.zeros((len(names), MAX_PARTS), np.float32)
        joined, ordered = [], []
        for i, name in enumerate(names):
            sounds = [phone(part) for part in name.parts]
            joined.append("".join(sounds))
            ordered.append(" ".join(sorted(sounds)))
            row = row_of(name)
            bones[i, : len(row)] = [number.setdefault(coarse_skeleton(part), len(number)) for part, _ in row]
            weights[i, : len(row)] = [part_weight(part, kind, name.group) for part, kind in row]
        width = (bones >= 0).sum(axis=1).max(initial=0)
        acronyms = np.array([n.is_acronym for n in names], bool)
        return cls(joined, ordered, bones[:, :width], weights[:, :width], acronyms)

    def shared_skeletons(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Of two names the larger share, by weight, of parts whose skeleton the other has too: (pairs,) float32."""
        bones = self.bones[left]
        same = (bones[:, :, None] == self.bones[right][:, None, :]) & (bones >= 0)[:, :, None]
        shares = []
        for side, axis in ((left, 2), (right, 1)):
            weights = self.weights[side]
            whole = np.maximum(weights.sum(axis=1), np.float32(1e-6))
            shares.append((weights * same.any(axis=axis)).sum(axis=1) / whole)
        return np.maximum(*shares)


def look_alike(names: Sequence[Name], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Which pairs of names a glance does not rule out: (pairs,) bool. Likeness of the sounds, as they stand and in
    alphabetical order, and the telling parts of either name whose skeleton the other has too."""
    seen, out = _Outlines.of(names), np.empty(len(left), bool)
    for at in range(0, len(left), CHUNK):
        a, b = left[at : at + CHUNK], right[at : at + CHUNK]
        one, two = a.tolist(), b.tolist()
        glance = (_alike(seen.joined, one, two) + _alike(seen.ordered, one, two)) / 2
        open_ = np.flatnonzero((glance < LEAST_ALIKE) & (glance >= LEAST_ALIKE - OVERLAP))
        glance[open_] += OVERLAP * seen.shared_skeletons(a[open_], b[open_])
        out[at : at + CHUNK] = (glance >= LEAST_ALIKE) | (seen.is_acronym[a] != seen.is_acronym[b])
    return out
