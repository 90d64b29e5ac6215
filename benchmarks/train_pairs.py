"""Fit the weights of name comparison (pipeline/resolve/data/pair_weights.json) and print cross-validated figures.

    python -m benchmarks.train_pairs ../shared/bench/name_pairs_dev.jsonl.gz

Input: JSON lines with a, b, type (PER, ORG), same (0, 1), cls. Pairs are split in five by connected component of
names held to be the same, so that no entity stands on both sides.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from pathlib import Path

import numpy as np

from pipeline.resolve.clustering import components
from pipeline.resolve.lexicon import DATA
from pipeline.resolve.matcher import TERMS, Model, terms
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import ORG, PERSON, parse_name
from pipeline.resolve.pair_features import FEATURES, pair_features

HIDDEN = {"unrelated", "kunya", "partial_1_token_align"}  # same entity, nothing in the spelling to go by
LABELS = {"PER": PERSON, "ORG": ORG}
WANTED_PRECISION = {PERSON: 0.945, ORG: 0.89}  # a wrong merge is worse than a missed one
PENALTY = 20.0


def fit(x: np.ndarray, y: np.ndarray) -> Model:
    """L2 logistic regression over the features and their products."""
    from scipy.optimize import minimize

    centre, scale = x.mean(0), np.maximum(x.std(0), 1e-2)
    z = np.column_stack([terms(x, centre, scale), np.ones(len(x))]).astype(np.float64)
    sign = 2.0 * y - 1
    keep = np.r_[np.ones(len(TERMS)), 0]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (z @ w)
        slope = -sign / (1 + np.exp(margin))
        value = np.logaddexp(0, -margin).sum() + PENALTY / 2 * (keep * w) @ w
        return float(value), z.T @ slope + PENALTY * keep * w

    w = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 250}).x
    return Model(centre, scale, w[:-1], float(w[-1]), 0.5)


def threshold_for(score: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest threshold from which on precision holds and F1 is best."""
    best = (0.0, 0.5)
    for t in np.linspace(0.3, 0.95, 66):
        hit = (score >= t) & (y == 1)
        p, r = hit.sum() / max(1, (score >= t).sum()), hit.sum() / y.sum()
        if p >= precision:
            best = max(best, (2 * p * r / (p + r), float(t)))
    return best[1]


def report(name: str, score: np.ndarray, y: np.ndarray, t: float) -> None:
    from sklearn.metrics import average_precision_score

    hit = (score >= t) & (y == 1)
    p, r = hit.sum() / max(1, (score >= t).sum()), hit.sum() / y.sum()
    print(f"{name:10s} threshold {t:.2f}  p {p:.4f}  r {r:.4f}  f1 {2 * p * r / (p + r):.4f}"
          f"  ap {average_precision_score(y, score):.4f}  pairs {len(y)}")  # fmt: skip


def _named(names: tuple[str, ...], values: np.ndarray) -> dict[str, float]:
    return {name: round(float(v), 4) for name, v in zip(names, values, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    args = parser.parse_args()
    with gzip.open(args.pairs, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [r for r in rows if not (r["same"] and r["cls"] in HIDDEN)]
    number: dict[tuple[str, str], int] = {}
    ends = np.array([[number.setdefault((r[side], LABELS[r["type"]]), len(number)) for side in "ab"] for r in rows])
    table = name_table([parse_name(*key) for key in number])
    x, y = pair_features(table, ends[:, 0], ends[:, 1]), np.array([r["same"] for r in rows])
    entity = components(len(number), (tuple(e) for e, same in zip(ends.tolist(), y, strict=True) if same))
    fold = np.array([zlib.crc32(str(entity[a]).encode()) % 5 for a in ends[:, 0]])
    score, decided, stored = np.zeros(len(y)), np.zeros(len(y), bool), {}
    for kind, group in LABELS.items():
        mine = np.array([r["type"] == kind for r in rows])
        for k in range(5):
            test = mine & (fold == k)
            score[test] = fit(x[mine & ~test], y[mine & ~test]).probability(x[test])
        t = threshold_for(score[mine], y[mine], WANTED_PRECISION[group])
        decided[mine] = score[mine] >= t
        report(group, score[mine], y[mine], t)
        model = fit(x[mine], y[mine])
        stored[group] = {
            "bias": round(model.bias, 4), "threshold": round(t, 3),
            **{k: _named(FEATURES, getattr(model, k)) for k in ("centre", "scale")},
            "weights": _named(TERMS, model.weights),
        }  # fmt: skip
    report("all", np.where(decided, 1 + score, score), y, 1.0)
    (DATA / "pair_weights.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
