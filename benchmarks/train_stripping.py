"""Learn the line model that strips pages, and say how well it does on sites it has not seen.

    python -m benchmarks.train_stripping ../shared/bench/pages_dev.jsonl.gz ../shared/bench/html_dev.jsonl.gz \
        --folds build/folds.npz --out pipeline/clean/data/line_model.npz

The files are those of benchmarks/page_corpus.py. Each stage is learned on what the
stage before it says of sites that it has not seen (stacking), so the shipped weights never trust a memory.
Needs lightgbm and scikit-learn (`pip install dramatis[train]`).
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import train_titles
from benchmarks.page_corpus import FOLDS, Corpus, fold_of, load_html, load_pages, read, repetition
from pipeline.clean.context import second_look
from pipeline.clean.lexicon import BUCKETS, Lexicon, term_buckets
from pipeline.clean.markup import markup_features
from pipeline.clean.model import line_features, mean
from pipeline.clean.network import STEPS, Network, in_steps
from pipeline.clean.network import arrays as network_arrays
from pipeline.clean.page_features import title_features
from pipeline.clean.title import find_titles
from pipeline.clean.trees import Trees

SHARE_OF_OTHER_LINES = 0.6  # of the lines that are no titles, shown to the title stage
ROUNDS = {"title": 90, "first": 120, "second": 90, "markup": 70}
TREES = {
    "objective": "binary", "learning_rate": 0.11, "num_leaves": 24, "max_depth": 7, "min_data_in_leaf": 40,
    "feature_fraction": 0.2, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "use_missing": False, "verbose": -1, "seed": 1, "deterministic": True, "force_col_wise": True, "num_threads": 1,
}  # fmt: skip
NETWORKS, UNITS = 3, 64  # networks of so many hidden units each, averaged
NETWORK = {"alpha": 1e-3, "batch_size": 256, "learning_rate_init": 1e-3, "max_iter": 7, "tol": 0.0}


# ---- the lexicon ---------------------------------------------------------------------------------------------
def fit_lexicon(corpora: list[Corpus], seen: Callable[[Corpus], NDArray]) -> Lexicon:
    return Lexicon(*fit_lexicon_weights(corpora, seen))


def fit_lexicon_weights(corpora: list[Corpus], seen: Callable[[Corpus], NDArray]) -> tuple[NDArray[np.int8], float]:
    from scipy import sparse
    from sklearn.linear_model import SGDClassifier

    parts, targets, weights = [], [], []
    for corpus in corpora:
        if corpus.alone:
            continue  # the words are the same
        line, bucket = term_buckets(corpus.batch.words)
        count = np.bincount(line, minlength=len(corpus.batch))
        value = 1 / np.sqrt(count[line])
        terms = sparse.csr_matrix((value, (line, bucket)), shape=(len(corpus.batch), BUCKETS))
        use = np.flatnonzero(seen(corpus) & (corpus.labels != 2))
        parts.append(terms[use])
        targets.append(corpus.labels[use] == 1)
        weights.append(corpus.weights()[use])
    weight = np.concatenate(weights)
    learner = SGDClassifier("log_loss", alpha=3e-6, max_iter=12, tol=None, average=True, random_state=1)
    learner.fit(sparse.vstack(parts), np.concatenate(targets), sample_weight=weight / weight.mean())
    learned = learner.coef_[0]
    scale = float(np.percentile(np.abs(learned), 99.95)) / 127
    return np.clip(np.round(learned / scale), -127, 127).astype(np.int8), scale


# ---- the trees and the network -------------------------------------------------------------------------------
def examples(
    stage: str, corpora: list[Corpus], columns: list[str], seen: Callable[[Corpus], NDArray]
) -> tuple[NDArray, NDArray, NDArray]:
    """The lines a stage learns from: features, targets and weights."""
    data, targets, weights = [], [], []
    for corpus in corpora:
        use = np.flatnonzero(seen(corpus) & corpus.chosen() & usable(stage, corpus))
        data.append(np.stack([corpus.features[name][use] for name in columns], axis=1))
        targets.append(corpus.labels[use] == (2 if stage == "title" else 1))
        weights.append(np.ones(len(use)) if stage == "title" else corpus.weights()[use])
    return np.concatenate(data), np.concatenate(targets), np.concatenate(weights)


def fit_trees(stage: str, corpora: list[Corpus], columns: list[str], seen: Callable[[Corpus], NDArray]) -> Any:
    import lightgbm

    data, targets, weights = examples(stage, corpora, columns, seen)
    table = lightgbm.Dataset(data, targets, weight=weights, feature_name=columns)
    return lightgbm.train(TREES, table, ROUNDS[stage])


def fit_network(corpora: list[Corpus], columns: list[str], seen: Callable[[Corpus], NDArray]) -> dict[str, NDArray]:
    """The arrays of several networks side by side as one, whose output is the mean of theirs."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore", ConvergenceWarning)  # a few rounds are enough, more learn the pages by heart
    data, targets, weights = examples("network", corpora, columns, seen)
    center, spread = data.mean(axis=0), data.std(axis=0) + np.float32(1e-3)
    data = in_steps(data, center, spread) / np.float32(STEPS)
    nets = [
        MLPClassifier([UNITS], random_state=number, n_iter_no_change=NETWORK["max_iter"], **NETWORK).fit(
            data, targets, sample_weight=weights / weights.mean()
        )
        for number in range(NETWORKS)
    ]
    learned = network_arrays(
        center,
        spread,
        hidden=np.concatenate([net.coefs_[0] for net in nets], axis=1),
        hidden_bias=np.concatenate([net.intercepts_[0] for net in nets]),
        out=np.concatenate([net.coefs_[1][:, 0] for net in nets]) / NETWORKS,
        out_bias=np.mean([net.intercepts_[1] for net in nets], axis=0),
    )
    return {f"network_{name}": value for name, value in learned.items()} | {"network_columns": np.array(columns)}


def usable(stage: str, corpus: Corpus) -> NDArray[np.bool_]:
    """The lines a stage may learn from: those of the text from text alone."""
    if bool(corpus.markups) != (stage == "markup"):
        return np.zeros(len(corpus.batch), bool)
    if stage != "title":
        return (corpus.labels != 2) & ~corpus.is_title_copy
    shown = np.random.default_rng(1).random(len(corpus.batch)) < SHARE_OF_OTHER_LINES
    return (corpus.labels == 2) | (shown & ~corpus.is_title_copy & (corpus.batch.words.per_line <= 60))


def out_of_fold(stage: str, corpora: list[Corpus], columns: list[str]) -> None:
    """Fill log_odds[stage] of each corpus with what models say that have not seen the page's domain."""
    for corpus in corpora:
        corpus.log_odds[stage] = np.zeros(len(corpus.batch), np.float32)
    for fold in range(FOLDS):
        seen = lambda corpus, f=fold: corpus.fold != f  # noqa: E731
        if stage == "network":
            score = Network.load(fit_network(corpora, columns, seen), "network_").log_odds
        else:
            score = partial(fit_trees(stage, corpora, columns, seen).predict, raw_score=True)
        for corpus in corpora:
            held = np.flatnonzero(corpus.fold == fold)
            values = np.stack([corpus.features[name][held] for name in columns], axis=1)
            corpus.log_odds[stage][held] = score(values)
        print(f"  {stage}: fold {fold + 1} of {FOLDS}", flush=True)


def tree_arrays(booster: Any, columns: list[str], stage: str) -> dict[str, NDArray]:
    """A LightGBM booster as the flat arrays that `Trees.load` reads. Node 0 is nobody's child and marks leaves."""
    root, feature, threshold, child, depth = [], [0], [0.0], [0], 0
    for tree in booster.dump_model()["tree_info"]:
        root.append(len(child))
        queue = [(tree["tree_structure"], len(child), 0)]
        feature, threshold, child = [*feature, 0], [*threshold, 0.0], [*child, 0]
        while queue:
            node, at, level = queue.pop(0)
            if "split_feature" not in node:
                threshold[at], depth = node["leaf_value"], max(depth, level)
                continue
            below = len(child)
            feature[at], threshold[at], child[at] = node["split_feature"], node["threshold"], below
            feature, threshold, child = [*feature, 0, 0], [*threshold, 0.0, 0.0], [*child, 0, 0]
            queue += [(node["left_child"], below, level + 1), (node["right_child"], below + 1, level + 1)]
    return {
        f"{stage}_root": np.array(root, np.int32),
        f"{stage}_feature": np.array(feature, np.int16),
        f"{stage}_threshold": np.array(threshold, np.float32),
        f"{stage}_child": np.array(child, np.int32),
        f"{stage}_depth": np.array(depth),
        f"{stage}_columns": np.array(columns),
    }


# ---- all stages ----------------------------------------------------------------------------------------------
def cross_validate(corpora: list[Corpus], pages: list[dict]) -> None:
    """Fill features, titles and log_odds of every stage, each from models that have not seen the page's domain."""
    lexicons = [fit_lexicon(corpora, lambda c, f=fold: c.fold != f) for fold in range(FOLDS)]
    for corpus in corpora:
        scores = np.stack([lexicon.scores(corpus.batch.words) for lexicon in lexicons])
        lexical = scores[corpus.fold, np.arange(len(corpus.batch))]
        corpus.features = line_features(corpus.batch, *repetition(corpus), lexical)
    print("  features: done", flush=True)
    columns = list(corpora[0].features)
    out_of_fold("title", corpora, columns)
    find_titles_out_of_fold(corpora, pages)
    for corpus in corpora:
        corpus.features |= title_features(corpus.batch, corpus.titles)
    columns = list(corpora[0].features)
    out_of_fold("first", corpora, columns)
    for corpus in corpora:
        corpus.features |= second_look(corpus.batch, corpus.log_odds["first"])
    out_of_fold("second", corpora, second_columns(corpora[0]))
    out_of_fold("network", corpora, list(corpora[0].features))
    for corpus in corpora:
        corpus.log_odds["second"] = mean(corpus.log_odds["second"], corpus.log_odds.pop("network"))
    with_markup = corpora[-1:]
    for corpus in with_markup:
        corpus.features |= markup_features(corpus.batch, corpus.markups, corpus.log_odds["second"])
    out_of_fold("markup", with_markup, markup_columns(corpora[-1]))
    for corpus in with_markup:
        corpus.log_odds["markup"] = mean(corpus.log_odds["second"], corpus.log_odds["markup"])


def find_titles_out_of_fold(corpora: list[Corpus], pages: list[dict]) -> None:
    """Settle each page's title by both title models, neither of which has seen its domain."""
    examples = train_titles.examples(pages)
    found: dict[int, list] = {id(corpus): [] for corpus in corpora}
    for fold in range(FOLDS):
        arrays = train_titles.tree_arrays(train_titles.train([e for e in examples if fold_of(e.domain) != fold]))
        closer = Trees.load(arrays, "title_")
        for corpus in corpora:
            found[id(corpus)].append(find_titles(corpus.batch, corpus.log_odds["title"], closer_look=closer))
    for corpus in corpora:
        titles, scores = (np.stack(column) for column in zip(*found[id(corpus)], strict=True))
        corpus.titles = titles[corpus.page_fold, np.arange(len(corpus.rows))]
        corpus.log_odds["title"] = scores[corpus.fold, np.arange(len(corpus.batch))]


def second_columns(corpus: Corpus) -> list[str]:
    """The second look leaves the neighbours' features to the first, but for what it said of them."""
    return [n for n in corpus.features if n.startswith("first") or not ("+" in n or n[-2] == "-")]


def markup_columns(corpus: Corpus) -> list[str]:
    """What the markup says and what the text alone says, beside a few plain features of the line."""
    names = list(corpus.features)
    plain = ["log_chars", "log_words", "closed", "capital_words", "phrase_cut", "from_title", "kept_before"]
    return plain + names[names.index("links") :]


def learn(corpora: list[Corpus]) -> dict[str, NDArray]:
    """The arrays of the model file, each stage learned on all pages with out-of-fold inputs."""
    everything = lambda corpus: np.ones(len(corpus.batch), bool)  # noqa: E731
    weights, scale = fit_lexicon_weights(corpora, everything)
    arrays = {"lexicon": weights, "lexicon_scale": np.array(scale)}
    names = list(corpora[0].features)
    at_title, at_second = names.index("has_title"), names.index("first")
    for stage, columns in (
        ("title", names[:at_title]),
        ("first", names[:at_second]),
        ("second", second_columns(corpora[0])),
        ("markup", markup_columns(corpora[-1])),
    ):
        learned_from = corpora[-1:] if stage == "markup" else corpora
        arrays |= tree_arrays(fit_trees(stage, learned_from, columns, everything), columns, stage)
        print(f"  {stage}: learned on all", flush=True)
    return arrays | fit_network(corpora, list(corpora[0].features), everything)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("html", type=Path)
    parser.add_argument("--out", type=Path, help="write the model file")
    parser.add_argument("--folds", type=Path, help="write the cross-validated log-odds, for study")
    args = parser.parse_args()
    corpora = [*load_pages(args.pages), load_html(args.html, args.pages)]
    cross_validate(corpora, read(args.pages))
    if args.folds:
        stored = {
            f"{c.variant}_{'alone' if c.alone else 'outlet'}_{stage}": values
            for c in corpora
            for stage, values in c.log_odds.items()
        }
        np.savez_compressed(args.folds, **stored)
    if args.out:
        np.savez_compressed(args.out, **learn(corpora))


if __name__ == "__main__":
    main()
