"""Fit the weights of name-part similarity (pipeline/resolve/data/token_weights.json).

    python -m benchmarks.train_tokens ../shared/bench/name_clusters_dev.jsonl.gz

Input: JSON lines with id, type, names, weak; one entity a line. Training pairs are the parts by which two persons'
names of equal length differ when all their other parts are equal: one name part spelled twice if the names are one
entity's, two name parts if not. Half of the pairs are held out for the printed figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.names import PERSON, parse_name
from pipeline.resolve.token_similarity import FEATURES, token_features, token_table

FREE = ("short", "length_gap", "bones_short", "letters_far", "sound_far", "one_edit_short", "gender")  # of either sign
PENALTY = 1e-4


def one_difference(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, str] | None:
    """The two parts by which names of equal length differ, when they differ by one."""
    if len(a) != len(b) or len(a) < 2:
        return None
    rest_a, rest_b = list((Counter(a) - Counter(b)).elements()), list((Counter(b) - Counter(a)).elements())
    if len(rest_a) != 1 or min(len(rest_a[0]), len(rest_b[0])) < 2:
        return None
    return min(rest_a[0], rest_b[0]), max(rest_a[0], rest_b[0])


def training_pairs(rows: list[dict]) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Token pairs, and whether they are one name part."""
    names = [
        (row["id"], parse_name(name, PERSON).parts)
        for row in rows
        if row["type"] == "PER"
        for name in row["names"]
        if name not in row["weak"]
    ]
    bearers = defaultdict(list)
    for number, (_, parts) in enumerate(names):
        for part in set(parts):
            bearers[part].append(number)
    same, apart = set(), set()
    for numbers in bearers.values():
        for i, j in combinations(numbers, 2):
            if pair := one_difference(names[i][1], names[j][1]):
                (same if names[i][0] == names[j][0] else apart).add(pair)
    pairs = [*sorted(same), *sorted(apart - same)]
    return pairs, np.array([1] * len(same) + [0] * (len(pairs) - len(same)))


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Balanced logistic weights, the bias last; a feature of likeness may not count against likeness."""
    x = np.column_stack([x, np.ones(len(x))]).astype(np.float64)
    share = np.where(y == 1, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    sign = 2 * y - 1

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w)
        slope = -sign * share / (1 + np.exp(margin))
        return float(share @ np.logaddexp(0, -margin) + PENALTY * w @ w), x.T @ slope + 2 * PENALTY * w

    bounds = [(None, None) if name in FREE else (0, None) for name in FEATURES] + [(None, None)]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    with gzip.open(args.clusters, "rt", encoding="utf-8") as file:
        pairs, y = training_pairs([json.loads(line) for line in file])
    words = sorted({word for pair in pairs for word in pair})
    number = {word: i for i, word in enumerate(words)}
    ends = np.array([[number[a], number[b]] for a, b in pairs])
    x = token_features(token_table(words), ends[:, 0], ends[:, 1])
    held = np.random.default_rng(0).random(len(y)) < 0.5
    w = fit(x[~held], y[~held])
    print(f"{y.sum()} pairs of one part, {len(y) - y.sum()} of two; of the held-out half, average precision:")
    print(f"weights {average_precision_score(y[held], x[held] @ w[:-1]):.3f}")
    print(f"Jaro-Winkler alone {average_precision_score(y[held], x[held, FEATURES.index('letters_jw')]):.3f}")
    w = fit(x, y)
    weights = {name: round(float(v), 4) for name, v in zip(FEATURES, w, strict=False)}
    stored = {"bias": round(float(w[-1]), 4), "weights": weights}
    (DATA / "token_weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
