"""Fit the trees of name comparison (pipeline/resolve/data/pair_trees.npz), and print cross-validated figures.

    python -m benchmarks.train_pairs ../shared/bench/name_pairs_dev.jsonl.gz ../shared/bench/name_clusters_dev.jsonl.gz

Pairs: JSON lines with a, b, type (PER, ORG), same (0, 1), cls. Clusters: JSON lines with id, type, names. Learned from
are the pairs, what blocking proposes among the clusters' names, which is what the models meet at work, and pairs made
by rule (benchmarks/name_variants.py): the pairs of a list have a style of their own. All are split in five by entity,
so that none stands on both sides, and no name's rarity is counted with its own entity.
"""

from __future__ import annotations

import argparse
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from benchmarks.name_variants import variants
from benchmarks.train_rarity import bearers, read
from benchmarks.train_titles import tree_arrays
from pipeline.clean.trees import Trees
from pipeline.resolve.blocking import MAX_BLOCK, Postings, look_alike, pairs_within
from pipeline.resolve.clustering import components
from pipeline.resolve.lexicon import DATA
from pipeline.resolve.matcher import CHUNK, Model, in_steps, ruled
from pipeline.resolve.name_table import name_table
from pipeline.resolve.names import ORG, PERSON, Name, parse_name
from pipeline.resolve.pair_features import FEATURES, pair_features
from pipeline.resolve.rarity import inverse_frequency, weight

HIDDEN = {"unrelated", "kunya", "partial_1_token_align"}  # same entity, nothing in the spelling to go by
LABELS = {"PER": PERSON, "ORG": ORG}
WANTED_PRECISION = {PERSON: 0.946, ORG: 0.89}  # .93 and more together: a wrong merge is worse than a missed one
FOLDS = 5
LISTED, PROPOSED, MADE = range(3)  # where an example is from
CANDIDATE_WEIGHT = 0.2  # of a blocked candidate beside a listed pair
MADE_WEIGHT = 0.05  # of a pair made by rule
KEPT_NEGATIVES = 0.1  # share of the candidates of two entities that are learned from, weighing the more
TREES = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 20, "max_depth": 5, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "seed": 1,
    "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
ROUNDS = 200


@dataclass(frozen=True)
class Examples:
    """Pairs of one group: features, whether they are one, where they are from, the fold of each end."""

    x: np.ndarray
    y: np.ndarray
    source: np.ndarray  # LISTED, PROPOSED or MADE
    fold: np.ndarray  # (pairs, 2)

    @property
    def listed(self) -> np.ndarray:
        return self.source == LISTED

    @property
    def weight(self) -> np.ndarray:
        drawn = np.where((self.source == PROPOSED) & (self.y == 0), 1 / KEPT_NEGATIVES, 1)
        return drawn * np.array([1, CANDIDATE_WEIGHT, MADE_WEIGHT])[self.source]

    def __getitem__(self, rows: np.ndarray) -> Examples:
        return Examples(self.x[rows], self.y[rows], self.source[rows], self.fold[rows])


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


Row = tuple[Name, Name, bool, int, tuple[int, int]]  # two names, whether they are one, their source and folds


def _in_order(a: str, b: str, group: str) -> tuple[Name, Name]:
    one, two = sorted((parse_name(a, group), parse_name(b, group)), key=lambda n: (n.key, n.surface))
    return one, two


def _folds(same: Iterable[Sequence[str]]) -> dict[str, int]:
    """A fold for each name key: one for all keys that a chain of `same` sets connects, which are one entity's."""
    number: dict[str, int] = {}
    sets = [[number.setdefault(key, len(number)) for key in keys] for keys in same]
    entity = components(len(number), [(of_one[0], i) for of_one in sets for i in of_one[1:]])
    return {key: zlib.crc32(str(entity[i]).encode()) % FOLDS for key, i in number.items()}


def examples(pairs: list[dict], clusters: list[dict], group: str) -> Examples:
    """All examples of a group. An entity is a connected component of names held to be the same."""
    listed = [(*_in_order(r["a"], r["b"], group), bool(r["same"])) for r in pairs]
    told = {(a.key, b.key) for a, b, _ in listed}
    blocked = [row for row in proposed(clusters, group) if (row[0].key, row[1].key) not in told]
    entities = [[parse_name(n, group) for n in r["names"]] for r in clusters]
    one = [{a.key, b.key} if same else {key} for a, b, same in (*listed, *blocked) for key in (a.key, b.key)]
    fold = _folds([sorted({n.key for n in names}) for names in entities] + [sorted(keys) for keys in one])
    of_entity = [fold[names[0].key] for names in entities]
    rows: list[Row] = [
        (a, b, bool(same), source, (fold[a.key], fold[b.key]))
        for source, found in ((LISTED, listed), (PROPOSED, blocked)) for a, b, same in found
    ]  # fmt: skip
    for i, (first, second, same) in variants(entities, group):
        a, b = _in_order(first, second, group)
        if a.key != b.key:
            rows.append((a, b, same, MADE, (of_entity[i] if i < len(entities) else i % FOLDS,) * 2))
    x = _unseen_features(rows, [r["names"] for r in clusters], of_entity, group)
    return Examples(x, *(np.array([row[k] for row in rows]).astype(np.int64) for k in (2, 3, 4)))


def _unseen_features(rows: list[Row], entities: list[list[str]], fold: list[int], group: str) -> np.ndarray:
    """Features of the rows, with parts as rare as they are among entities of the folds that no end of the pair is in.

    To a name that is met for the first time the shipped counts know no bearer: counted with their own, two bearers of
    a shared part would give away that they are two.
    """
    by_fold = [bearers((e for e, f in zip(entities, fold, strict=True) if f == k), group) for k in range(FOLDS)]
    apart = [tuple(sorted(set(row[4]))) for row in rows]
    x = np.empty((len(rows), len(FEATURES)), np.float32)
    for folds in sorted(set(apart)):
        kept = [k for k in range(FOLDS) if k not in folds]
        counts, total = sum(by_fold[k] for k in kept), sum(f in kept for f in fold)
        weigh = lru_cache(1 << 20)(partial(weight, inverse=inverse_frequency(np.asarray(counts), total)))
        mine = [i for i, held_out in enumerate(apart) if held_out == folds]
        table = name_table([name for i in mine for name in rows[i][:2]], weigh)
        left = np.arange(0, 2 * len(mine), 2)
        parts = np.split(left, range(CHUNK, len(left), CHUNK))
        x[mine] = np.vstack([pair_features(table, part, part + 1) for part in parts])
    return x


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
        for title, rest in (("proposed", data.source == PROPOSED), ("made", data.source == MADE)):
            report(title, score[rest], data.y[rest], t)
        decided.append(np.where(score >= t, 1 + score, score)[listed])
        truth.append(data.y[listed])
        arrays |= {f"{group}_{name}": values for name, values in fit_trees(data).items()}
        arrays[f"{group}_decision"] = np.float64(round(t, 3))
    report("all", np.concatenate(decided), np.concatenate(truth), 1.0)
    np.savez_compressed(DATA / "pair_trees.npz", **arrays)


if __name__ == "__main__":
    main()
