"""Line features: the neighbours of a line, and what is thought of them after a first look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.batch import Batch, Floats, Ints
from pipeline.clean.page_features import lines_apart

NEIGHBOUR_COLUMNS = (
    "log_chars", "function_words", "closed", "sentences", "capital_words", "phrase_cut", "phrase_byline",
    "date_words", "shared_words", "outlet_share", "lexical", "copies", "said_before",
)  # fmt: skip
_REACH = 3
_SECOND_REACH = 5
_WINDOWS = (2, 5, 12)  # lines on either side
_LINE_COST = 0.4  # a line extends the region when its certainty exceeds this


def neighbour_features(features: Mapping[str, Floats], page: Ints) -> dict[str, Floats]:
    """Telling columns of the lines up to 3 before and after; -1 past the page."""
    offsets = [o for o in range(-_REACH, _REACH + 1) if o]
    return {f"{name}{o:+d}": shifted(features[name], page, o) for o in offsets for name in NEIGHBOUR_COLUMNS}


def shifted(column: Floats, page: Ints, offset: int, missing: float = -1.0) -> Floats:
    """The column's value `offset` lines on, on the same page; `missing` where there is no such line."""
    n = len(column)
    out = np.full(n, missing, np.float32)
    if abs(offset) < n:
        here = slice(max(0, -offset), n - max(0, offset))
        there = slice(max(0, offset), n - max(0, -offset))
        out[here] = np.where(page[here] == page[there], column[there], missing)
    return out


def second_look(batch: Batch, log_odds: Floats) -> dict[str, Floats]:
    """What a first judgement of all lines says about each: its neighbours', its region's, its page's.

    log_odds: the first judgement, one value a line
    """
    page = batch.pages.page
    first = np.clip(log_odds, -6, 6)
    certainty = 1 / (1 + np.exp(-first.astype(np.float64)))
    weight = np.minimum(batch.words.per_line, 80) + 1.0
    mass = certainty * weight
    total = np.maximum(batch.page_sum(mass), 1e-6)
    since, until = lines_apart(batch, (certainty > 0.8) & (batch.words.per_line >= 12))
    region_start, region_end, region_mass = _regions(batch, certainty, weight)
    at = np.arange(len(batch))
    out = {
        "first": first,
        "kept_before": batch.sum_before(mass) / total,
        "kept_mass": np.log1p(total),
        "kept_share": total / batch.page_sum(weight),
        "since_kept": since,
        "until_kept": until,
        "from_region": np.clip(at - region_start, -40, 60),
        "to_region_end": np.clip(region_end - at, -40, 60),
        "region_mass": region_mass / total,
    }
    for offset in range(-_SECOND_REACH, _SECOND_REACH + 1):
        if offset:
            out[f"first{offset:+d}"] = shifted(first, page, offset, missing=-7)
    for reach in _WINDOWS:
        out[f"kept_within_{reach}"] = _window_mean(batch, mass, reach) / _window_mean(batch, weight, reach)
    return {name: np.asarray(column, np.float32) for name, column in out.items()}


def _window_mean(batch: Batch, column: NDArray, reach: int) -> NDArray:
    """Sum of the column over the lines up to `reach` away on the same page, over the window's full width."""
    sums = np.append(0, np.cumsum(column))
    at = np.arange(len(batch))
    begin = np.maximum(at - reach, batch.first_on_page())
    end = np.minimum(at + reach + 1, batch.pages.first[1:][batch.pages.page])
    return (sums[end] - sums[begin]) / (2 * reach + 1)


def _regions(batch: Batch, certainty: NDArray, weight: NDArray) -> tuple[Ints, Ints, NDArray]:
    """For each line the first and last line of its page's main region, and the kept mass inside.

    The region is the run of lines with the greatest sum of words times (certainty less a cost): Kadane's maximum
    subarray, one pass a page.
    """
    gains = (weight * (certainty - _LINE_COST)).tolist()
    spans = [best_run(gains, a, b) for a, b in pairwise(batch.pages.first.tolist())]
    start, end = np.array(spans).T
    sums = np.append(0, np.cumsum(certainty * weight))
    mass = sums[np.minimum(end + 1, len(gains))] - sums[np.minimum(start, len(gains))]
    return start[batch.pages.page], end[batch.pages.page], mass[batch.pages.page]


def best_run(gains: Sequence[float], a: int, b: int) -> tuple[int, int]:
    """First and last index of the run within gains[a:b] of greatest sum."""
    best, total, begin, span = -1.0, 0.0, a, (a, a)
    for i in range(a, b):
        if total <= 0:
            total, begin = 0.0, i
        total += gains[i]
        if total > best:
            best, span = total, (begin, i)
    return span


def matrix(features: Mapping[str, Floats], columns: Sequence[str]) -> Floats:
    """The named columns side by side: (lines, columns). KeyError when one is missing."""
    return np.stack([features[name] for name in columns], axis=1)
