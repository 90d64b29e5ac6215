"""Clusters from scored pairs, without chaining: clusters join while their evidence, taken together, is for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

UNLIKE = -0.5  # evidence of unlike spellings, compared or not: one entity may well bear both
LIMIT = 6.0
GRAIN = 2.0**32  # evidence is summed in whole numbers of 1 / GRAIN: sums are exact, whatever their order


def evidence(probability: np.ndarray, threshold: float) -> np.ndarray:
    """Log-odds of probabilities against the decision threshold: positive speaks for joining. Only what is contradicted
    (0) speaks strongly against."""
    p = np.clip(probability, 1e-4, 1 - 1e-4)
    odds = np.log(p / (1 - p)) - np.log(threshold / (1 - threshold))
    return np.where(probability > 0, np.clip(odds, UNLIKE, LIMIT), -LIMIT)


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """Connected components: for each node the least node of its component."""
    parent = list(range(size))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in edges:
        ra, rb = root(a), root(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    return [root(x) for x in range(size)]


class _Groups:
    """Groups of nodes, each known by its least node, and what is told of pairs of them: (pairs,) arrays."""

    def __init__(self, label: np.ndarray, ends: np.ndarray, weight: np.ndarray, cannot: np.ndarray) -> None:
        """`ends` and `cannot` are (pairs, 2) nodes."""
        told = weight != UNLIKE
        self.parent = np.arange(len(label))
        self.members = np.bincount(label, minlength=len(label))
        # What the compared pairs between two groups weigh more than unseen ones would.
        surplus = np.rint((weight[told] - UNLIKE) * GRAIN) / GRAIN
        self.surplus = np.concatenate([surplus, np.zeros(len(cannot))])
        self.barred = np.repeat([False, True], [len(surplus), len(cannot)])
        self._sum_up(*label[np.concatenate([ends[told], cannot])].T)

    def _sum_up(self, one: np.ndarray, other: np.ndarray) -> None:
        """Every pair of groups once, in order, the lower first; `one` and `other` are those of what is told so far."""
        size = len(self.parent)
        rows = np.flatnonzero(one != other)
        codes = np.minimum(one, other)[rows] * size + np.maximum(one, other)[rows]
        order = np.argsort(codes, kind="stable")
        codes, rows = codes[order], rows[order]
        firsts = np.flatnonzero(np.r_[len(codes) > 0, codes[1:] != codes[:-1]])
        self.low, self.high = np.divmod(codes[firsts], size)
        self.surplus, self.barred = (
            add.reduceat(told[rows], firsts) if len(firsts) else told[:0]
            for add, told in ((np.add, self.surplus), (np.logical_or, self.barred))
        )

    def join(self) -> bool:
        """Join every two groups neither of which has a better partner; False when there are none.

        As no joining brings a group nearer to a third than the nearer of its two parts was, this ends as if one pair
        were joined at a time, the best first; and a group that none may join stays as it is.
        """
        mean = self.surplus / (self.members[self.low] * self.members[self.high]) + UNLIKE
        live = (mean > 0) & ~self.barred
        if not live.any():
            return False
        may_join = np.zeros(len(self.parent), bool)
        may_join[self.low[live]] = may_join[self.high[live]] = True
        rows = np.flatnonzero(may_join[self.low] & may_join[self.high])
        low, high, live, mean = self.low[rows], self.high[rows], live[rows], mean[rows]
        self.surplus, self.barred = self.surplus[rows], self.barred[rows]
        rank, best = np.full(len(rows), len(rows)), np.full(len(self.parent), len(rows))
        rank[np.flatnonzero(live)[np.argsort(-mean[live], kind="stable")]] = np.arange(np.count_nonzero(live))
        np.minimum.at(best, low, rank)
        np.minimum.at(best, high, rank)
        mutual = live & (best[low] == rank) & (best[high] == rank)
        self.parent[high[mutual]] = low[mutual]
        self.members[low[mutual]] += self.members[high[mutual]]
        self._sum_up(self.parent[low], self.parent[high])
        return True


def cluster_nodes(
    size: int,
    left: Sequence[int] | np.ndarray,
    right: Sequence[int] | np.ndarray,
    weight: Sequence[float] | np.ndarray,
    must: Iterable[tuple[int, int]] = (),
    cannot: Iterable[tuple[int, int]] = (),
) -> list[int]:
    """Greedy average-linkage clustering of `size` nodes by weighted pairs: for each node the least node of its cluster.

    `weight` is evidence for (> 0) or against (< 0) joining a pair; pairs not given weigh UNLIKE. `must` pairs are
    joined first; `cannot` pairs are never in one cluster (a must beats a cannot). Nodes are taken to be in a
    canonical order: ties go to the lower node, so the answer is a function of the set of pairs.
    Source: average-linkage agglomeration with instance constraints (Davidson and Ravi, 2005), on log-odds, by
    reciprocal nearest neighbours (Murtagh, 1983), which allows all pairs of a round at once.
    """
    label = np.array(components(size, must), np.int64)
    ends = np.column_stack([np.asarray(left, np.int64), np.asarray(right, np.int64)])
    apart = np.array(list(cannot), np.int64).reshape(-1, 2)
    groups = _Groups(label, ends, np.asarray(weight, np.float64), apart)
    while groups.join():
        pass
    parent = groups.parent
    while (parent != parent[parent]).any():
        parent = parent[parent]
    found: list[int] = parent[label].tolist()
    return found
