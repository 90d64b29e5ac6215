"""Two names, or a list of names: the public doors that need no document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.resolve.clustering import cluster_nodes, evidence
from pipeline.resolve.matcher import score_pairs, threshold
from pipeline.resolve.name_pairs import compare_names, signature
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import Name, parse_name
from pipeline.resolve.reasons import reasons

EASE = 0.6  # odds of two names of a list, against those of a lone pair: a cluster's other names speak up as well


@dataclass(frozen=True)
class Comparison:
    """Whether two names are one: `score` 0..1, `is_match` at the group's threshold."""

    score: float
    is_match: bool
    names: tuple[Name, Name]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for and against, in plain words."""
        a, b = self.names
        if a.key == b.key:
            return ("the same but for case, accents, titles or legal form",)
        return tuple(reasons(a, b))


def _in_order(name_a: str, name_b: str, label: str) -> tuple[Name, Name]:
    a, b = parse_name(name_a, label), parse_name(name_b, label)
    return (a, b) if (a.key, a.surface) <= (b.key, b.surface) else (b, a)


def compare_many(pairs: Sequence[tuple[str, str]], label: str) -> list[Comparison]:
    """`compare` for many pairs of one label at once: some 7,000 pairs of unseen names a second and core."""
    ends = [_in_order(a, b, label) for a, b in pairs]
    names = [name for pair in ends for name in pair]
    if not names:
        return []
    left = np.arange(0, len(names), 2)
    group = names[0].group
    scores = score_pairs(name_table(names), left, left + 1, group).tolist()
    scores = [1.0 if a.key == b.key else score for (a, b), score in zip(ends, scores, strict=True)]
    least = threshold(group)
    return [Comparison(score, score >= least, pair) for pair, score in zip(ends, scores, strict=True)]


def compare(name_a: str, name_b: str, label: str) -> Comparison:
    """Compare two names of one label (PERSON, ORG, GPE, LOC, FAC, NORP, EVENT), by their spelling alone. Symmetric.

    Some milliseconds a call; for many pairs use `compare_many`.
    """
    return compare_many([(name_a, name_b)], label)[0]


def pair_evidence(names: Sequence[Name], left: np.ndarray, score: np.ndarray, ease: float = 1.0) -> np.ndarray:
    """Evidence for clustering from probabilities, against `ease` times the odds of each group's own threshold."""
    numbers = {name.group: k for k, name in enumerate(names)}
    group_of = np.array([numbers[name.group] for name in names], np.int64)[left]
    weight = np.zeros(len(left))
    for group, number in numbers.items():
        mine = group_of == number
        odds = ease * threshold(group) / (1 - threshold(group))
        weight[mine] = evidence(score[mine], odds / (1 + odds))
    return weight


def cluster(names: Sequence[tuple[str, str]]) -> list[int]:
    """Cluster (name, label) pairs by spelling: a cluster number for each, numbered by first appearance."""
    parsed = [parse_name(*pair) for pair in names]
    distinct: dict[tuple[str, str], Name] = {}
    for name in sorted(parsed, key=lambda n: n.surface):
        distinct.setdefault((name.group, name.key), name)
    ordered = sorted(distinct.values(), key=signature)
    compared = compare_names(ordered)
    weight = pair_evidence(ordered, compared.left, compared.score, EASE)
    label = cluster_nodes(len(ordered), compared.left, compared.right, weight)
    of = {(n.group, n.key): label[i] for i, n in enumerate(ordered)}
    number: dict[int, int] = {}
    return [number.setdefault(of[n.group, n.key], len(number)) for n in parsed]
