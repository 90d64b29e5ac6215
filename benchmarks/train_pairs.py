"""Fit the trees of name comparison (pipeline/resolve/data/pair_trees.npz), and print cross-validated figures.

    python -m benchmarks.train_pairs ../shared/bench/name_pairs_dev.jsonl.gz ../shared/bench/name_clusters_dev.jsonl.gz

Pairs: JSON lines with a, b, type (PER, ORG), same (0, 1), cls. Clusters: JSON lines with id, type, names. Learned from
are the pairs and what blocking proposes among the clusters' names, which is what the models meet at work; the pairs
of a list have a style of their own. Both are split in five by entity, so that none stands on both sides.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.train_titles import tree_arrays
from pipeline.clean.trees import Trees
from pipeline.resolve.blocking import MAX_BLOCK, Postings, look_alike, pairs_within
from pipeline.resolve.clustering import components
from pipeline.resolve.lexicon import DATA
from pipeline.resolve.matcher import Model, in_steps, ruled
from pipeline.resolve.name_table import NameTable, name_table
from pipeline.resolve.names import ORG, PERSON, Name, parse_name
from pipeline.resolve.pair_features import pair_features

HIDDEN = {"unrelated", "kunya", "partial_1_token_align"}  # same entity, nothing in the spelling to go by
LABELS = {"PER": PERSON, "ORG": ORG}
WANTED_PRECISION = {PERSON: 0.945, ORG: 0.9}  # a wrong merge is worse than a missed one
FOLDS = 5
CANDIDATE_WEIGHT = 0.2  # of a blocked candidate beside a listed pair
KEPT_NEGATIVES = 0.1  # share of the candidates of two entities that are learned from, weighing the more
TREES = {
    "objective": "binary", "learning_rate": 0.12, "num_leaves": 20, "max_depth": 5, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "seed": 1,
    "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
ROUNDS = 120


def read(path: Path) -> list[dict]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@dataclass(frozen=True)
class Examples:
    """Pairs of one group: features, whether they are one, whether listed (else proposed), the fold of each end."""

    x: np.ndarray
    y: np.ndarray
    listed: np.ndarray
    fold: np.ndarray  # (pairs, 2)

    @property
    def weight(self) -> np.ndarray:
        drawn = np.where(self.y == 1, 1, 1 / KEPT_NEGATIVES)
        return np.where(self.listed, 1.0, CANDIDATE_WEIGHT * drawn)

    def __getitem__(self, rows: np.ndarray) -> Examples:
        return Examples(self.x[rows], self.y[rows], self.listed[rows], self.fold[rows])


def _blocked(names: list[Name]) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that blocking leaves to the models; found without them, for there may be none yet."""
    postings = Postings.of(names, np.arange(len(names)))
    starts, sizes = postings.blocks()
    small = sizes <= MAX_BLOCK
    codes = pairs_within(postings.owners, starts[small], sizes[small], len(names))
    left, right = codes // max(1, len(names)), codes % max(1, len(names))
    alike = look_alike(names, left, right)
    return left[alike], right[alike]


def proposed(clusters: list[dict], group: str) -> list[tuple[Name, Name, int]]:
    """What blocking proposes among the names of the clusters: pairs, and whether an entity bears both."""
    bearers: dict[str, set[str]] = defaultdict(set)
    distinct: dict[str, Name] = {}
    for row in clusters:
        for name in (parse_name(n, group) for n in sorted(row["names"])):
            bearers[name.key].add(row["id"])
            distinct.setdefault(name.key, name)
    names = [distinct[key] for key in sorted(distinct)]
    draw = np.random.default_rng(0)
    found = []
    for i, j in zip(*(side.tolist() for side in _blocked(names)), strict=True):
        same = bool(bearers[names[i].key] & bearers[names[j].key])
        if same or draw.random() < KEPT_NEGATIVES:
            found.append((names[i], names[j], int(same)))
    return found


def examples(pairs: list[dict], clusters: list[dict], group: str) -> Examples:
    """All examples of a group. An entity is a connected component of names held to be the same."""
    rows: list[tuple[Name, Name, int, bool]] = []
    for r in pairs:
        a, b = sorted((parse_name(r[s], group) for s in "ab"), key=lambda n: (n.key, n.surface))
        rows.append((a, b, r["same"], True))
    told = {(a.key, b.key) for a, b, _, _ in rows}
    rows += [(a, b, same, False) for a, b, same in proposed(clusters, group) if (a.key, b.key) not in told]
    number: dict[str, int] = {}
    ends = np.array([[number.setdefault(n.key, len(number)) for n in row[:2]] for row in rows])
    same = np.array([row[2] for row in rows])
    of_one = [[number[k] for n in r["names"] if (k := parse_name(n, group).key) in number] for r in clusters]
    links = [(ids[0], i) for ids in of_one for i in ids[1:]]
    entity = components(len(number), [*links, *map(tuple, ends[same == 1].tolist())])
    fold = np.array([zlib.crc32(str(e).encode()) % FOLDS for e in entity])
    table = name_table([n for row in rows for n in row[:2]])
    left = np.arange(0, 2 * len(rows), 2)
    return Examples(_features(table, left), same, np.array([row[3] for row in rows]), fold[ends])


def _features(table: NameTable, left: np.ndarray, size: int = 1 << 15) -> np.ndarray:
    return np.vstack([pair_features(table, part, part + 1) for part in np.split(left, range(size, len(left), size))])


def fit_trees(data: Examples) -> dict[str, np.ndarray]:
    """Boosted trees over the features, as pipeline.clean.trees loads them."""
    import lightgbm

    learned = lightgbm.Dataset(in_steps(data.x), data.y, weight=data.weight)
    return tree_arrays(lightgbm.train(TREES, learned, ROUNDS), "")


def cross_validated(data: Examples) -> np.ndarray:
    """Probabilities of all pairs by trees that have not seen their entities."""
    score = np.zeros(len(data.y))
    for k in range(FOLDS):
        test, seen = data.fold[:, 0] == k, (data.fold == k).any(1)
        score[test] = Model(Trees.load(fit_trees(data[~seen]), ""), 0.5).probability(data.x[test])
    return score


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
          f"  ap {average_precision_score(y, score):.4f}  pairs {len(y)}", flush=True)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    pairs = [r for r in read(args.pairs) if not (r["same"] and r["cls"] in HIDDEN)]
    clusters = read(args.clusters)
    decided, truth, arrays = [], [], {}
    for kind, group in LABELS.items():
        data = examples(*([r for r in rows if r["type"] == kind] for rows in (pairs, clusters)), group)
        score, listed = ruled(cross_validated(data), data.x, group), data.listed
        t = threshold_for(score[listed], data.y[listed], WANTED_PRECISION[group])
        report(group, score[listed], data.y[listed], t)
        report("proposed", score[~listed], data.y[~listed], t)
        decided.append(np.where(score >= t, 1 + score, score)[listed])
        truth.append(data.y[listed])
        arrays |= {f"{group}_{name}": values for name, values in fit_trees(data).items()}
        arrays[f"{group}_decision"] = np.float64(round(t, 3))
    report("all", np.concatenate(decided), np.concatenate(truth), 1.0)
    np.savez_compressed(DATA / "pair_trees.npz", **arrays)


if __name__ == "__main__":
    main()
