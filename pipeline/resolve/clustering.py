"""Clusters from scored pairs, without chaining: clusters join while their evidence, taken together, is for it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

UNSEEN = -1.5  # evidence of a pair that was never worth comparing
LIMIT = 6.0


def evidence(probability: np.ndarray, threshold: float) -> np.ndarray:
    """Log-odds of probabilities against the decision threshold: positive speaks for joining."""
    p = np.clip(probability, 1e-4, 1 - 1e-4)
    return np.clip(np.log(p / (1 - p)) - np.log(threshold / (1 - threshold)), -LIMIT, LIMIT)


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
    """The pairs that can matter: those between nodes that a chain of must pairs and of evidence for joining links."""
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

    `weight` is evidence for (> 0) or against (< 0) joining a pair; pairs not given weigh UNSEEN. `must` pairs are
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
    links: dict[int, dict[int, list[float]]] = {}

    def add(a: int, b: int, w: float, n: float) -> None:
        for x, y in ((a, b), (b, a)):
            entry = links.setdefault(x, {}).setdefault(y, [0.0, 0.0])
            entry[0] += w
            entry[1] += n

    for a, b, w in zip(left, right, weight, strict=True):
        if label[a] != label[b]:
            add(label[a], label[b], w, 1)
    barred: dict[int, set[int]] = {}
    for a, b in cannot:
        if label[a] != label[b]:
            barred.setdefault(label[a], set()).add(label[b])
            barred.setdefault(label[b], set()).add(label[a])

    def mean(a: int, b: int) -> float:
        total, seen = links[a][b]
        pairs = len(groups[a]) * len(groups[b])
        return (total + UNSEEN * (pairs - seen)) / pairs

    heap = [(-mean(a, b), a, b) for a in links for b in links[a] if a < b and mean(a, b) > 0]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or b not in links.get(a, {}) or mean(a, b) != -negative:
            continue
        if b in barred.get(a, ()):
            continue
        groups[a] += groups.pop(b)
        barred.setdefault(a, set()).update(barred.pop(b, ()))
        for other in barred[a]:
            barred[other].discard(b)
            barred[other].add(a)
        for other, (total, seen) in links.pop(b).items():
            del links[other][b]
            if other != a:
                add(a, other, total, seen)
        for other in links[a]:
            gain = mean(a, other)
            if gain > 0:
                heapq.heappush(heap, (-gain, min(a, other), max(a, other)))
    out = [0] * size
    for members in groups.values():
        low = min(members)
        for node in members:
            out[node] = low
    return out
