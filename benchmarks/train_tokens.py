"""Fit the weights of name-part similarity (pipeline/resolve/data/token_weights.json).

    python benchmarks/train_tokens.py persons.txt

`persons.txt` is the list of equivalent name parts, drawn from Wikidata (CC0), that the PyPI package rigour 1.3
carries as rigour/data/names/persons.txt: one group a line, `form, form, ... => id`. Positive pairs are forms of one
group, negative pairs are near neighbours that share no group. Groups are split in halves; the printed figures are
of the half not trained on.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score

from pipeline.resolve.lexicon import DATA
from pipeline.resolve.names import fold
from pipeline.resolve.phonetics import coarse_skeleton
from pipeline.resolve.token_similarity import FEATURES, token_features

FREE = ("short", "length_gap", "bones_short", "letters_far", "sound_far", "one_edit_short")  # of either sign
LATIN = re.compile(r"^[a-z]{2,}$")


def read_groups(path: Path) -> list[list[str]]:
    """The groups' folded Latin one-word forms, distinct, two or more."""
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = line.rsplit(" => ", 1)[0].split(",")
        latin = [f.strip() for f in forms if ord(max(f.strip() or " ")) < 0x370 and not f.strip().endswith("ová")]
        folded = sorted({w for w in (fold(f) for f in latin if " " not in f) if LATIN.match(w)})
        if len(folded) > 1:
            groups.append(folded)
    return groups


def pairs_of(groups: list[list[str]], rng: random.Random, queries: int) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Token pairs and whether they share a group."""
    of = defaultdict(set)
    for number, group in enumerate(groups):
        for form in group:
            of[form].add(number)
    positive = []
    for group in groups:
        combos = [(x, y) for i, x in enumerate(group) for y in group[i + 1 :]]
        positive += rng.sample(combos, min(6, len(combos)))
    tokens = sorted(of)
    by_skeleton = defaultdict(list)
    for token in tokens:
        by_skeleton[coarse_skeleton(token)].append(token)
    negative = set()
    sample = rng.sample(tokens, queries)
    near = cdist(sample, tokens, scorer=JaroWinkler.similarity, dtype=np.float32)
    for i, token in enumerate(sample):
        close = [tokens[j] for j in np.argsort(-near[i])[:12]]
        same = rng.sample(by_skeleton[coarse_skeleton(token)], min(6, len(by_skeleton[coarse_skeleton(token)])))
        loose = rng.sample(tokens, 4)
        negative |= {(token, t) for t in close + same + loose if not of[t] & of[token]}
    pairs = positive + sorted(negative)
    return pairs, np.array([1] * len(positive) + [0] * len(negative))


def fit(x: np.ndarray, y: np.ndarray, penalty: float = 1e-4) -> np.ndarray:
    """Balanced logistic weights, the bias last; a feature of likeness may not count against likeness."""
    x = np.column_stack([x, np.ones(len(x))]).astype(np.float64)
    share = np.where(y == 1, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    sign = 2 * y - 1

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ w)
        slope = -sign * share / (1 + np.exp(margin))
        return float(share @ np.logaddexp(0, -margin) + penalty * w @ w), x.T @ slope + 2 * penalty * w

    bounds = [(None, None) if name in FREE else (0, None) for name in FEATURES] + [(None, None)]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    args = parser.parse_args()
    rng = random.Random(5)
    groups = read_groups(args.names)
    rng.shuffle(groups)
    half = len(groups) // 2
    parts = [pairs_of(groups[:half], rng, 1200), pairs_of(groups[half:], rng, 1200)]
    data = [(token_features(*zip(*pairs, strict=True)), y) for pairs, y in parts]
    (x0, y0), (x1, y1) = data
    w = fit(x0, y0)
    print(f"{len(groups)} groups; held-out pairs {len(y1)}")
    print(f"average precision {average_precision_score(y1, x1 @ w[:-1]):.3f}")
    print(f"Jaro-Winkler alone {average_precision_score(y1, x1[:, FEATURES.index('letters_jw')]):.3f}")
    w = fit(np.vstack([x0, x1]), np.concatenate([y0, y1]))
    weights = {name: round(float(v), 4) for name, v in zip(FEATURES, w, strict=False)}
    stored = {"bias": round(float(w[-1]), 4), "weights": weights}
    (DATA / "token_weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=1))


if __name__ == "__main__":
    main()
