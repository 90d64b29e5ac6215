"""Many names as arrays: what vectorised comparison and blocking read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.resolve.names import CORE, INITIAL, LIGHT, NUMBER, Name, commonness
from pipeline.resolve.phonetics import phone

MAX_PARTS = 7
KIND_WEIGHT = {CORE: 1.0, LIGHT: 0.25, INITIAL: 0.25, NUMBER: 0.8}


@dataclass(frozen=True)
class NameTable:
    """`names[i]` in row i of every array. Parts beyond MAX_PARTS are left out (the last is always kept)."""

    names: list[Name]
    vocabulary: list[str]  # distinct parts
    parts: np.ndarray  # (names, MAX_PARTS) int32 into vocabulary, -1 where there is none
    kinds: np.ndarray  # (names, MAX_PARTS) int8
    weights: np.ndarray  # (names, MAX_PARTS) float32: how much a part says
    sizes: np.ndarray  # (names,) int8: parts
    first_sound: np.ndarray  # (vocabulary,) uint8: first letter of the part's sound
    joined: list[str]  # parts run together
    sorted_text: list[str]  # parts in alphabetical order, spaces between


def _row(name: Name) -> list[tuple[str, int]]:
    row = list(zip(name.parts, name.kinds, strict=True))
    return row if len(row) <= MAX_PARTS else [*row[: MAX_PARTS - 1], row[-1]]


def name_table(names: Sequence[Name]) -> NameTable:
    """The arrays of these names."""
    size = len(names)
    number: dict[str, int] = {}
    parts = np.full((size, MAX_PARTS), -1, np.int32)
    kinds = np.full((size, MAX_PARTS), -1, np.int8)
    weights = np.zeros((size, MAX_PARTS), np.float32)
    for i, name in enumerate(names):
        for k, (part, kind) in enumerate(_row(name)):
            parts[i, k] = number.setdefault(part, len(number))
            kinds[i, k] = kind
            weights[i, k] = KIND_WEIGHT[kind] * (1 - 0.5 * commonness(part))
    vocabulary = list(number)
    first = np.array([ord(phone(p)[:1] or p[:1] or "?") & 0xFF for p in vocabulary], np.uint8)
    return NameTable(
        list(names), vocabulary, parts, kinds, weights, (parts >= 0).sum(axis=1).astype(np.int8), first,
        ["".join(n.parts) for n in names], [" ".join(sorted(n.parts)) for n in names],
    )  # fmt: skip
