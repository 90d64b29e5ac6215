"""Clusters from scored pairs, without chaining: clusters join while their evidence, taken together, is for it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

UNLIKE = -0.5  # evidence of unlike spellings, compared or not: one entity may well bear both
LIMIT = 6.0


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


def _within_reach(
    size: int, left: np.ndarray, right: np.ndarray, weight: np.ndarray, must: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int], list[float]]:
    """The pairs that can matter: those that weigh other than unlike ones, between nodes that a chain of must pairs and
    of evidence for joining links."""
    told = weight != UNLIKE
    left, right, weight = left[told], right[told], weight[told]
    speaks = weight > 0
    edges = zip(left[speaks].tolist(), right[speaks].tolist(), strict=True)
    reach = np.array(components(size, chain(must, edges)), np.int64)
    inside = reach[left] == reach[right] if len(left) else speaks
    return left[inside].tolist(), right[inside].tolist(), weight[inside].tolist()


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
    Source: average-linkage agglomeration with instance constraints (Davidson and Ravi, 2005), on log-odds.
    """
    must = list(must)
    label = components(size, must)
    left, right, weight = _within_reach(size, np.asarray(left), np.asarray(right), np.asarray(weight), must)
    groups: dict[int, list[int]] = {}
    for node, owner in enumerate(label):
        groups.setdefault(owner, []).append(node)
    # Of two groups: what their compared pairs weigh more than unseen ones would, in both directions.
    surplus: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, w in zip(left, right, weight, strict=True):
        one, two = label[a], label[b]
        if one != two:
            surplus[one][two] = surplus[two][one] = surplus[one].get(two, 0.0) + w - UNLIKE
    barred: dict[int, set[int]] = defaultdict(set)
    for a, b in cannot:
        if label[a] != label[b]:
            barred[label[a]].add(label[b])
            barred[label[b]].add(label[a])

    def gains(a: int, others: Iterable[int]) -> Iterator[tuple[float, int, int]]:
        """Pairs of `a` whose mean evidence is for joining, as heap entries."""
        size_a, met = len(groups[a]), surplus[a]
        for b in others:
            mean = met[b] / (size_a * len(groups[b])) + UNLIKE
            if mean > 0:
                yield (-mean, a, b) if a < b else (-mean, b, a)

    heap = [entry for a in list(surplus) for entry in gains(a, (b for b in surplus[a] if a < b))]
    heapq.heapify(heap)
    while heap:
        entry = heapq.heappop(heap)
        _, a, b = entry
        if b not in surplus.get(a, ()) or b in barred.get(a, ()) or entry not in gains(a, (b,)):
            continue  # one of them has been joined to another since
        groups[a] += groups.pop(b)
        for other in barred.pop(b, ()):
            barred[other].discard(b)
            barred[other].add(a)
            barred[a].add(other)
        for other, more in surplus.pop(b).items():
            del surplus[other][b]
            if other != a:
                surplus[a][other] = surplus[other][a] = surplus[a].get(other, 0.0) + more
        for entry in gains(a, surplus[a]):
            heapq.heappush(heap, entry)
    out = [0] * size
    for members in groups.values():
        low = min(members)
        for node in members:
            out[node] = low
    return out
