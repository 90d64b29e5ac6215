"""Which names are worth comparing: those that share a rare enough key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from pipeline.resolve.lexicon import lexicon
from pipeline.resolve.names import CORE, INITIAL, NUMBER, PERSON, Name, commonness
from pipeline.resolve.phonetics import coarse_skeleton

MAX_BLOCK = 30  # names under one part's key
MAX_PAIR_BLOCK = 100  # names under a key of two parts or of the whole name


def blocking_keys(name: Name) -> Iterator[str]:
    """The keys of one name. Those that begin with `.` may hold larger blocks."""
    whole = {p for p, k in zip(name.parts, name.kinds, strict=True) if k in (CORE, NUMBER)} or set(name.parts)
    forms = lexicon().nicknames
    parts = sorted({forms.get(p, p) for p in whole})
    bones = sorted({coarse_skeleton(p) for p in parts})
    yield "." + "".join(bones)
    yield "." + coarse_skeleton("".join(name.parts))
    for first, second in combinations(bones, 2):
        yield f".{first} {second}"
    for part in parts:
        bone = coarse_skeleton(part)
        if len(bone) >= 2 and (commonness(part) < 0.6 or len(parts) == 1):
            yield bone
        if len(bone) >= 4:
            for i in range(len(bone)):
                yield "-" + bone[:i] + bone[i + 1 :]
    if name.group == PERSON:
        initials = [p for p, k in zip(name.parts, name.kinds, strict=True) if k == INITIAL]
        for part in parts:
            bone = coarse_skeleton(part)
            for other in {o[0] for o in (*initials, *parts) if o != part}:
                yield f".{other}. {bone}"
    elif name.is_acronym:
        yield "." + "@" + name.key
    for acronym in name.acronyms:
        yield "." + "@" + acronym


def candidate_pairs(names: Sequence[Name]) -> tuple[np.ndarray, np.ndarray]:
    """Indices (left < right) of the pairs that share a key whose block is small enough, sorted, each once.

    The answer depends on the set of names alone, not on their order.
    """
    number: dict[tuple[str, str], int] = {}
    keys: list[int] = []
    owners: list[int] = []
    for i, name in enumerate(names):
        for key in set(blocking_keys(name)):
            keys.append(number.setdefault((name.group, key), len(number)))
            owners.append(i)
    caps = np.fromiter((MAX_PAIR_BLOCK if k.startswith(".") else MAX_BLOCK for _, k in number), np.int64, len(number))
    return pairs_within_blocks(np.array(keys, np.int64), np.array(owners, np.int64), caps, len(names))


def pairs_within_blocks(
    keys: np.ndarray, owners: np.ndarray, caps: np.ndarray, names: int
) -> tuple[np.ndarray, np.ndarray]:
    """All pairs of owners that share a key, for keys with at most `caps[key]` owners."""
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    fits = (sizes > 1) & (sizes <= caps[keys[starts]]) if len(keys) else np.empty(0, bool)
    found = []
    for size in np.unique(sizes[fits]):
        block = starts[fits & (sizes == size)]
        members = owners[block[:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        found.append((members[:, i] * names + members[:, j]).ravel())
    codes = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return codes // max(names, 1), codes % max(names, 1)
