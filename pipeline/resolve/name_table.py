"""Many names as arrays: what vectorised comparison reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.resolve.names import CORE, INITIAL, LIGHT, NUMBER, Name, scope_words
from pipeline.resolve.rarity import properness, rarity
from pipeline.resolve.syllables import syllables
from pipeline.resolve.token_similarity import TokenTable, token_table

MAX_PARTS = 7
KIND_WEIGHT = {CORE: 1.0, LIGHT: 0.25, INITIAL: 0.25, NUMBER: 0.8}


@dataclass(frozen=True)
class Side:
    """One side of many pairs: arrays (pairs, width), -1 or 0 where a name has no more parts; sizes (pairs,)."""

    parts: np.ndarray
    kinds: np.ndarray
    weights: np.ndarray
    proper: np.ndarray
    sizes: np.ndarray


@dataclass(frozen=True)
class NameTable:
    """`names[i]` in row i of every array. Parts beyond MAX_PARTS are left out (the last is always kept)."""

    names: list[Name]
    tokens: TokenTable  # distinct parts, and neighbouring parts written as one word
    parts: np.ndarray  # (names, MAX_PARTS) int32 into tokens, -1 where there is none
    kinds: np.ndarray  # (names, MAX_PARTS) int8
    weights: np.ndarray  # (names, MAX_PARTS) float32: how much a part says, by how few entities bear it
    proper: np.ndarray  # (names, MAX_PARTS) float32: how much, by how little it is an ordinary word
    sizes: np.ndarray  # (names,) int8: parts
    joins: np.ndarray  # (names, MAX_PARTS) int32 into tokens: part k and part k + 1 as one word, else -1
    suffixes: np.ndarray  # (names,) int32: equal numbers, equal generation marks; 0 for none
    scopes: np.ndarray  # (names,) int32: equal numbers, equal countries and directions in a body's name; 0 for none
    is_acronym: np.ndarray  # (names,) bool
    is_syllabic: np.ndarray  # (names,) bool: East Asian by its look
    joined: list[str]  # parts run together
    sorted_text: list[str]  # parts in alphabetical order, spaces between

    def side(self, rows: np.ndarray, width: int) -> Side:
        """These names, none of which has more than `width` parts."""
        arrays = (self.parts, self.kinds, self.weights, self.proper)
        parts, kinds, weights, proper = (array[:, :width][rows] for array in arrays)
        return Side(parts, kinds, weights, proper, self.sizes[rows])


def row_of(name: Name) -> list[tuple[str, int]]:
    """The parts that comparison reads, with their kinds: MAX_PARTS at most."""
    row = list(zip(name.parts, name.kinds, strict=True))
    return row if len(row) <= MAX_PARTS else [*row[: MAX_PARTS - 1], row[-1]]


def part_weight(part: str, kind: int, group: str, weigh: Callable[[str, str], float] = rarity) -> float:
    """How much a part says: 0 to 1."""
    return KIND_WEIGHT[kind] * weigh(part, group)


def _numbered(values: Sequence[str]) -> np.ndarray:
    number = {"": 0}
    return np.array([number.setdefault(v, len(number)) for v in values], np.int32)


def name_table(names: Sequence[Name], weigh: Callable[[str, str], float] = rarity) -> NameTable:
    """The arrays of these names. `weigh` gives the weight of a part in a group."""
    size = len(names)
    number: dict[str, int] = {}
    parts = np.full((size, MAX_PARTS), -1, np.int32)
    kinds = np.full((size, MAX_PARTS), -1, np.int8)
    weights, proper = (np.zeros((size, MAX_PARTS), np.float32) for _ in range(2))
    joins = np.full((size, MAX_PARTS), -1, np.int32)
    for i, name in enumerate(names):
        row = row_of(name)
        for k, (part, kind) in enumerate(row):
            parts[i, k] = number.setdefault(part, len(number))
            kinds[i, k] = kind
            weights[i, k] = part_weight(part, kind, name.group, weigh)
            proper[i, k] = KIND_WEIGHT[kind] * properness(part, name.group)
            if k + 1 < len(row) and kind == row[k + 1][1] == CORE:
                joins[i, k] = number.setdefault(part + row[k + 1][0], len(number))
    return NameTable(
        list(names), token_table(list(number)), parts, kinds, weights, proper,
        (parts >= 0).sum(axis=1).astype(np.int8), joins, _numbered([n.suffix for n in names]),
        _numbered([" ".join(scope_words(n)) for n in names]),
        np.array([n.is_acronym for n in names], bool), np.array([bool(syllables(n)) for n in names], bool),
        ["".join(n.parts) for n in names], [" ".join(sorted(n.parts)) for n in names],
    )  # fmt: skip


def write_as_one(table: NameTable, rows: np.ndarray, side: Side, other: Side) -> Side:
    """`side` with two neighbouring parts as one, in pairs whose other name writes them so (Ali Akbar, Aliakbar)."""
    width, tokens = side.parts.shape[1], table.tokens
    joins = table.joins[:, :width][rows]
    bones = np.where(tokens.bone_size > 2, tokens.bone_number, -1)
    sound = np.where(joins >= 0, bones[np.maximum(joins, 0)], -1)
    wanted = np.where(other.parts >= 0, bones[np.maximum(other.parts, 0)], -2)
    meets = ((sound[:, :, None] == wanted[:, None, :]) & (sound >= 0)[:, :, None]).any(axis=2)
    hit = np.flatnonzero(meets.any(axis=1))
    if not len(hit):
        return side
    parts, kinds, weights, proper, sizes = (array.copy() for array in vars(side).values())
    at = meets[hit].argmax(axis=1)
    parts[hit, at] = joins[hit, at]
    weights[hit, at] = proper[hit, at] = 1.0
    later = np.arange(width)[None, :] + (np.arange(width)[None, :] > at[:, None])
    inside = later < width
    later = np.minimum(later, width - 1)
    for array, blank in ((parts, -1), (kinds, -1), (weights, 0), (proper, 0)):
        array[hit] = np.where(inside, np.take_along_axis(array[hit], later, axis=1), blank)
    sizes[hit] -= 1
    return Side(parts, kinds, weights, proper, sizes)
