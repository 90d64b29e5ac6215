"""Features of pairs of names, by array operations: parts are aligned one to one, then summed up."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from pipeline.resolve.name_table import MAX_PARTS, NameTable
from pipeline.resolve.names import CORE, INITIAL, LIGHT, NUMBER
from pipeline.resolve.token_similarity import token_scores

FEATURES = (
    "covered_less", "covered_more", "covered_short", "worst", "second_worst", "left_both", "left_more",
    "matched_parts", "one_match", "matched_weight", "best_rare", "equal_size", "single", "single_both",
    "in_order", "first_alike", "last_alike", "initials_met", "initials_clash", "joined", "joined_sound",
    "sorted", "suffix_clash", "number_clash", "core_less", "core_more", "core_left_both", "acronym",
    "log_worst", "log_product", "short_name", "same_joined", "extra_parts", "first_clash", "last_clash",
)  # fmt: skip


def part_likeness(table: NameTable, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Likeness of every part of names `left` to every part of names `right`: (pairs, MAX_PARTS, MAX_PARTS)."""
    a, b = table.parts[left][:, :, None], table.parts[right][:, None, :]
    valid = (a >= 0) & (b >= 0)
    low, high = np.minimum(a, b), np.maximum(a, b)
    width = len(table.vocabulary)
    codes = np.where(valid, low.astype(np.int64) * width + high, -1)
    kind_a, kind_b = table.kinds[left][:, :, None], table.kinds[right][:, None, :]
    initial = ((kind_a == INITIAL) | (kind_b == INITIAL)) & valid
    number = ((kind_a == NUMBER) | (kind_b == NUMBER)) & valid
    spelled = valid & (low != high) & ~initial & ~number
    likeness = np.where(valid & (low == high), np.float32(1), np.float32(0))
    if spelled.any():
        distinct, back = np.unique(codes[spelled], return_inverse=True)
        words = table.vocabulary
        scores = token_scores([words[c] for c in distinct // width], [words[c] for c in distinct % width])
        likeness[spelled] = scores[back]
    starts = table.first_sound[np.maximum(low, 0)] == table.first_sound[np.maximum(high, 0)]
    return np.where(initial & starts, np.maximum(likeness, np.float32(0.8)), likeness)


def align(likeness: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Greedy one-to-one alignment, likest first: for each part of the left name the likeness of its partner and
    the partner's place (-1: none), both (pairs, MAX_PARTS)."""
    pairs = len(likeness)
    rest = likeness.reshape(pairs, MAX_PARTS * MAX_PARTS).copy()
    met = np.zeros((pairs, MAX_PARTS), np.float32)
    place = np.full((pairs, MAX_PARTS), -1, np.int8)
    rows = np.arange(pairs)
    grid = rest.reshape(pairs, MAX_PARTS, MAX_PARTS)
    for _ in range(MAX_PARTS):
        best = rest.argmax(axis=1)
        value = rest[rows, best]
        live = value > 0.02
        if not live.any():
            break
        i, j = best // MAX_PARTS, best % MAX_PARTS
        met[rows[live], i[live]] = value[live]
        place[rows[live], i[live]] = j[live]
        grid[rows, i, :] = 0
        grid[rows, :, j] = 0
    return met, place


def _texts(values: list[str], rows: np.ndarray) -> list[str]:
    return [values[r] for r in rows]


def _text_features(table: NameTable, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, ...]:
    joined_a, joined_b = _texts(table.joined, left), _texts(table.joined, right)
    joined = cpdist(joined_a, joined_b, scorer=JaroWinkler.similarity, dtype=np.float32)
    far = cpdist(joined_a, joined_b, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    ordered = cpdist(
        _texts(table.sorted_text, left), _texts(table.sorted_text, right),
        scorer=Levenshtein.normalized_similarity, dtype=np.float32,
    )  # fmt: skip
    return joined, far, ordered


def _flags(table: NameTable, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    suffix, acronym = np.zeros(len(left), np.float32), np.zeros(len(left), np.float32)
    for k, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        a, b = table.names[i], table.names[j]
        suffix[k] = a.suffix != b.suffix and bool(a.suffix and b.suffix)
        if a.is_acronym != b.is_acronym:
            short, full = (a, b) if a.is_acronym else (b, a)
            acronym[k] = short.key in full.acronyms
    return suffix, acronym


def pair_features(table: NameTable, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Features of the pairs (names[left[k]], names[right[k]]): (pairs, len(FEATURES)) float32, symmetric."""
    swap = (table.sizes[left] > table.sizes[right]) | ((table.sizes[left] == table.sizes[right]) & (left > right))
    left, right = np.where(swap, right, left), np.where(swap, left, right)  # left is the shorter name
    met, place = align(part_likeness(table, left, right))
    rows = np.arange(len(left))[:, None]
    met_b = np.zeros_like(met)
    has = place >= 0
    met_b[np.broadcast_to(rows, place.shape)[has], place[has]] = met[has]
    wa, wb = table.weights[left], table.weights[right]
    ka, kb = table.kinds[left], table.kinds[right]
    core_a, core_b = ka == CORE, kb == CORE
    size_a, size_b = table.sizes[left].astype(np.float32), table.sizes[right].astype(np.float32)

    def share(met_side: np.ndarray, weight: np.ndarray) -> np.ndarray:
        return (met_side * weight).sum(1) / np.maximum(weight.sum(1), 1e-6)

    cover_a, cover_b = share(met, wa), share(met_b, wb)
    core_cover_a, core_cover_b = share(met, wa * core_a), share(met_b, wb * core_b)
    left_a, left_b = ((1 - met) * wa).sum(1), ((1 - met_b) * wb).sum(1)
    core_left_a, core_left_b = ((1 - met) * wa * core_a).sum(1), ((1 - met_b) * wb * core_b).sum(1)
    serious = core_a | (ka == NUMBER)
    ordered = np.sort(np.where(serious, met, np.float32(1)), axis=1)
    matched = ((met > 0.5) & core_a).sum(1)
    weight_met = (met * wa).sum(1)
    both = np.where(has, place, 99)
    in_order = np.ones(len(left), bool)
    for k in range(MAX_PARTS - 1):
        later = np.where(both[:, k + 1 :] == 99, 127, both[:, k + 1 :])
        in_order &= (both[:, k] == 99) | (both[:, k] < later.min(axis=1))
    last_a, last_b = np.maximum(table.sizes[left] - 1, 0), np.maximum(table.sizes[right] - 1, 0)
    flat = np.arange(len(left))
    first_to_first = np.where(place[:, 0] == 0, met[:, 0], 0)
    last_met, last_place = met[flat, last_a], place[flat, last_a]
    last_to_last = np.where(last_place == last_b, last_met, 0)
    met_initials = ((ka == INITIAL) & (met > 0.5)).sum(1) + ((kb == INITIAL) & (met_b > 0.5)).sum(1)
    clash_initials = np.minimum(
        ((ka == INITIAL) & (met < 0.5)).sum(1), ((1 - met_b) * (kb != LIGHT) * (kb >= 0)).sum(1)
    )
    number_a, number_b = (ka == NUMBER) & (met < 0.5), (kb == NUMBER) & (met_b < 0.5)
    joined, far, sorted_alike = _text_features(table, left, right)
    suffix, acronym = _flags(table, left, right)
    n_core = np.minimum(core_a.sum(1), core_b.sum(1))
    first_clash = (1 - met[:, 0]) * (1 - met_b[:, 0]) * (ka[:, 0] == CORE) * (kb[:, 0] == CORE)
    last_clash = (1 - last_met) * (1 - met_b[flat, last_b])
    worst = ordered[:, 0]
    columns = [
        np.minimum(cover_a, cover_b), np.maximum(cover_a, cover_b), cover_a, worst, ordered[:, 1],
        np.minimum(left_a, left_b), np.maximum(left_a, left_b), np.minimum(matched, 4), matched == 1,
        np.minimum(weight_met, 3), (met * wa).max(1), size_a == size_b, size_a == 1, size_b == 1, in_order,
        first_to_first, last_to_last, met_initials, clash_initials, joined, far, sorted_alike, suffix,
        number_a.any(1) | number_b.any(1), np.minimum(core_cover_a, core_cover_b),
        np.maximum(core_cover_a, core_cover_b), np.minimum(core_left_a, core_left_b), acronym,
        np.log(worst + 0.02), (np.log(met + 0.02) * (wa > 0) * serious).sum(1), n_core <= 1, far == 1,
        size_b - size_a, first_clash, last_clash,
    ]  # fmt: skip
    return np.column_stack(columns).astype(np.float32)
