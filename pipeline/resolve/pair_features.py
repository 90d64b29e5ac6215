"""Features of pairs of names, by array operations: parts are aligned one to one, then summed up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from pipeline.resolve.name_table import NameTable, Side, write_as_one
from pipeline.resolve.names import CORE, INITIAL, LIGHT, NUMBER, scopes_clash
from pipeline.resolve.syllables import syllables_alike, syllables_clash
from pipeline.resolve.token_similarity import FEATURES as TOKEN_FEATURES
from pipeline.resolve.token_similarity import forms_of_one, scores_of, token_features, worth_comparing

ALIGNED = (
    "covered_less", "covered_more", "covered_short", "worst", "second_worst", "left_both", "left_more",
    "matched_parts", "one_match", "matched_weight", "best_rare", "equal_size", "single", "single_both",
    "in_order", "first_alike", "last_alike", "initials_met", "initials_clash", "number_clash", "core_less",
    "core_more", "core_left_both", "log_worst", "log_product", "one_core", "extra_parts", "first_clash",
    "last_clash", "extra_first", "extra_middle", "extra_last", "light_clash", "whole_short", "whole_short_two",
    "light_left", "initials_left", "apart_common", "apart_rare", "proper_covered", "proper_matched", "proper_best",
)  # fmt: skip
WORST = tuple(f"worst_{name}" for name in TOKEN_FEATURES)
TEXTS = ("joined", "joined_letters", "sorted", "same_joined", "suffix_clash", "acronym", "suffix_one", "scope_clash",
         "scope_one", "syllabic", "syllables", "same_syllables", "syllable_clash")  # fmt: skip
FEATURES = (*ALIGNED, *WORST, *TEXTS)
# Token features that are 1 for two equal parts, as numbers into TOKEN_FEATURES.
ALIKE = [k for k, name in enumerate(TOKEN_FEATURES) if name not in ("length_gap", "letters_far", "sound_far", "gender")]
HALF = np.float32(0.5)
BY_INITIAL = np.float32(0.8)  # of a part and its initial
NICKNAME = np.float32(0.9)  # likeness of two forms of one given name


@dataclass(frozen=True)
class Likeness:
    """Likeness of every part of one name to every part of the other, and the features it was drawn from."""

    grid: np.ndarray  # (pairs, width, width) float32
    codes: np.ndarray  # (distinct,) int64, sorted: low part * vocabulary + high part
    features: np.ndarray  # (distinct, len(TOKEN_FEATURES))


def part_likeness(table: NameTable, left: Side, right: Side) -> Likeness:
    """Compare each distinct pair of parts once, then spread the answers over the pairs of names."""
    a, b = left.parts[:, :, None], right.parts[:, None, :]
    valid = (a >= 0) & (b >= 0)
    low, high = np.minimum(a, b), np.maximum(a, b)
    tokens, width = table.tokens, len(table.tokens.words)
    kind_a, kind_b = left.kinds[:, :, None], right.kinds[:, None, :]
    initial = ((kind_a == INITIAL) | (kind_b == INITIAL)) & valid
    number = ((kind_a == NUMBER) | (kind_b == NUMBER)) & valid
    spelled = valid & (low != high) & ~initial & ~number
    grid = np.where(valid & (low == high), np.float32(1), np.float32(0))
    codes, back = np.unique(low[spelled].astype(np.int64) * width + high[spelled], return_inverse=True)
    worth = worth_comparing(tokens, codes // width, codes % width)
    codes = codes[worth]
    features = token_features(tokens, codes // width, codes % width)
    scores = np.zeros(len(worth), np.float32)
    scores[worth] = scores_of(features)
    grid[spelled] = scores[back]
    forms = forms_of_one(tokens, np.maximum(low, 0), np.maximum(high, 0))
    grid = np.where(spelled & forms, np.maximum(grid, NICKNAME), grid)
    one, two = np.maximum(low, 0), np.maximum(high, 0)
    starts = (tokens.letter[one] == tokens.letter[two]) | (tokens.start[one] == tokens.start[two])
    grid = np.where(initial & starts, np.maximum(grid, BY_INITIAL), grid)
    return Likeness(grid, codes, features)


def align(grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Greedy one-to-one alignment, likest first: for each part of the left name the likeness of its partner and
    the partner's place (-1: none), both (pairs, width)."""
    pairs, width, _ = grid.shape
    rest = grid.reshape(pairs, width * width).copy()
    view = rest.reshape(pairs, width, width)
    met = np.zeros((pairs, width), np.float32)
    place = np.full((pairs, width), -1, np.int8)
    live = np.arange(pairs)
    while len(live):
        best = rest[live].argmax(axis=1)
        value = rest[live, best]
        going = value > 0.02
        live, best, value = live[going], best[going], value[going]
        i, j = best // width, best % width
        met[live, i], place[live, i] = value, j
        view[live, i, :] = 0
        view[live, :, j] = 0
    return met, place


def _share(met: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return (met * weight).sum(1) / np.maximum(weight.sum(1), 1e-6)


def _in_order(place: np.ndarray) -> np.ndarray:
    order = np.ones(len(place), bool)
    shown = np.where(place >= 0, place, 127)
    for k in range(place.shape[1] - 1):
        order &= (place[:, k] < 0) | (place[:, k] < shown[:, k + 1 :].min(axis=1))
    return order


def _aligned(left: Side, right: Side, met: np.ndarray, place: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """The ALIGNED columns, and the left part that met its partner worst."""
    pairs = np.arange(len(met))
    has = place >= 0
    met_b = np.zeros_like(met)
    met_b[np.broadcast_to(pairs[:, None], place.shape)[has], place[has]] = met[has]
    wa, wb, ka, kb = left.weights, right.weights, left.kinds, right.kinds
    core_a, core_b = ka == CORE, kb == CORE
    cover_a, cover_b = _share(met, wa), _share(met_b, wb)
    core_cover_a, core_cover_b = _share(met, wa * core_a), _share(met_b, wb * core_b)
    left_a, left_b = ((1 - met) * wa).sum(1), ((1 - met_b) * wb).sum(1)
    core_left = np.minimum(((1 - met) * wa * core_a).sum(1), ((1 - met_b) * wb * core_b).sum(1))
    serious = core_a | (ka == NUMBER)
    shown = np.where(serious, met, np.float32(1))
    ordered = np.sort(shown, axis=1)
    worst = ordered[:, 0]
    matched = ((met > HALF) & core_a).sum(1)
    last_a, last_b = np.maximum(left.sizes - 1, 0), np.maximum(right.sizes - 1, 0)
    last_met, last_met_b = met[pairs, last_a], met_b[pairs, last_b]
    unmet_b = (met_b < 0.4) & core_b
    unmet_first, unmet_last = unmet_b[:, 0], unmet_b[pairs, last_b]
    clash_initials = np.minimum(
        ((ka == INITIAL) & (met < HALF)).sum(1), ((1 - met_b) * (kb != LIGHT) * (kb >= 0)).sum(1)
    )
    numbers = ((ka == NUMBER) & (met < HALF)).any(1) | ((kb == NUMBER) & (met_b < HALF)).any(1)
    light_a, light_b = ((1 - met) * (ka == LIGHT)).sum(1), ((1 - met_b) * (kb == LIGHT)).sum(1)
    partner = np.maximum(place, 0).astype(np.int64)
    apart = has & core_a & (left.parts != np.take_along_axis(right.parts, partner, axis=1))
    weight_b = np.take_along_axis(wb, partner, axis=1)
    initials = [((k == INITIAL) & (m < HALF)).sum(1) for k, m in ((ka, met), (kb, met_b))]
    n_core = np.minimum(core_a.sum(1), core_b.sum(1))
    whole = worst > 0.8
    columns = [
        np.minimum(cover_a, cover_b), np.maximum(cover_a, cover_b), cover_a, worst, ordered[:, 1],
        np.minimum(left_a, left_b), np.maximum(left_a, left_b), np.minimum(matched, 4), matched == 1,
        np.minimum((met * wa).sum(1), 3), (met * wa).max(1), left.sizes == right.sizes, left.sizes == 1,
        right.sizes == 1, _in_order(place), np.where(place[:, 0] == 0, met[:, 0], 0),
        np.where(place[pairs, last_a] == last_b, last_met, 0),
        ((ka == INITIAL) & (met > HALF)).sum(1) + ((kb == INITIAL) & (met_b > HALF)).sum(1), clash_initials,
        numbers, np.minimum(core_cover_a, core_cover_b), np.maximum(core_cover_a, core_cover_b), core_left,
        np.log(worst + 0.02), (np.log(met + 0.02) * (wa > 0) * serious).sum(1), n_core <= 1,
        right.sizes - left.sizes, (1 - met[:, 0]) * (1 - met_b[:, 0]) * core_a[:, 0] * core_b[:, 0],
        (1 - last_met) * (1 - last_met_b), unmet_first, unmet_b.sum(1) - unmet_first - unmet_last, unmet_last,
        np.minimum(light_a, light_b), whole * (right.sizes > left.sizes), whole * (n_core >= 2), light_a + light_b,
        np.maximum(*initials), (apart * (1 - np.maximum(wa, weight_b))).max(1),
        (apart * (1 - np.minimum(wa, weight_b))).max(1),
        np.minimum(_share(met, left.proper), _share(met_b, right.proper)),
        np.minimum((met * left.proper).sum(1), 3), (met * left.proper).max(1),
    ]  # fmt: skip
    return columns, shown.argmin(axis=1)


def _worst_part(
    table: NameTable, like: Likeness, left: Side, right: Side, place: np.ndarray, worst: np.ndarray
) -> np.ndarray:
    """Token features of the worst-met part and its partner: of equal parts for equals and nicknames, 0 when unmet."""
    pairs = np.arange(len(worst))
    a, at = left.parts[pairs, worst].astype(np.int64), place[pairs, worst]
    b = np.where(at >= 0, right.parts[pairs, np.maximum(at, 0)], -1).astype(np.int64)
    codes = np.minimum(a, b) * len(table.tokens.words) + np.maximum(a, b)
    out = np.zeros((len(worst), len(TOKEN_FEATURES)), np.float32)
    if len(like.codes):
        found = np.minimum(np.searchsorted(like.codes, codes), len(like.codes) - 1)
        hit = (like.codes[found] == codes) & (at >= 0)
        out[hit] = like.features[found[hit]]
    forms = forms_of_one(table.tokens, np.maximum(a, 0), np.maximum(b, 0))
    equal = np.flatnonzero(forms & (a >= 0) & (at >= 0))
    out[np.ix_(equal, np.array(ALIKE))] = 1
    return out


def _texts(table: NameTable, left: np.ndarray, right: np.ndarray) -> list[np.ndarray]:
    """The TEXTS columns: the names as whole strings."""
    joined_a, joined_b = ([table.joined[r] for r in side.tolist()] for side in (left, right))
    sorted_a, sorted_b = ([table.sorted_text[r] for r in side.tolist()] for side in (left, right))
    alike = cpdist(joined_a, joined_b, scorer=JaroWinkler.similarity, dtype=np.float32)
    far = cpdist(joined_a, joined_b, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    ordered = cpdist(sorted_a, sorted_b, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    syllabic = table.is_syllabic[left] & table.is_syllabic[right]
    acronym, syllables, syllable_clash = (np.zeros(len(left), np.float32) for _ in range(3))
    for k in np.flatnonzero(table.is_acronym[left] != table.is_acronym[right]).tolist():
        a, b = table.names[left[k]], table.names[right[k]]
        short, full = (a, b) if a.is_acronym else (b, a)
        acronym[k] = short.key in full.acronyms
    for k in np.flatnonzero(syllabic).tolist():
        a, b = table.names[left[k]], table.names[right[k]]
        syllables[k], syllable_clash[k] = syllables_alike(a, b), syllables_clash(a, b)
    marks, scopes = ((traits[left], traits[right]) for traits in (table.suffixes, table.scopes))
    scope_clash = (scopes[0] > 0) & (scopes[1] > 0) & (scopes[0] != scopes[1])
    for k in np.flatnonzero(scope_clash).tolist():
        scope_clash[k] = scopes_clash(table.names[left[k]], table.names[right[k]])
    return [
        alike, far, ordered, far == 1, (marks[0] > 0) & (marks[1] > 0) & (marks[0] != marks[1]), acronym,
        (marks[0] > 0) != (marks[1] > 0), scope_clash, (scopes[0] > 0) != (scopes[1] > 0),
        syllabic, syllables, syllables == 1, syllable_clash,
    ]  # fmt: skip


def _is_fuller(a: Side, b: Side, else_: np.ndarray) -> np.ndarray:
    """Whether the left name has more parts, else fewer initials, else fewer parts that carry it: (pairs,) bool. The
    other one's parts are those that must be met."""
    keys = [a.sizes - b.sizes] + [(b.kinds == kind).sum(1) - (a.kinds == kind).sum(1) for kind in (INITIAL, CORE)]
    return np.select([key != 0 for key in keys], [key > 0 for key in keys], else_)


def pair_features(table: NameTable, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Features of the pairs (names[left[k]], names[right[k]]): (pairs, len(FEATURES)) float32."""
    width = max(2, table.sizes[left].max(initial=0), table.sizes[right].max(initial=0))  # no feature depends on it
    one, two = table.side(left, width), table.side(right, width)
    a, b = write_as_one(table, left, one, two), write_as_one(table, right, two, one)
    swap = _is_fuller(a, b, left > right)
    wide = swap[:, None]
    short = Side(
        *(
            np.where(wide if x.ndim == 2 else swap, y, x)
            for x, y in zip(vars(a).values(), vars(b).values(), strict=True)
        )
    )
    full = Side(
        *(
            np.where(wide if x.ndim == 2 else swap, x, y)
            for x, y in zip(vars(a).values(), vars(b).values(), strict=True)
        )
    )
    like = part_likeness(table, short, full)
    met, place = align(like.grid)
    columns, worst = _aligned(short, full, met, place)
    parts = [np.column_stack(columns), _worst_part(table, like, short, full, place, worst)]
    return np.hstack([*parts, np.column_stack(_texts(table, left, right))]).astype(np.float32)
